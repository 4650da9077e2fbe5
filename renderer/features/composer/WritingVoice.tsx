import { type ReactNode, useMemo, useRef } from 'react'
import { compileBrandWords } from '../../../shared/domain/brandWords.ts'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { POST_VARIABLES, SNIPPET_KINDS, valuesOf, variablesIn } from '../../../shared/domain/snippet.ts'
import { allowedValues, suggestedTags } from '../../../shared/domain/utm.ts'
import { keepPostAsTemplate } from '../../data/commands/templates.ts'
import { type EditorHandle, type Insertable, type Voice, VoiceProvider } from '../../editor/index.ts'
import { formatDay, useUndo } from '../../parts/index.ts'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { go } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { useBrandWords, useMentions, useSnippets, useVocabulary } from '../../ports/vocabulary.ts'
import { toast } from '../../ui/index.ts'

/** Gives the editors inside what the workspace says and how, and the screen the commands for it. */
export function WritingVoice({ post, children }: { post: Post; children: ReactNode }) {
  const active = useRef<EditorHandle | null>(null)
  const voice = useWritingVoice(post, active)
  return (
    <VoiceProvider value={voice}>
      <VoiceCommands post={post} active={active} ready={voice !== null} />
      {children}
    </VoiceProvider>
  )
}

type Active = { current: EditorHandle | null }

/** Null while it loads. A new one only when something in it differs: editors look their texts through again. */
function useWritingVoice(post: Post, active: Active): Voice | null {
  const { channels, campaigns, people } = useReference()
  const snippets = useSnippets()
  const mentions = useMentions()
  const brandWords = useBrandWords()
  const vocabulary = useVocabulary()
  const latest = useRef({ post, channels, campaigns, people })
  latest.current = { post, channels, campaigns, people }

  const words = useMemo(() => brandWords && compileBrandWords(brandWords), [brandWords])
  const campaign = campaigns.get(post.campaignId)
  const on = post.planned?.date ?? null
  // As one word, so that a save of the post is no other list.
  const networkIds = [...new Set(post.channelIds.flatMap((id) => channels.get(id)?.network ?? []))].join(' ')
  const links = useMemo(
    () =>
      vocabulary && {
        vocabulary,
        allowed: allowedValues(vocabulary, campaigns.list),
        suggested: suggestedTags(campaign, on, vocabulary),
        networks: networkIds.split(' ').filter(Boolean) as NetworkId[],
      },
    [vocabulary, campaigns.list, campaign, on, networkIds],
  )
  return useMemo(() => {
    if (!snippets || !mentions || words === undefined || !links) return null
    const known = [...Object.keys(POST_VARIABLES), ...snippets.flatMap(({ text }) => variablesIn(text))]
    return {
      inserts: [
        ...snippets,
        ...mentions.map(({ id, name, neutral }): Insertable => ({ id, kind: 'mention', name, text: `@${neutral}` })),
      ],
      values: () => {
        const about = latest.current
        return valuesOf(about.post, active.current?.read() ?? { content: [] }, {
          campaign: (id) => about.campaigns.get(id)?.name ?? '',
          channel: (id) => about.channels.get(id)?.name ?? '',
          owner: (id) => about.people.get(id)?.name ?? '',
          date: formatDay,
        })
      },
      words,
      variables: new Set(known.map((name) => name.toLowerCase())),
      mentions: new Set(mentions.map(({ neutral }) => neutral)),
      links,
      openWords: () => go({ screen: 'settings', page: 'brandWords' }),
      attach: (handle, focused) => {
        if (focused || !active.current) active.current = handle
      },
      detach: (handle) => {
        if (active.current === handle) active.current = null
      },
    }
  }, [snippets, mentions, words, links, active])
}

const INSERT_TITLE = {
  snippet: 'Insert a snippet',
  hashtags: 'Insert hashtags',
  signature: 'Insert a signature',
  mention: 'Mention someone',
} as const

interface VoiceCommandsProps {
  post: Post
  active: Active
  ready: boolean
}

function VoiceCommands({ post, active, ready }: VoiceCommandsProps) {
  const { store } = useDeps()
  const { undo } = useUndo()
  const enabled = () => ready && active.current !== null
  useCommands([
    ...([...SNIPPET_KINDS, 'mention'] as const).map((kind) => ({
      id: `write.insert.${kind}`,
      title: INSERT_TITLE[kind],
      section: 'Write',
      words: 'snippet hashtags signature mention book',
      enabled,
      run: () => active.current?.chooseInsert(kind),
    })),
    {
      id: 'write.nextMarked',
      title: 'Go to the next marked word',
      section: 'Write',
      keys: 'F7',
      words: 'brand words check variables',
      inFields: true,
      enabled,
      run: () => {
        if (!active.current?.goToFlag()) toast({ id: 'marked', text: 'No word of this text is marked.' })
      },
    },
    {
      id: 'write.keepTemplate',
      title: 'Keep this post as a template',
      section: 'Write',
      run: () => {
        void keepPostAsTemplate(store, post.id).then(() =>
          toast({ text: `“${post.title || 'Untitled'}” is a template now. New post from a template offers it.`, undo }),
        )
      },
    },
  ])
  return null
}
