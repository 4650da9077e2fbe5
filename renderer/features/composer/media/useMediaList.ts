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
import { channelWords } from '../networks/words.ts'
import { usePictures } from '../pictures.ts'

type Change = (list: readonly PlacedMedium[]) => readonly PlacedMedium[]

/** The pictures of a post, or of one channel: its own, once they were changed there. */
export function useMediaList(post: Post, channelId: string) {
  const { store } = useDeps()
  const { undo } = useUndo()
  const { keep } = usePictures()
  const { rejoinMedia } = useVariants(post)
  const channels = channelsOf(post, useReference())
  const channel = channels.find(({ id }) => id === channelId)
  const own = usePlacements()?.byChannel.get(channelId)?.media ?? null
  const list = own ?? post.media
  const on = channel ? channelWords(channel, channels) : ''

  const change = async (next: Change, what: string, gesture?: string): Promise<void> => {
    const apart = channelId !== BASE
    await changeMedia(store, post.id, apart ? channelId : null, next, apart ? `${what} on ${on}` : what, gesture)
    if (apart && own === null) toast({ text: `${on} has pictures of its own now`, undo })
  }
  return {
    list,
    /** The channel has a list of its own. */
    own: own !== null,
    /** The channel in words; '' for the post. */
    on,
    change,
    /** The one way media come in: kept on this computer, then put at the end of the list. */
    add: async (files: readonly File[]): Promise<void> => {
      const kept: PlacedMedium[] = []
      for (const file of files) {
        const picture = await keep(file)
        if (picture) kept.push(...placed({ id: picture.mediumId }))
      }
      if (kept.length === 0) return
      await change((now) => [...now, ...kept], 'Pictures')
      toast({ text: `Added ${plural(kept.length, 'picture')}`, undo })
    },
    remove: async (mediumId: string): Promise<void> => {
      await change((now) => now.filter((medium) => medium.mediumId !== mediumId), 'Pictures')
      toast({ text: 'Taken out of the post; the picture is kept', undo })
    },
    /** Lets the channel have the pictures of the post again. */
    rejoin: () => rejoinMedia(channelId, on),
  }
}
