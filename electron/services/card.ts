/** What a page says of itself in its head. Pure: a hostile page is text here, and nothing of it is run or loaded. */
import { plainOfAttribute } from './plainText.ts'

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
    const content = plainOfAttribute(attributes.get('content') ?? '')
    if (content !== '' && !said.has(name)) said.set(name, content)
  }
  const first = (...names: readonly string[]) =>
    names.map((name) => said.get(name) ?? '').find((one) => one !== '') ?? ''
  const title = first('og:title', 'twitter:title') || plainOfAttribute(/<title\b[^>]*>([^<]*)/i.exec(head)?.[1] ?? '')
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
