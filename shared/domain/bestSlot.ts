/** The next good moment for a post, and why it is one. Results of earlier posts will count here once there are any. Pure. */
import { type Channel, inQuietHours } from './channel.ts'
import { clashesAt, type Surroundings } from './clash.ts'
import { postOf } from './placement.ts'
import type { Post } from './post.ts'
import { openSlots, type Slot } from './slots.ts'
import { addDays, dateAt, type Instant, type IsoDate } from './time.ts'

export type SlotReason =
  | { readonly kind: 'slot'; readonly channelId: string }
  /** Hours to the nearest post on one of its channels. */
  | { readonly kind: 'apart'; readonly hours: number }
  | { readonly kind: 'awake' }
  /** Posts of the channel on that day so far, and most it takes. */
  | { readonly kind: 'room'; readonly posts: number; readonly most: number }

export interface BestSlot {
  readonly slot: Slot
  readonly reasons: readonly SlotReason[]
}

const HOUR = 3_600_000

/**
 * The first open slots of the channels of a post in the coming days that nothing speaks against: no clash, no quiet hours, no full
 * day, no blackout. Each with what speaks for it. `around`: posts near that stretch.
 */
export function bestSlots(
  post: Pick<Post, 'id' | 'channelIds' | 'title' | 'excerpt' | 'words' | 'seriesId'>,
  around: Surroundings,
  now: Instant,
  { days = 21, limit = 3 }: { readonly days?: number; readonly limit?: number } = {},
): BestSlot[] {
  const own = around.channels.filter(({ id }) => post.channelIds.includes(id))
  const others = around.posts.filter((other) => postOf(other.id) !== post.id && other.status !== 'cancelled')
  const today = dateAt(now, around.zone)
  const range = { from: today, to: addDays(today, days) }
  const found: BestSlot[] = []
  for (const slot of openSlots(own, range, others, around.zone, now)) {
    const reasons = reasonsFor(slot, own, others, around, post)
    if (reasons) found.push({ slot, reasons })
    if (found.length === limit) break
  }
  return found
}

/** A slot for each of some posts, in their order: what one takes is no longer open for the next. Absent: none is left for it. */
export function spreadOver(
  posts: readonly Post[],
  around: Surroundings,
  now: Instant,
  options: { readonly days?: number } = {},
): ReadonlyMap<string, BestSlot> {
  const moving = new Set(posts.map(({ id }) => id))
  const placed: Post[] = around.posts.filter(({ id }) => !moving.has(postOf(id)))
  const found = new Map<string, BestSlot>()
  for (const post of posts) {
    const [best] = bestSlots(post, { ...around, posts: placed }, now, { ...options, limit: 1 })
    if (!best) continue
    found.set(post.id, best)
    placed.push({ ...post, plannedAt: best.slot.at })
  }
  return found
}

/** Null: something speaks against it. */
function reasonsFor(
  slot: Slot,
  own: readonly Channel[],
  others: readonly Post[],
  around: Surroundings,
  post: Parameters<typeof bestSlots>[0],
): SlotReason[] | null {
  if (clashesAt(post, slot.at, { ...around, posts: others }).length > 0) return null
  const onOwn = others.filter(
    ({ plannedAt, channelIds }) => plannedAt >= 0 && own.some(({ id }) => channelIds.includes(id)),
  )
  for (const channel of own)
    if (channel.perDay > 0 && onDay(onOwn, channel, slot.date, around) >= channel.perDay) return null
  const nearest = Math.min(...onOwn.map(({ plannedAt }) => Math.abs(plannedAt - slot.at)))
  const channel = own.find(({ id }) => id === slot.channelId)
  return [
    { kind: 'slot', channelId: slot.channelId },
    ...(Number.isFinite(nearest) ? [{ kind: 'apart', hours: Math.floor(nearest / HOUR) } as const] : []),
    ...(own.some((of) => of.quiet && !inQuietHours(of, slot.at)) ? [{ kind: 'awake' } as const] : []),
    ...(channel && channel.perDay > 0
      ? [{ kind: 'room', posts: onDay(onOwn, channel, slot.date, around), most: channel.perDay } as const]
      : []),
  ]
}

const onDay = (posts: readonly Post[], { id }: Channel, day: IsoDate, { zone }: Surroundings): number =>
  posts.filter(({ channelIds, plannedAt }) => channelIds.includes(id) && dateAt(plannedAt, zone) === day).length
