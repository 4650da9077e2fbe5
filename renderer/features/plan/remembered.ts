/** The last choices of the dialog, per workspace, and which version of which plan was saved when. */
import type { Instant } from '../../../shared/domain/time.ts'
import type { PlanOptions } from '../../print/options.ts'

export type Choices = Pick<
  PlanOptions,
  'preset' | 'sections' | 'paper' | 'monthPages' | 'language' | 'state' | 'confidential' | 'signers'
>

interface Memory {
  readonly choices?: Choices
  /** Campaign id ('' for plans over campaigns) -> the last version that was saved. */
  readonly versions?: Readonly<Record<string, { readonly version: number; readonly savedAt: Instant }>>
}

const keyOf = (workspaceId: string) => `outpost-plan-${workspaceId}`

function read(workspaceId: string): Memory {
  try {
    return JSON.parse(localStorage.getItem(keyOf(workspaceId)) ?? '{}') as Memory
  } catch {
    return {} // unreadable memory is no memory
  }
}

export const remembered = (workspaceId: string): Choices | undefined => read(workspaceId).choices
export const lastSaved = (workspaceId: string, campaignId: string) => read(workspaceId).versions?.[campaignId]

export function remember(workspaceId: string, choices: Choices): void {
  localStorage.setItem(keyOf(workspaceId), JSON.stringify({ ...read(workspaceId), choices }))
}

export function rememberSaved(workspaceId: string, campaignId: string, version: number, savedAt: Instant): void {
  const memory = read(workspaceId)
  const versions = { ...memory.versions, [campaignId]: { version, savedAt } }
  localStorage.setItem(keyOf(workspaceId), JSON.stringify({ ...memory, versions }))
}
