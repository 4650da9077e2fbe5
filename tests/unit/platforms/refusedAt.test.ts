import { describe, expect, it } from 'vitest'
import { type Delivery, type DeliveryState, newDelivery } from '../../../shared/domain/delivery.ts'
import type { Part } from '../../../shared/domain/publishing.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import type { Place } from '../../../shared/platforms/model.ts'
import { fieldOf, placeOf, placeOfField } from '../../../shared/platforms/refusedAt.ts'

const fresh = newDelivery({ id: 'a', postId: 'p', channelId: 'c', dueAt: 0, contentAt: 0 })
const refused = (trouble: Trouble, fields: Partial<Delivery> = {}): Delivery => {
  const state: DeliveryState = { kind: 'needs-you', reason: { kind: 'trouble', trouble } }
  return { ...fresh, ...fields, state }
}
const stopped = (trouble: Trouble) => placeOf(refused(trouble))

const ONE_OUT: Partial<Delivery> = { parts: 3, sent: [{ remoteId: 'r', at: 0 }] }
const TOO_LONG = { kind: 'refused', field: 'text', reason: 'too long', details: '' } as const
const DUPLICATE: Trouble = { kind: 'duplicate', remoteId: '', details: '' }

describe('where a refusal points', () => {
  it.each([
    ['text', { at: 'text', part: 0 }],
    ['media', { at: 'media', part: 0 }],
    ['alt', { at: 'media', part: 0 }],
    ['firstComment', { at: 'firstComment' }],
    ['time', { at: 'time' }],
    ['board', { at: 'field', name: 'board' }],
    ['title', { at: 'field', name: 'title' }],
    ['made_up_there', null],
    ['medium:', null],
    ['constructor', null],
    ['', null],
  ])('%s', (field, place) => {
    expect(placeOfField(field)).toEqual(place)
  })

  it('is that of the delivery that was refused', () => {
    expect(stopped({ kind: 'refused', field: 'title', reason: 'too long', details: '' })).toEqual({
      at: 'field',
      name: 'title',
    })
    expect(stopped({ kind: 'duplicate', remoteId: '', details: '' })).toEqual({ at: 'text', part: 0 })
    expect(stopped({ kind: 'server-fault', until: null, details: '' })).toBeNull()
    expect(placeOf(fresh)).toBeNull()
  })

  it.each<Place>([
    { at: 'text', part: 0 },
    { at: 'text', part: 3 },
    { at: 'media', part: 2 },
    { at: 'medium', id: '01a2-b' },
    { at: 'alt', id: '01a2-b' },
    { at: 'field', name: 'board' },
    { at: 'firstComment' },
    { at: 'time' },
  ])('is kept in the name of a field: %o', (place) => {
    expect(placeOfField(fieldOf(place))).toEqual(place)
  })

  it.each<[string, Partial<Delivery>, Part['kind'] | undefined, Trouble, Place]>([
    ['a comment that is sent with its post', ONE_OUT, 'comment', TOO_LONG, { at: 'firstComment' }],
    ['a comment that follows its post', { ...ONE_OUT, aheadFor: 0 }, undefined, TOO_LONG, { at: 'firstComment' }],
    ['a comment of no known field', ONE_OUT, 'comment', { ...TOO_LONG, field: '' }, { at: 'firstComment' }],
    ['a comment that is there', ONE_OUT, 'comment', DUPLICATE, { at: 'firstComment' }],
    ['a part of a thread', ONE_OUT, 'thread', TOO_LONG, { at: 'text', part: 1 }],
    ['a file of a part', ONE_OUT, 'thread', { ...TOO_LONG, field: 'media' }, { at: 'text', part: 1 }],
    ['a post', {}, 'post', TOO_LONG, { at: 'text', part: 0 }],
    ['a field of a comment', ONE_OUT, 'comment', { ...TOO_LONG, field: 'language' }, { at: 'field', name: 'language' }],
  ])('of what comes after its post is its own: %s', (_what, fields, kind, trouble, place) => {
    expect(placeOf(refused(trouble, fields), kind)).toEqual(place)
  })
})
