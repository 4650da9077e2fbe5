/** What people do with a post, as networks tell it. */
import { decodeHTMLStrict } from 'entities/decode'
import type { Counts, Metric } from '../adapter.ts'

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

/** The text of a piece of HTML that somebody wrote: a hostile one is text here, and nothing of it is run or loaded. */
export const plainOfHtml = (html: string): string =>
  decodeHTMLStrict(
    html
      .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?<br\b[^<>]*> ?/gi, '\n')
      .replace(/<\/(?:p|div|li|blockquote|h[1-6]|pre)\s*>\s*/gi, '\n\n')
      .replace(/<[^<>]*>/g, ''),
  )
    .replace(/\n{3,}/g, '\n\n')
    .trim()
