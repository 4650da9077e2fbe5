/** Who sends: one window of a workspace, until its lease runs out. The lock of the browser stands beside it (`renderer/sync/locks.ts`). */
import type { Instant } from '../../shared/domain/time.ts'
import type { WorkspaceDb } from './db.ts'

export const LEASE_MS = 90_000

/** Takes or renews the lease; gives until when it holds, null while somebody else has it. */
export const takeLease = (db: WorkspaceDb, id: string, owner: string, now: Instant): Promise<Instant | null> =>
  db.transaction('rw', db.leases, async () => {
    const lease = await db.leases.get(id)
    // A lease from far ahead was made on a clock that has been set back since.
    const isHeld = lease !== undefined && lease.owner !== owner && lease.until > now && lease.until <= now + LEASE_MS
    if (isHeld) return null
    await db.leases.put({ id, owner, until: now + LEASE_MS })
    return now + LEASE_MS
  })

/** Gives it back, so that the next one need not wait. */
export const dropLease = (db: WorkspaceDb, id: string, owner: string): Promise<void> =>
  db.transaction('rw', db.leases, async () => {
    if ((await db.leases.get(id))?.owner === owner) await db.leases.delete(id)
  })
