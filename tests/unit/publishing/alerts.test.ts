import { expect, it } from 'vitest'
import { createAlerts } from '../../../renderer/app/alerts.ts'

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
