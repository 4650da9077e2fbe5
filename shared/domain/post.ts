/** What a post is and what may happen to it. Pure: the caller passes the time in and saves what comes back. */
import { err, ok, type Result } from '../lib/result.ts'
import type { EvergreenRule } from './evergreen.ts'
import type { PlacedMedium } from './placement.ts'
import { isCommitted, type PostStatus } from './status.ts'
import { addDays, type Instant, type IsoDate, toInstant, type WallTime } from './time.ts'

export interface ChecklistItem {
  readonly id: string
  readonly text: string
  readonly done: boolean
}

/** The light half of a post: everything lists, boards and calendars need. Its text is in `documents` under the same id. */
export interface Post {
  readonly id: string
  readonly title: string
  /** Short description the author wrote (front matter `excerpt`); empty: none. */
  readonly summary: string
  /** First words of the text, kept by the store whenever the text changes. */
  readonly excerpt: string
  readonly words: number
  readonly status: PostStatus
  /** The intention: when the post is planned for. */
  readonly planned: WallTime | null
  /** Derived from `planned`; -1 when undated, so that it can be indexed. */
  readonly plannedAt: Instant
  /** The commitment: when it will go out (scheduled) or went out (published). Null while it is only a plan. */
  readonly publishAt: WallTime | null
  /** Internal deadline for the finished text. */
  readonly dueOn: IsoDate | null
  readonly channelIds: readonly string[]
  /** '' when none, so that it can be indexed. */
  readonly campaignId: string
  readonly pillarId: string
  readonly ownerId: string
  readonly authorIds: readonly string[]
  readonly labels: readonly string[]
  readonly notes: string
  readonly checklist: readonly ChecklistItem[]
  /** Pinned posts stay where they are when their campaign is shifted. */
  readonly pinned: boolean
  /** Pictures and films that go out with it, in order. */
  readonly media: readonly PlacedMedium[]
  /** The first of `media`, '' without one: lists and calendars need no more. Set by `withMedia`. */
  readonly coverId: string
  /** The series it belongs to, '' for none, and the day the rule gave it, whatever became of it since. */
  readonly seriesId: string
  readonly occursOn: IsoDate | ''
  /** How it may be used again; null: it is no evergreen. */
  readonly evergreen: EvergreenRule | null
  /** 1 while it is one, so that the pool can be read by index. */
  readonly inPool: 0 | 1
  /** The evergreen it was made from, '' for none. */
  readonly evergreenOf: string
  /** Where an imported post came from: path and the front matter keys Outpost has no field for, so an export gives them back. */
  readonly source: PostSource | null
  /** Position in a board column; smaller stands higher. */
  readonly order: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
  /** 0: not in the trash. */
  readonly trashedAt: Instant
}

export interface PostSource {
  readonly kind: 'markdown' | 'csv' | 'ics' | 'json'
  readonly path: string
  readonly extra: Readonly<Record<string, unknown>>
}

export type RescheduleRefusal =
  | { readonly kind: 'already-published' }
  | { readonly kind: 'in-the-past'; readonly to: WallTime }

/** The plan of a post as fields: wall time, derived instant and, once committed, the publishing time that follows the plan. */
export function plannedFields(
  post: Pick<Post, 'status'>,
  planned: WallTime | null,
): Pick<Post, 'planned' | 'plannedAt' | 'publishAt'> {
  return { planned, plannedAt: planned ? toInstant(planned) : -1, publishAt: isCommitted(post.status) ? planned : null }
}

/**
 * Moves a post to a wall time, or takes its date off (null). Refuses to move what is out already and to plan into the past;
 * a scheduled post that loses its date is approved again, since there is nothing left to schedule.
 */
export function reschedule(post: Post, to: WallTime | null, now: Instant): Result<Partial<Post>, RescheduleRefusal> {
  if (post.status === 'published') return err({ kind: 'already-published' })
  if (to && toInstant(to) < now) return err({ kind: 'in-the-past', to })
  const status = !to && post.status === 'scheduled' ? 'approved' : post.status
  return ok({ status, ...plannedFields({ status }, to) })
}

/** Changes the status; what is scheduled or published carries its publishing time, everything else has none. */
export function withStatus(post: Post, status: PostStatus): Result<Partial<Post>, { kind: 'needs-date' }> {
  if (isCommitted(status) && !post.planned) return err({ kind: 'needs-date' })
  return ok({ status, ...plannedFields({ status }, post.planned) })
}

/** Wall time moved by whole days; the clock time stays to the minute. */
export const shiftDays = (wall: WallTime, days: number): WallTime => {
  const { fold: _settledForTheOldDay, ...rest } = wall
  return { ...rest, date: addDays(wall.date, days) }
}
