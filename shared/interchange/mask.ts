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

/** Start and end of every piece of template code in a text, in order. Linear in its length. */
export function templateSpans(text: string): [number, number][] {
  const spans: [number, number][] = []
  const fences = fencedSpans(text)
  const next = new Map<string, number>()
  const closing = (close: string, from: number) => {
    const known = next.get(close)
    if (known !== undefined && (known >= from || known === -1)) return known
    const at = text.indexOf(close, from)
    next.set(close, at)
    return at
  }
  for (let at = text.indexOf('{'); at !== -1; at = text.indexOf('{', at)) {
    while (fences[0] && fences[0][1] <= at) fences.shift()
    if (fences[0] && fences[0][0] <= at) {
      at = fences[0][1]
      continue
    }
    const pair = PAIRS.find(([open]) => text.startsWith(open, at))
    const end = pair ? closing(pair[1], at + pair[0].length) : -1
    if (!pair || end === -1 || end - at > LONGEST) {
      at += 1
      continue
    }
    let stop = end + pair[1].length
    // `{{ "a" }}}`: the last two close.
    while (pair[1] === '}}' && text[stop] === '}') stop += 1
    const piece = text.slice(at, stop)
    const lines = /\n[ \t]*\n/.test(piece) || (pair[0] === '{:' && piece.includes('\n'))
    // An odd number of backticks: it begins or ends within code.
    if (lines || (piece.split('`').length - 1) % 2 === 1) {
      at += pair[0].length
      continue
    }
    spans.push([at, stop])
    at = stop
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
  /** The text with all template code taken out. */
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
  return {
    hide,
    unmask: (text) =>
      text.includes(sign) ? text.replace(token, (all, index: string) => pieces[Number(index)] ?? all) : text,
    maskTemplates: (text) => {
      if (!text.includes('{')) return text
      let masked = ''
      let from = 0
      for (const [start, end] of templateSpans(text)) {
        masked += text.slice(from, start) + hide(text.slice(start, end))
        from = end
      }
      return masked + text.slice(from)
    },
    onlyPieces: new RegExp(`^\\s*(?:${sign}\\d+${sign}\\s*)+$`),
    breakAtPiece: new RegExp(`(?<=${sign})[ \\t]*\\n[ \\t]*|[ \\t]*\\n[ \\t]*(?=${sign})`, 'g'),
  }
}
