import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NETWORK_IDS, type NetworkId } from '../../../shared/domain/channel.ts'
import { type FormatId, formatsOf, RULES, validate } from '../../../shared/platforms/index.ts'
import { content } from './content.ts'

const NOW = Date.UTC(2026, 10, 24, 8, 0)
const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 1_440 * MINUTE

const told = (network: NetworkId, format: FormatId, ahead: number) =>
  validate(content(network, format), { at: NOW + ahead, now: NOW })
    .filter(({ place }) => place.at === 'time')
    .map(({ severity, rule }) => `${severity} ${rule}`)

describe('how long before its time a network takes a post over', () => {
  it.each<[source: string, network: NetworkId, format: FormatId, fine: number, broken: number, finding: string]>([
    ['Pages API: 10 minutes', 'facebook', 'feed', 10 * MINUTE, 10 * MINUTE - SECOND, 'warning time-too-soon'],
    ['Pages API: 30 days', 'facebook', 'feed', 30 * DAY, 30 * DAY + SECOND, 'note time-too-far'],
    ['Reels guide: 10 minutes', 'facebook', 'reel', 10 * MINUTE, 10 * MINUTE - SECOND, 'warning time-too-soon'],
    ['Reels guide: 29 days', 'facebook', 'reel', 29 * DAY, 29 * DAY + SECOND, 'note time-too-far'],
    ['statuses API: 5 minutes', 'mastodon', 'feed', 5 * MINUTE, 5 * MINUTE - SECOND, 'warning time-too-soon'],
    ['core: 1 minute', 'wordpress', 'article', MINUTE, MINUTE - SECOND, 'warning time-too-soon'],
  ])('%s (%s, %s)', (_source, network, format, fine, broken, finding) => {
    expect(told(network, format, fine)).toEqual([])
    expect(told(network, format, broken)).toEqual([finding])
  })

  it('is no question for those that keep nothing: the app sends them', () => {
    for (const network of NETWORK_IDS)
      for (const format of formatsOf(network))
        if (!RULES[network].formats[format]?.ahead) expect(told(network, format, SECOND)).toEqual([])
  })

  it('is an error on every network once the time is past, and never before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NETWORK_IDS),
        fc.integer({ min: -400 * DAY, max: 400 * DAY }),
        (network, ahead) => {
          const [format = 'feed'] = formatsOf(network)
          expect(told(network, format, ahead).includes('error time-past')).toBe(ahead < 0)
        },
      ),
    )
  })

  it('is not asked without a moment to ask from', () => {
    expect(validate(content('facebook', 'feed')).filter(({ place }) => place.at === 'time')).toEqual([])
  })
})
