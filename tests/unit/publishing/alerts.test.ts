import { expect, it } from 'vitest'
import { alertWords, createAlerts } from '../../../renderer/app/alerts.ts'
import type { DeliveryState } from '../../../shared/domain/delivery.ts'
import { there } from '../../../shared/domain/deliveryMoves.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'

it('tells what comes together at once, and what comes later apart', () => {
  const told: (readonly string[])[] = []
  const timers: (() => void)[] = []
  const alerts = createAlerts<string>(
    (list) => told.push(list),
    (work) => timers.push(work),
  )
  for (const one of ['a', 'b', 'c']) alerts.add(one)
  expect(timers).toHaveLength(1)
  timers[0]?.()
  alerts.add('d')
  timers[1]?.()
  expect(told).toEqual([['a', 'b', 'c'], ['d']])
})

const out = (fields: Partial<Extract<DeliveryState, { kind: 'published' }>>): DeliveryState => ({
  kind: 'published',
  at: 0,
  late: false,
  reads: 1,
  mark: null,
  ...fields,
})
const trouble: Trouble = { kind: 'unknown', details: '' }

it.each<[string, DeliveryState, string]>([
  ['waits at its network', { ...there(1, 0), changedThere: true }, 'was changed at its network by somebody'],
  [
    'is to be changed',
    out({ change: { what: 'edit', at: -1, because: trouble } }),
    'is out, and could not be changed there',
  ],
  ['is to go', out({ change: { what: 'remove', at: -1, because: trouble } }), 'is out, and could not be deleted there'],
  ['was taken away', out({ mark: { kind: 'removed', because: '' } }), 'is not at its network'],
  ['is under review', out({ mark: { kind: 'in-review', because: '' } }), 'is under review at its network'],
  ['is worked on', out({ mark: { kind: 'processing', because: '' } }), 'is still being worked on at its network'],
  ['only its author sees', out({ mark: { kind: 'private', because: '' } }), 'is out, but not as you meant it'],
])('says of what is not as it was meant, and %s, how it stands', (_how, state, words) => {
  expect(alertWords('not-as-meant', { state })).toBe(words)
})

it('says of the others what is to be done, or was', () => {
  const state: DeliveryState = { kind: 'planned' }
  expect(alertWords('needs-you', { state })).toBe('needs you')
  expect(alertWords('moved', { state })).toBe('was moved')
})
