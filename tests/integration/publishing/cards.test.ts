import { liveQuery } from 'dexie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WorkspaceDb } from '../../../renderer/data/db.ts'
import { deliveriesOnCards } from '../../../renderer/data/deliveries.ts'
import { type Delivery, type DeliveryState, derived, type Mark, newDelivery } from '../../../shared/domain/delivery.ts'
import { AT_NETWORK, atNetwork } from '../../../shared/domain/deliveryAtNetwork.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { aChannel, anOffice, aScheduledPost } from '../../support/publishing.ts'
import { aWorkspace } from '../../support/workspace.ts'

const handedOver = (goesOut: number, changedThere = false): DeliveryState => ({
  kind: 'handed-over',
  goesOut,
  at: 0,
  pending: '',
  afterwards: 'handed-over',
  print: '',
  changedThere,
})
const published = (mark: Mark['kind'] | null, change?: { at: number }): DeliveryState => ({
  kind: 'published',
  at: 5,
  late: false,
  reads: 0,
  mark: mark && { kind: mark, because: '' },
  ...(change && { change: { what: 'edit', because: null, ...change } }),
})

/** Every state a card may have something to say of, and those of which there is nothing to say. */
const STATES: readonly ((dueAt: number) => DeliveryState)[] = [
  () => ({ kind: 'planned' }),
  (dueAt) => ({ kind: 'due', after: dueAt, because: null }),
  () => ({ kind: 'cancelled', by: 'you' }),
  () => ({ kind: 'hand-off', since: 0 }),
  () => ({ kind: 'needs-you', reason: { kind: 'unclear', why: 'not-seen' } }),
  (dueAt) => handedOver(dueAt),
  (dueAt) => handedOver(dueAt, true),
  () => published(null),
  () => published(null, { at: 9 }),
  () => published(null, { at: -1 }),
  () => published('private', { at: -1 }),
  ...(['private', 'in-review', 'processing', 'removed', 'deleted', 'partial', 'too-late-to-cancel'] as const).map(
    (mark) => () => published(mark),
  ),
]
const ASKS = new Set(['needs-you', 'your-turn', 'not-done'])

const deliveries = fc.array(fc.tuple(fc.nat(STATES.length - 1), fc.nat(40)), { maxLength: 40 }).map((list) =>
  list.map(([state, dueAt], at): Delivery => {
    const of = { id: `p${at}~c`, postId: `p${at}`, channelId: 'c', dueAt, contentAt: 0 }
    return derived({ ...newDelivery(of), state: STATES[state]?.(dueAt) ?? { kind: 'planned' } })
  }),
)

describe('the deliveries that cards say something of', () => {
  it('are those that wait for a person, and in sight those that are handed over or out but not as meant', async () => {
    const { db } = await aWorkspace()
    await fc.assert(
      fc.asyncProperty(deliveries, fc.nat(40), fc.nat(40), async (rows, from, length) => {
        await db.deliveries.clear()
        await db.deliveries.bulkAdd(rows)
        const read = (await deliveriesOnCards(db, from, from + length)).map(({ id }) => id)
        const meant = rows.filter((row) => {
          const there = atNetwork(row)
          return there && (ASKS.has(there) || (row.dueAt >= from && row.dueAt < from + length))
        })
        expect(read.toSorted()).toEqual(meant.map(({ id }) => id).toSorted())
      }),
      { numRuns: 60 },
    )
  })

  it('are read anew only when one of them changes, not when others are sent', async () => {
    const { db } = await aWorkspace()
    const row = (id: string, state: DeliveryState) =>
      derived({ ...newDelivery({ id, postId: id, channelId: 'c', dueAt: 7, contentAt: 0 }), state })
    await db.deliveries.bulkAdd([row('a', { kind: 'planned' }), row('b', published(null)), row('c', handedOver(7))])
    const seen = watched(db)
    await expect.poll(() => seen.last).toEqual(['c'])
    await db.deliveries.bulkPut([
      row('a', { kind: 'due', after: 7, because: null }),
      row('a', published(null)),
      row('far', handedOver(900)),
    ])
    await db.deliveries.put(row('b', published('removed')))
    await expect.poll(() => seen.last).toEqual(['b', 'c'])
    expect(seen.times).toBe(2)
    await db.deliveries.put(row('b', published(null)))
    await db.deliveries.put(row('c', published(null)))
    await expect.poll(() => seen.last).toEqual([])
    seen.stop()
  })

  it('are no more once they are solved', async () => {
    const workspace = await aWorkspace()
    const office = await anOffice(workspace)
    await aChannel(workspace, office.outbox, 'ma')
    await office.outbox.start()
    const id = await aScheduledPost(workspace, ['ma'], 1)
    office.publisher.fault = (call) =>
      call === 'prepare' ? { kind: 'refused', field: 'text', reason: 'too long', details: '' } : null
    await office.pass(3)
    const there = async () => (await deliveriesOnCards(workspace.db, 0, 1)).map((row) => [row.id, atNetwork(row)])
    expect(await there()).toEqual([[placementId(id, 'ma'), 'needs-you']])
    office.publisher.fault = () => null
    await office.outbox.commands.retry([placementId(id, 'ma')])
    await office.pass(3)
    expect(await there()).toEqual([])
    expect(office.publisher.visible()).toHaveLength(1)
  })
})

describe('how a delivery stands at its network', () => {
  it('has a place in the order of need for whatever there is to say', () => {
    const said = STATES.map((state) => atNetwork({ state: state(1) })).filter((there) => there !== null)
    expect(AT_NETWORK.filter((there) => !said.includes(there))).toEqual([])
  })
})

function watched(db: WorkspaceDb) {
  const seen = { times: 0, last: [] as readonly string[], stop: () => subscription.unsubscribe() }
  const subscription = liveQuery(async () => deliveriesOnCards(db, 0, 100)).subscribe((rows) => {
    seen.times += 1
    seen.last = rows.map(({ id }) => id).toSorted()
  })
  return seen
}
