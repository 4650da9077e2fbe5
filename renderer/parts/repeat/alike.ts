import { type Alike, type AlikePost, SAME } from '../../../shared/domain/clash.ts'
import { plainText } from '../../../shared/domain/document.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { docOf } from '../../../shared/domain/workspace.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { searchOf } from '../../ports/search.ts'
import { formatDay } from '../format.ts'

/** The words a post is compared by. */
export const wordsOf = async (db: WorkspaceDb, { id, title }: Pick<Post, 'id' | 'title'>): Promise<string> =>
  plainText(docOf(await db.documents.get(id))) || title

/**
 * Posts outside its series that say nearly the same as a post with these words, the likeliest first; waits until all are indexed.
 * None once the signal is given: nobody wants the answer any more, and the search works for one question after the other.
 */
export async function alikeTo(
  db: WorkspaceDb,
  { id, seriesId }: Pick<Post, 'id' | 'seriesId'>,
  words: string,
  signal: AbortSignal,
): Promise<readonly Alike[]> {
  const search = searchOf(db.name)
  await search.ready()
  if (signal.aborted) return []
  return search.alike(words, { except: id, exceptSeries: seriesId })
}

/** `Nearly the same as “Tea” on Fri 9 Oct (82 %)` */
export function alikeWords({ post, likeness }: Alike): string {
  const title = titled(post)
  return likeness >= SAME ? `The same as ${title}` : `Nearly the same as ${title} (${Math.round(likeness * 100)} %)`
}

/** `Said before: “Tea” on Fri 9 Oct 2025 (82 % the same)` */
export const saidBeforeWords = ({ post, likeness }: Alike): string =>
  `Said before: ${titled(post)}${likeness >= SAME ? '' : ` (${Math.round(likeness * 100)} % the same)`}`

const titled = ({ title, planned }: AlikePost) =>
  `“${title || 'Untitled'}”${planned ? ` on ${formatDay(planned.date)}` : ''}`
