/**
 * A document as a network without markup shows it, and back. Headings are lines, lists have their signs, an address stands behind the
 * words that link to it. Pictures in the text are no words; tables are lines, source HTML is left out. Pure.
 */
import type { Doc, DocNode } from '../domain/document.ts'

/** A part of a document that goes out as one post. */
export interface ShownPart {
  readonly text: string
  /** Stored pictures that stand in it, in order. */
  readonly pictures: readonly { readonly mediumId: string; readonly alt: string }[]
}

type Blocks = readonly DocNode[]

const BETWEEN_BLOCKS = '\n\n'
/** A line across in a text that is no thread. */
const RULE = '* * *'

/** The whole document as one text. */
export const shownText = ({ content }: Pick<Doc, 'content'>): string => blocksOf(content)

/** The posts of a thread: a line across ends one and begins the next. Empty ones are left out; there is always a first. */
export function shownParts({ content }: Pick<Doc, 'content'>): readonly ShownPart[] {
  const parts: DocNode[][] = [[]]
  for (const block of content) {
    if (block.type === 'horizontalRule') parts.push([])
    else parts.at(-1)?.push(block)
  }
  const shown = parts.map((blocks) => ({ text: blocksOf(blocks), pictures: blocks.flatMap(picturesIn) }))
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

const blocksOf = (blocks: Blocks, between = BETWEEN_BLOCKS): string =>
  blocks
    .map(blockOf)
    .filter((text) => text.trim() !== '')
    .join(between)

function blockOf(node: DocNode): string {
  const inside = node.content ?? []
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return lineOf(inside).trim()
    case 'codeBlock':
      return lineOf(inside)
    case 'bulletList':
      return itemsOf(inside, () => '•')
    case 'orderedList':
      return itemsOf(inside, (_item, at) => `${(Number(node.attrs?.start) || 1) + at}.`)
    case 'taskList':
      return itemsOf(inside, ({ attrs }) => (attrs?.checked === true ? '☑' : '☐'))
    case 'blockquote':
      return blocksOf(inside).replace(/^/gm, '> ').replace(/ +$/gm, '')
    case 'horizontalRule':
      return RULE
    case 'table':
      return inside.map((row) => (row.content ?? []).map(cellOf).join(' | ')).join('\n')
    default:
      return ''
  }
}

const cellOf = (cell: DocNode): string => blocksOf(cell.content ?? [], ' ')

/** What stands under the first line of an item, further lists too, stands as far in as its words. */
const itemsOf = (items: Blocks, signOf: (item: DocNode, at: number) => string): string =>
  items
    .map((item, at) => {
      const sign = signOf(item, at)
      const [first = '', ...rest] = blocksOf(item.content ?? [], '\n').split('\n')
      return [`${sign} ${first}`, ...rest.map((line) => `${' '.repeat(sign.length + 1)}${line}`)].join('\n')
    })
    .join('\n')

const hrefOf = ({ marks = [] }: DocNode): string => {
  const href = marks.find(({ type }) => type === 'link')?.attrs?.href
  return typeof href === 'string' ? href : ''
}

/** The words of a line. Neighbours that link to the same address are one link, whatever else they are. */
function lineOf(nodes: Blocks): string {
  let line = ''
  let words = ''
  let href = ''
  const flush = () => {
    line += linked(words, href)
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
function linked(words: string, href: string): string {
  if (!/^(https?|mailto|tel):/i.test(href) || words.trim() === '' || bare(words) === bare(href)) return words
  return words.replace(/\s*$/, (space) => ` (${href.replace(/^(mailto|tel):/i, '')})${space}`)
}

const bare = (address: string): string =>
  address
    .trim()
    .replace(/^(https?:\/\/|mailto:|tel:)(www\.)?/i, '')
    .replace(/^www\./i, '')
    .replace(/\/$/, '')
    .toLowerCase()

/** Stored pictures in a piece of a document, in order. */
export function picturesIn(node: DocNode): { mediumId: string; alt: string }[] {
  const { mediumId, alt } = node.attrs ?? {}
  return node.type === 'image' && typeof mediumId === 'string'
    ? [{ mediumId, alt: typeof alt === 'string' ? alt : '' }]
    : (node.content ?? []).flatMap(picturesIn)
}
