import type { Post } from '../../../shared/domain/post.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useUndo } from '../useUndo.ts'

/** What the toast about a moved occurrence offers; nothing for a post that stands alone. Its road is loaded when it is taken. */
export function useMoveFollowing() {
  const deps = useDeps()
  const { undo } = useUndo()
  return (post: Pick<Post, 'id' | 'seriesId'>) =>
    post.seriesId === ''
      ? undefined
      : {
          label: 'Move those after it too',
          onSelect: async () => {
            const { spread } = await import('./spread.ts')
            await spread(deps, post, 'following', { content: false, time: true }, undo)
          },
        }
}
