/** Arithmetic on days as `YYYY-MM-DD`. No zone and no clock: a day here is a square on a grid. */

const dayMs = 86_400_000

function parts(iso: string): [year: number, month: number, day: number] {
  const [year = 1970, month = 1, day = 1] = iso.split('-').map(Number)
  return [year, month, day]
}

function utc(iso: string): Date {
  const [year, month, day] = parts(iso)
  return new Date(Date.UTC(year, month - 1, day))
}

const write = (date: Date) => date.toISOString().slice(0, 10)

export function addDays(iso: string, days: number): string {
  return write(new Date(utc(iso).getTime() + days * dayMs))
}

/** The same day of another month; 31 January and one month is the last of February. */
export function addMonths(iso: string, months: number): string {
  const [year, month, day] = parts(iso)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return write(new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))))
}

/** 0 is Sunday. */
export function weekdayOf(iso: string): number {
  return utc(iso).getUTCDay()
}

export function startOfWeek(iso: string, weekStart: number): string {
  return addDays(iso, -((weekdayOf(iso) - weekStart + 7) % 7))
}

/** The weeks that hold the month of `iso`, each of seven days. */
export function monthWeeks(iso: string, weekStart: number): string[][] {
  const first = `${iso.slice(0, 7)}-01`
  const last = addDays(addMonths(first, 1), -1)
  const weeks: string[][] = []
  for (let day = startOfWeek(first, weekStart); day <= last; day = addDays(day, 7)) {
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((offset) => addDays(day, offset)))
  }
  return weeks
}

/** Writes a day with `Intl`, in the words of `locale`. */
export function formatDay(iso: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(utc(iso))
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `Thu 15 Oct`, with the year when it is not that of today. */
export function writeDay(iso: string, today: string): string {
  const [year, month, day] = parts(iso)
  const name = MONTHS[month - 1] ?? ''
  const words = `${formatDay(iso, 'en-GB', { weekday: 'short' })} ${day} ${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
  return today.startsWith(iso.slice(0, 5)) ? words : `${words} ${year}`
}

/** Reads `2026-10-15`, `15 Oct`, `Thu 15 October 2026`, `15.10.`, `15/10/26`: the day before the month. Null for what is no day. */
export function readDay(text: string, today: string): string | null {
  const thisYear = parts(today)[0]
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text)
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const found =
    /^\s*(?:[a-z]+,?\s+)?(\d{1,2})(?:\s*[./-]\s*|\s+)(\d{1,2}|[a-z]{3,})\.?,?\s*[/-]?\s*(\d{4}|\d{2})?\s*$/i.exec(text)
  if (!found) return null
  const [, day = '', month = '', year] = found
  const number = /^\d/.test(month) ? Number(month) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1
  return dayOf(year === undefined ? thisYear : Number(year.length === 2 ? `20${year}` : year), number, Number(day))
}

/** Null for 31 February. */
function dayOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? write(date) : null
}
