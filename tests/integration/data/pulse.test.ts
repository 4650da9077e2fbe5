import { describe, expect, it } from 'vitest'
import { createPulse } from '../../../renderer/data/pulse.ts'

/** A pulse whose time passes when told so. */
function aPulse() {
  let due: (() => void) | undefined
  const pulse = createPulse((work) => {
    due = work
  })
  const told: boolean[] = []
  pulse.onChange(() => told.push(pulse.silent()))
  return {
    ...pulse,
    told,
    looks: (times: number) => {
      for (let look = 0; look < times; look += 1) {
        const work = due
        due = undefined
        work?.()
      }
    },
    /** Whether anything will look again. */
    looking: () => due !== undefined,
  }
}

describe('the pulse of the database', () => {
  it('is silent once something was left without an answer for four looks, and is not any more with the answer', () => {
    const pulse = aPulse()
    const asked = pulse.ask()
    pulse.looks(3)
    expect(pulse.silent()).toBe(false)
    pulse.looks(1)
    expect(pulse.silent()).toBe(true)
    pulse.looks(10)
    pulse.ended(asked)
    expect(pulse.told).toEqual([true, false])
  })

  it('is watched only while something is asked', () => {
    const pulse = aPulse()
    expect(pulse.looking()).toBe(false)
    pulse.ended(pulse.ask())
    pulse.looks(1)
    expect(pulse.looking()).toBe(false)
    pulse.ask()
    expect(pulse.looking()).toBe(true)
  })

  it('goes on while a long transaction writes, also for what waits behind it', () => {
    const pulse = aPulse()
    const long = pulse.ask()
    pulse.ask()
    for (let write = 0; write < 5; write += 1) {
      pulse.looks(3)
      pulse.alive(long)
    }
    expect(pulse.told).toEqual([])
    pulse.looks(4)
    expect(pulse.told).toEqual([true])
  })

  it('is silent for what hangs, whatever else is answered meanwhile', () => {
    const pulse = aPulse()
    pulse.ask()
    for (let other = 0; other < 4; other += 1) {
      pulse.ended(pulse.ask())
      pulse.looks(1)
    }
    pulse.ended(pulse.ask())
    expect(pulse.told).toEqual([true])
  })

  it('ends with what failed as well', async () => {
    const pulse = aPulse()
    const failed = pulse.watch(Promise.reject(new Error('not opened')))
    pulse.looks(4)
    await expect(failed).rejects.toThrow('not opened')
    expect(pulse.told).toEqual([true, false])
  })
})
