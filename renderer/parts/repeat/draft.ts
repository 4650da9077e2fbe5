/** A rule while it is being put together: what the form holds, and the rule it stands for. Pure. */
import {
  everyRule,
  type Frequency,
  firstOf,
  formatRule,
  presetsOn,
  type RecurrenceRule,
} from '../../../shared/domain/recurrence.ts'
import { daysToMake } from '../../../shared/domain/series.ts'
import { addDays, type IsoDate, weekday } from '../../../shared/domain/time.ts'

/** Where in the month: on a day by number, on the last, or on the first ... last of a weekday. */
export type MonthPlace = 'day' | 'last-day' | '1' | '2' | '3' | '4' | '-1'

export interface RuleDraft {
  /** Which of the presets for its day; null: a rule of one's own, by the fields below. */
  readonly preset: number | null
  readonly frequency: Frequency
  readonly interval: number | null
  readonly weekdays: readonly number[]
  readonly place: MonthPlace
  readonly monthDay: number | null
  readonly weekday: number
  readonly end: 'never' | 'until' | 'count'
  readonly until: IsoDate | ''
  readonly count: number | null
}

/** Weekly, on the weekday of the post. */
export function draftOn(day: IsoDate): RuleDraft {
  return {
    preset: 1,
    frequency: 'weekly',
    interval: 1,
    weekdays: [weekday(day)],
    place: 'day',
    monthDay: Number(day.slice(8)),
    weekday: weekday(day),
    end: 'never',
    until: addDays(day, 90),
    count: 12,
  }
}

/** The rule of a draft, or null while something is missing. */
export function ruleOfDraft(draft: RuleDraft, day: IsoDate): RecurrenceRule | null {
  const { end, until, count } = draft
  const rule = draft.preset === null ? ownRule(draft) : presetsOn(day)[draft.preset]
  if (!rule) return null
  if (end === 'until') return until && until >= day ? { ...rule, until } : null
  if (end === 'count') return isBetween(count, 1, 400) ? { ...rule, count } : null
  return rule
}

function ownRule({ frequency, interval, weekdays, place, monthDay, weekday: of }: RuleDraft): RecurrenceRule | null {
  if (!isBetween(interval, 1, 99)) return null
  if (frequency === 'weekly')
    return weekdays.length > 0
      ? everyRule(frequency, { interval, days: weekdays.toSorted().map((day) => ({ weekday: day, nth: 0 })) })
      : null
  if (frequency !== 'monthly') return everyRule(frequency, { interval })
  if (place === 'last-day') return everyRule(frequency, { interval, monthDays: [-1] })
  if (place !== 'day') return everyRule(frequency, { interval, days: [{ weekday: of, nth: Number(place) }] })
  return isBetween(monthDay, 1, 31) ? everyRule(frequency, { interval, monthDays: [monthDay] }) : null
}

const isBetween = (value: number | null, min: number, max: number): value is number =>
  value !== null && Number.isInteger(value) && value >= min && value <= max

/** The days posts would stand on, the given one's among them; past ones are left out. */
export function daysAhead(rule: RecurrenceRule, day: IsoDate, today: IsoDate): IsoDate[] {
  const start = firstOf(rule, day)
  return start ? daysToMake({ rule: formatRule(rule), start }, null, today).filter((on) => on >= today) : []
}
