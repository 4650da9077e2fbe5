/** What a brand says and does not say, and a matcher that finds the latter in a text. Pure. */
import type { Instant } from './time.ts'

export interface BrandWord {
  readonly id: string
  /** What we say; '' where there is nothing to say instead. */
  readonly say: string
  /** What we do not say, every form of it written out: `eco`, `eco-friendly`. Empty: only a word we like. */
  readonly not: readonly string[]
  readonly reason: string
  /** Only as it is written: for names such as `FernHollow`. */
  readonly matchCase: boolean
  readonly order: number
  readonly trashedAt: Instant
}

export interface BrandHit {
  /** UTF-16 offsets, end exclusive */
  readonly from: number
  readonly to: number
  readonly word: BrandWord
}

export interface BrandMatcher {
  /** Hits in order, none over another; the longest form wins. */
  find(text: string): BrandHit[]
}

/** Scripts that put no space between words: the engine's word breaker says where one ends. */
const NO_SPACES = ['Thai', 'Lao', 'Khmer', 'Myanmar', 'Han', 'Hiragana', 'Katakana']
  .map((script) => `\\p{Script=${script}}`)
  .join('')
const SPACELESS = new RegExp(`[${NO_SPACES}]`, 'u')
/** Addresses are names, not words of ours: they are passed over whole. */
const ADDRESS = '(?:https?:\\/\\/|www\\.)\\S+|[\\w.+-]+@[\\w-]+\\.[\\w.-]+|[\\w-]+(?:\\.[\\w-]+)+\\/\\S*'
const PARTS = new RegExp(`(${ADDRESS})|(?:(?![${NO_SPACES}])[\\p{L}\\p{M}\\p{N}_])+|[${NO_SPACES}]+|\\S`, 'giu')

/** A text in which one sign stands for all that look alike: any space, any apostrophe, any hyphen, letters composed or taken apart. */
const plain = (text: string) =>
  text
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replaceAll('’', "'")
    .replace(/[\u2010\u2011]/g, '-')

/** A word or a sign of a text. */
interface Part {
  readonly from: number
  readonly to: number
  readonly key: string
}

/** What a text is made of; null where an address stands. */
const partsOf = (text: string): (Part | null)[] =>
  Array.from(text.matchAll(PARTS), ({ index, 0: found, 1: address }) =>
    address ? null : { from: index, to: index + found.length, key: plain(found).toLowerCase() },
  )

interface Form {
  /** As it is written, in plain signs. */
  readonly text: string
  readonly word: BrandWord
}

const accepts = ({ text, word }: Form, found: string): boolean =>
  word.matchCase ? text === found : text.toLowerCase() === found.toLowerCase() && found !== word.say

/**
 * A list made ready once, by the first word of each form, so that scanning costs what the text is long and not what the list is.
 * Null: nothing to find.
 */
export function compileBrandWords(words: readonly BrandWord[]): BrandMatcher | null {
  const forms = words
    .flatMap((word) => word.not.map((text): Form => ({ text: plain(text.trim()), word })))
    .filter(({ text }) => text !== '')
    .sort((a, b) => b.text.length - a.text.length)
  if (forms.length === 0) return null
  const spaced = Map.groupBy(
    forms.filter(({ text }) => !SPACELESS.test(text)).map((form) => ({ form, parts: partsOf(form.text) })),
    ({ parts }) => parts[0]?.key ?? '',
  )
  const spaceless = forms.filter(({ text }) => SPACELESS.test(text))

  const find = (text: string): BrandHit[] => {
    const hits: BrandHit[] = []
    const parts = partsOf(text)
    for (let at = 0; at < parts.length; at += 1) {
      const first = parts[at]
      for (const { form, parts: wanted } of (first && spaced.get(first.key)) || []) {
        const last = parts[at + wanted.length - 1]
        if (!first || !last || !accepts(form, plain(text.slice(first.from, last.to)))) continue
        hits.push({ from: first.from, to: last.to, word: form.word })
        at += wanted.length - 1
        break
      }
    }
    return spaceless.length > 0 && SPACELESS.test(text) ? merged([...hits, ...withoutSpaces(text, spaceless)]) : hits
  }
  return { find }
}

/** Hits of forms in scripts without spaces. Such lists are short; each form is looked for on its own. */
function withoutSpaces(text: string, forms: readonly Form[]): BrandHit[] {
  return forms.flatMap((form) => {
    const hits: BrandHit[] = []
    for (let from = text.indexOf(form.text); from >= 0; from = text.indexOf(form.text, from + 1)) {
      const to = from + form.text.length
      if (accepts(form, form.text) && wholeWords(text, from, to)) hits.push({ from, to, word: form.word })
    }
    return hits
  })
}

/** In order, the longer of two that overlap. */
function merged(hits: readonly BrandHit[]): BrandHit[] {
  const kept: BrandHit[] = []
  for (const hit of hits.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (hit.from >= (kept.at(-1)?.to ?? 0)) kept.push(hit)
  }
  return kept
}

let segmenter: Intl.Segmenter | undefined
/** Whether a word begins at one place and ends at the other. */
function wholeWords(text: string, from: number, to: number): boolean {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' })
  const parts = segmenter.segment(text)
  return parts.containing(from)?.index === from && (to === text.length || parts.containing(to)?.index === to)
}

/** What stands in the place of a hit: its capital letters are kept. Null: the word has no other. */
export function replacementOf(found: string, { say, matchCase }: BrandWord): string | null {
  if (!say) return null
  if (matchCase) return say
  const [first = ''] = found
  const upper = found.toLocaleUpperCase()
  if (found.length > 1 && found === upper && found !== found.toLocaleLowerCase()) return say.toLocaleUpperCase()
  const capital = first === first.toLocaleUpperCase() && first !== first.toLocaleLowerCase()
  return capital ? say.replace(/^./u, (letter) => letter.toLocaleUpperCase()) : say
}
