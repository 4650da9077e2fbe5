import type { Instant } from '../../shared/domain/time.ts'
import { clockOff } from './http.ts'

/** By how much this computer's clock is off. Networks agree on the time; what the last of their answers showed counts. */
export interface NetworkClock {
  /** An answer of a network came in, at `now` on this computer's clock. */
  readonly hear: (headers: Headers, now: Instant) => void
  /** Their clock minus ours in milliseconds, 0 where it is about the same; null while none of them told. */
  readonly off: () => number | null
}

export function createNetworkClock(): NetworkClock {
  let off: number | null = null
  return {
    hear: (headers, now) => {
      if (headers.has('date')) off = clockOff(headers, now)
    },
    off: () => off,
  }
}
