import { describe, expect, it } from 'vitest'
import { type DeliveryState, newDelivery } from '../../../shared/domain/delivery.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { placeOf, placeOfField } from '../../../shared/platforms/refusedAt.ts'

const fresh = newDelivery({ id: 'a', postId: 'p', channelId: 'c', dueAt: 0, contentAt: 0 })
const stopped = (trouble: Trouble) => {
  const state: DeliveryState = { kind: 'needs-you', reason: { kind: 'trouble', trouble } }
  return placeOf({ ...fresh, state })
}

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
})
