import { TriangleAlert } from 'lucide-react'
import { postIdIn } from '../../shared/domain/placement.ts'
import type { Post } from '../../shared/domain/post.ts'
import type { Instant } from '../../shared/domain/time.ts'
import { go } from '../ports/navigation.ts'
import { rulesOf } from '../ports/rules.ts'
import { toast } from '../ui/index.ts'
import { type Channels, stopWords } from './useUnfit.ts'

/** What moved posts do not fit any more, as a message that leads to the first of it. `posts`: as they were before. */
export async function sayUnfit(
  dbName: string,
  now: Instant,
  posts: readonly Post[],
  channels: Channels,
): Promise<void> {
  const [verdict, ...others] = await (await rulesOf(dbName)).moved(posts, now)
  const [first] = verdict?.found ?? []
  // A card may be one channel of its post.
  const post = posts.find(({ id }) => (postIdIn(id) ?? id) === verdict?.postId)
  if (!verdict || !first || !post) return
  const { postId, found } = verdict
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  const whose = posts.length === 1 ? '' : `“${post.title || 'Untitled'}”${more}: `
  const at = { channelId: first.channelId, place: first.finding.place }
  toast({
    id: 'unfit',
    icon: TriangleAlert,
    text: `${whose}${stopWords(found, post, channels)}`,
    action: { label: 'Go to it', onSelect: () => go({ screen: 'write', postId, at }) },
  })
}
