import fc from 'fast-check'
import { RRuleTemporal } from 'rrule-temporal'
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
import {
  addDays,
  type ClockTime,
  checkWall,
  type IsoDate,
  toInstant,
  type WallTime,
  weekday,
  type Zone,
} from '../../../shared/domain/time.ts'
import { Temporal } from '../../../shared/lib/temporal.ts'

const of = (text: string): RecurrenceRule => {
  const parsed = parseRule(text)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}
const days = (text: string, start: IsoDate, to: IsoDate) => occurrences(of(text), start, to)

interface Repeated {
  readonly rule: RecurrenceRule
  readonly from: IsoDate
}

/** All that is read, in any mixture that makes sense. */
const rules: fc.Arbitrary<Repeated> = fc
  .record({
    frequency: fc.constantFrom(...FREQUENCIES),
    interval: fc.integer({ min: 1, max: 5 }),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }),
    nth: fc.constantFrom(0, 0, 1, 2, 5, -1, -5),
    monthDays: fc.uniqueArray(fc.constantFrom(1, 13, 15, 28, 29, 30, 31, -1, -3, -30, -31), { maxLength: 3 }),
    months: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
    end: fc.constantFrom('never', 'until', 'count'),
    times: fc.integer({ min: 1, max: 20 }),
    from: fc.oneof(
      fc.integer({ min: 0, max: 1_500 }).map((days) => addDays('2024-01-01', days)),
      fc.constantFrom('2024-02-29', '2024-12-31', '2025-01-31', '2025-03-29', '2025-10-26'),
    ),
  })
  .map(({ frequency, interval, weekdays, nth, monthDays, months, end, times, from }) => ({
    from,
    rule: everyRule(frequency, {
      interval,
      months,
      monthDays: frequency === 'weekly' ? [] : monthDays,
      days: weekdays.map((day) => ({
        weekday: day,
        nth: frequency === 'monthly' || (frequency === 'yearly' && months.length > 0) ? nth : 0,
      })),
      count: end === 'count' ? times : null,
      until: end === 'until' ? addDays(from, times * 30) : null,
    }),
  }))

/** What the library says: the days of a rule, and the instants of its clock time on them. */
function oracle(rule: RecurrenceRule, start: IsoDate, time: ClockTime, zone: Zone, limit: number) {
  const { until, ...endless } = rule
  const found = new RRuleTemporal({
    rruleString: formatRule({ ...endless, until: null }),
    maxIterations: 1_000_000,
    dtstart: Temporal.PlainDateTime.from(`${start}T${time}`).toZonedDateTime(zone),
  })
    .all((_, index) => index < limit)
    .filter((at) => !until || at.toPlainDate().toString() <= until)
  return {
    days: found.map((at) => at.toPlainDate().toString()),
    instants: found.map((at) => at.epochMilliseconds),
  }
}

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
    fc.assert(
      fc.property(rules, ({ rule, from }) => {
        const start = firstOf(rule, from)
        fc.pre(start !== null)
        if (start === null) return
        const to = addDays(start, 3_000)
        expect(occurrences(rule, start, to, 40)).toEqual(
          oracle(rule, start, '09:00', 'UTC', 40).days.filter((day) => day <= to),
        )
      }),
      {
        numRuns: 120,
        examples: [
          'FREQ=YEARLY;BYMONTHDAY=31',
          'FREQ=YEARLY;BYDAY=FR;BYMONTHDAY=13',
          'FREQ=YEARLY;INTERVAL=4',
          'FREQ=MONTHLY;BYMONTHDAY=-31,29',
          'FREQ=MONTHLY;BYDAY=5MO,-5SU',
          'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;BYMONTH=1,12',
        ].map((text): [Repeated] => [{ rule: of(text), from: '2024-02-29' }]),
      },
    )
  })

  it.each([
    ['Europe/Berlin', '02:30'],
    ['America/New_York', '01:30'],
    ['America/New_York', '02:15'],
    ['Australia/Lord_Howe', '02:10'],
    ['Africa/Cairo', '00:00'],
  ])('are at the clock time of the plan in %s at %s, over every clock change, as there', (zone, time) => {
    fc.assert(
      fc.property(rules, ({ rule, from }) => {
        const start = firstOf(rule, from)
        // The library would take the time after the jump for that of all days.
        fc.pre(start !== null && checkWall({ date: start, time, zone }).kind !== 'gap')
        if (start === null) return
        const named = oracle({ ...rule, count: null }, start, time, zone, 25)
        const to = named.days.at(-1) ?? start
        const own = occurrences({ ...rule, count: null }, start, to).map((date) => ({ date, time, zone }))
        // A time the clocks jump over: RFC 5545 drops that day, the library some of them. A plan keeps it and says so beside the post.
        const skipped = (wall: WallTime) => checkWall(wall).kind === 'gap'
        expect(own.filter((wall) => !skipped(wall)).map(toInstant)).toEqual(
          named.instants.filter((_, at) => !skipped({ date: named.days[at] ?? '', time, zone })),
        )
      }),
      { numRuns: 15 },
    )
  })

  it('stay on a day whose clock time does not exist, as late as the clocks jump, and take the first where it exists twice', () => {
    const berlin = (date: IsoDate) =>
      new Date(toInstant({ date, time: '02:30', zone: 'Europe/Berlin' })).toISOString().slice(0, 16)
    expect(days('FREQ=WEEKLY', '2026-03-22', '2026-04-05').map(berlin)).toEqual([
      '2026-03-22T01:30',
      '2026-03-29T01:30',
      '2026-04-05T00:30',
    ])
    expect(days('FREQ=WEEKLY', '2026-10-18', '2026-11-01').map(berlin)).toEqual([
      '2026-10-18T00:30',
      '2026-10-25T00:30',
      '2026-11-01T01:30',
    ])
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
