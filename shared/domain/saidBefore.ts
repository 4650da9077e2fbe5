/** When something was said last, however long ago: beside the post, not on the calendar. Pure. */
import { type Alike, sameSeries } from './clash.ts'
import type { Post } from './post.ts'
import type { Instant } from './time.ts'

/** Two posts of one evergreen: how often it is said is the rule of the pool. */
const sameEvergreen = (a: Pick<Post, 'id' | 'evergreenOf'>, b: Pick<Post, 'id' | 'evergreenOf'>) =>
  (a.evergreenOf || a.id) === (b.evergreenOf || b.id)

/** The last of those that say nearly the same before an instant, however long ago; null: it is said for the first time. */
export function saidBefore(
  post: Pick<Post, 'id' | 'seriesId' | 'evergreenOf'>,
  at: Instant,
  alike: readonly Alike[],
): Alike | null {
  const earlier = alike.filter(
    ({ post: other }) =>
      other.id !== post.id &&
      other.plannedAt >= 0 &&
      other.plannedAt < at &&
      other.status !== 'cancelled' &&
      !sameSeries(post, other) &&
      !sameEvergreen(post, other),
  )
  return earlier.reduce<Alike | null>(
    (last, one) => (last && last.post.plannedAt >= one.post.plannedAt ? last : one),
    null,
  )
}
