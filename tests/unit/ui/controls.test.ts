import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rankMatch, readTime } from '../../../renderer/ui/index.ts'
import {
  addDays,
  addMonths,
  monthWeeks,
  readDay,
  startOfWeek,
  weekdayOf,
  writeDay,
} from '../../../renderer/ui/isoDay.ts'

const day = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2100-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const weekStart = fc.integer({ min: 0, max: 6 })

describe('the month grid', () => {
  test('begins every week on the chosen weekday and holds each day of the month once', () => {
    fc.assert(
      fc.property(day, weekStart, (iso, start) => {
        const weeks = monthWeeks(iso, start)
        const days = weeks.flat()
        expect(weeks.every((week) => week.length === 7 && week[0] !== undefined && weekdayOf(week[0]) === start)).toBe(
          true,
        )
        expect(new Set(days).size).toBe(days.length)
        const inMonth = days.filter((one) => one.startsWith(iso.slice(0, 7)))
        expect(inMonth[0]).toBe(`${iso.slice(0, 7)}-01`)
        expect(inMonth).toHaveLength(Number(addDays(addMonths(`${iso.slice(0, 7)}-01`, 1), -1).slice(8)))
      }),
    )
  })

  test('goes there and back by days', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -800, max: 800 }), (iso, days) => {
        expect(addDays(addDays(iso, days), -days)).toBe(iso)
      }),
    )
  })

  test('lands on the last day when the month after is shorter', () => {
    expect(addMonths('2027-01-31', 1)).toBe('2027-02-28')
    expect(addMonths('2028-02-29', 12)).toBe('2029-02-28')
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
  })

  test('finds the first day of the week', () => {
    expect(startOfWeek('2026-11-24', 1)).toBe('2026-11-23')
    expect(startOfWeek('2026-11-24', 0)).toBe('2026-11-22')
    expect(startOfWeek('2026-11-22', 1)).toBe('2026-11-16')
  })
})

describe('a typed time', () => {
  test.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['9:05', '09:05'],
    ['21.15', '21:15'],
    [' 23:59 ', '23:59'],
  ])('%s is %s', (typed, time) => expect(readTime(typed)).toBe(time))

  test.each(['24:00', '12:60', 'noon', '12:3', ''])('%s is no time', (typed) => expect(readTime(typed)).toBeNull())
})

describe('narrowing a list', () => {
  test('takes no notice of case or accents', () => {
    expect(rankMatch('1', 'zoe', ['Zoé Marsh'])).toBe(1)
    expect(rankMatch('1', 'ZOÉ', ['zoe marsh'])).toBe(1)
  })

  test('puts the start of a name before the start of a word before the middle of one', () => {
    const start = rankMatch('1', 'mar', ['Marsh notes'])
    const word = rankMatch('1', 'mar', ['Trail marks'])
    const middle = rankMatch('1', 'mar', ['Summary'])
    expect(start).toBeGreaterThan(word)
    expect(word).toBeGreaterThan(middle)
    expect(middle).toBeGreaterThan(0)
    expect(rankMatch('1', 'mar', ['Tarn'])).toBe(0)
  })
})

describe('a day in a field', () => {
  test('reads back what it writes, whichever the year', () => {
    fc.assert(
      fc.property(day, day, (iso, today) => {
        expect(readDay(writeDay(iso, today), today)).toBe(iso)
      }),
    )
  })

  test.each([
    ['2026-10-15', '2026-10-15'],
    ['15 Oct', '2026-10-15'],
    ['Thu, 15 October 2027', '2027-10-15'],
    ['15.10.', '2026-10-15'],
    ['3/4/26', '2026-04-03'],
    ['29 Feb', null],
    ['31.02.2026', null],
    ['13/13/2026', null],
    ['soon', null],
  ])('reads %s', (text, iso) => {
    expect(readDay(text, '2026-01-09')).toBe(iso)
  })
})
