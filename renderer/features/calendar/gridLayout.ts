/** Where posts stand in a day column: at their minute, side by side where they overlap. Pure. */
import type { OpenMoment } from '../../../shared/domain/slots.ts'
import { type IsoDate, minutesOf } from '../../../shared/domain/time.ts'
import { type Axis, topOf } from './axis.ts'
import type { PostEvent } from './events.ts'

/** What does not fit beside its neighbours: a count in its place. */
export interface MoreEvent {
  readonly kind: 'more'
  readonly id: string
  readonly day: IsoDate
  readonly hidden: readonly PostEvent[]
  readonly start: Date
  readonly end: Date
  readonly title: string
}
export type GridEvent = PostEvent | MoreEvent

export interface Placed {
  readonly event: GridEvent
  /** Pixels. */
  readonly top: number
  readonly height: number
  /** Percent of the column. */
  readonly left: number
  readonly width: number
}

export const topOfEvent = (axis: Axis, { minutes, wall }: PostEvent) => topOf(axis, minutes, wall.fold === 'later')

/**
 * Posts of one day in order of time. Those whose chips would cover each other share the width; above `most` in one cluster
 * the last place becomes "+n". `widest`: percent of the column one post may take.
 */
export function layDay(events: readonly PostEvent[], axis: Axis, chip: number, most: number, widest = 100): Placed[] {
  const placed: Placed[] = []
  const sorted = events
    .map((event) => ({ event, top: Math.min(topOfEvent(axis, event), axis.height - chip) }))
    .sort((a, b) => a.top - b.top)
  for (let first = 0; first < sorted.length; ) {
    let last = first
    let bottom = (sorted[first]?.top ?? 0) + chip
    while (last + 1 < sorted.length && (sorted[last + 1]?.top ?? 0) < bottom) {
      last += 1
      bottom = (sorted[last]?.top ?? 0) + chip
    }
    placed.push(...layCluster(sorted.slice(first, last + 1), chip, most, widest))
    first = last + 1
  }
  return placed
}

/** Height of a badge with the gap below it, in pixels. */
const BADGE = 22
/** A badge further away than this from its minute says something wrong. */
const FARTHEST = 104

/** Where the badges of open slots stand: at their minute, or below whatever stands there; one that finds no room is left out. */
export function laySlots(
  slots: readonly OpenMoment[],
  events: readonly PostEvent[],
  axis: Axis,
  chip: number,
): { readonly slot: OpenMoment; readonly top: number }[] {
  const taken = events
    .map((event) => Math.min(topOfEvent(axis, event), axis.height - chip))
    .map((top) => ({ top, bottom: top + chip + 2 }))
  return slots.flatMap((slot) => {
    const own = Math.min(topOf(axis, minutesOf(slot.time)), axis.height - BADGE)
    let top = own
    for (;;) {
      const above = taken.filter((other) => other.top < top + BADGE && other.bottom > top)
      if (above.length === 0) break
      top = Math.max(...above.map(({ bottom }) => bottom))
    }
    if (top - own > FARTHEST || top + BADGE > axis.height) return []
    taken.push({ top, bottom: top + BADGE })
    return [{ slot, top }]
  })
}

function layCluster(
  cluster: readonly { event: PostEvent; top: number }[],
  chip: number,
  most: number,
  widest: number,
): Placed[] {
  const columns: number[] = []
  const where = cluster.map(({ top }) => {
    let column = columns.findIndex((end) => end <= top)
    if (column < 0) column = columns.length
    columns[column] = top + chip
    return column
  })
  if (columns.length <= most) {
    const width = Math.min(widest, 100 / columns.length)
    return cluster.map(({ event, top }, index) => ({
      event,
      top,
      height: chip,
      left: (where[index] ?? 0) * width,
      width,
    }))
  }
  const width = 100 / most
  const shown = cluster.flatMap(({ event, top }, index) =>
    (where[index] ?? 0) < most - 1 ? [{ event, top, height: chip, left: (where[index] ?? 0) * width, width }] : [],
  )
  const hidden = cluster.filter((_, index) => (where[index] ?? 0) >= most - 1)
  const at = hidden[0]
  if (!at) return shown
  const { start, wall } = at.event
  const more: MoreEvent = {
    kind: 'more',
    id: `more-${at.event.id}`,
    day: wall.date,
    hidden: hidden.map(({ event }) => event),
    start,
    end: start,
    title: `+${hidden.length}`,
  }
  return [...shown, { event: more, top: at.top, height: chip, left: (most - 1) * width, width }]
}
