import type { Medium } from '../../../../shared/domain/medium.ts'
import { type PlacedMedium, placed } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { changeMedia } from '../../../data/commands/placements.ts'
import { plural, useUndo } from '../../../parts/index.ts'
import { explainMedia } from '../../../parts/media/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { useAddFiles } from '../../../ports/media.ts'
import { useReference } from '../../../ports/reference.tsx'
import { toast } from '../../../ui/index.ts'
import { channelsOf, usePlacements } from '../networks/NetworksProvider.tsx'
import { BASE } from '../networks/state.ts'
import { useVariants } from '../networks/useVariants.ts'
import { channelWords } from '../networks/words.ts'

type Change = (list: readonly PlacedMedium[]) => readonly PlacedMedium[]

/** The pictures of a post, or of one channel: its own, once they were changed there. */
export function useMediaList(post: Post, channelId: string) {
  const { store } = useDeps()
  const { undo } = useUndo()
  const addFiles = useAddFiles()
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
  const append = async (media: readonly Medium[]): Promise<void> => {
    if (media.length === 0) return
    await change((now) => [...now, ...media.flatMap(placed)], 'Media')
    toast({ text: `Added ${plural(media.length, 'file')}`, undo })
  }
  return {
    list,
    /** The channel has a list of its own. */
    own: own !== null,
    /** The channel in words; '' for the post. */
    on,
    change,
    /** Files from outside: into the library, where the same file is there once, then to the end of the list. */
    add: async (files: readonly File[]): Promise<void> => {
      const { outcomes } = await addFiles(files.map((file) => ({ file, folder: '' })))
      for (const outcome of outcomes)
        if (outcome.kind === 'refused') toast({ text: explainMedia(outcome.name, outcome.refusal), tone: 'refused' })
      await append(outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [] : outcome.medium)))
    },
    /** Files of the library, to the end of the list. */
    append,
    remove: async (mediumId: string): Promise<void> => {
      await change((now) => now.filter((medium) => medium.mediumId !== mediumId), 'Pictures')
      toast({ text: 'Taken out of the post; the picture is kept', undo })
    },
    /** Lets the channel have the pictures of the post again. */
    rejoin: () => rejoinMedia(channelId, on),
  }
}
