import type { Post } from '../../../../shared/domain/post.ts'
import { useCommands } from '../../../ports/commands.ts'
import { useReference } from '../../../ports/reference.tsx'
import { channelsOf } from './NetworksProvider.tsx'
import { BASE, showText } from './state.ts'
import { useFindings } from './useFindings.ts'
import { channelWords } from './words.ts'

/** What the keys and the palette can do with the networks of the open post. Draws nothing. */
export function NetworkCommands({ post }: { post: Post }) {
  const channels = channelsOf(post, useReference())
  const { stops, looks, next, previous } = useFindings(post)
  const some = () => stops + looks > 0
  useCommands([
    {
      id: 'write.nextFinding',
      title: 'Go to the next finding',
      section: 'Write',
      keys: 'F8',
      inFields: true,
      words: 'error warning problem',
      enabled: some,
      run: next,
    },
    {
      id: 'write.previousFinding',
      title: 'Go to the finding before',
      section: 'Write',
      keys: 'Shift+F8',
      inFields: true,
      enabled: some,
      run: previous,
    },
    { id: 'write.base', title: 'Go to the base text', section: 'Write', run: () => showText(BASE) },
    ...channels.map((channel) => ({
      id: `write.text.${channel.id}`,
      title: `Go to the text for ${channelWords(channel, channels)}`,
      section: 'Write',
      run: () => showText(channel.id),
    })),
  ])
  return null
}
