/**
 * How alike two texts are: the pairs of neighbouring words they share, of all they have. A changed word costs two pairs, a changed
 * order a few, another address nothing; accents, case and emoji do not count.
 */
import { termsOf } from './terms.ts'

/** From here on two texts say the same in other words; below, they are about the same thing at most. */
export const ALIKE = 0.5

/** The pairs of a text as 32-bit numbers, each once and in order: some four bytes a word, so that all texts can be kept at hand. */
export type Pairs = Uint32Array

/** What a text is compared by. */
export function pairsOf(text: string): Pairs {
  const words = termsOf(text.replace(/https?:\/\/\S+/g, ' ')).map(({ term }) => term)
  const pairs =
    words.length < 3
      ? words.slice(0, 1).map(() => words.join(' '))
      : words.slice(1).map((word, at) => `${words[at]} ${word}`)
  const sorted = Uint32Array.from(pairs, numberOf).sort()
  return sorted.filter((pair, at) => pair !== sorted[at - 1])
}

/** FNV-1a over UTF-16 units. */
function numberOf(pair: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < pair.length; at += 1) hash = Math.imul(hash ^ pair.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** 0: nothing in common, 1: the same. Two empty texts are not alike: they say nothing. */
export function likeness(a: Pairs, b: Pairs): number {
  if (a.length === 0 || b.length === 0) return 0
  let shared = 0
  let atB = 0
  for (const pair of a) {
    while (atB < b.length && (b[atB] as number) < pair) atB += 1
    if (b[atB] === pair) shared += 1
  }
  return shared / (a.length + b.length - shared)
}

/**
 * All texts by what they are compared by. A question goes through every one of about its length, so that none is missed: 18,000
 * posts are some twenty milliseconds.
 */
export function createLikes() {
  const texts = new Map<string, Pairs>()
  return {
    put: (id: string, text: string) => void texts.set(id, pairsOf(text)),
    drop: (id: string) => void texts.delete(id),
    /** Ids of texts that say nearly the same, in no order. */
    find(text: string): { readonly id: string; readonly likeness: number }[] {
      const asked = pairsOf(text)
      const found: { id: string; likeness: number }[] = []
      for (const [id, pairs] of texts) {
        // Half as long or twice as long cannot share enough.
        if (Math.min(asked.length, pairs.length) < ALIKE * Math.max(asked.length, pairs.length)) continue
        const by = likeness(asked, pairs)
        if (by >= ALIKE) found.push({ id, likeness: by })
      }
      return found
    },
  }
}
