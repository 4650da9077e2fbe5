/** How text becomes the terms of the index, and where they stand in it. The same rule for what is stored and what is asked. */

export interface Term {
  /** folded: what is compared */
  readonly term: string
  /** position in the text, in UTF-16 units */
  readonly start: number
  readonly end: number
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’][\p{L}\p{M}]+)*/gu
/** Scripts written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** Marks that readers leave out when they search: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs. */
const SILENT_MARKS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670]/g
/** Letters Unicode does not take apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
  ى: 'ي',
  ة: 'ه',
  '’': "'",
}
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g')

/** Case, accents and letter forms taken away: `Zürich` and `ZURICH` become one. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(SILENT_MARKS, '')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC')

let segmenter: Intl.Segmenter | undefined

/** The terms of a text in order. Chinese, Japanese, Thai and their like are cut by the engine's word breaker. */
export function termsOf(text: string): Term[] {
  const terms: Term[] = []
  for (const match of text.matchAll(WORD)) {
    const [word] = match
    if (!UNSPACED.test(word)) {
      terms.push({ term: fold(word), start: match.index, end: match.index + word.length })
      continue
    }
    segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' })
    for (const { segment, index, isWordLike } of segmenter.segment(word)) {
      if (isWordLike === false) continue
      const start = match.index + index
      terms.push({ term: fold(segment), start, end: start + segment.length })
    }
  }
  return terms
}

export type Span = readonly [start: number, end: number]

/**
 * Where found terms stand in a text. A word that begins with what was typed is marked as far as it was typed, one found by
 * likeness as a whole.
 */
export function rangesOf(text: string, found: ReadonlySet<string>, asked: readonly string[]): Span[] {
  const ranges: Span[] = []
  for (const { term, start, end } of termsOf(text)) {
    if (!found.has(term)) continue
    const typed = asked
      .filter((query) => term.startsWith(query))
      .reduce((longest, query) => Math.max(longest, query.length), 0)
    ranges.push([start, typed > 0 && term.length === end - start ? start + typed : end])
  }
  return ranges
}
