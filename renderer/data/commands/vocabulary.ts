/** Commands for the vocabulary of links and for links that drifted from it. */

import { withLinks } from '../../../shared/domain/links.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { DEFAULT_VOCABULARY, type Vocabulary } from '../../../shared/domain/utm.ts'
import { docOf } from '../../../shared/domain/workspace.ts'
import { ok } from '../../../shared/lib/result.ts'
import { settle } from './placementRows.ts'
import { named, type PostStore, textFields } from './posts.ts'

/** Changes the vocabulary; its row is made by the first change. `what`: the thing that was changed, in words. */
export const changeVocabulary = (
  store: PostStore,
  change: (vocabulary: Vocabulary) => Partial<Vocabulary>,
  what: string,
) =>
  store.change<null, never>({ command: 'changeVocabulary', label: what }, async (tx) => {
    const row = await tx.get('vocabulary', 'utm')
    if (row) await tx.update('vocabulary', 'utm', change(row))
    else await tx.create('vocabulary', { ...DEFAULT_VOCABULARY, ...change(DEFAULT_VOCABULARY) })
    return ok(null)
  })

export interface Mended {
  /** Titles of posts whose links were changed, in the base text or on a channel. */
  readonly posts: readonly { readonly title: string }[]
  /** How many posts are out: their texts say what was sent, and stay. */
  readonly out: number
}

/** Changes links in texts of posts and of their placements, as one undo. `textIds`: of either. */
export const mendLinks = (
  store: PostStore,
  textIds: readonly string[],
  change: (href: string, post: Post) => string,
  label: string,
) =>
  store.change<Mended, never>(
    ({ posts }) => ({ command: 'mendLinks', label: `${label} in ${named(posts)}` }),
    async (tx) => {
      const placements = await tx.getMany('placements', textIds)
      const posts = await tx.getMany('posts', [...new Set([...textIds, ...placements.map(({ postId }) => postId)])])
      const byId = new Map(posts.map((post) => [post.id, post]))
      const channelOf = new Map(placements.map((placement) => [placement.id, placement]))
      const mended = new Set<Post>()
      for (const document of await tx.getMany('documents', textIds)) {
        const own = channelOf.get(document.id)
        const post = byId.get(own?.postId ?? document.id)
        if (!post || post.status === 'published') continue
        const doc = docOf(document)
        const next = withLinks(doc, (href) => change(href, post))
        if (next === doc) continue
        await tx.replaceList('documents', document.id, 'content', next.content)
        if (own) await settle(tx, own, textFields(next))
        else await tx.update('posts', post.id, textFields(next))
        mended.add(post)
      }
      return ok({ posts: [...mended], out: posts.filter(({ status }) => status === 'published').length })
    },
  )
