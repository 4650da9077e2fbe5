/** Files at a media host are taken away when no network needs them any more, and not a moment before. */
import { expect, it } from 'vitest'
import { dropHostedFiles } from '../../../renderer/sync/hostedFiles.ts'
import { type DeliveryState, newDelivery } from '../../../shared/domain/delivery.ts'
import { aWorkspace } from '../../support/workspace.ts'

const HOUR = 3_600_000
const AT = 1_000 * HOUR
const out = (more: Partial<Extract<DeliveryState, { kind: 'published' }>>): DeliveryState => ({
  kind: 'published',
  at: AT,
  late: false,
  reads: 1,
  mark: null,
  ...more,
})

const cases: readonly (readonly [string, DeliveryState, 'stay' | 'go'])[] = [
  ['planned', { kind: 'planned' }, 'stay'],
  ['preparing', { kind: 'sending', step: 'preparing', since: AT, after: AT }, 'stay'],
  ['waiting for a person', { kind: 'needs-you', reason: { kind: 'our-fault', details: '' } }, 'stay'],
  ['out, and not looked at yet', out({ reads: 0 }), 'stay'],
  ['still worked on', out({ mark: { kind: 'processing', because: '' } }), 'stay'],
  ['looked at before it is shown', out({ mark: { kind: 'in-review', because: '' } }), 'stay'],
  ['seen', out({}), 'go'],
  ['seen for some only', out({ mark: { kind: 'private', because: '' } }), 'go'],
  ['never looked at, days ago', out({ reads: 0, at: AT - 48 * HOUR }), 'go'],
  ['cancelled', { kind: 'cancelled', by: 'you' }, 'go'],
] as readonly (readonly [string, DeliveryState, 'stay' | 'go'])[]

it.each(cases)('%s', async (_name, state, then) => {
  const { db } = await aWorkspace()
  const row = newDelivery({ id: 'one', postId: 'p', channelId: 'c', dueAt: AT, contentAt: 0 })
  await db.deliveries.put({ ...row, state } as never)
  const cleared: string[] = []
  const files = {
    lying: async () => ['one', 'nobody’s'],
    clear: async (ids: readonly string[]) => void cleared.push(...ids),
  }
  await dropHostedFiles(db, files, AT + HOUR)
  expect(cleared).toEqual(then === 'go' ? ['one', 'nobody’s'] : ['nobody’s'])
})

it('what may be out keeps its files, whatever else is said of it', async () => {
  const { db } = await aWorkspace()
  const row = newDelivery({ id: 'one', postId: 'p', channelId: 'c', dueAt: AT, contentAt: 0 })
  await db.deliveries.put({ ...row, state: { kind: 'cancelled', by: 'you' }, unanswered: { since: AT } } as never)
  const cleared: string[] = []
  await dropHostedFiles(db, { lying: async () => ['one'], clear: async (ids) => void cleared.push(...ids) }, AT)
  expect(cleared).toEqual([])
})
