/**
 * The clock react-big-calendar sees. Every Date handed to it is wall time of the plan's zone written as if it were UTC, and all
 * arithmetic here is UTC: neither the zone of the process nor its clock changes can leak into a page (a day here always has 24
 * hours; what a clock change does to them is drawn from `dayFacts`).
 */
import { DateLocalizer, type DateLocalizerSpec } from 'react-big-calendar'
import type { IsoDate } from '../../../shared/domain/time.ts'
import type { WeekStart } from '../../../shared/domain/workspace.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

/** Wall time as a Date: the day and the minutes since its midnight. */
export const wallDate = (date: IsoDate, minutes = 0): Date =>
  new Date(Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE)
/** The day such a Date stands for. */
export const dateOf = (wall: Date): IsoDate => wall.toISOString().slice(0, 10)

type Unit = 'milliseconds' | 'seconds' | 'minutes' | 'hours' | 'day' | 'date' | 'week' | 'month' | 'year'

const UNIT_MS: Partial<Record<Unit, number>> = {
  milliseconds: 1,
  seconds: 1_000,
  minutes: MINUTE,
  hours: 60 * MINUTE,
  day: DAY,
  date: DAY,
  week: 7 * DAY,
}

const startOf = (wall: Date, unit: Unit, firstOfWeek = 1): Date => {
  if (unit === 'year') return new Date(Date.UTC(wall.getUTCFullYear(), 0))
  if (unit === 'month') return new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth()))
  if (unit === 'week') {
    const midnight = startOf(wall, 'day')
    return new Date(+midnight - ((midnight.getUTCDay() - firstOfWeek + 7) % 7) * DAY)
  }
  const size = UNIT_MS[unit] ?? 1
  return new Date(Math.floor(+wall / size) * size)
}

const add = (wall: Date, amount: number, unit: Unit): Date => {
  if (unit === 'month' || unit === 'year') {
    const months = unit === 'year' ? amount * 12 : amount
    const first = new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + months))
    const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
    return new Date(+first + (Math.min(wall.getUTCDate(), last) - 1) * DAY + (+wall - +startOf(wall, 'day')))
  }
  return new Date(+wall + amount * (UNIT_MS[unit] ?? 1))
}

const endOf = (wall: Date, unit: Unit, firstOfWeek?: number): Date =>
  new Date(+add(startOf(wall, unit, firstOfWeek), 1, unit) - 1)

const compare = (test: (a: number, b: number) => boolean) => (a: Date, b: Date, unit?: Unit) =>
  unit ? test(+startOf(a, unit), +startOf(b, unit)) : test(+a, +b)

interface Span {
  start: Date
  end: Date
  allDay?: boolean
}

/** The localizer of one workspace. `weekStart`: 1 Monday, 6 Saturday, 7 Sunday. */
export function createLocalizer(weekStart: WeekStart): DateLocalizer {
  const firstOfWeek = weekStart % 7
  const gte = compare((a, b) => a >= b)
  const lte = compare((a, b) => a <= b)
  const gt = compare((a, b) => a > b)
  const lt = compare((a, b) => a < b)
  const eq = compare((a, b) => a === b)
  const range = (from: Date, to: Date, unit: Unit = 'day') => {
    const list: Date[] = []
    for (let at = from; lte(at, to, unit); at = add(at, 1, unit)) list.push(at)
    return list
  }
  const firstVisibleDay = (wall: Date) => startOf(startOf(wall, 'month'), 'week', firstOfWeek)
  const lastVisibleDay = (wall: Date) => endOf(endOf(wall, 'month'), 'week', firstOfWeek)
  const minutesOf = (wall: Date) => (+wall - +startOf(wall, 'day')) / MINUTE
  const spec = {
    formats: { timeGutterFormat: 'HH:mm', dayFormat: 'ddd D', weekdayFormat: 'ddd' },
    firstOfWeek: () => firstOfWeek,
    // Labels are drawn by our own components; the library only needs something to hand around.
    format: (value: unknown) => (value instanceof Date ? value.toISOString().slice(11, 16) : ''),
    startOf,
    endOf,
    add,
    range,
    lt,
    lte,
    gt,
    gte,
    eq,
    neq: (a: Date, b: Date, unit?: Unit) => !eq(a, b, unit),
    inRange: (wall: Date, min: Date, max: Date, unit: Unit = 'day') => gte(wall, min, unit) && lte(wall, max, unit),
    min: (...dates: Date[]) => new Date(Math.min(...dates.map(Number))),
    max: (...dates: Date[]) => new Date(Math.max(...dates.map(Number))),
    minutes: (wall: Date) => wall.getUTCMinutes(),
    ceil: (wall: Date, unit: Unit) => (eq(startOf(wall, unit), wall) ? wall : add(startOf(wall, unit), 1, unit)),
    diff: (a: Date, b: Date, unit: Unit = 'milliseconds') =>
      Math.round(Math.abs(+startOf(a, unit) - +startOf(b, unit)) / (UNIT_MS[unit] ?? 1)),
    merge: (date: Date, time: Date) => new Date(+startOf(date, 'day') + (+time - +startOf(time, 'day'))),
    daySpan: (a: Date, b: Date) => Math.abs(+startOf(a, 'day') - +startOf(b, 'day')) / DAY,
    firstVisibleDay,
    lastVisibleDay,
    visibleDays: (wall: Date) => range(firstVisibleDay(wall), lastVisibleDay(wall)),
    getSlotDate: (wall: Date, minutes: number, offset: number) =>
      new Date(+startOf(wall, 'day') + (minutes + offset) * MINUTE),
    getTimezoneOffset: () => 0,
    getDstOffset: () => 0,
    getTotalMin: (a: Date, b: Date) => Math.round(Math.abs(+startOf(a, 'minutes') - +startOf(b, 'minutes')) / MINUTE),
    getMinutesFromMidnight: minutesOf,
    continuesPrior: (start: Date, first: Date) => lt(start, first, 'day'),
    continuesAfter: (start: Date, end: Date, last: Date) =>
      eq(start, end, 'minutes') ? gte(end, last, 'minutes') : gt(end, last, 'minutes'),
    sortEvents: ({ evtA, evtB }: { evtA: Span; evtB: Span }) => +evtA.start - +evtB.start || +evtA.end - +evtB.end,
    inEventRange: ({ event, range: shown }: { event: Span; range: Span }) =>
      lte(startOf(event.start, 'day'), shown.end, 'day') && gte(event.end, shown.start, 'minutes'),
    isSameDate: (a: Date, b: Date) => eq(a, b, 'day'),
    startAndEndAreDateOnly: (a: Date, b: Date) => minutesOf(a) === 0 && minutesOf(b) === 0 && +a !== +b,
    browserTZOffset: () => 0,
  }
  // The published types of the library describe this object loosely and in part wrongly (`sortEvents` as boolean).
  return new DateLocalizer(spec as unknown as DateLocalizerSpec)
}
