/** The rich document to Markdown that reads back as the same document. */
import type * as M from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { defaultHandlers, type Options, toMarkdown } from 'mdast-util-to-markdown'
import type { Doc, DocNode, Mark } from '../domain/document.ts'
import { createMask, type Mask } from './mask.ts'
import { joinText, rankOf, sameMark } from './nodes.ts'

const words = (value: unknown): string => (typeof value === 'string' ? value : '')

interface Work {
  readonly mask: Mask
  /** Finds the pieces that must not be escaped. */
  readonly raw: RegExp | null
}

const OPTIONS: Options = {
  bullet: '-',
  emphasis: '*',
  fences: true,
  listItemIndent: 'one',
  rule: '-',
  resourceLink: true,
  incrementListMarker: true,
  extensions: [gfmToMarkdown()],
  // Braces that are no template code must not become some when read again.
  unsafe: ['{', '%', '#', ':', '/'].map((character) => ({
    // Looked at, not taken: of three braces in a row the last two are found too.
    before: '(?<=\\{)',
    character,
    inConstruct: 'phrasing' as const,
  })),
  handlers: {
    // A line break cannot stand in a table cell or a heading; HTML's can.
    break: (node, parent, state, info) =>
      state.stack.includes('tableCell') || state.stack.includes('headingAtx')
        ? '<br>'
        : defaultHandlers.break(node, parent, state, info),
  },
}

/** `raw`: pieces of HTML and the like that stand in the text and are written as they are (see `readMarkdown`). */
export function writeMarkdownText(doc: Doc, raw: readonly string[] = []): string {
  const mask = createMask(JSON.stringify(doc) + raw.join(''))
  const pieces = [...raw].filter((piece) => piece !== '').sort((a, b) => b.length - a.length)
  const work: Work = {
    mask,
    raw:
      pieces.length > 0
        ? new RegExp(pieces.map((piece) => piece.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'), 'g')
        : null,
  }
  const children = blocks(work, doc.content)
  if (children.length === 0) return ''
  return mask.unmask(toMarkdown({ type: 'root', children }, OPTIONS))
}

const blocks = (work: Work, nodes: readonly DocNode[] = []): M.RootContent[] =>
  nodes.flatMap((node) => block(work, node))

function block(work: Work, node: DocNode): M.RootContent[] {
  switch (node.type) {
    case 'paragraph': {
      const children = phrases(work, node.content)
      // Markdown has no empty paragraphs.
      return children.length > 0 ? [{ type: 'paragraph', children }] : []
    }
    case 'heading':
      return [{ type: 'heading', depth: level(node.attrs?.level), children: phrases(work, node.content) }]
    case 'horizontalRule':
      return [{ type: 'thematicBreak' }]
    case 'blockquote':
      return [{ type: 'blockquote', children: blocks(work, node.content) as M.Blockquote['children'] }]
    case 'codeBlock': {
      const info = words(node.attrs?.language)
      const gap = info.indexOf(' ')
      return [
        {
          type: 'code',
          lang: (gap === -1 ? info : info.slice(0, gap)) || null,
          meta: gap === -1 ? null : info.slice(gap + 1),
          value: (node.content ?? []).map((child) => child.text ?? '').join(''),
        },
      ]
    }
    case 'htmlBlock':
      return [{ type: 'html', value: words(node.attrs?.html) }]
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
      return [list(work, node)]
    case 'table':
      return [table(work, node)]
    case 'image': {
      return [{ type: 'paragraph', children: phrases(work, [node]) }]
    }
    default:
      return node.content ? blocks(work, node.content) : []
  }
}

const level = (value: unknown): M.Heading['depth'] =>
  value === 1 || value === 2 || value === 3 || value === 4 || value === 5 || value === 6 ? value : 2

function list(work: Work, node: DocNode): M.List {
  const ordered = node.type === 'orderedList'
  const start = node.attrs?.start
  const children = (node.content ?? []).map((item): M.ListItem => {
    const content = blocks(work, item.content) as M.ListItem['children']
    const task = node.type === 'taskList'
    // A check box needs words to stand before; without them the box would be read as text.
    if (task && content[0]?.type !== 'paragraph')
      content.unshift({ type: 'paragraph', children: [{ type: 'text', value: '\u200b' }] })
    return {
      type: 'listItem',
      checked: task ? item.attrs?.checked === true : null,
      spread: content.filter((c) => c.type !== 'list').length > 1,
      children: content,
    }
  })
  return {
    type: 'list',
    ordered,
    start: ordered && typeof start === 'number' ? start : null,
    spread: children.some((c) => c.spread),
    children,
  }
}

function table(work: Work, node: DocNode): M.Table {
  const rows = node.content ?? []
  const align = (rows[0]?.content ?? []).map((cell) => {
    const value = cell.attrs?.align
    return value === 'left' || value === 'right' || value === 'center' ? value : null
  })
  return {
    type: 'table',
    align,
    children: rows.map(
      (row): M.TableRow => ({
        type: 'tableRow',
        children: (row.content ?? []).map(
          (cell): M.TableCell => ({ type: 'tableCell', children: cellPhrases(work, cell) }),
        ),
      }),
    ),
  }
}

/** A cell of Markdown is one line: further paragraphs follow after a line break. */
function cellPhrases(work: Work, cell: DocNode): M.PhrasingContent[] {
  const lines: DocNode[][] = []
  const gather = (node: DocNode) => {
    if (node.content?.some((child) => child.type === 'text' || child.type === 'image' || child.type === 'hardBreak'))
      lines.push([...node.content])
    else node.content?.forEach(gather)
  }
  gather(cell)
  return phrases(
    work,
    lines.flatMap((line, i) => (i === 0 ? line : [{ type: 'hardBreak' }, ...line])),
  )
}

function phrases(work: Work, nodes: readonly DocNode[] = []): M.PhrasingContent[] {
  const joined = joinText(nodes)
  // A break with no words after it can only be written as a tag.
  const tagged = joined.map(
    (node, i): DocNode =>
      node.type === 'hardBreak' && joined[i + 1]?.type !== 'text' ? { ...node, attrs: { tag: true } } : node,
  )
  return nest(work, tagged, 0)
}

const LEVELS = ['link', 'bold', 'italic', 'strike', 'underline'] as const

/** Flat texts with marks to nested Markdown: a run of neighbours with the same mark becomes one node around them. */
function nest(work: Work, nodes: readonly DocNode[], depth: number): M.PhrasingContent[] {
  const type = LEVELS[depth]
  if (!type) return nodes.flatMap((node) => leaf(work, node))
  const out: M.PhrasingContent[] = []
  for (let i = 0; i < nodes.length; ) {
    const mark = markIn(nodes[i], type)
    let end = i + 1
    while (end < nodes.length && sameMark(mark, markIn(nodes[end], type))) end += 1
    const run = nodes.slice(i, end)
    if (mark) out.push(...wrapped(work, mark, run, nest(work, run, depth + 1), nodes[i - 1], nodes[end]))
    else out.push(...nest(work, run, depth + 1))
    i = end
  }
  return out
}

const markIn = (node: DocNode | undefined, type: string): Mark | undefined =>
  node?.marks?.find((mark) => mark.type === type)

const TAGS = { bold: 'strong', italic: 'em', strike: 'del', underline: 'u' } as const

function wrapped(
  work: Work,
  mark: Mark,
  run: readonly DocNode[],
  children: M.PhrasingContent[],
  before: DocNode | undefined,
  after: DocNode | undefined,
): M.PhrasingContent[] {
  if (mark.type === 'link') {
    const url = words(mark.attrs?.href)
    const title = words(mark.attrs?.title)
    return [{ type: 'link', url: address(work, url), title: title ? work.mask.maskTemplates(title) : null, children }]
  }
  const name = TAGS[mark.type as keyof typeof TAGS]
  if (mark.type === 'underline' || !standsAlone(mark, run, before, after)) {
    return [{ type: 'html', value: `<${name}>` }, ...children, { type: 'html', value: `</${name}>` }]
  }
  if (mark.type === 'bold') return [{ type: 'strong', children }]
  if (mark.type === 'italic') return [{ type: 'emphasis', children }]
  return [{ type: 'delete', children }]
}

const WORD = /[\p{L}\p{N}]/u

/**
 * Whether asterisks and tildes would be read as what they mean here: words right inside, and no word, no other mark right outside.
 * Where that is not so, HTML tags are written instead.
 */
function standsAlone(
  mark: Mark,
  run: readonly DocNode[],
  before: DocNode | undefined,
  after: DocNode | undefined,
): boolean {
  const first = run[0]
  const last = run.at(-1)
  if (first?.type !== 'text' || last?.type !== 'text' || !first.text || !last.text) return false
  const edge = (node: DocNode, char: string | undefined) =>
    markIn(node, 'code') !== undefined || (char !== undefined && WORD.test(char))
  if (!edge(first, [...first.text][0]) || !edge(last, [...last.text].at(-1))) return false
  const outside = (node: DocNode | undefined, char: (text: string) => string | undefined) => {
    if (!node || node.type === 'hardBreak') return true
    if (node.type !== 'text') return false
    const strong = (node.marks ?? []).some((other) => other.type !== 'link' && rankOf(other.type) > rankOf('link'))
    const touching = char(node.text ?? '') ?? ' '
    if (/\s/.test(touching)) return true
    // Where another mark begins or ends at the same place, its signs are what touches.
    return !nested && !strong && !WORD.test(touching) && !/[*_~`\\]/.test(touching)
  }
  const nested = [first, last].some((node) => node.marks?.some((other) => rankOf(other.type) > rankOf(mark.type)))
  // Inside an outer mark of the same run the neighbours are that mark's own signs.
  return outside(before, (text) => [...text].at(-1)) && outside(after, (text) => [...text][0])
}

/** Template code in an address is not taken apart. */
const address = ({ mask }: Work, url: string): string => mask.maskTemplates(url)

function leaf(work: Work, node: DocNode): M.PhrasingContent[] {
  if (node.type === 'hardBreak') return [node.attrs?.tag === true ? { type: 'html', value: '<br>' } : { type: 'break' }]
  if (node.type === 'image') {
    const title = words(node.attrs?.title)
    return [
      {
        type: 'image',
        // A picture of the workspace lies beside the text, under its id.
        url: address(
          work,
          words(node.attrs?.src) || (words(node.attrs?.mediumId) && `media/${words(node.attrs?.mediumId)}`),
        ),
        alt: work.mask.maskTemplates(words(node.attrs?.alt)),
        title: title ? work.mask.maskTemplates(title) : null,
      },
    ]
  }
  const text = node.text ?? ''
  if (markIn(node, 'code')) return [{ type: 'inlineCode', value: text }]
  const masked = work.mask.maskTemplates(work.raw ? hideRaw(work, text) : text)
  return masked === '' ? [] : [{ type: 'text', value: masked }]
}

const hideRaw = ({ mask, raw }: Work, text: string) => (raw ? text.replace(raw, (piece) => mask.hide(piece)) : text)
