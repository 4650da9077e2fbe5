/** Channels to practise with: one for a network, named so that nobody takes it for a real one. */
import { blankChannel, NETWORKS } from '../../../shared/domain/channel.ts'
import { practiceChannelId } from '../../../shared/domain/practice.ts'
import type { Account } from '../../../shared/domain/publishing.ts'
import type { Instant, Zone } from '../../../shared/domain/time.ts'
import { ok } from '../../../shared/lib/result.ts'
import type { WorkspaceDb } from '../db.ts'
import { connectAccount, disconnectAccount } from './accounts.ts'
import type { Surroundings } from './deliveries.ts'
import type { PostStore } from './posts.ts'

/** Behind all others. */
const LAST = 1_000

/** Makes the channel of a practice account, or takes it out of the trash, and connects the two. */
export async function addPractice(
  store: PostStore,
  db: WorkspaceDb,
  surroundings: Surroundings,
  account: Account,
  zone: Zone,
): Promise<void> {
  const id = practiceChannelId(account.network)
  const name = `Practice ${NETWORKS[account.network].name}`
  await store.change<null, never>({ command: 'addPractice', label: `Added “${name}”`, undoable: false }, async (tx) => {
    if (await tx.get('channels', id)) await tx.update('channels', id, { trashedAt: 0 })
    else
      await tx.create(
        'channels',
        blankChannel(account.network, { id, name, handle: account.handle, zone, order: LAST }),
      )
    return ok(null)
  })
  await connectAccount(store, db, surroundings, { ...account, id, byHand: false, practice: true })
}

/** Takes all of them away: what they had planned stays planned, and goes nowhere. */
export async function endPractice(store: PostStore, db: WorkspaceDb, now: Instant): Promise<void> {
  const ids = (await db.accounts.toArray()).flatMap(({ id, practice }) => (practice ? [id] : []))
  for (const id of ids) await disconnectAccount(store, id)
  await store.change<null, never>(
    { command: 'endPractice', label: 'Ended practising', undoable: false },
    async (tx) => {
      const channels = await tx.getMany('channels', ids)
      await tx.updateMany(
        'channels',
        channels.map(({ id }) => ({ id, fields: { trashedAt: now } })),
      )
      return ok(null)
    },
  )
}
