import type { Instant } from '../../shared/domain/time.ts'

export interface Clock {
  now(): Instant
}

/**
 * Hybrid logical clock: text that sorts in the order things happened on this device and, once others are heard, across devices,
 * even when the wall clock is set back. `milliseconds-counter-node`.
 */
export function createLogicalClock(clock: Clock, node: string) {
  let last = 0
  let counter = 0
  return {
    /** Never hands out less than what was seen before. */
    witness(stamp: string) {
      const at = Number(stamp.slice(0, 15))
      if (at > last) {
        last = at
        counter = Number.parseInt(stamp.slice(16, 20), 36)
      }
    },
    next(): string {
      const now = clock.now()
      if (now > last) {
        last = now
        counter = 0
      } else counter += 1
      return `${String(last).padStart(15, '0')}-${counter.toString(36).padStart(4, '0')}-${node}`
    },
  }
}
export type LogicalClock = ReturnType<typeof createLogicalClock>
