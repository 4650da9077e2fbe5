/** What people do with a post, as networks tell it. */
import type { Counts, Heard, Metric } from '../adapter.ts'

/** What a network calls the numbers, and what they are called here; of two names for one, the first that is told counts. */
export type MetricNames = Readonly<Record<string, Metric>>

/** The numbers among what was told: also those in letters. What is no number, or none that can be counted, is not told. */
export function countsOf(names: MetricNames, told: Readonly<Record<string, unknown>>): Counts {
  const counts: Partial<Record<Metric, number>> = {}
  for (const [name, metric] of Object.entries(names)) {
    const value = told[name]
    const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
    if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) counts[metric] ??= count
  }
  return counts
}

/** Without what has a date that cannot be read: nobody could say when it was written, or put it in order. */
export function readable(heard: Heard): Heard {
  if (heard.kind !== 'heard' || heard.messages.every(({ at }) => Number.isFinite(at))) return heard
  const messages = heard.messages.filter(({ at }) => Number.isFinite(at))
  return { ...heard, messages: messages.sort((one, other) => other.at - one.at) }
}
