import { detachText, rejoinText } from '../../../data/commands/placements.ts'
import { explain, useUndo } from '../../../parts/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { flushAll } from '../../../ports/flush.ts'
import { toast } from '../../../ui/index.ts'
import { goTo, textOf } from './state.ts'

/** Gives a channel a text of its own and takes it away again, each as one step with its undo. `on`: the channel in words. */
export function useVariant(postId: string, channelId: string, on: string) {
  const { store } = useDeps()
  const { undo } = useUndo()
  const ref = { postId, channelId }
  return {
    detach: async () => {
      // It begins as the base text, the words typed a moment ago included.
      await flushAll()
      const detached = await detachText(store, ref, on)
      if (!detached.ok) return void toast({ text: explain(detached.error), tone: 'refused' })
      goTo({ ...textOf(channelId), own: true })
      toast({ text: `${on} has a text of its own`, undo })
    },
    rejoin: async () => {
      // What was typed into it last comes back with the undo.
      await flushAll()
      const rejoined = await rejoinText(store, ref, on)
      if (!rejoined.ok) return void toast({ text: explain(rejoined.error), tone: 'refused' })
      toast({ text: `${on} takes the base text again`, undo })
    },
  }
}
