/** Who sends: one window of a workspace, until its lease runs out. The lock of the browser stands beside it (`renderer/sync/locks.ts`). */
import type { Instant } from '../../shared/domain/time.ts'
import type { WorkspaceDb } from './db.ts'

export const LEASE_MS = 90_000

export interface Taker {
  readonly owner: string
  /** It holds the lock of the browser, which one window has at a time and loses with its end. */
  readonly locked: boolean
}

/**
 * Takes or renews the lease; gives until when it holds, null while somebody else has it. Whoever holds the lock takes over from one that held it
 * before: that window is gone, closed or loaded anew.
 */
export const takeLease = (
  db: WorkspaceDb,
  id: string,
  { owner, locked }: Taker,
  now: Instant,
): Promise<Instant | null> =>
  db.transaction('rw', db.leases, async () => {
    const lease = await db.leases.get(id)
    // A lease from far ahead was made on a clock that has been set back since.
    const runs = lease !== undefined && lease.until > now && lease.until <= now + LEASE_MS
    if (runs && lease.owner !== owner && !(locked && lease.locked)) return null
    await db.leases.put({ id, owner, until: now + LEASE_MS, locked })
    return now + LEASE_MS
  })

/** Gives it back, so that the next one need not wait. */
export const dropLease = (db: WorkspaceDb, id: string, owner: string): Promise<void> =>
  db.transaction('rw', db.leases, async () => {
    if ((await db.leases.get(id))?.owner === owner) await db.leases.delete(id)
  })
