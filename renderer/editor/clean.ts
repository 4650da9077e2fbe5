/**
 * What comes out of Word, Google Docs and web pages, brought down to what a document can hold: paragraphs, headings, lists,
 * tables, links and emphasis stay; fonts, colours, scripts and layout go. Pure: works on a plain tree, which `pasted.ts` reads
 * from the clipboard's HTML in an inert document, so nothing in it is ever run or fetched.
 */
import { isSafeHref } from '../../shared/domain/document.ts'

export type Tree = string | Branch
export interface Branch {
  readonly tag: string
  readonly attrs: Readonly<Record<string, string>>
  readonly children: readonly Tree[]
}

const h = (tag: string, children: readonly Tree[], attrs: Readonly<Record<string, string>> = {}): Branch => ({
  tag,
  attrs,
  children,
})

/** Dropped with everything in them. */
const DROPPED = new Set([
  'script',
  'style',
  'meta',
  'link',
  'title',
  'head',
  'xml',
  'object',
  'embed',
  'iframe',
  'frame',
  'svg',
  'math',
  'canvas',
  'audio',
  'video',
  'form',
  'input',
  'button',
  'select',
  'textarea',
  'template',
  'noscript',
  'base',
  'colgroup',
  'col',
  'applet',
  'dialog',
])
const KEPT_BLOCKS = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'blockquote',
  'pre',
  'table',
  'tr',
  'td',
  'th',
  'hr',
])
/** Blocks that mean nothing by themselves: their content stands for them. */
const WRAPPERS = new Set([
  'div',
  'section',
  'article',
  'main',
  'header',
  'footer',
  'aside',
  'figure',
  'figcaption',
  'body',
  'html',
  'center',
  'nav',
  'address',
  'dl',
  'dt',
  'dd',
  'details',
  'summary',
])
const MARK_OF: Readonly<Record<string, string>> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  cite: 'em',
  u: 'u',
  ins: 'u',
  s: 's',
  strike: 's',
  del: 's',
  code: 'code',
  tt: 'code',
  kbd: 'code',
  samp: 'code',
}

/** `font-weight: 700; color: red` as a record; names in lower case. */
export function styleOf(branch: Branch): Record<string, string> {
  const style: Record<string, string> = {}
  for (const part of (branch.attrs.style ?? '').split(';')) {
    const at = part.indexOf(':')
    if (at > 0)
      style[part.slice(0, at).trim().toLowerCase()] = part
        .slice(at + 1)
        .trim()
        .toLowerCase()
  }
  return style
}

const isBold = (weight: string) => weight === 'bold' || weight === 'bolder' || Number(weight) >= 600

/** The marks an inline element stands for, by its name and then by its style, which may take a mark back (Google's `<b style="font-weight:normal">`). */
function marksOf(branch: Branch): Set<string> {
  const marks = new Set<string>()
  const own = MARK_OF[branch.tag]
  if (own) marks.add(own)
  const style = styleOf(branch)
  const weight = style['font-weight']
  if (weight) {
    if (isBold(weight)) marks.add('strong')
    else marks.delete('strong')
  }
  const slant = style['font-style']
  if (slant === 'italic' || slant === 'oblique') marks.add('em')
  else if (slant === 'normal') marks.delete('em')
  const line = style['text-decoration'] ?? style['text-decoration-line'] ?? ''
  if (line.includes('underline')) marks.add('u')
  if (line.includes('line-through')) marks.add('s')
  if (line === 'none') marks.delete('u')
  return marks
}

interface Place {
  readonly inLink: boolean
  readonly inHeading: boolean
  readonly pre: boolean
  readonly marks: ReadonlySet<string>
}
const OUTSIDE: Place = { inLink: false, inHeading: false, pre: false, marks: new Set() }

/** The cleaned content of a pasted page. */
export const cleanTree = (nodes: readonly Tree[]): Tree[] => tidy(clean(withWordLists(nodes), OUTSIDE))

const clean = (nodes: readonly Tree[], place: Place): Tree[] => nodes.flatMap((node) => cleanOne(node, place))

function cleanOne(node: Tree, place: Place): Tree[] {
  if (typeof node === 'string') return node ? [node] : []
  const { tag } = node
  const style = styleOf(node)
  if (DROPPED.has(tag) || style.display === 'none' || style['mso-list'] === 'ignore' || style['mso-hide'] === 'all')
    return []
  if (tag === 'br') return node.attrs.class === 'Apple-interchange-newline' ? [] : [h('br', [])]
  if (tag === 'img') return picture(node)
  if (style['mso-spacerun'] === 'yes') return [' ']
  const word = wordHeading(node)
  if (word) return [h(word, clean(node.children, { ...place, inHeading: true }))]
  if (tag === 'a') return link(node, place)
  if (KEPT_BLOCKS.has(tag)) return block(node, place)
  if (tag === 'tbody' || tag === 'thead' || tag === 'tfoot' || tag === 'caption') return clean(node.children, place)
  if (WRAPPERS.has(tag)) return wrapper(node, place)
  return inline(node, place)
}

function block(node: Branch, place: Place): Tree[] {
  switch (node.tag) {
    case 'hr':
      return [h('hr', [])]
    case 'pre':
      return [h('pre', [h('code', [textOf(node)])])]
    case 'ul':
    case 'ol':
      return list(node, place)
    case 'li':
      return [item(node, place)]
    case 'td':
    case 'th':
      return [h(node.tag, clean(withWordLists(node.children), OUTSIDE), spans(node))]
    case 'table':
      return [
        h(
          'table',
          clean(node.children, OUTSIDE).filter((row) => typeof row !== 'string' && row.tag === 'tr'),
        ),
      ]
    case 'tr':
      return [
        h(
          'tr',
          clean(node.children, OUTSIDE).filter(
            (cell) => typeof cell !== 'string' && (cell.tag === 'td' || cell.tag === 'th'),
          ),
        ),
      ]
    default: {
      const inHeading = /^h\d$/.test(node.tag)
      const children = clean(withWordLists(node.children), {
        ...place,
        inHeading: place.inHeading || inHeading,
        marks: new Set(),
      })
      return children.some(isBlock)
        ? splitBlocks(node.tag === 'blockquote' ? [h('blockquote', children)] : children)
        : [h(node.tag, children)]
    }
  }
}

/** Google Docs writes a nested list beside the item it belongs to instead of inside it, and check boxes as a role. */
function list(node: Branch, place: Place): Tree[] {
  const items: Branch[] = []
  let tasks = false
  for (const child of node.children) {
    if (typeof child === 'string') continue
    if (child.tag === 'ul' || child.tag === 'ol') {
      const nested = list(child, place)
      const last = items.pop()
      items.push(last ? { ...last, children: [...last.children, ...nested] } : h('li', [h('p', []), ...nested]))
    } else if (child.tag === 'li') {
      tasks ||= child.attrs.role === 'checkbox'
      items.push(item(child, place))
    } else {
      const content = cleanOne(child, place)
      if (content.length > 0) items.push(h('li', content))
    }
  }
  if (items.length === 0) return []
  if (tasks) return [h('ul', items, { 'data-type': 'taskList' })]
  const from = node.tag === 'ol' && /^\d+$/.test(node.attrs.start ?? '') ? Number(node.attrs.start) : 1
  return [h(node.tag, items, startOf({ ordered: true, start: from }))]
}

function item(node: Branch, place: Place): Branch {
  const attrs =
    node.attrs.role === 'checkbox'
      ? { 'data-type': 'taskItem', 'data-checked': String(node.attrs['aria-checked'] === 'true') }
      : undefined
  return h('li', clean(node.children, { ...place, marks: new Set() }), attrs)
}

function spans(node: Branch): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of ['colspan', 'rowspan']) {
    const value = node.attrs[name] ?? ''
    if (/^\d{1,2}$/.test(value) && value !== '1') kept[name] = value
  }
  return kept
}

function link(node: Branch, place: Place): Tree[] {
  const children = clean(node.children, { ...place, inLink: true })
  const href = (node.attrs.href ?? '').trim()
  // Google wraps addresses of links in mails and previews in a redirect of its own.
  const target = /^https:\/\/www\.google\.com\/url\?q=([^&]+)/.exec(href)?.[1]
  const address = target ? decoded(target) : href
  if (!address || !isSafeHref(address) || place.inLink || children.some(isBlock)) return children
  return [h('a', children, { href: address })]
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Kept with its address; what is not on this computer is drawn as a box with its words, never fetched. A relative address means nothing here. */
function picture(node: Branch): Tree[] {
  const { src = '', alt = '', 'data-medium': medium } = node.attrs
  if (medium) return [h('img', [], { 'data-medium': medium, alt })]
  const safe = /^https?:\/\//i.test(src) || /^data:image\/(png|jpe?g|gif|webp|avif);base64,/i.test(src)
  return safe ? [h('img', [], { src, ...(alt ? { alt } : {}) })] : alt ? [alt] : []
}

function inline(node: Branch, place: Place): Tree[] {
  const fresh = [...marksOf(node)].filter((mark) => {
    if (place.marks.has(mark)) return false
    if (mark === 'u' && place.inLink) return false
    return !(mark === 'strong' && place.inHeading)
  })
  const children = clean(withWordLists(node.children), { ...place, marks: new Set([...place.marks, ...fresh]) })
  // A wrapper around whole paragraphs (Google's <b>) is none of theirs.
  if (children.some(isBlock)) return splitBlocks(children)
  if (children.length === 0) return []
  return fresh.reduce<Tree[]>((inner, mark) => [h(mark, inner)], children)
}

function wrapper(node: Branch, place: Place): Tree[] {
  const children = clean(withWordLists(node.children), place)
  if (children.every((child) => typeof child === 'string' && !child.trim())) return []
  return children.some(isBlock) ? splitBlocks(children) : [h('p', children)]
}

const isBlock = (node: Tree): boolean => typeof node !== 'string' && KEPT_BLOCKS.has(node.tag)

/** Loose words between blocks become paragraphs. */
function splitBlocks(nodes: readonly Tree[]): Tree[] {
  const out: Tree[] = []
  let loose: Tree[] = []
  const flush = () => {
    if (loose.some((node) => (typeof node === 'string' ? node.trim() : node.tag !== 'br'))) out.push(h('p', loose))
    loose = []
  }
  for (const node of nodes) {
    if (isBlock(node)) {
      flush()
      out.push(node)
    } else loose.push(node)
  }
  flush()
  return out
}

const textOf = (node: Tree): string =>
  typeof node === 'string' ? node : node.tag === 'br' ? '\n' : node.children.map(textOf).join('')

const isEmpty = (node: Tree): boolean =>
  typeof node === 'string'
    ? !node.replace(/[\s\u00a0]/g, '')
    : node.tag !== 'img' && node.tag !== 'hr' && node.children.every(isEmpty)

/** Word and Google put empty paragraphs and breaks between paragraphs as space; the page makes its own. */
function tidy(nodes: readonly Tree[]): Tree[] {
  const blocks = nodes.some(isBlock)
  return nodes.filter((node) => {
    if (!blocks) return true
    if (typeof node === 'string') return node.trim() !== ''
    return node.tag === 'br' || node.tag === 'p' || /^h\d$/.test(node.tag) ? !isEmpty(node) : true
  })
}

// ---- Word ------------------------------------------------------------------------------------------------------------

function wordHeading(node: Branch): string | null {
  if (node.tag !== 'p') return null
  const name = node.attrs.class ?? ''
  if (/\bMsoTitle\b/i.test(name)) return 'h1'
  if (/\bMsoSubtitle\b/i.test(name)) return 'h2'
  const level = /\bMsoHeading([1-6])\b/i.exec(name)?.[1] ?? styleOf(node)['mso-outline-level']
  return level && /^[1-6]$/.test(level) ? `h${level}` : null
}

interface WordItem {
  readonly level: number
  readonly ordered: boolean
  readonly start: number
  readonly node: Branch
}

/** Word writes list items as paragraphs with `mso-list: l0 level2 lfo1` and the bullet as text that is to be ignored. */
function wordItem(node: Tree): WordItem | null {
  if (typeof node === 'string' || node.tag !== 'p') return null
  const named = /\blevel(\d+)\b/.exec(styleOf(node)['mso-list'] ?? '')
  if (!named) return null
  const marker = markerOf(node).replace(/[\s\u00a0]+/g, '')
  const ordered = /^\(?(\d+|[a-z]{1,4})[.)]$/i.test(marker)
  return { level: Number(named[1]), ordered, start: Number(/\d+/.exec(marker)?.[0] ?? 1), node }
}

function markerOf(node: Tree): string {
  if (typeof node === 'string') return ''
  if (styleOf(node)['mso-list'] === 'ignore') return textOf(node)
  return node.children.map(markerOf).join('')
}

/** Runs of Word's list paragraphs as real lists. */
function withWordLists(nodes: readonly Tree[]): Tree[] {
  const out: Tree[] = []
  let run: WordItem[] = []
  const flush = () => {
    if (run.length > 0) out.push(...nest(run, Math.min(...run.map(({ level }) => level))))
    run = []
  }
  for (const node of nodes) {
    const found = wordItem(node)
    if (found) run.push(found)
    else if (typeof node === 'string' && !node.trim() && run.length > 0) continue
    else {
      flush()
      out.push(node)
    }
  }
  flush()
  return out
}

function nest(items: readonly WordItem[], level: number): Branch[] {
  const lists: { ordered: boolean; start: number; items: Branch[] }[] = []
  for (let i = 0; i < items.length; ) {
    const current = items[i]
    if (!current) break
    let end = i + 1
    while ((items[end]?.level ?? 0) > level) end += 1
    const below = items.slice(current.level > level ? i : i + 1, end)
    const nested = below.length > 0 ? nest(below, Math.min(...below.map((each) => each.level))) : []
    const own = current.level > level ? [h('p', [])] : [h('p', current.node.children)]
    const last = lists.at(-1)
    if (last && last.ordered === current.ordered) last.items.push(h('li', [...own, ...nested]))
    else lists.push({ ordered: current.ordered, start: current.start, items: [h('li', [...own, ...nested])] })
    i = end
  }
  return lists.map((each) => h(each.ordered ? 'ol' : 'ul', each.items, startOf(each)))
}

const startOf = ({ ordered, start }: { ordered: boolean; start: number }): Record<string, string> =>
  ordered && start > 1 ? { start: String(start) } : {}

// ---- Out -------------------------------------------------------------------------------------------------------------

const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
const VOID = new Set(['br', 'hr', 'img'])

/** The tree as HTML. */
export const toHtml = (nodes: readonly Tree[]): string =>
  nodes
    .map((node) => {
      if (typeof node === 'string') return escaped(node)
      const attrs = Object.entries(node.attrs)
        .map(([name, value]) => ` ${name}="${escaped(value)}"`)
        .join('')
      return VOID.has(node.tag)
        ? `<${node.tag}${attrs}>`
        : `<${node.tag}${attrs}>${toHtml(node.children)}</${node.tag}>`
    })
    .join('')
