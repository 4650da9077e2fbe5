import type { Instant } from '../../shared/domain/time.ts'
import { clockOff } from './http.ts'

/** By how much this computer's clock is off. Networks agree on the time; what the last of their answers showed counts. */
export interface NetworkClock {
  /** An answer of a network came in, at `now` on this computer's clock. */
  readonly hear: (headers: Headers, now: Instant) => void
  /** Their clock minus ours in milliseconds as it was then, 0 where it was about the same; null while none of them told. */
  readonly off: () => number | null
  /** The same as it is `now`: null, too, once the clock was set or the computer slept since. */
  readonly offBy: (now: Instant) => number | null
}

/** A clock that was not set keeps step with one that cannot be. */
const IN_STEP_MS = 30_000

export function createNetworkClock(monotonic: () => number = () => performance.now()): NetworkClock {
  let heard: { readonly off: number; readonly at: Instant; readonly since: number } | null = null
  return {
    hear: (headers, now) => {
      if (headers.has('date')) heard = { off: clockOff(headers, now), at: now, since: monotonic() }
    },
    off: () => heard?.off ?? null,
    offBy: (now) => (heard && Math.abs(now - heard.at - (monotonic() - heard.since)) < IN_STEP_MS ? heard.off : null),
  }
}
