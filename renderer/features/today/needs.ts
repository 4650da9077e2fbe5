/** What Today says of publishing, read by index: what waits for a person, and what is not as it was meant. */
import type { Account } from '../../../shared/domain/account.ts'
import type { Delivery } from '../../../shared/domain/delivery.ts'
import { AT_NETWORK, atNetwork } from '../../../shared/domain/deliveryAtNetwork.ts'
import { addDays, type IsoDate, startOfDay, type Zone } from '../../../shared/domain/time.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { COULD_NOT, markedBetween, NEEDS_YOU } from '../../data/deliveries.ts'

/** Days for which what is out but not as it was meant stands on Today: nobody ticks it off, and later its card and the outbox say it. */
const SAID_FOR = 7

export interface Need {
  readonly delivery: Delivery
  readonly title: string
}

interface Needs {
  readonly count: number
  /** No more than are shown. */
  readonly rows: readonly Need[]
}

export interface OutboxNeeds {
  /** It waits for a person, what was due first standing first. */
  readonly waiting: Needs
  /** It is out but not as it was meant, somebody changed it at the network, or a change could not be made there; the worst first. */
  readonly notAsMeant: Needs
  readonly accounts: ReadonlyMap<string, Account>
}

/** `most`: rows of each that are shown. */
export async function outboxNeeds(db: WorkspaceDb, today: IsoDate, zone: Zone, most: number): Promise<OutboxNeeds> {
  const [waiting, notAsMeant] = await Promise.all([
    db.deliveries.where('state.kind').anyOf(NEEDS_YOU).toArray(),
    readNotAsMeant(db, startOfDay(addDays(today, -SAID_FOR), zone), startOfDay(addDays(today, 1), zone)),
  ])
  const first = waiting.sort((a, b) => a.place - b.place).slice(0, most)
  const worst = notAsMeant.sort((a, b) => need(a) - need(b) || b.dueAt - a.dueAt).slice(0, most)
  const shown = [...first, ...worst]
  const [posts, accounts] = await Promise.all([
    db.posts.bulkGet(shown.map(({ postId }) => postId)),
    db.accounts.bulkGet(shown.map(({ channelId }) => channelId)),
  ])
  const rows = shown.map((delivery, at): Need => ({ delivery, title: posts[at]?.title || 'Untitled' }))
  return {
    waiting: { count: waiting.length, rows: rows.slice(0, first.length) },
    notAsMeant: { count: notAsMeant.length, rows: rows.slice(first.length) },
    accounts: new Map(accounts.flatMap((account) => (account ? [[account.id, account]] : []))),
  }
}

async function readNotAsMeant(db: WorkspaceDb, from: number, to: number): Promise<Delivery[]> {
  const rows = await Promise.all([
    db.deliveries.where('state.change.at').equals(COULD_NOT).toArray(),
    db.deliveries.where('state.kind').equals('handed-over').toArray(),
    markedBetween(db, from, to),
  ])
  const byId = new Map(rows.flat().map((row) => [row.id, row]))
  return [...byId.values()].filter((row) => {
    const there = atNetwork(row)
    // What a person deleted there is as they meant it.
    return there !== null && there !== 'handed-over' && there !== 'deleted'
  })
}

function need(delivery: Delivery): number {
  const there = atNetwork(delivery)
  return there === null ? AT_NETWORK.length : AT_NETWORK.indexOf(there)
}
