import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import { cadenceOf, type Dated, imbalances, pillarMix, retally, tallyOf } from '../../../shared/domain/balance.ts'
import { bestSlots, spreadOver } from '../../../shared/domain/bestSlot.ts'
import { blankChannel, type Channel } from '../../../shared/domain/channel.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { addDays, type IsoDate, monthOf, toInstant } from '../../../shared/domain/time.ts'
import type { Pillar } from '../../../shared/domain/workspace.ts'

const BERLIN = 'Europe/Berlin'
const NOVEMBER = monthOf('2026-11-01')
const on = (date: IsoDate, fields: Partial<Post> = {}, time = '09:00') =>
  blankPost(0, { channelIds: ['ig'], planned: { date, time, zone: BERLIN }, ...fields })
const dated = (posts: readonly Post[]): Dated[] =>
  posts.flatMap((post) => (post.planned ? [{ date: post.planned.date, post }] : []))
const tallied = (posts: readonly Post[], range = NOVEMBER) => tallyOf(dated(posts), range)
const ig = (fields: Partial<Channel> = {}) =>
  blankChannel('instagram', { id: 'ig', zone: BERLIN, spacing: 0, ...fields })
const pillar = (id: string, share: number): Pillar => ({ id, name: id, hue: 'pine', purpose: '', share, trashedAt: 0 })

describe('the mix of pillars', () => {
  it('is each pillar’s share of the posts, against the share aimed at; posts of none come last', () => {
    const posts = [
      on('2026-11-02', { pillarId: 'craft' }),
      on('2026-11-03', { pillarId: 'craft' }),
      on('2026-11-04'),
      on('2026-11-05', { pillarId: 'people' }),
    ]
    expect(pillarMix(tallied(posts), [pillar('craft', 40), pillar('people', 60)])).toEqual([
      { pillarId: 'craft', posts: 2, share: 50, target: 40 },
      { pillarId: 'people', posts: 1, share: 25, target: 60 },
      { pillarId: '', posts: 1, share: 25, target: 0 },
    ])
  })

  it('counts every post once, whatever the pillars; what was cancelled not at all', () => {
    const status = fc.constantFrom<Post['status']>('draft', 'cancelled', 'published')
    const post = fc
      .tuple(fc.constantFrom('craft', 'people', '', 'gone'), status)
      .map(([pillarId, of]) => on('2026-11-02', { pillarId, status: of }))
    fc.assert(
      fc.property(fc.array(post), (posts) => {
        const mix = pillarMix(tallied(posts), [pillar('craft', 50), pillar('people', 50)])
        expect(mix.reduce((sum, row) => sum + row.posts, 0)).toBe(
          posts.filter((of) => of.status !== 'cancelled').length,
        )
      }),
    )
  })
})

describe('the cadence of a channel', () => {
  const times = (count: number) => Array.from({ length: count }, (_, index) => on(addDays('2026-11-01', index % 28)))
  it.each([
    [8, 'short'],
    [12, 'on'],
    [13, 'on'],
    [14, 'over'],
  ] as const)('with %i posts of 12 aimed at is %s', (count, state) => {
    expect(cadenceOf(tallied(times(count)), ig({ target: 12 }))).toEqual({
      channelId: 'ig',
      posts: count,
      target: 12,
      state,
    })
  })

  it('is measured against a quarter of the month in a week', () => {
    const week = { from: '2026-11-02', to: '2026-11-08' }
    expect(cadenceOf(tallied([on('2026-11-03')], week), ig({ target: 12 }))).toMatchObject({
      target: 3,
      state: 'short',
    })
  })

  it('aims at nothing without a target', () => {
    expect(cadenceOf(tallied(times(20)), ig())).toMatchObject({ posts: 20, target: 0, state: 'on' })
  })
})

describe('silences and crowds', () => {
  it('a channel that aims at ten a month is silent after a week without a post', () => {
    const posts = ['2026-11-02', '2026-11-06', '2026-11-20', '2026-11-24', '2026-11-28'].map((day) => on(day))
    expect(imbalances(tallied(posts), ig({ target: 10 }))).toEqual([
      { kind: 'gap', channelId: 'ig', from: '2026-11-07', to: '2026-11-19', days: 13 },
    ])
  })

  it('a day with more posts than the channel takes is a crowd, on its own clock', () => {
    const posts = [on('2026-11-10'), on('2026-11-10', {}, '23:30'), on('2026-11-11', {}, '00:30')]
    expect(imbalances(tallied(posts), ig({ perDay: 1 }))).toEqual([
      { kind: 'pile-up', channelId: 'ig', date: '2026-11-10', posts: 2, most: 1 },
    ])
  })
})

describe('a tally with a post in the hand', () => {
  const date = fc.integer({ min: -3, max: 33 }).map((by) => addDays('2026-11-01', by))
  const post = fc
    .record({
      date,
      pillarId: fc.constantFrom('', 'craft'),
      channelIds: fc.subarray(['ig', 'li', 'fb']),
      status: fc.constantFrom<Post['status']>('draft', 'cancelled'),
    })
    .map(({ date: day, ...fields }) => on(day, fields))

  it('is what counting everything again would give, wherever posts go', () => {
    const plain = ({ posts, pillars, channels }: ReturnType<typeof tallyOf>) => ({
      posts,
      pillars: [...pillars].filter(([, count]) => count > 0).sort(),
      channels: [...channels]
        .filter(([, days]) => days.size > 0)
        .map(([id, days]) => [id, [...days].sort()])
        .sort(),
    })
    fc.assert(
      fc.property(fc.array(post), fc.array(post), fc.array(post), (stay, left, come) => {
        const tally = tallied([...stay, ...left])
        const before = plain(tally)
        expect(plain(retally(tally, dated(left), dated(come)))).toEqual(plain(tallied([...stay, ...come])))
        expect(plain(tally)).toEqual(before)
      }),
    )
  })

  it('leaves channels alone that the post is not on, so that they are not drawn again', () => {
    const moved = on('2026-11-03')
    const tally = tallied([moved, on('2026-11-04', { channelIds: ['li'] })])
    const next = retally(tally, dated([moved]), dated([on('2026-11-09')]))
    expect(next.channels.get('li')).toBe(tally.channels.get('li'))
    expect(retally(tally, dated([moved]), dated([moved])).channels.get('ig')).toBe(tally.channels.get('ig'))
  })
})

describe('the next best slot', () => {
  const now = toInstant({ date: '2026-11-23', time: '08:00', zone: BERLIN })
  const slots = [1, 2, 3].map((weekday) => ({ weekday, time: '09:00' }))
  const post = blankPost(0, { channelIds: ['ig'], title: 'New' })
  const around = (channel: Channel, posts: readonly Post[] = []) => ({
    posts,
    channels: [channel],
    notes: [],
    zone: BERLIN,
  })

  it('is the first that is open, and says why', () => {
    const [best] = bestSlots(
      post,
      around(ig({ slots, quiet: { from: '21:00', to: '07:00' } }), [on('2026-11-23')]),
      now,
    )
    expect(best?.slot).toMatchObject({ date: '2026-11-24', time: '09:00' })
    expect(best?.reasons).toEqual([{ kind: 'slot', channelId: 'ig' }, { kind: 'apart', hours: 24 }, { kind: 'awake' }])
  })

  it('is none in quiet hours, too near another post, on a full day or a blackout', () => {
    const quiet = ig({ slots, quiet: { from: '08:00', to: '10:00' } })
    expect(bestSlots(post, around(quiet), now)).toEqual([])
    const near = [on('2026-11-23', {}, '10:00')]
    expect(bestSlots(post, around(ig({ slots, spacing: 120 }), near), now)[0]?.slot.date).toBe('2026-11-24')
    expect(bestSlots(post, around(ig({ slots, perDay: 1 }), [on('2026-11-23', {}, '18:00')]), now)[0]?.slot.date).toBe(
      '2026-11-24',
    )
    const blackout = {
      id: 'b',
      on: '2026-11-23',
      until: '2026-11-29',
      kind: 'blackout' as const,
      text: '',
      trashedAt: 0,
    }
    expect(bestSlots(post, { ...around(ig({ slots })), notes: [blackout] }, now)[0]?.slot.date).toBe('2026-11-30')
  })

  it('of several posts is another one for each: none is taken twice', () => {
    const ids = ['a', 'b', 'c', 'd']
    const posts = ids.map((id) => blankPost(0, { id, channelIds: ['ig'], title: id }))
    // The first stands in a slot already: it may stay there.
    const [first, ...rest] = posts
    const there = {
      ...on('2026-11-23'),
      ...first,
      planned: null,
      plannedAt: toInstant({ date: '2026-11-23', time: '09:00', zone: BERLIN }),
    } as Post
    const found = spreadOver([there, ...rest], around(ig({ slots }), [there]), now, { days: 7 })
    expect(ids.map((id) => found.get(id)?.slot.date)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-30'])
  })

  it('never takes two within the spacing of a channel, whatever the posts', () => {
    const spaced = ig({
      spacing: 600,
      slots: [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => ['08:00', '13:00', '19:00'].map((time) => ({ weekday, time }))),
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (count) => {
        const posts = Array.from({ length: count }, (_, index) =>
          blankPost(0, { id: `p${index}`, channelIds: ['ig'], title: `p${index}` }),
        )
        const at = [...spreadOver(posts, around(spaced), now).values()].map(({ slot }) => slot.at).sort((a, b) => a - b)
        expect(at).toHaveLength(count)
        for (const [index, next] of at.slice(1).entries())
          expect(next - (at[index] ?? 0)).toBeGreaterThanOrEqual(600 * 60_000)
      }),
    )
  })
})
