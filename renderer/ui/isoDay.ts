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
