import { useEffect, useState } from 'react'
import type { Alike } from '../../../shared/domain/clash.ts'
import { postOf } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { useDeps } from '../../ports/deps.tsx'

const NONE: readonly Alike[] = []

/** Posts that say nearly the same as the one in the hand: asked once when it is taken, none until the answer is there. */
export function useAlike(held: Pick<Post, 'id' | 'title' | 'seriesId'> | undefined): readonly Alike[] {
  const { db } = useDeps()
  const [answer, setAnswer] = useState({ id: '', alike: NONE })
  const id = postOf(held?.id ?? '')
  const title = held?.title ?? ''
  const seriesId = held?.seriesId ?? ''
  useEffect(() => {
    if (id === '') return
    const asking = new AbortController()
    const ask = async () => {
      const { alikeTo, wordsOf } = await import('../../parts/repeat/alike.ts')
      const alike = await alikeTo(db, { id, seriesId }, await wordsOf(db, { id, title }), asking.signal)
      if (!asking.signal.aborted) setAnswer({ id, alike })
    }
    void ask()
    return () => asking.abort()
  }, [db, id, title, seriesId])
  return answer.id === id ? answer.alike : NONE
}
