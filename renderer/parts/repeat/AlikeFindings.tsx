import { useEffect, useState } from 'react'
import { type Alike, repeatedNear } from '../../../shared/domain/clash.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { Finding } from '../../ui/index.ts'
import { alikeTo, alikeWords, wordsOf } from './alike.ts'

const SHOWN = 2
/** Milliseconds a text rests before it is compared: autosave may write it again at once. */
const REST_MS = 300

/** Says which posts near its day say nearly the same as this one, on whatever channel. */
export function AlikeFindings({ post }: { post: Post }) {
  const { db, clock } = useDeps()
  const { id, title } = post
  const words = useQuery((live) => wordsOf(live, { id, title }), [id, title])
  const [alike, setAlike] = useState<readonly Alike[]>([])
  useEffect(() => {
    if (words === undefined) return
    const asking = new AbortController()
    const later = setTimeout(async () => {
      const found = await alikeTo(db, id, words, asking.signal)
      if (!asking.signal.aborted) setAlike(found)
    }, REST_MS)
    return () => {
      asking.abort()
      clearTimeout(later)
    }
  }, [db, id, words])
  // What is out cannot be mended any more.
  if (post.status === 'published' || post.status === 'cancelled') return null
  const near = repeatedNear(post, post.plannedAt >= 0 ? post.plannedAt : clock.now(), alike)
  return near
    .slice(0, SHOWN)
    .map((one) => (
      <Finding
        key={one.post.id}
        tone="warning"
        text={`${alikeWords(one)}.`}
        actions={[{ label: 'Open that one', onSelect: () => go({ screen: 'write', postId: one.post.id }) }]}
      />
    ))
}
