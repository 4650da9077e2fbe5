import { inMarket } from '../../shared/domain/placement.ts'
import type { Post } from '../../shared/domain/post.ts'
import type { OwnTime, OwnTimeRefusal } from '../data/commands/placements.ts'
import { useDeps } from '../ports/deps.tsx'
import { useReference } from '../ports/reference.tsx'
import { toast } from '../ui/index.ts'
import { explain } from './explain.ts'
import { formatWhen } from './format.ts'
import { useUndo } from './useUndo.ts'

/** Why a time of its own was not set: one sentence. */
function explainOwnTime(refusal: OwnTimeRefusal): string {
  switch (refusal.kind) {
    case 'missing':
      return explain(refusal)
    case 'no-date':
      return 'It has no date yet: give it one first.'
    case 'already-published':
      return 'Not moved: it is already out.'
    case 'in-the-past':
      return `Not moved: ${formatWhen(refusal.to)} is already past there.`
  }
}

/** Gives channels of a post times of their own; says so with the way back, or why not, and whether. `words`: the gesture. */
export function useOwnTimes(): (postId: string, times: readonly OwnTime[], words: string) => Promise<boolean> {
  const { store } = useDeps()
  const { undo } = useUndo()
  return async (postId, times, words) => {
    // Fetched when it is first needed: the first screen has no room for it.
    const { setOwnTimes } = await import('../data/commands/placements.ts')
    const set = await setOwnTimes(store, postId, times, words)
    toast(set.ok ? { text: words, undo } : { text: explainOwnTime(set.error), tone: 'refused' })
    return set.ok
  }
}

type Timed = Pick<Post, 'id' | 'planned' | 'channelIds'>

export const marketWords = ({ planned }: Timed): string => `${planned?.time ?? 'Its time'} in each market`

/** One gesture for all channels of a post: its clock time in the zone of each, or one moment everywhere again. */
export function useMarkets() {
  const { channels } = useReference()
  const setTimes = useOwnTimes()
  const elsewhere = ({ planned, channelIds }: Timed) =>
    channelIds.filter((id) => planned && channels.get(id) && channels.get(id)?.zone !== planned.zone)
  return {
    /** Whether any of its channels is in another zone than its plan. */
    differ: (post: Timed): boolean => elsewhere(post).length > 0,
    async inEach(post: Timed): Promise<void> {
      const { planned } = post
      if (planned && elsewhere(post).length === 0)
        return void toast({ text: 'All its channels are in the zone of its plan.', tone: 'refused' })
      const times = post.channelIds.flatMap((channelId) => {
        const zone = channels.get(channelId)?.zone
        return zone ? [{ channelId, to: planned && inMarket(planned, zone) }] : []
      })
      await setTimes(post.id, times, marketWords(post))
    },
    together: (post: Timed): Promise<boolean> =>
      setTimes(
        post.id,
        post.channelIds.map((channelId) => ({ channelId, to: null })),
        'All channels at one moment',
      ),
  }
}
