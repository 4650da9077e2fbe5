import { answersTo } from '../../shared/domain/deliveryWords.ts'
import { placeOf } from '../../shared/platforms/refusedAt.ts'
import type { WorkspaceDb } from '../data/db.ts'
import { go, type Place } from '../ports/navigation.ts'

/** What a notice about several accounts leads to. */
export const TODAY = 'today'

/** Goes to what a notice was about. `id`: that of its delivery or its channel, '' for one about many. What is gone since leads to the outbox. */
export async function openNoticed(db: WorkspaceDb, id: string): Promise<void> {
  go(await placeNoticed(db, id))
}

export async function placeNoticed(db: WorkspaceDb, id: string): Promise<Place> {
  if (id === TODAY) return { screen: 'today' }
  if (id !== '' && (await db.channels.get(id))) return { screen: 'settings', page: 'channels', channelId: id }
  const delivery = id === '' ? undefined : await db.deliveries.get(id)
  if (!delivery || !(await db.posts.get(delivery.postId))) return { screen: 'outbox' }
  const { postId, channelId } = delivery
  const place = answersTo(delivery).includes('open-post') ? placeOf(delivery) : null
  return { screen: 'write', postId, at: { channelId, place: place ?? { at: 'text', part: 0 } } }
}
