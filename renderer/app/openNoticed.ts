import { answersTo } from '../../shared/domain/deliveryWords.ts'
import { placeOf } from '../../shared/platforms/refusedAt.ts'
import type { WorkspaceDb } from '../data/db.ts'
import { go, type Place } from '../ports/navigation.ts'

/** Goes to what a notice was about. `id`: that of its delivery, '' for one about many. What is gone since leads to the outbox. */
export async function openNoticed(db: WorkspaceDb, id: string): Promise<void> {
  go(await placeNoticed(db, id))
}

export async function placeNoticed(db: WorkspaceDb, id: string): Promise<Place> {
  const delivery = id === '' ? undefined : await db.deliveries.get(id)
  if (!delivery || !(await db.posts.get(delivery.postId))) return { screen: 'outbox' }
  const { postId, channelId } = delivery
  const place = answersTo(delivery).includes('open-post') ? placeOf(delivery) : null
  return { screen: 'write', postId, at: { channelId, place: place ?? { at: 'text', part: 0 } } }
}
