/** What the pool offers for a range of days: read only, nothing is planned. */
import type { Channel } from '../../../shared/domain/channel.ts'
import {
  type Evergreen,
  fillGaps,
  type GapFill,
  nextUse,
  type OpenGap,
  openGaps,
} from '../../../shared/domain/evergreen.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { openSlots } from '../../../shared/domain/slots.ts'
import {
  addDays,
  type DateRange,
  dateAt,
  type Instant,
  type IsoDate,
  instantsOf,
  type Zone,
} from '../../../shared/domain/time.ts'
import { readPool } from '../../data/commands/evergreen.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { cardsBetween } from '../../data/queries.ts'

export interface Proposal {
  readonly fills: readonly GapFill[]
  readonly open: readonly OpenGap[]
  /** The posts of the pool by id. */
  readonly posts: ReadonlyMap<string, Post>
}

/** Open slots of channels in a range of days, and which evergreen would fill each. */
export async function proposeFills(
  db: WorkspaceDb,
  channels: readonly Channel[],
  range: DateRange,
  zone: Zone,
  now: Instant,
): Promise<Proposal> {
  const near = instantsOf({ from: addDays(range.from, -1), to: addDays(range.to, 1) }, zone)
  const [taken, pool] = await Promise.all([cardsBetween(db, near.from, near.to), readPool(db)])
  const slots = openSlots(channels, range, taken, zone, now)
  const evergreens = pool.map(({ evergreen }) => evergreen)
  const fills = fillGaps(evergreens, slots)
  return {
    fills,
    open: openGaps(evergreens, slots, fills),
    posts: new Map(pool.map(({ post }) => [post.id, post])),
  }
}

export interface PoolRow {
  readonly post: Post
  readonly evergreen: Evergreen
  /** First day it may go out again; null: not within two years. */
  readonly next: IsoDate | null
}

/** The pool, what may go out soonest first. */
export async function poolRows(db: WorkspaceDb, zone: Zone, now: Instant): Promise<PoolRow[]> {
  const today = dateAt(now, zone)
  return (await readPool(db))
    .map((row) => ({ ...row, next: nextUse(row.evergreen, today, zone) }))
    .sort((a, b) => ((a.next ?? '9') < (b.next ?? '9') ? -1 : 1))
}
