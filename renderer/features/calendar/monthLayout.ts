/** How a month page is laid out. Pure: pixels in, pixels out. */
import type { Campaign } from '../../../shared/domain/campaign.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { type PostStatus, STATUS_NEED } from '../../../shared/domain/status.ts'
import type { DateRange, IsoDate } from '../../../shared/domain/time.ts'
import type { CardMark } from '../../parts/atNetwork/cardMarks.ts'
import type { PostEvent } from './events.ts'

export type ChipSize = 's' | 'm' | 'l' | 'xl'

export interface Measures {
  readonly head: number
  readonly lane: number
  readonly gap: number
  readonly more: number
  readonly chip: Readonly<Record<ChipSize, number>>
}

/** Heights in pixels; the tokens hold the same numbers for the style sheets. */
export const MEASURES: Readonly<Record<'cosy' | 'compact', Measures>> = {
  cosy: { head: 22, lane: 20, gap: 2, more: 18, chip: { s: 20, m: 34, l: 50, xl: 82 } },
  compact: { head: 22, lane: 18, gap: 2, more: 18, chip: { s: 18, m: 18, l: 18, xl: 18 } },
}

export interface CellPlan {
  readonly size: ChipSize
  readonly shown: readonly PostEvent[]
  readonly hidden: readonly PostEvent[]
}

/**
 * A day shows the largest size at which all its posts fit; if the smallest does not fit either, as many as do and the rest
 * behind "+n more". `room`: pixels below the head and the campaign bars; `other`: pixels open slots take.
 */
export function planCell(events: readonly PostEvent[], room: number, { chip, gap, more }: Measures): CellPlan {
  const height = (size: ChipSize) =>
    events.reduce((sum, { post }) => sum + (size === 'xl' && !post.coverId ? chip.l : chip[size]), 0) +
    gap * (events.length - 1)
  // Compact density has one height only.
  const sizes: readonly ChipSize[] = chip.xl === chip.s ? ['s'] : ['xl', 'l', 'm', 's']
  const size = sizes.find((candidate) => height(candidate) <= room)
  if (size && (size !== 'xl' || events.some(({ post }) => post.coverId))) return { size, shown: events, hidden: [] }
  if (size) return { size: 'l', shown: events, hidden: [] }
  const fits = Math.max(0, Math.floor((room - more) / (chip.s + gap)))
  return { size: 's', shown: events.slice(0, fits), hidden: events.slice(fits) }
}

/** The states hidden behind "+n more" that need somebody, worst first. */
export function worstHidden(hidden: readonly PostEvent[]): PostStatus[] {
  const states = new Set(hidden.map(({ post }) => post.status))
  return [...states]
    .filter((status) => STATUS_NEED[status] <= STATUS_NEED.review)
    .sort((a, b) => STATUS_NEED[a] - STATUS_NEED[b])
}

/** What needs a person first, then by time. `markOf`: how a card stands at its networks; what is to be looked at there comes before any status. */
export const byNeed =
  (markOf: (card: Post) => Pick<CardMark, 'need' | 'asks'> | undefined) =>
  (a: PostEvent, b: PostEvent): number => {
    const needOf = ({ post }: PostEvent) => {
      const mark = markOf(post)
      return mark?.asks ? mark.need - MARKS : STATUS_NEED[post.status]
    }
    return needOf(a) - needOf(b) || a.post.plannedAt - b.post.plannedAt
  }
/** More than there are. */
const MARKS = 100

export interface Bar {
  readonly campaign: Campaign
  readonly lane: number
  /** Column of its first and last day in the row, 0 ... */
  readonly first: number
  readonly last: number
  /** It began before, or goes on after, the row. */
  readonly from: boolean
  readonly on: boolean
  readonly phase: string
  readonly milestones: readonly { readonly name: string; readonly column: number }[]
}

/** Campaign bars over a row of days: those that began first stand on top, each in the first lane that is free. */
export function layBars(
  campaigns: readonly Campaign[],
  days: readonly IsoDate[],
  maxLanes: number,
): { bars: Bar[]; lanes: number; left: Campaign[] } {
  const first = days[0] ?? ''
  const last = days.at(-1) ?? ''
  const touching = campaigns
    .flatMap((campaign) => {
      const span = spanOf(campaign)
      return span && span.from <= last && span.to >= first ? [{ campaign, span }] : []
    })
    .sort((a, b) =>
      a.span.from === b.span.from ? (a.span.to < b.span.to ? 1 : -1) : a.span.from < b.span.from ? -1 : 1,
    )
  const ends: number[] = []
  const bars: Bar[] = []
  const left: Campaign[] = []
  for (const { campaign, span } of touching) {
    const start = Math.max(
      0,
      days.findIndex((day) => day >= span.from),
    )
    const end = days.findLastIndex((day) => day <= span.to)
    let lane = ends.findIndex((busy) => busy < start)
    if (lane < 0) lane = ends.length
    if (lane >= maxLanes) {
      left.push(campaign)
      continue
    }
    ends[lane] = end
    bars.push({
      campaign,
      lane,
      first: start,
      last: end,
      from: span.from < first,
      on: span.to > last,
      phase:
        campaign.phases.find(({ from, to }) => (days[start] ?? '') >= from && (days[start] ?? '') <= to)?.name ?? '',
      milestones: campaign.milestones.flatMap(({ name, on }) => {
        const column = days.indexOf(on)
        return column < 0 ? [] : [{ name, column }]
      }),
    })
  }
  return { bars, lanes: ends.length, left }
}

/** First and last day of a campaign; a campaign with one date only has that day. */
export function spanOf({ startOn, endOn }: Campaign): DateRange | null {
  const from = startOn ?? endOn
  const to = endOn ?? startOn
  return from && to ? { from, to } : null
}
