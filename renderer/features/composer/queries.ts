/** What the list beside the text reads: only as many posts as it shows, from the index that narrows most. */
import { filterCount, matches } from '../../../shared/domain/filter.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { type Instant, type IsoDate, startOfDay, type Zone } from '../../../shared/domain/time.ts'
import type { PostFilter } from '../../../shared/domain/workspace.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { rowsOfList } from './groups.ts'

export interface ListedPosts {
  /** From the start of this week on, soonest first. */
  readonly ahead: readonly Post[]
  /** Newest first. */
  readonly undated: readonly Post[]
  /** Before this week, latest first. */
  readonly past: readonly Post[]
  /** Whether a part ended at the limit, so that there may be more. */
  readonly more: boolean
}

/** A narrow filter is read whole through its own index and sorted here; null when no list of the filter has one. */
function narrowed(db: WorkspaceDb, filter: PostFilter): Promise<Post[]> | null {
  if (
    filter.statuses.length > 0 &&
    filter.statuses.every((status) => status !== 'published' && status !== 'cancelled')
  ) {
    return db.posts.where('status').anyOf(filter.statuses).toArray()
  }
  if (filter.ownerIds.length > 0) return db.posts.where('ownerId').anyOf(filter.ownerIds).toArray()
  if (filter.campaignIds.length > 0) return db.posts.where('campaignId').anyOf(filter.campaignIds).toArray()
  return null
}

/** The posts of the list. `week`: first instant of this week; `limit` bounds each of the three parts. */
export async function listPosts(
  db: WorkspaceDb,
  filter: PostFilter,
  week: Instant,
  limit: number,
): Promise<ListedPosts> {
  const keep = (post: Post) => post.trashedAt === 0 && matches(post, filter)
  const rows = await narrowed(db, filter)
  if (rows) {
    const kept = rows.filter(keep)
    const byTime = kept.filter(({ plannedAt }) => plannedAt >= 0).sort((a, b) => a.plannedAt - b.plannedAt)
    const parts = [
      byTime.filter(({ plannedAt }) => plannedAt >= week),
      kept.filter(({ plannedAt }) => plannedAt < 0).sort((a, b) => b.createdAt - a.createdAt),
      byTime.filter(({ plannedAt }) => plannedAt < week).reverse(),
    ]
    const [ahead = [], undated = [], past = []] = parts.map((part) => part.slice(0, limit))
    return { ahead, undated, past, more: parts.some((part) => part.length > limit) }
  }
  const parts = [
    db.posts.where('plannedAt').aboveOrEqual(week),
    db.posts.where('plannedAt').equals(-1).reverse(),
    db.posts.where('plannedAt').between(-1, week, false, false).reverse(),
  ]
  // Without a filter whole pages are read at once; a test per row would make the database walk them one by one.
  const plain = filterCount(filter) === 0
  const read = await Promise.all(parts.map((part) => (plain ? part : part.filter(keep)).limit(limit).toArray()))
  const [ahead = [], undated = [], past = []] = read.map((part) => part.filter(keep))
  return { ahead, undated, past, more: read.some((part) => part.length === limit) }
}

/** Of the posts ahead, as many as may be out already before the next one that is not. */
const LOOKED_AT = 50

/**
 * The post to show where none was asked for: the one open last, else the next of the list that is not out yet, else its first.
 * undefined where there is none.
 */
export async function postToOpen(
  db: WorkspaceDb,
  last: string,
  filter: PostFilter,
  week: Instant,
): Promise<string | undefined> {
  if ((await db.posts.get(last))?.trashedAt === 0) return last
  const { ahead, undated, past } = await listPosts(db, filter, week, LOOKED_AT)
  const next = ahead.find(({ status }) => status !== 'published' && status !== 'cancelled')
  return (next ?? ahead[0] ?? undated[0] ?? past[0])?.id
}

/** How far the list is read for a neighbour. */
const NEAR = 200

/** The post the list shows after one, else the one before it; undefined where it stands alone. `week`: first day of this week. */
export async function neighbourInList(
  db: WorkspaceDb,
  id: string,
  filter: PostFilter,
  week: IsoDate,
  zone: Zone,
): Promise<string | undefined> {
  const rows = rowsOfList(await listPosts(db, filter, startOfDay(week, zone), NEAR), week, zone)
  const ids = rows.flatMap((row) => (row.kind === 'post' ? [row.key] : []))
  const at = ids.indexOf(id)
  return ids[at + 1] ?? ids[at - 1]
}

/** How many posts wait for an approval. */
export const countWaiting = (db: WorkspaceDb): Promise<number> =>
  db.posts.where('[status+trashedAt+order]').between(['review', 0, -Infinity], ['review', 0, Infinity]).count()

export const countPosts = (db: WorkspaceDb): Promise<number> => db.posts.where('trashedAt').equals(0).count()
