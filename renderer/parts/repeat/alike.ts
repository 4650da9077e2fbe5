import { type Alike, SAME } from '../../../shared/domain/clash.ts'
import { plainText } from '../../../shared/domain/document.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { docOf } from '../../../shared/domain/workspace.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { searchOf } from '../../ports/search.ts'
import { formatDay } from '../format.ts'

/** As many as may stand near any one day. */
const MOST = 20

/** The words a post is compared by. */
export const wordsOf = async (db: WorkspaceDb, { id, title }: Pick<Post, 'id' | 'title'>): Promise<string> =>
  plainText(docOf(await db.documents.get(id))) || title

/**
 * Posts anywhere that say nearly the same as a post with these words, the likeliest first; waits until all are indexed. None once
 * the signal is given: nobody wants the answer any more, and the search works for one question after the other.
 */
export async function alikeTo(
  db: WorkspaceDb,
  postId: string,
  words: string,
  signal: AbortSignal,
): Promise<readonly Alike[]> {
  const search = searchOf(db.name)
  await search.ready()
  if (signal.aborted) return []
  return search.alike(words, { limit: MOST, except: postId })
}

/** `Nearly the same as “Tea” on Fri 9 Oct (82 %)` */
export function alikeWords({ post, likeness }: Alike): string {
  const title = `“${post.title || 'Untitled'}”${post.planned ? ` on ${formatDay(post.planned.date)}` : ''}`
  return likeness >= SAME ? `The same as ${title}` : `Nearly the same as ${title} (${Math.round(likeness * 100)} %)`
}
