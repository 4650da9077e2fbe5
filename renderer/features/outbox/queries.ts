import type { Account } from '../../../shared/domain/account.ts'
import type { Delivery } from '../../../shared/domain/delivery.ts'
import { mailedTo } from '../../../shared/domain/mailing.ts'
import { type Placement, placementId } from '../../../shared/domain/placement.ts'
import { addDays, dateAt, type Instant, type IsoDate, type Zone } from '../../../shared/domain/time.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { type DeliveryFilter, deliveryCounts, endedDeliveries, openDeliveries } from '../../data/deliveries.ts'

export type Tab = 'open' | 'published' | 'cancelled'

export interface OutboxRow {
  readonly delivery: Delivery
  readonly title: string
  /** Whom it is to be mailed to as well, in words; '' for nobody, and for what has ended. */
  readonly mailedTo: string
  /** What is different on its channel; undefined: nothing, or it has ended. */
  readonly placement: Placement | undefined
  /** Why its network did not take it ahead; '' where it did, or was not asked. */
  readonly refusedAhead: string
}

export interface Section {
  readonly name: string
  readonly note: string
  readonly rows: readonly OutboxRow[]
}

export interface OutboxFacts {
  readonly sections: readonly Section[]
  readonly counts: Awaited<ReturnType<typeof deliveryCounts>>
  readonly accounts: ReadonlyMap<string, Account>
  /** There are more rows than were asked for. */
  readonly more: boolean
}

/** Rows of the day that is on in the outbox while it is open. */
const OUT_TODAY = 50
const DAYS = ['Out today', 'Yesterday', 'Earlier'] as const

/** One delivery wherever it stands, though it be further down than what is listed; null where it is gone. */
export async function outboxRow(db: WorkspaceDb, id: string): Promise<OutboxRow | null> {
  const delivery = await db.deliveries.get(id)
  return delivery ? ((await rowsOf(db, [delivery]))[0] ?? null) : null
}

/** Deliveries with what is said of their posts. */
async function rowsOf(db: WorkspaceDb, deliveries: readonly Delivery[]): Promise<OutboxRow[]> {
  const open = deliveries.filter((delivery) => tabOf(delivery) === 'open')
  const [posts, placements, refused] = await Promise.all([
    db.posts.bulkGet([...new Set(deliveries.map(({ postId }) => postId))]),
    db.placements.bulkGet(open.map(({ postId, channelId }) => placementId(postId, channelId))),
    refusalsAhead(db, open),
  ])
  const titles = new Map(posts.flatMap((post) => (post ? [[post.id, post.title]] : [])))
  const placed = new Map(open.map(({ id }, at) => [id, placements[at]]))
  return deliveries.map((delivery) => {
    const placement = placed.get(delivery.id)
    return {
      delivery,
      title: titles.get(delivery.postId) || 'Untitled',
      mailedTo: mailedTo(placement?.fields ?? {}),
      placement,
      refusedAhead: refused.get(delivery.id) ?? '',
    }
  })
}

/** What networks said of those they did not take ahead, by delivery. Few are asked for: most go ahead, or never could. */
async function refusalsAhead(db: WorkspaceDb, deliveries: readonly Delivery[]): Promise<ReadonlyMap<string, string>> {
  const asked = deliveries.filter(
    ({ state, mayGoAhead, aheadAfter }) => state.kind === 'planned' && (!mayGoAhead || aheadAfter !== undefined),
  )
  const heard = new Map(asked.map(({ id, contentAt }) => [id, contentAt]))
  const attempts = await db.attempts
    .where('deliveryId')
    .anyOf([...heard.keys()])
    .toArray()
  return new Map(
    attempts
      // What was said of another text is no answer to this one.
      .filter(({ deliveryId, madeAt }) => madeAt >= (heard.get(deliveryId) ?? 0))
      .sort((a, b) => a.madeAt - b.madeAt)
      .flatMap(({ deliveryId, log }) =>
        log.flatMap(({ trouble }) =>
          trouble?.kind === 'refused' && trouble.field === 'publishAt' ? [[deliveryId, trouble.reason] as const] : [],
        ),
      ),
  )
}

/** The tab a delivery is found in. */
export const tabOf = ({ state: { kind } }: Pick<Delivery, 'state'>): Tab =>
  kind === 'published' || kind === 'cancelled' ? kind : 'open'

/** What a tab shows, in its sections; empty ones are left out. */
export async function outboxFacts(
  db: WorkspaceDb,
  { tab, filter, most, today, zone }: { tab: Tab; filter: DeliveryFilter; most: number; today: IsoDate; zone: Zone },
): Promise<OutboxFacts> {
  const [counts, accounts, { lists, more }] = await Promise.all([
    deliveryCounts(db),
    db.accounts.toArray(),
    tab === 'open' ? openLists(db, filter, most, today, zone) : endedLists(db, tab, filter, most, today, zone),
  ])
  const rows = await rowsOf(
    db,
    lists.flatMap((list) => list.rows),
  )
  const byId = new Map(rows.map((row) => [row.delivery.id, row]))
  return {
    counts,
    more,
    accounts: new Map(accounts.map((account) => [account.id, account])),
    sections: lists
      .filter((list) => list.rows.length > 0)
      .map((list) => ({ ...list, rows: list.rows.flatMap(({ id }) => byId.get(id) ?? []) })),
  }
}

interface List {
  readonly name: string
  readonly note: string
  readonly rows: readonly Delivery[]
}
interface Lists {
  readonly lists: readonly List[]
  readonly more: boolean
}

async function openLists(
  db: WorkspaceDb,
  filter: DeliveryFilter,
  most: number,
  today: IsoDate,
  zone: Zone,
): Promise<Lists> {
  const [open, out] = await Promise.all([
    openDeliveries(db, filter, most),
    endedDeliveries(db, 'published', filter, OUT_TODAY),
  ])
  return {
    more: open.more,
    lists: [
      { name: 'Needs you', note: 'stopped on purpose, nothing is sent twice', rows: open.needsYou },
      { name: 'On its way', note: '', rows: open.onItsWay },
      { name: 'Waiting', note: '', rows: open.waiting },
      { name: 'Out today', note: '', rows: out.filter((row) => dateAt(endOf(row), zone) === today) },
    ],
  }
}

async function endedLists(
  db: WorkspaceDb,
  tab: 'published' | 'cancelled',
  filter: DeliveryFilter,
  most: number,
  today: IsoDate,
  zone: Zone,
): Promise<Lists> {
  const found = await endedDeliveries(db, tab, filter, most)
  const rows = found.slice(0, most)
  const more = found.length > most
  if (tab === 'cancelled') return { more, lists: [{ name: 'Cancelled', note: '', rows }] }
  const yesterday = addDays(today, -1)
  const days = Map.groupBy(rows, (row) => {
    const day = dateAt(endOf(row), zone)
    return day === today ? 'Out today' : day === yesterday ? 'Yesterday' : 'Earlier'
  })
  return {
    more,
    lists: DAYS.map((name) => ({ name, note: '', rows: days.get(name) ?? [] })),
  }
}

/** When it went out; of what has not, when it is meant to. */
export const endOf = ({ state, dueAt }: Delivery): Instant => (state.kind === 'published' ? state.at : dueAt)
