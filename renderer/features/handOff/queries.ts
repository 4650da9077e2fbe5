import { NETWORKS } from '../../../shared/domain/channel.ts'
import { placedOn } from '../../../shared/platforms/assess.ts'
import { contentOf } from '../../../shared/platforms/content.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { readPlacings, readWording } from '../../data/rules/placings.ts'
import { kitOf } from './kit.ts'

/** A delivery with what is to be posted, as it stands now; null once it, its post or its channel is gone. */
export async function readKit(db: WorkspaceDb, deliveryId: string) {
  const delivery = await db.deliveries.get(deliveryId)
  if (!delivery) return null
  const [placings] = await readPlacings(db, [delivery.postId], await readWording(db))
  const channel = await db.channels.get(delivery.channelId)
  if (!placings || !channel) return null
  const placed = placedOn(placings, channel)
  const content = contentOf(placed)
  return {
    delivery,
    placed,
    content,
    channel,
    post: placings.post,
    network: NETWORKS[channel.network].name,
    ownTime: placings.placements.get(channel.id)?.planned ?? null,
    kit: kitOf(content, placings.media),
  }
}
export type KitFacts = NonNullable<Awaited<ReturnType<typeof readKit>>>
