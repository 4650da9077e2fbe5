import type { Post } from '../../../../shared/domain/post.ts'
import type { PostStatus } from '../../../../shared/domain/status.ts'
import { blockers } from '../../../../shared/platforms/index.ts'
import { useReference } from '../../../ports/reference.tsx'
import { toast } from '../../../ui/index.ts'
import { channelsOf, useNetworks } from './NetworksProvider.tsx'
import { goTo, targetOf, useWriting } from './state.ts'
import { channelWords } from './words.ts'

/** Nothing gets these while a network would refuse it. */
export const CHECKED: ReadonlySet<PostStatus> = new Set(['review', 'scheduled'])

/**
 * Sets a status once the networks have seen the last word: a button that was free a moment ago must not let through what was
 * typed since. Refuses with the first reason, and leads to it.
 */
export function useReadiness(post: Post, setStatus: (status: PostStatus) => Promise<unknown>) {
  const { settle, placements } = useNetworks()
  const channels = channelsOf(post, useReference())
  return async (status: PostStatus): Promise<void> => {
    if (CHECKED.has(status)) {
      await settle()
      const { findings } = useWriting.getState()
      for (const channel of channels) {
        const [first] = blockers(findings[channel.id] ?? [])
        if (!first) continue
        return void toast({
          text: `Not yet, ${channelWords(channel, channels)}: ${first.sentence}`,
          tone: 'refused',
          action: {
            label: 'Go to it',
            onSelect: () => goTo(targetOf(channel.id, first.place, placements?.byChannel.get(channel.id))),
          },
        })
      }
    }
    await setStatus(status)
  }
}
