import { useRef } from 'react'
import { type Channel, channelWords } from '../../../../shared/domain/channel.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import type { PostStatus } from '../../../../shared/domain/status.ts'
import type { Finding } from '../../../../shared/platforms/index.ts'
import { keepsFrom } from '../../../parts/ready.ts'
import { useReference } from '../../../ports/reference.tsx'
import type { Condition } from '../../../ui/index.ts'
import { channelsOf, usePlacements } from './NetworksProvider.tsx'
import type { Placements } from './queries.ts'
import { BASE, type FindingsByChannel, goTo, keyOf, type Target, targetOf, useWriting } from './state.ts'

interface Found {
  readonly channel: Channel
  readonly finding: Finding
  readonly target: Target
}

/** Missing for all that share a picture; past for all that share a time. */
const FOR_ALL: ReadonlySet<string> = new Set(['alt-missing', 'time-past'])

/** What is found in the order of the channels. What several say about a picture they share is one thing. */
function allFound(channels: readonly Channel[], byChannel: FindingsByChannel, placements: Placements | null): Found[] {
  const byKey = new Map<string, Found>()
  for (const channel of channels) {
    for (const finding of byChannel[channel.id] ?? []) {
      const target = targetOf(channel.id, finding.place, placements?.byChannel.get(channel.id))
      const key = `${keyOf(target)} ${finding.rule} ${finding.severity}`
      // Each of two networks has limits of its own; only what is missing is missing for all.
      const shared = target.channelId === BASE && FOR_ALL.has(finding.rule)
      const found = { channel, finding, target }
      byKey.set(shared ? key : `${channel.id} ${byKey.size}`, found)
    }
  }
  return [...byKey.values()]
}

/** What is wrong on any channel of a post: how much, and the way from one to the next. */
export function useFindings(post: Post) {
  const channels = channelsOf(post, useReference())
  const byChannel = useWriting((state) => state.findings)
  const last = useRef(-1)
  const placements = usePlacements()
  const all = allFound(channels, byChannel, placements)
  const errors = all.filter(({ finding }) => finding.severity === 'error')
  const warnings = all.filter(({ finding }) => finding.severity === 'warning')
  const step = (by: number) => {
    const ways = [...errors, ...warnings]
    if (ways.length === 0) return
    last.current = (last.current + by + ways.length) % ways.length
    const found = ways[last.current]
    if (found) goTo(found.target)
  }
  return {
    stops: errors.length,
    looks: warnings.length,
    next: () => step(1),
    previous: () => step(last.current < 0 ? 0 : -1),
    /** What keeps the post from a status, each a link to its place. */
    conditionsFor: (status: PostStatus): Condition[] =>
      errors
        .filter(({ finding }) => keepsFrom(finding, status))
        .map((found) => ({
          text: `${channelWords(found.channel, channels)}: ${found.finding.sentence}`,
          focus: () => goTo(found.target),
        })),
  }
}
