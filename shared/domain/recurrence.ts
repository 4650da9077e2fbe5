/**
 * Rules of RFC 5545 (RRULE) over calendar days: a repeating plan is wall time, so no zone and no clock takes part. What editors use is
 * read - daily, weekly, monthly, yearly, every nth, weekdays with or without their place in the month, days of the month from either
 * end, an end by date or by count; anything else is refused with a sentence. Pure.
 */
import { err, ok, type Result } from '../lib/result.ts'
import { Temporal } from '../lib/temporal.ts'
import { addDays, type IsoDate, startOfWeek, weekday } from './time.ts'

export const FREQUENCIES = ['daily', 'weekly', 'monthly', 'yearly'] as const
export type Frequency = (typeof FREQUENCIES)[number]

export interface RuleDay {
  /** 1 Monday ... 7 Sunday */
  readonly weekday: number
  /** Which of them in the month: 1 the first, -1 the last; 0: every one. */
  readonly nth: number
}

export interface RecurrenceRule {
  readonly frequency: Frequency
  /** Every how many days, weeks, months or years. */
  readonly interval: number
  readonly days: readonly RuleDay[]
  /** Days of the month; -1 is the last. */
  readonly monthDays: readonly number[]
  /** 1 January ... 12 December */
  readonly months: readonly number[]
  /** Last day, included; null: no such end. */
  readonly until: IsoDate | null
  /** How many times in all; null: no such end. */
  readonly count: number | null
}

export const everyRule = (frequency: Frequency, fields: Partial<RecurrenceRule> = {}): RecurrenceRule => ({
  frequency,
  interval: 1,
  days: [],
  monthDays: [],
  months: [],
  until: null,
  count: null,
  ...fields,
})

const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const MOST_INTERVAL = 999

/** Reads the value of an RRULE. The refusal is a sentence. */
export function parseRule(text: string): Result<RecurrenceRule, string> {
  const parts = new Map(
    text
      .trim()
      .replace(/^RRULE:/i, '')
      .split(';')
      .filter(Boolean)
      .map((part) => {
        const [key = '', value = ''] = part.split('=')
        return [key.trim().toUpperCase(), value.trim().toUpperCase()] as const
      }),
  )
  const unknown = [...parts.keys()].find(
    (key) => !['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'UNTIL', 'COUNT', 'WKST'].includes(key),
  )
  if (unknown) return err(`Outpost does not repeat by ${unknown}.`)
  const frequency = FREQUENCIES.find((name) => name.toUpperCase() === parts.get('FREQ'))
  if (!frequency) return err('A rule repeats daily, weekly, monthly or yearly.')
  if ((parts.get('WKST') ?? 'MO') !== 'MO') return err('Outpost counts the weeks of a rule from Monday.')
  const interval = numberOf(parts.get('INTERVAL') ?? '1', 1, MOST_INTERVAL)
  if (interval === null) return err(`The interval of a rule is a number from 1 to ${MOST_INTERVAL}.`)
  const days = listOf(parts.get('BYDAY'), dayOf)
  if (!days || days.some(({ nth }) => Math.abs(nth) > 5)) return err('A weekday of the rule cannot be read.')
  const monthDays = listOf(parts.get('BYMONTHDAY'), (word) => {
    const day = numberOf(word, -31, 31)
    return day === 0 ? null : day
  })
  if (!monthDays) return err('A day of the month in the rule cannot be read.')
  const months = listOf(parts.get('BYMONTH'), (word) => numberOf(word, 1, 12))
  if (!months) return err('A month of the rule cannot be read.')
  const end = parts.get('UNTIL')
  const until = end === undefined ? null : untilOf(end)
  if (until === undefined) return err('The last day of the rule cannot be read.')
  const times = parts.get('COUNT')
  const count = times === undefined ? null : numberOf(times, 1, 10_000)
  if (times !== undefined && count === null) return err('How often the rule repeats cannot be read.')
  if (until && count) return err('A rule ends by a date or by a count, not by both.')
  if (days.some(({ nth }) => nth !== 0) && frequency !== 'monthly' && !(frequency === 'yearly' && months.length > 0))
    return err('“The first Tuesday” needs a month: use a monthly rule, or name the months of the year.')
  if (frequency === 'weekly' && monthDays.length > 0) return err('A weekly rule has no days of the month.')
  return ok({ frequency, interval, days, monthDays, months, until, count })
}

const numberOf = (word: string, min: number, max: number): number | null =>
  /^[+-]?\d{1,5}$/.test(word) && Number(word) >= min && Number(word) <= max ? Number(word) : null

/** Null when one of the list cannot be read. */
function listOf<T>(words: string | undefined, read: (word: string) => T | null): T[] | null {
  if (words === undefined) return []
  const values = words.split(',').map(read)
  return values.includes(null) ? null : (values as T[])
}

function dayOf(word: string): RuleDay | null {
  const [, nth, code = ''] = /^([+-]?\d)?([A-Z]{2})$/.exec(word) ?? []
  const at = CODES.indexOf(code)
  return at < 0 ? null : { weekday: at + 1, nth: Number(nth ?? 0) }
}

/** undefined: not a date. A time behind the date is left out: the rule is about days. */
function untilOf(word: string): IsoDate | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?$/.exec(word) ?? []
  const date = `${year}-${month}-${day}`
  return year && !Number.isNaN(Date.parse(`${date}T00:00:00Z`)) && addDays(date, 0) === date ? date : undefined
}

/** The rule as RFC 5545 writes it, without `RRULE:`. */
export function formatRule(rule: RecurrenceRule): string {
  const { frequency, interval, days, monthDays, months, until, count } = rule
  return [
    `FREQ=${frequency.toUpperCase()}`,
    ...(interval > 1 ? [`INTERVAL=${interval}`] : []),
    ...(months.length > 0 ? [`BYMONTH=${months.join(',')}`] : []),
    ...(monthDays.length > 0 ? [`BYMONTHDAY=${monthDays.join(',')}`] : []),
    ...(days.length > 0 ? [`BYDAY=${days.map((day) => `${day.nth || ''}${CODES[day.weekday - 1]}`).join(',')}`] : []),
    ...(until ? [`UNTIL=${until.replaceAll('-', '')}`] : []),
    ...(count ? [`COUNT=${count}`] : []),
  ].join(';')
}

/**
 * The days of a rule from its first day on, up to and including `to`, at most `limit` of them. The first day belongs to them only if
 * the rule says so: `firstOf` gives one that does.
 */
export function occurrences(rule: RecurrenceRule, start: IsoDate, to: IsoDate, limit = 1_000): IsoDate[] {
  const last = rule.until && rule.until < to ? rule.until : to
  const most = Math.min(limit, rule.count ?? limit)
  const days: IsoDate[] = []
  for (const period of periods(rule, start, last)) {
    for (const day of period) {
      if (day < start) continue
      if (day > last) return days
      days.push(day)
      if (days.length === most) return days
    }
  }
  return days
}

/** Endless rules that name a day, the plainest first: what one is offered before building a rule of one's own. */
export function presetsOn(day: IsoDate): RecurrenceRule[] {
  const { day: of, daysInMonth: length } = Temporal.PlainDate.from(day)
  const on = { weekday: weekday(day), nth: of > length - 7 ? -1 : Math.ceil(of / 7) }
  return [
    everyRule('daily'),
    everyRule('weekly', { days: [{ ...on, nth: 0 }] }),
    everyRule('monthly', { monthDays: [of === length ? -1 : of] }),
    everyRule('monthly', { days: [on] }),
    everyRule('yearly'),
  ]
}

/** How far `firstOf` looks. */
const FURTHEST_DAYS = 366 * 9

/** The first day from `start` on that the rule names; null when there is none within nine years, such as 30 February. */
export const firstOf = (rule: RecurrenceRule, start: IsoDate): IsoDate | null =>
  occurrences({ ...rule, count: null }, start, addDays(start, FURTHEST_DAYS), 1)[0] ?? null

/** The days of each period of the rule, in order; periods end once they begin behind `last`. */
function* periods(rule: RecurrenceRule, start: IsoDate, last: IsoDate): Generator<IsoDate[]> {
  const { frequency, interval } = rule
  if (frequency === 'daily') {
    const fits = filterOf(rule)
    for (let day = start; day <= last; day = addDays(day, interval)) yield fits(day) ? [day] : []
    return
  }
  if (frequency === 'weekly') {
    const wanted = new Set(rule.days.length > 0 ? rule.days.map((day) => day.weekday) : [weekday(start)])
    const inMonth = filterOf({ ...rule, days: [] })
    for (let week = startOfWeek(start, 1); week <= last; week = addDays(week, 7 * interval))
      yield [...wanted]
        .sort((a, b) => a - b)
        .map((day) => addDays(week, day - 1))
        .filter(inMonth)
    return
  }
  const from = Temporal.PlainDate.from(start)
  const step = frequency === 'monthly' ? { months: interval } : { years: interval }
  const months = frequency === 'yearly' ? monthsOfYear(rule, from.month) : null
  for (let n = 0; ; n += 1) {
    const begin = from.with({ day: 1, ...(months ? { month: 1 } : {}) }).add({
      months: (step.months ?? 0) * n,
      years: (step.years ?? 0) * n,
    })
    if (begin.toString() > last) return
    if (months)
      yield [...new Set(months)]
        .sort((a, b) => a - b)
        .flatMap((month) => daysInMonth(rule, begin.with({ month }), from.day))
    else if (rule.months.length === 0 || rule.months.includes(begin.month)) yield daysInMonth(rule, begin, from.day)
    else yield []
  }
}

const EVERY_MONTH = Array.from({ length: 12 }, (_, at) => at + 1)

/** The months of a yearly rule: those it names; all of them where it names days; else the one it began in. */
const monthsOfYear = ({ months, days, monthDays }: RecurrenceRule, first: number): readonly number[] => {
  if (months.length > 0) return months
  return days.length > 0 || monthDays.length > 0 ? EVERY_MONTH : [first]
}

const filterOf =
  ({ days, monthDays, months }: RecurrenceRule) =>
  (day: IsoDate): boolean => {
    const date = Temporal.PlainDate.from(day)
    return (
      (months.length === 0 || months.includes(date.month)) &&
      (monthDays.length === 0 || monthDays.some((wanted) => dayInMonth(wanted, date.daysInMonth) === date.day)) &&
      (days.length === 0 || days.some((wanted) => wanted.weekday === date.dayOfWeek))
    )
  }

/** -1 is the last day of the month; 0 where the month has no such day. */
const dayInMonth = (wanted: number, length: number): number => {
  const day = wanted > 0 ? wanted : length + 1 + wanted
  return day >= 1 && day <= length ? day : 0
}

function daysInMonth(
  rule: RecurrenceRule,
  first: ReturnType<typeof Temporal.PlainDate.from>,
  defaultDay: number,
): IsoDate[] {
  const length = first.daysInMonth
  const all = Array.from({ length }, (_, index) => index + 1)
  const weekdayOf = (day: number) => ((first.dayOfWeek - 1 + day - 1) % 7) + 1
  const byDay = (day: number) =>
    rule.days.some(
      (wanted) =>
        wanted.weekday === weekdayOf(day) &&
        (wanted.nth === 0 || wanted.nth === Math.ceil(day / 7) || wanted.nth === -Math.ceil((length - day + 1) / 7)),
    )
  const wanted = rule.monthDays.map((day) => dayInMonth(day, length))
  const fits = (day: number) =>
    rule.monthDays.length === 0 && rule.days.length === 0
      ? day === defaultDay
      : (rule.monthDays.length === 0 || wanted.includes(day)) && (rule.days.length === 0 || byDay(day))
  return all.filter(fits).map((day) => first.with({ day }).toString())
}

const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const PLACES: Readonly<Record<number, string>> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  [-1]: 'last',
}
const UNITS: Readonly<Record<Frequency, string>> = { daily: 'day', weekly: 'week', monthly: 'month', yearly: 'year' }
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The rule in words: `Every 2 weeks on Tue and Thu, 12 times`. `day` writes a date. */
export function ruleWords(
  rule: RecurrenceRule,
  start: IsoDate,
  day: (date: IsoDate) => string = (date) => date,
): string {
  const { frequency, interval, days, monthDays, months, until, count } = rule
  const every = interval === 1 ? `Every ${UNITS[frequency]}` : `Every ${interval} ${UNITS[frequency]}s`
  const names = days.map(({ weekday: of, nth }) => {
    const place = PLACES[nth] ?? (nth < 0 ? `${-nth}th from last` : '')
    return nth === 0 ? (NAMES[of - 1] ?? '') : `the ${place} ${NAMES[of - 1]}`
  })
  const date = Temporal.PlainDate.from(start)
  const onDays =
    names.length > 0
      ? ` on ${joined(names)}`
      : monthDays.length > 0
        ? ` on ${joined(monthDays.map((of) => (of === -1 ? 'the last day' : of < 0 ? `day ${-of} from the end` : `day ${of}`)))}`
        : frequency === 'weekly'
          ? ` on ${NAMES[weekday(start) - 1]}`
          : frequency === 'monthly'
            ? ` on day ${date.day}`
            : frequency === 'yearly' && months.length === 0
              ? ` on ${date.day} ${MONTHS[date.month - 1]}`
              : ''
  const inMonths = months.length > 0 ? ` in ${joined(months.map((month) => MONTHS[month - 1] ?? ''))}` : ''
  const end = count ? `, ${count === 1 ? 'once' : `${count} times`}` : until ? `, until ${day(until)}` : ''
  return `${every}${onDays}${inMonths}${end}`
}

const joined = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
