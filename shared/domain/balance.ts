/**
 * Whether a stretch of the plan is in balance: what it is about, how often each channel speaks, where it is silent or crowded. All of
 * it is asked of a tally, which a post that is only being moved changes without counting the others again. Pure.
 */
import type { Channel } from './channel.ts'
import { isApart } from './placement.ts'
import type { Post } from './post.ts'
import { addDays, type DateRange, daysBetween, daysOf, type IsoDate, inRange } from './time.ts'
import type { Pillar } from './workspace.ts'

/** A post on the day it is shown on. */
export interface Dated {
  readonly date: IsoDate
  /** The post, or a channel of it that goes out at a time of its own: that is no further post. */
  readonly post: Pick<Post, 'id' | 'channelIds' | 'pillarId' | 'status'>
}

/** The posts of a stretch, counted. */
export interface Tally {
  readonly range: DateRange
  readonly posts: number
  /** By pillar, '' for none. */
  readonly pillars: ReadonlyMap<string, number>
  /** By channel and day; a day without any is absent. */
  readonly channels: ReadonlyMap<string, ReadonlyMap<IsoDate, number>>
}

const counts = ({ date, post }: Dated, range: DateRange) => post.status !== 'cancelled' && inRange(date, range)

export function tallyOf(dated: Iterable<Dated>, range: DateRange): Tally {
  let posts = 0
  const pillars = new Map<string, number>()
  const channels = new Map<string, Map<IsoDate, number>>()
  for (const entry of dated) {
    if (!counts(entry, range)) continue
    const { date, post } = entry
    if (!isApart(post.id)) {
      posts += 1
      pillars.set(post.pillarId, (pillars.get(post.pillarId) ?? 0) + 1)
    }
    for (const id of post.channelIds) {
      const days = channels.get(id) ?? new Map<IsoDate, number>()
      days.set(date, (days.get(date) ?? 0) + 1)
      channels.set(id, days)
    }
  }
  return { range, posts, pillars, channels }
}

/** The tally once some posts have left and others have come. Channels none of them is on keep their very map. */
export function retally(tally: Tally, left: Iterable<Dated>, come: Iterable<Dated>): Tally {
  let { posts } = tally
  const pillars = new Map(tally.pillars)
  const channels = new Map(tally.channels)
  const own = new Set<string>()
  const put = (entry: Dated, by: 1 | -1) => {
    if (!counts(entry, tally.range)) return
    const { date, post } = entry
    if (!isApart(post.id)) {
      posts += by
      pillars.set(post.pillarId, (pillars.get(post.pillarId) ?? 0) + by)
    }
    for (const id of post.channelIds) {
      const days = new Map(channels.get(id))
      const count = (days.get(date) ?? 0) + by
      if (count > 0) days.set(date, count)
      else days.delete(date)
      channels.set(id, days)
      own.add(id)
    }
  }
  for (const entry of left) put(entry, -1)
  for (const entry of come) put(entry, 1)
  // Moved within the day: nothing is different there.
  for (const id of own) {
    const before = tally.channels.get(id)
    const after = channels.get(id)
    if (before && after && sameCounts(before, after)) channels.set(id, before)
  }
  return { range: tally.range, posts, pillars, channels }
}

const sameCounts = (a: ReadonlyMap<IsoDate, number>, b: ReadonlyMap<IsoDate, number>) =>
  a.size === b.size && [...a].every(([day, count]) => b.get(day) === count)

export interface PillarShare {
  /** '' for posts of no pillar */
  readonly pillarId: string
  readonly posts: number
  /** Percent of the posts, rounded. */
  readonly share: number
  /** Percent aimed at; 0: none set. */
  readonly target: number
}

/** How the posts of a stretch spread over the pillars, in the order of the pillars; those of none, or of one that is gone, last. */
export function pillarMix(tally: Tally, pillars: readonly Pillar[]): PillarShare[] {
  const row = (pillarId: string, posts: number, target: number): PillarShare => ({
    pillarId,
    posts,
    share: tally.posts === 0 ? 0 : Math.round((posts / tally.posts) * 100),
    target,
  })
  const rows = pillars.map(({ id, share }) => row(id, tally.pillars.get(id) ?? 0, share))
  const none = tally.posts - rows.reduce((sum, { posts }) => sum + posts, 0)
  return none > 0 ? [...rows, row('', none, 0)] : rows
}

export interface Cadence {
  readonly channelId: string
  readonly posts: number
  /** Posts aimed at in the stretch; 0: none set. */
  readonly target: number
  readonly state: 'short' | 'on' | 'over'
}

/** A month on average, in days: targets are a month's. */
const MONTH_DAYS = 365.2425 / 12
/** Over the target by more than a tenth and by more than one post is over. */
const ROOM = 1.1

/** How often a channel speaks in a stretch, against its monthly target scaled to the length of the stretch. */
export function cadenceOf({ channels, range }: Tally, { id, target: monthly }: Channel): Cadence {
  const days = daysBetween(range.from, range.to) + 1
  // A calendar month is a month, whether it has 28 days or 31.
  const months = days >= 28 && days <= 31 ? 1 : days / MONTH_DAYS
  let posts = 0
  for (const count of channels.get(id)?.values() ?? []) posts += count
  const target = Math.round(monthly * months)
  const over = target > 0 && posts > Math.max(target * ROOM, target + 1)
  return { channelId: id, posts, target, state: over ? 'over' : posts < target ? 'short' : 'on' }
}

export type Imbalance =
  /** Days of silence in a row, ends included, longer than twice the usual distance of its target. */
  | {
      readonly kind: 'gap'
      readonly channelId: string
      readonly from: IsoDate
      readonly to: IsoDate
      readonly days: number
    }
  | {
      readonly kind: 'pile-up'
      readonly channelId: string
      readonly date: IsoDate
      readonly posts: number
      readonly most: number
    }

/** Silences shorter than this are no gap, however many posts are aimed at. */
const SHORTEST_GAP = 3

const NO_DAYS: ReadonlyMap<IsoDate, number> = new Map()

/** Where a channel is silent for too long, or has more posts a day than it takes, in order of time. Only one with a target has gaps. */
export function imbalances({ channels, range }: Tally, channel: Channel): Imbalance[] {
  const byDay = channels.get(channel.id) ?? NO_DAYS
  const crowded: Imbalance[] =
    channel.perDay === 0
      ? []
      : [...byDay]
          .filter(([, of]) => of > channel.perDay)
          .map(([date, of]) => ({ kind: 'pile-up', channelId: channel.id, date, posts: of, most: channel.perDay }))
  return [...crowded, ...gapsOf(channel, byDay, range)].sort(byDate)
}

/** First and last day of an imbalance. */
export const beginsOn = (of: Imbalance): IsoDate => (of.kind === 'gap' ? of.from : of.date)
export const endsOn = (of: Imbalance): IsoDate => (of.kind === 'gap' ? of.to : of.date)
export const byDate = (a: Imbalance, b: Imbalance): number =>
  beginsOn(a) < beginsOn(b) ? -1 : beginsOn(a) > beginsOn(b) ? 1 : 0

function gapsOf(channel: Channel, byDay: ReadonlyMap<IsoDate, number>, range: DateRange): Imbalance[] {
  if (channel.target === 0) return []
  const longest = Math.max(SHORTEST_GAP, Math.ceil((MONTH_DAYS / channel.target) * 2))
  const gaps: Imbalance[] = []
  let from: IsoDate | null = null
  const close = (to: IsoDate) => {
    if (from === null) return
    const days = daysBetween(from, to) + 1
    if (days >= longest) gaps.push({ kind: 'gap', channelId: channel.id, from, to, days })
    from = null
  }
  for (const day of daysOf(range)) {
    if (byDay.has(day)) close(addDays(day, -1))
    else from ??= day
  }
  close(range.to)
  return gaps
}
