import { createContext, type ReactNode, use, useEffect, useMemo, useRef } from 'react'
import type { Channel } from '../../../../shared/domain/channel.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import type { PostStatus } from '../../../../shared/domain/status.ts'
import type { Instant } from '../../../../shared/domain/time.ts'
import { docOf, type StoredDocument } from '../../../../shared/domain/workspace.ts'
import type { Placings } from '../../../../shared/platforms/assess.ts'
import type { Wording } from '../../../../shared/platforms/content.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { useQuery } from '../../../ports/live.ts'
import { type Reference, useReference } from '../../../ports/reference.tsx'
import { rulesOf } from '../../../ports/rules.ts'
import { useMentions, useVocabulary } from '../../../ports/vocabulary.ts'
import { type Checker, createChecker } from './checker.ts'
import { drafts } from './drafts.ts'
import { type Placements, readPlacements } from './queries.ts'
import { beginWriting, keepAssessments } from './state.ts'

interface Networks {
  /** Null while they are read. */
  readonly placements: Placements | null
  /** The post on all its channels as it stands this moment, unsaved words included. */
  readonly placings: () => Placings | null
}

const NetworksContext = createContext<Networks | null>(null)

export function useNetworks(): Networks {
  const networks = use(NetworksContext)
  if (!networks) throw new Error('useNetworks outside of its provider')
  return networks
}
export const usePlacements = (): Placements | null => useNetworks().placements

/** The channels of a post that are there, in the order of the post. */
export const channelsOf = (post: Pick<Post, 'channelIds'>, { channels }: Pick<Reference, 'channels'>): Channel[] =>
  post.channelIds.flatMap((id) => channels.get(id) ?? [])

interface NetworksProviderProps {
  /** Null while none is open. */
  post: Post | null
  stored: StoredDocument | undefined
  children: ReactNode
}

/** Reads what the open post is on its channels, and has it assessed while one types. */
export function NetworksProvider({ post, stored, children }: NetworksProviderProps) {
  const { db, clock } = useDeps()
  const reference = useReference()
  const read = useQuery(
    async (db) => (post ? { postId: post.id, placements: await readPlacements(db, post) } : null),
    [post?.id, post?.channelIds.join(), post?.media.map(({ mediumId }) => mediumId).join()],
  )
  // The answer about the post before stays until the next one is there.
  const placements = read && read.postId === post?.id ? read.placements : null
  const wording = useWording()
  const latest = useRef({ post, stored, placements, reference, wording, now: clock.now })
  latest.current = { post, stored, placements, reference, wording, now: clock.now }
  const checker = useRef<Checker | null>(null)

  useEffect(() => {
    const assess = async (placings: Placings) => (await rulesOf(db.name)).assess(placings)
    const made = createChecker(() => placingsOf(latest.current), assess, keepAssessments)
    const stop = drafts.onChange(made.touch)
    checker.current = made
    return () => {
      stop()
      made.stop()
      checker.current = null
    }
  }, [db.name])

  useEffect(() => {
    if (post) beginWriting(post.id)
  }, [post])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changes is read when it is asked about
  useEffect(() => checker.current?.touch(), [post, stored, placements, reference.channels, wording])

  const value = useMemo(
    (): Networks => ({
      placements,
      placings: () => placingsOf(latest.current),
    }),
    [placements],
  )
  return <NetworksContext value={value}>{children}</NetworksContext>
}

/** How the workspace names people and tags links; undefined while it is read. */
function useWording(): Wording | undefined {
  const mentions = useMentions()
  const vocabulary = useVocabulary()
  return useMemo(() => mentions && vocabulary && { mentions, vocabulary }, [mentions, vocabulary])
}

interface Known {
  readonly post: Post | null
  readonly stored: StoredDocument | undefined
  readonly placements: Placements | null
  readonly reference: Reference
  readonly wording: Wording | undefined
  readonly now: () => Instant
}

/** What is out, or goes nowhere, is asked about no times. */
const TIMELESS: ReadonlySet<PostStatus> = new Set(['published', 'cancelled'])

function placingsOf({ post, stored, placements, reference, wording, now }: Known): Placings | null {
  if (!post || !placements) return null
  const own = [...placements.own].map(
    ([channelId, document]) => [channelId, drafts.get(document.id) ?? docOf(document)] as const,
  )
  return {
    post: { id: post.id, title: post.title, summary: post.summary, media: post.media, plannedAt: post.plannedAt },
    channels: channelsOf(post, reference).map(({ id, network, kind }) => ({ id, network, kind })),
    placements: placements.byChannel,
    base: drafts.get(post.id) ?? docOf(stored),
    own: new Map(own),
    media: placements.media,
    wording,
    now: TIMELESS.has(post.status) ? undefined : now(),
  }
}
