/**
 * Source code in an imported text as a reader of paper wants it: the words in it and the pictures it names, not how it says so.
 * The text itself keeps every letter; only the page leaves them out.
 */
import { decodeHTMLStrict } from 'entities/decode'

export type Said =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'picture'; readonly name: string; readonly alt: string }

const TEMPLATE = /\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g
const PICTURE = /\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#].*)?$/i
const BLOCK_END = /<br\s*\/?>|<\/(?:p|div|li|dt|dd|h[1-6]|tr|figure|figcaption|blockquote|caption|aside|section)\s*>/gi

/** What a passage of HTML and template code shows, line by line; nothing for scripts, styles, comments and bare containers. */
export function saidByHtml(html: string): Said[][] {
  const pieces: Said[] = []
  const keep = (said: Said | null) => (said ? `\u0000${pieces.push(said) - 1}\u0000` : ' ')
  const text = html
    .replace(/<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(TEMPLATE, (code) => keep(saidByTemplate(code)))
    .replace(/<img\b[^>]*>/gi, (tag) => keep(picture(attribute(tag, 'src'), attribute(tag, 'alt'))))
    .replace(/<(?:iframe|video|audio|embed)\b[^>]*>/gi, (tag) => keep(address(attribute(tag, 'src'))))
    .replace(BLOCK_END, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, '')
  return text.split('\n').flatMap((line) => {
    const said = line
      .split('\u0000')
      .flatMap((part, at) => (at % 2 === 1 ? (pieces[Number(part)] ?? []) : words(decodeHTMLStrict(part))))
    return said.length > 0 ? [said] : []
  })
}

/** A line of text with template code in it, and with those pieces of HTML that an import found there. */
export function saidInLine(text: string, html: readonly string[]): Said[] {
  const tags = html.filter((piece) => piece.startsWith('<')).sort((a, b) => b.length - a.length)
  const bare = tags.reduce((rest, tag) => rest.replaceAll(tag, ''), text)
  const said: Said[] = []
  let from = 0
  for (const { 0: code, index } of bare.matchAll(TEMPLATE)) {
    const shown = saidByTemplate(code)
    said.push(...verbatim(bare.slice(from, index)), ...(shown ? [shown] : []))
    from = index + code.length
  }
  return [...said, ...verbatim(bare.slice(from))]
}

/** Template code that names a picture or an address shows it; anything else is for the site's build alone. */
function saidByTemplate(code: string): Said | null {
  const quoted = Array.from(code.matchAll(/"([^"]*)"|'([^']*)'/g), ([, double, single]) => double ?? single ?? '')
  const source = quoted.find((value) => PICTURE.test(value))
  if (source) return picture(source, quoted.findLast((value) => value !== source && value.includes(' ')) ?? '')
  return address(quoted.find((value) => /^https?:/.test(value)) ?? '')
}

const attribute = (tag: string, name: string): string => {
  const [, double, single] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag) ?? []
  return decodeHTMLStrict(double ?? single ?? '')
}
const picture = (source: string, alt: string): Said | null => {
  const name = source.replace(/[?#].*$/, '').replace(/^.*\//, '')
  return name || alt ? { kind: 'picture', name, alt } : null
}
const address = (url: string): Said | null => (url ? { kind: 'words', text: url } : null)
const verbatim = (text: string): Said[] => (text === '' ? [] : [{ kind: 'words', text }])
const words = (text: string): Said[] => {
  const line = text.replace(/\s+/g, ' ')
  return line.trim() === '' ? [] : [{ kind: 'words', text: line }]
}
