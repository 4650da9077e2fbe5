import { describe, expect, it } from 'vitest'
import { outboxNeeds } from '../../../renderer/features/today/needs.ts'
import { type Delivery, type DeliveryState, derived, type Mark, newDelivery } from '../../../shared/domain/delivery.ts'
import { aWorkspace } from '../../support/workspace.ts'

const TODAY = '2026-11-24'
const NOON = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000

const row = (id: string, state: DeliveryState, dueAt = NOON): Delivery =>
  derived({ ...newDelivery({ id, postId: id, channelId: 'c', dueAt, contentAt: 0 }), state })
const out = (mark: Mark['kind'] | null, changeAt?: number): DeliveryState => ({
  kind: 'published',
  at: NOON,
  late: false,
  reads: 1,
  mark: mark && { kind: mark, because: '' },
  ...(changeAt === undefined ? {} : { change: { what: 'edit', because: null, at: changeAt } }),
})
const there = (changedThere: boolean, pending: '' | 'edit' = ''): DeliveryState => ({
  kind: 'handed-over',
  goesOut: NOON + DAY,
  at: 0,
  pending,
  afterwards: 'handed-over',
  print: '',
  changedThere,
})

async function onToday(rows: readonly Delivery[], most = 20) {
  const { db } = await aWorkspace()
  await db.deliveries.bulkAdd(rows)
  const { waiting, notAsMeant } = await outboxNeeds(db, TODAY, 'UTC', most)
  const ids = (list: typeof waiting) => list.rows.map(({ delivery }) => delivery.id)
  return { waiting: ids(waiting), notAsMeant: ids(notAsMeant), counts: [waiting.count, notAsMeant.count] }
}

describe('what Today says of publishing', () => {
  it('has everything that is not as it was meant, the worst first, beside what waits for a person', async () => {
    const { waiting, notAsMeant } = await onToday([
      row('in review', out('in-review')),
      row('locked', out('private')),
      row('by hand', { kind: 'hand-off', since: 0 }),
      row('out anyway', out('too-late-to-cancel')),
      row('changed there', there(true), NOON + DAY),
      row('in part', out('partial')),
      row('worked on', out('processing')),
      row('taken away', out('removed')),
      row('not done', out(null, -1), NOON - 90 * DAY),
      row('unclear', { kind: 'needs-you', reason: { kind: 'unclear', why: 'not-seen' } }, NOON - DAY),
    ])
    expect(waiting).toEqual(['unclear', 'by hand'])
    expect(notAsMeant).toEqual([
      'not done',
      'in part',
      'taken away',
      'changed there',
      'locked',
      'in review',
      'worked on',
      'out anyway',
    ])
  })

  it('says nothing of what is as it was meant, or was deleted by a person, or has stood there for a week', async () => {
    const { waiting, notAsMeant } = await onToday([
      row('planned', { kind: 'planned' }),
      row('out', out(null)),
      row('being changed', out(null, 9)),
      row('handed over', there(false), NOON + DAY),
      row('put back', there(true, 'edit'), NOON + DAY),
      row('deleted', out('deleted')),
      row('long ago', out('private'), NOON - 8 * DAY),
      row('cancelled', { kind: 'cancelled', by: 'you' }),
    ])
    expect([...waiting, ...notAsMeant]).toEqual([])
  })

  it('counts all and shows no more than it has room for', async () => {
    const rows = ['a', 'b', 'c'].flatMap((id) => [
      row(id, out('private')),
      row(`${id}${id}`, { kind: 'hand-off', since: 0 }),
    ])
    expect(await onToday(rows, 2)).toMatchObject({ counts: [3, 3], waiting: ['aa', 'bb'], notAsMeant: ['a', 'b'] })
  })
})
