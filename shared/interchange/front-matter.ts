/** The block of fields at the top of a Markdown file: YAML between `---`, TOML between `+++`, or a JSON object. */
import { parse as parseToml, stringify as stringifyToml, TomlDate } from 'smol-toml'
import { Document, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { err, ok, type Result } from '../lib/result.ts'
import { isUnsafeKey } from './model.ts'

export type FrontFormat = 'yaml' | 'toml' | 'json'
export type FrontData = Readonly<Record<string, unknown>>

export interface FrontMatter {
  /** Null: the file has none. */
  readonly format: FrontFormat | null
  /** The lines between the fences (JSON: with its braces). */
  readonly text: string
  readonly data: FrontData
  /** Keys that were left out because an object must not have them. */
  readonly unsafeKeys: readonly string[]
  readonly body: string
}

export interface FrontTrouble {
  readonly line: number
  /** Continues a sentence: what is wrong. */
  readonly why: string
}

const YAML_ALIASES = 100
const DEEPEST = 20

/** Splits a file (line ends `\n`) and reads its fields. Dates stay text as written. Refuses with the line of the file. */
export function readFrontMatter(text: string): Result<FrontMatter, FrontTrouble> {
  const none: FrontMatter = { format: null, text: '', data: {}, unsafeKeys: [], body: text }
  const opening = /^(---|\+\+\+)[ \t]*\n/.exec(text)
  if (opening) {
    const fence = opening[1] ?? ''
    const start = opening[0].length
    const closing = (fence === '---' ? /^(?:---|\.\.\.)[ \t]*$/m : /^\+\+\+[ \t]*$/m).exec(text.slice(start))
    if (!closing) {
      // A rule at the top of a text without fields.
      if (fence === '---' && !/^[\w-]+[ \t]*:/.test(text.slice(start))) return ok(none)
      return err({ line: 1, why: `the ${fence} that opens the fields is never closed` })
    }
    const inner = text.slice(start, start + closing.index)
    const body = text.slice(start + closing.index + closing[0].length).replace(/^\n/, '')
    const format = fence === '---' ? 'yaml' : 'toml'
    const parsed = parseFields(format, inner)
    return parsed.ok
      ? ok({ format, text: inner, ...parsed.value, body })
      : err({ ...parsed.error, line: parsed.error.line + 1 })
  }
  if (/^\{\s*(\n|")/.test(text)) {
    const end = /^\}[ \t]*$/m.exec(text)
    const inner = end ? text.slice(0, end.index + end[0].length) : ''
    if (!end) return err({ line: 1, why: 'the { that opens the fields is never closed by a } on a line of its own' })
    const parsed = parseFields('json', inner)
    return parsed.ok
      ? ok({ format: 'json', text: inner, ...parsed.value, body: text.slice(inner.length).replace(/^\n/, '') })
      : parsed
  }
  return ok(none)
}

/** Reads the lines of a front matter. Lines in refusals count from 1 within them. */
export function parseFields(
  format: FrontFormat,
  text: string,
): Result<Pick<FrontMatter, 'data' | 'unsafeKeys'>, FrontTrouble> {
  try {
    return format === 'yaml' ? yamlFields(text) : cleaned(format === 'toml' ? parseToml(text) : JSON.parse(text))
  } catch (thrown) {
    // The parsers tell bad input by throwing: a message, for some with its line.
    if (!(thrown instanceof Error)) throw thrown
    const line =
      'line' in thrown && typeof thrown.line === 'number'
        ? thrown.line
        : Number(/line (\d+)/.exec(thrown.message)?.[1] ?? 1)
    return err({ line, why: thrown instanceof RangeError ? 'it is nested too deeply' : firstLine(thrown.message) })
  }
}

const firstLine = (message: string) =>
  (message.split('\n')[0] ?? '')
    .replace(/ at line \d+, column \d+:?/, '')
    .replace(/^Invalid TOML document: /, '')
    .replace(/[:.]$/, '')

const YAML = { schema: 'core', prettyErrors: true, logLevel: 'silent' } as const

/** YAML as site generators read it: text in quotes may go on at the start of the next line, which YAML itself wants indented. */
function parseYaml(text: string) {
  const strict = parseDocument(text, YAML)
  if (strict.errors.length === 0) return strict
  const lenient = parseDocument(indentQuoted(text), YAML)
  return lenient.errors.length === 0 ? lenient : strict
}

function indentQuoted(text: string): string {
  let quote = ''
  const closes = (rest: string) => (quote === '"' ? /^(?:[^"\\]|\\.)*"/ : /^(?:[^']|'')*'(?!')/).test(rest)
  return text
    .split('\n')
    .map((line) => {
      if (quote) {
        if (closes(line)) quote = ''
        return `  ${line}`
      }
      const opening = /^[\w-]+:[ \t]+(["'])(.*)$/.exec(line)
      if (!opening) return line
      quote = opening[1] ?? ''
      if (closes(opening[2] ?? '')) quote = ''
      return line
    })
    .join('\n')
}

function yamlFields(text: string): Result<Pick<FrontMatter, 'data' | 'unsafeKeys'>, FrontTrouble> {
  const doc = parseYaml(text)
  const first = doc.errors[0]
  if (first) return err({ line: first.linePos?.[0].line ?? 1, why: firstLine(first.message) })
  if (doc.contents === null || (isScalar(doc.contents) && doc.contents.value === null))
    return ok({ data: {}, unsafeKeys: [] })
  if (!isMap(doc.contents)) return err({ line: 1, why: 'it is not a list of "name: value" lines' })
  const value: unknown = doc.toJS({ maxAliasCount: YAML_ALIASES })
  const result = cleaned(value)
  if (!result.ok) return result
  // `title: 2048` and `tags: [1.10]` are words here: numbers that people read keep the way they were written.
  const data: Record<string, unknown> = { ...result.value.data }
  for (const { key, value: node } of doc.contents.items) {
    const name = isScalar(key) ? String(key.value) : ''
    if (!(name in data) || isUnsafeKey(name)) continue
    data[name] = asWritten(node, data[name])
  }
  return ok({ ...result.value, data })
}

/** Numbers whose notation would be lost (`1.10`, `0x1F`, twenty digits) as text. */
function asWritten(node: unknown, value: unknown): unknown {
  if (isAlias(node)) return value
  if (isScalar(node) && typeof value === 'number') return String(value) === node.source ? value : (node.source ?? value)
  if (isSeq(node) && Array.isArray(value)) return value.map((item: unknown, i) => asWritten(node.items[i], item))
  return value
}

/** Plain JSON-like data: dates as text, no keys that reach an object's prototype. */
function cleaned(value: unknown): Result<Pick<FrontMatter, 'data' | 'unsafeKeys'>, FrontTrouble> {
  const unsafeKeys: string[] = []
  const clean = (item: unknown, depth: number): unknown => {
    if (depth > DEEPEST) throw new RangeError('too deep')
    if (item instanceof TomlDate) return item.toISOString()
    if (item instanceof Date) return item.toISOString()
    if (typeof item === 'bigint') return String(item)
    if (typeof item === 'number' && !Number.isFinite(item)) return String(item)
    if (Array.isArray(item)) return item.map((entry) => clean(entry, depth + 1))
    if (typeof item !== 'object' || item === null) return item
    const result: Record<string, unknown> = {}
    for (const [key, entry] of Object.entries(item)) {
      if (isUnsafeKey(key)) unsafeKeys.push(key)
      else result[key] = clean(entry, depth + 1)
    }
    return result
  }
  const data = clean(value, 0)
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return err({ line: 1, why: 'it is not a list of names and values' })
  return ok({ data: { ...data }, unsafeKeys })
}

/**
 * The lines of a front matter with some keys set (or taken out: undefined). What is not changed stays as it was written, in YAML
 * with its comments; without changes the text comes back untouched.
 */
export function changeFields(format: FrontFormat, text: string, changes: ReadonlyMap<string, unknown>): string {
  if (changes.size === 0) return text
  if (format === 'yaml') {
    const parsed = parseYaml(text)
    const doc = isMap(parsed.contents) ? parsed : new Document({}, { schema: 'core' })
    for (const [key, value] of changes) {
      if (value === undefined) doc.delete(key)
      else doc.set(key, doc.createNode(value))
    }
    return doc.toString({ lineWidth: 0 })
  }
  const parsed = parseFields(format, text)
  const data: Record<string, unknown> = parsed.ok ? { ...parsed.value.data } : {}
  for (const [key, value] of changes) {
    if (value === undefined) delete data[key]
    else data[key] = value
  }
  if (format === 'json') return JSON.stringify(data, null, 2)
  return `${stringifyToml(Object.fromEntries(Object.entries(data).map(([key, value]) => [key, tomlValue(key, value)])))}\n`
}

/** Dates of Hugo's date keys are TOML dates, not text. */
const tomlValue = (key: string, value: unknown) =>
  /date$|^lastmod$/i.test(key) &&
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.test(value)
    ? new TomlDate(value)
    : value

/** A new front matter in YAML, readable by YAML 1.1 programs too. */
export const newFields = (data: FrontData): string =>
  new Document(data, { schema: 'core', compat: 'yaml-1.1' }).toString({ lineWidth: 0 })

export function joinFrontMatter(format: FrontFormat | null, fields: string, body: string): string {
  if (format === null) return body
  if (format === 'json') return `${fields.trimEnd()}\n\n${body}`
  const fence = format === 'yaml' ? '---' : '+++'
  return `${fence}\n${fields === '' || fields.endsWith('\n') ? fields : `${fields}\n`}${fence}\n${body === '' ? '' : `\n${body}`}`
}
