/** Whether a stretch of the plan is in balance: what it is about, how often each channel speaks, where it is silent or crowded. Pure. */
import type { Channel } from './channel.ts'
import type { Post } from './post.ts'
import { addDays, type DateRange, dateAt, daysBetween, daysOf, type IsoDate, type Zone } from './time.ts'
import type { Pillar } from './workspace.ts'

type Planned = Pick<Post, 'channelIds' | 'pillarId' | 'plannedAt' | 'status'>
const counts = ({ plannedAt, status }: Planned) => plannedAt >= 0 && status !== 'cancelled'

export interface PillarShare {
  /** '' for posts of no pillar */
  readonly pillarId: string
  readonly posts: number
  /** Percent of the posts, rounded. */
  readonly share: number
  /** Percent aimed at; 0: none set. */
  readonly target: number
}

/** How the posts of a stretch spread over the pillars, in the order of the pillars; those of none last. */
export function pillarMix(posts: readonly Planned[], pillars: readonly Pillar[]): PillarShare[] {
  const known = new Set(pillars.map(({ id }) => id))
  const by = Map.groupBy(posts.filter(counts), ({ pillarId }) => (known.has(pillarId) ? pillarId : ''))
  const all = posts.filter(counts).length
  const row = (pillarId: string, target: number): PillarShare => {
    const of = by.get(pillarId)?.length ?? 0
    return { pillarId, posts: of, share: all === 0 ? 0 : Math.round((of / all) * 100), target }
  }
  const rows = pillars.map(({ id, share }) => row(id, share))
  return by.has('') ? [...rows, row('', 0)] : rows
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

/** How often each channel speaks in a stretch, against its monthly target scaled to the length of the stretch. */
export function cadenceOf(posts: readonly Planned[], channels: readonly Channel[], range: DateRange): Cadence[] {
  const days = daysBetween(range.from, range.to) + 1
  // A calendar month is a month, whether it has 28 days or 31.
  const months = days >= 28 && days <= 31 ? 1 : days / MONTH_DAYS
  const by = new Map<string, number>()
  for (const post of posts.filter(counts)) for (const id of post.channelIds) by.set(id, (by.get(id) ?? 0) + 1)
  return channels.map(({ id, target: monthly }) => {
    const of = by.get(id) ?? 0
    const target = Math.round(monthly * months)
    const over = target > 0 && of > Math.max(target * ROOM, target + 1)
    return { channelId: id, posts: of, target, state: over ? 'over' : of < target ? 'short' : 'on' }
  })
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

/** Where a channel is silent for too long or has more posts a day than it takes. Only channels with a target have gaps. */
export function imbalances(
  posts: readonly Planned[],
  channels: readonly Channel[],
  range: DateRange,
  zone: Zone,
): Imbalance[] {
  const dated = posts.filter(counts).map((post) => ({ ids: post.channelIds, day: dateAt(post.plannedAt, zone) }))
  return channels.flatMap((channel): Imbalance[] => {
    const byDay = new Map<IsoDate, number>()
    for (const { ids, day } of dated) if (ids.includes(channel.id)) byDay.set(day, (byDay.get(day) ?? 0) + 1)
    const crowded: Imbalance[] =
      channel.perDay === 0
        ? []
        : [...byDay]
            .filter(([, of]) => of > channel.perDay)
            .map(([date, of]) => ({ kind: 'pile-up', channelId: channel.id, date, posts: of, most: channel.perDay }))
    return [...crowded.sort(byDate), ...gapsOf(channel, byDay, range)]
  })
}

const byDate = (a: Imbalance, b: Imbalance) =>
  (a.kind === 'gap' ? a.from : a.date) < (b.kind === 'gap' ? b.from : b.date) ? -1 : 1

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
