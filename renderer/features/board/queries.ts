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
 * Columns of posts, in board order, `limitOf` posts of each. Narrowed to one campaign (or none) it is read from an index; any
 * other filter reads the columns it concerns.
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
  return Promise.all(
    wanted.map(async (status) => {
      const posts = (await columnOfPosts(db, status, null, Number.POSITIVE_INFINITY)).filter((post) =>
        matches(post, filter),
      )
      return { status, count: posts.length, posts: posts.slice(0, limitOf(status)) }
    }),
  )
}

/** Counts by status of some campaigns, by id. */
export async function contentOf(
  db: WorkspaceDb,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, StatusCounts>> {
  return new Map(await Promise.all(campaignIds.map(async (id) => [id, await countByStatus(db, id)] as const)))
}
