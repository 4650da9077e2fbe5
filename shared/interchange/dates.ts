/** Dates as people and programs write them, to wall time in a zone. */
import { checkWall, isZone, toWall, type WallTime, type Zone } from '../domain/time.ts'
import { Temporal } from '../lib/temporal.ts'
import type { DateOrder, ImportOptions } from './model.ts'

export type DateReading =
  | {
      readonly kind: 'date'
      readonly wall: WallTime
      readonly timed: boolean
      readonly gap?: { before: string; after: string }
    }
  | { readonly kind: 'ambiguous' }
  /** `why` continues the sentence "... is not a date: ". */
  | { readonly kind: 'bad'; readonly why: string }
  | { readonly kind: 'none' }

const MONTH_WORDS = [
  'jan january januar janvier enero ene janv',
  'feb february februar fevrier febrero fev fevr',
  'mar march marz mars marzo mrz',
  'apr april avril abril avr abr',
  'may mai mayo',
  'jun june juni juin junio',
  'jul july juli juillet julio juil',
  'aug august aout agosto ago',
  'sep sept september septembre septiembre',
  'oct okt october oktober octobre octubre',
  'nov november novembre noviembre',
  'dec dez december dezember decembre diciembre dic',
]
const MONTHS = new Map(
  MONTH_WORDS.flatMap((words, index) => words.split(' ').map((word) => [word, index + 1] as const)),
)
const monthOfWord = (word: string) =>
  MONTHS.get(word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\.$/, ''))

const two = (n: number) => String(n).padStart(2, '0')
const fullYear = (year: number) => (year < 100 ? (year < 70 ? 2000 : 1900) + year : year)
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

interface Clock {
  readonly time: string
  readonly rest: string
}

/** A clock time such as `9:30`, `09.30`, `9:30 pm`, `9 am`, `14h30`, with seconds cut. Null: none, or not one. */
export function parseClock(text: string): string | null {
  const found = clockIn(text.trim())
  return found && found.rest.trim() === '' ? found.time : null
}

function clockIn(text: string): Clock | null {
  const match =
    /^(?:at |um |à |a las )?(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?)?\s*([ap])?\.?(m\.?)?(?:\s*(?:uhr|h))?(?![a-y0-9_:])/i.exec(
      text,
    )
  if (!match) return null
  const [all, hours = '', minutes, , half, m] = match
  if (minutes === undefined && !(half && m) && !/(uhr|h)$/i.test(all)) return null
  if (half && !m) return null
  let hour = Number(hours)
  if (half) {
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  }
  const minute = Number(minutes ?? 0)
  if (hour > 23 || minute > 59) return null
  return { time: `${two(hour)}:${two(minute)}`, rest: text.slice(all.length) }
}

type Day = { readonly date: string } | { readonly bad: string } | 'ambiguous'

function dayOf(year: number, month: number, day: number): Day {
  if (month < 1 || month > 12) return { bad: `there is no month ${month}` }
  const y = fullYear(year)
  const days = Temporal.PlainYearMonth.from({ year: y, month }).daysInMonth
  if (day < 1 || day > days) return { bad: `${MONTH_NAMES[month - 1]} ${y} has ${days} days` }
  return { date: `${String(y).padStart(4, '0')}-${two(month)}-${two(day)}` }
}

function numericDay(a: number, b: number, year: number, order: DateOrder | undefined): Day {
  if (a > 12 && b > 12) return { bad: `neither ${a} nor ${b} is a month` }
  const bigFirst = a > 12
  const bigSecond = b > 12
  if (!bigFirst && !bigSecond && a !== b && !order) return 'ambiguous'
  const dayFirst = bigFirst || (!bigSecond && (order ?? 'day-first') === 'day-first')
  return dayFirst ? dayOf(year, b, a) : dayOf(year, a, b)
}

/** The date at the start of a text, and what follows it. */
function dayIn(text: string, order: DateOrder | undefined): { day: Day; rest: string } | null {
  let m = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text)
  if (m) return { day: dayOf(Number(m[1]), Number(m[2]), Number(m[3])), rest: text.slice(m[0].length) }
  m = /^(\d{4})(\d{2})(\d{2})(?!\d)/.exec(text)
  if (m) return { day: dayOf(Number(m[1]), Number(m[2]), Number(m[3])), rest: text.slice(m[0].length) }
  m = /^(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)/.exec(text)
  if (m) {
    // Dots are written by those who put the day first.
    const known = order ?? (m[2] === '.' ? 'day-first' : undefined)
    return { day: numericDay(Number(m[1]), Number(m[3]), Number(m[4]), known), rest: text.slice(m[0].length) }
  }
  m =
    /^(?:\p{L}+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s-]+(?:de\s+)?(\p{L}+)\.?,?[\s-]+(?:de\s+)?(\d{4}|\d{2})(?!\d)/u.exec(
      text,
    )
  if (m) {
    const month = monthOfWord(m[2] ?? '')
    if (month) return { day: dayOf(Number(m[3]), month, Number(m[1])), rest: text.slice(m[0].length) }
  }
  m = /^(?:\p{L}+,?\s+)?(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/u.exec(text)
  if (m) {
    const month = monthOfWord(m[1] ?? '')
    if (month) return { day: dayOf(Number(m[3]), month, Number(m[2])), rest: text.slice(m[0].length) }
  }
  return null
}

/** Minutes east of UTC, a zone name, nothing, or not understood. */
function zoneIn(text: string): { minutes: number } | { zone: Zone } | null | 'bad' {
  const word = text.trim().replace(/^\((.*)\)$/, '$1')
  if (word === '') return null
  if (/^(z|utc|gmt)$/i.test(word)) return { minutes: 0 }
  const m = /^(?:utc|gmt)?\s*([+-])(\d{1,2}):?(\d{2})?$/i.exec(word)
  if (m) {
    const minutes = Number(m[2]) * 60 + Number(m[3] ?? 0)
    return minutes > 18 * 60 ? 'bad' : { minutes: m[1] === '-' ? -minutes : minutes }
  }
  const bracketed = /\[([^\]]+)\]$/.exec(word)?.[1]
  const name = bracketed ?? word
  return /^[A-Za-z_]+\/[\w/+-]+$/.test(name) && isZone(name) ? { zone: name } : 'bad'
}

/** Wall time that a zone really has; where the clocks jump over it, the choices. */
function settled(wall: WallTime, timed: boolean): DateReading {
  const check = checkWall(wall)
  return check.kind === 'gap' ? { kind: 'date', wall, timed, gap: check } : { kind: 'date', wall, timed }
}

/**
 * Reads a date with or without time, offset or zone. Without offset it is wall time in `zone`; with one it is the wall time that
 * instant has in `zone`. `clock`: a time from a field of its own. Seconds are cut.
 */
export function readDate(
  text: string,
  options: Pick<ImportOptions, 'zone' | 'time'> & { readonly order?: DateOrder | undefined; readonly clock?: string },
): DateReading {
  const clean = text
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[\u200e\u200f]/g, '')
    .trim()
  if (clean === '') return { kind: 'none' }
  // Either `date, time, zone` or `time, date, zone`.
  let found = dayIn(clean, options.order)
  let clock = found ? null : clockIn(clean)
  if (clock) found = dayIn(clock.rest.replace(/^[\s,]+/, ''), options.order)
  if (!found) return { kind: 'bad', why: 'write it as 2026-03-31 or 2026-03-31 09:00' }
  if (found.day === 'ambiguous') return { kind: 'ambiguous' }
  if ('bad' in found.day) return { kind: 'bad', why: found.day.bad }
  let tail = found.rest.replace(/^(?:T(?=\d)|[\s,]+(?:T(?=\d))?)/, '')
  if (!clock) {
    clock = clockIn(tail)
    if (clock) tail = clock.rest
  }
  const offset = zoneIn(tail)
  if (offset === 'bad') return { kind: 'bad', why: `"${tail.trim()}" is not a time of day or a time zone` }
  const own = options.clock ? parseClock(options.clock) : null
  if (options.clock && options.clock.trim() !== '' && !own)
    return { kind: 'bad', why: `"${options.clock.trim()}" is not a time of day` }
  const time = own ?? clock?.time ?? options.time
  const timed = own !== null || clock !== null
  const { date } = found.day
  // A bare date with an offset says nothing about the hour; the day is kept as written.
  if (!offset || !timed) return settled({ date, time, zone: options.zone }, timed)
  const local = Temporal.PlainDateTime.from(`${date}T${time}`)
  const at =
    'minutes' in offset
      ? local.toZonedDateTime('UTC').epochMilliseconds - offset.minutes * 60_000
      : local.toZonedDateTime(offset.zone, { disambiguation: 'compatible' }).epochMilliseconds
  return { kind: 'date', wall: toWall(at, options.zone), timed }
}

/** Offset of a wall time such as `+02:00`; `Z` for UTC. */
export function isoWithOffset(wall: WallTime): string {
  const zoned = Temporal.PlainDateTime.from(`${wall.date}T${wall.time}`).toZonedDateTime(wall.zone, {
    disambiguation: wall.fold === 'later' ? 'later' : 'compatible',
  })
  return `${zoned.toPlainDateTime().toString({ smallestUnit: 'second' })}${zoned.offset}`
}

/** Which order a column of dates is written in, as far as its values tell. `mixed`: both orders occur. */
export function columnOrder(values: readonly string[]): DateOrder | 'ambiguous' | 'mixed' | 'not-needed' {
  let day = 0
  let month = 0
  let open = 0
  for (const value of values) {
    const m = /^\s*(?:\d{1,2}[:.]\d{2}[^\d]*\s)?(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)/.exec(value)
    if (!m) continue
    const [a, b] = [Number(m[1]), Number(m[3])]
    if (m[2] === '.' || (a > 12 && b <= 12)) day += 1
    else if (b > 12 && a <= 12) month += 1
    else if (a <= 12 && b <= 12 && a !== b) open += 1
  }
  if (day > 0 && month > 0) return 'mixed'
  if (day > 0) return 'day-first'
  if (month > 0) return 'month-first'
  return open > 0 ? 'ambiguous' : 'not-needed'
}
