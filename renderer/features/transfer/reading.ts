/** Reads whatever a user chose - Markdown, tables, calendars, Outpost's own JSON - into one preview. Writes nothing. */
import Papa from 'papaparse'
import { docOf } from '../../../shared/domain/workspace.ts'
import { type CsvTable, importCsv } from '../../../shared/interchange/csv.ts'
import { decodeText } from '../../../shared/interchange/encoding.ts'
import { importIcs } from '../../../shared/interchange/ics.ts'
import { readJson, type WorkspaceContent } from '../../../shared/interchange/json.ts'
import { LIBRARY_FILE } from '../../../shared/interchange/library-notes.ts'
import {
  type FileReading,
  importMarkdown,
  type ReadPost,
  readPostFile,
  Seen,
} from '../../../shared/interchange/markdown.ts'
import {
  type FieldSummary,
  type ImportedDayNote,
  type ImportedPost,
  type ImportOptions,
  type ImportPreview,
  type ImportProblem,
  type SourceFile,
  TARGETS,
  type Target,
} from '../../../shared/interchange/model.ts'
import { MEDIA_ENDINGS } from '../../../shared/interchange/picture-path.ts'
import { asImported, namesIn } from './asImported.ts'

export type FileKind = 'markdown' | 'csv' | 'ics' | 'json' | 'picture' | 'other'

export interface ReadOptions extends ImportOptions {
  /** Remembered mappings of tables, by the fingerprint of their columns. */
  readonly saved?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** A post that was read, with where it stands in the source. */
export interface Item {
  /** Path, and row where a file holds many; unique in a reading. */
  readonly key: string
  readonly file: string
  readonly row?: number
  readonly post: ImportedPost
  /** Id of the row it is in an export of Outpost: brought in as that row, with everything it has. */
  readonly rowId?: string
}

export interface ReadTable extends CsvTable {
  readonly path: string
}

export interface Reading {
  readonly items: readonly Item[]
  readonly notes: readonly ImportedDayNote[]
  readonly problems: readonly ImportProblem[]
  readonly fields: readonly FieldSummary[]
  readonly tables: readonly ReadTable[]
  /** Contents of Outpost's own exports. */
  readonly contents: readonly WorkspaceContent[]
  /** How many files of each kind there were. */
  readonly files: Readonly<Record<FileKind, number>>
}

const ENDINGS: Readonly<Record<string, FileKind>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdx: 'markdown',
  mkd: 'markdown',
  csv: 'csv',
  tsv: 'csv',
  ics: 'ics',
  ical: 'ics',
  json: 'json',
  ...Object.fromEntries(MEDIA_ENDINGS.map((ending) => [ending, 'picture' as const])),
}
const endingOf = (path: string) => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
const isHidden = (path: string) =>
  path.split('/').some((part) => part.startsWith('.') || part === 'node_modules') ||
  // Read with the media it speaks of.
  path === LIBRARY_FILE ||
  path.endsWith(`/${LIBRARY_FILE}`)

/** What a file is by its name alone; '' endings and `.txt` are settled by what is in them. */
export const kindByName = (path: string): FileKind | 'by-content' => {
  const ending = endingOf(path)
  return ENDINGS[ending] ?? (ending === '' || ending === 'txt' || ending === 'text' ? 'by-content' : 'other')
}

function kindOf({ path, bytes }: SourceFile): FileKind {
  const byName = kindByName(path)
  if (byName === 'picture' || byName === 'other') return byName
  const decoded = decodeText(bytes.subarray(0, 4096))
  const head = decoded.ok ? decoded.value.text.replace(/^\ufeff/, '').trimStart() : ''
  // A calendar says so in its first line, whatever the file is called.
  if (/^BEGIN:VCALENDAR/i.test(head)) return 'ics'
  if (byName !== 'by-content') return byName
  if (!decoded.ok) return 'other'
  if (/^[{[]/.test(head)) return 'json'
  if (/^(---|\+\+\+)\s*\n/.test(head)) return 'markdown'
  const lines = head.split('\n', 3)
  const separators = (line = '') => Math.max(...[',', ';', '\t', '|'].map((mark) => line.split(mark).length))
  if (lines.length > 1 && separators(lines[0]) > 2 && separators(lines[0]) === separators(lines[1])) return 'csv'
  return 'markdown'
}

/** Told before each file, so that a file the reading hangs on can be named. */
export type OnFile = (done: number, total: number, path: string) => void

/** Posts read while other files are still being opened; `readFiles` takes them from here. */
export class ReadAhead {
  readonly #read = new Map<Uint8Array, FileReading>()
  readonly #paths = new Set<string>()

  /** Reads those of the files that are posts by their name. */
  add(files: readonly SourceFile[], options: ReadOptions, onFile: (path: string) => void): void {
    for (const file of files) {
      if (isHidden(file.path) || kindOf(file) !== 'markdown' || kindByName(file.path) !== 'markdown') continue
      onFile(file.path)
      this.#paths.add(file.path)
      this.#read.set(file.bytes, readPostFile(file, options))
    }
  }

  has = (path: string): boolean => this.#paths.has(path)

  take: ReadPost = (file, options) => this.#read.get(file.bytes) ?? readPostFile(file, options)
}

/** Reads files. What cannot be read is among the problems; everything else is there. */
export function readFiles(
  files: readonly SourceFile[],
  options: ReadOptions,
  onFile?: OnFile,
  read: ReadPost = readPostFile,
): Reading {
  const visible = files.filter(({ path }) => !isHidden(path))
  const byKind = Map.groupBy(visible, kindOf)
  const of = (kind: FileKind) => byKind.get(kind) ?? []
  const tables: ReadTable[] = []
  const previews: ImportPreview[] = []
  const items: Item[] = []
  const total = of('markdown').length + of('csv').length + of('ics').length + of('json').length
  let done = 0

  const markdown = [...of('markdown')].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  if (markdown.length > 0) {
    onFile?.(0, total, markdown[0]?.path ?? '')
    const onDone = (count: number) => onFile?.(count, total, markdown[count]?.path ?? '')
    const preview = readMarkdownFiles(markdown, options, onDone, read)
    previews.push(preview)
    for (const post of preview.posts) items.push({ key: post.source.path, file: post.source.path, post })
    done = markdown.length
  }
  for (const file of of('csv')) {
    onFile?.(done++, total, file.path)
    const { preview, table, rows } = readTable(file, options)
    previews.push(preview)
    if (table) tables.push({ ...table, path: file.path })
    preview.posts.forEach((post, at) => {
      items.push({ key: `${file.path}#${rows[at] ?? at}`, file: file.path, row: rows[at], post })
    })
  }
  for (const file of of('ics')) {
    onFile?.(done++, total, file.path)
    const preview = importIcs(file, options)
    previews.push(preview)
    preview.posts.forEach((post, at) => {
      items.push({ key: `${file.path}#${at}`, file: file.path, post })
    })
  }
  const contents: WorkspaceContent[] = []
  for (const file of of('json')) {
    onFile?.(done++, total, file.path)
    const { content, problems } = readJson(file)
    previews.push({ posts: [], notes: [], problems, fields: [] })
    contents.push(content)
    const names = namesIn(content)
    const texts = new Map(content.documents.map((document) => [document.id, document]))
    for (const row of content.posts) {
      if (row.trashedAt !== 0) continue
      const post = asImported(row, docOf(texts.get(row.id)), names)
      items.push({ key: `${file.path}#${row.id}`, file: file.path, rowId: row.id, post })
    }
  }
  onFile?.(total, total, '')

  const problems = previews.flatMap((preview) => preview.problems)
  if (total === 0) problems.push(nothingToRead(visible))
  else if (of('other').length > 0) problems.push(otherFiles(of('other')))
  return {
    items,
    notes: previews.flatMap(({ notes }) => notes),
    problems,
    fields: mergeFields(previews),
    tables,
    contents,
    files: {
      markdown: markdown.length,
      csv: of('csv').length,
      ics: of('ics').length,
      json: of('json').length,
      picture: of('picture').length,
      other: of('other').length,
    },
  }
}

/** The Markdown reader goes by the ending; plain text is lent one while it reads. */
function readMarkdownFiles(
  files: readonly SourceFile[],
  options: ImportOptions,
  onDone: (done: number) => void,
  read: ReadPost,
) {
  const taken = new Set(files.map(({ path }) => path))
  const loan = (path: string) => {
    const short = `${path.replace(/\.te?xt$/i, '')}.md`
    return taken.has(short) ? `${path}.md` : short
  }
  const others = files
    .filter(({ path }) => kindByName(path) !== 'markdown')
    .map(({ path }) => [loan(path), path] as const)
  const lent = new Map(others)
  const lentTo = new Map(others.map(([name, path]) => [path, name]))
  const back = (path: string) => lent.get(path) ?? path
  const preview = importMarkdown(
    files.map(({ path, bytes }) => ({ path: lentTo.get(path) ?? path, bytes })),
    options,
    onDone,
    read,
  )
  if (lent.size === 0) return preview
  return {
    ...preview,
    posts: preview.posts.map((post) => ({ ...post, source: { ...post.source, path: back(post.source.path) } })),
    problems: preview.problems.map((problem) => ({
      ...problem,
      file: back(problem.file),
      sentence: problem.sentence.replace(problem.file, back(problem.file)),
    })),
  }
}

/** A remembered mapping, without words that mean no field (any more). */
export const targetsOf = (saved: Readonly<Record<string, string>>): Record<string, Target> =>
  Object.fromEntries(
    Object.entries(saved).flatMap(([key, word]) => {
      const target = TARGETS.find((known) => known === word)
      return target ? [[key, target] as const] : []
    }),
  )

function readTable(file: SourceFile, options: ReadOptions) {
  const first = importCsv(file, options)
  const saved = first.table && options.saved?.[first.table.fingerprint]
  const preview =
    saved && Object.keys(saved).length > 0
      ? importCsv(file, { ...options, mapping: { ...targetsOf(saved), ...options.mapping } })
      : first
  return { preview, table: preview.table, rows: rowsOf(file, preview, preview.table) }
}

/** The row of the file each post of a table stands in: the rows that hold something, less those that were refused. */
function rowsOf(file: SourceFile, preview: ImportPreview, table: CsvTable | null): number[] {
  const cells = table ? cellsOf(file, table) : []
  const refused = new Set(preview.problems.filter(({ severity }) => severity === 'error').map(({ row }) => row))
  const filled = cells.flatMap((row, at) => (row.some((cell) => cell.trim() !== '') ? [at + 1] : []))
  return filled.slice(filled.length - (table?.rows ?? 0)).filter((row) => !refused.has(row))
}

function cellsOf(file: SourceFile, table: Pick<CsvTable, 'delimiter'>): string[][] {
  const decoded = decodeText(file.bytes)
  if (!decoded.ok) return []
  return Papa.parse<string[]>(decoded.value.text, { delimiter: table.delimiter, skipEmptyLines: false }).data
}

/** The passage of a source a post was read from: the head of its file, or its row with the column names. */
export function excerptOf(
  file: SourceFile,
  row: number | undefined,
  table: CsvTable | undefined,
  length = 2400,
): string {
  if (table && row !== undefined) {
    const cells = cellsOf(file, table)[row - 1] ?? []
    return table.headers.map((header, at) => `${header}: ${cells[at] ?? ''}`).join('\n')
  }
  const decoded = decodeText(file.bytes)
  if (!decoded.ok) return ''
  const { text } = decoded.value
  return text.length > length ? `${text.slice(0, length)}…` : text
}

/** Readings of the parts of one folder as the reading of the whole: what is twice in different parts is found here. */
export function mergeReadings(readings: readonly Reading[]): Reading {
  const [first] = readings
  if (first && readings.length === 1) return first
  const problems = readings.flatMap((reading) => reading.problems)
  const told = new Set(problems.map(({ kind, file }) => `${kind} ${file}`))
  const seen = new Seen()
  const items = readings
    .flatMap((reading) => reading.items)
    .filter(({ file, post }) => {
      const twice = post.source.kind === 'markdown' ? seen.check(post, file) : null
      if (twice && !told.has(`${twice.kind} ${twice.file}`)) problems.push(twice)
      return twice?.severity !== 'error'
    })
  const sum = (kind: FileKind) => readings.reduce((count, { files }) => count + files[kind], 0)
  return {
    items,
    problems,
    notes: readings.flatMap(({ notes }) => notes),
    fields: mergeFields(readings).sort((a, b) => b.count - a.count),
    tables: readings.flatMap(({ tables }) => tables),
    contents: readings.flatMap(({ contents }) => contents),
    files: {
      markdown: sum('markdown'),
      csv: sum('csv'),
      ics: sum('ics'),
      json: sum('json'),
      picture: sum('picture'),
      other: sum('other'),
    },
  }
}

function mergeFields(previews: readonly Pick<ImportPreview, 'fields'>[]): FieldSummary[] {
  const byKey = new Map<string, FieldSummary>()
  for (const field of previews.flatMap(({ fields }) => fields)) {
    const known = byKey.get(field.key)
    byKey.set(field.key, known ? { ...known, count: known.count + field.count } : field)
  }
  return [...byKey.values()]
}

const endingsOf = (files: readonly SourceFile[]) => {
  const endings = [...new Set(files.map(({ path }) => endingOf(path) || 'no ending'))].sort()
  return endings.slice(0, 5).join(', ') + (endings.length > 5 ? ', …' : '')
}

const otherFiles = (files: readonly SourceFile[]): ImportProblem => ({
  kind: 'other-files',
  severity: 'note',
  file: files[0]?.path ?? '',
  sentence: `${files.length === 1 ? '1 file is' : `${files.length} files are`} of a kind Outpost does not read (${endingsOf(files)}) and stay where they are.`,
})

const nothingToRead = (files: readonly SourceFile[]): ImportProblem => ({
  kind: 'no-posts',
  severity: 'error',
  file: '',
  sentence:
    files.length === 0
      ? 'This folder is empty. Choose the folder the posts are in.'
      : `${files.length === 1 ? 'The one file here holds no posts' : `None of the ${files.length} files holds posts`} (${endingsOf(files)}). Outpost reads Markdown, CSV, ICS and its own JSON.`,
})
