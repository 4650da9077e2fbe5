/** The smaller nouns of a workspace, and its settings. */
import type { Hue } from './channel.ts'
import type { Doc, DocNode } from './document.ts'
import type { PostStatus } from './status.ts'
import type { DateRange, Instant, IsoDate, Zone } from './time.ts'

export interface Person {
  readonly id: string
  readonly name: string
  /** Role in the team, e.g. `Editor`; free text. */
  readonly role: string
  readonly email: string
  readonly trashedAt: Instant
}

export interface Pillar {
  readonly id: string
  readonly name: string
  readonly hue: Hue
  readonly purpose: string
  /** Share of all posts aimed at, in percent; 0: none set. */
  readonly share: number
  readonly trashedAt: Instant
}

/** Something a day is marked with. Blackout: nothing should go out. */
export interface DayNote {
  readonly id: string
  readonly on: IsoDate
  /** Last day, included. */
  readonly until: IsoDate
  readonly kind: 'note' | 'holiday' | 'blackout'
  readonly text: string
  readonly trashedAt: Instant
}

/** Rich text of a post or a campaign brief; the id is that of its post or campaign. */
export interface StoredDocument {
  readonly id: string
  readonly content: readonly DocNode[]
}
export const docOf = (stored: StoredDocument | undefined): Doc => ({
  type: 'doc',
  content: stored && stored.content.length > 0 ? stored.content : [{ type: 'paragraph' }],
})

/** What a user narrows a view to. Empty list: no limit. */
export interface PostFilter {
  readonly channelIds: readonly string[]
  readonly campaignIds: readonly string[]
  readonly statuses: readonly PostStatus[]
  readonly ownerIds: readonly string[]
  readonly pillarIds: readonly string[]
  readonly labels: readonly string[]
  readonly text: string
}
export const NO_FILTER: PostFilter = {
  channelIds: [],
  campaignIds: [],
  statuses: [],
  ownerIds: [],
  pillarIds: [],
  labels: [],
  text: '',
}

export interface SavedView {
  readonly id: string
  readonly name: string
  readonly hue: Hue
  readonly screen: 'calendar' | 'board' | 'write'
  /** month, week, day, list, timeline */
  readonly view: string
  readonly filter: PostFilter
  readonly order: number
  readonly trashedAt: Instant
}

export type WeekStart = 1 | 6 | 7

export interface Settings {
  readonly zone: Zone
  /** Second column in week and day; '' for none */
  readonly secondZone: Zone | ''
  /** 1 Monday, 6 Saturday, 7 Sunday */
  readonly weekStart: WeekStart
  readonly theme: 'system' | 'light' | 'dark'
  readonly density: 'cosy' | 'compact'
  /** Country whose public holidays are shown, ISO 3166 two letters; '' for none */
  readonly holidays: string
  /** The person using this computer; '' until named */
  readonly me: string
  /** Column key -> limit; columns of both boards */
  readonly limits: Readonly<Record<string, number>>
  /** Time proposed where nothing better is known: the last one used. */
  readonly lastTime: string
  /** Most posts a day should carry before a shift says so; 0: none */
  readonly dayLimit: number
  /** CSV header fingerprint -> remembered column mapping */
  readonly csvMappings: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly spellcheck: boolean
}

export const DEFAULT_SETTINGS: Settings = {
  zone: 'UTC',
  secondZone: '',
  weekStart: 1,
  theme: 'system',
  density: 'cosy',
  holidays: '',
  me: '',
  limits: {},
  lastTime: '09:00',
  dayLimit: 6,
  csvMappings: {},
  spellcheck: true,
}

/** A workspace as the registry lists it: one database each. */
export interface WorkspaceEntry {
  readonly id: string
  readonly name: string
  readonly createdAt: Instant
  readonly openedAt: Instant
  readonly trashedAt: Instant
  /** What was planned to go out when it was left: only an open workspace sends. Absent or null: nothing, or it was opened since. */
  readonly waiting?: Waiting | null
}

export interface Waiting {
  readonly posts: number
  /** When the first of them is due. */
  readonly from: Instant
}

export type { DateRange }
