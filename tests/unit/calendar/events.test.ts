import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import { buildAxis, labelsOf, minuteAt, timeAt, topOf } from '../../../renderer/features/calendar/axis.ts'
import { dayFacts } from '../../../renderer/features/calendar/dayFacts.ts'
import { eventOf, eventsByDay, postsOnDay } from '../../../renderer/features/calendar/events.ts'
import { quietNight } from '../../../renderer/features/calendar/fold.ts'
import { layDay, laySlots } from '../../../renderer/features/calendar/gridLayout.ts'
import { createLocalizer, dateOf, wallDate } from '../../../renderer/features/calendar/localizer.ts'
import { rangeOf } from '../../../renderer/features/calendar/usePage.ts'
import { cardsOf, ownTime, plainPlacement } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { addDays, clockOf, daysOf, minutesOf, toInstant, toWall, type WallTime } from '../../../shared/domain/time.ts'
import type { WeekStart } from '../../../shared/domain/workspace.ts'

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/St_Johns',
  'Africa/Cairo',
  'America/Sao_Paulo',
  'Asia/Tehran',
  'UTC',
  'Pacific/Kiritimati',
  'America/Santiago',
]
/** Around clock changes of these zones, the day Samoa skipped, leap days and ends of years. */
const ANCHORS = [
  '2026-03-29',
  '2026-10-25',
  '2026-03-08',
  '2026-11-01',
  '2026-04-05',
  '2026-10-04',
  '2011-12-30',
  '2028-02-29',
  '2026-12-31',
  '2018-11-04',
  '2026-04-24',
]

const zone = fc.constantFrom(...ZONES)
const day = fc.tuple(fc.constantFrom(...ANCHORS), fc.integer({ min: -45, max: 45 })).map(([at, by]) => addDays(at, by))
const near = (anchor: string) => fc.integer({ min: -20, max: 20 }).map((by) => addDays(anchor, by))
const clock = fc.integer({ min: 0, max: 1_439 }).map(clockOf)

const aPost = (fields: Partial<Post>) => blankPost(0, { title: 'A post', ...fields })
const wallNear = (anchor: string) =>
  fc
    .tuple(near(anchor), clock, zone, fc.constantFrom('earlier' as const, 'later' as const, undefined))
    .map(([date, time, own, fold]): WallTime => ({ date, time, zone: own, ...(fold ? { fold } : {}) }))
/** Posts on two channels; one of these may go out at a time of its own, as a card of its own. */
const posts = (anchor: string) =>
  fc.array(fc.tuple(wallNear(anchor), fc.option(wallNear(anchor))), { maxLength: 40 }).map((list) =>
    list.flatMap(([planned, own]) => {
      const post = aPost({ planned, channelIds: ['ig', 'li'] })
      return cardsOf(post, own ? [{ ...plainPlacement(post.id, 'li', 0), ...ownTime(own) }] : [])
    }),
  )

describe('which posts a page shows', () => {
  it('is the same in month, week, day and list: none lost, none twice', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ANCHORS).chain((anchor) => fc.tuple(fc.constant(anchor), posts(anchor))),
        zone,
        fc.constantFrom<WeekStart>(1, 6, 7),
        ([anchor, list], shownIn, weekStart) => {
          const idsOf = (range: { from: string; to: string }) =>
            [...eventsByDay(list, range, shownIn)]
              .flatMap(([date, events]) => events.map(({ id }) => `${date} ${id}`))
              .sort()
          const month = rangeOf('month', anchor, weekStart)
          const inMonth = idsOf(month)
          const weeks = daysOf(month)
            .filter((_, index) => index % 7 === 0)
            .flatMap((first) => idsOf(rangeOf('week', first, weekStart)))
            .sort()
          const days = daysOf(month)
            .flatMap((date) => postsOnDay(list, date, shownIn).map(({ id }) => `${date} ${id}`))
            .sort()
          const months = [anchor, month.from, month.to].map((date) => rangeOf('list', date, weekStart))
          const listed = [...new Set(months.flatMap(idsOf))]
            .filter((row) => row.slice(0, 10) >= month.from && row.slice(0, 10) <= month.to)
            .sort()
          expect(weeks).toEqual(inMonth)
          expect(days).toEqual(inMonth)
          expect(listed).toEqual(inMonth)
          // Told independently of events: the day an instant has in the zone of the page.
          const truth = list
            .map((post) => `${toWall(post.plannedAt, shownIn).date} ${post.id}`)
            .filter((row) => row.slice(0, 10) >= month.from && row.slice(0, 10) <= month.to)
            .sort()
          expect(inMonth).toEqual(truth)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('shows every post at its instant in the zone of the workspace, which reads back to the same instant', () => {
    fc.assert(
      fc.property(day, clock, zone, zone, (date, time, own, shownIn) => {
        const post = aPost({ planned: { date, time, zone: own } })
        const event = eventOf(post, shownIn)
        expect(event && toInstant(event.wall)).toBe(Math.floor(post.plannedAt / 60_000) * 60_000)
      }),
      { numRuns: 400 },
    )
  })

  it('makes the dates of a post once for each version of it', () => {
    const post = aPost({ planned: { date: '2026-11-24', time: '09:00', zone: 'Europe/Berlin' } })
    expect(eventOf(post, 'Europe/Berlin')).toBe(eventOf(post, 'Europe/Berlin'))
    expect(eventOf({ ...post }, 'Europe/Berlin')).not.toBe(eventOf(post, 'Europe/Berlin'))
  })
})

describe('the library’s clock', () => {
  it('knows nothing of the zone of this process: a wall time is what its Date says in UTC', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 1_439 }),
        fc.constantFrom<WeekStart>(1, 6, 7),
        (date, minutes, weekStart) => {
          const localizer = createLocalizer(weekStart)
          const wall = wallDate(date, minutes)
          expect(dateOf(wall)).toBe(date)
          expect(localizer.getMinutesFromMidnight(wall)).toBe(minutes)
          expect(+localizer.startOf(wall, 'day')).toBe(+wallDate(date))
          expect(dateOf(localizer.add(wall, 1, 'day'))).toBe(addDays(date, 1))
          expect(localizer.getTimezoneOffset(wall)).toBe(0)
          const [from, to] = [rangeOf('month', date, weekStart).from, rangeOf('month', date, weekStart).to]
          expect([
            dateOf(localizer.firstVisibleDay(wall, localizer)),
            dateOf(localizer.lastVisibleDay(wall, localizer)),
          ]).toEqual([from, to])
        },
      ),
    )
  })

  it('starts the header of a week on the day the settings say', () => {
    expect(rangeOf('week', '2026-11-24', 1).from).toBe('2026-11-23')
    expect(rangeOf('week', '2026-11-24', 7).from).toBe('2026-11-22')
    expect(rangeOf('week', '2026-11-24', 6).from).toBe('2026-11-21')
  })
})

describe('a day with a clock change', () => {
  it('has the hours it has', () => {
    expect(dayFacts('2026-10-25', 'Europe/Berlin')).toMatchObject({
      minutes: 1_500,
      shift: { kind: 'twice', from: 120, to: 180 },
    })
    expect(dayFacts('2026-03-29', 'Europe/Berlin')).toMatchObject({
      minutes: 1_380,
      shift: { kind: 'missing', from: 120, to: 180 },
    })
    expect(dayFacts('2026-04-05', 'Australia/Lord_Howe')).toMatchObject({
      minutes: 1_470,
      shift: { kind: 'twice', from: 90, to: 120 },
    })
    expect(dayFacts('2018-11-04', 'America/Sao_Paulo')).toMatchObject({
      minutes: 1_380,
      shift: { kind: 'missing', from: 0, to: 60 },
    })
    expect(dayFacts('2018-11-03', 'America/Sao_Paulo').shift).toBeNull()
    expect(dayFacts('2011-12-30', 'Pacific/Apia').minutes).toBe(0)
    expect(dayFacts('2026-11-24', 'Asia/Kathmandu')).toEqual({ minutes: 1_440, shift: null })
  })

  it('never reports a change on a day whose hours are all plain, nor misses one', () => {
    fc.assert(
      fc.property(day, zone, (date, of) => {
        const { shift } = dayFacts(date, of)
        const odd = Array.from({ length: 48 }, (_, half) => clockOf(half * 30)).filter((time) => {
          const shown = toWall(toInstant({ date, time, zone: of }), of)
          // A day a zone skipped altogether has its clock on the next one.
          return shown.date !== date || shown.time !== time || shown.fold !== undefined
        })
        if (shift === null && dayFacts(date, of).minutes > 0) expect(odd).toEqual([])
        if (shift) expect(odd.length).toBeGreaterThan(0)
      }),
      { numRuns: 300, examples: [['2011-12-30', 'Pacific/Apia']] },
    )
  })

  it('draws labels and posts at the same height for every hour, the missing and the doubled one too', () => {
    const HOUR = 52
    for (const [date, of] of [
      ['2026-10-25', 'Europe/Berlin'],
      ['2026-03-29', 'Europe/Berlin'],
      ['2026-11-01', 'America/New_York'],
      ['2026-04-05', 'Australia/Lord_Howe'],
      ['2026-11-24', 'UTC'],
    ] as const) {
      const axis = buildAxis([date], (on) => dayFacts(on, of).shift, HOUR)
      const facts = dayFacts(date, of)
      const list: Post[] = []
      // Every quarter of an hour that really passes on this day.
      const start = toInstant({ date, time: '00:00', zone: of })
      for (let at = start; at < start + facts.minutes * 60_000; at += 15 * 60_000) {
        list.push(aPost({ planned: toWall(at, of) }))
      }
      const events = postsOnDay(list, date, of)
      expect(events).toHaveLength(facts.minutes / 15)
      for (const { top, time, note } of labelsOf(axis)) {
        if (note === 'missing') {
          expect(events.some(({ wall }) => wall.time === time)).toBe(false)
          continue
        }
        const there = events.filter(
          ({ wall }) => wall.time === time && (note === '' || wall.fold === (note === 'second' ? 'later' : 'earlier')),
        )
        expect(there, `${date} ${time} ${note}`).toHaveLength(1)
        const event = there[0]
        expect(event && topOf(axis, event.minutes, event.wall.fold === 'later')).toBeCloseTo(top)
      }
      // Later posts stand lower, through both passes.
      const tops = events.map((event) => topOf(axis, event.minutes, event.wall.fold === 'later'))
      expect(tops.every((top, index) => index === 0 || top > (tops[index - 1] ?? 0))).toBe(true)
    }
  })

  it('gives back the time a height was made from', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('2026-10-25', '2026-03-29', '2026-11-24'),
        fc.integer({ min: 0, max: 95 }),
        fc.boolean(),
        (date, quarter, second) => {
          const axis = buildAxis([date], (on) => dayFacts(on, 'Europe/Berlin').shift, 52)
          const minutes = quarter * 15
          const { shift } = axis
          const inShift = shift !== null && minutes >= shift.from && minutes < shift.to
          if (inShift && shift.kind === 'missing') return
          const later = second && inShift
          expect(timeAt(axis, topOf(axis, minutes, later) + 0.5, 15)).toEqual({ minutes, second: later })
        },
      ),
    )
  })
})

describe('empty hours of the night', () => {
  const page = (times: readonly string[], day = '2026-11-24', of = 'UTC', slots: readonly string[] = []) =>
    ({
      byDay: eventsByDay(
        times.map((time) => aPost({ planned: { date: day, time, zone: of } })),
        { from: day, to: day },
        of,
      ),
      slots: new Map([[day, slots.map((time) => ({ channelIds: ['c'], date: day, time, at: 0 }))]]),
      marks: new Map([[day, { holiday: '', notes: [], blackout: false, shift: dayFacts(day, of).shift }]]),
      days: [day],
      today: '2020-01-01',
      now: 0,
      zone: of,
    }) as const

  it('are folded when there are four at a stretch, never over a post, an open slot or a clock change', () => {
    const hours = (run: { from: number; to: number } | null) => run && [run.from / 60, run.to / 60]
    expect(hours(quietNight(page([])))).toEqual([0, 8])
    expect(hours(quietNight(page(['07:10', '23:00'])))).toEqual([0, 7])
    expect(hours(quietNight(page(['01:30'])))).toEqual([3, 8])
    expect(hours(quietNight(page(['03:50'])))).toBeNull()
    expect(hours(quietNight(page([], '2026-11-24', 'UTC', ['05:00'])))).toEqual([0, 5])
    expect(hours(quietNight(page([], '2026-10-25', 'Europe/Berlin')))).toEqual([3, 8])
    expect(hours(quietNight({ ...page([]), today: '2026-11-24', now: Date.parse('2026-11-24T06:30Z') }))).toEqual([
      0, 6,
    ])
  })

  it('leave every other hour its height, its label and its time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('2026-10-25', '2026-03-29', '2026-11-24'),
        fc.integer({ min: 0, max: 95 }),
        (date, quarter) => {
          const of = 'Europe/Berlin'
          const fold = quietNight(page([], date, of))
          const axis = buildAxis([date], (on) => dayFacts(on, of).shift, 52, fold)
          const minutes = quarter * 15
          const { shift } = axis
          if (shift && minutes >= shift.from && minutes < shift.to) return
          const top = topOf(axis, minutes)
          expect(minuteAt(axis, top)).toBeCloseTo(minutes)
          const hidden = fold !== null && minutes >= fold.from && minutes < fold.to
          expect(timeAt(axis, top + 0.5, 15)).toEqual({ minutes: hidden ? fold.to : minutes, second: false })
          const hour = labelsOf(axis).some(
            ({ time, top: at }) => time === clockOf(minutes) && Math.abs(at - top) < 0.01,
          )
          expect(hour).toBe(minutes % 60 === 0 && minutes > 0 && (!hidden || minutes === fold.from))
          expect(axis.hours.reduce((sum, height) => sum + height, 0)).toBeCloseTo(axis.height)
        },
      ),
    )
  })
})

describe('posts side by side in a time grid', () => {
  const axis = buildAxis(['2026-11-24'], () => null, 52)
  const at = (time: string) => aPost({ planned: { date: '2026-11-24', time, zone: 'UTC' } })

  it('never cover each other and lose none, or say how many are behind', () => {
    fc.assert(
      fc.property(fc.array(clock, { maxLength: 20 }), fc.integer({ min: 2, max: 4 }), (times, most) => {
        const events = postsOnDay(times.map(at), '2026-11-24', 'UTC')
        const placed = layDay(events, axis, 50, most)
        const shown = placed.flatMap(({ event }) =>
          event.kind === 'post' ? [event.id] : event.hidden.map(({ id }) => id),
        )
        expect(shown.toSorted()).toEqual(events.map(({ id }) => id).sort())
        for (const a of placed) {
          for (const b of placed) {
            if (a === b || a.event.kind === 'more' || b.event.kind === 'more') continue
            const overlap =
              a.top < b.top + 50 &&
              b.top < a.top + 50 &&
              a.left < b.left + b.width - 0.01 &&
              b.left < a.left + a.width - 0.01
            expect(overlap).toBe(false)
          }
        }
      }),
    )
  })
})

describe('badges of open slots in a time grid', () => {
  const axis = buildAxis(['2026-11-24'], () => null, 52)
  const day = '2026-11-24'

  it('stand at their minute or below what stands there, and cover neither a post nor each other', () => {
    fc.assert(
      fc.property(fc.array(clock, { maxLength: 12 }), fc.uniqueArray(clock, { maxLength: 12 }), (times, open) => {
        const events = postsOnDay(
          times.map((time) => aPost({ planned: { date: day, time, zone: 'UTC' } })),
          day,
          'UTC',
        )
        const slots = open.toSorted().map((time, at) => ({ channelIds: ['ig'], date: day, time, at }))
        const placed = laySlots(slots, events, axis, 50)
        const tops = events.map(({ minutes }) => Math.min(topOf(axis, minutes), axis.height - 50))
        placed.forEach(({ slot, top }, index) => {
          expect(top).toBeGreaterThanOrEqual(Math.min(topOf(axis, minutesOf(slot.time)), axis.height - 22))
          for (const other of tops) expect(top >= other + 50 || top + 20 <= other).toBe(true)
          for (const { top: other } of placed.slice(0, index)) expect(Math.abs(other - top)).toBeGreaterThanOrEqual(20)
        })
        // Alone, each has its place, to the last minute of the day.
        for (const slot of slots) expect(laySlots([slot], [], axis, 50)).toHaveLength(1)
      }),
    )
  })
})
