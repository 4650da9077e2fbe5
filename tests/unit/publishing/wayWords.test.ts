import { describe, expect, it } from 'vitest'
import { type Delivery, newDelivery } from '../../../shared/domain/delivery.ts'
import { type WayFacts, wayOf } from '../../../shared/domain/wayWords.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const DUE = Date.UTC(2026, 10, 24, 9, 0)
const planned = (fields: Partial<Delivery> = {}): Delivery => ({
  ...newDelivery({ id: 'p~c', postId: 'p', channelId: 'c', dueAt: DUE, contentAt: 0 }),
  ...fields,
})
const facts: WayFacts = {
  network: 'Facebook',
  schedules: { soonest: 10 * MINUTE, latest: 30 * DAY },
  placement: undefined,
  refused: '',
  time: (at) => new Date(at).toISOString().slice(0, 10),
}
const comment = { format: '', firstComment: 'Patterns are in the shop.' }
const AWAKE = 'Sent from this computer, which must be awake then'

describe('by what way a planned post goes out', () => {
  it('tells what the network gets ahead, and from when on', () => {
    expect(wayOf(planned(), facts, DUE - DAY)).toEqual({
      ahead: true,
      sentence: 'Facebook gets it ahead and publishes it by itself; this computer may sleep.',
    })
    expect(wayOf(planned(), facts, DUE - 31 * DAY)).toEqual({
      ahead: true,
      sentence: 'Facebook gets it ahead (from 2026-10-25) and publishes it by itself; this computer may sleep then.',
    })
  })

  it('tells that a first comment follows once Outpost is open', () => {
    expect(wayOf(planned(), { ...facts, placement: comment }, DUE - DAY)).toEqual({
      ahead: true,
      sentence: 'Facebook gets it ahead and publishes it by itself; its first comment follows once Outpost is open.',
    })
  })

  it('tells what this computer sends, without a reason where the network never takes anything ahead', () => {
    expect(wayOf(planned(), { ...facts, network: 'X', schedules: null }, DUE - DAY)).toEqual({
      ahead: false,
      sentence: `${AWAKE}.`,
    })
  })

  it.each<[string, Delivery, Partial<WayFacts>, number, string]>([
    [
      'a thread',
      planned(),
      { placement: { format: 'thread', firstComment: '' } },
      DAY,
      'a thread cannot be handed to Facebook',
    ],
    [
      'its audience, or a day that is full there',
      planned({ mayGoAhead: false }),
      { refused: 'Not everybody may see it.' },
      DAY,
      'Facebook does not take it ahead (Not everybody may see it)',
    ],
    ['a time that is near', planned(), {}, 13 * MINUTE, 'it is too near for Facebook to get it ahead'],
    ['what nobody told', planned({ mayGoAhead: false }), {}, DAY, 'Facebook does not take it ahead'],
  ])('says why a network that could get it does not: %s', (_why, delivery, told, before, reason) => {
    expect(wayOf(delivery, { ...facts, ...told }, DUE - before)).toEqual({
      ahead: false,
      sentence: `${AWAKE}: ${reason}.`,
    })
  })

  it('says when it is tried again, where the network does not take it yet', () => {
    const full = { ...facts, refused: '300 posts wait there already.' }
    expect(wayOf(planned({ aheadAfter: DUE - 5 * DAY }), full, DUE - 10 * DAY)).toEqual({
      ahead: false,
      sentence: `${AWAKE}: Facebook does not take it ahead yet (300 posts wait there already). It is tried again 2026-11-19.`,
    })
    expect(wayOf(planned({ aheadAfter: DUE - 5 * DAY }), full, DUE - 4 * DAY).ahead).toBe(true)
    expect(wayOf(planned({ aheadAfter: DUE }), full, DUE - DAY).sentence).toBe(
      `${AWAKE}: Facebook does not take it ahead (300 posts wait there already).`,
    )
  })

  it('says nothing of what was refused once another text may go ahead', () => {
    expect(wayOf(planned(), { ...facts, refused: 'Not everybody may see it.' }, DUE - DAY).ahead).toBe(true)
  })
})
