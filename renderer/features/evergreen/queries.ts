/** What the pool offers for a range of days: read only, nothing is planned. */
import type { Channel } from '../../../shared/domain/channel.ts'
import { blackoutOn } from '../../../shared/domain/clash.ts'
import {
  type Evergreen,
  fillGaps,
  type GapFill,
  nextUse,
  type OpenGap,
  openGaps,
} from '../../../shared/domain/evergreen.ts'
import { holidaysIn } from '../../../shared/domain/holidays.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { openSlots, type Slot } from '../../../shared/domain/slots.ts'
import {
  addDays,
  type DateRange,
  dateAt,
  type Instant,
  type IsoDate,
  instantsOf,
  type Zone,
} from '../../../shared/domain/time.ts'
import type { Settings } from '../../../shared/domain/workspace.ts'
import { readPool } from '../../data/commands/evergreen.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { cardsBetween, dayNotesIn } from '../../data/queries.ts'

export interface Proposal {
  readonly fills: readonly GapFill[]
  readonly open: readonly OpenGap[]
  /** The posts of the pool by id. */
  readonly posts: ReadonlyMap<string, Post>
}

/** Open slots of channels in a range of days on which something may go out, and which evergreen would fill each. */
export async function proposeFills(
  db: WorkspaceDb,
  channels: readonly Channel[],
  range: DateRange,
  { zone, holidays }: Pick<Settings, 'zone' | 'holidays'>,
  now: Instant,
): Promise<Proposal> {
  const near = instantsOf({ from: addDays(range.from, -1), to: addDays(range.to, 1) }, zone)
  const [planned, pool, notes] = await Promise.all([
    cardsBetween(db, near.from, near.to),
    readPool(db),
    dayNotesIn(db, range),
  ])
  const taken = planned.filter(({ status }) => status !== 'cancelled')
  const free = holidays ? holidaysIn(holidays, range) : new Map<IsoDate, string>()
  const rules = new Map(channels.map((channel) => [channel.id, channel]))
  const slots = withinDays(openSlots(channels, range, taken, zone, now), rules, taken, zone).filter(
    ({ date, channelId }) =>
      !blackoutOn(date, notes) && !(free.has(date) && rules.get(channelId)?.quietOnHolidays === true),
  )
  const evergreens = pool.map(({ evergreen }) => evergreen)
  const fills = fillGaps(evergreens, slots)
  return {
    fills,
    open: openGaps(evergreens, slots, fills),
    posts: new Map(pool.map(({ post }) => [post.id, post])),
  }
}

/** Without those that would give a channel more posts on a day than it takes. */
function withinDays(
  slots: readonly Slot[],
  channels: ReadonlyMap<string, Channel>,
  taken: readonly Post[],
  zone: Zone,
): Slot[] {
  const count = new Map<string, number>()
  const add = (key: string) => count.set(key, (count.get(key) ?? 0) + 1)
  for (const { channelIds, plannedAt } of taken)
    for (const id of channelIds) if (channels.get(id)?.perDay) add(`${id} ${dateAt(plannedAt, zone)}`)
  return slots.filter(({ channelId, date }) => {
    const most = channels.get(channelId)?.perDay ?? 0
    if (most === 0) return true
    const key = `${channelId} ${date}`
    if ((count.get(key) ?? 0) >= most) return false
    add(key)
    return true
  })
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
