/**
 * Public holidays by rule, worked out offline: those that hold in the whole country. Regional days are left to day notes.
 * Easter by the anonymous Gregorian computus; moved holidays ("observed") where the law moves them.
 */
import { addDays, type DateRange, type IsoDate, weekday } from './time.ts'

export interface Holiday {
  readonly date: IsoDate
  readonly name: string
}

/** Month and day, with `sunday` the weekday it moves to when it falls on a weekend (UK and Irish style substitutes). */
type Rule =
  | {
      readonly on: string
      readonly name: string
      readonly from?: number
      readonly substitute?: 'next-working' | 'nearest'
    }
  | { readonly easter: number; readonly name: string }
  /** The nth weekday (1 Monday ... 7 Sunday) of a month; -1: the last. */
  | { readonly nth: number; readonly weekday: number; readonly month: number; readonly name: string }
  /** The first such weekday on or after a day. */
  | { readonly weekday: number; readonly onOrAfter: string; readonly name: string }

const on = (
  day: string,
  name: string,
  more: { from?: number; substitute?: 'next-working' | 'nearest' } = {},
): Rule => ({ on: day, name, ...more })
const easter = (offset: number, name: string): Rule => ({ easter: offset, name })
const nth = (n: number, weekdayOf: number, month: number, name: string): Rule => ({
  nth: n,
  weekday: weekdayOf,
  month,
  name,
})
const after = (weekdayOf: number, onOrAfter: string, name: string): Rule => ({ weekday: weekdayOf, onOrAfter, name })

const GOOD_FRIDAY = easter(-2, 'Good Friday')
const EASTER_MONDAY = easter(1, 'Easter Monday')
const ASCENSION = easter(39, 'Ascension Day')
const WHIT_MONDAY = easter(50, 'Whit Monday')
const CORPUS_CHRISTI = easter(60, 'Corpus Christi')
const NEW_YEAR = on('01-01', 'New Year’s Day')
const EPIPHANY = on('01-06', 'Epiphany')
const LABOUR = on('05-01', 'Labour Day')
const ASSUMPTION = on('08-15', 'Assumption Day')
const ALL_SAINTS = on('11-01', 'All Saints’ Day')
const IMMACULATE = on('12-08', 'Immaculate Conception')
const CHRISTMAS = on('12-25', 'Christmas Day')
const BOXING = on('12-26', 'St Stephen’s Day')
const moved = { substitute: 'next-working' } as const
const nearest = { substitute: 'nearest' } as const

export const HOLIDAY_COUNTRIES = {
  AT: 'Austria',
  AU: 'Australia',
  BE: 'Belgium',
  CA: 'Canada',
  DE: 'Germany',
  DK: 'Denmark',
  ES: 'Spain',
  FR: 'France',
  GB: 'United Kingdom',
  IE: 'Ireland',
  IT: 'Italy',
  NL: 'Netherlands',
  PL: 'Poland',
  SE: 'Sweden',
  US: 'United States',
} as const
export type HolidayCountry = keyof typeof HOLIDAY_COUNTRIES

const RULES: Readonly<Record<HolidayCountry, readonly Rule[]>> = {
  AT: [
    NEW_YEAR,
    EPIPHANY,
    EASTER_MONDAY,
    LABOUR,
    ASCENSION,
    WHIT_MONDAY,
    CORPUS_CHRISTI,
    ASSUMPTION,
    on('10-26', 'National Day'),
    ALL_SAINTS,
    IMMACULATE,
    CHRISTMAS,
    BOXING,
  ],
  AU: [
    on('01-01', 'New Year’s Day', moved),
    on('01-26', 'Australia Day', moved),
    GOOD_FRIDAY,
    easter(-1, 'Easter Saturday'),
    EASTER_MONDAY,
    on('04-25', 'Anzac Day'),
    on('12-25', 'Christmas Day', moved),
    on('12-26', 'Boxing Day', moved),
  ],
  BE: [
    NEW_YEAR,
    EASTER_MONDAY,
    LABOUR,
    ASCENSION,
    WHIT_MONDAY,
    on('07-21', 'National Day'),
    ASSUMPTION,
    ALL_SAINTS,
    on('11-11', 'Armistice Day'),
    CHRISTMAS,
  ],
  CA: [
    on('01-01', 'New Year’s Day', moved),
    GOOD_FRIDAY,
    after(1, '05-18', 'Victoria Day'),
    on('07-01', 'Canada Day', moved),
    nth(1, 1, 9, 'Labour Day'),
    on('09-30', 'Truth and Reconciliation', { from: 2021 }),
    nth(2, 1, 10, 'Thanksgiving'),
    on('11-11', 'Remembrance Day'),
    on('12-25', 'Christmas Day', moved),
    on('12-26', 'Boxing Day', moved),
  ],
  DE: [
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR,
    ASCENSION,
    WHIT_MONDAY,
    on('10-03', 'German Unity Day', { from: 1990 }),
    CHRISTMAS,
    BOXING,
  ],
  DK: [
    NEW_YEAR,
    easter(-3, 'Maundy Thursday'),
    GOOD_FRIDAY,
    easter(0, 'Easter Day'),
    EASTER_MONDAY,
    ASCENSION,
    easter(49, 'Whit Sunday'),
    WHIT_MONDAY,
    CHRISTMAS,
    BOXING,
  ],
  ES: [
    NEW_YEAR,
    EPIPHANY,
    GOOD_FRIDAY,
    LABOUR,
    ASSUMPTION,
    on('10-12', 'National Day'),
    ALL_SAINTS,
    on('12-06', 'Constitution Day'),
    IMMACULATE,
    CHRISTMAS,
  ],
  FR: [
    NEW_YEAR,
    EASTER_MONDAY,
    LABOUR,
    on('05-08', 'Victory Day'),
    ASCENSION,
    WHIT_MONDAY,
    on('07-14', 'Bastille Day'),
    ASSUMPTION,
    ALL_SAINTS,
    on('11-11', 'Armistice Day'),
    CHRISTMAS,
  ],
  GB: [
    on('01-01', 'New Year’s Day', moved),
    GOOD_FRIDAY,
    EASTER_MONDAY,
    nth(1, 1, 5, 'Early May bank holiday'),
    nth(-1, 1, 5, 'Spring bank holiday'),
    nth(-1, 1, 8, 'Summer bank holiday'),
    on('12-25', 'Christmas Day', moved),
    on('12-26', 'Boxing Day', moved),
  ],
  IE: [
    NEW_YEAR,
    on('03-17', 'St Patrick’s Day'),
    EASTER_MONDAY,
    nth(1, 1, 5, 'May bank holiday'),
    nth(1, 1, 6, 'June bank holiday'),
    nth(1, 1, 8, 'August bank holiday'),
    nth(-1, 1, 10, 'October bank holiday'),
    CHRISTMAS,
    BOXING,
  ],
  IT: [
    NEW_YEAR,
    EPIPHANY,
    EASTER_MONDAY,
    on('04-25', 'Liberation Day'),
    LABOUR,
    on('06-02', 'Republic Day'),
    ASSUMPTION,
    ALL_SAINTS,
    IMMACULATE,
    CHRISTMAS,
    BOXING,
  ],
  NL: [NEW_YEAR, EASTER_MONDAY, on('04-27', 'King’s Day', { from: 2014 }), ASCENSION, WHIT_MONDAY, CHRISTMAS, BOXING],
  PL: [
    NEW_YEAR,
    EPIPHANY,
    EASTER_MONDAY,
    LABOUR,
    on('05-03', 'Constitution Day'),
    CORPUS_CHRISTI,
    ASSUMPTION,
    ALL_SAINTS,
    on('11-11', 'Independence Day'),
    on('12-24', 'Christmas Eve', { from: 2025 }),
    CHRISTMAS,
    BOXING,
  ],
  SE: [
    NEW_YEAR,
    EPIPHANY,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR,
    ASCENSION,
    on('06-06', 'National Day', { from: 2005 }),
    after(6, '06-20', 'Midsummer Day'),
    after(6, '10-31', 'All Saints’ Day'),
    CHRISTMAS,
    BOXING,
  ],
  US: [
    on('01-01', 'New Year’s Day', nearest),
    nth(3, 1, 1, 'Martin Luther King Day'),
    nth(3, 1, 2, 'Presidents’ Day'),
    nth(-1, 1, 5, 'Memorial Day'),
    on('06-19', 'Juneteenth', { from: 2021, ...nearest }),
    on('07-04', 'Independence Day', nearest),
    nth(1, 1, 9, 'Labor Day'),
    nth(2, 1, 10, 'Columbus Day'),
    on('11-11', 'Veterans Day', nearest),
    nth(4, 4, 11, 'Thanksgiving'),
    on('12-25', 'Christmas Day', nearest),
  ],
}

const pad = (value: number) => String(value).padStart(2, '0')

/** Easter Sunday of a year in the Gregorian calendar. */
export function easterSunday(year: number): IsoDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const day = ((h + l - 7 * m + 114) % 31) + 1
  return `${year}-${pad(month)}-${pad(day)}`
}

function nthWeekday(year: number, month: number, wanted: number, n: number): IsoDate {
  if (n > 0) {
    const first: IsoDate = `${year}-${pad(month)}-01`
    return addDays(first, ((wanted - weekday(first) + 7) % 7) + (n - 1) * 7)
  }
  const last = addDays(month === 12 ? `${year + 1}-01-01` : `${year}-${pad(month + 1)}-01`, -1)
  return addDays(last, -((weekday(last) - wanted + 7) % 7))
}

const ofYear = new Map<string, readonly Holiday[]>()

/** Public holidays of a country in a year, in order; an unknown country has none. */
export function holidaysOf(country: string, year: number): readonly Holiday[] {
  const rules = RULES[country as HolidayCountry]
  if (!rules) return []
  const key = `${country}${year}`
  const known = ofYear.get(key)
  if (known) return known
  const days: Holiday[] = []
  const taken = new Set<IsoDate>()
  const put = (date: IsoDate, name: string) => {
    days.push({ date, name })
    taken.add(date)
  }
  const later: { date: IsoDate; name: string; how: 'next-working' | 'nearest' }[] = []
  for (const rule of rules) {
    if ('easter' in rule) put(addDays(easterSunday(year), rule.easter), rule.name)
    else if ('nth' in rule) put(nthWeekday(year, rule.month, rule.weekday, rule.nth), rule.name)
    else if ('onOrAfter' in rule) {
      const start: IsoDate = `${year}-${rule.onOrAfter}`
      put(addDays(start, (rule.weekday - weekday(start) + 7) % 7), rule.name)
    } else if (year >= (rule.from ?? 0)) {
      const date: IsoDate = `${year}-${rule.on}`
      put(date, rule.name)
      if (rule.substitute && weekday(date) >= 6) later.push({ date, name: rule.name, how: rule.substitute })
    }
  }
  for (const { date, name, how } of later) {
    if (how === 'nearest') put(addDays(date, weekday(date) === 6 ? -1 : 1), `${name} observed`)
    else {
      let next = addDays(date, 1)
      while (weekday(next) >= 6 || taken.has(next)) next = addDays(next, 1)
      put(next, `${name} (substitute day)`)
    }
  }
  days.sort((a, b) => (a.date < b.date ? -1 : 1))
  ofYear.set(key, days)
  return days
}

/** Holidays in a range of days, by day. */
export function holidaysIn(country: string, { from, to }: DateRange): Map<IsoDate, string> {
  const found = new Map<IsoDate, string>()
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    for (const { date, name } of holidaysOf(country, year)) if (date >= from && date <= to) found.set(date, name)
  }
  return found
}
