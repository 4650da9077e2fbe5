import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dayOfYear,
  daysOfMonth,
  type Evergreen,
  fillGaps,
  inSeason,
  nextUse,
  openGaps,
  whyNot,
} from '../../../shared/domain/evergreen.ts'
import type { Slot } from '../../../shared/domain/slots.ts'
import { addDays, toInstant } from '../../../shared/domain/time.ts'
import { Temporal } from '../../../shared/lib/temporal.ts'

const DAY = 86_400_000
const slot = (date: string, channelId = 'ig'): Slot => ({
  channelId,
  date,
  time: '09:00',
  at: toInstant({ date, time: '09:00', zone: 'UTC' }),
})
const an = (fields: Partial<Evergreen> = {}): Evergreen => ({
  postId: 'tea',
  rule: { cooldown: 30, season: null, most: 0 },
  channelIds: ['ig'],
  uses: [],
  ...fields,
})
const usedOn = (date: string) => ({ at: slot(date).at, channelIds: ['ig'] })

describe('an evergreen', () => {
  it('rests on a channel after it was used there, before and after', () => {
    const tea = an({ uses: [usedOn('2026-11-01')] })
    expect(whyNot(tea, slot('2026-11-20'))).toEqual({ kind: 'cooldown', days: 19 })
    expect(whyNot(tea, slot('2026-10-20'))).toEqual({ kind: 'cooldown', days: 12 })
    expect(whyNot(tea, slot('2026-12-01'))).toBeNull()
    expect(whyNot({ ...tea, channelIds: ['ig', 'fb'] }, slot('2026-11-20', 'fb'))).toBeNull()
  })

  it('keeps to its season, over new year too', () => {
    const winter = { cooldown: 0, season: { from: '12-01', to: '02-28' }, most: 0 }
    expect(
      ['2026-11-30', '2026-12-01', '2027-01-15', '2027-02-28', '2027-03-01'].map((day) => inSeason(winter, day)),
    ).toEqual([false, true, true, true, false])
  })

  it('knows no day of a season that no year has, and every day of a leap year is in one of two halves', () => {
    expect(['02', '04', '12'].map((month) => dayOfYear(month, 31))).toEqual(['02-29', '04-30', '12-31'])
    expect(dayOfYear('03', 0)).toBe('03-01')
    const day = fc.integer({ min: 1, max: 12 }).chain((month) => {
      const name = String(month).padStart(2, '0')
      return fc.integer({ min: 1, max: daysOfMonth(name) }).map((of) => dayOfYear(name, of))
    })
    const rule = (from: string, to: string) => ({ cooldown: 0, season: { from, to }, most: 0 })
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: 366 * 5 }), (from, to, days) => {
        const date = addDays('2024-01-01', days)
        const inside = inSeason(rule(from, to), date)
        // What is not in a season is in the one from the day after it to the day before it.
        const rest = inSeason(rule(to, from), date)
        const onEdge = date.slice(5) === from || date.slice(5) === to
        fc.pre(from !== to)
        expect(inside || rest).toBe(true)
        expect(inside && rest).toBe(onEdge)
        expect(Temporal.PlainDate.from(`2024-${from}`).toString()).toBe(`2024-${from}`)
      }),
    )
  })

  it('is used up after its most uses, and goes only where it was written for', () => {
    const twice = { cooldown: 0, season: null, most: 2 }
    expect(whyNot(an({ rule: twice, uses: [usedOn('2025-01-01'), usedOn('2025-06-01')] }), slot('2026-11-20'))).toEqual(
      {
        kind: 'used-up',
      },
    )
    expect(whyNot(an(), slot('2026-11-20', 'li'))).toEqual({ kind: 'channel' })
  })
})

describe('filling gaps', () => {
  it('takes what has waited longest, and goes round', () => {
    const pool = [
      an({ postId: 'tea', rule: { cooldown: 1, season: null, most: 0 }, uses: [usedOn('2026-10-01')] }),
      an({ postId: 'wax', rule: { cooldown: 1, season: null, most: 0 }, uses: [usedOn('2026-09-01')] }),
      an({ postId: 'new', rule: { cooldown: 1, season: null, most: 0 } }),
    ]
    const fills = fillGaps(
      pool,
      ['2026-11-23', '2026-11-25', '2026-11-27', '2026-11-29'].map((day) => slot(day)),
    )
    expect(fills.map(({ postId }) => postId)).toEqual(['new', 'wax', 'tea', 'new'])
  })

  it('never breaks a rule, whatever the pool and the slots, and never fills a slot twice', () => {
    const day = fc.integer({ min: 0, max: 120 })
    const evergreen = fc.record({
      postId: fc.constantFrom('a', 'b', 'c', 'd'),
      rule: fc.record({
        cooldown: fc.integer({ min: 0, max: 60 }),
        season: fc.constant(null),
        most: fc.integer({ min: 0, max: 4 }),
      }),
      channelIds: fc.subarray(['ig', 'fb'], { minLength: 1 }),
      uses: fc.array(
        day.map((offset) => ({ at: offset * DAY, channelIds: ['ig'] })),
        { maxLength: 3 },
      ),
    })
    const aSlot = fc
      .tuple(day, fc.constantFrom('ig', 'fb'))
      .map(([offset, channelId]): Slot => ({ channelId, date: '2026-11-27', time: '09:00', at: offset * DAY }))
    fc.assert(
      fc.property(
        fc.uniqueArray(evergreen, { selector: ({ postId }) => postId, maxLength: 4 }),
        fc.uniqueArray(aSlot, { selector: ({ at, channelId }) => `${at}${channelId}`, maxLength: 20 }),
        (pool, slots) => {
          const fills = fillGaps(pool, slots)
          expect(new Set(fills.map(({ slot: of }) => of)).size).toBe(fills.length)
          for (const { postId, rule, channelIds, uses } of pool) {
            const own = fills.filter((fill) => fill.postId === postId)
            if (rule.most > 0) expect(own.length).toBeLessThanOrEqual(Math.max(0, rule.most - uses.length))
            for (const { slot: of } of own) {
              expect(channelIds).toContain(of.channelId)
              const others = [
                ...uses.filter((use) => use.channelIds.includes(of.channelId)).map(({ at }) => at),
                ...own
                  .filter((fill) => fill.slot !== of && fill.slot.channelId === of.channelId)
                  .map((fill) => fill.slot.at),
              ]
              for (const at of others) expect(Math.abs(at - of.at)).toBeGreaterThanOrEqual(rule.cooldown * DAY)
            }
          }
        },
      ),
    )
  })
})

describe('a slot that stays open', () => {
  it('says which post comes nearest and what keeps it back', () => {
    const pool = [
      an({ postId: 'tea', uses: [usedOn('2026-11-01')] }),
      an({ postId: 'wax', channelIds: ['li'] }),
      an({ postId: 'snow', rule: { cooldown: 0, season: { from: '12-01', to: '02-28' }, most: 0 } }),
    ]
    const slots = [slot('2026-11-10'), slot('2026-12-05'), slot('2026-11-10', 'fb')]
    const fills = fillGaps(pool, slots)
    expect(openGaps(pool, slots, fills)).toEqual([
      { slot: slots[0], nearest: { postId: 'tea', unfit: { kind: 'cooldown', days: 9 } } },
      { slot: slots[2], nearest: { postId: 'tea', unfit: { kind: 'channel' } } },
    ])
    expect(openGaps([], slots, [])).toContainEqual({ slot: slots[1], nearest: null })
  })

  it('counts what was just filled', () => {
    const slots = [slot('2026-11-10'), slot('2026-11-12')]
    const pool = [an()]
    expect(openGaps(pool, slots, fillGaps(pool, slots))).toEqual([
      { slot: slots[1], nearest: { postId: 'tea', unfit: { kind: 'cooldown', days: 2 } } },
    ])
  })
})

describe('the next use of an evergreen', () => {
  it('is the first day it has rested long enough on some channel and is in season', () => {
    const tea = an({ uses: [{ ...usedOn('2026-11-01'), channelIds: ['ig'] }] })
    expect(nextUse(tea, '2026-11-10', 'UTC')).toBe('2026-12-01')
    expect(nextUse({ ...tea, channelIds: ['ig', 'li'] }, '2026-11-10', 'UTC')).toBe('2026-11-10')
    const spring = { ...tea, rule: { ...tea.rule, season: { from: '03-01', to: '05-31' } } }
    expect(nextUse(spring, '2026-11-10', 'UTC')).toBe('2027-03-01')
  })

  it('is none once it is used up', () => {
    expect(
      nextUse(an({ rule: { cooldown: 0, season: null, most: 1 }, uses: [usedOn('2025-01-01')] }), '2026-11-10', 'UTC'),
    ).toBeNull()
  })
})
