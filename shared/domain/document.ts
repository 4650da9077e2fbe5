/**
 * The rich text of a post, brief or note: the JSON form of a Tiptap document, limited to the nodes and marks named here.
 * Both sides of the app agree on this list, so a document can be checked before it is stored.
 */
export interface Mark {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
}

export interface DocNode {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly content?: readonly DocNode[]
  readonly marks?: readonly Mark[]
  readonly text?: string
}

export interface Doc {
  readonly type: 'doc'
  readonly content: readonly DocNode[]
}

/**
 * `htmlBlock` keeps a passage of source HTML the editor has no node for (attrs.html, shown as code, never run), so that an
 * imported post can be exported again unchanged.
 */
export const NODE_TYPES = [
  'doc',
  'text',
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'taskList',
  'taskItem',
  'blockquote',
  'codeBlock',
  'horizontalRule',
  'hardBreak',
  'image',
  'table',
  'tableRow',
  'tableHeader',
  'tableCell',
  'htmlBlock',
] as const
export const MARK_TYPES = ['bold', 'italic', 'strike', 'code', 'link', 'underline'] as const

export const EMPTY_DOC: Doc = { type: 'doc', content: [{ type: 'paragraph' }] }

/** Addresses a link may have; anything else is dropped before a document is stored. A name without a colon names no scheme. */
export const isSafeHref = (href: string): boolean =>
  /^(https?:|mailto:|tel:|#|\/|\.\/|\.\.\/|\{\{|[\w-]+(\.|\/|$)|[^:/?#\s]+([/?#]|$))/i.test(href.trim()) &&
  !/^(javascript|data|vbscript|file):/i.test(href.trim())

const BLOCKS = new Set([
  'paragraph',
  'heading',
  'codeBlock',
  'listItem',
  'taskItem',
  'tableCell',
  'tableHeader',
  'blockquote',
  'htmlBlock',
])

/** The words of a document, a line per block. Pictures give their alt text. */
export function plainText(doc: Pick<DocNode, 'content'>): string {
  const lines: string[] = []
  let line = ''
  const flush = () => {
    if (line.trim()) lines.push(line.trim())
    line = ''
  }
  const walk = (node: DocNode) => {
    if (node.type === 'text') line += node.text ?? ''
    else if (node.type === 'hardBreak') line += '\n'
    else if (node.type === 'image') line += typeof node.attrs?.alt === 'string' ? node.attrs.alt : ''
    if (BLOCKS.has(node.type)) flush()
    node.content?.forEach(walk)
    if (BLOCKS.has(node.type)) flush()
  }
  doc.content?.forEach(walk)
  flush()
  return lines.join('\n')
}

/** Words as a reader counts them; languages without spaces are counted by the engine's word breaker. */
export function countWords(text: string): number {
  if (!/[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]/.test(text))
    return text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu)?.length ?? 0
  let words = 0
  for (const part of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text))
    if (part.isWordLike) words += 1
  return words
}

/** Reading time in seconds at 200 words a minute. */
export const readingSeconds = (words: number): number => Math.round((words / 200) * 60)

/** The first words of a text, for lists and previews: one line, at most `length` characters, cut between words. */
export function excerptOf(text: string, length = 220): string {
  const inLine = (part: string) => part.replace(/\s+/g, ' ').trim()
  // Of a long text only its beginning is looked at.
  const head = inLine(text.slice(0, length * 4))
  const line = head.length > length ? head : inLine(text)
  if (line.length <= length) return line
  const cut = line.slice(0, length)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length - 30))}…`
}

/** Pictures of a text, wherever in it they stand. */
export const imagesIn = (nodes: readonly DocNode[]): DocNode[] =>
  nodes.flatMap((node) => [...(node.type === 'image' ? [node] : []), ...imagesIn(node.content ?? [])])

/** The text with other attributes for its pictures; the same one where none has changed. */
export function withImages(
  doc: Doc,
  change: (attrs: NonNullable<DocNode['attrs']>) => NonNullable<DocNode['attrs']>,
): Doc {
  const content = changed(doc.content, change)
  return content === doc.content ? doc : { ...doc, content }
}

function changed(nodes: readonly DocNode[], change: Parameters<typeof withImages>[1]): readonly DocNode[] {
  const next = nodes.map((node): DocNode => {
    if (node.type === 'image') {
      const attrs = change(node.attrs ?? {})
      return attrs === node.attrs ? node : { ...node, attrs }
    }
    const content = node.content && changed(node.content, change)
    return content === node.content ? node : { ...node, content }
  })
  return next.some((node, at) => node !== nodes[at]) ? next : nodes
}

/** The medium a picture of a text shows; '' for one that is only an address. */
export const mediumIn = (attrs: DocNode['attrs']): string => (typeof attrs?.mediumId === 'string' ? attrs.mediumId : '')
export const sourceIn = (attrs: DocNode['attrs']): string => (typeof attrs?.src === 'string' ? attrs.src : '')

/** Media that a text shows. */
export const mediaIn = (nodes: readonly DocNode[]): string[] =>
  imagesIn(nodes).flatMap(({ attrs }) => mediumIn(attrs) || [])
