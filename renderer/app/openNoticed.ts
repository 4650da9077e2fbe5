import { answersTo } from '../../shared/domain/deliveryWords.ts'
import type { WorkspaceDb } from '../data/db.ts'
import { placeRefused } from '../parts/placeRefused.ts'
import { openDialog } from '../ports/dialogs.ts'
import { go, type Place } from '../ports/navigation.ts'

/** What a notice about several accounts leads to. */
export const TODAY = 'today'

/**
 * Goes to what a notice was about. `id`: that of its delivery or its channel, '' for one about many. What is gone since leads to the outbox; what a
 * person posts themselves to its kit, over its delivery.
 */
export async function openNoticed(db: WorkspaceDb, id: string): Promise<void> {
  const { place, kitOf } = await placeNoticed(db, id)
  go(place)
  if (kitOf) openDialog({ kind: 'kit', deliveryId: kitOf })
}

interface Noticed {
  readonly place: Place
  /** The delivery whose kit is opened there. */
  readonly kitOf?: string
}

export async function placeNoticed(db: WorkspaceDb, id: string): Promise<Noticed> {
  if (id === TODAY) return { place: { screen: 'today' } }
  if (id !== '' && (await db.channels.get(id)))
    return { place: { screen: 'settings', page: 'channels', channelId: id } }
  const delivery = id === '' ? undefined : await db.deliveries.get(id)
  if (!delivery || !(await db.posts.get(delivery.postId))) return { place: { screen: 'outbox' } }
  if (delivery.state.kind === 'hand-off') return { place: { screen: 'outbox', deliveryId: id }, kitOf: id }
  const { postId, channelId } = delivery
  const refused = answersTo(delivery).includes('open-post') ? await placeRefused(db, delivery) : null
  const at = { channelId, place: refused ?? ({ at: 'text', part: 0 } as const) }
  return { place: { screen: 'write', postId, at } }
}
