/** The links of all texts, for the report on how far they drifted. */
import { linksOf } from '../../shared/domain/links.ts'
import type { Post } from '../../shared/domain/post.ts'
import type { UsedLink } from '../../shared/domain/utm.ts'
import type { WorkspaceDb } from './db.ts'

const PAGE = 500

export interface UsedLinks {
  readonly links: readonly UsedLink[]
  /** Text id -> its post. */
  readonly posts: ReadonlyMap<string, Post>
}

/** Reads every text, a page at a time. Only links that are `wanted`; posts in the trash and cancelled ones do not count. */
export async function readUsedLinks(db: WorkspaceDb, wanted: (href: string) => boolean): Promise<UsedLinks> {
  const links: UsedLink[] = []
  for (let last = ''; ; ) {
    const page = await db.documents.where('id').above(last).limit(PAGE).toArray()
    for (const { id, content } of page)
      for (const href of linksOf({ content })) if (wanted(href)) links.push({ textId: id, href })
    if (page.length < PAGE) break
    last = page.at(-1)?.id ?? ''
  }
  const textIds = [...new Set(links.map(({ textId }) => textId))]
  const placements = await db.placements.bulkGet(textIds)
  const rows = await db.posts.bulkGet(textIds.map((id, at) => placements[at]?.postId ?? id))
  const posts = new Map(
    textIds.flatMap((id, at) => {
      const post = rows[at]
      return post && post.trashedAt === 0 && post.status !== 'cancelled' ? [[id, post] as const] : []
    }),
  )
  return { links: links.filter(({ textId }) => posts.has(textId)), posts }
}
