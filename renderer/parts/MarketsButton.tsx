import { Globe } from 'lucide-react'
import type { Post } from '../../shared/domain/post.ts'
import { Button } from '../ui/index.ts'
import { marketWords, useMarkets } from './useMarkets.ts'

/** Below a plan: its clock time in the zone of every channel. Not there where all channels are in one zone. */
export function MarketsButton({ post }: { post: Pick<Post, 'id' | 'planned' | 'channelIds'> }) {
  const { differ, inEach } = useMarkets()
  if (!differ(post)) return null
  return (
    <Button variant="ghost" size="sm" icon={Globe} onClick={() => void inEach(post)}>
      {marketWords(post)}
    </Button>
  )
}
