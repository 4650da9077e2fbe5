/** Finds which of the posts that were read are in the workspace already. */
import type { Post } from '../../../shared/domain/post.ts'
import { saidBy } from '../../data/commands/importPosts.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import type { Item } from './reading.ts'

export interface Existing {
  readonly postId: string
  readonly title: string
  /** What they have in common, as the end of "Already here: ...". */
  readonly why: 'the same id' | 'the same file' | 'the same title and date'
}

const PAGE = 1000
const titleKey = (title: string, date: string) => `${title.trim().toLocaleLowerCase()}|${date}`

/** Key of an item -> the post that is here. Reads the posts a page at a time; what lies in the trash does not count. */
export async function findExisting(db: WorkspaceDb, items: readonly Item[]): Promise<ReadonlyMap<string, Existing>> {
  const byId = new Map<string, Post>()
  const byPath = new Map<string, Post>()
  const byTitle = new Map<string, Post>()
  let last = ''
  for (;;) {
    const page = await db.posts.where('id').above(last).limit(PAGE).toArray()
    for (const post of page) {
      if (post.trashedAt !== 0) continue
      byId.set(post.id, post)
      const { id } = saidBy(post.source)
      if (id) byId.set(id, post)
      // A table or calendar holds many posts under one path.
      if (post.source?.kind === 'markdown') byPath.set(post.source.path, post)
      if (post.title) byTitle.set(titleKey(post.title, post.planned?.date ?? ''), post)
    }
    if (page.length < PAGE) break
    last = page.at(-1)?.id ?? ''
  }
  return new Map(
    items.flatMap(({ key, post }) => {
      const found = (of: Post | undefined, why: Existing['why']) => of && { postId: of.id, title: of.title, why }
      const existing =
        found(post.id === '' ? undefined : byId.get(post.id), 'the same id') ??
        found(post.source.kind === 'markdown' ? byPath.get(post.source.path) : undefined, 'the same file') ??
        found(byTitle.get(titleKey(post.title, post.planned?.date ?? '')), 'the same title and date')
      return existing ? [[key, existing] as const] : []
    }),
  )
}
