import type { Post } from '../../../../shared/domain/post.ts'
import type { Result } from '../../../../shared/lib/result.ts'
import { changePlacement, detachText, rejoinText } from '../../../data/commands/placements.ts'
import { editPosts } from '../../../data/commands/posts.ts'
import { explain, useUndo } from '../../../parts/index.ts'
import { useSayStillOn } from '../../../parts/useSayStillOut.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { flushAll } from '../../../ports/flush.ts'
import { toast } from '../../../ui/index.ts'
import { goTo, textOf } from './state.ts'

/** What makes a channel another one than its post, or the same again: each one step, said with its undo. `on`: the channel in words. */
export function useVariants(post: Pick<Post, 'id' | 'title' | 'channelIds'>) {
  const { id: postId, channelIds } = post
  const { store } = useDeps()
  const { undo } = useUndo()
  const sayStillOn = useSayStillOn()
  const say = (done: Result<unknown, { kind: 'missing' }>, text: string) =>
    done.ok ? toast({ text, undo }) : toast({ text: explain(done.error), tone: 'refused' })
  return {
    detach: async (channelId: string, on: string) => {
      // It begins as the base text, the words typed a moment ago included.
      await flushAll()
      const done = await detachText(store, { postId, channelId }, on)
      if (done.ok) goTo({ ...textOf(channelId), own: true })
      say(done, `${on} has a text of its own`)
    },
    rejoin: async (channelId: string, on: string) => {
      // What was typed into it last comes back with the undo.
      await flushAll()
      say(await rejoinText(store, { postId, channelId }, on), `${on} takes the base text again`)
    },
    rejoinMedia: async (channelId: string, on: string) => {
      const done = await changePlacement(store, { postId, channelId }, { media: null }, `Pictures on ${on}`)
      say(done, `${on} has the pictures of the post again`)
    },
    takeOff: async (channelId: string, on: string) => {
      const left = channelIds.filter((id) => id !== channelId)
      const done = await editPosts(store, [postId], { channelIds: left }, 'Channels')
      say(done, `Taken off ${on}`)
      if (done.ok) void sayStillOn([post], () => left)
    },
  }
}
