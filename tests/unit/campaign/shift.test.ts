import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankCampaign } from '../../../renderer/data/commands/campaigns.ts'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import type { Campaign } from '../../../shared/domain/campaign.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { planShift, reachOf, type ShiftInput, type ShiftOptions } from '../../../shared/domain/shift.ts'
import { POST_STATUSES } from '../../../shared/domain/status.ts'
import { addDays, daysOf, isWeekend, toInstant } from '../../../shared/domain/time.ts'

const BERLIN = 'Europe/Berlin'
const at = (date: string, time = '09:00') => ({ date, time, zone: BERLIN })
const now = toInstant(at('2026-10-14'))
let made = 0
const aPost = (date: string | null, fields: Partial<Post> = {}): Post => {
  made += 1
  return blankPost(1, { id: `post-${made}`, title: `Post ${made}`, planned: date ? at(date) : null, ...fields })
}
const aCampaign = (fields: Partial<Campaign> = {}) =>
  blankCampaign(1, {
    id: 'tarn',
    name: 'Tarn 28',
    startOn: '2026-10-01',
    endOn: '2026-10-28',
    launchOn: '2026-10-20',
    ...fields,
  })
const input = (posts: readonly Post[], more: Partial<ShiftInput> = {}): ShiftInput => ({
  campaign: aCampaign(),
  posts,
  tasks: [],
  blackouts: [],
  others: new Map(),
  dayLimit: 0,
  now,
  ...more,
})
const plain = (days: number, more: Partial<ShiftOptions> = {}): ShiftOptions => ({
  days,
  skipWeekends: false,
  keepWeekday: true,
  skipBlackouts: false,
  ...more,
})
const dates = (plan: ReturnType<typeof planShift>) => plan.moves.map(({ to }) => to.date)
const whys = (plan: ReturnType<typeof planShift>) => plan.stays.map(({ why }) => why)

describe('shifting a campaign', () => {
  it('moves posts by whole days and keeps the time of day across a clock change', () => {
    const plan = planShift(input([aPost('2026-10-20')]), plain(7))
    expect(plan.moves[0]?.to).toEqual(at('2026-10-27'))
  })

  it('leaves pinned, published, cancelled and undated posts, and says why', () => {
    const posts = [
      aPost('2026-10-20', { pinned: true }),
      aPost('2026-10-20', { status: 'published' }),
      aPost('2026-10-20', { status: 'cancelled' }),
      aPost(null),
    ]
    expect(whys(planShift(input(posts), plain(7)))).toEqual(['pinned', 'published', 'cancelled', 'undated'])
  })

  it('leaves what stands before the first day to move', () => {
    const plan = planShift(input([aPost('2026-10-18'), aPost('2026-10-19')]), plain(7, { fromDate: '2026-10-19' }))
    expect(dates(plan)).toEqual(['2026-10-26'])
    expect(whys(plan)).toEqual(['before-start'])
  })

  it('goes on to Monday when a later date falls on a weekend, and back to Friday when an earlier one does', () => {
    const later = planShift(input([aPost('2026-10-22')]), plain(2, { skipWeekends: true }))
    expect(dates(later)).toEqual(['2026-10-26'])
    expect(later.moves[0]?.adjustedBecause).toBe('weekend')
    const earlier = planShift(input([aPost('2026-10-26')]), plain(-1, { skipWeekends: true }))
    expect(dates(earlier)).toEqual(['2026-10-23'])
  })

  it('keeps a Saturday on a Saturday when shifted by whole weeks', () => {
    const saturday = aPost('2026-10-24')
    expect(dates(planShift(input([saturday]), plain(7, { skipWeekends: true })))).toEqual(['2026-10-31'])
    expect(dates(planShift(input([saturday]), plain(7, { skipWeekends: true, keepWeekday: false })))).toEqual([
      '2026-11-02',
    ])
  })

  it('steps over blackout days and the weekend behind them', () => {
    const blackouts = [{ on: '2026-10-29', until: '2026-10-30', text: 'Stocktaking' }]
    const plan = planShift(
      input([aPost('2026-10-22')], { blackouts }),
      plain(7, { skipBlackouts: true, skipWeekends: true }),
    )
    expect(dates(plan)).toEqual(['2026-11-02'])
    expect(plan.findings).toMatchObject([{ kind: 'blackout-avoided' }])
  })

  it('says when posts would go out on a blackout day', () => {
    const blackouts = [{ on: '2026-10-29', until: '2026-10-29', text: 'Stocktaking' }]
    expect(planShift(input([aPost('2026-10-22')], { blackouts }), plain(7)).findings).toMatchObject([
      { kind: 'on-blackout', date: '2026-10-29', text: 'Stocktaking' },
    ])
  })

  it('never moves a post into the past: it stays, and that is something to look at', () => {
    const plan = planShift(input([aPost('2026-10-16')]), plain(-7))
    expect(whys(plan)).toEqual(['would-be-past'])
    expect(plan.findings).toMatchObject([{ kind: 'past' }])
  })

  it('counts a day with the posts of other campaigns and proposes the nearest day with room', () => {
    const posts = [
      aPost('2026-10-20', { planned: at('2026-10-20', '09:00') }),
      aPost('2026-10-20', { planned: at('2026-10-20', '18:00') }),
    ]
    const others = new Map([
      ['2026-10-27', 5],
      ['2026-10-28', 6],
    ])
    const plan = planShift(input(posts, { others, dayLimit: 6 }), plain(7))
    expect(plan.findings).toEqual([
      { kind: 'overfull', date: '2026-10-27', count: 7, limit: 6, spread: { ids: [posts[1]?.id], to: '2026-10-29' } },
    ])
    const spread = planShift(
      input(posts, { others, dayLimit: 6 }),
      plain(7, { chosen: new Map([[posts[1]?.id ?? '', '2026-10-29']]) }),
    )
    expect(spread.findings).toEqual([])
    expect(dates(spread)).toEqual(['2026-10-27', '2026-10-29'])
  })

  it('names a time that does not exist on its new day, and one that exists twice', () => {
    const posts = [
      aPost('2026-03-28', { planned: at('2026-03-28', '02:30') }),
      aPost('2026-10-24', { planned: at('2026-10-24', '02:30') }),
    ]
    const plan = planShift(input(posts, { now: 0 }), plain(1))
    expect(plan.findings).toMatchObject([{ kind: 'gap', before: '01:30', after: '03:30' }, { kind: 'overlap' }])
  })

  it('moves dates, milestones, whole phases and open tasks, and stretches the phase that leads up to the move', () => {
    const campaign = aCampaign({
      phases: [
        { id: 'a', name: 'Tease', from: '2026-10-01', to: '2026-10-18' },
        { id: 'b', name: 'Launch', from: '2026-10-19', to: '2026-10-21' },
      ],
      milestones: [
        { id: 'm', name: 'Final cut', on: '2026-10-15' },
        { id: 'n', name: 'Report', on: '2026-10-27' },
      ],
    })
    const task = {
      id: 't',
      campaignId: 'tarn',
      title: 'Book the hall',
      ownerId: '',
      dueOn: '2026-10-20',
      done: false,
      order: 1,
      trashedAt: 0,
    }
    const plan = planShift(
      input([], { campaign, tasks: [task, { ...task, id: 'done', done: true }] }),
      plain(7, { fromDate: '2026-10-19' }),
    )
    expect(plan.campaignFields).toEqual({
      endOn: '2026-11-04',
      launchOn: '2026-10-27',
      phases: [
        { id: 'a', name: 'Tease', from: '2026-10-01', to: '2026-10-25' },
        { id: 'b', name: 'Launch', from: '2026-10-26', to: '2026-10-28' },
      ],
      milestones: [
        { id: 'm', name: 'Final cut', on: '2026-10-15' },
        { id: 'n', name: 'Report', on: '2026-11-03' },
      ],
    })
    expect(plan.tasks.map(({ task: { id }, to }) => [id, to])).toEqual([['t', '2026-10-27']])
  })

  it('changes nothing by no days', () => {
    const plan = planShift(input([aPost('2026-10-24')]), plain(0, { skipWeekends: true }))
    expect(plan.moves).toEqual([])
    expect(plan.campaignFields).toEqual({})
  })
})

describe('rules of every shift', () => {
  const day = fc.integer({ min: 0, max: 400 }).map((offset) => addDays('2026-01-01', offset))
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
  const post = fc
    .record({
      date: fc.option(day),
      time,
      zone: fc.constantFrom(BERLIN, 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
      pinned: fc.boolean(),
      status: fc.constantFrom(...POST_STATUSES),
    })
    .map(({ date, time: clock, zone, pinned, status }) =>
      aPost(null, { planned: date ? { date, time: clock, zone } : null, pinned, status }),
    )
  const posts = fc.array(post, { maxLength: 30 })
  const days = fc.integer({ min: -120, max: 120 })

  it('every post either moves or stays', () => {
    fc.assert(
      fc.property(posts, days, fc.boolean(), (list, by, skipWeekends) => {
        const plan = planShift(input(list), plain(by, { skipWeekends }))
        const ids = [...plan.moves, ...plan.stays].map(({ post: { id } }) => id)
        expect(ids.toSorted()).toEqual(list.map(({ id }) => id).toSorted())
      }),
    )
  })

  it('a shift and its opposite give back every date and minute', () => {
    fc.assert(
      fc.property(posts, days, (list, by) => {
        const there = planShift(input(list, { now: -8.64e15 }), plain(by))
        const moved = list.map((one) => ({
          ...one,
          planned: there.moves.find((move) => move.post.id === one.id)?.to ?? one.planned,
        }))
        const campaign = { ...aCampaign(), ...there.campaignFields }
        const back = planShift(input(moved, { campaign, now: -8.64e15 }), plain(-by))
        for (const move of back.moves) expect(move.to).toEqual(list.find(({ id }) => id === move.post.id)?.planned)
        expect(back.moves.length).toBe(there.moves.length)
        expect({ ...campaign, ...back.campaignFields }).toEqual(aCampaign())
      }),
    )
  })

  it('pinned and published posts never move', () => {
    fc.assert(
      fc.property(posts, days, (list, by) => {
        for (const { post: one } of planShift(input(list), plain(by)).moves) {
          expect(one.pinned).toBe(false)
          expect(one.status).not.toBe('published')
        }
      }),
    )
  })

  it('no move lands on a weekend or a blackout day when they are to be skipped', () => {
    const blackout = fc
      .tuple(day, fc.integer({ min: 0, max: 5 }))
      .map(([on, length]) => ({ on, until: addDays(on, length), text: '' }))
    fc.assert(
      fc.property(posts, days, fc.array(blackout, { maxLength: 5 }), (list, by, blackouts) => {
        const plan = planShift(
          input(list, { blackouts }),
          plain(by, { skipWeekends: true, keepWeekday: false, skipBlackouts: true }),
        )
        const closed = new Set(blackouts.flatMap(({ on, until }) => daysOf({ from: on, to: until })))
        for (const { to } of plan.moves) {
          expect(isWeekend(to.date)).toBe(false)
          expect(closed.has(to.date)).toBe(false)
        }
      }),
    )
  })

  it('the days looked at beforehand cover every day a post lands on', () => {
    fc.assert(
      fc.property(posts, days, (list, by) => {
        const reach = reachOf(list, by)
        for (const { to } of planShift(input(list), plain(by, { skipWeekends: true })).moves) {
          expect(reach && to.date >= reach.from && to.date <= reach.to).toBe(true)
        }
      }),
    )
  })
})
