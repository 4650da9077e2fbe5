/** What screens watch of deliveries. Every function reads an index and no more rows than are shown; wrap them in a live query. */
import type { Attempt } from '../../shared/domain/attempt.ts'
import type { Delivery, DeliveryKind } from '../../shared/domain/delivery.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { WorkspaceDb } from './db.ts'

export const NEEDS_YOU: readonly DeliveryKind[] = ['needs-you', 'hand-off']
const ON_ITS_WAY: readonly DeliveryKind[] = ['sending', 'retrying', 'reconciling']
const WAITING: readonly DeliveryKind[] = ['due', 'handed-over']

/** Which of them are shown; empty lists: all. */
export interface DeliveryFilter {
  readonly channelIds: readonly string[]
  readonly campaignIds: readonly string[]
}

/** By their keys: Dexie keeps rows it was asked for up to date itself, and takes half of a key of this index, that of a row without a mark, for one. */
export async function markedBetween(db: WorkspaceDb, from: Instant, to: Instant): Promise<readonly Delivery[]> {
  const ids = await db.deliveries.where('[dueAt+state.mark.kind]').between([from], [to]).primaryKeys()
  return (await db.deliveries.bulkGet(ids)).flatMap((row) => row ?? [])
}

/** What a person wanted done with a post that is out, and could not be: it waits for a person. */
export const COULD_NOT = -1

/**
 * The deliveries that a card may say something of: how they stand at their network (`atNetwork`). What waits for a person is read whole, which is
 * little; what is only to be known, where it is meant to go out from `from` up to `to`.
 */
export async function deliveriesOnCards(db: WorkspaceDb, from: Instant, to: Instant): Promise<Delivery[]> {
  const rows = await Promise.all([
    // Each for itself: what is watched of both at once is all that stands between them in the index.
    ...NEEDS_YOU.map((kind) => db.deliveries.where('state.kind').equals(kind).toArray()),
    db.deliveries.where('state.change.at').equals(COULD_NOT).toArray(),
    db.deliveries.where('state.goesOut').between(from, to).toArray(),
    markedBetween(db, from, to),
  ])
  return [...new Map(rows.flat().map((row) => [row.id, row])).values()]
}

/** How many deliveries wait for a person. */
export const needingYou = (db: WorkspaceDb): Promise<number> =>
  db.deliveries.where('state.kind').anyOf(NEEDS_YOU).count()

/** How many deliveries wait for a person, are on their way, and are due and not sent. Each is a count of an index. */
export async function standing(db: WorkspaceDb) {
  const count = async (kinds: readonly DeliveryKind[]) =>
    (await Promise.all(kinds.map((kind) => db.deliveries.where('state.kind').equals(kind).count()))).reduce(
      (sum, one) => sum + one,
      0,
    )
  const [needsYou, sending, waiting] = await Promise.all([
    count(NEEDS_YOU),
    count(['sending']),
    count(['due', ...ON_ITS_WAY]),
  ])
  return { needsYou, sending, waiting }
}

type Test = (row: Delivery) => boolean

async function testOf(db: WorkspaceDb, { channelIds, campaignIds }: DeliveryFilter): Promise<Test> {
  const posts =
    campaignIds.length > 0 ? new Set(await db.posts.where('campaignId').anyOf(campaignIds).primaryKeys()) : null
  const channels = channelIds.length > 0 ? new Set(channelIds) : null
  return ({ postId, channelId }) => (posts?.has(postId) ?? true) && (channels?.has(channelId) ?? true)
}

export interface OpenDeliveries {
  readonly needsYou: readonly Delivery[]
  readonly onItsWay: readonly Delivery[]
  readonly waiting: readonly Delivery[]
  /** There are more that wait than were read. */
  readonly more: boolean
}

const byPlace = (a: Delivery, b: Delivery) => a.place - b.place

/** What has not ended, soonest first; of what is planned no more than `most`. */
export async function openDeliveries(db: WorkspaceDb, filter: DeliveryFilter, most: number): Promise<OpenDeliveries> {
  const test = await testOf(db, filter)
  const of = (kinds: readonly DeliveryKind[]) => db.deliveries.where('state.kind').anyOf(kinds).filter(test).toArray()
  const [needsYou, onItsWay, waiting, planned] = await Promise.all([
    of(NEEDS_YOU),
    of(ON_ITS_WAY),
    of(WAITING),
    // By the time it is looked at next, which for what is planned is when it is due, or may be handed over.
    db.deliveries
      .where('wakeAt')
      .aboveOrEqual(0)
      .filter((row) => row.state.kind === 'planned' && test(row))
      .limit(most + 1)
      .toArray(),
  ])
  return {
    needsYou: needsYou.sort(byPlace),
    onItsWay: onItsWay.sort(byPlace),
    waiting: [...waiting, ...planned.slice(0, most)].sort(byPlace),
    more: planned.length > most,
  }
}

/** What has ended this way, the latest first; one more than `most` where there are more. */
export async function endedDeliveries(
  db: WorkspaceDb,
  kind: 'published' | 'cancelled',
  filter: DeliveryFilter,
  most: number,
): Promise<Delivery[]> {
  const test = await testOf(db, filter)
  // What has ended stands in no queue, so that part of the index is all of it by time.
  return db.deliveries
    .where('[queue+place+id]')
    .between([''], ['\u0000'])
    .reverse()
    .filter((row) => row.state.kind === kind && test(row))
    .limit(most + 1)
    .toArray()
}

/** How many there are of each part of the screen, whatever is filtered. */
export async function deliveryCounts(db: WorkspaceDb) {
  const count = (kinds: readonly DeliveryKind[]) => db.deliveries.where('state.kind').anyOf(kinds).count()
  const [open, published, cancelled] = await Promise.all([
    count([...NEEDS_YOU, ...ON_ITS_WAY, ...WAITING, 'planned']),
    count(['published']),
    count(['cancelled']),
  ])
  return { open, published, cancelled }
}

/** What was sent of a delivery and how it fared, the earliest attempt first. */
export const attemptsOf = async (db: WorkspaceDb, deliveryId: string): Promise<Attempt[]> =>
  (await db.attempts.where('deliveryId').equals(deliveryId).toArray()).sort((a, b) => a.madeAt - b.madeAt)
