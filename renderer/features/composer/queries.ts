/**
 * What the list beside the text reads. Its order comes from indexes alone: a text that is saved while one types changes none of them, so nothing
 * here is asked again then, however many posts there are. Rows are read of what is in sight.
 */
import type { Collection } from 'dexie'
import { matches } from '../../../shared/domain/filter.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { Instant } from '../../../shared/domain/time.ts'
import { NO_FILTER, type PostFilter } from '../../../shared/domain/workspace.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { rowsOfList } from './groups.ts'

/** Where the list is divided: the first instants of this week, of the next one, and of the one after. */
export interface Weeks {
  readonly thisWeek: Instant
  readonly nextWeek: Instant
  readonly later: Instant
}

/** Ids of posts, by the part of the list they stand in. */
export interface ListedPosts {
  /** Soonest first, as the two after it. */
  readonly thisWeek: readonly string[]
  readonly nextWeek: readonly string[]
  readonly later: readonly string[]
  /** Newest first. */
  readonly undated: readonly string[]
  /** Before this week, latest first. */
  readonly past: readonly string[]
  /** Whether a part ended at the limit, so that there may be more. */
  readonly more: boolean
}

/** For each list of a filter that has an index, the ids of its posts. */
function askedBy(db: WorkspaceDb, filter: PostFilter): Promise<string[]>[] {
  const { statuses, ownerIds, campaignIds, channelIds, labels } = filter
  const lists = { status: statuses, ownerId: ownerIds, campaignId: campaignIds, channelIds, labels }
  return Object.entries(lists).flatMap(([index, wanted]) =>
    wanted.length > 0
      ? [
          db.posts
            .where(index)
            .anyOf([...wanted])
            .primaryKeys(),
        ]
      : [],
  )
}

/** What of a filter no index knows: it is asked of the rows. Null: nothing. */
export const unindexed = ({ pillarIds, text }: PostFilter): PostFilter | null =>
  pillarIds.length > 0 || text.trim() !== '' ? { ...NO_FILTER, pillarIds, text } : null

/** The posts of the list, but for what `unindexed` asks. `limit` bounds each part. */
export async function listPosts(
  db: WorkspaceDb,
  filter: PostFilter,
  weeks: Weeks,
  limit: number,
): Promise<ListedPosts> {
  const questions = askedBy(db, filter)
  const [trashed, ...sets] = await Promise.all([db.posts.where('trashedAt').above(0).primaryKeys(), ...questions])
  const gone = new Set(trashed)
  const left = sets.map((ids) => new Set(ids))
  const keeps = (id: string) => !gone.has(id) && left.every((set) => set.has(id))
  const planned = db.posts.where('plannedAt')
  const parts: readonly (readonly [range: Collection<Post, string>, backwards: boolean])[] = [
    [planned.between(weeks.thisWeek, weeks.nextWeek), false],
    [planned.between(weeks.nextWeek, weeks.later), false],
    [planned.aboveOrEqual(weeks.later), false],
    [planned.equals(-1), true],
    [planned.between(-1, weeks.thisWeek, false, false), true],
  ]
  const read = await Promise.all(
    parts.map(async ([range, backwards]) => {
      // With a filter the limit counts what is left by it; backwards the database only goes step by step.
      if (left.length === 0) {
        const ids = await (backwards ? range.reverse() : range).limit(limit).primaryKeys()
        return { ids: ids.filter(keeps), more: ids.length === limit }
      }
      const ids = (await range.primaryKeys()).filter(keeps)
      return { ids: (backwards ? ids.reverse() : ids).slice(0, limit), more: ids.length > limit }
    }),
  )
  const [thisWeek = [], nextWeek = [], later = [], undated = [], past = []] = read.map(({ ids }) => ids)
  return { thisWeek, nextWeek, later, undated, past, more: read.some(({ more }) => more) }
}

/** Of some posts in their order those that pass; what is gone does not. */
export async function passing(db: WorkspaceDb, ids: readonly string[], filter: PostFilter): Promise<Post[]> {
  const rows = await db.posts.bulkGet([...ids])
  return rows.filter((row) => row !== undefined).filter((row) => matches(row, filter))
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
  weeks: Weeks,
): Promise<string | undefined> {
  if ((await db.posts.get(last))?.trashedAt === 0) return last
  const { thisWeek, nextWeek, later, undated, past } = await listPosts(db, filter, weeks, LOOKED_AT)
  const ahead = [...thisWeek, ...nextWeek, ...later]
  const rows = await passing(db, [...ahead, ...undated, ...past], filter)
  const next = rows.find(
    ({ status, plannedAt }) => plannedAt >= weeks.thisWeek && status !== 'published' && status !== 'cancelled',
  )
  return (next ?? rows[0])?.id
}

/** How far the list is read for a neighbour. */
const NEAR = 200

/** The post the list shows after one, else the one before it; undefined where it stands alone. */
export async function neighbourInList(
  db: WorkspaceDb,
  id: string,
  filter: PostFilter,
  weeks: Weeks,
): Promise<string | undefined> {
  const rows = rowsOfList(await listPosts(db, filter, weeks, NEAR))
  const keys = rows.flatMap((row) => (row.kind === 'post' ? [row.key] : []))
  const ids = unindexed(filter) ? (await passing(db, keys, filter)).map((post) => post.id) : keys
  const at = ids.indexOf(id)
  return ids[at + 1] ?? ids[at - 1]
}

export const countPosts = (db: WorkspaceDb): Promise<number> => db.posts.where('trashedAt').equals(0).count()
