/** Where a text may be cut: at the end of a word, never inside a link, a mention or a character as people see it. Pure. */
import { graphemesOf } from './count.ts'
import { linksIn, mentionsIn } from './entities.ts'

/** Whether a text is short enough. Must hold for every shorter beginning of a text it holds for. */
export type Fits = (text: string) => boolean

/** A cut: what is kept ends at `end`, what follows begins at `next`; the space between belongs to neither. */
interface Cut {
  readonly end: number
  readonly next: number
}

/** A "word" longer than this is writing without spaces, such as Chinese, and may be cut inside. */
const LONGEST_WORD = 40
// A space that carries a mark is half a character; a space that must not break does not.
const SPACE = /[\s--[\u00a0\u202f\ufeff]]+(?![\s\p{Gr_Ext}\p{M}\p{EMod}\u200d])/gv

const cutsIn = (text: string): Cut[] =>
  Array.from(text.matchAll(SPACE), ({ index, 0: space }) => ({ end: index, next: index + space.length })).filter(
    ({ end }) => end > 0,
  )

let wordSegmenter: Intl.Segmenter | undefined

/** Ends inside writing without spaces: of its words, or, where it has none, of its characters. */
function cutsInside(text: string, of: 'words' | 'characters'): Cut[] {
  const whole = [...linksIn(text), ...mentionsIn(text)]
  wordSegmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' })
  const pieces = of === 'words' ? Array.from(wordSegmenter.segment(text), ({ segment }) => segment) : graphemesOf(text)
  let at = 0
  return pieces.flatMap((piece) => {
    at += piece.length
    return whole.some(({ start, end }) => at > start && at < end) ? [] : [{ end: at, next: at }]
  })
}

/** The last cut that leaves a beginning that fits. */
function lastFitting(text: string, cuts: readonly Cut[], fits: Fits): Cut | undefined {
  let [low, high] = [0, cuts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (fits(text.slice(0, cuts[middle]?.end))) low = middle + 1
    else high = middle
  }
  return cuts[low - 1]
}

/** The last place a text may be cut at so that its beginning fits; undefined when even the first word does not. */
function lastCut(text: string, fits: Fits): Cut | undefined {
  const cuts = cutsIn(text)
  const cut = lastFitting(text, cuts, fits)
  const from = cut?.next ?? 0
  const following = cuts.find(({ end }) => end > from)?.end ?? text.length
  if (cut && following - from <= LONGEST_WORD) return cut
  const word = text.slice(from, following)
  const inside = (of: 'words' | 'characters') =>
    lastFitting(word, cutsInside(word, of), (piece) => fits(text.slice(0, from) + piece))
  const finer = inside('words') ?? (cut ? undefined : inside('characters'))
  return finer ? { end: from + finer.end, next: from + finer.next } : cut
}

/** The text up to the last word that fits together with an ellipsis; unchanged when it fits, '' when nothing of it does. */
export function shorten(text: string, fits: Fits): string {
  if (fits(text)) return text
  const ended = (beginning: string) => `${beginning.replace(/[\s,;:、，；：]+$/, '')}…`
  const cut = lastCut(text, (beginning) => fits(ended(beginning)))
  return cut && cut.end > 0 ? ended(text.slice(0, cut.end)) : ''
}

/**
 * The text in pieces that fit, cut after a paragraph or a sentence where one ends in the second half of a piece. A link too long by
 * itself stays whole. `numbered`: each piece ends in ` 2/5`.
 */
export function split(text: string, fits: Fits, numbered = false): string[] {
  if (!numbered) return pieces(text, fits)
  for (let digits = 1; ; digits += 1) {
    const nines = '9'.repeat(digits)
    const parts = pieces(text, (piece) => fits(`${piece} ${nines}/${nines}`))
    if (parts.length > Number(nines)) continue
    return parts.length > 1 ? parts.map((part, index) => `${part} ${index + 1}/${parts.length}`) : pieces(text, fits)
  }
}

function pieces(text: string, fits: Fits): string[] {
  const found: string[] = []
  let rest = text
  while (rest && !fits(rest)) {
    const last = lastCut(rest, fits) ?? cutsIn(rest)[0]
    if (!last) break
    const cut = betterCut(rest, last, fits)
    found.push(rest.slice(0, cut.end))
    rest = rest.slice(cut.next)
  }
  return rest ? [...found, rest] : found
}

/** The end of a paragraph, else of a sentence, in the second half of what would be cut off; else the cut as it is. */
function betterCut(text: string, last: Cut, fits: Fits): Cut {
  const late = cutsIn(text.slice(0, last.next)).filter(({ end }) => end >= last.end / 2 && fits(text.slice(0, end)))
  const ends = (pattern: RegExp, from: (cut: Cut) => string) => late.findLast((cut) => pattern.test(from(cut)))
  return (
    ends(/\n/, ({ end, next }) => text.slice(end, next)) ??
    ends(/[.!?…。！？]["”’»)]?$/, ({ end }) => text.slice(Math.max(0, end - 2), end)) ??
    last
  )
}
