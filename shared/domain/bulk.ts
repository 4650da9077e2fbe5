/** One change for many posts, worked out before anything is written: what each becomes, and what stops it. Pure. */

import type { DocNode } from './document.ts'
import { type Post, plannedFields, reschedule, withStatus } from './post.ts'
import {
  countIn,
  type Passage,
  passagesIn,
  patternOf,
  type Replacement,
  replaceIn,
  replaceInContent,
} from './replace.ts'
import type { PostStatus } from './status.ts'
import { addDays, clockOf, type Instant, minutesOf, type WallTime } from './time.ts'

/** Absent fields stay as they are. */
export interface BulkChange {
  readonly status?: PostStatus
  /** '' takes it off, as with the others below. */
  readonly ownerId?: string
  readonly campaignId?: string
  readonly pillarId?: string
  readonly addLabels?: readonly string[]
  readonly removeLabels?: readonly string[]
  readonly addChannels?: readonly string[]
  readonly removeChannels?: readonly string[]
  /** Days and minutes the plan is moved by; posts without a date stay undated. */
  readonly days?: number
  readonly minutes?: number
  readonly replace?: Replacement
}

export interface BulkTexts {
  /** Own id of the text -> its blocks: that of the post, and those of its channels. */
  readonly [id: string]: readonly DocNode[]
}

export type BulkRefusal =
  | { readonly kind: 'needs-date' }
  | { readonly kind: 'already-published' }
  | { readonly kind: 'in-the-past'; readonly to: WallTime }

export interface BulkRow {
  readonly post: Post
  /** Fields that become others; empty: it stays as it is. */
  readonly fields: Partial<Post>
  /** Texts that become others, by their id. */
  readonly texts: BulkTexts
  /** Places where words are replaced, in title and texts. */
  readonly replaced: number
  /** The first of those places in the texts, to be looked at. */
  readonly passages: readonly Passage[]
  /** What stops the change of this post; it is left out then. */
  readonly refusal: BulkRefusal | null
}

const DAY_MINUTES = 1_440
/** How many places of a post are shown before its words are replaced. */
const SHOWN_PLACES = 2

/** A wall time moved on its own clock. */
export function moved(wall: WallTime, days: number, minutes: number): WallTime {
  const at = minutesOf(wall.time) + minutes
  const over = Math.floor(at / DAY_MINUTES)
  return { date: addDays(wall.date, days + over), time: clockOf(at - over * DAY_MINUTES), zone: wall.zone }
}

const changedList = (list: readonly string[], add: readonly string[] = [], remove: readonly string[] = []) => [
  ...new Set([...list.filter((entry) => !remove.includes(entry)), ...add]),
]
const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

/** What a change makes of one post. `texts`: the text of the post and the own ones of its channels. */
export function bulkRow(post: Post, texts: BulkTexts, change: BulkChange, now: Instant): BulkRow {
  const pattern = change.replace ? patternOf(change.replace) : null
  const by = change.replace?.by ?? ''
  let next: Partial<Post> = {}
  let refusal: BulkRefusal | null = null
  const days = change.days ?? 0
  const minutes = change.minutes ?? 0
  if (post.planned && (days !== 0 || minutes !== 0)) {
    const decided = reschedule(post, moved(post.planned, days, minutes), now)
    if (decided.ok) next = { ...next, ...decided.value }
    else refusal = decided.error
  }
  if (change.status && change.status !== post.status) {
    const decided = withStatus({ ...post, ...next }, change.status)
    if (decided.ok)
      next = { ...next, ...decided.value, ...plannedFields({ status: change.status }, next.planned ?? post.planned) }
    else refusal ??= decided.error
  }
  const wanted: Partial<Post> = {
    ...next,
    ...(change.ownerId === undefined ? {} : { ownerId: change.ownerId }),
    ...(change.campaignId === undefined ? {} : { campaignId: change.campaignId }),
    ...(change.pillarId === undefined ? {} : { pillarId: change.pillarId }),
    labels: changedList(post.labels, change.addLabels, change.removeLabels),
    channelIds: changedList(post.channelIds, change.addChannels, change.removeChannels),
    ...(pattern ? { title: replaceIn(post.title, pattern, by) } : {}),
  }
  let replaced = pattern ? countIn(post.title, pattern) : 0
  const passages: Passage[] = []
  const changedTexts: Record<string, readonly DocNode[]> = {}
  if (pattern) {
    for (const [id, content] of Object.entries(texts)) {
      const result = replaceInContent(content, pattern, by)
      replaced += result.found
      if (result.found === 0) continue
      changedTexts[id] = result.content
      passages.push(...passagesIn(content, pattern, SHOWN_PLACES - passages.length))
    }
  }
  if (refusal) return { post, fields: {}, texts: {}, replaced: 0, passages: [], refusal }
  const fields = Object.fromEntries(
    Object.entries(wanted).filter(([field, value]) => !same(value, post[field as keyof Post])),
  ) as Partial<Post>
  return { post, fields, texts: changedTexts, replaced, passages, refusal: null }
}

export const isUnchanged = ({ fields, texts }: BulkRow): boolean =>
  Object.keys(fields).length === 0 && Object.keys(texts).length === 0
