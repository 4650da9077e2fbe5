/** What may be stored as a document, whoever it comes from: an allow-list of nodes, marks, attributes and addresses. */
import { type Doc, type DocNode, isSafeHref, MARK_TYPES, type Mark, NODE_TYPES } from '../domain/document.ts'
import { joinText, rankOf } from './nodes.ts'
import { isSafeSource } from './read-markdown.ts'

const NODES: ReadonlySet<string> = new Set(NODE_TYPES)
const MARKS: ReadonlySet<string> = new Set(MARK_TYPES)
const INLINE: ReadonlySet<string> = new Set(['text', 'hardBreak', 'image'])
const DEEPEST = 100

type Check = (value: unknown) => boolean
const isString: Check = (value) => typeof value === 'string'
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const isCount: Check = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1_000_000
const isAlign: Check = (value) => value === 'left' || value === 'right' || value === 'center'
const CELL: Readonly<Record<string, Check>> = {
  colspan: isCount,
  rowspan: isCount,
  align: orNull(isAlign),
  colwidth: orNull((value) => Array.isArray(value) && value.every((width) => isCount(width))),
}
const ATTRS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  heading: { level: (value) => isCount(value) && Number(value) >= 1 && Number(value) <= 6 },
  orderedList: { start: isCount, type: orNull(isString) },
  taskItem: { checked: (value) => typeof value === 'boolean' },
  codeBlock: { language: orNull(isString) },
  image: {
    src: (value) => typeof value === 'string' && isSafeSource(value),
    alt: orNull(isString),
    title: orNull(isString),
    mediumId: orNull(isString),
    width: orNull(isCount),
    height: orNull(isCount),
  },
  tableCell: CELL,
  tableHeader: CELL,
  htmlBlock: { html: isString },
  link: { href: (value) => typeof value === 'string' && isSafeHref(value), title: orNull(isString) },
}

export interface Sanitized {
  readonly doc: Doc
  /** What was taken out, such as `node "iframe"`, `address "javascript:..."`; empty: nothing. */
  readonly removed: readonly string[]
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A document from outside with only what a document may have. Nodes that are not known give way to their words; bad addresses go, their words
 * stay. Text that is not a document at all gives an empty one.
 */
export function sanitizeDoc(value: unknown): Sanitized {
  const removed = new Set<string>()

  const attrsOf = (type: string, given: unknown): Record<string, unknown> | null => {
    if (!isRecord(given)) return null
    const checks = ATTRS[type] ?? {}
    const result: Record<string, unknown> = {}
    for (const [key, entry] of Object.entries(given)) {
      const check = Object.hasOwn(checks, key) ? checks[key] : undefined
      if (check?.(entry)) result[key] = entry
      else if (entry !== null && entry !== undefined) {
        removed.add(
          key === 'href' || key === 'src'
            ? `address "${String(entry).slice(0, 80)}"`
            : `${type} attribute "${key.slice(0, 40)}"`,
        )
      }
    }
    return Object.keys(result).length > 0 ? result : null
  }

  const marksOf = (given: unknown): Mark[] => {
    if (!Array.isArray(given)) return []
    const marks = new Map<string, Mark>()
    for (const mark of given) {
      const type: unknown = isRecord(mark) ? mark.type : undefined
      if (typeof type !== 'string' || !MARKS.has(type)) {
        removed.add(`mark "${String(type).slice(0, 40)}"`)
        continue
      }
      const attrs = isRecord(mark) ? attrsOf(type, mark.attrs) : null
      if (type === 'link' && typeof attrs?.href !== 'string') continue
      marks.set(type, attrs && type === 'link' ? { type, attrs } : { type })
    }
    return [...marks.values()].sort((a, b) => rankOf(a.type) - rankOf(b.type))
  }

  const children = (given: unknown, depth: number): DocNode[] => {
    if (!Array.isArray(given)) return []
    if (depth > DEEPEST) {
      removed.add('everything more than 100 levels deep')
      return []
    }
    return given.flatMap((entry) => nodeOf(entry, depth))
  }

  const nodeOf = (given: unknown, depth: number): DocNode[] => {
    if (!isRecord(given)) return []
    const { type, text } = given
    const marks = marksOf(given.marks)
    if (type === 'text') {
      if (typeof text !== 'string' || text === '') return []
      return [marks.length > 0 ? { type, text, marks } : { type, text }]
    }
    if (typeof type !== 'string' || !NODES.has(type) || type === 'doc') {
      removed.add(`node "${String(type).slice(0, 40)}"`)
      return children(given.content, depth + 1)
    }
    const allowed = attrsOf(type, given.attrs)
    const attrs = type === 'heading' && allowed?.level === undefined ? { level: 2 } : allowed
    if (type === 'image' && typeof attrs?.src !== 'string' && typeof attrs?.mediumId !== 'string')
      return typeof attrs?.alt === 'string' && attrs.alt ? [{ type: 'text', text: attrs.alt }] : []
    if (type === 'htmlBlock' && typeof attrs?.html !== 'string') return []
    const content = arranged(type, children(given.content, depth + 1))
    return [
      {
        type,
        ...(attrs ? { attrs } : {}),
        ...(content.length > 0 ? { content } : {}),
        ...(marks.length > 0 && INLINE.has(type) ? { marks } : {}),
      },
    ]
  }

  const content = isRecord(value) ? arranged('doc', children(value.content, 0)) : []
  return {
    doc: { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] },
    removed: [...removed],
  }
}

const inlineOnly = (nodes: readonly DocNode[]): DocNode[] =>
  joinText(nodes.flatMap((node) => (INLINE.has(node.type) ? [node] : inlineOnly(node.content ?? []))))

/** Words where blocks are wanted get a paragraph; blocks where words are wanted give theirs. */
function blocksOnly(nodes: readonly DocNode[]): DocNode[] {
  const out: DocNode[] = []
  let run: DocNode[] = []
  const flush = () => {
    if (run.length > 0) out.push({ type: 'paragraph', content: joinText(run) })
    run = []
  }
  for (const node of nodes) {
    if (INLINE.has(node.type)) run.push(node)
    else {
      flush()
      out.push(node)
    }
  }
  flush()
  return out
}

const ITEM_OF: Readonly<Record<string, string>> = {
  bulletList: 'listItem',
  orderedList: 'listItem',
  taskList: 'taskItem',
  table: 'tableRow',
}
const LOOSE: ReadonlySet<string> = new Set(['listItem', 'taskItem', 'tableRow', 'tableCell', 'tableHeader'])

/** Children in the order the editor's rules want, so that it opens the document instead of showing none. */
function arranged(type: string, nodes: readonly DocNode[]): DocNode[] {
  if (type === 'paragraph' || type === 'heading') return inlineOnly(nodes)
  if (type === 'codeBlock') {
    const text = inlineOnly(nodes)
      .map((node) => (node.type === 'hardBreak' ? '\n' : (node.text ?? '')))
      .join('')
    return text ? [{ type: 'text', text }] : []
  }
  if (INLINE.has(type) || type === 'horizontalRule' || type === 'htmlBlock') return []
  const item = ITEM_OF[type]
  if (item) {
    const items = nodes.filter((node) => node.type === item)
    return items.length > 0
      ? items
      : [
          {
            type: item,
            ...(item === 'tableRow' ? {} : {}),
            content: item === 'tableRow' ? [emptyCell()] : fromParagraph(freed(nodes)),
          },
        ]
  }
  if (type === 'tableRow') {
    const cells = nodes.filter((node) => node.type === 'tableCell' || node.type === 'tableHeader')
    return cells.length > 0 ? cells : [emptyCell()]
  }
  const blocks = freed(nodes)
  if (type === 'listItem' || type === 'taskItem') return fromParagraph(blocks)
  return blocks.length > 0 || type === 'doc' ? blocks : [{ type: 'paragraph' }]
}

const emptyCell = (): DocNode => ({ type: 'tableCell', content: [{ type: 'paragraph' }] })
/** Items and cells that lie about outside a list or table give their content. */
const freed = (nodes: readonly DocNode[]): DocNode[] =>
  blocksOnly(nodes).flatMap((node) => (LOOSE.has(node.type) ? freed(node.content ?? []) : [node]))
const fromParagraph = (blocks: readonly DocNode[]): DocNode[] =>
  blocks[0]?.type === 'paragraph' ? [...blocks] : [{ type: 'paragraph' }, ...blocks]
