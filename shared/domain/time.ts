/**
 * A plan is wall time in a named zone; the instant is derived from it and never the other way round.
 * A rule change of the zone or a clock change moves the instant, never the wall time.
 */
import { Temporal } from '../lib/temporal.ts'

/** Milliseconds since the epoch, UTC. */
export type Instant = number
/** `YYYY-MM-DD` */
export type IsoDate = string
/** `HH:mm`, 24 hours */
export type ClockTime = string
/** IANA name such as `Europe/Berlin` */
export type Zone = string

export interface WallTime {
  readonly date: IsoDate
  readonly time: ClockTime
  readonly zone: Zone
  /** Which of the two, where the clocks go back and the hour exists twice. Absent: not asked yet, the earlier counts. */
  readonly fold?: 'earlier' | 'later'
}

export type WallCheck =
  | { readonly kind: 'plain' }
  /** The clocks jump over this time; the hour before and after are the honest choices. */
  | { readonly kind: 'gap'; readonly before: ClockTime; readonly after: ClockTime }
  /** The hour exists twice. */
  | { readonly kind: 'overlap'; readonly earlier: Instant; readonly later: Instant }

const plain = (wall: Pick<WallTime, 'date' | 'time'>) => Temporal.PlainDateTime.from(`${wall.date}T${wall.time}`)

/** The instant of a wall time. In a gap the time after the jump (as far past it as asked), in an overlap the chosen or the earlier one. */
export function toInstant(wall: WallTime): Instant {
  return plain(wall).toZonedDateTime(wall.zone, {
    disambiguation: wall.fold === 'later' ? 'later' : 'compatible',
  }).epochMilliseconds
}

/** The wall time an instant has in a zone, with `fold` set only where the hour exists twice. Seconds are cut. */
export function toWall(at: Instant, zone: Zone): WallTime {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const wall = { date: zoned.toPlainDate().toString(), time: zoned.toPlainTime().toString().slice(0, 5), zone }
  const check = checkWall(wall)
  if (check.kind !== 'overlap') return wall
  return { ...wall, fold: at >= check.later ? 'later' : 'earlier' }
}

/** Whether a wall time exists once, not at all, or twice in its zone. */
export function checkWall(wall: WallTime): WallCheck {
  const local = plain(wall)
  const earlier = local.toZonedDateTime(wall.zone, { disambiguation: 'earlier' })
  const later = local.toZonedDateTime(wall.zone, { disambiguation: 'later' })
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { kind: 'plain' }
  if (earlier.toPlainDateTime().equals(local)) {
    return { kind: 'overlap', earlier: earlier.epochMilliseconds, later: later.epochMilliseconds }
  }
  const clock = (zoned: typeof earlier) => zoned.toPlainTime().toString().slice(0, 5)
  return { kind: 'gap', before: clock(earlier), after: clock(later) }
}

/** Whether the engine knows a zone by this name. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const DAY_MS = 86_400_000
// A calendar date has no zone; its midnight in UTC stands for it, and a day there always has 24 hours. Pages ask this thousands of times.
const utcMidnight = (date: IsoDate) => Date.parse(`${date}T00:00:00Z`)

export const addDays = (date: IsoDate, days: number): IsoDate =>
  new Date(utcMidnight(date) + days * DAY_MS).toISOString().slice(0, 10)

/** Whole days from a to b; negative when b is earlier. */
export const daysBetween = (a: IsoDate, b: IsoDate): number =>
  Temporal.PlainDate.from(a).until(Temporal.PlainDate.from(b), { largestUnit: 'day' }).days

/** 1 Monday ... 7 Sunday (ISO 8601). */
export const weekday = (date: IsoDate): number => new Date(utcMidnight(date)).getUTCDay() || 7

/** ISO 8601 week number. */
export const weekNumber = (date: IsoDate): number => Temporal.PlainDate.from(date).weekOfYear ?? 0

export const isWeekend = (date: IsoDate): boolean => weekday(date) >= 6

/** Today's date in a zone. */
export const dateAt = (at: Instant, zone: Zone): IsoDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString()

/** First instant of a day in a zone (not always midnight: some zones skip it). */
export const startOfDay = (date: IsoDate, zone: Zone): Instant =>
  Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds

/** Start of the week a date is in. `weekStart`: 1 Monday ... 7 Sunday. */
export const startOfWeek = (date: IsoDate, weekStart: number): IsoDate =>
  addDays(date, -((weekday(date) - weekStart + 7) % 7))

export interface DateRange {
  /** first day, included */
  readonly from: IsoDate
  /** last day, included */
  readonly to: IsoDate
}

/** The month a date is in. */
export function monthOf(date: IsoDate): DateRange {
  const first = Temporal.PlainDate.from(date).with({ day: 1 })
  return { from: first.toString(), to: first.add({ months: 1 }).subtract({ days: 1 }).toString() }
}

/** The whole weeks a month page shows: 4 to 6 of them. */
export function monthGrid(date: IsoDate, weekStart: number): DateRange {
  const { from, to } = monthOf(date)
  return { from: startOfWeek(from, weekStart), to: addDays(startOfWeek(to, weekStart), 6) }
}

/** All days of a range, in order. */
export function daysOf({ from, to }: DateRange): IsoDate[] {
  const days: IsoDate[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

export const inRange = (date: IsoDate, { from, to }: DateRange): boolean => date >= from && date <= to

/** Half-open range of instants [from, to) that covers the days in a zone. */
export const instantsOf = ({ from, to }: DateRange, zone: Zone): { from: Instant; to: Instant } => ({
  from: startOfDay(from, zone),
  to: startOfDay(addDays(to, 1), zone),
})

/** Wall time compared as written: date, then clock. */
export const compareWall = (a: Pick<WallTime, 'date' | 'time'>, b: Pick<WallTime, 'date' | 'time'>): number =>
  `${a.date}T${a.time}`.localeCompare(`${b.date}T${b.time}`)

/** Minutes since midnight of a clock time. */
export const minutesOf = (time: ClockTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** The clock time of minutes since midnight, 0 ... 1439. */
export const clockOf = (minutes: number): ClockTime =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
