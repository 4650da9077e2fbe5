import type { Delivery } from '../../shared/domain/delivery.ts'
import type { Place } from '../../shared/platforms/model.ts'
import { placeOf } from '../../shared/platforms/refusedAt.ts'
import type { WorkspaceDb } from '../data/db.ts'

/** The place in its post that a delivery was refused for: which of its parts that was, what was sent tells. */
export async function placeRefused(db: WorkspaceDb, delivery: Delivery): Promise<Place | null> {
  const attempt = await db.attempts.get(delivery.attempt)
  return placeOf(delivery, attempt?.job.parts[delivery.sent.length]?.kind)
}
