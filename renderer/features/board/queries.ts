/** What the board watches: a page of each column and exact counts. */
import { matches } from '../../../shared/domain/filter.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { POST_STATUSES, type PostStatus } from '../../../shared/domain/status.ts'
import { NO_FILTER, type PostFilter } from '../../../shared/domain/workspace.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { columnOfPosts, countByStatus, type StatusCounts } from '../../data/queries.ts'

/** Cancelled posts are no step of the work; they are found by the filter of the calendar. */
export const BOARD_STATUSES = POST_STATUSES.filter((status) => status !== 'cancelled')

export interface PostColumn {
  readonly status: PostStatus
  readonly count: number
  readonly posts: readonly Post[]
}

/**
 * Columns of posts, in board order, `limitOf` posts of each. Narrowed to one campaign (or none) a column is a range of an index and
 * only its first posts are read; any other filter reads what the narrowest of its lists lets through.
 */
export async function postColumns(
  db: WorkspaceDb,
  filter: PostFilter,
  limitOf: (status: PostStatus) => number,
): Promise<PostColumn[]> {
  const wanted = BOARD_STATUSES.filter((status) => filter.statuses.length === 0 || filter.statuses.includes(status))
  const [campaignId] = filter.campaignIds
  const campaignOnly = JSON.stringify({ ...filter, campaignIds: [], statuses: [] }) === JSON.stringify(NO_FILTER)
  if (campaignOnly && filter.campaignIds.length <= 1) {
    const counts = await countByStatus(db, campaignId ?? null)
    return Promise.all(
      wanted.map(async (status) => ({
        status,
        count: counts[status],
        posts: await columnOfPosts(db, status, campaignId ?? null, limitOf(status)),
      })),
    )
  }
  const found = (await narrowed(db, filter).toArray()).filter((post) => post.trashedAt === 0 && matches(post, filter))
  const byStatus = Map.groupBy(found, ({ status }) => status)
  return wanted.map((status) => {
    const posts = (byStatus.get(status) ?? []).sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
    return { status, count: posts.length, posts: posts.slice(0, limitOf(status)) }
  })
}

/** The posts a filter can let through, by the first of its lists that has an index; text and pillars have none. */
function narrowed({ posts }: WorkspaceDb, { campaignIds, channelIds, ownerIds, labels }: PostFilter) {
  if (campaignIds.length > 0) return posts.where('campaignId').anyOf(campaignIds)
  if (channelIds.length > 0) return posts.where('channelIds').anyOf(channelIds).distinct()
  if (ownerIds.length > 0) return posts.where('ownerId').anyOf(ownerIds)
  if (labels.length > 0) return posts.where('labels').anyOf(labels).distinct()
  return posts.where('trashedAt').equals(0)
}

/** Counts by status of some campaigns, by id. */
export async function contentOf(
  db: WorkspaceDb,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, StatusCounts>> {
  return new Map(await Promise.all(campaignIds.map(async (id) => [id, await countByStatus(db, id)] as const)))
}
