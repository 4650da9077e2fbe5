import { type Channel, channelWords } from '../../shared/domain/channel.ts'
import type { Post } from '../../shared/domain/post.ts'
import type { FoundOn } from '../../shared/platforms/assess.ts'
import { useDeps } from '../ports/deps.tsx'
import { useReference } from '../ports/reference.tsx'
import { useMark } from '../ports/rules.ts'

/** Channels by their ids, as far as words need them. */
export interface Channels {
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
  // Not on the first screen.
  return async (posts) => (await import('./sayUnfit.ts')).sayUnfit(db.name, clock.now(), posts, reference)
}
