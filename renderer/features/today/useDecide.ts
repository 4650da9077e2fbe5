import type { Post } from '../../../shared/domain/post.ts'
import type { PostStatus } from '../../../shared/domain/status.ts'
import { setStatus } from '../../data/commands/posts.ts'
import { explain, useUndo } from '../../parts/index.ts'
import { mayHave } from '../../parts/ready.ts'
import { useDeps } from '../../ports/deps.tsx'
import { toast } from '../../ui/index.ts'

/** Sets the status of a post and says so in the words given, or says why not. */
export function useDecide() {
  const { store, db, clock } = useDeps()
  const { undo } = useUndo()
  return async (post: Post, status: PostStatus, words: string) => {
    if (!(await mayHave({ db, clock }, [post.id], status))) return
    const result = await setStatus(store, [post.id], status, words)
    toast(
      result.ok
        ? { text: `“${post.title || 'Untitled'}”: ${words}`, undo }
        : { text: explain(result.error), tone: 'refused' },
    )
  }
}
