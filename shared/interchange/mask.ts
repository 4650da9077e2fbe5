/**
 * Template code in Markdown (Liquid, Nunjucks, Hugo shortcodes, MDX comments, Kramdown attributes) is no Markdown and must come
 * through untouched. It is swapped for a word Markdown does not look into, and swapped back afterwards.
 */

const PAIRS = [
  ['{%', '%}'],
  ['{{', '}}'],
  ['{#', '#}'],
  ['{/*', '*/}'],
  ['{:', '}'],
] as const
const LONGEST = 4000

/** Where fenced code begins and ends: what looks like template code in there is code. */
function fencedSpans(text: string): [number, number][] {
  const spans: [number, number][] = []
  if (!/```|~~~/.test(text)) return spans
  let open: { fence: string; at: number } | null = null
  let at = 0
  for (const line of text.split('\n')) {
    const fence: string | undefined = /^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1]
    if (!open && fence) open = { fence, at }
    else if (open && fence?.startsWith(open.fence) && /^[`~ \t]*$/.test(line.slice(line.indexOf(fence)))) {
      spans.push([open.at, at + line.length])
      open = null
    }
    at += line.length + 1
  }
  if (open) spans.push([open.at, text.length])
  return spans
}

/** Where a code span cannot go on: an empty line, or one that begins another block. */
const BLOCK_EDGE = /\n[ \t>]*(?:\n|$|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|`{3}|~{3}|\|)/g

/** Answers where code that begins with backticks at a place ends, or -1 where they are text. To be asked in order of places. */
function codeEnds(text: string): (at: number, ticks: number) => number {
  const runs = Map.groupBy(text.matchAll(/`+/g), ([ticks]) => ticks.length)
  const passed = new Map<number, number>()
  let edge = -1
  return (at, ticks) => {
    const list = runs.get(ticks) ?? []
    let next = passed.get(ticks) ?? 0
    while ((list[next]?.index ?? Number.POSITIVE_INFINITY) < at + ticks) next += 1
    passed.set(ticks, next)
    if (edge < at) {
      BLOCK_EDGE.lastIndex = at
      edge = BLOCK_EDGE.exec(text)?.index ?? text.length
    }
    const end = list[next]?.index ?? Number.POSITIVE_INFINITY
    return end <= edge ? end + ticks : -1
  }
}

/** An escaped sign, backticks, or what may begin template code. */
const SIGNS = /\\[\\`]|`+|\{/g

/**
 * Start and end of every piece of template code in a text, in order. Linear in its length. `markdown`: code between backticks is code,
 * whatever it looks like; else the text is words only.
 */
export function templateSpans(text: string, markdown = true): [number, number][] {
  const spans: [number, number][] = []
  const fences = markdown ? fencedSpans(text) : []
  const codeEnd = markdown ? codeEnds(text) : () => -1
  const next = new Map<string, number>()
  const closing = (close: string, from: number) => {
    const known = next.get(close)
    if (known !== undefined && (known >= from || known === -1)) return known
    const at = text.indexOf(close, from)
    next.set(close, at)
    return at
  }
  SIGNS.lastIndex = 0
  for (let sign = SIGNS.exec(text); sign; sign = SIGNS.exec(text)) {
    const at = sign.index
    while (fences[0] && fences[0][1] <= at) fences.shift()
    if (fences[0] && fences[0][0] <= at) {
      SIGNS.lastIndex = fences[0][1]
      continue
    }
    if (sign[0] !== '{') {
      const end = sign[0].startsWith('`') ? codeEnd(at, sign[0].length) : -1
      if (end !== -1) SIGNS.lastIndex = end
      continue
    }
    const pair = PAIRS.find(([open]) => text.startsWith(open, at))
    const end = pair ? closing(pair[1], at + pair[0].length) : -1
    if (!pair || end === -1 || end - at > LONGEST) continue
    // Among words a brace before it would make another beginning of it in the whole text: both are written as braces.
    if (!markdown && text[at - 1] === '{') continue
    let stop = end + pair[1].length
    // `{{ "a" }}}`: the last two close.
    while (pair[1] === '}}' && text[stop] === '}') stop += 1
    const piece = text.slice(at, stop)
    const lines = /\n[ \t]*\n/.test(piece) || (pair[0] === '{:' && piece.includes('\n'))
    // An odd number of backticks: it ends within code.
    if (lines || (piece.split('`').length - 1) % 2 === 1) SIGNS.lastIndex = at + pair[0].length
    else {
      spans.push([at, stop])
      SIGNS.lastIndex = stop
    }
  }
  return spans
}

/** A private-use character a text does not have. */
function unusedSign(text: string): string {
  for (let code = 0xe000; code <= 0xf8ff; code += 1) {
    const sign = String.fromCharCode(code)
    if (!text.includes(sign)) return sign
  }
  throw new Error('The text uses every private-use character.')
}

/** Pieces taken out of a text, each standing there as one word of private-use characters and digits. */
export interface Mask {
  /** Puts the pieces back into any part of the masked text. */
  readonly unmask: (text: string) => string
  /** Takes a piece out. */
  readonly hide: (piece: string) => string
  /** Markdown with all template code taken out. */
  readonly maskMarkdown: (markdown: string) => string
  /** Words with all template code taken out. */
  readonly maskTemplates: (text: string) => string
  /** One or more pieces with nothing but space around them. */
  readonly onlyPieces: RegExp
  /** A line break that touches a piece. */
  readonly breakAtPiece: RegExp
}

/** `whole`: all text the mask will ever see, so that its sign cannot occur in it. */
export function createMask(whole: string): Mask {
  const sign = unusedSign(whole)
  const pieces: string[] = []
  const hide = (piece: string) => {
    pieces.push(piece)
    return `${sign}${pieces.length - 1}${sign}`
  }
  const token = new RegExp(`${sign}(\\d+)${sign}`, 'g')
  const masked = (text: string, markdown: boolean) => {
    if (!text.includes('{')) return text
    let without = ''
    let from = 0
    for (const [start, end] of templateSpans(text, markdown)) {
      without += text.slice(from, start) + hide(text.slice(start, end))
      from = end
    }
    return without + text.slice(from)
  }
  return {
    hide,
    unmask: (text) =>
      text.includes(sign) ? text.replace(token, (all, index: string) => pieces[Number(index)] ?? all) : text,
    maskMarkdown: (markdown) => masked(markdown, true),
    maskTemplates: (text) => masked(text, false),
    onlyPieces: new RegExp(`^\\s*(?:${sign}\\d+${sign}\\s*)+$`),
    breakAtPiece: new RegExp(`(?<=${sign})[ \\t]*\\n[ \\t]*|[ \\t]*\\n[ \\t]*(?=${sign})`, 'g'),
  }
}
