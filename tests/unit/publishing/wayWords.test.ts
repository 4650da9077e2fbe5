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
  online: true,
  paused: false,
  time: (at) => new Date(at).toISOString().slice(0, 10),
}
const comment = { format: '', firstComment: 'Patterns are in the shop.' }
const AWAKE = 'Sent from this computer, which must be awake then'

describe('by what way a planned post goes out', () => {
  it('tells what the network gets ahead, and from when on', () => {
    expect(wayOf(planned(), facts, DUE - DAY)).toEqual({
      ahead: true,
      sentence: 'Facebook gets it ahead and publishes it by itself; once it has it, this computer may sleep.',
    })
    expect(wayOf(planned(), facts, DUE - 31 * DAY)).toEqual({
      ahead: true,
      sentence:
        'Facebook gets it ahead (from 2026-10-25) and publishes it by itself; once it has it, this computer may sleep.',
    })
  })

  it('tells that a first comment follows once Outpost is open', () => {
    expect(wayOf(planned(), { ...facts, placement: comment }, DUE - DAY)).toEqual({
      ahead: true,
      sentence: 'Facebook gets it ahead and publishes it by itself; its first comment follows once Outpost is open.',
    })
  })

  it.each<[string, Partial<Delivery>, Partial<WayFacts>, string]>([
    ['there is no network', {}, { online: false }, 'when you are back online'],
    ['its account is paused', {}, { paused: true, online: false }, 'once its account goes on'],
    ['a person holds it', { held: true }, { paused: true }, 'once you let it go'],
    ['it has to wait', {}, { limitedUntil: DUE - 20 * DAY }, 'from 2026-11-04 on'],
  ])('does not let this computer sleep while the network cannot get it yet, as %s', (_why, fields, told, when) => {
    expect(wayOf(planned(fields), { ...facts, ...told }, DUE - 25 * DAY)).toEqual({
      ahead: false,
      notYet: true,
      sentence: `Facebook has not got it yet. It gets it ahead ${when}, and publishes it by itself.`,
    })
  })

  it('does not say of a time far ahead that there is no network now', () => {
    expect(wayOf(planned(), { ...facts, online: false }, DUE - 31 * DAY).ahead).toBe(true)
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
    [
      'a story',
      planned(),
      { placement: { format: 'story', firstComment: '' } },
      DAY,
      'a story cannot be handed to Facebook',
    ],
    [
      'a wait until it is too near',
      planned(),
      { limitedUntil: DUE },
      DAY,
      'it is too near for Facebook to get it ahead',
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
