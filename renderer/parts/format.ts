/** Dates, times and figures as people read them. The page speaks British English; paper has its own languages (print/words). */
import {
  addDays,
  type DateRange,
  type Instant,
  type IsoDate,
  toWall,
  type WallTime,
  type Zone,
} from '../../shared/domain/time.ts'

const LOCALE = 'en-GB'
const utc = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' })
const WEEKDAY = utc({ weekday: 'short' })
const WEEKDAY_LONG = utc({ weekday: 'long' })
const MONTH = utc({ month: 'short' })
const MONTH_LONG = utc({ month: 'long' })

/** A calendar date has no zone; midnight UTC stands for it while it is formatted. */
const dateOf = (date: IsoDate) => new Date(`${date}T00:00:00Z`)
const dayOf = (date: IsoDate) => Number(date.slice(8, 10))
const yearOf = (date: IsoDate) => date.slice(0, 4)
export const monthShort = (date: IsoDate) => MONTH.format(dateOf(date)).slice(0, 3)
export const monthLong = (date: IsoDate) => MONTH_LONG.format(dateOf(date))
export const weekdayShort = (date: IsoDate) => WEEKDAY.format(dateOf(date))
const weekdayLong = (date: IsoDate) => WEEKDAY_LONG.format(dateOf(date))

const yearNow = () => String(new Date().getFullYear())
/** The year is said only when it is not this one. */
const yearIfOther = (date: IsoDate) => (yearOf(date) === yearNow() ? '' : ` ${yearOf(date)}`)

/** `Thu 15 Oct`, with the year when it is another one */
export const formatDay = (date: IsoDate) =>
  `${weekdayShort(date)} ${dayOf(date)} ${monthShort(date)}${yearIfOther(date)}`
/** `15 Oct` */
export const formatShort = (date: IsoDate) => `${dayOf(date)} ${monthShort(date)}${yearIfOther(date)}`
/** `Thursday 15 October 2026` */
export const formatDayLong = (date: IsoDate) => `${weekdayLong(date)} ${dayOf(date)} ${monthLong(date)} ${yearOf(date)}`
/** `Thu 15 Oct, 09:00` */
export const formatWhen = (wall: Pick<WallTime, 'date' | 'time'>) => `${formatDay(wall.date)}, ${wall.time}`

/** `1 – 28 Oct`, `26 Oct – 1 Nov`, one day alone as a day */
export function formatRange({ from, to }: DateRange): string {
  if (from === to) return formatShort(from)
  if (from.slice(0, 7) === to.slice(0, 7)) return `${dayOf(from)} – ${formatShort(to)}`
  const first =
    yearOf(from) === yearOf(to)
      ? `${dayOf(from)} ${monthShort(from)}`
      : `${dayOf(from)} ${monthShort(from)} ${yearOf(from)}`
  return `${first} – ${formatShort(to)}`
}

/** `Berlin` of `Europe/Berlin` */
export const zoneCity = (zone: Zone) => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')

/** `UTC+2` at an instant */
export function zoneOffset(zone: Zone, at: Instant): string {
  const part = new Intl.DateTimeFormat(LOCALE, { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  return (part ?? 'UTC').replace('GMT', 'UTC')
}

const NUMBER = new Intl.NumberFormat(LOCALE)
/** `1,204` */
export const formatCount = (value: number) => NUMBER.format(value)

/** `1 post`, `6 posts` */
export const plural = (count: number, one: string, many = `${one}s`) =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** `10:42` today, `yesterday`, else the day; seen from a zone */
export function formatAgo(at: Instant, now: Instant, zone: Zone): string {
  const wall = toWall(at, zone)
  const today = toWall(now, zone).date
  if (wall.date === today) return wall.time
  if (wall.date === addDays(today, -1)) return `yesterday ${wall.time}`
  return formatDay(wall.date)
}

/** `84 words`, reading time as `25 s` or `3 min` */
export const formatReading = (seconds: number) => (seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`)

/** Two letters of a name: first and last word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = words[0]?.at(0) ?? '?'
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? '') : (words[0]?.at(1) ?? '')
  return (first + last).toLocaleUpperCase()
}
