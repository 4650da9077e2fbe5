import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import { inGridOrder, movesWhole, type Placing, staysPut, swapped, timeOn } from '../../../shared/domain/grid.ts'
import { addDays, toInstant, type WallTime } from '../../../shared/domain/time.ts'

const NOW = Date.UTC(2026, 9, 1)
const day = fc.integer({ min: 0, max: 120 })
const wall = fc.record({
  date: day.map((offset) => addDays('2026-10-02', offset)),
  time: fc.constantFrom('09:00', '12:30', '18:45'),
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Tokyo'),
})
/** A post on the channel of the grid, alone or with others, with a time of its own there or not. */
const placing = (id: string): fc.Arbitrary<Placing> =>
  fc
    .record({
      planned: wall,
      own: fc.option(wall),
      others: fc.boolean(),
      status: fc.constantFrom('draft' as const, 'scheduled' as const),
    })
    .map(({ planned, own, others, status }) => ({
      post: blankPost(NOW, { id, title: id, planned, status, channelIds: others ? ['ig', 'fb'] : ['ig'] }),
      placement: own ? { planned: own } : undefined,
    }))
/** The placing after what a swap gave it. */
function after(before: Placing, taken: { kind: string; fields: object }): Placing {
  if (taken.kind === 'post') return { ...before, post: { ...before.post, ...taken.fields } }
  const { planned } = taken.fields as { planned: WallTime | null }
  return { ...before, placement: planned ? { planned } : undefined }
}
const instantOf = (placing: Placing) => {
  const when = timeOn(placing)
  if (!when) throw new Error('no date')
  return toInstant(when)
}
const swap = (a: Placing, b: Placing): readonly [Placing, Placing] => {
  const result = swapped(a, b, NOW)
  if (!result.ok) throw new Error(result.error.kind)
  return [after(a, result.value[0]), after(b, result.value[1])]
}

describe('swapping two posts of a grid', () => {
  it('gives each the instant of the other, in its own zone, and leaves other channels where they were', () => {
    fc.assert(
      fc.property(placing('a'), placing('b'), (a, b) => {
        const [first, second] = swap(a, b)
        expect([instantOf(first), instantOf(second)]).toEqual([instantOf(b), instantOf(a)])
        for (const [was, is] of [
          [a, first],
          [b, second],
        ] as const) {
          if (was.post.channelIds.length > 1) expect(is.post).toEqual(was.post)
          // With the post again, it is on the clock of the post.
          const again = was.placement && !is.placement
          expect(timeOn(is)?.zone).toBe(again ? was.post.planned?.zone : timeOn(was)?.zone)
        }
      }),
    )
  })

  it('done twice is as if it had not been done', () => {
    fc.assert(
      fc.property(placing('a'), placing('b'), (a, b) => {
        const [first, second] = swap(...swap(a, b))
        expect([instantOf(first), instantOf(second)]).toEqual([instantOf(a), instantOf(b)])
        // What follows its post follows it again.
        for (const [was, is] of [
          [a, first],
          [b, second],
        ] as const)
          if (!was.placement) expect(is.placement).toBeUndefined()
      }),
    )
  })

  it('moves a post as a whole only where it is nowhere else', () => {
    const planned = { date: '2026-10-15', time: '09:00', zone: 'UTC' }
    const post = blankPost(NOW, { planned, channelIds: ['ig'] })
    expect(movesWhole({ post, placement: undefined })).toBe(true)
    expect(movesWhole({ post, placement: { planned } })).toBe(false)
    expect(movesWhole({ post: { ...post, channelIds: ['ig', 'fb'] }, placement: undefined })).toBe(false)
  })

  it('is refused for what is out, what is pinned and what would go into the past', () => {
    const at = (date: string, fields = {}): Placing => ({
      post: blankPost(NOW, { planned: { date, time: '09:00', zone: 'UTC' }, channelIds: ['ig'], ...fields }),
      placement: undefined,
    })
    const [soon, later] = [at('2026-10-15'), at('2026-10-20')]
    expect(staysPut(at('2026-09-15', { status: 'published' }))?.kind).toBe('already-published')
    expect(swapped(soon, at('2026-09-15', { status: 'published' }), NOW)).toMatchObject({ ok: false })
    expect(swapped(at('2026-10-16', { pinned: true }), later, NOW)).toMatchObject({ error: { kind: 'pinned' } })
    expect(swapped(soon, at('2026-09-15'), NOW)).toMatchObject({ error: { kind: 'in-the-past', post: soon.post } })
    expect(swapped(soon, later, NOW).ok).toBe(true)
  })
})

describe('the order of a grid', () => {
  it('is newest first, what is to come above what is out, and the same whatever order it was read in', () => {
    const spot = fc.record({ id: fc.uuid(), at: fc.integer({ min: 0, max: 40 }), out: fc.boolean() })
    fc.assert(
      fc.property(fc.uniqueArray(spot, { selector: ({ id }) => id }), (spots) => {
        const ordered = inGridOrder(spots)
        expect(inGridOrder(spots.toReversed())).toEqual(ordered)
        ordered.slice(1).forEach((later, at) => {
          const before = ordered[at]
          if (!before) throw new Error('no tile')
          expect(Number(before.out)).toBeLessThanOrEqual(Number(later.out))
          if (before.out === later.out) expect(before.at).toBeGreaterThanOrEqual(later.at)
        })
      }),
    )
  })
})
