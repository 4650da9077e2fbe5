/** What a page says of itself in its head. Pure: a hostile page is text here, and nothing of it is run or loaded. */

/** Both '' where the page says nothing. */
export interface Card {
  readonly title: string
  readonly description: string
}

const TAG = /<meta\b(?:"[^"]*"|'[^']*'|[^"'>])*>/gi
const ATTRIBUTE = /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g
const LONGEST = { title: 200, description: 500 }

/** By Open Graph (ogp.me), else by what search engines read. */
export function cardIn(html: string): Card {
  const head = html.split(/<\/head>/i, 1)[0] ?? ''
  const said = new Map<string, string>()
  for (const [tag] of head.matchAll(TAG)) {
    const attributes = new Map(
      [...tag.matchAll(ATTRIBUTE)].map(([, name = '', a, b, c]) => [name.toLowerCase(), a ?? b ?? c ?? ''] as const),
    )
    const name = (attributes.get('property') ?? attributes.get('name') ?? '').toLowerCase()
    const content = plain(attributes.get('content') ?? '')
    if (content !== '' && !said.has(name)) said.set(name, content)
  }
  const first = (...names: readonly string[]) =>
    names.map((name) => said.get(name) ?? '').find((one) => one !== '') ?? ''
  const title = first('og:title', 'twitter:title') || plain(/<title\b[^>]*>([^<]*)/i.exec(head)?.[1] ?? '')
  const description = first('og:description', 'twitter:description', 'description')
  return { title: cut(title, LONGEST.title), description: cut(description, LONGEST.description) }
}

const cut = (text: string, most: number): string => {
  const letters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)]
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .map(({ segment }) => segment)
        .join('')
        .trimEnd()}…`
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  middot: '·',
  bull: '•',
  copy: '©',
  reg: '®',
  trade: '™',
}

/** Entities as letters, control characters and runs of space as one space. */
const plain = (text: string): string =>
  text
    .replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) =>
      name ? (NAMED[name.toLowerCase()] ?? whole) : letter(Number.parseInt(hex ?? decimal, hex ? 16 : 10)),
    )
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()

const letter = (code: number): string =>
  code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ' '
