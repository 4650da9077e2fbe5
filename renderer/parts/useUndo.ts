import { useDeps } from '../ports/deps.tsx'
import { select } from '../ports/navigation.ts'
import { announce, toast } from '../ui/index.ts'

/** Undo and redo for buttons, keys and toasts: runs it, selects what came back, says what was undone. */
export function useUndo() {
  const { store, db } = useDeps()
  const step = async (direction: 'undo' | 'redo') => {
    const done = await store[direction]()
    const word = direction === 'undo' ? 'Undone' : 'Redone'
    if (!done) return announce(direction === 'undo' ? 'Nothing to undo.' : 'Nothing to redo.')
    const posts = (await db.posts.bulkGet([...done.entities])).filter(
      (post) => post !== undefined && post.trashedAt === 0,
    )
    if (posts.length > 0 && posts.length <= 200) select(posts.flatMap((post) => (post ? [post.id] : [])))
    toast({ id: 'undo', text: `${word}: ${done.label}` })
  }
  return { undo: () => void step('undo'), redo: () => void step('redo') }
}
