/** Where posts go when they are moved. Pure: the same rules for pointer, keyboard and menus. */
import { type Post, plannedFields, type RescheduleRefusal, reschedule, shiftDays } from '../../../shared/domain/post.ts'
import {
  addDays,
  type ClockTime,
  clockOf,
  daysBetween,
  type Instant,
  type IsoDate,
  toInstant,
  toWall,
  type WallTime,
  type Zone,
} from '../../../shared/domain/time.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { Move } from '../../data/commands/posts.ts'
import { wallIn } from './events.ts'

/** A place posts can be put: a day that keeps their clock time, a time on a day, or the tray. */
export type Target =
  | { readonly kind: 'day'; readonly day: IsoDate }
  | { readonly kind: 'time'; readonly day: IsoDate; readonly minutes: number; readonly fold?: 'earlier' | 'later' }
  | { readonly kind: 'tray' }

export const sameTarget = (a: Target | null, b: Target | null): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The hour of a target with the minutes a post shows: what a drag does that does not snap. */
export function keepMinutes(target: Target, post: Post, zone: Zone): Target {
  const shown = wallIn(post, zone)
  if (target.kind !== 'time' || !shown) return target
  return { ...target, minutes: Math.floor(target.minutes / 60) * 60 + (minutes(shown.time) % 60) }
}

/** The wall time a target means in the zone of the workspace, for a post shown at `from`. */
export function wallAt(target: Target, from: WallTime | null, zone: Zone, fallback: ClockTime): WallTime | null {
  if (target.kind === 'tray') return null
  if (target.kind === 'day') return { date: target.day, time: from?.time ?? fallback, zone }
  return { date: target.day, time: clockOf(target.minutes), zone, ...(target.fold ? { fold: target.fold } : {}) }
}

/** The same place on the clock, written in the zone the post is planned in. */
const inOwnZone = (wall: WallTime, own: Zone): WallTime => (own === wall.zone ? wall : toWall(toInstant(wall), own))

/** Moves the wall time of a post by days, keeping its own clock time; the day shown in `zone` is what counts. */
function byDays(post: Post, planned: WallTime, days: number, zone: Zone): WallTime {
  const moved = shiftDays(planned, days)
  if (planned.zone === zone) return moved
  const from = wallIn(post, zone)
  const shown = wallIn({ planned: moved, plannedAt: toInstant(moved) }, zone)
  if (!from || !shown || shown.date === addDays(from.date, days)) return moved
  // Two zones that change their clocks on different days: the day asked for wins over the clock of the other zone.
  return inOwnZone({ ...from, date: addDays(from.date, days) }, planned.zone)
}

/**
 * The moves of a gesture: the post in the hand goes to the target, all others by the same difference. Undated ones take the
 * target itself; `timeFor` gives them a clock time on a day.
 */
export function movesTo(
  posts: readonly Post[],
  anchor: Post,
  target: Target,
  zone: Zone,
  timeFor: (post: Post, day: IsoDate) => ClockTime,
): Move[] {
  if (target.kind === 'tray') return posts.map(({ id }) => ({ id, to: null }))
  const from = wallIn(anchor, zone)
  return posts.map((post) => {
    const shown = wallIn(post, zone)
    if (!post.planned || !shown) {
      const wall = wallAt(target, null, zone, timeFor(post, target.day))
      return { id: post.id, to: wall }
    }
    const days = daysBetween(from?.date ?? shown.date, target.day)
    if (target.kind === 'day') return { id: post.id, to: byDays(post, post.planned, days, zone) }
    if (post.id === anchor.id)
      return { id: post.id, to: inOwnZone(wallAt(target, shown, zone, shown.time) ?? shown, post.planned.zone) }
    const shift = from ? target.minutes - minutes(from.time) : 0
    return { id: post.id, to: inOwnZone(addMinutes(shown, days * 1_440 + shift), post.planned.zone) }
  })
}

const minutes = (time: ClockTime) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Wall time moved by minutes as a clock on the wall would show it in a day of 24 hours. */
export function addMinutes(wall: WallTime, by: number): WallTime {
  const all = minutes(wall.time) + by
  const days = Math.floor(all / 1_440)
  return { date: addDays(wall.date, days), time: clockOf(all - days * 1_440), zone: wall.zone }
}

export interface Judged {
  readonly moves: readonly Move[]
  /** The posts as they will be. */
  readonly posts: readonly Post[]
}

/** Whether all may move; the first refusal stops the gesture. Copies are only asked about the past. */
export function judge(
  posts: readonly Post[],
  moves: readonly Move[],
  now: Instant,
  copy = false,
): Result<Judged, RescheduleRefusal & { readonly post: Post }> {
  const next: Post[] = []
  for (const post of posts) {
    const to = moves.find(({ id }) => id === post.id)?.to ?? null
    const decided = reschedule(copy ? { ...post, status: 'draft' } : post, to, now)
    if (!decided.ok) return err({ ...decided.error, post })
    next.push({ ...post, ...decided.value })
  }
  return ok({ moves, posts: next })
}

/** A published post as it would be with its date corrected. */
export const corrected = (post: Post, to: WallTime): Post => ({ ...post, ...plannedFields(post, to) })

/** Minutes rounded to a step, within a day. */
export const snap = (value: number, step: number): number =>
  Math.min(1_440 - step, Math.max(0, Math.round(value / step) * step))
