/**
 * A document as a network without markup shows it, and back. Headings are lines, lists have their signs, an address stands behind the
 * words that link to it. Pictures in the text are no words; tables are lines, source HTML is left out. Pure.
 */
import { type Doc, type DocNode, imagesIn, mediumIn } from '../domain/document.ts'
import { retagged } from '../domain/utm.ts'

/** A part of a document that goes out as one post. */
export interface ShownPart {
  readonly text: string
  /** Stored pictures that stand in it, in order. */
  readonly pictures: readonly { readonly mediumId: string; readonly alt: string }[]
}

/** How a network gets what a text says in a way of the workspace: addresses of links, and words that are none. */
export interface Writing {
  readonly link: (href: string) => string
  readonly words: (words: string) => string
}
const AS_WRITTEN: Writing = { link: (href) => href, words: (words) => words }

type Blocks = readonly DocNode[]

const BETWEEN_BLOCKS = '\n\n'
/** A line across in a text that is no thread. */
const RULE = '* * *'

/** The whole document as one text. */
export const shownText = ({ content }: Pick<Doc, 'content'>, writing = AS_WRITTEN): string => blocksOf(content, writing)

/** The posts of a thread: a line across ends one and begins the next. Empty ones are left out; there is always a first. */
export function shownParts({ content }: Pick<Doc, 'content'>, writing = AS_WRITTEN): readonly ShownPart[] {
  const parts: DocNode[][] = [[]]
  for (const block of content) {
    if (block.type === 'horizontalRule') parts.push([])
    else parts.at(-1)?.push(block)
  }
  const shown = parts.map((blocks) => ({ text: blocksOf(blocks, writing), pictures: picturesIn(blocks) }))
  const filled = shown.filter(({ text, pictures }) => text !== '' || pictures.length > 0)
  return filled.length > 0 ? filled : [{ text: '', pictures: [] }]
}

/** A document that shows as these parts: a blank line begins a paragraph, a line across a post. */
export function docOfParts(parts: readonly ShownPart[]): Doc {
  const content = parts.flatMap(({ text, pictures }, at): DocNode[] => [
    ...(at > 0 ? [{ type: 'horizontalRule' }] : []),
    ...text.split(/\n{2,}/).map(paragraphOf),
    ...pictures.map(({ mediumId, alt }) => ({
      type: 'paragraph',
      content: [{ type: 'image', attrs: { src: null, alt, title: null, mediumId } }],
    })),
  ])
  return { type: 'doc', content }
}

function paragraphOf(text: string): DocNode {
  const content = text
    .split('\n')
    .flatMap((line, at): DocNode[] => [
      ...(at > 0 ? [{ type: 'hardBreak' }] : []),
      ...(line ? [{ type: 'text', text: line }] : []),
    ])
  return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }
}

const blocksOf = (blocks: Blocks, writing: Writing, between = BETWEEN_BLOCKS): string =>
  blocks
    .map((block) => blockOf(block, writing))
    .filter((text) => text.trim() !== '')
    .join(between)

function blockOf(node: DocNode, writing: Writing): string {
  const inside = node.content ?? []
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return lineOf(inside, writing).trim()
    case 'codeBlock':
      return lineOf(inside, writing)
    case 'bulletList':
      return itemsOf(inside, writing, () => '•')
    case 'orderedList':
      return itemsOf(inside, writing, (_item, at) => `${(Number(node.attrs?.start) || 1) + at}.`)
    case 'taskList':
      return itemsOf(inside, writing, ({ attrs }) => (attrs?.checked === true ? '☑' : '☐'))
    case 'blockquote':
      return blocksOf(inside, writing).replace(/^/gm, '> ').replace(/ +$/gm, '')
    case 'horizontalRule':
      return RULE
    case 'table': {
      const cellOf = (cell: DocNode): string => blocksOf(cell.content ?? [], writing, ' ')
      return inside.map((row) => (row.content ?? []).map(cellOf).join(' | ')).join('\n')
    }
    default:
      return ''
  }
}

/** What stands under the first line of an item, further lists too, stands as far in as its words. */
const itemsOf = (items: Blocks, writing: Writing, signOf: (item: DocNode, at: number) => string): string =>
  items
    .map((item, at) => {
      const sign = signOf(item, at)
      const [first = '', ...rest] = blocksOf(item.content ?? [], writing, '\n').split('\n')
      return [`${sign} ${first}`, ...rest.map((line) => `${' '.repeat(sign.length + 1)}${line}`)].join('\n')
    })
    .join('\n')

const hrefOf = ({ marks = [] }: DocNode): string => {
  const href = marks.find(({ type }) => type === 'link')?.attrs?.href
  return typeof href === 'string' ? href : ''
}

/** The words of a line. Neighbours that link to the same address are one link, whatever else they are. */
function lineOf(nodes: Blocks, writing: Writing): string {
  let line = ''
  let words = ''
  let href = ''
  const flush = () => {
    line += href ? linked(words, href, writing) : writing.words(words)
    words = ''
  }
  for (const node of nodes) {
    if (hrefOf(node) !== href) {
      flush()
      href = hrefOf(node)
    }
    if (node.type === 'text') words += node.text ?? ''
    else if (node.type === 'hardBreak') words += '\n'
  }
  flush()
  return line
}

/** Words with the address behind them; one that means nothing outside of its own site, or is the words already, is left away. */
function linked(words: string, href: string, writing: Writing): string {
  if (!/^(https?|mailto|tel):/i.test(href) || words.trim() === '') return words
  const address = writing.link(href).replace(/^(mailto|tel):/i, '')
  if (bare(words) === bare(address)) return words
  // The words are the address without its tags: the whole of it stands in their place.
  if (bare(words) === bare(retagged(href, {}))) return address
  return words.replace(/\s*$/, (space) => ` (${address})${space}`)
}

const bare = (address: string): string =>
  address
    .trim()
    .replace(/^(https?:\/\/|mailto:|tel:)(www\.)?/i, '')
    .replace(/^www\./i, '')
    .replace(/\/$/, '')
    .toLowerCase()

/** Stored pictures in a piece of a document, in order. */
export const picturesIn = (nodes: Blocks): { mediumId: string; alt: string }[] =>
  imagesIn(nodes).flatMap(({ attrs }) => {
    const mediumId = mediumIn(attrs)
    return mediumId ? [{ mediumId, alt: typeof attrs?.alt === 'string' ? attrs.alt : '' }] : []
  })
