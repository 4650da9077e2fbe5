import { channelWords } from '../../../../shared/domain/channel.ts'
import type { Medium } from '../../../../shared/domain/medium.ts'
import { type PlacedMedium, placed } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { changeMedia } from '../../../data/commands/placements.ts'
import { plural, useUndo } from '../../../parts/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { useReference } from '../../../ports/reference.tsx'
import { toast } from '../../../ui/index.ts'
import { channelsOf, usePlacements } from '../networks/NetworksProvider.tsx'
import { BASE } from '../networks/state.ts'
import { useVariants } from '../networks/useVariants.ts'

type Change = (list: readonly PlacedMedium[]) => readonly PlacedMedium[]

/** The media of a post, or of one channel: its own, once they were changed there. */
export function useMediaList(post: Post, channelId: string) {
  const { store } = useDeps()
  const { undo } = useUndo()
  const { rejoinMedia } = useVariants(post)
  const channels = channelsOf(post, useReference())
  const channel = channels.find(({ id }) => id === channelId)
  const own = usePlacements()?.byChannel.get(channelId)?.media ?? null
  const on = channel ? channelWords(channel, channels) : ''

  const change = async (next: Change, what: string, gesture?: string): Promise<void> => {
    const apart = channelId !== BASE
    await changeMedia(store, post.id, apart ? channelId : null, next, apart ? `${what} on ${on}` : what, gesture)
    if (apart && own === null) toast({ text: `${on} has pictures of its own now`, undo })
  }
  return {
    list: own ?? post.media,
    /** The channel has a list of its own. */
    own: own !== null,
    /** The channel in words; '' for the post. */
    on,
    change,
    /** Puts media of the library at the end of the list; those that stand in it already stay where they are. */
    add: async (media: readonly Medium[]): Promise<void> => {
      if (media.length === 0) return
      await change((now) => {
        const there = new Set(now.map(({ mediumId }) => mediumId))
        return [...now, ...media.flatMap((medium) => (there.has(medium.id) ? [] : placed(medium)))]
      }, 'Pictures')
      toast({ text: `Put ${plural(media.length, 'file')} into the post`, undo })
    },
    remove: async (mediumId: string): Promise<void> => {
      await change((now) => now.filter((medium) => medium.mediumId !== mediumId), 'Pictures')
      toast({ text: 'Taken out of the post; it stays in the library', undo })
    },
    /** Lets the channel have the pictures of the post again. */
    rejoin: () => rejoinMedia(channelId, on),
  }
}
