import { useRef } from 'react'
import type { Channel } from '../../../../shared/domain/channel.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import type { Finding } from '../../../../shared/platforms/index.ts'
import { useReference } from '../../../ports/reference.tsx'
import type { Condition } from '../../../ui/index.ts'
import type { Assessments } from './assess.ts'
import { channelsOf, usePlacements } from './NetworksProvider.tsx'
import { goTo, targetOf, useWriting } from './state.ts'
import { channelWords } from './words.ts'

interface Found {
  readonly channel: Channel
  readonly finding: Finding
}

/** Errors first, then warnings, each in the order of the channels. */
const inOrder = (channels: readonly Channel[], assessments: Assessments): readonly [Found[], Found[]] => {
  const all = channels.flatMap((channel) =>
    (assessments.get(channel.id)?.findings ?? []).map((finding) => ({ channel, finding })),
  )
  const of = (wanted: Finding['severity']) => all.filter(({ finding }) => finding.severity === wanted)
  return [of('error'), of('warning')]
}

/** What is wrong on any channel of a post: how much, and the way from one to the next. */
export function useFindings(post: Post) {
  const channels = channelsOf(post, useReference())
  const assessments = useWriting((state) => state.assessments)
  const last = useRef(-1)
  const placements = usePlacements()
  const lead = ({ channel: { id }, finding: { place } }: Found) =>
    goTo(targetOf(id, place, placements?.byChannel.get(id)))
  const [errors, warnings] = inOrder(channels, assessments)
  const step = (by: number) => {
    const all = [...errors, ...warnings]
    if (all.length === 0) return
    last.current = (last.current + by + all.length) % all.length
    const found = all[last.current]
    if (found) lead(found)
  }
  return {
    stops: errors.length,
    looks: warnings.length,
    next: () => step(1),
    previous: () => step(last.current < 0 ? 0 : -1),
    /** What keeps the post from going out, each a link to its place. */
    conditions: errors.map(
      (found): Condition => ({
        text: `${channelWords(found.channel, channels)}: ${found.finding.sentence}`,
        focus: () => lead(found),
      }),
    ),
  }
}
