/** What the one who sends reads: which deliveries want something now, when the next one does, what of the plan has changed. */
import { Dexie } from 'dexie'
import type { Delivery, DeliveryKind } from '../../shared/domain/delivery.ts'
import { channelOf, placementId, postIdIn } from '../../shared/domain/placement.ts'
import type { Instant } from '../../shared/domain/time.ts'
import { deliveriesOf, scheduledOn } from './commands/deliveries.ts'
import type { WorkspaceDb } from './db.ts'
import { OWN_COMMANDS } from './log.ts'

/** Those that circumstances may set going, whatever their own time says. */
const ON_THE_WAY: readonly DeliveryKind[] = ['due', 'sending', 'retrying', 'reconciling']
/** Those that something may have happened to while nobody looked. */
const UNDER_WAY: readonly DeliveryKind[] = [...ON_THE_WAY, 'handed-over']

/** Of a channel: when they are through it is looked for more. */
const AT_A_TIME = 100

/** Channels of which something has woken by itself from one moment (without it) to another. */
export async function wokenChannels(db: WorkspaceDb, from: Instant, to: Instant): Promise<string[]> {
  const ids = await db.deliveries.where('wakeAt').between(from, to, false, true).primaryKeys()
  return [...new Set(ids.map(channelOf))]
}

export const channelIds = (db: WorkspaceDb): Promise<string[]> => db.channels.toCollection().primaryKeys()

/**
 * Deliveries of these channels whose time has come, and the first that stands in each queue, even if its time has not: as long as it
 * stands there, what comes after it only waits. Beside many that wait it were not among the first to have woken.
 */
export async function wokenDeliveries(
  db: WorkspaceDb,
  now: Instant,
  channels: ReadonlySet<string>,
): Promise<Delivery[]> {
  const { deliveries } = db
  const rows = [...channels].flatMap((id) => [
    deliveries.where('[queue+place+id]').between([id], [id, Dexie.maxKey]).limit(1).toArray(),
    deliveries.where('[channelId+wakeAt]').between([id, 0], [id, now], true, true).limit(AT_A_TIME).toArray(),
  ])
  return once((await Promise.all(rows)).flat())
}

const once = (rows: readonly Delivery[]): Delivery[] => [...new Map(rows.map((row) => [row.id, row])).values()]

/** Those of these channels that circumstances may set going, too. */
export async function dueDeliveries(db: WorkspaceDb, now: Instant, channels: ReadonlySet<string>): Promise<Delivery[]> {
  const [onTheWay, woken] = await Promise.all([deliveriesOf(db, ON_THE_WAY), wokenDeliveries(db, now, channels)])
  const theirs = onTheWay.filter(({ channelId }) => channels.has(channelId))
  return once([...theirs, ...woken])
}

/** What has not ended, and what is out and is to be changed there. */
export async function underWay(db: WorkspaceDb): Promise<string[]> {
  const toChange = db.deliveries.where('state.change.at').aboveOrEqual(0).primaryKeys()
  return [...(await idsOf(db, UNDER_WAY)), ...(await toChange)]
}

/** What may have gone out without its row saying so, where the last that was written is lost. */
export const unsent = (db: WorkspaceDb): Promise<string[]> => idsOf(db, [...UNDER_WAY, 'planned', 'needs-you'])

const idsOf = async (db: WorkspaceDb, kinds: readonly DeliveryKind[]): Promise<string[]> =>
  (await deliveriesOf(db, kinds)).map(({ id }) => id)

/** Whether a file is still to go with a delivery, which may have been cancelled or edited since it was read. */
export async function isWanted(db: WorkspaceDb, { id, contentAt }: Delivery, mediumId: string): Promise<boolean> {
  const row = await db.deliveries.get(id)
  if (!row || row.state.kind === 'cancelled') return false
  if (row.contentAt === contentAt) return true
  const [post, placement] = await Promise.all([
    db.posts.get(row.postId),
    db.placements.get(placementId(row.postId, row.channelId)),
  ])
  return [...(post?.media ?? []), ...(placement?.media ?? [])].some((one) => one.mediumId === mediumId)
}

/** Whether something was written later than it is by now: the clock was set back since. */
export async function isSetBack(db: WorkspaceDb, now: Instant): Promise<boolean> {
  const last = await db.changes.orderBy('id').last()
  return last !== undefined && Number(last.id.slice(0, 15)) > now + OVERLAP
}

/** When the next post of a channel goes out that is due after a moment, until another; null: none does. */
export async function nextDue(db: WorkspaceDb, channelId: string, from: Instant, to: Instant): Promise<Instant | null> {
  const row = await db.deliveries
    .where('[channelId+wakeAt]')
    .between([channelId, from], [channelId, to], false, true)
    .filter(({ state }) => state.kind === 'planned')
    .first()
  return row?.dueAt ?? null
}

/** When the next delivery wants something by itself; null: none does. */
export async function nextWake(db: WorkspaceDb, now: Instant): Promise<Instant | null> {
  const row = await db.deliveries.where('wakeAt').above(now).first()
  return row?.wakeAt ?? null
}

/** Windows that write in the same moment may commit in another order than their ids have. */
const OVERLAP = 5_000
const stampOf = (at: Instant): string => String(Math.max(0, at - OVERLAP)).padStart(15, '0')

/** Reads the log on from a moment, whoever wrote it. */
export function followLog(db: WorkspaceDb, from: Instant) {
  let after = stampOf(from)
  let seen: ReadonlySet<string> = new Set()
  const waiting = new Set<string>()
  return {
    /**
     * Posts that may have changed and were not followed since, and those of channels that did: one that was connected has deliveries from
     * then on. Ids of other rows come along; they name no post.
     */
    async posts(): Promise<string[]> {
      const heads = await db.changes.where('id').above(after).toArray()
      const fresh = heads.filter(({ id, command }) => !seen.has(id) && !OWN_COMMANDS.has(command))
      seen = new Set(heads.map(({ id }) => id))
      const last = heads.at(-1)
      if (last) after = stampOf(Number(last.id.slice(0, 15)))
      if (fresh.length === 0) return [...waiting]
      const ids = new Set(fresh.flatMap(({ entities }) => entities.map((id) => postIdIn(id) ?? id)))
      const channels = (await db.channels.toCollection().primaryKeys()).filter((id) => ids.has(id))
      for (const id of [...ids, ...(await scheduledOn(db, channels))]) waiting.add(id)
      return [...waiting]
    },
    /** These are to be followed, too. */
    add(ids: readonly string[]): void {
      for (const id of ids) waiting.add(id)
    },
    followed(ids: readonly string[]): void {
      for (const id of ids) waiting.delete(id)
    },
    /** Says that there may be some, whichever window wrote them. Gives a way to stop. */
    watch(tell: () => void): () => void {
      const touches = (parts: object, table: string) => `idb://${db.name}/${table}/` in parts
      // What happens to deliveries is no news to whoever lets it happen, and it happens often.
      const hear = (parts: object) => {
        // It is told within the transaction that ends.
        if (touches(parts, 'changes') && !touches(parts, 'deliveries')) Dexie.ignoreTransaction(tell)
      }
      Dexie.on('storagemutated', hear)
      return () => Dexie.on.storagemutated.unsubscribe(hear)
    },
  }
}
