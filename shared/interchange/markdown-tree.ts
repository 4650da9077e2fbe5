/** The tree of a Markdown text, as `read-markdown.ts` goes through it. */
import {
  type BlockReading,
  decode,
  type FootnoteMeta,
  readBlocks,
  readWords,
  type TableMeta,
  type Token,
} from './markdown-syntax.ts'

export type Inline =
  | { readonly type: 'text'; value: string }
  | { readonly type: 'inlineCode' | 'html'; readonly value: string }
  | { readonly type: 'strong' | 'emphasis' | 'delete'; readonly children: Inline[] }
  | { readonly type: 'link'; readonly url: string; readonly title: string; readonly children: Inline[] }
  | { readonly type: 'image'; readonly url: string; readonly title: string; readonly alt: string }
  | { readonly type: 'footnoteReference'; readonly label: string }
  | { readonly type: 'break' }

export interface ListItem {
  /** Null: it has no check box. */
  readonly checked: boolean | null
  readonly children: readonly Block[]
}

export type Block =
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'heading'; readonly depth: number; readonly children: readonly Inline[] }
  | { readonly type: 'thematicBreak' }
  | { readonly type: 'blockquote'; readonly children: readonly Block[] }
  | { readonly type: 'code'; readonly info: string; readonly value: string; readonly fenced: boolean }
  | { readonly type: 'html'; readonly value: string }
  /** `start`: null where it has no numbers. */
  | { readonly type: 'list'; readonly start: number | null; readonly children: readonly ListItem[] }
  | {
      readonly type: 'table'
      readonly align: TableMeta['align']
      readonly rows: readonly (readonly (readonly Inline[])[])[]
    }
  /** `counts`: it is the first of its label. */
  | { readonly type: 'definition'; readonly label: string; readonly counts: boolean; readonly source: string }
  | { readonly type: 'footnoteDefinition'; readonly label: string; readonly children: readonly Inline[] }
  /** What is kept as it is written. Nothing in it is read, so what it refers to does not count as used. */
  | { readonly type: 'verbatim'; readonly source: string }

export interface MarkdownTree {
  readonly blocks: readonly Block[]
  /** Labels of the definitions links and pictures refer to. */
  readonly used: ReadonlySet<string>
}

/** `source`: with line ends `\n`. `mdx`: paragraphs that are imports, exports or components are kept verbatim. */
export function parseMarkdown(source: string, mdx: boolean): MarkdownTree {
  const builder = new Builder(source, readBlocks(source), mdx)
  return { blocks: builder.blocks(), used: builder.used }
}

class Builder {
  readonly used = new Set<string>()
  readonly #defined = new Set<string>()
  readonly #source: string
  readonly #reading: BlockReading
  readonly #mdx: boolean
  #at = 0

  constructor(source: string, reading: BlockReading, mdx: boolean) {
    this.#source = source
    this.#reading = reading
    this.#mdx = mdx
  }

  /** Blocks up to the end of what they stand in. */
  blocks(): Block[] {
    const out: Block[] = []
    for (let token = this.#next(); token && token.nesting !== -1; token = this.#next()) {
      const block = this.#block(token)
      if (block) out.push(block)
    }
    return out
  }

  #next(): Token | undefined {
    this.#at += 1
    return this.#reading.tokens[this.#at - 1]
  }

  /** The words between an opening token and its closing one. */
  #content(): string {
    const content = this.#next()?.content ?? ''
    this.#next()
    return content
  }

  #block(token: Token): Block | null {
    switch (token.type) {
      case 'paragraph_open':
        return this.#paragraph(token)
      case 'heading_open':
        return { type: 'heading', depth: Number(token.tag.slice(1)), children: this.#words(this.#content()) }
      case 'hr':
        return { type: 'thematicBreak' }
      case 'blockquote_open':
        return { type: 'blockquote', children: this.blocks() }
      case 'code_block':
        return { type: 'code', info: '', value: token.content.replace(/\n$/, ''), fenced: false }
      case 'fence':
        return { type: 'code', info: infoOf(token.info), value: token.content.replace(/\n$/, ''), fenced: true }
      case 'html_block':
        return { type: 'html', value: token.content.replace(/\n$/, '') }
      case 'bullet_list_open':
        return { type: 'list', start: null, children: this.#items() }
      case 'ordered_list_open':
        return { type: 'list', start: Number(token.attrGet('start') ?? 1), children: this.#items() }
      case 'cells': {
        const { align, rows } = token.meta as TableMeta
        return { type: 'table', align, rows: rows.map((row) => row.map((cell) => this.#words(cell, true))) }
      }
      case 'reference_definition':
        return this.#definition(token)
      case 'footnote_open':
        return this.#footnote(token)
      default:
        throw new Error(`Markdown: a block of type ${token.type}`)
    }
  }

  #items(): ListItem[] {
    const items: ListItem[] = []
    for (let token = this.#next(); token && token.nesting !== -1; token = this.#next()) items.push(this.#item())
    return items
  }

  #item(): ListItem {
    const first = this.#reading.tokens[this.#at]
    const content = this.#reading.tokens[this.#at + 1]
    const box = first?.type === 'paragraph_open' && content ? CHECK_BOX.exec(content.content) : null
    if (content && box) content.content = content.content.slice(box[0].length)
    return { checked: box ? /x/i.test(box[0]) : null, children: this.blocks() }
  }

  #paragraph(token: Token): Block {
    const content = this.#content()
    const source = this.#mdx && token.level === 0 ? this.#lines(token).trim() : ''
    if (/^(import\s|export\s|<[A-Z>])/.test(source)) return { type: 'verbatim', source }
    return { type: 'paragraph', children: this.#words(content) }
  }

  /** Of one paragraph; any other is kept verbatim. */
  #footnote(token: Token): Block {
    const { label, start } = token.meta as FootnoteMeta
    const { tokens } = this.#reading
    const first = this.#at
    let next = this.#next()
    for (; next && (next.type !== 'footnote_close' || next.level !== token.level); next = this.#next())
      if (next.type === 'reference_definition') this.#defined.add(labelOf(next))
    const words = tokens[first]?.type === 'paragraph_open' && this.#at - first === 4 ? tokens[first + 1] : undefined
    if (words) return { type: 'footnoteDefinition', label: decode(label), children: this.#words(words.content) }
    return { type: 'verbatim', source: this.#source.slice(start, this.#endOf(token)).trimEnd() }
  }

  #definition(token: Token): Block {
    const label = labelOf(token)
    const counts = !this.#defined.has(label)
    this.#defined.add(label)
    const start = this.#reading.env.places.get(token.map?.[0] ?? 0)
    return { type: 'definition', label, counts, source: this.#source.slice(start, this.#endOf(token)) }
  }

  #endOf({ map }: Token): number {
    return this.#reading.lineEnds[(map?.[1] ?? 1) - 1] ?? this.#source.length
  }

  #lines(token: Token): string {
    return this.#source.slice(this.#reading.lineStarts[token.map?.[0] ?? 0], this.#endOf(token))
  }

  #words(text: string, inTable = false): Inline[] {
    return nested(readWords(text, this.#reading.env), inTable, this.used)
  }
}

const labelOf = (token: Token) => String(token.meta?.label)

/** `[x]` at the beginning of an item, with words after it; the one space (or line end) that follows is part of it. */
const CHECK_BOX = /^\[[ \t\nxX]\](?:[ \t]*\n[ \t]*|[ \t])(?!$)/

/** Language and the rest of the line behind the fence, one space apart. */
function infoOf(written: string): string {
  const [, language = '', rest = ''] = /^[ \t]*([^ \t]*)[ \t]*(.*)$/s.exec(written) ?? []
  return [language, rest].filter(Boolean).map(decode).join(' ')
}

/** Titles and tags may go over several lines; up to three spaces before a line are not part of it. */
const flush = (text: string) => text.replace(/\n {1,3}/g, '\n')

const MARKS = { em_open: 'emphasis', strong_open: 'strong', s_open: 'delete' } as const
const isMark = (type: string): type is keyof typeof MARKS => type in MARKS

/** Opening and closing tokens in a row to nodes within nodes. */
function nested(tokens: readonly Token[], inTable: boolean, used: Set<string>): Inline[] {
  const root: Inline[] = []
  const outer: Inline[][] = []
  let into = root
  const enter = (node: Inline & { children: Inline[] }) => {
    into.push(node)
    outer.push(into)
    into = node.children
  }
  for (const token of tokens) {
    const { type, content } = token
    if (type === 'text' || type === 'text_special') addText(into, content)
    else if (type === 'softbreak') addText(into, '\n')
    else if (token.nesting === -1) into = outer.pop() ?? root
    else if (isMark(type)) enter({ type: MARKS[type], children: [] })
    else if (type === 'link_open') {
      enter({ type: 'link', ...target(token, 'href'), children: [] })
      if (token.meta) used.add(labelOf(token))
    } else into.push(leaf(token, inTable, used))
  }
  return root
}

function addText(into: Inline[], value: string): void {
  const last = into.at(-1)
  if (last?.type === 'text') last.value += value
  else if (value !== '') into.push({ type: 'text', value })
}

const target = (token: Token, name: 'href' | 'src') => ({
  url: String(token.attrGet(name) ?? ''),
  title: flush(String(token.attrGet('title') ?? '')),
})

function leaf(token: Token, inTable: boolean, used: Set<string>): Inline {
  const { type, content } = token
  switch (type) {
    case 'hardbreak':
      return { type: 'break' }
    case 'code_inline':
      return { type: 'inlineCode', value: inTable ? content.replace(/\\([\\|])/g, unescapePipe) : content }
    case 'html_inline':
      return { type: 'html', value: flush(content) }
    case 'footnote_call':
      return { type: 'footnoteReference', label: decode(content) }
    case 'image':
      if (token.meta) used.add(labelOf(token))
      return { type: 'image', ...target(token, 'src'), alt: wordsOf(nested(token.children ?? [], inTable, new Set())) }
    default:
      throw new Error(`Markdown: words of type ${type}`)
  }
}

/** In tables a backslash keeps `|` from ending the cell, in code too. */
const unescapePipe = (pair: string, sign: string) => (sign === '|' ? sign : pair)

const wordsOf = (nodes: readonly Inline[]): string =>
  nodes
    .map((node) => {
      if ('value' in node) return node.value
      if ('children' in node) return wordsOf(node.children)
      return node.type === 'image' ? node.alt : node.type === 'break' ? '\n' : ''
    })
    .join('')
