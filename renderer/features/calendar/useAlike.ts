import { useEffect, useState } from 'react'
import type { Alike } from '../../../shared/domain/clash.ts'
import { postOf } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { useDeps } from '../../ports/deps.tsx'

const NONE: readonly Alike[] = []

/** Posts that say nearly the same as the one in the hand: asked once when it is taken, none until the answer is there. */
export function useAlike(held: Post | undefined): readonly Alike[] {
  const { db } = useDeps()
  const [answer, setAnswer] = useState({ held, alike: NONE })
  useEffect(() => {
    if (!held) return
    const asking = new AbortController()
    const ask = async () => {
      const { alikeTo, wordsOf } = await import('../../parts/repeat/alike.ts')
      const post = { ...held, id: postOf(held.id) }
      const alike = await alikeTo(db, post, await wordsOf(db, post), asking.signal)
      if (!asking.signal.aborted) setAnswer({ held, alike })
    }
    void ask()
    return () => asking.abort()
  }, [db, held])
  return answer.held === held ? answer.alike : NONE
}
