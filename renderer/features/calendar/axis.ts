/**
 * The hours of a time grid, from wall time to pixels and back. A piecewise line: plain hours, an hour that comes twice (drawn
 * twice), an hour that is missing (drawn as a thin band), empty hours of the night (folded to a strip). Days of a week share one axis; a day without the clock change simply
 * has nothing in the second pass.
 */
import { type ClockTime, clockOf, type IsoDate } from '../../../shared/domain/time.ts'
import type { ClockShift } from './dayFacts.ts'
import type { Run } from './fold.ts'

export interface Segment {
  readonly kind: 'plain' | 'missing' | 'second' | 'folded'
  /** Wall minutes since midnight. */
  readonly from: number
  readonly to: number
  readonly top: number
  readonly bottom: number
}

export interface Axis {
  readonly segments: readonly Segment[]
  readonly height: number
  /** Pixels of each of the 24 wall hours. */
  readonly hours: readonly number[]
  /** The clock change on one of the days, if there is one. */
  readonly shift: (ClockShift & { readonly day: IsoDate }) | null
}

/** A missing hour where no other day has it. */
export const MISSING_HEIGHT = 28
const FOLDED_HEIGHT = 28

/** The axis for some days. `hour`: pixels of an ordinary hour. `fold`: plain hours drawn as a strip. */
export function buildAxis(
  days: readonly IsoDate[],
  shiftOf: (day: IsoDate) => ClockShift | null,
  hour: number,
  fold: Run | null = null,
): Axis {
  const changing = days.map((day) => ({ day, shift: shiftOf(day) })).find(({ shift }) => shift !== null)
  const shift = changing?.shift ? { ...changing.shift, day: changing.day } : null
  const perMinute = hour / 60
  const segments: Segment[] = []
  let top = 0
  const push = (kind: Segment['kind'], from: number, to: number, height: number) => {
    if (to <= from) return
    segments.push({ kind, from, to, top, bottom: top + height })
    top += height
  }
  const open = (from: number, to: number) => push('plain', from, to, (to - from) * perMinute)
  const plain = (from: number, to: number) => {
    if (!fold || fold.from < from || fold.to > to) return open(from, to)
    open(from, fold.from)
    push('folded', fold.from, fold.to, FOLDED_HEIGHT)
    open(fold.to, to)
  }
  if (shift?.kind === 'twice') {
    plain(0, shift.to)
    push('second', shift.from, shift.to, (shift.to - shift.from) * perMinute)
    plain(shift.to, 1_440)
  } else if (shift && days.length === 1) {
    plain(0, shift.from)
    push('missing', shift.from, shift.to, MISSING_HEIGHT)
    plain(shift.to, 1_440)
  } else plain(0, 1_440)
  const hours = Array.from({ length: 24 }, (_, index) => {
    const from = index * 60
    return segments.reduce((sum, segment) => {
      const overlap = Math.min(segment.to, from + 60) - Math.max(segment.from, from)
      return overlap > 0 ? sum + (overlap / (segment.to - segment.from)) * (segment.bottom - segment.top) : sum
    }, 0)
  })
  return { segments, height: top, hours, shift }
}

const along = ({ from, to, top, bottom }: Segment, minutes: number) =>
  top + ((minutes - from) / (to - from)) * (bottom - top)

/** Pixels from the top of the grid for a wall time. `second`: the second pass of a doubled hour. */
export function topOf(axis: Axis, minutes: number, second = false): number {
  const own = second && axis.segments.find(({ kind, from, to }) => kind === 'second' && minutes >= from && minutes < to)
  if (own) return along(own, minutes)
  const segment = axis.segments.find(({ kind, from, to }) => kind !== 'second' && minutes >= from && minutes < to)
  return segment ? along(segment, minutes) : axis.height
}

/** The wall minute at a height, to the fraction: where a page is scrolled to, whatever is folded above it. */
export function minuteAt(axis: Axis, y: number): number {
  const segment = axis.segments.find(({ top, bottom }) => y >= top && y < bottom)
  if (!segment) return y < 0 ? 0 : 1_440
  return segment.from + ((y - segment.top) / (segment.bottom - segment.top)) * (segment.to - segment.from)
}

/** The wall time at a height, rounded to a step. What is missing or folded gives the first minute after it. */
export function timeAt(axis: Axis, y: number, step: number): { minutes: number; second: boolean } {
  const inside = Math.min(Math.max(0, y), axis.height - 0.01)
  const segment = axis.segments.find(({ top, bottom }) => inside >= top && inside < bottom)
  if (!segment) return { minutes: 1_440 - step, second: false }
  if (segment.kind === 'missing' || segment.kind === 'folded') return { minutes: segment.to, second: false }
  const minutes = Math.round(minuteAt(axis, inside) / step) * step
  // Rounding may leave the segment at its end: that minute belongs to the next one.
  if (segment.kind === 'second')
    return minutes >= segment.to ? { minutes: segment.to, second: false } : { minutes, second: true }
  const doubled = axis.segments.find(({ kind }) => kind === 'second')
  if (doubled && segment.to === doubled.to && minutes >= doubled.to) return { minutes: doubled.from, second: true }
  return { minutes: Math.min(minutes, 1_440 - step), second: false }
}

export interface AxisLabel {
  readonly top: number
  readonly time: ClockTime
  readonly note: '' | 'first' | 'second' | 'missing'
}

/** A label for each hour line, midnight left out. */
export function labelsOf(axis: Axis): AxisLabel[] {
  const labels: AxisLabel[] = []
  for (const segment of axis.segments) {
    for (let minutes = Math.ceil(segment.from / 60) * 60; minutes < segment.to; minutes += 60) {
      if (minutes === 0 || (segment.kind === 'folded' && minutes > segment.from)) continue
      labels.push({ top: along(segment, minutes), time: clockOf(minutes), note: noteOf(axis, segment, minutes) })
    }
    // Half-hour changes begin between two lines.
    if (segment.kind === 'second' && segment.from % 60 !== 0)
      labels.push({ top: segment.top, time: clockOf(segment.from), note: 'second' })
  }
  return labels
}

function noteOf({ shift }: Axis, segment: Segment, minutes: number): AxisLabel['note'] {
  if (segment.kind === 'missing') return 'missing'
  if (segment.kind === 'second') return 'second'
  return shift?.kind === 'twice' && minutes >= shift.from && minutes < shift.to ? 'first' : ''
}
