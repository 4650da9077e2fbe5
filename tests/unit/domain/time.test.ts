import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  checkWall,
  clockOf,
  dateAt,
  daysBetween,
  daysOf,
  instantsOf,
  minutesOf,
  monthGrid,
  startOfDay,
  startOfWeek,
  toInstant,
  toWall,
  type WallTime,
  weekday,
} from '../../../shared/domain/time.ts'

const ZONES = Intl.supportedValuesOf('timeZone')
const zone = fc.constantFrom(...ZONES)
const date = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2024-01-01', days))
const minute = fc.integer({ min: 0, max: 1439 })
const wall = fc
  .record({ date, minute, zone })
  .map(({ date, minute, zone }): WallTime => ({ date, time: clockOf(minute), zone }))

/** What a clock on the wall shows, asked of Intl: another road than the one under test. */
function clockOnTheWall(at: number, timeZone: string) {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)
  return { date: parts.slice(0, 10), time: parts.slice(11, 16) }
}

describe('wall time', () => {
  it('is what the clock shows at its instant, in every zone, on every day', () => {
    fc.assert(
      fc.property(wall, (value) => {
        if (checkWall(value).kind === 'gap') return
        expect(clockOnTheWall(toInstant(value), value.zone)).toEqual({ date: value.date, time: value.time })
      }),
      { numRuns: 3000 },
    )
  })

  it('comes back from its instant unchanged, the second hour of an overlap too', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2032, 0, 1) }), zone, (raw, name) => {
        const at = raw - (raw % 60_000)
        expect(toInstant(toWall(at, name))).toBe(at)
      }),
      { numRuns: 3000 },
    )
  })

  it('says of a missing hour what stands before and after it', () => {
    expect(checkWall({ date: '2027-03-28', time: '02:30', zone: 'Europe/Berlin' })).toEqual({
      kind: 'gap',
      before: '01:30',
      after: '03:30',
    })
  })

  it('knows the half-hour change of Lord Howe and the day that Apia skipped', () => {
    expect(checkWall({ date: '2026-10-04', time: '02:15', zone: 'Australia/Lord_Howe' }).kind).toBe('gap')
    expect(checkWall({ date: '2011-12-30', time: '12:00', zone: 'Pacific/Apia' }).kind).toBe('gap')
  })

  it('lets one choose between the two hours of an overlap, an hour apart', () => {
    const value = { date: '2026-10-25', time: '02:30', zone: 'Europe/Berlin' }
    const check = checkWall(value)
    if (check.kind !== 'overlap') throw new Error(`expected an overlap, got ${check.kind}`)
    expect(check.later - check.earlier).toBe(3_600_000)
    expect(toInstant({ ...value, fold: 'later' })).toBe(check.later)
    expect(toInstant(value)).toBe(check.earlier)
  })

  it('keeps 9:00 at 9:00 over a clock change', () => {
    const before = { date: '2026-10-24', time: '09:00', zone: 'Europe/Berlin' }
    const after = { ...before, date: '2026-10-25' }
    expect(toInstant(after) - toInstant(before)).toBe(25 * 3_600_000)
  })
})

describe('days', () => {
  it('cover all instants of a range without hole or overlap, in every zone', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 40 }), zone, (from, length, name) => {
        const days = daysOf({ from, to: addDays(from, length) })
        const whole = instantsOf({ from, to: addDays(from, length) }, name)
        const parts = days.map((day) => instantsOf({ from: day, to: day }, name))
        expect(parts[0]?.from).toBe(whole.from)
        expect(parts.at(-1)?.to).toBe(whole.to)
        expect(parts.slice(1).map((part) => part.from)).toEqual(parts.slice(0, -1).map((part) => part.to))
        expect(dateAt(startOfDay(from, name), name)).toBe(from)
      }),
      { numRuns: 500 },
    )
  })

  it('fill a month page with whole weeks, 4 to 6 of them, whatever the week starts with', () => {
    fc.assert(
      fc.property(date, fc.constantFrom(1, 6, 7), (day, weekStart) => {
        const page = monthGrid(day, weekStart)
        const days = daysOf(page)
        expect(days.length % 7).toBe(0)
        expect([4, 5, 6]).toContain(days.length / 7)
        expect(weekday(page.from)).toBe(weekStart)
        expect(days).toContain(day)
        expect(startOfWeek(day, weekStart) >= page.from).toBe(true)
      }),
    )
  })

  it('are counted and added the same way', () => {
    fc.assert(
      fc.property(
        date,
        fc.integer({ min: -800, max: 800 }),
        (day, days) => daysBetween(day, addDays(day, days)) === days,
      ),
    )
  })

  it('have minutes that read back as their clock', () => {
    fc.assert(fc.property(minute, (value) => minutesOf(clockOf(value)) === value))
  })
})
