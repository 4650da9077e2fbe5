/** Hours of the night in which nothing stands: week and day fold them to a strip, so that the working day is in sight. Pure. */
import { minutesOf, toWall } from '../../../shared/domain/time.ts'
import type { Page } from './usePage.ts'

/** Wall minutes of whole hours. */
export interface Run {
  readonly from: number
  readonly to: number
}

const NIGHT_ENDS = 8
/** Fewer hours are not worth a strip. */
const FEWEST = 4
/** A chip is nearly an hour high. */
const CHIP = 55

/** The longest run of night hours without a post, an open slot, a clock change or the line of now. Null: nothing to fold. */
export function quietNight({
  byDay,
  slots,
  marks,
  days,
  today,
  now,
  zone,
}: Pick<Page, 'byDay' | 'slots' | 'marks' | 'days' | 'today' | 'now' | 'zone'>): Run | null {
  const busy = new Set<number>()
  const mark = (from: number, to: number) => {
    for (let hour = Math.floor(from / 60); hour <= Math.floor(to / 60) && hour < NIGHT_ENDS; hour += 1) busy.add(hour)
  }
  for (const events of byDay.values()) for (const { minutes } of events) mark(minutes, minutes + CHIP)
  for (const list of slots.values()) for (const { time } of list) mark(minutesOf(time), minutesOf(time) + CHIP)
  for (const { shift } of marks.values()) if (shift) mark(shift.from, shift.to - 1)
  if (days.includes(today)) mark(minutesOf(toWall(now, zone).time), minutesOf(toWall(now, zone).time))
  let best = { from: 0, to: 0 }
  for (let from = 0, hour = 0; hour <= NIGHT_ENDS; hour += 1) {
    if (hour < NIGHT_ENDS && !busy.has(hour)) continue
    if (hour - from > best.to - best.from) best = { from, to: hour }
    from = hour + 1
  }
  return best.to - best.from < FEWEST ? null : { from: best.from * 60, to: best.to * 60 }
}
