import type { Post } from '../../../shared/domain/post.ts'
import type { PostStatus } from '../../../shared/domain/status.ts'
import { setStatus } from '../../data/commands/posts.ts'
import { explain, useUndo } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { toast } from '../../ui/index.ts'

/** Sets the status of a post and says so in the words given, or says why not. */
export function useDecide() {
  const { store } = useDeps()
  const { undo } = useUndo()
  return async (post: Post, status: PostStatus, words: string) => {
    const result = await setStatus(store, [post.id], status, words)
    toast(
      result.ok
        ? { text: `“${post.title || 'Untitled'}”: ${words}`, undo }
        : { text: explain(result.error), tone: 'refused' },
    )
  }
}
