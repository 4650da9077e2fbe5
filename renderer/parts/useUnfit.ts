import { TriangleAlert } from 'lucide-react'
import { type Channel, channelWords } from '../../shared/domain/channel.ts'
import { postIdIn } from '../../shared/domain/placement.ts'
import type { Post } from '../../shared/domain/post.ts'
import type { FoundOn } from '../../shared/platforms/assess.ts'
import { useDeps } from '../ports/deps.tsx'
import { go } from '../ports/navigation.ts'
import { useReference } from '../ports/reference.tsx'
import { rulesOf, useMark } from '../ports/rules.ts'
import { toast } from '../ui/index.ts'

/** Channels by their ids, as far as words need them. */
interface Channels {
  readonly channels: { get(id: string): Pick<Channel, 'network' | 'name'> | undefined }
}

/** `X: Text has 300 characters ...`; the network is not named twice. */
export function foundWords(
  { channelId, finding: { sentence } }: FoundOn,
  { channelIds }: Pick<Post, 'channelIds'>,
  { channels }: Channels,
): string {
  const channel = channels.get(channelId)
  const name =
    channel &&
    channelWords(
      channel,
      channelIds.flatMap((id) => channels.get(id) ?? []),
    )
  return name && !sentence.startsWith(name) ? `${name}: ${sentence}` : sentence
}

const andMore = (words: string, more: number): string => (more > 0 ? `${words} And ${more} more.` : words)

/** What keeps a post that is in sight from going out, in words; undefined where nothing does, and until that is known. */
export const useStops = (post: Post): string | undefined => stopWords(useMark(post), post, useReference())

export function stopWords(
  [first, ...others]: readonly FoundOn[],
  post: Pick<Post, 'channelIds'>,
  reference: Channels,
): string | undefined {
  return first && andMore(foundWords(first, post, reference), others.length)
}

/** Says what posts, or single channels of them, do not fit any more where they were moved to. `posts`: as they were before. */
export function useSayUnfit(): (posts: readonly Post[]) => Promise<void> {
  const { db, clock } = useDeps()
  const reference = useReference()
  return async (posts) => {
    const verdicts = await (await rulesOf(db.name)).moved(posts, clock.now())
    const [first] = verdicts
    const [found, ...others] = first?.found ?? []
    // A card may be one channel of its post.
    const post = posts.find(({ id }) => (postIdIn(id) ?? id) === first?.postId)
    if (!found || !post) return
    const words = andMore(foundWords(found, post, reference), others.length)
    const whose =
      posts.length === 1
        ? ''
        : `“${post.title || 'Untitled'}”${verdicts.length > 1 ? ` and ${verdicts.length - 1} more` : ''}: `
    const { channelId } = found
    toast({
      id: 'unfit',
      icon: TriangleAlert,
      text: `${whose}${words}`,
      action: {
        label: 'Go to it',
        onSelect: () => go({ screen: 'write', postId: first?.postId, at: { channelId, place: found.finding.place } }),
      },
    })
  }
}
