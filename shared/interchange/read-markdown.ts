/** Markdown text to the rich document. What has no place in it is kept word for word, never dropped. */
import { type Doc, type DocNode, isSafeHref, type Mark } from '../domain/document.ts'
import { type Block, type Inline, parseMarkdown } from './markdown-tree.ts'
import { createMask, type Mask } from './mask.ts'
import { joinText, markOf } from './nodes.ts'

const DEEPEST = 60

export interface MarkdownReading {
  readonly doc: Doc
  /** Pieces of HTML and footnote marks that stand in the text as they are; the writer must not escape them. */
  readonly raw: readonly string[]
  /** Addresses no document may hold (scripts and the like); their words stay. */
  readonly unsafe: readonly string[]
}

type CodeBlock = Extract<Block, { type: 'code' }>
type List = Extract<Block, { type: 'list' }>
type Table = Extract<Block, { type: 'table' }>

interface Work {
  readonly mask: Mask
  readonly used: ReadonlySet<string>
  readonly raw: Set<string>
  readonly unsafe: Set<string>
}

/** Whether quotes or lists are nested past any sense, which would make parsing slow: more than 60 levels. */
export const isTooDeep = (text: string): boolean => /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){61}/m.test(text)

/**
 * Reads CommonMark with GitHub's tables, task lists and strike-through. HTML blocks and lines of template code become `htmlBlock`;
 * inline HTML with a plain meaning (`<em>`, `<br>`, `<a href>`) becomes that, the rest stays as literal text.
 */
export function readMarkdown(written: string, mdx = false): MarkdownReading {
  const text = written.replace(/\r\n?/g, '\n')
  const mask = createMask(text)
  const tree = parseMarkdown(mask.maskMarkdown(text), mdx)
  const work: Work = { mask, used: tree.used, raw: new Set(), unsafe: new Set() }
  const content = blocks(work, tree.blocks)
  return {
    doc: { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] },
    raw: [...work.raw],
    unsafe: [...work.unsafe],
  }
}

const verbatim = ({ mask }: Work, text: string): DocNode => ({ type: 'htmlBlock', attrs: { html: mask.unmask(text) } })
const paragraph = (content: readonly DocNode[]): DocNode =>
  content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }
const orEmpty = (content: readonly DocNode[]): readonly DocNode[] =>
  content.length > 0 ? content : [{ type: 'paragraph' }]
/** Items and cells of the editor begin with a paragraph. */
const fromParagraph = (content: readonly DocNode[]): readonly DocNode[] =>
  content[0]?.type === 'paragraph' ? content : [{ type: 'paragraph' }, ...content]

const blocks = (work: Work, nodes: readonly Block[]): DocNode[] => nodes.flatMap((node) => block(work, node))

function block(work: Work, node: Block): DocNode[] {
  const { mask } = work
  switch (node.type) {
    case 'paragraph': {
      const only = node.children.length === 1 ? node.children[0] : undefined
      if (only?.type === 'text' && mask.onlyPieces.test(only.value)) return [verbatim(work, only.value)]
      return [paragraph(inlines(work, node.children))]
    }
    case 'heading': {
      const content = inlines(work, node.children)
      return [{ type: 'heading', attrs: { level: node.depth }, ...(content.length > 0 ? { content } : {}) }]
    }
    case 'thematicBreak':
      return [{ type: 'horizontalRule' }]
    case 'blockquote':
      return [{ type: 'blockquote', content: orEmpty(blocks(work, node.children)) }]
    case 'code': {
      const language = mask.unmask(node.info)
      const value = codeOf(work, node)
      return [
        {
          type: 'codeBlock',
          attrs: { language: language || null },
          ...(value ? { content: [{ type: 'text', text: value }] } : {}),
        },
      ]
    }
    case 'html': {
      if (/^(<br\s*\/?>\s*)+$/i.test(node.value)) {
        return [paragraph(node.value.match(/<br/gi)?.map(() => ({ type: 'hardBreak' })) ?? [])]
      }
      const picture = pictureOf(mask.unmask(node.value))
      return [picture ? paragraph([picture]) : verbatim(work, node.value)]
    }
    case 'list':
      return lists(work, node)
    case 'table':
      return [table(work, node)]
    case 'definition':
      return work.used.has(node.label) && node.counts ? [] : [verbatim(work, node.source)]
    case 'footnoteDefinition':
      return [
        paragraph(
          joinText([
            literal(work, `[^${node.label}]`, []),
            { type: 'text', text: ': ' },
            ...inlines(work, node.children),
          ]),
        ),
      ]
    case 'verbatim':
      return [verbatim(work, node.source)]
  }
}

/** Code as written. Template code over several lines of indented code brings the indentation of its lines along. */
function codeOf({ mask }: Work, node: CodeBlock): string {
  const value = mask.unmask(node.value)
  if (node.fenced || value.split('\n').length === node.value.split('\n').length) return value
  return value.replace(/\n(?: {4}|\t)/g, '\n')
}

/** A list; where only some of its items have check boxes, a list for each run of items. */
function lists(work: Work, node: List): DocNode[] {
  const result: DocNode[] = []
  let items: DocNode[] = []
  let tasks = false
  let start = node.start ?? 1
  const flush = () => {
    if (items.length === 0) return
    if (tasks) result.push({ type: 'taskList', content: items })
    else if (node.start !== null) result.push({ type: 'orderedList', attrs: { start }, content: items })
    else result.push({ type: 'bulletList', content: items })
    start += items.length
    items = []
  }
  for (const item of node.children) {
    const box = item.checked !== null
    const isTask = box && node.start === null
    if (isTask !== tasks) flush()
    tasks = isTask
    const content = fromParagraph(blocks(work, item.children))
    if (isTask) items.push({ type: 'taskItem', attrs: { checked: item.checked === true }, content })
    else if (box) items.push({ type: 'listItem', content: boxed(work, item.checked === true, content) })
    else items.push({ type: 'listItem', content })
  }
  flush()
  return result
}

/** Numbered items have no check box in the editor; the box stays as text. */
function boxed(work: Work, checked: boolean, content: readonly DocNode[]): DocNode[] {
  const [first, ...rest] = content
  const box = literal(work, checked ? '[x]' : '[ ]', [])
  return [paragraph(joinText([box, { type: 'text', text: ' ' }, ...(first?.content ?? [])])), ...rest]
}

function table(work: Work, node: Table): DocNode {
  const width = Math.max(...node.rows.map((row) => row.length), 1)
  return {
    type: 'table',
    content: node.rows.map((row, index) => ({
      type: 'tableRow',
      content: Array.from({ length: width }, (_, column): DocNode => {
        const align = node.align[column]
        return {
          type: index === 0 ? 'tableHeader' : 'tableCell',
          ...(align ? { attrs: { align } } : {}),
          content: [paragraph(inlines(work, row[column] ?? []))],
        }
      }),
    })),
  }
}

/** Inline HTML whose whole meaning the document can hold. */
const TAG_MARKS: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  s: 'strike',
  del: 'strike',
  u: 'underline',
}

const unescapeHtml = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

/** An image of a lone `<img>` tag that has no other attributes than an image can keep. */
function pictureOf(html: string): DocNode | null {
  const body = /^<img((?:\s+[a-z]+="[^"]*")+)\s*\/?>$/i.exec(html.trim())?.[1]
  if (!body) return null
  const attrs: Record<string, string> = {}
  for (const [, name = '', value = ''] of body.matchAll(/([a-z]+)="([^"]*)"/gi))
    attrs[name.toLowerCase()] = unescapeHtml(value)
  const { src, alt, title, ...other } = attrs
  if (!src || Object.keys(other).length > 0 || !isSafeSource(src)) return null
  return image(src, alt ?? '', title)
}

/** Addresses a picture may have: those of links, names of files with spaces in them, and pictures written out in the text. */
export const isSafeSource = (src: string): boolean =>
  isSafeHref(src.replaceAll(' ', '%20')) || /^data:image\/(png|jpe?g|gif|webp|avif);base64,[a-z0-9+/=\s]+$/i.test(src)

const image = (src: string, alt: string, title = ''): DocNode => ({
  type: 'image',
  attrs: { src, alt, title: title || null },
})

const withMarks = (node: DocNode, marks: readonly Mark[]): DocNode => (marks.length > 0 ? { ...node, marks } : node)

function literal(work: Work, text: string, marks: readonly Mark[]): DocNode {
  const value = work.mask.unmask(text)
  work.raw.add(value)
  return withMarks({ type: 'text', text: value }, marks)
}

/** Line breaks of the source are spaces, except beside template code, which may need its own line. */
function plain({ mask }: Work, value: string): string {
  const kept = value.replace(mask.breakAtPiece, '\r')
  return mask.unmask(kept.replace(/[ \t]*\n[ \t]*/g, ' ').replace(/\r/g, '\n'))
}

const inlines = (work: Work, nodes: readonly Inline[]): DocNode[] => joinText(phrase(work, nodes, [], 0))

function phrase(work: Work, nodes: readonly Inline[], marks: readonly Mark[], depth: number): DocNode[] {
  const out: DocNode[] = []
  for (let i = 0; i < nodes.length; i += 1) {
    const node = nodes[i]
    if (!node) continue
    const within = (children: readonly Inline[], mark: Mark) => {
      out.push(...phrase(work, children, markOf(marks, mark), depth + 1))
    }
    switch (node.type) {
      case 'text':
        out.push(withMarks({ type: 'text', text: plain(work, node.value) }, marks))
        break
      case 'strong':
        within(node.children, { type: 'bold' })
        break
      case 'emphasis':
        within(node.children, { type: 'italic' })
        break
      case 'delete':
        within(node.children, { type: 'strike' })
        break
      case 'inlineCode':
        out.push({ type: 'text', text: work.mask.unmask(node.value), marks: markOf(marks, { type: 'code' }) })
        break
      case 'break':
        out.push(withMarks({ type: 'hardBreak' }, marks))
        break
      case 'link':
        linked(work, node.url, node.title, node.children, marks, depth, out)
        break
      case 'image':
        picture(work, node.url, node.alt, node.title, marks, out)
        break
      case 'footnoteReference':
        out.push(literal(work, `[^${node.label}]`, marks))
        break
      case 'html':
        i = tag(work, nodes, i, marks, depth, out)
        break
    }
  }
  return out
}

function linked(
  work: Work,
  url: string,
  title: string,
  children: readonly Inline[],
  marks: readonly Mark[],
  depth: number,
  out: DocNode[],
): void {
  const href = work.mask.unmask(url)
  if (!isSafeHref(href)) {
    work.unsafe.add(href)
    out.push(...phrase(work, children, marks, depth + 1))
    return
  }
  const mark: Mark = { type: 'link', attrs: title ? { href, title: work.mask.unmask(title) } : { href } }
  const content = phrase(work, children, markOf(marks, mark), depth + 1)
  // A link without words would vanish: its address is shown instead.
  if (content.length === 0) out.push({ type: 'text', text: href, marks: markOf(marks, mark) })
  else out.push(...content)
}

function picture(work: Work, url: string, alt: string, title: string, marks: readonly Mark[], out: DocNode[]): void {
  const src = work.mask.unmask(url)
  if (isSafeSource(src)) {
    out.push(withMarks(image(src, work.mask.unmask(alt), work.mask.unmask(title)), marks))
    return
  }
  work.unsafe.add(src)
  if (alt) out.push(withMarks({ type: 'text', text: work.mask.unmask(alt) }, marks))
}

/** Reads the tag at `at`, with its content where it closes among its siblings. Gives the index of the last node read. */
function tag(
  work: Work,
  nodes: readonly Inline[],
  at: number,
  marks: readonly Mark[],
  depth: number,
  out: DocNode[],
): number {
  const node = nodes[at]
  const html = node?.type === 'html' ? work.mask.unmask(node.value) : ''
  if (/^<br\s*\/?>$/i.test(html)) {
    out.push(withMarks({ type: 'hardBreak' }, marks))
    return at
  }
  const shown = pictureOf(html)
  if (shown) {
    out.push(withMarks(shown, marks))
    return at
  }
  const name = /^<([a-z]+)>$/i.exec(html)?.[1]?.toLowerCase() ?? (/^<a\s/i.test(html) ? 'a' : '')
  const href = /^<a\s+href="([^"]*)"\s*>$/i.exec(html)?.[1]
  const type = TAG_MARKS[name]
  const end = type || href !== undefined ? closing(nodes, at, name) : -1
  if (end !== -1 && depth < DEEPEST) {
    const inside = nodes.slice(at + 1, end)
    if (type) out.push(...phrase(work, inside, markOf(marks, { type }), depth + 1))
    else linked(work, unescapeHtml(href ?? ''), '', inside, marks, depth, out)
    return end
  }
  out.push(literal(work, html, marks))
  return at
}

function closing(nodes: readonly Inline[], at: number, name: string): number {
  let open = 0
  const opens = new RegExp(`^<${name}[\\s>]`, 'i')
  const closes = new RegExp(`^</${name}\\s*>`, 'i')
  // Bounded, so that a file of nothing but opening tags does not take for ever.
  for (let i = at; i < Math.min(nodes.length, at + 400); i += 1) {
    const node = nodes[i]
    if (node?.type !== 'html') continue
    if (opens.test(node.value)) open += 1
    else if (closes.test(node.value)) open -= 1
    if (open === 0) return i
  }
  return -1
}
