/** A folder of Markdown posts with front matter, to posts and back. */
import { type Doc, plainText } from '../domain/document.ts'
import type { PostStatus } from '../domain/status.ts'
import type { WallTime } from '../domain/time.ts'
import { isoWithOffset } from './dates.ts'
import { decodeText } from './encoding.ts'
import { asWords, CANONICAL, type FrontField, mediaFields, pathFacts, readFields } from './front-fields.ts'
import {
  changeFields,
  type FrontFormat,
  joinFrontMatter,
  newFields,
  parseFields,
  readFrontMatter,
} from './front-matter.ts'
import {
  type FieldSummary,
  type ImportedPost,
  type ImportOptions,
  type ImportPreview,
  type ImportProblem,
  orderFor,
  RAW,
  rawOf,
  type SourceFile,
  slugOf,
  type Target,
  type WrittenFile,
} from './model.ts'
import { isTooDeep, readMarkdown } from './read-markdown.ts'
import { writeMarkdownText } from './write-markdown.ts'

/** Largest Markdown file read: half a million words. Larger ones are no posts, and would stop the app for minutes. */
export const LARGEST_MARKDOWN = 3_000_000

/** Where a post keeps the front matter it came with, among `source.extra`. */
const FRONT = '$front'
interface KeptFront {
  readonly format: FrontFormat | null
  readonly text: string
}

const isMarkdown = (path: string) => /\.(md|markdown|mdx|mkd)$/i.test(path)
const isHidden = (path: string) => path.split('/').some((part) => part.startsWith('.') || part === 'node_modules')

export interface FileReading {
  readonly post: ImportedPost | null
  readonly problems: readonly ImportProblem[]
  readonly targets: Readonly<Record<string, Target>>
  readonly data: Readonly<Record<string, unknown>>
}
export type ReadPost = (file: SourceFile, options: ImportOptions) => FileReading

/**
 * Reads every Markdown file of a folder. Files that cannot be read are in `problems` and the rest comes in; `progress` is told how
 * many files are done and may throw to stop. `read` may know files that were read already.
 */
export function importMarkdown(
  files: readonly SourceFile[],
  options: ImportOptions,
  progress?: (done: number, total: number) => void,
  read: ReadPost = readPostFile,
): ImportPreview {
  const wanted = files
    .filter(({ path }) => isMarkdown(path) && !isHidden(path))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const posts: ImportedPost[] = []
  const problems: ImportProblem[] = []
  const summary = new FieldCount()
  const seen = new Seen()
  wanted.forEach((file, index) => {
    const { post, problems: found, targets, data } = read(file, options)
    problems.push(...found)
    summary.add(data, targets)
    if (post) {
      const twice = seen.check(post, file.path)
      if (twice) problems.push(twice)
      if (twice?.severity !== 'error') posts.push(post)
    }
    progress?.(index + 1, wanted.length)
  })
  const others = files.filter(({ path }) => !isMarkdown(path) && !isHidden(path))
  if (others.length > 0) problems.push(otherFiles(others))
  if (wanted.length === 0) {
    problems.push({
      kind: 'no-posts',
      severity: 'error',
      file: '',
      sentence: 'This folder has no Markdown files (.md). Choose the folder the posts are in.',
    })
  }
  return { posts, notes: [], problems, fields: summary.fields() }
}

function otherFiles(others: readonly SourceFile[]): ImportProblem {
  const kinds = [
    ...new Set(others.map(({ path }) => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? 'no ending')),
  ].sort()
  const shown = kinds.slice(0, 5).join(', ') + (kinds.length > 5 ? ', …' : '')
  return {
    kind: 'other-files',
    severity: 'note',
    file: others[0]?.path ?? '',
    sentence: `${others.length === 1 ? '1 other file is' : `${others.length} other files are`} not Markdown (${shown}) and stay where they are.`,
  }
}

/** Ids, paths and titles that were there already. */
export class Seen {
  readonly #ids = new Map<string, string>()
  readonly #paths = new Map<string, string>()
  readonly #posts = new Map<string, string>()

  check(post: ImportedPost, file: string): ImportProblem | null {
    const path = file.toLowerCase()
    const samePath = this.#paths.get(path)
    if (samePath !== undefined) {
      return {
        kind: 'duplicate-id',
        severity: 'error',
        file,
        sentence: `${file} has the same name as ${samePath}. Only the first is brought in; rename one of them.`,
      }
    }
    this.#paths.set(path, file)
    const sameId = post.id === '' ? undefined : this.#ids.get(post.id)
    if (sameId !== undefined) {
      return {
        kind: 'duplicate-id',
        severity: 'error',
        file,
        field: 'id',
        sentence: `${file} has the id "${post.id}", which ${sameId} has too. Only the first is brought in; give one of them another id.`,
      }
    }
    if (post.id !== '') this.#ids.set(post.id, file)
    const key = `${post.slug}\n${post.planned?.date ?? ''}\n${post.title}`
    const same = this.#posts.get(key)
    if (same === undefined) {
      this.#posts.set(key, file)
      return null
    }
    return {
      kind: 'duplicate-slug',
      severity: 'note',
      file,
      sentence: `${file} has the same title, date and short name as ${same}. Both are brought in.`,
    }
  }
}

/** Counts what the keys hold, for the mapping step. */
class FieldCount {
  readonly #byKey = new Map<string, { count: number; target: Target; sample: string }>()

  add(data: Readonly<Record<string, unknown>>, targets: Readonly<Record<string, Target>>): void {
    for (const [key, value] of Object.entries(data)) {
      if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) continue
      const known = this.#byKey.get(key) ?? { count: 0, target: 'extra' as Target, sample: '' }
      const target = targets[key] ?? known.target
      const sample = known.sample || (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 120)
      this.#byKey.set(key, { count: known.count + 1, target, sample })
    }
  }

  fields(): FieldSummary[] {
    return [...this.#byKey].map(([key, entry]) => ({ key, ...entry })).sort((a, b) => b.count - a.count)
  }
}

/** Reads one file. */
export function readPostFile(file: SourceFile, options: ImportOptions): FileReading {
  const { path } = file
  const refuse = (problem: Omit<ImportProblem, 'file' | 'severity'>): FileReading => ({
    post: null,
    problems: [{ severity: 'error', file: path, ...problem }],
    targets: {},
    data: {},
  })
  if (file.bytes.length > LARGEST_MARKDOWN) {
    const size = `${Math.round(file.bytes.length / 1_000_000)} MB`
    return refuse({
      kind: 'too-large',
      sentence: `${path} is ${size} large; a post may have ${LARGEST_MARKDOWN / 1_000_000} MB. Split it, or leave it out.`,
    })
  }
  const decoded = decodeText(file.bytes)
  if (!decoded.ok)
    return refuse({
      kind: 'not-text',
      sentence: `${path} is not text, whatever its name says. Leave it out, or replace it by the Markdown file.`,
    })
  const { text, encoding } = decoded.value
  if (text.trim() === '')
    return refuse({ kind: 'empty', sentence: `${path} is empty. Leave it out, or write the post.` })
  const problems: ImportProblem[] = []
  const note = (problem: Omit<ImportProblem, 'file' | 'severity'>) =>
    problems.push({ severity: 'note', file: path, ...problem })
  if (encoding === 'windows-1252') {
    note({
      kind: 'encoding',
      sentence: `${path} is not UTF-8; it was read as Windows-1252. Check its accents, or save it as UTF-8.`,
    })
  }
  const front = readFrontMatter(text)
  if (!front.ok) {
    const { line, why } = front.error
    return refuse({
      kind: 'bad-front-matter',
      line,
      sentence: `${path}, line ${line}: the fields at the top cannot be read (${why}). Correct the line.`,
    })
  }
  const { format, data, unsafeKeys, body } = front.value
  for (const key of unsafeKeys)
    note({ kind: 'unsafe-key', field: key, sentence: `${path}: the key "${key}" is left out; no post may have it.` })
  if (isTooDeep(body)) {
    return refuse({
      kind: 'too-deep',
      sentence: `${path} has quotes or lists more than 60 levels deep. Make them flatter.`,
    })
  }
  const read = readBody(body, path)
  if (!read) return refuse({ kind: 'too-deep', sentence: `${path} is nested too deeply to be read. Make it flatter.` })
  const { doc, raw, unsafe } = read
  for (const href of unsafe) {
    note({
      kind: 'unsafe-link',
      sentence: `${path}: the address "${href.slice(0, 80)}" is none a link may have. Its words stay, the link goes.`,
    })
  }

  const reading = readFields(data, path, titleOf(doc, path), { ...options, order: orderFor(options, path) })
  const { fields, date, keys, targets } = reading
  const field = keys.date ?? 'file name'
  if (date.kind === 'bad') {
    return refuse({
      kind: 'bad-date',
      field,
      sentence: `${path}, ${field}: "${reading.dateText}" is not a date: ${date.why}. Correct it.`,
    })
  }
  if (date.kind === 'ambiguous') {
    problems.push({
      kind: 'ambiguous-date',
      severity: 'question',
      file: path,
      field,
      sentence: `${path}, ${field}: "${reading.dateText}" can be read in two ways. Say which number is the day.`,
      choices: [
        { label: 'Day first', value: 'day-first' },
        { label: 'Month first', value: 'month-first' },
      ],
    })
  }
  if (date.kind === 'none' || reading.generatorDate) {
    const why = reading.generatorDate
      ? `"${reading.generatorDate}" is set when the site is built`
      : 'there is none in its fields or its file name'
    note({
      kind: 'missing-date',
      field,
      sentence:
        date.kind === 'none'
          ? `${path} has no date: ${why}. It comes in undated.`
          : `${path}: ${why}, so the date in its file name counts.`,
    })
  }
  if (date.kind === 'date' && date.gap) {
    const { time, zone } = date.wall
    note({
      kind: 'gap-time',
      field,
      sentence: `${path}, ${field}: ${time} does not exist on ${date.wall.date} in ${zone}, the clocks jump from ${date.gap.before} to ${date.gap.after}. ${date.gap.after} counts.`,
    })
  }
  if (!keys.title) {
    note({
      kind: 'missing-title',
      field: 'title',
      sentence: `${path} has no title; "${fields.title}" is taken from its ${headingOf(doc) ? 'first heading' : 'file name'}.`,
    })
  }
  if (reading.unknownStatus) {
    note({
      kind: 'unknown-status',
      field: 'status',
      sentence: `${path}, status: "${reading.unknownStatus}" is no status Outpost has. It is kept with the post's other fields.`,
    })
  }
  if (reading.badDue) {
    return refuse({
      kind: 'bad-date',
      field: keys.dueOn ?? 'due',
      sentence: `${path}, ${keys.dueOn ?? 'due'}: "${reading.badDue}" is not a date. Write it as 2026-03-31.`,
    })
  }
  const extra: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(data)) if (!targets[key] && key !== FRONT && key !== RAW) extra[key] = value
  const kept: KeptFront = { format, text: front.value.text }
  extra[FRONT] = kept
  if (raw.length > 0) extra[RAW] = raw
  return { post: { ...fields, doc, source: { kind: 'markdown', path, extra } }, problems, targets, data }
}

function readBody(body: string, path: string) {
  try {
    return readMarkdown(body, /\.mdx$/i.test(path))
  } catch (thrown) {
    // The stack is the only limit the parser has for emphasis within emphasis.
    if (thrown instanceof RangeError) return null
    throw thrown
  }
}

const headingOf = (doc: Doc): string => {
  const heading = doc.content.find((node) => node.type === 'heading')
  return heading
    ? plainText({ content: [heading] })
        .replace(/\s+/g, ' ')
        .trim()
    : ''
}
/** A title for a post without one: its first heading, else its file name as words. */
function titleOf(doc: Doc, path: string): string {
  const words = pathFacts(path).slug.replace(/[-_]+/g, ' ').trim()
  return headingOf(doc) || words.charAt(0).toUpperCase() + words.slice(1)
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** The front matter a post came with; null: it came without, or from elsewhere. */
function keptFront(post: ImportedPost): KeptFront | null {
  const kept = post.source.kind === 'markdown' ? post.source.extra[FRONT] : undefined
  if (typeof kept !== 'object' || kept === null) return null
  const entry = new Map<string, unknown>(Object.entries(kept))
  const format = entry.get('format')
  const text = entry.get('text')
  if (!isText(text)) return null
  return {
    format: format === 'yaml' || format === 'toml' || format === 'json' ? format : null,
    text,
  }
}

const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((word, i) => word === b[i])
const sameWall = (a: WallTime | null, b: WallTime | null) =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.date === b.date &&
    a.time === b.time &&
    a.zone === b.zone &&
    (a.fold ?? 'earlier') === (b.fold ?? 'earlier'))

/** Statuses a site generator must not publish. */
const UNFINISHED: readonly PostStatus[] = ['idea', 'draft', 'review', 'changes', 'approved', 'cancelled']

type WriteOptions = Pick<ImportOptions, 'zone' | 'time'>

/**
 * A post as a Markdown file. Front matter it came with is given back as it was written, but for the fields that have changed since;
 * a new one is YAML. Reading the file again gives the same post. `path` is the file name it came from, else date and short name.
 */
export function writeMarkdown(post: ImportedPost, options: WriteOptions): WrittenFile {
  const kept = keptFront(post)
  const path = pathOf(post)
  const body = writeMarkdownText(post.doc, rawOf(post))
  if (!kept) return { path, text: joinFrontMatter('yaml', newFields(dataOf(post, path)), body) }
  const format = kept.format ?? 'yaml'
  const changes = changedFields(post, format, kept.text, path, options)
  if (changes.size === 0) return { path, text: joinFrontMatter(kept.format, kept.text, body) }
  return { path, text: joinFrontMatter(format, changeFields(format, kept.text, changes), body) }
}

/** The file names of posts in a folder, in order; where two would have the same one, the later ones are numbered. */
export function markdownPaths(posts: readonly ImportedPost[]): string[] {
  const taken = new Set<string>()
  return posts.map((post) => {
    const path = pathOf(post)
    let free = path
    for (let n = 2; taken.has(free.toLowerCase()); n += 1) free = path.replace(/(\/index)?(\.[a-z]+)$/i, `-${n}$1$2`)
    taken.add(free.toLowerCase())
    return free
  })
}

/** A file per post. */
export function writeMarkdownFolder(posts: readonly ImportedPost[], options: WriteOptions): WrittenFile[] {
  const paths = markdownPaths(posts)
  return posts.map((post, at) => {
    const { path, text } = writeMarkdown(post, options)
    return { path: paths[at] ?? path, text }
  })
}

/** A path that stays inside the folder it is written to, with names every file system takes. */
function pathOf(post: ImportedPost): string {
  if (post.source.kind === 'markdown' && post.source.path !== '') {
    const parts = post.source.path
      .replace(/\\/g, '/')
      .split('/')
      .filter((part) => part !== '' && part !== '.' && part !== '..')
    const path = parts.map((part) => part.replace(/[<>:"|?*]|\p{Cc}/gu, '-')).join('/')
    // A post that lost its date must not get it back from its file name.
    const undated =
      post.planned || pathFacts(path).date === '' ? path : `${slugOf(post.slug || post.title) || 'post'}.md`
    if (undated !== '') return isMarkdown(undated) ? undated : `${undated}.md`
  }
  const name = slugOf(post.slug || post.title) || 'post'
  return post.planned ? `${post.planned.date}-${name}.md` : `${name}.md`
}

/** The fields of a post without front matter of its own. */
function dataOf(post: ImportedPost, path: string): Record<string, unknown> {
  const place = pathFacts(path)
  const data: Record<string, unknown> = { title: asWords(post.title) }
  const set = (key: string, value: string | readonly string[]) => {
    if (value.length > 0) data[key] = value
  }
  const setWords = (key: string, value: string | readonly string[]) =>
    set(key, typeof value === 'string' ? asWords(value) : value.map(asWords))
  if (post.planned) data.date = isoWithOffset(post.planned)
  setWords(CANONICAL.authors, post.authors)
  setWords(CANONICAL.labels, post.labels)
  setWords(CANONICAL.summary, post.summary)
  if (post.status) {
    data.status = post.status
    if (UNFINISHED.includes(post.status)) data.draft = true
  }
  setWords(CANONICAL.channels, post.channels)
  setWords(CANONICAL.campaign, post.campaign)
  setWords(CANONICAL.pillar, post.pillar)
  setWords(CANONICAL.owner, post.owner)
  if (post.dueOn) data.due = post.dueOn
  set(CANONICAL.notes, post.notes)
  set(CANONICAL.image, post.image)
  setWords(CANONICAL.imageAlt, post.imageAlt)
  if (post.media.length > 0) data[CANONICAL.media] = mediaFields(post.media)
  if (post.slug && post.slug !== place.slug) data.slug = post.slug
  if (post.source.kind !== 'markdown') {
    for (const [key, value] of Object.entries(post.source.extra))
      if (!(key in data) && !key.startsWith('$')) data[key] = value
  }
  return data
}

/** Keys to set (undefined: take out) so that the old front matter reads as the post is now. */
function changedFields(
  post: ImportedPost,
  format: FrontFormat,
  text: string,
  path: string,
  options: WriteOptions,
): Map<string, unknown> {
  const parsed = parseFields(format, text)
  const data = parsed.ok ? parsed.value.data : {}
  const { fields: old, keys, targets } = readFields(data, path, titleOf(post.doc, path), options)
  const changes = new Map<string, unknown>()
  const name = (field: FrontField, target: Target) => keys[target] ?? CANONICAL[field]
  const verbatim = (field: FrontField & Target, now: string, was: string) => {
    if (now !== was) changes.set(name(field, field), now === '' ? undefined : now)
  }
  const words = (field: FrontField & Target, now: string, was: string) => {
    if (now !== was) verbatim(field, asWords(now), was)
  }
  words('title', post.title, old.title)
  words('summary', post.summary, old.summary)
  words('campaign', post.campaign, old.campaign)
  words('pillar', post.pillar, old.pillar)
  words('owner', post.owner, old.owner)
  verbatim('notes', post.notes, old.notes)
  verbatim('image', post.image, old.image)
  words('imageAlt', post.imageAlt, old.imageAlt)
  if (JSON.stringify(post.media) !== JSON.stringify(old.media))
    changes.set(name('media', 'media'), post.media.length > 0 ? mediaFields(post.media) : undefined)
  verbatim('slug', post.slug, old.slug)
  if (!sameWall(post.planned, old.planned))
    changes.set(name('planned', 'date'), post.planned ? isoWithOffset(post.planned) : undefined)
  if (post.dueOn !== old.dueOn) changes.set(name('dueOn', 'dueOn'), post.dueOn ?? undefined)
  if (!sameList(post.authors, old.authors)) {
    const key = name('authors', 'authors')
    const single = post.authors.length === 1 && typeof data[key] === 'string' && !(post.authors[0] ?? '').includes(',')
    changes.set(
      key,
      post.authors.length === 0 ? undefined : single ? asWords(post.authors[0] ?? '') : post.authors.map(asWords),
    )
  }
  if (!sameList(post.channels, old.channels))
    changes.set(name('channels', 'channels'), post.channels.length > 0 ? post.channels.map(asWords) : undefined)
  if (!sameList(post.labels, old.labels)) {
    // One list holds them all from now on: which word was a tag and which a category is no longer known.
    for (const [key, target] of Object.entries(targets)) if (target === 'labels') changes.set(key, undefined)
    if (post.labels.length > 0) changes.set(name('labels', 'labels'), post.labels.map(asWords))
  }
  if (post.status !== old.status) {
    // A dated post of a site says nothing when it is out or will be: that stays so.
    const implied =
      old.status === undefined && (post.status === 'published' || post.status === 'scheduled') && post.planned !== null
    if (!implied) {
      for (const [key, target] of Object.entries(targets)) if (target === 'status') changes.set(key, undefined)
      if (post.status === 'draft') changes.set('draft', true)
      else if (post.status) {
        changes.set('status', post.status)
        if (UNFINISHED.includes(post.status)) changes.set('draft', true)
      }
    }
  }
  return changes
}
