/** What a network counts of what it is asked, in windows of its own clock: how much there is, how much is left, and when there is more. */

import { Temporal } from '../../shared/lib/temporal.ts'

/** When what is counted at a moment counts no more. */
export type Window = (at: number) => number

/** Windows that follow each other on the clock; a day of them ends at midnight UTC. */
export const every =
  (length: number): Window =>
  (at) =>
    (Math.floor(at / length) + 1) * length
/** A window that goes along. */
export const rolling =
  (length: number): Window =>
  (at) =>
    at + length
/** Days as they are in a place. */
export const dayIn =
  (zone: string): Window =>
  (at) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).add({ days: 1 }).startOfDay().epochMilliseconds

export interface Limit {
  /** How much there is of it in a window; may be set, so that a test needs few calls. */
  most: number
  left(): number
  /** When there is some more. */
  ends(): number
  /** Percent that are used. */
  percent(): number
  count(cost: number): void
}

export function limit(now: () => number, most: number, window: Window): Limit {
  /** What was counted, by the moment at which it counts no more. */
  const counted = new Map<number, number>()
  const used = () => {
    for (const ends of counted.keys()) if (ends <= now()) counted.delete(ends)
    return [...counted.values()].reduce((sum, cost) => sum + cost, 0)
  }
  const made: Limit = {
    most,
    left: () => Math.max(0, made.most - used()),
    ends: () => (used() === 0 ? window(now()) : Math.min(...counted.keys())),
    percent: () => (made.most > 0 ? Math.floor((used() * 100) / made.most) : 100),
    count: (cost) => {
      const ends = window(now())
      counted.set(ends, (counted.get(ends) ?? 0) + cost)
    },
  }
  return made
}

/** Limits by name, as a sandbox shows them. */
export type Limits<Name extends string = string> = Readonly<Record<Name, Limit>>

/** Counts a call in all of these; or in none, and gives the one that has too little left. Of several the last: name the longest last. */
export function spend(limits: readonly Limit[], cost = 1): Limit | undefined {
  const full = limits.findLast((one) => one.left() < cost)
  if (!full) for (const one of limits) one.count(cost)
  return full
}

/** The one that is met next. */
export const tightest = (limits: readonly Limit[]): Limit | undefined =>
  limits.reduce<Limit | undefined>((least, one) => (least && least.left() <= one.left() ? least : one), undefined)

/** Nothing is counted any more: for whoever practises, or measures, and means no limit. */
export function lift(limits: Limits): void {
  for (const one of Object.values(limits)) one.most = Number.POSITIVE_INFINITY
}
