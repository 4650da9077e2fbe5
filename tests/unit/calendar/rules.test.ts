import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankCampaign } from '../../../renderer/data/commands/campaigns.ts'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import { eventOf, type PostEvent, wallIn } from '../../../renderer/features/calendar/events.ts'
import { byNeed, layBars, MEASURES, planCell, worstHidden } from '../../../renderer/features/calendar/monthLayout.ts'
import { judge, movesTo } from '../../../renderer/features/calendar/moves.ts'
import { turn } from '../../../renderer/features/calendar/views.ts'
import { keepIdentity } from '../../../renderer/parts/keepIdentity.ts'
import { blankChannel, type Channel } from '../../../shared/domain/channel.ts'
import { clashesAmong, clashesAt, firstFree } from '../../../shared/domain/clash.ts'
import { easterSunday, HOLIDAY_COUNTRIES, holidaysIn, holidaysOf } from '../../../shared/domain/holidays.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { openMoments, openSlots, proposeTime } from '../../../shared/domain/slots.ts'
import {
  addDays,
  clockOf,
  daysBetween,
  daysOf,
  toInstant,
  type WallTime,
  weekday,
} from '../../../shared/domain/time.ts'
import type { DayNote } from '../../../shared/domain/workspace.ts'

const BERLIN = 'Europe/Berlin'
const at = (date: string, time = '09:00', zone = BERLIN): WallTime => ({ date, time, zone })
const aPost = (fields: Partial<Post> = {}) => blankPost(0, { title: 'A post', ...fields })
const aChannel = (fields: Partial<Channel> = {}) =>
  blankChannel('instagram', { id: 'ig', name: '@fern', zone: BERLIN, ...fields })
const NOW = toInstant(at('2026-11-24', '08:00'))

describe('moving posts', () => {
  const noTime = () => '10:00'

  it('to another day in the month keeps the clock time to the minute', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_439 }),
        fc.integer({ min: -200, max: 200 }),
        fc.constantFrom(BERLIN, 'America/New_York', 'Asia/Kathmandu'),
        (minutes, days, zone) => {
          const post = aPost({ planned: { date: '2026-11-24', time: clockOf(minutes), zone } })
          const [move] = movesTo([post], post, { kind: 'day', day: addDays('2026-11-24', days) }, zone, noTime)
          expect(move?.to).toMatchObject({ date: addDays('2026-11-24', days), time: clockOf(minutes) })
        },
      ),
    )
  })

  it('lands a post planned in another zone on the day it was dropped on, also across clock changes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_439 }),
        fc.integer({ min: -250, max: 250 }),
        fc.constantFrom('America/Halifax', 'Australia/Sydney', 'Pacific/Kiritimati'),
        (minutes, days, zone) => {
          const post = aPost({ planned: { date: '2026-11-24', time: clockOf(minutes), zone } })
          const shown = wallIn(post, BERLIN)
          const day = addDays(shown?.date ?? '', days)
          const [move] = movesTo([post], post, { kind: 'day', day }, BERLIN, noTime)
          const moved = aPost({ planned: move?.to ?? null })
          expect(wallIn(moved, BERLIN)?.date).toBe(day)
          expect(move?.to?.zone).toBe(zone)
        },
      ),
    )
  })

  it('keeps to the day asked for where two zones change their clocks a week apart', () => {
    // Midnight in Berlin, 19:00 in Halifax; in the last week of October Halifax is an hour nearer.
    const post = aPost({ planned: { date: '2026-11-24', time: '19:00', zone: 'America/Halifax' } })
    const [move] = movesTo([post], post, { kind: 'day', day: '2026-10-28' }, BERLIN, noTime)
    expect(wallIn(aPost({ planned: move?.to ?? null }), BERLIN)).toMatchObject({ date: '2026-10-28', time: '00:00' })
  })

  it('moves a whole selection by the same difference', () => {
    const one = aPost({ planned: at('2026-11-25', '09:10') })
    const two = aPost({ planned: at('2026-11-27', '17:45') })
    expect(
      movesTo([one, two], one, { kind: 'day', day: '2026-12-01' }, BERLIN, noTime).map(({ to }) => [
        to?.date,
        to?.time,
      ]),
    ).toEqual([
      ['2026-12-01', '09:10'],
      ['2026-12-03', '17:45'],
    ])
    expect(
      movesTo([one, two], one, { kind: 'time', day: '2026-11-25', minutes: 9 * 60 + 40 }, BERLIN, noTime).map(
        ({ to }) => to?.time,
      ),
    ).toEqual(['09:40', '18:15'])
  })

  it('goes over midnight with a late post rather than stopping at 23:59', () => {
    const one = aPost({ planned: at('2026-11-25', '09:00') })
    const late = aPost({ planned: at('2026-11-25', '23:30') })
    expect(
      movesTo([one, late], one, { kind: 'time', day: '2026-11-25', minutes: 600 }, BERLIN, noTime)[1]?.to,
    ).toMatchObject({ date: '2026-11-26', time: '00:30' })
  })

  it('gives an undated post the time that was worked out for the day, and takes the date off in the tray', () => {
    const undated = aPost()
    expect(movesTo([undated], undated, { kind: 'day', day: '2026-12-01' }, BERLIN, noTime)[0]?.to).toEqual(
      at('2026-12-01', '10:00'),
    )
    const dated = aPost({ planned: at('2026-11-25') })
    expect(movesTo([dated], dated, { kind: 'tray' }, BERLIN, noTime)[0]?.to).toBeNull()
  })

  it('is refused into the past and for what is out, naming the post; all or none', () => {
    const free = aPost({ planned: at('2026-11-26') })
    const out = aPost({ planned: at('2026-11-20'), status: 'published' })
    const back = movesTo([free], free, { kind: 'day', day: '2026-11-23' }, BERLIN, noTime)
    expect(judge([free], back, NOW)).toMatchObject({ ok: false, error: { kind: 'in-the-past', post: free } })
    const both = movesTo([free, out], free, { kind: 'day', day: '2026-12-01' }, BERLIN, noTime)
    expect(judge([free, out], both, NOW)).toMatchObject({ ok: false, error: { kind: 'already-published', post: out } })
    // A copy of what is out is a draft, and may.
    expect(judge([out], movesTo([out], out, { kind: 'day', day: '2026-12-01' }, BERLIN, noTime), NOW, true).ok).toBe(
      true,
    )
  })
})

describe('a day of the month', () => {
  const events = (count: number, status: Post['status'] = 'draft', coverId = '') =>
    Array.from({ length: count }, (_, index) =>
      eventOf(aPost({ planned: at('2026-11-25', clockOf(540 + index)), status, coverId }), BERLIN),
    ).flatMap((event): PostEvent[] => (event ? [event] : []))

  it('shows the largest size at which all posts fit, never mixed with a smaller one', () => {
    expect(planCell(events(1), 60, MEASURES.cosy).size).toBe('l')
    expect(planCell(events(1, 'draft', 'picture'), 90, MEASURES.cosy).size).toBe('xl')
    expect(planCell(events(2), 72, MEASURES.cosy).size).toBe('m')
    expect(planCell(events(3), 64, MEASURES.cosy)).toMatchObject({ size: 's', hidden: [] })
    expect(planCell(events(2), 200, MEASURES.compact).size).toBe('s')
  })

  it('never draws more than it has room for, and counts what it leaves out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 20, max: 300 }),
        fc.constantFrom('cosy' as const, 'compact' as const),
        (count, room, density) => {
          const measures = MEASURES[density]
          const { shown, hidden, size } = planCell(events(count), room, measures)
          expect(shown.length + hidden.length).toBe(count)
          const used =
            shown.length * (measures.chip[size] + measures.gap) -
            (hidden.length > 0 ? 0 : measures.gap) +
            (hidden.length > 0 ? measures.more : 0)
          if (shown.length > 0) expect(used).toBeLessThanOrEqual(room)
        },
      ),
    )
  })

  it('lists behind "+n more" what needs somebody first, and shows the worst states on it', () => {
    const list = [...events(1, 'published'), ...events(1, 'draft'), ...events(1, 'changes'), ...events(1, 'review')]
    expect(list.toSorted(byNeed(() => undefined)).map(({ post }) => post.status)).toEqual([
      'changes',
      'review',
      'draft',
      'published',
    ])
    expect(worstHidden(list)).toEqual(['changes', 'review'])
    // What is to be looked at at its network comes before any status; what is only told there does not.
    const marks = new Map([
      ['published', { need: 3, asks: true }],
      ['draft', { need: 9, asks: false }],
    ])
    const marked = list.toSorted(byNeed(({ status }) => marks.get(status)))
    expect(marked.map(({ post }) => post.status)).toEqual(['published', 'changes', 'review', 'draft'])
  })
})

describe('campaign bars', () => {
  const week = daysOf({ from: '2026-11-23', to: '2026-11-29' })
  it('keep to one lane each and never cover one another', () => {
    const campaign = fc
      .tuple(fc.integer({ min: -10, max: 10 }), fc.integer({ min: 0, max: 14 }))
      .map(([from, length]) =>
        blankCampaign(0, { startOn: addDays('2026-11-23', from), endOn: addDays('2026-11-23', from + length) }),
      )
    fc.assert(
      fc.property(fc.array(campaign, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (campaigns, most) => {
        const { bars, lanes, left } = layBars(campaigns, week, most)
        const touching = campaigns.filter(
          ({ startOn, endOn }) => (startOn ?? '') <= '2026-11-29' && (endOn ?? '') >= '2026-11-23',
        )
        expect(bars.length + left.length).toBe(touching.length)
        expect(lanes).toBeLessThanOrEqual(most)
        for (const a of bars)
          for (const b of bars)
            if (a !== b && a.lane === b.lane) expect(a.last < b.first || b.last < a.first).toBe(true)
      }),
    )
  })
  it('say where they began before the week or go on after it', () => {
    const bar = layBars([blankCampaign(0, { startOn: '2026-11-20', endOn: '2026-11-25' })], week, 2).bars[0]
    expect(bar).toMatchObject({ first: 0, last: 2, from: true, on: false })
  })
})

describe('what a post clashes with', () => {
  const channels = [aChannel()]
  const rival = aPost({
    title: 'Rival',
    excerpt: 'Other words',
    planned: at('2026-11-26', '12:30'),
    channelIds: ['ig'],
  })
  const around = { posts: [rival], channels, notes: [] as DayNote[], zone: BERLIN }
  const mine = aPost({ title: 'Mine', channelIds: ['ig'] })

  it('is a post of the same channel nearer than the channel allows', () => {
    expect(clashesAt(mine, toInstant(at('2026-11-26', '13:30')), around)[0]).toMatchObject({
      kind: 'spacing',
      apart: 60,
      spacing: 120,
    })
    expect(clashesAt(mine, toInstant(at('2026-11-26', '14:30')), around)).toEqual([])
    expect(clashesAt({ ...mine, channelIds: ['li'] }, toInstant(at('2026-11-26', '12:30')), around)).toEqual([])
  })
  it('says which time is free first', () => {
    expect(firstFree(mine, toInstant(at('2026-11-26', '13:30')), around)).toBe(toInstant(at('2026-11-26', '14:30')))
  })
  it('is the same text on the same channel, or a day nothing should go out', () => {
    const again = { ...mine, excerpt: ' other   WORDS ' }
    expect(clashesAt(again, toInstant(at('2026-12-10')), around).map(({ kind }) => kind)).toEqual(['duplicate'])
    const note: DayNote = {
      id: 'n',
      on: '2026-12-08',
      until: '2026-12-09',
      kind: 'blackout',
      text: 'Press freeze',
      trashedAt: 0,
    }
    expect(clashesAt(mine, toInstant(at('2026-12-09')), { ...around, notes: [note] })[0]).toMatchObject({
      kind: 'blackout',
    })
  })
  it('is nearly the same text within a month, on whatever channel, and the exact one before it', () => {
    const near = aPost({ title: 'Near', excerpt: 'Some words', planned: at('2026-11-26'), channelIds: ['li'] })
    const alike = [{ post: near, likeness: 0.82 }]
    const duplicates = (post: Post, on: string) =>
      clashesAt(post, toInstant(at(on)), { ...around, alike }).filter(({ kind }) => kind === 'duplicate')
    expect(duplicates(mine, '2026-12-10')).toEqual([{ kind: 'duplicate', other: near, likeness: 0.82 }])
    expect(duplicates(mine, '2026-12-30')).toEqual([])
    expect(duplicates({ ...mine, excerpt: 'Other words' }, '2026-12-10')).toEqual([
      { kind: 'duplicate', other: rival, likeness: 1 },
    ])
  })
  it('is never another time of its own series', () => {
    const weekly = { seriesId: 's', excerpt: 'Every Friday', channelIds: ['ig'] }
    const first = aPost({ ...weekly, title: 'First', planned: at('2026-11-27') })
    const second = aPost({ ...weekly, title: 'Second', planned: at('2026-12-04') })
    const near = { ...around, posts: [first], alike: [{ post: first, likeness: 1 }] }
    expect(clashesAt(second, second.plannedAt, near)).toEqual([])
    expect(clashesAt({ ...second, seriesId: '' }, second.plannedAt, near)).toHaveLength(1)
  })
  it('is told for a whole page as it is told for one post', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 95 }), fc.constantFrom('ig', 'li')),
          { maxLength: 25 },
        ),
        (list) => {
          const posts = list.map(([day, quarter, id], index) =>
            aPost({
              title: `${index}`,
              planned: at(addDays('2026-11-25', day), clockOf(quarter * 15)),
              channelIds: [id],
            }),
          )
          const all = [aChannel(), aChannel({ id: 'li', spacing: 45 })]
          const page = clashesAmong(posts, all, [], BERLIN)
          for (const post of posts) {
            const alone = clashesAt(post, post.plannedAt, { posts, channels: all, notes: [], zone: BERLIN }).some(
              ({ kind }) => kind === 'spacing',
            )
            expect(page.has(post.id)).toBe(alone)
          }
        },
      ),
    )
  })
  it('does not mark what is out already', () => {
    const out = aPost({ planned: at('2026-11-26', '12:45'), channelIds: ['ig'], status: 'published' })
    expect([...clashesAmong([rival, out], channels, [], BERLIN).keys()]).toEqual([rival.id])
  })
})

describe('open slots', () => {
  const tuesday = aChannel({ slots: [{ weekday: 2, time: '12:30' }] })
  const week = { from: '2026-11-23', to: '2026-11-29' }
  it('are offered while nothing fills them and they are still to come', () => {
    expect(openSlots([tuesday], week, [], BERLIN, NOW).map(({ date, time }) => `${date} ${time}`)).toEqual([
      '2026-11-24 12:30',
    ])
    expect(
      openSlots([tuesday], week, [aPost({ planned: at('2026-11-24', '12:45'), channelIds: ['ig'] })], BERLIN, NOW),
    ).toEqual([])
    expect(
      openSlots([tuesday], week, [aPost({ planned: at('2026-11-24', '12:30'), channelIds: ['li'] })], BERLIN, NOW),
    ).toHaveLength(1)
    expect(openSlots([tuesday], week, [], BERLIN, toInstant(at('2026-11-24', '13:00')))).toEqual([])
    const cancelled = aPost({ planned: at('2026-11-24', '12:30'), channelIds: ['ig'], status: 'cancelled' })
    expect(openSlots([tuesday], week, [cancelled], BERLIN, NOW)).toHaveLength(1)
  })
  it('of several channels at one moment are one badge', () => {
    const more = ['li', 'fb'].map((id) => aChannel({ id, slots: [...tuesday.slots, { weekday: 3, time: '08:00' }] }))
    expect(openMoments(openSlots([tuesday, ...more], week, [], BERLIN, NOW))).toMatchObject([
      { date: '2026-11-24', time: '12:30', channelIds: ['fb', 'ig', 'li'] },
      { date: '2026-11-25', time: '08:00', channelIds: ['fb', 'li'] },
    ])
  })
  it('of a channel in another zone stand where they are here', () => {
    const away = aChannel({ zone: 'Australia/Sydney', slots: [{ weekday: 3, time: '07:00' }] })
    expect(openSlots([away], week, [], BERLIN, NOW)[0]).toMatchObject({ date: '2026-11-24', time: '21:00' })
  })
  it('come first when a day is pressed, then the last time used, never a past one', () => {
    expect(proposeTime('2026-11-24', [tuesday], [], '09:00', BERLIN, NOW)).toMatchObject({
      wall: { time: '12:30' },
      channelId: 'ig',
    })
    expect(proposeTime('2026-11-25', [tuesday], [], '09:40', BERLIN, NOW)).toMatchObject({
      wall: { time: '09:40' },
      channelId: '',
    })
    expect(proposeTime('2026-11-24', [], [], '07:00', BERLIN, NOW)?.wall.time).toBe('08:30')
    expect(proposeTime('2026-11-23', [tuesday], [], '09:00', BERLIN, NOW)).toBeNull()
  })
})

describe('public holidays', () => {
  it('follow Easter, which always is a Sunday between 22 March and 25 April', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2299 }), (year) => {
        const easter = easterSunday(year)
        expect(weekday(easter)).toBe(7)
        expect(easter >= `${year}-03-22` && easter <= `${year}-04-25`).toBe(true)
      }),
    )
    // https://en.wikipedia.org/wiki/List_of_dates_for_Easter
    expect([2024, 2025, 2026, 2027, 2038].map(easterSunday)).toEqual([
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2027-03-28',
      '2038-04-25',
    ])
  })
  it('are those the calendars of the countries give', () => {
    const on = (country: string, date: string) => holidaysIn(country, { from: date, to: date }).get(date)
    expect(on('US', '2026-11-26')).toBe('Thanksgiving')
    expect(on('US', '2026-07-03')).toBe('Independence Day observed')
    expect(on('DE', '2026-05-25')).toBe('Whit Monday')
    expect(on('GB', '2026-12-28')).toBe('Boxing Day (substitute day)')
    expect(on('GB', '2026-08-31')).toBe('Summer bank holiday')
    expect(on('SE', '2026-06-20')).toBe('Midsummer Day')
    expect(on('CA', '2026-05-18')).toBe('Victoria Day')
    expect(on('FR', '2026-07-14')).toBe('Bastille Day')
    expect(on('', '2026-12-25')).toBeUndefined()
  })
  it('of every country have New Year and Christmas', () => {
    for (const country of Object.keys(HOLIDAY_COUNTRIES)) {
      const days = holidaysOf(country, 2026).map(({ date }) => date)
      expect(days, country).toContain('2026-01-01')
      expect(days, country).toContain('2026-12-25')
    }
  })
})

describe('turning pages', () => {
  it('forth and back comes to the same month, and never skips one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000 }),
        fc.constantFrom('month' as const, 'week' as const, 'day' as const, 'list' as const),
        (offset, view) => {
          const date = addDays('2025-01-01', offset)
          const next = turn(view, date, 1)
          expect(turn(view, next, -1).slice(0, 7)).toBe(date.slice(0, 7))
          const days = daysBetween(date, next)
          expect(days).toBeGreaterThanOrEqual(view === 'day' ? 1 : view === 'week' ? 7 : 28)
          expect(days).toBeLessThanOrEqual(31)
        },
      ),
    )
  })
  it('goes from the 31st to the last day of a shorter month', () => {
    expect(turn('month', '2027-01-31', 1)).toBe('2027-02-28')
  })
})

describe('rows of a live query', () => {
  it('are the known objects where nothing changed, so that nothing is drawn again', () => {
    const row = aPost({ planned: at('2026-11-25'), channelIds: ['ig'] })
    const copy = structuredClone(row)
    const changed = { ...structuredClone(row), planned: at('2026-11-26') }
    const known = new Map([[row.id, row]])
    expect(keepIdentity(known, [copy])[0]).toBe(row)
    expect(keepIdentity(known, [changed])[0]).toBe(changed)
  })
})
