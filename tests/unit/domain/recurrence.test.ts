import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import {
  everyRule,
  FREQUENCIES,
  firstOf,
  formatRule,
  occurrences,
  parseRule,
  presetsOn,
  type RecurrenceRule,
  ruleWords,
} from '../../../shared/domain/recurrence.ts'
import { addDays, type IsoDate, weekday } from '../../../shared/domain/time.ts'

const of = (text: string): RecurrenceRule => {
  const parsed = parseRule(text)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}
const days = (text: string, start: IsoDate, to: IsoDate) => occurrences(of(text), start, to)

describe('days of a rule', () => {
  it.each([
    [
      'every third day',
      'FREQ=DAILY;INTERVAL=3',
      '2026-11-27',
      '2026-12-04',
      ['2026-11-27', '2026-11-30', '2026-12-03'],
    ],
    [
      'Tuesdays and Thursdays of every other week',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,TU',
      '2026-11-24',
      '2026-12-12',
      ['2026-11-24', '2026-11-26', '2026-12-08', '2026-12-10'],
    ],
    [
      'the last Friday of the month',
      'FREQ=MONTHLY;BYDAY=-1FR',
      '2026-11-01',
      '2027-01-31',
      ['2026-11-27', '2026-12-25', '2027-01-29'],
    ],
    [
      'the last day of the month',
      'FREQ=MONTHLY;BYMONTHDAY=-1',
      '2027-01-01',
      '2027-03-31',
      ['2027-01-31', '2027-02-28', '2027-03-31'],
    ],
    [
      'the 31st only where there is one',
      'FREQ=MONTHLY',
      '2027-01-31',
      '2027-05-31',
      ['2027-01-31', '2027-03-31', '2027-05-31'],
    ],
    [
      '29 February only in leap years',
      'FREQ=YEARLY',
      '2024-02-29',
      '2032-12-31',
      ['2024-02-29', '2028-02-29', '2032-02-29'],
    ],
    [
      'Friday the 13th',
      'FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR',
      '2026-01-01',
      '2026-12-31',
      ['2026-02-13', '2026-03-13', '2026-11-13'],
    ],
    [
      'four times and no more',
      'FREQ=WEEKLY;COUNT=4',
      '2026-11-27',
      '2030-01-01',
      ['2026-11-27', '2026-12-04', '2026-12-11', '2026-12-18'],
    ],
    [
      'until a day, that day included',
      'FREQ=WEEKLY;UNTIL=20261211',
      '2026-11-27',
      '2030-01-01',
      ['2026-11-27', '2026-12-04', '2026-12-11'],
    ],
  ])('%s', (_words, rule, start, to, expected) => {
    expect(days(rule, start, to)).toEqual(expected)
  })

  it('are those another implementation of RFC 5545 names, whatever the rule', () => {
    const rules = fc
      .record({
        frequency: fc.constantFrom(...FREQUENCIES),
        interval: fc.integer({ min: 1, max: 5 }),
        weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }),
        nth: fc.constantFrom(0, 1, 2, -1),
        monthDays: fc.uniqueArray(fc.constantFrom(1, 13, 15, 28, 31, -1, -3), { maxLength: 2 }),
        count: fc.option(fc.integer({ min: 1, max: 20 })),
        from: fc.integer({ min: 0, max: 1_500 }),
      })
      .map(({ frequency, interval, weekdays, nth, monthDays, count, from }) => ({
        from: addDays('2024-01-01', from),
        rule: everyRule(frequency, {
          interval,
          count,
          // ical.js reads both together in ways of its own; "Friday the 13th" is a case above.
          ...(monthDays.length > 0 && (frequency === 'monthly' || frequency === 'yearly')
            ? { monthDays }
            : frequency === 'daily' || frequency === 'yearly'
              ? {}
              : { days: weekdays.map((day) => ({ weekday: day, nth: frequency === 'monthly' ? nth : 0 })) }),
          ...(frequency === 'yearly' ? { months: [2, 9] } : {}),
        }),
      }))
    fc.assert(
      fc.property(rules, ({ rule, from }) => {
        const start = firstOf(rule, from)
        // In a yearly rule it lets days a month does not have run into the next one.
        fc.pre(
          start !== null &&
            (rule.frequency !== 'yearly' ||
              (start.slice(8) <= '28' && rule.monthDays.every((day) => day >= 0 && day <= 28))),
        )
        if (start === null) return
        const to = addDays(start, 1_200)
        expect(occurrences(rule, start, to, 40)).toEqual(oracle(formatRule(rule), start, to, 40))
      }),
      { numRuns: 400 },
    )
  })

  it('never run away: a rule that names no day ends', () => {
    expect(firstOf(of('FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30'), '2026-01-01')).toBeNull()
    expect(occurrences(of('FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2'), '2026-01-01', '2030-01-01')).toEqual([])
  })

  it('are in order, without repeats, and keep to their weekday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 9 }), (from, interval) => {
        const start = addDays('2024-01-01', from)
        const found = occurrences(everyRule('weekly', { interval }), start, addDays(start, 400))
        expect(found).toEqual([...new Set(found)].sort())
        expect(new Set(found.map(weekday))).toEqual(new Set([weekday(start)]))
      }),
    )
  })
})

function oracle(rule: string, start: IsoDate, to: IsoDate, limit: number): IsoDate[] {
  const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(start))
  const found: IsoDate[] = []
  for (let time = iterator.next(); time && found.length < limit; time = iterator.next()) {
    if (time.toString() > to) break
    found.push(time.toString())
  }
  return found
}

describe('a rule as text', () => {
  it('comes back as it was written', () => {
    for (const text of [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=12',
      'FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231',
      'FREQ=YEARLY;BYMONTH=2,9;BYMONTHDAY=-1',
    ])
      expect(formatRule(of(text))).toBe(text)
  })

  it.each([
    ['FREQ=SECONDLY', 'A rule repeats daily, weekly, monthly or yearly.'],
    ['FREQ=DAILY;BYSETPOS=1', 'Outpost does not repeat by BYSETPOS.'],
    ['FREQ=WEEKLY;INTERVAL=0', 'The interval of a rule is a number from 1 to 999.'],
    ['FREQ=WEEKLY;BYDAY=XX', 'A weekday of the rule cannot be read.'],
    ['FREQ=WEEKLY;UNTIL=20270231', 'The last day of the rule cannot be read.'],
    ['FREQ=WEEKLY;UNTIL=20270201;COUNT=2', 'A rule ends by a date or by a count, not by both.'],
    ['FREQ=WEEKLY;BYDAY=1MO', '“The first Tuesday” needs a month: use a monthly rule, or name the months of the year.'],
    ['', 'A rule repeats daily, weekly, monthly or yearly.'],
  ])('that cannot be kept is refused in words: %s', (text, sentence) => {
    expect(parseRule(text)).toEqual({ ok: false, error: sentence })
  })

  it('any text at all is read or refused, never a crash', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseRule(text).ok === 'boolean'))
  })

  it.each([
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=12', 'Every 2 weeks on Tue and Thu, 12 times'],
    ['FREQ=WEEKLY', 'Every week on Fri'],
    ['FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231', 'Every month on the last Fri, until 2027-12-31'],
    ['FREQ=MONTHLY', 'Every month on day 27'],
    ['FREQ=YEARLY', 'Every year on 27 Nov'],
    ['FREQ=DAILY;INTERVAL=3', 'Every 3 days'],
  ])('is said in words: %s', (text, words) => {
    expect(ruleWords(of(text), '2026-11-27')).toBe(words)
  })
})

describe('the rules offered for a day', () => {
  const offered = (day: IsoDate) => presetsOn(day).map((rule) => ruleWords(rule, day))

  it('are the plain ones that name it', () => {
    expect(offered('2026-11-10')).toEqual([
      'Every day',
      'Every week on Tue',
      'Every month on day 10',
      'Every month on the second Tue',
      'Every year on 10 Nov',
    ])
  })

  it('count from the end of the month near it', () => {
    expect(offered('2026-11-24')).toContain('Every month on the last Tue')
    expect(offered('2026-11-30')).toContain('Every month on the last day')
  })

  it('name the day itself, whichever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), (days) => {
        const day = addDays('2024-01-01', days)
        expect(presetsOn(day).map((rule) => firstOf(rule, day))).toEqual(Array(5).fill(day))
      }),
    )
  })
})
