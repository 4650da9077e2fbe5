import type { Post } from '../../shared/domain/post.ts'
import { isCommitted, type PostStatus } from '../../shared/domain/status.ts'
import { useDeps } from '../ports/deps.tsx'

/**
 * Says which posts stay at their networks, where what was done looks as if they came down: they were deleted or lost their date, or
 * (`status`) are no longer meant to be out. `posts`: as they were before.
 */
export function useSayStillOut(): (posts: readonly Post[], status?: PostStatus) => Promise<void> {
  const { db } = useDeps()
  return async (posts, status) => {
    const taken = status ? posts.filter((post) => isCommitted(post.status) && !isCommitted(status)) : posts
    // Not on the first screen.
    if (taken.length > 0) await (await import('./stillOut.ts')).sayStillOut(db, taken)
  }
}

/** Says which posts stay at networks they were taken off. `posts`: as they were before; `now`: the channels of each afterwards. */
export function useSayStillOn(): <P extends Pick<Post, 'id' | 'title' | 'channelIds'>>(
  posts: readonly P[],
  now: (post: P) => readonly string[],
) => Promise<void> {
  const { db } = useDeps()
  return async (posts, now) => {
    const left = new Map(posts.map((post) => [post.id, post.channelIds.filter((id) => !now(post).includes(id))]))
    const taken = posts.filter(({ id }) => left.get(id)?.length)
    if (taken.length > 0) await (await import('./stillOut.ts')).sayStillOut(db, taken, left)
  }
}
