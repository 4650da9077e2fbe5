/** A stretch of days laid out along a line; every place on it is a share of its length in percent. Pure. */
import type { Phase } from '../../../shared/domain/campaign.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { PostStatus } from '../../../shared/domain/status.ts'
import { addDays, daysBetween, type IsoDate, monthOf, startOfWeek } from '../../../shared/domain/time.ts'

export interface Scale {
  /** First day. */
  readonly from: IsoDate
  /** Number of days. */
  readonly days: number
}

/** Where a day begins; below 0 or above 100 when it is not on the line. */
export const placeOf = ({ from, days }: Scale, date: IsoDate): number => (daysBetween(from, date) / days) * 100

export const lastDay = ({ from, days }: Scale): IsoDate => addDays(from, days - 1)

export interface Span {
  readonly start: number
  readonly width: number
  /** Goes on before or after what is shown. */
  readonly openStart: boolean
  readonly openEnd: boolean
}

/** The part of a range of days that is on the line; null when none is. Both days included. */
export function spanOf(scale: Scale, from: IsoDate, to: IsoDate): Span | null {
  const last = lastDay(scale)
  if (to < scale.from || from > last) return null
  const start = from < scale.from ? scale.from : from
  const end = to > last ? last : to
  return {
    start: placeOf(scale, start),
    width: ((daysBetween(start, end) + 1) / scale.days) * 100,
    openStart: from < scale.from,
    openEnd: to > last,
  }
}

export function weeksOf(scale: Scale, weekStart: number): IsoDate[] {
  const weeks: IsoDate[] = []
  for (let day = startOfWeek(scale.from, weekStart); day <= lastDay(scale); day = addDays(day, 7))
    if (day >= scale.from) weeks.push(day)
  return weeks
}

/** First shown day of each month. */
export function monthsOf(scale: Scale): IsoDate[] {
  const months = [scale.from]
  for (let day = addDays(monthOf(scale.from).to, 1); day <= lastDay(scale); day = addDays(monthOf(day).to, 1))
    months.push(day)
  return months
}

/** Phases that overlap stand in rows below each other. */
export function rowsOfPhases(phases: readonly Phase[]): Phase[][] {
  const rows: Phase[][] = []
  for (const phase of phases.toSorted((a, b) => a.from.localeCompare(b.from))) {
    const free = rows.find((row) => (row.at(-1)?.to ?? '') < phase.from)
    if (free) free.push(phase)
    else rows.push([phase])
  }
  return rows
}

/** Told by shape: filled is out or planned, outlined waits or is a draft. */
export type TickKind = 'out' | 'planned' | 'waits' | 'draft'
const TICK_ORDER: readonly TickKind[] = ['out', 'planned', 'waits', 'draft']
const TICK: Readonly<Record<PostStatus, TickKind | null>> = {
  published: 'out',
  scheduled: 'planned',
  approved: 'planned',
  review: 'waits',
  changes: 'waits',
  draft: 'draft',
  idea: 'draft',
  cancelled: null,
}
export const tickOf = (status: PostStatus): TickKind | null => TICK[status]

/** The ticks of each day, those that need nobody first. */
export function ticksByDay(posts: readonly Pick<Post, 'planned' | 'status'>[]): Map<IsoDate, TickKind[]> {
  const days = new Map<IsoDate, TickKind[]>()
  for (const { planned, status } of posts) {
    const kind = tickOf(status)
    if (!planned || !kind) continue
    const day = days.get(planned.date)
    if (day) day.push(kind)
    else days.set(planned.date, [kind])
  }
  for (const ticks of days.values()) ticks.sort((a, b) => TICK_ORDER.indexOf(a) - TICK_ORDER.indexOf(b))
  return days
}

/** Percent of a scale beyond which a name has no room after its diamond. */
export const NEAR_END = 84
