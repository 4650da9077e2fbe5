/** What the planner of a profile's grid does. */
import { type Placing, type SwapRefusal, swapped } from '../../../shared/domain/grid.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { settle } from './placementRows.ts'
import { named, type PostStore } from './posts.ts'

/** Swaps the times two posts have on a channel, in one step. `on`: the channel in words. Gives both as they were. */
export const swapOnChannel = (
  store: PostStore,
  channelId: string,
  ids: readonly [string, string],
  on: string,
): Promise<Result<readonly [Placing, Placing], SwapRefusal | { readonly kind: 'missing' }>> =>
  store.change<readonly [Placing, Placing], SwapRefusal | { readonly kind: 'missing' }>(
    ([a, b]) => ({ command: 'swapOnChannel', label: `Swapped ${named([a.post])} and ${named([b.post])} on ${on}` }),
    async (tx) => {
      const placing = async (id: string): Promise<Placing | null> => {
        const post = await tx.get('posts', id)
        return post ? { post, placement: await tx.get('placements', placementId(id, channelId)) } : null
      }
      const [a, b] = [await placing(ids[0]), await placing(ids[1])]
      if (!a || !b) return err({ kind: 'missing' })
      const decided = swapped(a, b, tx.now)
      if (!decided.ok) return decided
      for (const [at, { post }] of [a, b].entries()) {
        const taken = decided.value[at]
        if (taken?.kind === 'post') await tx.update('posts', post.id, taken.fields)
        else if (taken) await settle(tx, { postId: post.id, channelId }, taken.fields)
      }
      return ok([a, b])
    },
  )
