/** A post that repeats. Each occurrence is a post of its own; the series keeps the rule and how far it is written out. Pure. */
import type { Post } from './post.ts'
import { everyRule, firstOf, occurrences, parseRule, type RecurrenceRule } from './recurrence.ts'
import { addDays, type IsoDate } from './time.ts'

export interface Series {
  readonly id: string
  /** The rule as RFC 5545 writes it. */
  readonly rule: string
  /** First day of the rule. */
  readonly start: IsoDate
  /** The post new occurrences are made from: the last of them, which nobody has touched yet in most cases. */
  readonly patternId: string
  /** Last day up to which occurrences were made; those deleted since do not come back. */
  readonly through: IsoDate
  readonly trashedAt: number
}

/** How far an endless rule is written out ahead, in days. */
export const HORIZON_DAYS = 92
/** Most occurrences of one series: more is a mistake in the rule, not a plan. */
export const MOST_OCCURRENCES = 400

/** The rule of a stored series. It was read once before it was stored; one that cannot be read any more repeats no further. */
export function ruleOf(series: Pick<Series, 'rule' | 'start'>): RecurrenceRule {
  const parsed = parseRule(series.rule)
  return parsed.ok ? parsed.value : everyRule('daily', { until: series.start })
}

/** Days to make occurrences for: all of a rule with an end, else those up to the horizon. `after`: last day made already. */
export function daysToMake(series: Pick<Series, 'rule' | 'start'>, after: IsoDate | null, today: IsoDate): IsoDate[] {
  const rule = ruleOf(series)
  const ends = rule.count !== null || rule.until !== null
  const from = series.start > today ? series.start : today
  const to = ends ? addDays(series.start, 366 * 10) : addDays(from, HORIZON_DAYS)
  return occurrences(rule, series.start, to, MOST_OCCURRENCES).filter((day) => after === null || day > after)
}

/** A rule fitted to the day a post is on: its first day is one the rule names. Null: the rule names none. */
export const startOf = (rule: RecurrenceRule, on: IsoDate): IsoDate | null => firstOf(rule, on)

/** Which time of the rule a day is, from 1, and of how many; `of` is null where the rule has no end. */
export function placeOf(
  series: Pick<Series, 'rule' | 'start'>,
  occursOn: IsoDate,
): { readonly nth: number; readonly of: number | null } {
  const rule = ruleOf(series)
  const nth = occurrences(rule, series.start, occursOn, MOST_OCCURRENCES).length
  const ends = rule.count !== null || rule.until !== null
  return { nth, of: ends ? daysToMake(series, null, series.start).length : null }
}

/** Which occurrences a change reaches: this one and those after it, or all; never what is out or in the trash. */
export const reached = (posts: readonly Post[], from: Post, scope: 'following' | 'all'): Post[] =>
  posts.filter(
    (post) =>
      post.id !== from.id &&
      post.trashedAt === 0 &&
      post.status !== 'published' &&
      post.status !== 'cancelled' &&
      (scope === 'all' || post.occursOn > from.occursOn),
  )
