import type { Hue } from './channel.ts'
import type { Instant, IsoDate } from './time.ts'

export const CAMPAIGN_STAGES = ['idea', 'brief', 'production', 'live', 'wrapped'] as const
export type CampaignStage = (typeof CAMPAIGN_STAGES)[number]
export const STAGE_WORD: Readonly<Record<CampaignStage, string>> = {
  idea: 'Idea',
  brief: 'Brief',
  production: 'In production',
  live: 'Live',
  wrapped: 'Wrapped',
}

export interface Phase {
  readonly id: string
  readonly name: string
  readonly from: IsoDate
  readonly to: IsoDate
}

export interface Milestone {
  readonly id: string
  readonly name: string
  readonly on: IsoDate
}

/** A campaign. Its brief (rich text) is in `documents` under the same id. */
export interface Campaign {
  readonly id: string
  readonly name: string
  readonly stage: CampaignStage
  /** One sentence: why it exists. */
  readonly objective: string
  readonly audience: string
  readonly startOn: IsoDate | null
  readonly endOn: IsoDate | null
  readonly launchOn: IsoDate | null
  readonly phases: readonly Phase[]
  readonly milestones: readonly Milestone[]
  readonly ownerId: string
  readonly memberIds: readonly string[]
  readonly channelIds: readonly string[]
  /** Who it talks to. */
  readonly personaIds: readonly string[]
  readonly hue: Hue
  readonly keyMessages: readonly string[]
  readonly order: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly trashedAt: Instant
}

export interface Task {
  readonly id: string
  /** '' when it belongs to none */
  readonly campaignId: string
  readonly title: string
  readonly ownerId: string
  readonly dueOn: IsoDate | null
  readonly done: boolean
  readonly order: number
  readonly trashedAt: Instant
}
