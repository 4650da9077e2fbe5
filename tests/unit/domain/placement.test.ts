import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  followed,
  inMarket,
  isPlain,
  placementId,
  plainPlacement,
  withMedia,
} from '../../../shared/domain/placement.ts'
import { addDays, clockOf, type WallTime } from '../../../shared/domain/time.ts'

const at = (date: string, time: string, zone = 'Europe/Berlin'): WallTime => ({ date, time, zone })

describe('a time of its own', () => {
  it('is the same clock time in each market, and none where the market is that of the plan', () => {
    expect(inMarket(at('2026-11-27', '09:00'), 'America/New_York')).toEqual(
      at('2026-11-27', '09:00', 'America/New_York'),
    )
    expect(inMarket(at('2026-11-27', '09:00'), 'Europe/Berlin')).toBeNull()
  })

  it('goes as far as its post goes, over midnight and back', () => {
    const newYork = at('2026-11-27', '23:30', 'America/New_York')
    expect(followed(newYork, at('2026-11-27', '09:00'), at('2026-11-29', '10:00'))).toEqual(
      at('2026-11-30', '00:30', 'America/New_York'),
    )
  })

  it('is where it was when its post is moved away and back, whatever the days and hours', () => {
    const day = fc.integer({ min: -400, max: 400 }).map((days) => addDays('2026-03-29', days))
    const wall = fc
      .tuple(
        day,
        fc.integer({ min: 0, max: 1_439 }),
        fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'America/Lima'),
      )
      .map(([date, minutes, zone]) => at(date, clockOf(minutes), zone))
    fc.assert(
      fc.property(wall, wall, wall, (own, from, to) => {
        expect(followed(followed(own, from, to), to, from)).toEqual(own)
      }),
    )
  })
})

describe('a placement', () => {
  it('of the same post and channel is the same row', () => {
    expect(placementId('p', 'c')).toBe(placementId('p', 'c'))
    expect(placementId('p', 'c')).not.toBe(placementId('c', 'p'))
  })

  it('says nothing until something is different', () => {
    const plain = plainPlacement('p', 'c', 0)
    expect(isPlain(plain)).toBe(true)
    for (const fields of [
      { detached: true },
      { format: 'story' },
      { fields: { title: 'A film' } },
      { firstComment: '#mend' },
      { media: [] },
      { planned: at('2026-11-27', '09:00') },
    ])
      expect(isPlain({ ...plain, ...fields })).toBe(false)
  })
})

describe('the cover of a post', () => {
  it('is the first of its pictures, and follows their order', () => {
    const picture = (mediumId: string) => ({ mediumId, alt: '', ratio: '' })
    expect(withMedia([picture('b'), picture('a')]).coverId).toBe('b')
    expect(withMedia([]).coverId).toBe('')
  })
})
