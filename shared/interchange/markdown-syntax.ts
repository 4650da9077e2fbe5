/**
 * The Markdown parser, set up: CommonMark with GitHub's tables, strike-through, bare addresses and footnotes. Addresses are left as written; what is
 * unsafe in them is for the reader to judge.
 */
import MarkdownIt, { type Env, type StateBlock, type StateInline, type Token } from 'markdown-it'
import { bareAddressAt, mayHaveBareAddress, nextBeginning } from './bare-address.ts'

export type { Token } from 'markdown-it'

/** What the whole text has, for its blocks and its words. */
export interface BlockEnv extends Env {
  references: NonNullable<Env['references']>
  readonly footnotes: Set<string>
  /** By line: where a block begins on it that may be a definition. */
  readonly places: Map<number, number>
}

interface InlineEnv extends Env {
  readonly footnotes: ReadonlySet<string>
  readonly text: string
  /** The next place an address may begin. */
  beginning: number
  /** Square brackets that are open without having begun a link: no address within them becomes one. */
  brackets: number
  /** By the sign that would end them: from where on no comment, instruction or declaration ends any more. */
  readonly endless: Map<string, number>
}

/** Alignment of the columns and the source of each cell, the head row first. */
export type TableMeta = {
  readonly align: readonly (string | null)[]
  readonly rows: readonly (readonly string[])[]
}

export type FootnoteMeta = {
  readonly label: string
  /** Where it begins in the source. */
  readonly start: number
}

/** Labels of footnotes are the same whatever the case of their letters. */
const footnoteKey = (label: string) => label.toLowerCase().toUpperCase()
const FOOTNOTE = /\[\^((?:\\[[\\\]]|[^[\]\s]){1,999})\]/y

const blocks = new MarkdownIt('commonmark', { maxNesting: Number.POSITIVE_INFINITY })
// Only brackets within brackets nest here. Past the limit they are text; without one, a row of brackets would use up the stack.
const words = new MarkdownIt('commonmark', { maxNesting: 100 }).enable('strikethrough')
for (const parser of [blocks, words]) {
  parser.validateLink = () => true
  parser.normalizeLink = (url) => url
  parser.normalizeLinkText = (url) => url
}
const INTERRUPTS = ['paragraph', 'reference', 'blockquote', 'list']
blocks.block.ruler.before('code', 'footnote', footnote, { alt: INTERRUPTS })
blocks.block.ruler.before('reference', 'place', place)
blocks.block.ruler.before('lheading', 'cells', table, { alt: ['paragraph', 'reference'] })
words.inline.ruler.at('text', plainText)
words.inline.ruler.before('text', 'address', address)
words.inline.ruler.before('escape', 'backslash', backslash)
words.inline.ruler.before('html_inline', 'special', special)
words.inline.ruler.before('link', 'footnote', footnoteCall)
words.inline.ruler.at('strikethrough', tildes)
words.inline.ruler2.at('strikethrough', strikeThrough)
words.inline.ruler.push('brackets', countBrackets)

export const decode = words.utils.unescapeAll

export interface BlockReading {
  readonly tokens: readonly Token[]
  readonly env: BlockEnv
  readonly lineStarts: readonly number[]
  readonly lineEnds: readonly number[]
}

/** The blocks of a text (line ends `\n`); their words are still source, for `readWords`. */
export function readBlocks(source: string): BlockReading {
  const env: BlockEnv = { references: Object.create(null), footnotes: new Set(), places: new Map() }
  const tokens: Token[] = []
  const state = new blocks.block.State(source, blocks, env, tokens)
  blocks.block.tokenize(state, 0, state.lineMax)
  return { tokens, env, lineStarts: state.bMarks, lineEnds: state.eMarks }
}

/** The words of a paragraph, heading or cell, with the links and footnotes of the text they stand in. */
export function readWords(text: string, { references, footnotes }: BlockEnv): Token[] {
  const tokens: Token[] = []
  const env: InlineEnv = {
    references,
    footnotes,
    text,
    beginning: mayHaveBareAddress(text) ? -1 : Number.POSITIVE_INFINITY,
    brackets: 0,
    endless: new Map(),
  }
  words.inline.parse(text, words, env, tokens)
  return tokens
}

const at = (list: readonly number[], index: number): number => list[index] ?? 0
const startOf = (state: StateBlock, line: number) => at(state.bMarks, line) + at(state.tShift, line)
const lineOf = (state: StateBlock, line: number) => state.src.slice(startOf(state, line), at(state.eMarks, line))
const isCode = (state: StateBlock, line: number) => at(state.sCount, line) - state.blkIndent >= 4
const isOutside = (state: StateBlock, line: number) => at(state.sCount, line) < state.blkIndent

/** Notes where a definition begins, which its token does not say. */
function place(state: StateBlock, line: number): boolean {
  const { places } = state.env as BlockEnv
  places.set(line, startOf(state, line))
  return false
}

/** `[^1]: words`, with the lines after it that are indented by four. */
function footnote(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (isCode(state, startLine)) return false
  const start = startOf(state, startLine)
  FOOTNOTE.lastIndex = start
  const found = FOOTNOTE.exec(state.src)
  const label = found?.[1]
  if (!found || label === undefined || state.src.charAt(start + found[0].length) !== ':') return false
  if (silent) return true
  const { footnotes } = state.env as BlockEnv
  footnotes.add(footnoteKey(label))
  const open = state.push('footnote_open', '', 1)
  const meta: FootnoteMeta = { label, start }
  open.meta = meta
  const { parentType, blkIndent } = state
  const { bMarks, tShift, sCount } = state
  const before = [at(bMarks, startLine), at(tShift, startLine), at(sCount, startLine)] as const
  state.parentType = 'footnote'
  state.blkIndent += 4
  // Whatever space follows the colon, the words do not become code.
  bMarks[startLine] = state.skipSpaces(start + found[0].length + 1)
  tShift[startLine] = 0
  sCount[startLine] = state.blkIndent
  state.md.block.tokenize(state, startLine, endLine)
  ;[bMarks[startLine], tShift[startLine], sCount[startLine]] = before
  state.parentType = parentType
  state.blkIndent = blkIndent
  open.map = [startLine, state.line]
  state.push('footnote_close', '', -1)
  return true
}

/** Not `- |`, which is an item of a list. */
const DELIMITERS = /^(?!-[ \t])\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/

/** A table. Rows may have more cells than the head: the parser's own rule would drop those. */
function table(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const second = startLine + 1
  if (second >= endLine || isCode(state, startLine) || isOutside(state, second) || isCode(state, second)) return false
  const delimiters = lineOf(state, second)
  if (!/[|:]/.test(delimiters) || !DELIMITERS.test(delimiters)) return false
  const align = cellsOf(delimiters).map(alignOf)
  const head = cellsOf(lineOf(state, startLine))
  if (lineOf(state, startLine).trimEnd() === '|' || head.length !== align.length) return false
  if (silent) return true
  const rows = [head]
  const { parentType } = state
  state.parentType = 'table'
  const ends = state.md.block.ruler.getRules('blockquote')
  let line = startLine + 2
  for (; line < endLine; line += 1) {
    if (state.isEmpty(line) || isOutside(state, line) || isCode(state, line)) break
    if (ends.some((rule) => rule(state, line, endLine, true))) break
    rows.push(cellsOf(lineOf(state, line)))
  }
  state.parentType = parentType
  state.line = line
  const meta: TableMeta = { align, rows }
  state.push('cells', '', 0).meta = meta
  return true
}

const alignOf = (cell: string): string | null => {
  if (cell.endsWith(':')) return cell.startsWith(':') ? 'center' : 'right'
  return cell.startsWith(':') ? 'left' : null
}

/** The cells of a row, as written: a `|` behind a backslash is part of one. */
function cellsOf(row: string): string[] {
  const cells: string[] = []
  let from = row.startsWith('|') ? 1 : 0
  for (let i = from; i < row.length; i += 1) {
    const char = row.charAt(i)
    if (char === '\\') i += 1
    else if (char === '|') {
      cells.push(trim(row.slice(from, i)))
      from = i + 1
    }
  }
  const last = trim(row.slice(from))
  if (last !== '' || cells.length === 0) cells.push(last)
  return cells
}

const trim = (text: string) => text.replace(/^[ \t]+/, '').trimEnd()

const PLAIN = /[^\n!&*<[\\\]_`~]+/y

/** Text up to the next sign, or the next place where an address may begin. */
function plainText(state: StateInline, silent: boolean): boolean {
  PLAIN.lastIndex = state.pos
  if (!PLAIN.test(state.src)) return false
  const end = Math.min(PLAIN.lastIndex, state.posMax, silent ? state.posMax : beginningFrom(state, state.pos + 1))
  if (!silent) state.pending += state.src.slice(state.pos, end)
  state.pos = end
  return true
}

function beginningFrom(state: StateInline, from: number): number {
  const env = state.env as InlineEnv
  // The words of a picture are read on their own: no links in them.
  if (state.src !== env.text) return Number.POSITIVE_INFINITY
  if (env.beginning < from) env.beginning = nextBeginning(state.src, from)
  return env.beginning
}

/** `silent`: within brackets that may become a link. */
function address(state: StateInline, silent: boolean): boolean {
  // Only links have levels here, and there is no link in a link.
  if (silent || state.level > 0 || beginningFrom(state, state.pos) !== state.pos) return false
  if ((state.env as InlineEnv).brackets > 0) return false
  const found = bareAddressAt(state.src, state.pos)
  if (!found) return false
  state.push('link_open', 'a', 1).attrs = [['href', found.href]]
  state.push('text', '', 0).content = state.src.slice(state.pos, found.end)
  state.push('link_close', 'a', -1)
  state.pos = found.end
  return true
}

/** A backslash that escapes nothing is text. The parser's own rule takes the letter after it along, which may begin an address. */
function backslash(state: StateInline, silent: boolean): boolean {
  if (!/\\[^\n!-/:-@[-`{-~]/y.test(state.src.slice(state.pos, state.pos + 2))) return false
  if (!silent) state.pending += '\\'
  state.pos += 1
  return true
}

const SPECIALS = [
  [/<!--(?!-?>)/y, '-->'],
  [/<!\[CDATA\[/y, ']]>'],
  [/<\?/y, '?>'],
  [/<![a-z]/iy, '>'],
] as const

/** Comments and the like. The parser's own rule takes none any more for ended once it has seen, even further down, one that is not. */
function special(state: StateInline, silent: boolean): boolean {
  const { pos, src } = state
  if (src.charCodeAt(pos) !== 0x3c) return false
  for (const [opening, close] of SPECIALS) {
    opening.lastIndex = pos
    if (!opening.test(src)) continue
    const end = closeFrom(state, close, opening.lastIndex)
    if (end === -1 || end > state.posMax) return false
    if (!silent) state.push('html_inline', '', 0).content = src.slice(pos, end)
    state.pos = end
    return true
  }
  return false
}

/** Where the next `close` ends. What is known to be endless is not searched again, which keeps long runs linear. */
function closeFrom({ src, env }: StateInline, close: string, from: number): number {
  const { endless, text } = env as InlineEnv
  if (src === text && from >= (endless.get(close) ?? Number.POSITIVE_INFINITY)) return -1
  const at = src.indexOf(close, from)
  if (at !== -1) return at + close.length
  if (src === text) endless.set(close, from)
  return -1
}

/** Asked last, for signs that are text. */
function countBrackets(state: StateInline, silent: boolean): boolean {
  const env = state.env as InlineEnv
  if (silent || state.src !== env.text) return false
  const sign = state.src.charAt(state.pos)
  if (sign === '[') env.brackets += 1
  else if (sign === ']' && env.brackets > 0) env.brackets -= 1
  return false
}

/** `silent`: looking for the end of a link's words, where its brackets count as those of text. */
function footnoteCall(state: StateInline, silent: boolean): boolean {
  const { footnotes } = state.env as InlineEnv
  if (silent || footnotes.size === 0) return false
  FOOTNOTE.lastIndex = state.pos
  const found = FOOTNOTE.exec(state.src)
  const label = found?.[1]
  if (!found || label === undefined || !footnotes.has(footnoteKey(label))) return false
  state.push('footnote_call', '', 0).content = label
  state.pos += found[0].length
  return true
}

const TILDE = 0x7e
/** Stands for two tildes among the markers: one never closes what two opened. */
const TWO_TILDES = 0x7e7e

/** One or two tildes; more are text. */
function tildes(state: StateInline, silent: boolean): boolean {
  if (silent || state.src.charCodeAt(state.pos) !== TILDE) return false
  const { length, can_open: open, can_close: close } = state.scanDelims(state.pos, true)
  const content = '~'.repeat(length)
  state.pos += length
  if (length > 2) {
    state.pending += content
    return true
  }
  state.push('text', '', 0).content = content
  const marker = length === 1 ? TILDE : TWO_TILDES
  state.delimiters.push({ marker, length: 0, token: state.tokens.length - 1, end: -1, open, close })
  return true
}

function strikeThrough(state: StateInline): void {
  if (!state.src.includes('~')) return
  for (const delimiters of [state.delimiters, ...state.tokens_meta.map((meta) => meta?.delimiters ?? [])]) {
    for (const { marker, end, token } of delimiters) {
      const closing = delimiters[end]
      if (!closing || (marker !== TILDE && marker !== TWO_TILDES)) continue
      strike(state.tokens[token], 's_open', 1)
      strike(state.tokens[closing.token], 's_close', -1)
    }
  }
}

function strike(token: Token | undefined, type: string, nesting: 1 | -1): void {
  if (!token) return
  token.type = type
  token.nesting = nesting
  token.content = ''
}
