import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NETWORKS, type NetworkId } from '../../../shared/domain/channel.ts'
import { fullestAt, PER_DAY, perDayWords } from '../../../shared/platforms/perDay.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOON = Date.UTC(2026, 9, 15, 12)
const rolling = { within: 86_400 }
const every = (step: number, many: number, from = NOON) =>
  Array.from({ length: many }, (_, index) => from + index * step)

describe('the fullest stretch around a post', () => {
  it('holds what is less than a day apart, and not what is a whole day', () => {
    expect(fullestAt(rolling, NOON, [NOON, NOON + DAY - 1])).toBe(2)
    expect(fullestAt(rolling, NOON, [NOON, NOON + DAY])).toBe(1)
    expect(fullestAt(rolling, NOON, [NOON - DAY, NOON])).toBe(1)
  })

  it('goes along: two half days on both sides of it never count together', () => {
    const times = [...every(1, 10, NOON - 13 * HOUR), NOON, ...every(1, 10, NOON + 13 * HOUR)]
    expect(fullestAt(rolling, NOON, times)).toBe(11)
    expect(fullestAt(rolling, NOON, [...times, ...every(1, 3, NOON - HOUR)])).toBe(14)
  })

  it('begins at midnight of its zone where days do', () => {
    const pacific = { within: 'America/Los_Angeles' }
    // 7:00 UTC is midnight there in summer.
    const before = Date.UTC(2026, 6, 15, 6, 59)
    expect(fullestAt(pacific, before, [before, before + 60_000])).toBe(1)
    expect(fullestAt(pacific, before + 60_000, [before, before + 60_000, before + 60_000 + DAY - 60_000])).toBe(2)
  })

  it('is what one finds by trying every beginning', () => {
    const time = fc.integer({ min: -3 * 24, max: 3 * 24 }).map((hours) => NOON + hours * HOUR)
    fc.assert(
      fc.property(fc.array(time, { maxLength: 40 }), (others) => {
        const times = [NOON, ...others]
        const tried = times
          .filter((begins) => begins <= NOON && NOON < begins + DAY)
          .map((begins) => times.filter((one) => one >= begins && one < begins + DAY).length)
        expect(fullestAt(rolling, NOON, times)).toBe(Math.max(...tried))
      }),
    )
  })
})

it('every limit has a source and a sentence that holds its number', () => {
  const limits = Object.entries(PER_DAY).flatMap(([network, list]) => list.map((limit) => [network, limit] as const))
  const said = limits.map(([network, limit]) => perDayWords(limit, limit.most + 1, NETWORKS[network as NetworkId].name))
  expect(limits.every(([, { source }]) => source !== '')).toBe(true)
  expect(said).toEqual([
    'Facebook takes 30 Reels in 24 hours, and 31 are planned around then.',
    'Instagram is said to take 50 posts in 24 hours, and 51 are planned around then. Another page of Meta says 100.',
    'Instagram takes 100 posts in 24 hours, and 101 are planned around then.',
    'YouTube takes 100 videos in a day from all channels together, and 101 are planned around then.',
    'LinkedIn takes 150 posts in a day, and 151 are planned around then. It counts calls, and a picture is one more.',
    'X takes 100 posts in 15 minutes, and 101 are planned around then.',
    'TikTok takes 15 posts in 24 hours, and 16 are planned around then. Posts from other apps count too.',
    'Threads takes 250 posts in 24 hours, and 251 are planned around then.',
    'Pinterest takes 300 Pins in 24 hours from all channels together, and 301 are planned around then. That holds for apps with trial access.',
    'Bluesky takes 1666 posts in an hour, and 1667 are planned around then.',
    'Bluesky takes 11666 posts in 24 hours, and 11667 are planned around then.',
    'Mastodon takes 25 posts in a day, and 26 are planned around then. It keeps no more for a day: others go out only while Outpost runs.',
  ])
})
