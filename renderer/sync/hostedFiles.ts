/** What lies at the media host is taken away once no network fetches it any more. */
import type { Delivery } from '../../shared/domain/delivery.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { WorkspaceDb } from '../data/db.ts'

export interface HostedFiles {
  /** Deliveries that have files there. */
  lying(): Promise<readonly string[]>
  clear(deliveries: readonly string[]): Promise<void>
}

const DAY = 86_400_000
/** By then every network has fetched what it will ever fetch. */
const LONGEST = 2 * DAY

/**
 * Takes away the files of deliveries that are out, and were seen there with all the network wanted of them; of those that were cancelled;
 * and of those nobody knows any more. May be done at any time.
 */
export async function dropHostedFiles(db: WorkspaceDb, files: HostedFiles, now: Instant): Promise<void> {
  const ids = await files.lying()
  if (ids.length === 0) return
  const rows = await db.deliveries.bulkGet([...ids])
  const ended = ids.filter((_id, at) => !needsFiles(rows[at], now))
  if (ended.length > 0) await files.clear(ended)
}

function needsFiles(delivery: Delivery | undefined, now: Instant): boolean {
  if (!delivery) return false
  const { state, unanswered } = delivery
  if (unanswered) return true
  if (state.kind === 'cancelled') return false
  // Networks fetch when they come to it: one that still works on a post may not have begun.
  return state.kind !== 'published' || (now < state.at + LONGEST && (state.reads === 0 || isWorkedOn(state.mark)))
}

const isWorkedOn = (mark: Extract<Delivery['state'], { kind: 'published' }>['mark']): boolean =>
  mark?.kind === 'processing' || mark?.kind === 'in-review'
