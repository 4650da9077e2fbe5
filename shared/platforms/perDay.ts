/**
 * How many posts a network takes in a day. It is counted over an account, or all accounts of one app, and never in a post: no check of a
 * content reads it, but whoever plans a day does. Pure, and light: no row of `networks/` is needed for it.
 */
import type { NetworkId } from '../domain/channel.ts'
import { dateAt, type Instant, type Zone } from '../domain/time.ts'
import type { Fact, FormatId } from './model.ts'

export interface PerDay extends Fact {
  readonly most: number
  /** What is counted, in the plural: `Reels`. */
  readonly what: string
  /** Absent: all of them together. */
  readonly formats?: readonly FormatId[]
  /** Seconds, whenever they begin; or the zone whose midnights part the days. */
  readonly within: number | Zone
  /** Counted over every channel of that network, since they share an app. */
  readonly ofApp?: true
}

const DAY = 86_400
const QUARTER = 900

/** Networks that publish no such number are not listed. `severity` is a note where more go out all the same. */
export const PER_DAY: Partial<Record<NetworkId, readonly PerDay[]>> = {
  facebook: [
    { most: 30, what: 'Reels', formats: ['reel'], within: DAY, source: 'Meta: Reels publishing, limits per Page' },
  ],
  instagram: [
    {
      most: 50,
      what: 'posts',
      within: DAY,
      source: 'Meta: IG User content_publishing_limit',
      unconfirmed: true,
      why: 'Another page of Meta says 100.',
    },
    { most: 100, what: 'posts', within: DAY, source: 'Meta: Instagram Content Publishing' },
  ],
  youtube: [
    { most: 100, what: 'videos', within: 'America/Los_Angeles', ofApp: true, source: 'Google: Quota Calculator' },
  ],
  linkedin: [
    {
      most: 150,
      what: 'posts',
      within: 'UTC',
      source: 'LinkedIn: Share on LinkedIn, rate limits',
      why: 'It counts calls, and a picture is one more.',
    },
  ],
  x: [{ most: 100, what: 'posts', within: QUARTER, source: 'X: rate limits, POST /2/tweets' }],
  tiktok: [
    {
      most: 15,
      what: 'posts',
      within: DAY,
      source: 'TikTok: Content Posting API, guidelines',
      why: 'Posts from other apps count too.',
    },
  ],
  threads: [{ most: 250, what: 'posts', within: DAY, source: 'Meta: Threads API, rate limiting' }],
  pinterest: [
    {
      most: 300,
      what: 'Pins',
      within: DAY,
      ofApp: true,
      source: 'Pinterest: access tiers',
      severity: 'note',
      why: 'That holds for apps with trial access.',
    },
  ],
  bluesky: [
    { most: 1_666, what: 'posts', within: 3_600, source: 'Bluesky: rate limits, 5,000 points an hour, 3 each' },
    { most: 11_666, what: 'posts', within: DAY, source: 'Bluesky: rate limits, 35,000 points a day, 3 each' },
  ],
  mastodon: [
    {
      most: 25,
      what: 'posts',
      within: 'UTC',
      source: 'its source: ScheduledStatus',
      severity: 'note',
      why: 'It keeps no more for a day: others go out only while Outpost runs.',
    },
  ],
}

/** How far before and after a moment other posts may count with it, in milliseconds. */
export const REACH = DAY * 1_000

/**
 * How many posts stand in the fullest stretch of time around `at` that a limit counts over. `times`: of every post that counts, that of
 * the post at `at` among them, in any order. A stretch that goes along does not hold its own end: what is a day apart never counts twice.
 */
export function fullestAt({ within }: Pick<PerDay, 'within'>, at: Instant, times: readonly Instant[]): number {
  if (typeof within === 'string') {
    const day = dateAt(at, within)
    return times.filter((time) => dateAt(time, within) === day).length
  }
  const length = within * 1_000
  const near = times.filter((time) => Math.abs(time - at) < length).sort((a, b) => a - b)
  let [first, fullest] = [0, 0]
  for (const [last, time] of near.entries()) {
    while (time - (near[first] ?? time) >= length) first += 1
    // It has to hold the post itself.
    if ((near[first] ?? 0) <= at && time >= at) fullest = Math.max(fullest, last - first + 1)
  }
  return fullest
}

const lasts = (within: PerDay['within']): string => {
  if (typeof within === 'string') return 'a day'
  if (within === DAY) return '24 hours'
  return within >= 3_600 ? 'an hour' : `${within / 60} minutes`
}

/** `Instagram takes 50 posts in 24 hours, and 52 are planned around then.` */
export function perDayWords(limit: PerDay, planned: number, network: string): string {
  const { most, what, within, ofApp, unconfirmed, why } = limit
  const verb = unconfirmed ? 'is said to take' : 'takes'
  const from = ofApp ? ' from all channels together' : ''
  const words = `${network} ${verb} ${most} ${what} in ${lasts(within)}${from}, and ${planned} are planned around then.`
  return why ? `${words} ${why}` : words
}
