/** The pool of posts that may go out again, and filling gaps from it. */
import type { Evergreen, EvergreenRule, GapFill } from '../../../shared/domain/evergreen.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { toWall, type Zone } from '../../../shared/domain/time.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { ok, type Result } from '../../../shared/lib/result.ts'
import type { WorkspaceDb } from '../db.ts'
import { copyPlacements } from './placementRows.ts'
import { blankPost, editPosts, ON_ITS_OWN, type PostStore } from './posts.ts'

/** Puts posts into the pool, changes their rule, or takes them out (null). */
export const setEvergreen = (store: PostStore, ids: readonly string[], rule: EvergreenRule | null) =>
  editPosts(store, ids, { evergreen: rule, inPool: rule ? 1 : 0 }, rule ? 'Evergreen' : 'No evergreen any more:')

/** The pool with where each was used: itself and its copies, planned ones included. */
export async function readPool(db: WorkspaceDb): Promise<{ post: Post; evergreen: Evergreen }[]> {
  const posts = (await db.posts.where('inPool').equals(1).toArray()).filter(({ trashedAt }) => trashedAt === 0)
  const copies = await db.posts
    .where('evergreenOf')
    .anyOf(posts.map(({ id }) => id))
    .toArray()
  const byOriginal = Map.groupBy(copies, ({ evergreenOf }) => evergreenOf)
  return posts.flatMap((post) => {
    if (!post.evergreen) return []
    const uses = [post, ...(byOriginal.get(post.id) ?? [])]
      .filter((use) => use.trashedAt === 0 && use.plannedAt >= 0 && use.status !== 'cancelled')
      .map(({ plannedAt, channelIds }) => ({ at: plannedAt, channelIds }))
    return [{ post, evergreen: { postId: post.id, rule: post.evergreen, channelIds: post.channelIds, uses } }]
  })
}

/** Plans copies of evergreens into slots, one channel each, as one step. */
export const fillFromPool = (store: PostStore, fills: readonly GapFill[], zone: Zone): Promise<Result<Post[], never>> =>
  store.change<Post[], never>(
    (posts) => ({ command: 'fillFromPool', label: `Filled ${posts.length === 1 ? 'a gap' : `${posts.length} gaps`}` }),
    async (tx) => {
      const originals = new Map(
        (await tx.getMany('posts', [...new Set(fills.map(({ postId }) => postId))])).map((post) => [post.id, post]),
      )
      const documents = new Map(
        (await tx.getMany('documents', [...originals.keys()])).map((document) => [document.id, document]),
      )
      const made = fills.flatMap(({ slot, postId }, index) => {
        const from = originals.get(postId)
        if (!from) return []
        const to = blankPost(tx.now, {
          ...from,
          id: newId(),
          planned: toWall(slot.at, zone),
          status: 'draft',
          channelIds: [slot.channelId],
          ...ON_ITS_OWN,
          evergreenOf: from.id,
          source: null,
          order: tx.now + index,
          createdAt: tx.now,
          updatedAt: tx.now,
        })
        return [{ from, to }]
      })
      await tx.createMany(
        'posts',
        made.map(({ to }) => to),
      )
      await tx.createMany(
        'documents',
        made.map(({ from, to }) => ({ id: to.id, content: documents.get(from.id)?.content ?? [] })),
      )
      await copyPlacements(
        tx,
        made.filter(({ to }) => to.channelIds.length > 0),
      )
      return ok(made.map(({ to }) => to))
    },
  )
