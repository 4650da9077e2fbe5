/** Connected accounts, as named commands. What is secret about them never comes here: the shell keeps it under their id. */
import {
  type Account,
  handAccount,
  heldBack,
  isConnected,
  letGo,
  mended,
  type Pause,
} from '../../../shared/domain/account.ts'
import type { Channel, NetworkId } from '../../../shared/domain/channel.ts'
import { type Delivery, hasEnded } from '../../../shared/domain/delivery.ts'
import { isOnItsSide } from '../../../shared/domain/practice.ts'
import type { Instant } from '../../../shared/domain/time.ts'
import { ok, type Result } from '../../../shared/lib/result.ts'
import type { WorkspaceDb } from '../db.ts'
import type { Tx } from '../recorder.ts'
import type { Rows } from '../tables.ts'
import { play, type Surroundings, waitingFor } from './deliveries.ts'
import type { PostStore } from './posts.ts'

/**
 * Connects a channel, or connects it again: what waited for it goes on, unless a person paused it. Throws when a practice channel is given a real account, or a real
 * one that of practice: no screen offers it.
 */
export async function connectAccount(
  store: PostStore,
  db: WorkspaceDb,
  surroundings: Surroundings,
  given: Omit<Account, 'connectedAt' | 'pause' | 'limitedUntil'>,
): Promise<void> {
  if (!isOnItsSide(given, given)) throw new Error('Practice accounts and real ones are kept apart.')
  await store.change<null, never>(
    { command: 'connectAccount', label: `Connected ${given.handle || given.name}`, undoable: false },
    async (tx) => {
      const before = await tx.get('accounts', given.id)
      const fields = { ...given, pause: before ? mended(before) : null, limitedUntil: 0 }
      if (before) await tx.update('accounts', given.id, fields)
      else await tx.create('accounts', { ...fields, connectedAt: tx.now })
      return ok(null)
    },
  )
  await resumed(store, db, surroundings, [given.id])
}

/** What the network told of an account since: its handle, its limits, when its access runs out; and what a person was told of that. */
export const refreshAccount = (
  store: PostStore,
  id: string,
  fields: Partial<Pick<Account, 'handle' | 'name' | 'facts' | 'expiresAt' | 'limitedUntil' | 'toldEnd'>>,
) =>
  store.change<null, never>(
    { command: 'refreshAccount', label: 'Refreshed an account', undoable: false },
    async (tx) => {
      if (await tx.get('accounts', id)) await tx.update('accounts', id, fields)
      return ok(null)
    },
  )

/** What was handed over to networks when everything was held: what is being taken back, and what goes out there all the same. */
export interface HeldThere {
  readonly takenBack: number
  readonly goOut: number
}

/** Holds back everything of some accounts. What their networks were to publish by themselves is taken back, where they let it be. */
export async function pauseAccounts(
  store: PostStore,
  db: WorkspaceDb,
  surroundings: Surroundings,
  ids: readonly string[],
): Promise<HeldThere> {
  await store.change<null, never>(
    {
      command: 'pauseAccounts',
      label: ids.length === 1 ? 'Paused an account' : `Paused ${ids.length} accounts`,
      undoable: false,
    },
    (tx) => repause(tx, ids, (account) => heldBack(account, tx.now)),
  )
  const mine = new Set(ids)
  const there = (await db.deliveries.where('state.kind').equals('handed-over').toArray()).filter(({ channelId }) =>
    mine.has(channelId),
  )
  const played = await play(
    store,
    surroundings,
    there.map(({ id }) => ({ id, event: { kind: 'wake' } })),
  )
  const states = played.flatMap((one) => (one ? [one.delivery.state] : []))
  return {
    takenBack: states.filter((state) => state.kind === 'handed-over' && state.pending === 'remove').length,
    goOut: states.filter(
      (state) => state.kind === 'needs-you' || (state.kind === 'handed-over' && state.pending !== 'remove'),
    ).length,
  }
}

/** Lets them go on, whatever stopped them; what is too late by then asks. */
export const resumeAccounts = (
  store: PostStore,
  db: WorkspaceDb,
  surroundings: Surroundings,
  ids: readonly string[],
): Promise<void> => goOn(store, db, surroundings, ids, () => null)

/** Lets those go on that only a person held back. What a network's answer stopped still waits for what lifts that. */
export const releaseAccounts = (
  store: PostStore,
  db: WorkspaceDb,
  surroundings: Surroundings,
  ids: readonly string[],
): Promise<void> => goOn(store, db, surroundings, ids, letGo)

async function goOn(
  store: PostStore,
  db: WorkspaceDb,
  surroundings: Surroundings,
  ids: readonly string[],
  left: (account: Account) => Pause | null,
): Promise<void> {
  await store.change<null, never>(
    {
      command: 'resumeAccounts',
      label: ids.length === 1 ? 'Resumed an account' : `Resumed ${ids.length} accounts`,
      undoable: false,
    },
    (tx) => repause(tx, ids, left),
  )
  await resumed(store, db, surroundings, ids)
}

async function repause(
  tx: Tx<Rows>,
  ids: readonly string[],
  pauseOf: (account: Account) => Pause | null,
): Promise<Result<null, never>> {
  const accounts = await tx.getMany('accounts', ids)
  await tx.updateMany(
    'accounts',
    accounts.map((account) => ({ id: account.id, fields: { pause: pauseOf(account) } })),
  )
  return ok(null)
}

const resumed = async (store: PostStore, db: WorkspaceDb, surroundings: Surroundings, ids: readonly string[]) => {
  const waiting = (await Promise.all(ids.map((id) => waitingFor(db, id)))).flat()
  if (waiting.length > 0)
    await play(
      store,
      surroundings,
      waiting.map((id) => ({ id, event: { kind: 'reconnected' } })),
    )
}

/**
 * Takes an account away; its channel is planned for as before, and nothing goes out there any more. Who posts there by hand goes on being
 * reminded, paused or not as before.
 */
export const disconnectAccount = (store: PostStore, id: string) =>
  store.change<null, never>(
    { command: 'disconnectAccount', label: 'Disconnected an account', undoable: false },
    async (tx) => {
      const [account, channel] = await Promise.all([tx.get('accounts', id), tx.get('channels', id)])
      if (account?.byHand && channel) {
        const pause = account.pause?.why === 'trouble' ? mended(account) : account.pause
        await tx.update('accounts', id, { ...handAccount(channel, tx.now), pause })
      } else await tx.remove('accounts', id)
      return ok(null)
    },
  )

/** What is left of a channel whose account is to be taken away. */
export interface LeftBehind {
  /** Waits here. */
  readonly waiting: number
  /** Lies at the network, which publishes it by itself. */
  readonly there: number
  /** Of that, what is being taken back. */
  readonly comingBack: number
}

/** Counts that as it is now. */
export async function leftBehind(db: WorkspaceDb, id: string, now: Instant): Promise<LeftBehind> {
  const rows = (await db.deliveries.where('channelId').equals(id).toArray()).filter((row) => !hasEnded(row))
  const there = rows.filter((row) => (outThereAt(row) ?? 0) > now)
  return {
    waiting: rows.filter((row) => outThereAt(row) === null).length,
    there: there.length,
    comingBack: there.filter(({ state }) => state.kind === 'handed-over' && state.pending === 'remove').length,
  }
}

/** When its network publishes it by itself; null: it does not lie there. */
function outThereAt({ state }: Delivery): Instant | null {
  if (state.kind === 'handed-over') return state.goesOut
  return state.kind === 'needs-you' && state.reason.kind === 'stuck-there' ? state.reason.goesOut : null
}

/**
 * Says whether a person posts what goes to a channel, and is reminded of it. One that is connected stays so; one that is not has an
 * account that names nobody (`isConnected` in the domain).
 */
export async function setByHand(
  store: PostStore,
  db: WorkspaceDb,
  surroundings: Surroundings,
  { id, network, name, handle }: Pick<Channel, 'id' | 'network' | 'name' | 'handle'>,
  byHand: boolean,
): Promise<void> {
  await store.change<null, never>(
    { command: 'setByHand', label: `“${name}” is posted ${byHand ? 'by hand' : 'by Outpost'}`, undoable: false },
    async (tx) => {
      const account = await tx.get('accounts', id)
      if (!byHand && account && !isConnected(account)) await tx.remove('accounts', id)
      else if (account) await tx.update('accounts', id, { byHand })
      else if (byHand) await tx.create('accounts', handAccount({ id, network, name, handle }, tx.now))
      return ok(null)
    },
  )
  await resumed(store, db, surroundings, [id])
}

/** Networks Outpost never speaks to. */
const NEVER_SENT: ReadonlySet<NetworkId> = new Set(['newsletter'])

/**
 * Channels that can never be connected are posted by hand, those too that were made before this was so; not where somebody has said
 * otherwise, which the log remembers. What was due before now is not taken up.
 */
export async function postNeverSentByHand(
  store: PostStore,
  db: WorkspaceDb,
  surroundings: Surroundings,
): Promise<void> {
  const channels = await db.channels
    .filter(({ network, trashedAt }) => NEVER_SENT.has(network) && trashedAt === 0)
    .toArray()
  for (const channel of channels) {
    if (await db.accounts.get(channel.id)) continue
    const decided = await db.changes
      .where('entities')
      .equals(channel.id)
      .filter(({ command }) => command === 'setByHand')
      .count()
    if (decided === 0) await setByHand(store, db, surroundings, channel, true)
  }
}

/** The accounts of a network, or all of them. */
export const accountIds = (db: WorkspaceDb, network?: NetworkId): Promise<string[]> =>
  network === undefined
    ? db.accounts.toCollection().primaryKeys()
    : db.accounts.where('network').equals(network).primaryKeys()
