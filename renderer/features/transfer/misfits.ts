/** What the networks would say of posts that are to be brought in: they come in all the same. */
import { useEffect, useState } from 'react'
import type { Channel } from '../../../shared/domain/channel.ts'
import { ABOUT_NOTHING, type Medium } from '../../../shared/domain/medium.ts'
import { placed } from '../../../shared/domain/placement.ts'
import { toInstant } from '../../../shared/domain/time.ts'
import { docOf } from '../../../shared/domain/workspace.ts'
import type { WorkspaceContent } from '../../../shared/interchange/json.ts'
import { pictureFinder } from '../../../shared/interchange/picture-path.ts'
import type { FoundOn, Placings } from '../../../shared/platforms/assess.ts'
import { channelCalled, channelIn } from '../../data/commands/importPosts.ts'
import type { PickedFile } from '../../parts/picked.ts'
import { foundWords } from '../../parts/useUnfit.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useReference } from '../../ports/reference.tsx'
import { rulesOf } from '../../ports/rules.ts'
import { type Choices, statusAfter } from './check.ts'
import type { Item, Reading } from './reading.ts'

/** Key of an item -> sentences, one for each thing that would not fit. */
export type Misfits = ReadonlyMap<string, readonly string[]>
const NO_MISFITS: Misfits = new Map()

type NamedChannel = Pick<Channel, 'id' | 'network' | 'kind' | 'name'>

/** Asked about in such heaps, so that the first answers are there soon. */
const AT_ONCE = 100

const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
}

/** A picture that was not opened yet: its type by its name, its size, and nothing else; what is not known is not checked. */
const unopened = ({ path, file }: PickedFile): Medium => ({
  ...ABOUT_NOTHING,
  id: path,
  name: path,
  kind: 'image',
  type: TYPES[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? '',
  size: file.size,
  width: 0,
  height: 0,
  shape: '',
  orientation: 1,
  animated: false,
  seconds: 0,
  pages: 0,
  preview: true,
  hash: '',
  createdAt: 0,
})

/** The channels a post will go to: those it names, else the one chosen for all that name none. */
export function channelsFor(
  words: readonly string[],
  here: readonly Channel[],
  chosen: string,
): readonly NamedChannel[] {
  const named = words.flatMap((word): NamedChannel[] => {
    const known = channelCalled(here, word)
    const made = known ?? channelIn(word)
    // One that will be made only then has no id yet.
    return made ? [{ kind: 'page', ...made, id: known?.id ?? word }] : []
  })
  if (named.length > 0) return [...new Map(named.map((channel) => [channel.id, channel])).values()]
  return here.filter(({ id }) => id === chosen)
}

type Asked = Placings & { readonly channels: readonly NamedChannel[] }

function fromFile(
  { key, post }: Item,
  channels: readonly NamedChannel[],
  find: (address: string, from: string) => PickedFile | undefined,
): Asked {
  const file = post.image ? find(post.image, post.source.path) : undefined
  const medium = file && { ...unopened(file), alt: post.imageAlt }
  const { title, summary, doc, planned } = post
  return {
    post: { id: key, title, summary, media: placed(medium), plannedAt: planned ? toInstant(planned) : -1 },
    channels,
    placements: new Map(),
    base: doc,
    own: new Map(),
    media: new Map(medium ? [[medium.id, medium]] : []),
  }
}

/** A post of an export of Outpost comes in with all it is on its channels. */
function fromExport(item: Item, contents: readonly WorkspaceContent[]): Asked | undefined {
  const content = contents.find(({ posts }) => posts.some(({ id }) => id === item.rowId))
  const post = content?.posts.find(({ id }) => id === item.rowId)
  if (!content || !post) return undefined
  const placements = content.placements.filter(({ postId }) => postId === post.id)
  const textOf = (id: string) => docOf(content.documents.find((document) => document.id === id))
  return {
    post: { ...post, id: item.key },
    channels: content.channels.filter(({ id }) => post.channelIds.includes(id)),
    placements: new Map(placements.map((row) => [row.channelId, row])),
    base: textOf(post.id),
    own: new Map(placements.filter(({ detached }) => detached).map(({ id, channelId }) => [channelId, textOf(id)])),
    media: new Map(content.media.map((medium) => [medium.id, medium])),
  }
}

interface Ask {
  readonly reading: Reading | null
  readonly files: readonly PickedFile[]
  readonly channelId: string
  readonly statusWords: Choices['statusWords']
}

/** What would not fit, asked again whenever channels or answers change. What is out already is not asked about. */
export function useMisfits({ reading, files, channelId, statusWords }: Ask): Misfits {
  const { db, clock } = useDeps()
  const { channels } = useReference()
  const [misfits, setMisfits] = useState(NO_MISFITS)
  useEffect(() => {
    setMisfits(NO_MISFITS)
    if (!reading) return
    let over = false
    const find = pictureFinder(files)
    const asked = reading.items.flatMap((item): Asked[] => {
      const status = statusAfter(item.post, statusWords, clock.now())
      if (status === 'published' || status === 'cancelled') return []
      const placings =
        fromExport(item, reading.contents) ??
        fromFile(item, channelsFor(item.post.channels, channels.list, channelId), find)
      return placings.channels.length > 0 ? [placings] : []
    })
    const ask = async () => {
      if (asked.length === 0) return
      const rules = await rulesOf(db.name)
      const found = new Map<string, readonly string[]>()
      for (let at = 0; at < asked.length && !over; at += AT_ONCE) {
        const heap = asked.slice(at, at + AT_ONCE)
        const verdicts = await rules.judge(heap)
        verdicts.forEach((verdict, index) => {
          const words = wordsOf(verdict.found, heap[index]?.channels ?? [])
          if (words.length > 0) found.set(verdict.postId, words)
        })
        if (!over) setMisfits(new Map(found))
      }
    }
    void ask()
    return () => {
      over = true
    }
  }, [db.name, clock, channels, reading, files, channelId, statusWords])
  return misfits
}

/** What is missing in every text of a table, such as an alt text, is no news: only what a network refuses is said. */
function wordsOf(found: readonly FoundOn[], channels: readonly NamedChannel[]): string[] {
  const byId = new Map(channels.map((channel) => [channel.id, channel]))
  const post = { channelIds: channels.map(({ id }) => id) }
  return found
    .filter(({ finding }) => finding.severity === 'error')
    .map((one) => foundWords(one, post, { channels: byId }))
}
