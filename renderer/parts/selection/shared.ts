/** What several posts have in common, and what is changed in all of them. */

import type { Post } from '../../../shared/domain/post.ts'
import { ok } from '../../../shared/lib/result.ts'
import { named, type PostStore } from '../../data/commands/posts.ts'

/** The value all have, and how many different ones there are. `value` is null where they differ. */
export function inCommon<T extends string>(
  posts: readonly Post[],
  read: (post: Post) => T,
): { readonly value: T | null; readonly different: number } {
  const values = new Set(posts.map(read))
  const [value = null] = values
  return { value: values.size === 1 ? value : null, different: values.size }
}

type ListKey = 'labels' | 'channelIds'

/** What every one of them has in a list, in the order of the first. */
export const allHave = (posts: readonly Post[], key: ListKey): readonly string[] =>
  (posts[0]?.[key] ?? []).filter((id) => posts.every((post) => post[key].includes(id)))

/** Turns what all have in common into `next`; what else each of them has stays. One change, one undo. */
export const changeLists = (
  store: PostStore,
  ids: readonly string[],
  key: ListKey,
  next: readonly string[],
  what: string,
) =>
  store.change<readonly Post[], never>(
    (posts) => ({ command: 'editPosts', label: `${what} of ${named(posts)}` }),
    async (tx) => {
      const posts = await tx.getMany('posts', ids)
      const gone = allHave(posts, key).filter((id) => !next.includes(id))
      await tx.updateMany(
        'posts',
        posts.map((post) => {
          const kept = post[key].filter((id) => !gone.includes(id))
          return { id: post.id, fields: { [key]: [...kept, ...next.filter((id) => !kept.includes(id))] } }
        }),
      )
      return ok(posts)
    },
  )
