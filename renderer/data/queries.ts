/** What screens watch. Every function reads an index and only the range that is asked for; wrap them in a live query. */

import { Dexie } from 'dexie'
import type { Channel } from '../../shared/domain/channel.ts'
import { cardsOf, type Placement } from '../../shared/domain/placement.ts'
import type { Post } from '../../shared/domain/post.ts'
import { openSlots } from '../../shared/domain/slots.ts'
import { POST_STATUSES, type PostStatus } from '../../shared/domain/status.ts'
import { addDays, type DateRange, dateAt, type Instant, type IsoDate } from '../../shared/domain/time.ts'
import type { WorkspaceDb } from './db.ts'
import type { ChangeHead } from './log.ts'

const alive = (row: { readonly trashedAt: number }) => row.trashedAt === 0

/** Posts planned in [from, to), by time. */
export const postsPlannedBetween = async (db: Plan, from: Instant, to: Instant): Promise<Post[]> =>
  (await db.posts.where('plannedAt').between(from, to, true, false).toArray()).filter(alive)

/** Where posts and their own times stand: a database, or a transaction. */
export type Plan = Pick<WorkspaceDb, 'posts' | 'placements'>

/**
 * What goes out in [from, to), as cards: the posts planned then, and channels of posts that have a time of their own then, wherever
 * the plan of their post is. Both are found by the index of their time.
 */
export async function cardsBetween(db: Plan, from: Instant, to: Instant): Promise<Post[]> {
  const [posts, here] = await Promise.all([
    postsPlannedBetween(db, from, to),
    db.placements.where('plannedAt').between(Math.max(0, from), to, true, false).toArray(),
  ])
  const known = new Map(posts.map((post) => [post.id, post]))
  const away = here.map(({ postId }) => postId).filter((id) => !known.has(id))
  const [theirs, others] = await Promise.all([
    // A cursor over the placements there are, which are few, not over the posts.
    db.placements
      .where('postId')
      .anyOf([...known.keys()])
      .toArray(),
    db.posts.bulkGet([...new Set(away)]),
  ])
  const byPost = (rows: readonly Placement[]) => Map.groupBy(rows, ({ postId }) => postId)
  const [ofKnown, ofOthers] = [byPost(theirs), byPost(here)]
  const within = ({ plannedAt }: Post) => plannedAt >= from && plannedAt < to
  const cards = posts.flatMap((post) => cardsOf(post, ofKnown.get(post.id) ?? [])).filter(within)
  const apart = others.flatMap((post) =>
    post && alive(post) ? cardsOf(post, ofOthers.get(post.id) ?? []).slice(1) : [],
  )
  return [...cards, ...apart]
}

const DAY = 86_400_000
/** Slots come back every week; what is full for so long is full. */
const WEEKS = [1, 6] as const

/**
 * The first slot of a channel from `after` on that nothing of the plan stands in; null: it has none, or they are taken for weeks.
 * `taken`: moments that are filled beside those of the plan.
 */
export async function nextFreeSlot(
  db: Plan,
  channel: Channel,
  after: Instant,
  taken: readonly Instant[] = [],
): Promise<Instant | null> {
  if (channel.slots.length === 0) return null
  const { id, zone } = channel
  const here = taken.map((plannedAt) => ({ channelIds: [id], plannedAt }))
  for (const weeks of WEEKS) {
    // A day to each side, for what stands just beyond the edge.
    const cards = await cardsBetween(db, after - DAY, after + (7 * weeks + 2) * DAY)
    const from = dateAt(after, zone)
    const [slot] = openSlots([channel], { from, to: addDays(from, 7 * weeks) }, [...cards, ...here], zone, after)
    if (slot) return slot.at
  }
  return null
}

/** Posts without a date, latest touched first. */
export const undatedPosts = async (db: WorkspaceDb): Promise<Post[]> =>
  (await db.posts.where('plannedAt').equals(-1).toArray()).filter(alive).sort((a, b) => b.updatedAt - a.updatedAt)

export const postsOfCampaign = async (db: WorkspaceDb, campaignId: string): Promise<Post[]> =>
  (await db.posts.where('campaignId').equals(campaignId).toArray())
    .filter(alive)
    .sort((a, b) => a.plannedAt - b.plannedAt)

/** Latest touched posts, for lists; `limit` bounds the reading. */
export const recentPosts = (db: WorkspaceDb, limit: number): Promise<Post[]> =>
  db.posts.orderBy('updatedAt').reverse().filter(alive).limit(limit).toArray()

export const tasksOfCampaign = async (db: WorkspaceDb, campaignId: string) =>
  (await db.tasks.where('campaignId').equals(campaignId).toArray()).filter(alive).sort((a, b) => a.order - b.order)

/** Day notes that touch a range of days. */
export const dayNotesIn = async (db: WorkspaceDb, { from, to }: DateRange) =>
  (await db.dayNotes.where('on').belowOrEqual(to).toArray()).filter((note) => alive(note) && note.until >= from)

/** Posts whose internal deadline lies in a range of days. */
export const postsDueIn = async (db: WorkspaceDb, from: IsoDate, to: IsoDate): Promise<Post[]> =>
  (await db.posts.where('dueOn').between(from, to, true, true).toArray()).filter(alive)

/** What happened to one post, newest first. */
export const activityOf = (db: WorkspaceDb, entityId: string, limit = 200): Promise<ChangeHead[]> =>
  latestOf(db, [entityId], limit)

/** The same for a campaign, with what happened to its posts and tasks. */
export async function activityOfCampaign(db: WorkspaceDb, campaignId: string, limit = 200): Promise<ChangeHead[]> {
  const [posts, tasks] = await Promise.all([
    db.posts.where('campaignId').equals(campaignId).primaryKeys(),
    db.tasks.where('campaignId').equals(campaignId).primaryKeys(),
  ])
  return latestOf(db, [campaignId, ...posts, ...tasks], limit)
}

const latestOf = async (db: WorkspaceDb, entities: readonly string[], limit: number): Promise<ChangeHead[]> =>
  (await db.changes.where('entities').anyOf(entities).distinct().toArray())
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, limit)

export const trashedPosts = (db: WorkspaceDb): Promise<Post[]> =>
  db.posts.where('trashedAt').above(0).reverse().sortBy('trashedAt')

const statusRange = (db: WorkspaceDb, status: PostStatus, campaignId: string | null) =>
  campaignId === null
    ? db.posts.where('[status+trashedAt+order]').between([status, 0, Dexie.minKey], [status, 0, Dexie.maxKey])
    : db.posts
        .where('[campaignId+trashedAt+status+order]')
        .between([campaignId, 0, status, Dexie.minKey], [campaignId, 0, status, Dexie.maxKey])

/** The first posts of a board column, in its order. `campaignId`: '' without a campaign, null of all. */
export const columnOfPosts = (
  db: WorkspaceDb,
  status: PostStatus,
  campaignId: string | null,
  limit: number,
): Promise<Post[]> => statusRange(db, status, campaignId).limit(limit).toArray()

/** How many posts are in any of some states. Counted in the index: asked again only when a status changes. */
export const countIn = async (db: WorkspaceDb, ...statuses: readonly PostStatus[]): Promise<number> => {
  const counts = await Promise.all(statuses.map((status) => statusRange(db, status, null).count()))
  return counts.reduce((sum, count) => sum + count, 0)
}

export type StatusCounts = Readonly<Record<PostStatus, number>>

/** How many posts there are by status, counted on the index. `campaignId`: '' without a campaign, null of all. */
export async function countByStatus(db: WorkspaceDb, campaignId: string | null): Promise<StatusCounts> {
  const counts = await Promise.all(POST_STATUSES.map((status) => statusRange(db, status, campaignId).count()))
  return Object.fromEntries(POST_STATUSES.map((status, index) => [status, counts[index] ?? 0])) as Record<
    PostStatus,
    number
  >
}
