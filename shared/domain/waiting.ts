/** How long is waited for what, where the network itself does not say. Milliseconds. */

export const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Bytes a second that a slow line still carries. */
const SLOW_LINE = 40_000

/** Milliseconds an upload of so many bytes may take. */
export const patienceFor = (bytes: number): number => MINUTE + Math.ceil((bytes / SLOW_LINE) * 1000)

const STEPS = [30 * SECOND, 2 * MINUTE, 8 * MINUTE, 30 * MINUTE, 2 * HOUR] as const

/** The wait after so many failures: up to 30 s, 2, 8, 30 min, 2 h, any moment of it alike (full jitter), so that many do not come back at once. */
export const backOff = (failures: number, { random, pace }: Jitter): number =>
  Math.round((STEPS[Math.min(failures, STEPS.length - 1)] ?? 0) * random * pace)

interface Jitter {
  /** 0 up to 1. */
  readonly random: number
  /** What a wait is multiplied by: 1, or `PRACTICE_PACE`. */
  readonly pace: number
}

/** What is practised with runs on this computer: it settles at once, and whoever practises watches. */
export const PRACTICE_PACE = 1 / 6

/** Later than this is late: a timer that was a little slow is not. */
export const PUNCTUAL = 2 * MINUTE

/** What was not in a listing may still come into it: a second look counts only after this. A call that nobody saw end has ended by then. */
export const LISTING_SETTLES = MINUTE

/** Below this a network may take a date ahead as "now". */
export const SOONEST_AHEAD = 6 * MINUTE

/** When the state of what went out is read back. */
export const READ_BACKS = [MINUTE, HOUR, 24 * HOUR] as const

/** No timer is set for longer: timers stand still while a computer sleeps, and a clock may be set meanwhile. */
export const LONGEST_TIMER = MINUTE
