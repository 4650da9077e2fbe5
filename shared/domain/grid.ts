/** The grid of a profile: which post stands where, and what it means to swap two of them. Pure. */
import { err, ok, type Result } from '../lib/result.ts'
import { ownTime, type Placement } from './placement.ts'
import { type Post, reschedule } from './post.ts'
import { type Instant, toInstant, toWall, type WallTime, type Zone } from './time.ts'

/** A post as a grid orders it. */
export interface Spot {
  readonly id: string
  /** When it goes out, or went out, on the channel of the grid. */
  readonly at: Instant
  readonly out: boolean
}

/** Newest first. What is planned stands above what is out, whatever its date: it has still to come. */
export const inGridOrder = (spots: readonly Spot[]): Spot[] =>
  spots.toSorted((a, b) => Number(a.out) - Number(b.out) || b.at - a.at || (a.id < b.id ? 1 : -1))

/** A post with what it is on the channel of the grid; no placement: nothing is different there. */
export interface Placing {
  readonly post: Post
  readonly placement: Pick<Placement, 'planned'> | undefined
}

/** When a post goes out on a channel: at a time of its own, else with the post. */
export const timeOn = ({ post, placement }: Placing): WallTime | null => placement?.planned ?? post.planned

/** A post that is on the channel of the grid alone moves as a whole; of any other, the channel alone gets another time. */
export const movesWhole = ({ post, placement }: Placing): boolean => post.channelIds.length === 1 && !placement?.planned

export type SwapRefusal =
  | { readonly kind: 'already-published' | 'pinned' | 'no-date'; readonly post: Post }
  | { readonly kind: 'in-the-past'; readonly post: Post; readonly to: WallTime }

/** Why a post keeps its place; null: it may be swapped. */
export function staysPut({ post, placement }: Placing): SwapRefusal | null {
  if (post.status === 'published') return { kind: 'already-published', post }
  if (post.pinned) return { kind: 'pinned', post }
  return timeOn({ post, placement }) ? null : { kind: 'no-date', post }
}

/** What a post becomes: fields of the post, or those of its placement on the channel. */
export type Taken =
  | { readonly kind: 'post'; readonly fields: Partial<Post> }
  | { readonly kind: 'placement'; readonly fields: Pick<Placement, 'planned' | 'plannedAt'> }

/** Two posts that take each other's time on a channel, each on the clock of its own zone. `now`: nothing is planned into the past. */
export function swapped(a: Placing, b: Placing, now: Instant): Result<readonly [Taken, Taken], SwapRefusal> {
  const stays = staysPut(a) ?? staysPut(b)
  if (stays) return err(stays)
  const [fromA, fromB] = [timeOn(a), timeOn(b)]
  // Either has one: `staysPut` says so where it has not.
  if (!fromA || !fromB) return err({ kind: 'no-date', post: fromA ? b.post : a.post })
  const first = taken(a, inZone(fromB, fromA.zone), now)
  if (!first.ok) return first
  const second = taken(b, inZone(fromA, fromB.zone), now)
  return second.ok ? ok([first.value, second.value]) : second
}

function taken(placing: Placing, to: WallTime, now: Instant): Result<Taken, SwapRefusal> {
  const { post } = placing
  if (toInstant(to) < now) return err({ kind: 'in-the-past', post, to })
  if (!movesWhole(placing)) {
    const asThePost = post.plannedAt === toInstant(to)
    return ok({ kind: 'placement', fields: ownTime(asThePost ? null : to) })
  }
  const moved = reschedule(post, to, now)
  return moved.ok ? ok({ kind: 'post', fields: moved.value }) : err({ ...moved.error, post })
}

const inZone = (wall: WallTime, zone: Zone): WallTime => (wall.zone === zone ? wall : toWall(toInstant(wall), zone))
