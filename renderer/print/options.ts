/** What a plan on paper may hold, and how it is asked for. */
import type { Paper } from '../../shared/contract/contract.ts'
import type { Instant, IsoDate } from '../../shared/domain/time.ts'
import { NO_FILTER, type PostFilter } from '../../shared/domain/workspace.ts'

export const SECTIONS = [
  'cover',
  'overview',
  'summary',
  'contents',
  'brief',
  'messages',
  'channels',
  'pillars',
  'timeline',
  'months',
  'schedule',
  'sheets',
  'tasks',
  'team',
  'signoff',
  'appendix',
] as const
export type SectionId = (typeof SECTIONS)[number]

export const PRESETS = ['client', 'internal', 'onePage'] as const
export type Preset = (typeof PRESETS)[number]

const fullPlan = (without: readonly SectionId[]): readonly SectionId[] =>
  SECTIONS.filter((id) => id !== 'overview' && !without.includes(id))

/** Client: nothing internal is even read. Internal: all of it, unsigned. One page: objective, dates, numbers and the month or timeline. */
export const PRESET_SECTIONS: Readonly<Record<Preset, readonly SectionId[]>> = {
  client: fullPlan(['brief', 'tasks']),
  internal: fullPlan(['signoff']),
  onePage: ['overview'],
}

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'ar'] as const
export type PlanLanguage = (typeof LANGUAGES)[number]

export const PLAN_STATES = ['draft', 'forApproval', 'approved'] as const
export type PlanState = (typeof PLAN_STATES)[number]

export interface PlanOptions {
  readonly preset: Preset
  /** First and last day, both included, in the zone of the workspace. */
  readonly from: IsoDate
  readonly to: IsoDate
  /** '' for a plan over campaigns */
  readonly campaignId: string
  readonly filter: PostFilter
  readonly paper: Paper
  readonly monthPages: 'landscape' | 'portrait'
  readonly language: PlanLanguage
  /** In the order they are printed; those without data are left out. */
  readonly sections: readonly SectionId[]
  readonly version: number
  readonly state: PlanState
  readonly confidential: boolean
  readonly answerBy: IsoDate | null
  /** Names beside the signature lines; none: two blank lines. */
  readonly signers: readonly string[]
  /** The appendix lists what changed since; null: no list. */
  readonly changesSince: Instant | null
  /** Brand colour as `#rrggbb`; '' for Outpost's own. */
  readonly accent: string
}

/** A client's plan of a range, everything else as it usually is. */
export const planOptions = (from: IsoDate, to: IsoDate, over: Partial<PlanOptions> = {}): PlanOptions => ({
  preset: 'client',
  from,
  to,
  campaignId: '',
  filter: NO_FILTER,
  paper: 'a4',
  monthPages: 'landscape',
  language: 'en',
  version: 1,
  state: 'draft',
  confidential: false,
  answerBy: null,
  signers: [],
  changesSince: null,
  accent: '',
  sections: PRESET_SECTIONS[over.preset ?? 'client'],
  ...over,
})

/** Paper in millimetres, upright. */
export const PAPER_MM: Readonly<Record<Paper, { readonly width: number; readonly height: number }>> = {
  a4: { width: 210, height: 297 },
  letter: { width: 215.9, height: 279.4 },
}
