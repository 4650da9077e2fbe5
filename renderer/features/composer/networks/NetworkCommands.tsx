import { channelWords } from '../../../../shared/domain/channel.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { type Command, useCommands } from '../../../ports/commands.ts'
import { useReference } from '../../../ports/reference.tsx'
import { channelsOf, usePlacements } from './NetworksProvider.tsx'
import { BASE, showText } from './state.ts'
import { useFindings } from './useFindings.ts'
import { useVariants } from './useVariants.ts'

/** The commands about one channel, by what they do: menus ask for them by these ids. */
export const channelCommands = (channelId: string): string[] =>
  ['text', 'own', 'rejoin', 'pictures', 'off'].map((what) => `write.${what}.${channelId}`)

/** What the keys and the palette can do with the networks of the open post. Draws nothing. */
export function NetworkCommands({ post }: { post: Post }) {
  const channels = channelsOf(post, useReference())
  const placements = usePlacements()
  const { stops, looks, next, previous } = useFindings(post)
  const { detach, rejoin, rejoinMedia, takeOff } = useVariants(post)
  const some = () => stops + looks > 0
  const section = 'Write'

  const ofChannels = channels.flatMap((channel): Command[] => {
    const { id } = channel
    const on = channelWords(channel, channels)
    const placement = placements?.byChannel.get(id)
    return [
      { id: `write.text.${id}`, title: `Go to the text for ${on}`, section, run: () => showText(id) },
      placement?.detached
        ? {
            id: `write.rejoin.${id}`,
            title: `Rejoin base: ${on}`,
            section,
            words: 'variant',
            run: () => void rejoin(id, on),
          }
        : {
            id: `write.own.${id}`,
            title: `Write its own: ${on}`,
            section,
            words: 'variant detach',
            run: () => void detach(id, on),
          },
      ...(placement?.media
        ? [
            {
              id: `write.pictures.${id}`,
              title: `Pictures of the post again: ${on}`,
              section,
              run: () => void rejoinMedia(id, on),
            },
          ]
        : []),
      { id: `write.off.${id}`, title: `Take this post off ${on}`, section, run: () => void takeOff(id, on) },
    ]
  })
  useCommands([
    {
      id: 'write.nextFinding',
      title: 'Go to the next finding',
      section,
      keys: 'F8',
      inFields: true,
      words: 'error warning problem',
      enabled: some,
      run: next,
    },
    {
      id: 'write.previousFinding',
      title: 'Go to the finding before',
      section,
      keys: 'Shift+F8',
      inFields: true,
      enabled: some,
      run: previous,
    },
    { id: 'write.base', title: 'Go to the base text', section, run: () => showText(BASE) },
    ...ofChannels,
  ])
  return null
}
