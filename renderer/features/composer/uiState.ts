/** What the writing page remembers on this computer: where one was in each text, and the post last open in each workspace. */
import type { Caret } from '../../editor/index.ts'

export interface Position extends Caret {
  readonly scroll: number
}

const POSITIONS = 'outpost-carets'
const MOST = 300
const lastKey = (workspaceId: string) => `outpost-last-post-${workspaceId}`

function read(): Record<string, Position> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(POSITIONS) ?? '{}')
    return typeof stored === 'object' && stored !== null ? (stored as Record<string, Position>) : {}
  } catch {
    // Damaged by whatever hand: positions are a comfort, not data.
    return {}
  }
}

export const positionOf = (postId: string): Position | undefined => read()[postId]

/** Remembers a position; the oldest go when there are many. */
export function rememberPosition(postId: string, position: Position): void {
  const { [postId]: _old, ...others } = read()
  const entries = [...Object.entries(others), [postId, position] as const].slice(-MOST)
  localStorage.setItem(POSITIONS, JSON.stringify(Object.fromEntries(entries)))
}

export const lastPost = (workspaceId: string): string => localStorage.getItem(lastKey(workspaceId)) ?? ''
export const rememberPost = (workspaceId: string, postId: string) => localStorage.setItem(lastKey(workspaceId), postId)
