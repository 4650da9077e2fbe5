/** One change for many posts: read for the preview, written as one step. */
import { type BulkChange, type BulkRow, type BulkTexts, bulkRow, isUnchanged } from '../../../shared/domain/bulk.ts'
import { ok, type Result } from '../../../shared/lib/result.ts'
import type { WorkspaceDb } from '../db.ts'
import { moveOwnTimes } from './placementRows.ts'
import { named, type PostStore, textFields } from './posts.ts'

/** What a change would make of posts, in the order of `ids`. Texts are read only where words are to be replaced. */
export async function previewBulk(
  db: WorkspaceDb,
  ids: readonly string[],
  change: BulkChange,
  now: number,
): Promise<BulkRow[]> {
  const posts = (await db.posts.bulkGet([...ids])).flatMap((post) => (post && post.trashedAt === 0 ? [post] : []))
  const texts = change.replace?.find
    ? await textsOf(
        db,
        posts.map(({ id }) => id),
      )
    : new Map<string, BulkTexts>()
  return posts.map((post) => bulkRow(post, texts.get(post.id) ?? {}, change, now))
}

/** The texts of posts: their own and those of their channels. */
async function textsOf(db: WorkspaceDb, ids: readonly string[]): Promise<Map<string, BulkTexts>> {
  const own = (
    await db.placements
      .where('postId')
      .anyOf([...ids])
      .toArray()
  ).filter(({ detached }) => detached)
  const documents = await db.documents.bulkGet([...ids, ...own.map(({ id }) => id)])
  const owner = new Map([...ids.map((id) => [id, id] as const), ...own.map(({ id, postId }) => [id, postId] as const)])
  const texts = new Map<string, Record<string, BulkTexts[string]>>()
  for (const document of documents) {
    const postId = document && owner.get(document.id)
    if (!postId) continue
    texts.set(postId, { ...texts.get(postId), [document.id]: document.content })
  }
  return texts
}

/** Applies a change to posts as one step: those it is refused for are left out, those it does not change too. Gives the changed. */
export const changeMany = (
  store: PostStore,
  db: WorkspaceDb,
  ids: readonly string[],
  change: BulkChange,
): Promise<Result<BulkRow[], never>> =>
  store.change<BulkRow[], never>(
    (rows) => ({ command: 'changeMany', label: `Changed ${named(rows.map(({ post }) => post))}` }),
    async (tx) => {
      // Read inside the transaction: what the preview showed may have changed since.
      const rows = (await previewBulk(db, ids, change, tx.now)).filter((row) => !row.refusal && !isUnchanged(row))
      for (const { post, texts } of rows) {
        for (const [id, content] of Object.entries(texts)) {
          await tx.replaceList('documents', id, 'content', content)
          if (id !== post.id) await tx.update('placements', id, textFields({ type: 'doc', content }))
        }
      }
      await tx.updateMany(
        'posts',
        rows.map(({ post, fields, texts }) => {
          const content = texts[post.id]
          return {
            id: post.id,
            fields: { ...fields, ...(content ? textFields({ type: 'doc', content }) : {}), updatedAt: tx.now },
          }
        }),
      )
      await moveOwnTimes(
        tx,
        rows.flatMap(({ post, fields }) => (fields.planned ? [{ post, to: fields.planned }] : [])),
      )
      return ok(rows)
    },
  )
