/** The list beside the text as rows: heads and posts. Pure. */
import type { Post } from '../../../shared/domain/post.ts'
import { addDays, type Instant, type IsoDate, startOfDay, type Zone } from '../../../shared/domain/time.ts'
import type { ListedPosts } from './queries.ts'

export type ListRow =
  | { readonly kind: 'head'; readonly key: string; readonly words: string }
  | { readonly kind: 'post'; readonly key: string; readonly post: Post }

const rowsOf = (words: string, posts: readonly Post[]): ListRow[] =>
  posts.length === 0
    ? []
    : [{ kind: 'head', key: words, words }, ...posts.map((post): ListRow => ({ kind: 'post', key: post.id, post }))]

/** `week`: first day of this week. */
export function rowsOfList({ ahead, undated, past }: ListedPosts, week: IsoDate, zone: Zone): ListRow[] {
  const next: Instant = startOfDay(addDays(week, 7), zone)
  const later: Instant = startOfDay(addDays(week, 14), zone)
  return [
    ...rowsOf(
      'This week',
      ahead.filter(({ plannedAt }) => plannedAt < next),
    ),
    ...rowsOf(
      'Next week',
      ahead.filter(({ plannedAt }) => plannedAt >= next && plannedAt < later),
    ),
    ...rowsOf('No date', undated),
    ...rowsOf(
      'Later',
      ahead.filter(({ plannedAt }) => plannedAt >= later),
    ),
    ...rowsOf('Earlier', past),
  ]
}
