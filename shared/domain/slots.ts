/** Open posting slots of channels, and the time to propose for a new post. Pure. */
import type { Channel } from './channel.ts'
import type { PostStatus } from './status.ts'
import {
  addDays,
  type ClockTime,
  clockOf,
  type DateRange,
  daysOf,
  type Instant,
  type IsoDate,
  minutesOf,
  toInstant,
  toWall,
  type WallTime,
  weekday,
  type Zone,
} from './time.ts'

export interface Slot {
  readonly channelId: string
  /** Day and clock time in the zone that was asked for. */
  readonly date: IsoDate
  readonly time: ClockTime
  readonly at: Instant
}

/** A moment that is open on one channel or more: one badge on the calendar. */
export interface OpenMoment extends Omit<Slot, 'channelId'> {
  /** In the order the slots were given. */
  readonly channelIds: readonly string[]
}

interface Taken {
  readonly channelIds: readonly string[]
  readonly plannedAt: Instant
  /** What was cancelled fills nothing. */
  readonly status?: PostStatus
}

/** A slot counts as filled when a post of its channel stands within this many minutes of it. */
export const SLOT_REACH = 30

const MINUTE = 60_000
// Slots come back every week: their instants are worked out once.
const instants = new Map<string, Instant>()
const instantOf = (wall: WallTime): Instant => {
  const key = `${wall.zone} ${wall.date} ${wall.time}`
  const known = instants.get(key)
  if (known !== undefined) return known
  const at = toInstant(wall)
  if (instants.size > 20_000) instants.clear()
  instants.set(key, at)
  return at
}

/**
 * Slots of channels on the days of a range (in `zone`) that no post fills and that are still to come, in order of time.
 * A slot is wall time of its channel's zone.
 */
export function openSlots(
  channels: readonly Channel[],
  range: DateRange,
  taken: readonly Taken[],
  zone: Zone,
  now: Instant,
): Slot[] {
  // A page that is over offers nothing, whatever the zone of a channel.
  if (toInstant({ date: addDays(range.to, 2), time: '00:00', zone }) < now) return []
  const byChannel = new Map<string, Instant[]>()
  for (const { channelIds, plannedAt, status } of taken) {
    if (plannedAt < 0 || status === 'cancelled') continue
    for (const id of channelIds) {
      const list = byChannel.get(id)
      if (list) list.push(plannedAt)
      else byChannel.set(id, [plannedAt])
    }
  }
  // In another zone a slot may fall on the day before or after.
  const days = daysOf({ from: addDays(range.from, -1), to: addDays(range.to, 1) }).map((day) => ({
    day,
    of: weekday(day),
  }))
  const inside = days.slice(1, -1)
  const slots: Slot[] = []
  for (const channel of channels) {
    if (channel.slots.length === 0) continue
    const away = channel.zone !== zone
    const filled = byChannel.get(channel.id) ?? []
    for (const { day, of } of away ? days : inside) {
      for (const { weekday: wanted, time } of channel.slots) {
        if (wanted !== of) continue
        const at = instantOf({ date: day, time, zone: channel.zone })
        if (at < now || filled.some((post) => Math.abs(post - at) <= SLOT_REACH * MINUTE)) continue
        const here = away ? toWall(at, zone) : { date: day, time }
        if (here.date < range.from || here.date > range.to) continue
        slots.push({ channelId: channel.id, date: here.date, time: here.time, at })
      }
    }
  }
  return slots.sort((a, b) => a.at - b.at || (a.channelId < b.channelId ? -1 : 1))
}

/** Slots of the same instant as one, in order of time: an agency has 40 channels open at nine. */
export function openMoments(slots: readonly Slot[]): OpenMoment[] {
  return [...Map.groupBy(slots, ({ at }) => at).values()].flatMap((same) => {
    const [first] = same
    if (!first) return []
    const { date, time, at } = first
    return [{ date, time, at, channelIds: same.map(({ channelId }) => channelId) }]
  })
}

export interface Proposal {
  readonly wall: WallTime
  /** Channel of the slot that was found; '' when the last used time was taken. */
  readonly channelId: string
}

/**
 * The time to propose for a new post on a day: the first open slot of the channels, else the last time used; on a day that has
 * begun, the next half hour when that time is past. Null on a day that is over.
 */
export function proposeTime(
  day: IsoDate,
  channels: readonly Channel[],
  taken: readonly Taken[],
  lastTime: ClockTime,
  zone: Zone,
  now: Instant,
): Proposal | null {
  const slot = openSlots(channels, { from: day, to: day }, taken, zone, now)[0]
  if (slot) return { wall: toWall(slot.at, zone), channelId: slot.channelId }
  const last = { date: day, time: lastTime, zone }
  if (toInstant(last) >= now) return { wall: last, channelId: '' }
  const here = toWall(now, zone)
  if (here.date !== day) return null
  const next = (Math.floor(minutesOf(here.time) / 30) + 1) * 30
  return { wall: { date: day, time: clockOf(Math.min(next, 1_439)), zone }, channelId: '' }
}
