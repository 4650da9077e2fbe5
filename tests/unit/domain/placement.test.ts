import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import {
  cardsOf,
  followed,
  inMarket,
  isApart,
  isPlain,
  ownTime,
  placementId,
  plainPlacement,
  postOf,
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

describe('the cards of a post', () => {
  const post = blankPost(1, { channelIds: ['ig', 'li', 'x'], planned: at('2026-11-27', '09:00'), status: 'scheduled' })
  const apart = (channelId: string, own: WallTime) => ({ ...plainPlacement(post.id, channelId, 1), ...ownTime(own) })

  it('are the post itself while all its channels go out with it', () => {
    expect(cardsOf(post, [])).toEqual([post])
    expect(cardsOf(post, [plainPlacement(post.id, 'ig', 1)])[0]).toBe(post)
  })

  it('are the post with the channels that stay, and each of the others at its own time', () => {
    const newYork = at('2026-11-27', '09:00', 'America/New_York')
    const [whole, own, ...more] = cardsOf(post, [apart('li', newYork)])
    expect(more).toEqual([])
    expect(whole).toMatchObject({ id: post.id, channelIds: ['ig', 'x'], plannedAt: post.plannedAt })
    expect(own).toMatchObject({ channelIds: ['li'], planned: newYork, title: post.title })
    expect([isApart(whole?.id ?? ''), isApart(own?.id ?? ''), postOf(own?.id ?? '')]).toEqual([false, true, post.id])
  })

  it('have every channel exactly once, and none that the post has left', () => {
    const channels = ['ig', 'li', 'x', 'gone']
    fc.assert(
      fc.property(fc.subarray(channels), (away) => {
        const cards = cardsOf(
          post,
          away.map((id) => apart(id, at('2026-12-01', '10:00'))),
        )
        expect(cards.flatMap(({ channelIds }) => channelIds).sort()).toEqual(['ig', 'li', 'x'])
        expect(cards.filter(({ id }) => !isApart(id))).toHaveLength(1)
      }),
    )
  })
})
