/** Takes away the files that were made for sending and that nothing needs any more: their deliveries have ended. */
import type { Delivery, DeliveryKind } from '../../shared/domain/delivery.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { WorkspaceDb } from '../data/db.ts'
import { shelfOf } from '../data/workspace.ts'
import type { Deps } from '../ports/deps.tsx'
import { isMade, wasUsedLately } from './sentMedia.ts'

const OPEN: readonly DeliveryKind[] = [
  'due',
  'sending',
  'retrying',
  'reconciling',
  'needs-you',
  'handed-over',
  'hand-off',
]
/** What is out is completed at its first look, a minute afterwards. */
const FIRST_LOOK = 5 * 60_000

/** Gives how many were taken away. A file that was asked for a moment ago may belong to an attempt that is not written down yet. */
export async function tidySent({ db, shell, workspace, clock }: Pick<Deps, 'db' | 'shell' | 'workspace' | 'clock'>) {
  const { shelf } = shelfOf(workspace)
  const lying = await shell.listMedia(shelf)
  const made = lying.ok ? lying.value.flatMap(({ id }) => (isMade(id) && !wasUsedLately(id) ? [id] : [])) : []
  if (made.length === 0) return 0
  const needed = await neededMedia(db, clock.now())
  const gone = made.filter((id) => !needed.has(id))
  if (gone.length > 0) await shell.dropMedia(shelf, gone)
  return gone.length
}

async function neededMedia(db: WorkspaceDb, now: Instant): Promise<ReadonlySet<string>> {
  const [open, fresh] = await Promise.all([
    db.deliveries.where('state.kind').anyOf(OPEN).toArray(),
    db.deliveries
      .where('wakeAt')
      .between(0, now + FIRST_LOOK)
      .toArray(),
  ])
  const ids = [...open, ...fresh.filter(isNew)].flatMap(({ attempt }) => (attempt === '' ? [] : [attempt]))
  const attempts = await db.attempts.bulkGet([...new Set(ids)])
  return new Set(attempts.flatMap((one) => one?.job.parts.flatMap(({ media }) => media.map(({ id }) => id)) ?? []))
}

const isNew = ({ state }: Delivery) => state.kind === 'published' && state.reads === 0
