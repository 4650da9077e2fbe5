import { useEffect, useState } from 'react'
import { type Alike, repeatedNear } from '../../../shared/domain/clash.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { saidBefore } from '../../../shared/domain/saidBefore.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { Finding } from '../../ui/index.ts'
import { alikeTo, alikeWords, saidBeforeWords, wordsOf } from './alike.ts'

const SHOWN = 2
/** Milliseconds a text rests before it is compared: autosave may write it again at once. */
const REST_MS = 300

/** Says which posts near its day say nearly the same as this one, on whatever channel; else when it was said last. */
export function AlikeFindings({ post }: { post: Post }) {
  const { db, clock } = useDeps()
  const { id, title, seriesId } = post
  const words = useQuery((live) => wordsOf(live, { id, title }), [id, title])
  const [alike, setAlike] = useState<readonly Alike[]>([])
  useEffect(() => {
    if (words === undefined) return
    const asking = new AbortController()
    const later = setTimeout(async () => {
      const found = await alikeTo(db, { id, seriesId }, words, asking.signal)
      if (!asking.signal.aborted) setAlike(found)
    }, REST_MS)
    return () => {
      asking.abort()
      clearTimeout(later)
    }
  }, [db, id, seriesId, words])
  // What is out cannot be mended any more.
  if (post.status === 'published' || post.status === 'cancelled') return null
  const at = post.plannedAt >= 0 ? post.plannedAt : clock.now()
  const near = repeatedNear(post, at, alike).slice(0, SHOWN)
  const before = near.length === 0 ? saidBefore(post, at, alike) : null
  const open = (postId: string) => [
    { label: 'Open that one', onSelect: () => go({ screen: 'write' as const, postId }) },
  ]
  return (
    <>
      {near.map((one) => (
        <Finding key={one.post.id} tone="warning" text={`${alikeWords(one)}.`} actions={open(one.post.id)} />
      ))}
      {before && <Finding tone="note" text={`${saidBeforeWords(before)}.`} actions={open(before.post.id)} />}
    </>
  )
}
