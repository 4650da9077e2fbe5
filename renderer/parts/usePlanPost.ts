import type { Post } from '../../shared/domain/post.ts'
import type { WallTime } from '../../shared/domain/time.ts'
import { named, reschedulePosts } from '../data/commands/posts.ts'
import { useDeps } from '../ports/deps.tsx'
import { toast } from '../ui/index.ts'
import { explain } from './explain.ts'
import { formatWhen } from './format.ts'
import { useMoveFollowing } from './repeat/useMoveFollowing.ts'
import { useSayStillOut } from './useSayStillOut.ts'
import { useUndo } from './useUndo.ts'
import { useSayUnfit } from './useUnfit.ts'

/** Gives one post another date, or none, and says so with the way back; a refusal says why. */
export function usePlanPost(post: Pick<Post, 'id' | 'title' | 'seriesId'> | undefined): (to: WallTime | null) => void {
  const { store } = useDeps()
  const { undo } = useUndo()
  const following = useMoveFollowing()
  const sayUnfit = useSayUnfit()
  const sayStillOut = useSayStillOut()
  return async (to) => {
    if (!post) return
    const moved = await reschedulePosts(store, [{ id: post.id, to }], to ? `to ${formatWhen(to)}` : 'to Undated')
    if (!moved.ok) return void toast({ text: explain(moved.error), tone: 'refused' })
    void sayUnfit(moved.value)
    toast({
      id: 'moved',
      text: to ? `Planned ${named([post])} for ${formatWhen(to)}` : `Took the date off ${named([post])}`,
      action: to ? following(post) : undefined,
      undo,
    })
    if (!to) void sayStillOut(moved.value)
  }
}
