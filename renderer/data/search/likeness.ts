/**
 * How alike two texts are: the pairs of neighbouring words they share, of all they have. A changed word costs two pairs, a changed
 * order a few, another address nothing; accents, case and emoji do not count.
 */
import { termsOf } from './terms.ts'

/** From here on two texts say the same in other words; below, they are about the same thing at most. */
export const ALIKE = 0.5

/** What a text is compared by. */
export function pairsOf(text: string): ReadonlySet<string> {
  const words = termsOf(text.replace(/https?:\/\/\S+/g, ' ')).map(({ term }) => term)
  if (words.length < 3) return new Set(words.length > 0 ? [words.join(' ')] : [])
  return new Set(words.slice(1).map((word, at) => `${words[at]} ${word}`))
}

/** 0: nothing in common, 1: the same. Two empty texts are not alike: they say nothing. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  let shared = 0
  for (const pair of a) if (b.has(pair)) shared += 1
  return shared / (a.size + b.size - shared)
}
