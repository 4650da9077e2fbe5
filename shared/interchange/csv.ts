/** Tables of posts: any CSV with a heading, the bulk files of Hootsuite and Buffer, and Outpost's own. */
import Papa from 'papaparse'
import { plainText } from '../domain/document.ts'
import { isZone, type WallTime } from '../domain/time.ts'
import { columnOrder, type DateReading, parseClock, readDate } from './dates.ts'
import { decodeText, type Encoding } from './encoding.ts'
import {
  blankPost,
  type DateOrder,
  distinct,
  type ImportedPost,
  type ImportOptions,
  type ImportPreview,
  type ImportProblem,
  isUnsafeKey,
  orderFor,
  RAW,
  rawOf,
  type SourceFile,
  TARGETS,
  type Target,
} from './model.ts'
import { docOfPlain, titleFrom } from './plain-doc.ts'
import { isTooDeep, readMarkdown } from './read-markdown.ts'
import { statusOf } from './statuses.ts'
import { writeMarkdownText } from './write-markdown.ts'

/** Largest table read, in bytes: far above any bulk file of the networks. */
export const LARGEST_CSV = 30_000_000
const DELIMITERS = [',', ';', '\t', '|'] as const

export interface CsvTable {
  /** What made the file, as far as its heading tells. */
  readonly maker: 'outpost' | 'hootsuite' | 'buffer' | 'other'
  readonly headers: readonly string[]
  readonly rows: number
  readonly delimiter: string
  readonly encoding: Encoding
  /** Same for every file with the same columns: the key a mapping is remembered under. */
  readonly fingerprint: string
  readonly dateOrder: DateOrder | 'ambiguous' | 'mixed' | 'not-needed'
}

export interface CsvPreview extends ImportPreview {
  /** Null where the file is no table. */
  readonly table: CsvTable | null
}

const fold = (header: string) =>
  header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Words for a column in English, German, French and Spanish, and those of the bulk files. */
const SYNONYMS: Readonly<Partial<Record<Target, string>>> = {
  id: 'id|uid|post id|message id|nummer|identifiant|identificador',
  title: 'title|headline|subject|name|post title|titel|uberschrift|betreff|titre|objet|titulo|asunto',
  text: 'text|text markdown|message|post|content|body|copy|caption|post text|post message|post content|description|update|nachricht|beitrag|inhalt|texte|message texte|contenu|legende|texto|mensaje|contenido|publicacion',
  summary: 'summary|excerpt|abstract|teaser|zusammenfassung|kurztext|resume|extrait|resumen|extracto',
  date: 'date|day|date time|datetime|scheduled|scheduled at|scheduled for|scheduled date|schedule date|scheduled time|publish date|publish at|published at|post date|posting date|posting time|send date|sent at|due at|planned|planned for|datum|termin|tag der veroffentlichung|veroffentlichung|geplant|jour|date de publication|date et heure|fecha|fecha de publicacion|fecha y hora|date utc|date gmt',
  time: 'time|hour|publish time|post time|uhrzeit|zeit|heure|hora',
  zone: 'zone|time zone|timezone|tz|zeitzone|fuseau|fuseau horaire|zona horaria|zona',
  dueOn:
    'due|due on|due date|deadline|internal due date|fallig|fallig am|frist|echeance|date limite|fecha limite|vencimiento',
  status: 'status|state|stage|zustand|statut|etat|estado',
  channels:
    'channel|channels|network|networks|social network|social networks|social profile|profile|profiles|platform|platforms|account|accounts|kanal|kanale|netzwerk|netzwerke|plattform|canal|canaux|reseau|reseaux|canales|red|redes|red social|perfil',
  campaign: 'campaign|campaign name|kampagne|campagne|campana',
  pillar: 'pillar|content pillar|theme|topic|saule|thema|themensaule|pilier|theme editorial|pilar|tema',
  owner: 'owner|assignee|assigned to|responsible|verantwortlich|zustandig|bearbeiter|responsable|propietario|encargado',
  authors: 'author|authors|writer|written by|autor|autoren|verfasser|auteur|auteurs|autores',
  labels:
    'labels|label|tags|tag|keywords|categories|category|hashtags|schlagworte|schlagworter|stichworte|kategorien|kategorie|etiquettes|mots cles|categories fr|etiquetas|categorias|palabras clave',
  notes:
    'notes|note|comment|comments|remarks|notizen|notiz|bemerkung|bemerkungen|kommentar|remarque|remarques|commentaire|notas|nota|comentarios',
  image:
    'image|image url|picture|photo|media|media url|image link|bild|bild url|image path|foto|imagen|visuel|photo url',
  imageAlt: 'image alt text|alt text|alt|image alt|alternativtext|texte alternatif|texto alternativo',
  slug: 'slug|permalink|short name',
  link: 'link|url|link url|web link|website|webadresse|lien|enlace',
}
const BY_HEADER = new Map<string, Target>(
  TARGETS.flatMap((target) =>
    (SYNONYMS[target] ?? '')
      .split('|')
      .filter(Boolean)
      .map((word) => [word, target] as const),
  ),
)

const OWN_HEADERS = {
  id: 'Id',
  title: 'Title',
  text: 'Text (Markdown)',
  date: 'Date',
  time: 'Time',
  zone: 'Zone',
  status: 'Status',
  channels: 'Channels',
  campaign: 'Campaign',
  pillar: 'Pillar',
  owner: 'Owner',
  authors: 'Authors',
  labels: 'Labels',
  summary: 'Summary',
  notes: 'Notes',
  dueOn: 'Due',
  image: 'Image',
  imageAlt: 'Image alt text',
  slug: 'Slug',
} as const satisfies Partial<Record<Target, string>>
const OWN = Object.values(OWN_HEADERS)

/** Key for remembering how the columns of a file are read. The order of the columns does not matter. */
export const fingerprint = (headers: readonly string[]): string => `csv:${headers.map(fold).sort().join('|')}`

const isBlank = (row: readonly string[]) => row.every((cell) => cell.trim() === '')

function parse(text: string, delimiter: string, preview = 0) {
  return Papa.parse<string[]>(text, { delimiter, preview, skipEmptyLines: false })
}

/** The delimiter that cuts the first lines into the most equal rows. */
export function sniffDelimiter(text: string): string {
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 }
  // A sample keeps this quick; it ends with a whole line.
  const sample = text.length > 200_000 ? text.slice(0, text.lastIndexOf('\n', 200_000) + 1 || 200_000) : text
  for (const delimiter of DELIMITERS) {
    const rows = parse(sample, delimiter, 40).data.filter((row) => !isBlank(row))
    const counts = new Map<number, number>()
    for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
    const [width, times] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
    if (width < 2) continue
    const known = (rows[0] ?? []).filter((cell) => BY_HEADER.has(fold(cell))).length
    const score = times / rows.length + Math.min(width, 8) / 100 + known
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

/** Splits a cell of several words. */
const listOf = (cell: string, own: boolean): string[] =>
  own
    ? distinct((cell.match(/(?:\\.|[^;\\])+/gs) ?? []).map((word) => word.trim().replace(/\\(.)/gs, '$1')))
    : distinct(cell.split(/[,;|\n]|\s\/\s|(?<=\p{L})\/(?=\p{L})/u))
const listCell = (words: readonly string[]) => words.map((word) => word.replace(/[\\;]/g, '\\$&')).join('; ')

/**
 * Whether a spreadsheet would take a cell for a formula: its first visible character is one of `= + - @`, a tab, a return or one of
 * their full-width twins.
 */
export const isFormula = (cell: string): boolean =>
  /^[\t\r]|^[\s\u00a0\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(cell)
/** An apostrophe in front makes it text. What begins with one gets another, so that reading back is exact. */
const guarded = (cell: string) => (isFormula(cell) || cell.startsWith("'") ? `'${cell}` : cell)
const unguarded = (cell: string) => (cell.startsWith("'") ? cell.slice(1) : cell)

interface Column {
  readonly header: string
  readonly target: Target
}

/** Reads a table. Rows that cannot be read are in `problems` with their row number; the rest comes in. */
export function importCsv(file: SourceFile, options: ImportOptions): CsvPreview {
  const { path } = file
  const fail = (problem: Omit<ImportProblem, 'file' | 'severity'>): CsvPreview => ({
    posts: [],
    notes: [],
    problems: [{ severity: 'error', file: path, ...problem }],
    fields: [],
    table: null,
  })
  if (file.bytes.length > LARGEST_CSV) {
    return fail({
      kind: 'too-large',
      sentence: `${path} is ${Math.round(file.bytes.length / 1e6)} MB large; a table may have ${LARGEST_CSV / 1e6} MB. Split it.`,
    })
  }
  const decoded = decodeText(file.bytes)
  if (!decoded.ok)
    return fail({ kind: 'not-text', sentence: `${path} is not a text table. Save it as CSV and choose it again.` })
  const { encoding } = decoded.value
  const named = /^sep=(.)\n/i.exec(decoded.value.text)
  const text = named ? decoded.value.text.slice(named[0].length) : decoded.value.text
  if (text.trim() === '') return fail({ kind: 'empty', sentence: `${path} is empty.` })
  const delimiter = named?.[1] ?? sniffDelimiter(text)
  const parsed = parse(text, delimiter)
  const offset = named ? 2 : 1
  const numbered = parsed.data
    .map((cells, index) => ({ cells, row: index + offset }))
    .filter(({ cells }) => !isBlank(cells))
  const problems: ImportProblem[] = []
  const quotes = parsed.errors.find((error) => error.type === 'Quotes')
  if (quotes) {
    const row = (quotes.row ?? 0) + offset
    return fail({
      kind: 'cannot-read',
      row,
      sentence: `${path}, row ${row}: a quotation mark is opened and never closed, so the rest cannot be told apart. Close it.`,
    })
  }
  if (encoding === 'windows-1252') {
    problems.push({
      kind: 'encoding',
      severity: 'note',
      file: path,
      sentence: `${path} is not UTF-8; it was read as Windows-1252. Check its accents.`,
    })
  }

  const first = numbered[0]?.cells ?? []
  const headless = !first.some((cell) => BY_HEADER.has(fold(cell))) && first.some((cell) => isDate(cell))
  const headers = headless ? first.map((_, i) => `Column ${i + 1}`) : uniqueHeaders(first)
  const body = headless ? numbered : numbered.slice(1)
  const own = OWN.every((header) => headers.includes(header))
  const maker = own ? 'outpost' : makerOf(headers, headless)
  const columns = headless ? headlessColumns(headers, first, options) : headedColumns(headers, body, options)
  const cellOf = (cells: readonly string[], i: number) => (own ? unguarded(cells[i] ?? '') : (cells[i] ?? ''))

  const dateAt = columns.findIndex(({ target }) => target === 'date')
  const dateHeader = headers[dateAt] ?? 'Date'
  const detected = columnOrder(dateAt === -1 ? [] : body.map(({ cells }) => cells[dateAt] ?? ''))
  const order =
    orderFor(options, path) ?? (detected === 'day-first' || detected === 'month-first' ? detected : undefined)

  const posts: ImportedPost[] = []
  const ids = new Map<string, number>()
  let open = 0
  let openSample = ''
  for (const { cells, row } of body) {
    const width = headers.length
    const more = cells.slice(width).some((cell) => cell.trim() !== '')
    if (more) {
      problems.push({
        kind: 'ragged-row',
        severity: 'error',
        file: path,
        row,
        sentence: `${path}, row ${row} has ${countOf(cells.length)}, the heading has ${width}. Put a text with "${delimiter === '\t' ? 'tab' : delimiter}" in it between quotation marks.`,
      })
      continue
    }
    if (cells.length < width && !headless) {
      problems.push({
        kind: 'ragged-row',
        severity: 'note',
        file: path,
        row,
        sentence: `${path}, row ${row} has ${countOf(cells.length)}, the heading has ${width}. The missing ones are taken as empty.`,
      })
    }
    const reading = readRow(
      columns.map((column, i) => ({ ...column, cell: cellOf(cells, i) })),
      { path, row, own, order, options, dateHeader },
    )
    problems.push(...reading.problems)
    if (reading.ambiguous) {
      open += 1
      openSample ||= reading.ambiguous
    }
    const { post } = reading
    if (!post) continue
    const twin = post.id === '' ? undefined : ids.get(post.id)
    if (twin !== undefined) {
      problems.push({
        kind: 'duplicate-id',
        severity: 'error',
        file: path,
        row,
        field: columns.find(({ target }) => target === 'id')?.header ?? 'Id',
        sentence: `${path}, row ${row} has the id "${post.id}", which row ${twin} has too. Only the first is brought in; give one of them another id.`,
      })
      continue
    }
    if (post.id !== '') ids.set(post.id, row)
    posts.push(post)
  }
  if (open > 0) {
    problems.push({
      kind: 'ambiguous-date',
      severity: 'question',
      file: path,
      field: dateHeader,
      sentence: `${path}, column ${dateHeader}: ${open === 1 ? 'one date' : `${open} dates`} such as "${openSample}" can be read in two ways. Say which number is the day.`,
      choices: [
        { label: 'Day first', value: 'day-first' },
        { label: 'Month first', value: 'month-first' },
      ],
    })
  }
  if (body.length === 0)
    problems.push({ kind: 'no-posts', severity: 'error', file: path, sentence: `${path} has a heading and no rows.` })
  if (!columns.some(({ target }) => target === 'title' || target === 'text')) {
    problems.push({
      kind: 'unknown-column',
      severity: 'question',
      file: path,
      sentence: `${path}: no column looks like a title or a text. Choose which one it is.`,
    })
  }
  const fields = columns.map(({ header, target }, i) => {
    const values = body.map(({ cells }) => cellOf(cells, i).trim()).filter((cell) => cell !== '')
    return { key: header, count: values.length, target, sample: (values[0] ?? '').slice(0, 120) }
  })
  return {
    posts,
    notes: [],
    problems,
    fields,
    table: {
      maker,
      headers,
      rows: body.length,
      delimiter,
      encoding,
      dateOrder: detected,
      fingerprint: headless ? `csv:no heading, ${headers.length} columns` : fingerprint(headers),
    },
  }
}

const isDate = (cell: string) =>
  readDate(cell, { zone: 'UTC', time: '09:00', order: 'day-first' }).kind === 'date' ||
  readDate(cell, { zone: 'UTC', time: '09:00', order: 'month-first' }).kind === 'date'

const countOf = (cells: number): string => `${cells} ${cells === 1 ? 'cell' : 'cells'}`

function uniqueHeaders(cells: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return cells.map((cell, i) => {
    const name = isUnsafeKey(cell.trim()) ? `Column ${i + 1}` : cell.trim() || `Column ${i + 1}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}

function makerOf(headers: readonly string[], headless: boolean): CsvTable['maker'] {
  const names = new Set(headers.map(fold))
  if (headless && headers.length <= 4) return 'hootsuite'
  if (['text', 'image url', 'posting time'].every((name) => names.has(name))) return 'buffer'
  if (
    names.has('message') &&
    names.has('date') &&
    (names.has('link') || names.has('social network') || names.has('profile'))
  )
    return 'hootsuite'
  return 'other'
}

/** Date, message, link: the order of Hootsuite's bulk composer, told by what the cells hold. */
function headlessColumns(headers: readonly string[], first: readonly string[], options: ImportOptions): Column[] {
  const free = new Set<Target>(['date', 'text', 'link', 'image'])
  return headers.map((header, i) => {
    const cell = (first[i] ?? '').trim()
    const guess: Target = isDate(cell)
      ? 'date'
      : /^https?:\/\/\S+$/.test(cell)
        ? free.has('link')
          ? 'link'
          : 'image'
        : 'text'
    const fallback: Target = i === 2 && cell === '' ? 'link' : guess
    const target = options.mapping?.[header] ?? (free.has(fallback) ? fallback : 'extra')
    free.delete(target)
    return { header, target }
  })
}

function headedColumns(
  headers: readonly string[],
  body: readonly { readonly cells: readonly string[] }[],
  options: ImportOptions,
): Column[] {
  const taken = new Set<Target>(headers.flatMap((header) => options.mapping?.[header] ?? []))
  return headers.map((header, i) => {
    const chosen = options.mapping?.[header]
    if (chosen) return { header, target: chosen }
    let target = BY_HEADER.get(fold(header)) ?? BY_HEADER.get(fold(header.replace(/\(.*\)/, ''))) ?? 'extra'
    // A column called "time" may hold whole dates, and one called "scheduled time" only the hour.
    if (target === 'time' || target === 'date') {
      const sample = body.map(({ cells }) => cells[i]?.trim() ?? '').find((cell) => cell !== '') ?? ''
      if (target === 'time' && sample !== '' && !parseClock(sample) && isDate(sample)) target = 'date'
      else if (target === 'date' && parseClock(sample)) target = 'time'
    }
    const several = target === 'labels' || target === 'channels' || target === 'extra'
    if (!several && taken.has(target)) return { header, target: 'extra' }
    taken.add(target)
    return { header, target }
  })
}

interface RowPlace {
  readonly path: string
  readonly row: number
  readonly own: boolean
  readonly order: DateOrder | undefined
  readonly options: ImportOptions
  readonly dateHeader: string
}

function readRow(
  cells: readonly (Column & { readonly cell: string })[],
  place: RowPlace,
): {
  post: ImportedPost | null
  problems: ImportProblem[]
  ambiguous: string
} {
  const { path, row, own, options } = place
  const problems: ImportProblem[] = []
  const value = (target: Target) => cells.find((entry) => entry.target === target)?.cell ?? ''
  const all = (target: Target) =>
    distinct(cells.filter((entry) => entry.target === target).flatMap(({ cell }) => listOf(cell, own)))
  const where = `${path}, row ${row}`
  const refuse = (problem: Omit<ImportProblem, 'file' | 'severity' | 'row'>) => {
    problems.push({ severity: 'error', file: path, row, ...problem })
    return { post: null, problems, ambiguous: '' }
  }
  const note = (problem: Omit<ImportProblem, 'file' | 'severity' | 'row'>) =>
    problems.push({ severity: 'note', file: path, row, ...problem })

  const zoneCell = value('zone').trim()
  const zone = zoneCell.replace(/ \(later\)$/, '')
  if (zone !== '' && !isZone(zone)) {
    return refuse({
      kind: 'unknown-zone',
      field: 'Zone',
      sentence: `${where}: "${zone}" is no time zone. Write it as Europe/Berlin.`,
    })
  }
  const header = place.dateHeader
  const utc = /\((utc|gmt)\)|\b(utc|gmt)$/i.test(header) && zone === '' ? ' UTC' : ''
  const dateCell = value('date').trim()
  const written = utc !== '' && dateCell !== '' ? `${dateCell}${utc}` : dateCell
  const date: DateReading = readDate(written, {
    zone: zone || options.zone,
    time: options.time,
    order: place.order,
    clock: value('time'),
  })
  if (date.kind === 'bad') {
    return refuse({
      kind: 'bad-date',
      field: header,
      sentence: `${where}, column ${header}: "${[dateCell, value('time').trim()].filter(Boolean).join(' ')}" is not a date: ${date.why}. Correct it.`,
    })
  }
  if (date.kind === 'date' && date.gap) {
    note({
      kind: 'gap-time',
      field: header,
      sentence: `${where}, column ${header}: ${date.wall.time} does not exist on ${date.wall.date} in ${date.wall.zone}; the clocks jump over it. ${date.gap.after} counts.`,
    })
  }
  const due = value('dueOn').trim()
  const dueDate = readDate(due, { ...options, order: place.order })
  if (dueDate.kind === 'bad')
    return refuse({
      kind: 'bad-date',
      field: 'Due',
      sentence: `${where}: "${due}" is not a date: ${dueDate.why}. Correct it.`,
    })

  const raw: string[] = []
  const textCell = value('text')
  let doc = docOfPlain(textCell, value('link').trim())
  if (own && textCell !== '') {
    if (isTooDeep(textCell))
      return refuse({
        kind: 'too-deep',
        field: 'Text',
        sentence: `${where}: the text is nested too deeply. Make it flatter.`,
      })
    const read = readMarkdown(textCell)
    doc = read.doc
    raw.push(...read.raw)
  }
  const title = value('title')
    .replace(/[ \t\r\n]+/g, ' ')
    .trim()
  const fallback = titleFrom(own ? plainText(doc) : textCell) || titleFrom(value('link'))
  if (title === '' && (fallback === '' || cells.some((entry) => entry.target === 'title'))) {
    if (fallback === '')
      return refuse({
        kind: 'missing-title',
        field: 'Title',
        sentence: `${where} has neither a title nor a text. Write one, or delete the row.`,
      })
    note({
      kind: 'missing-title',
      field: 'Title',
      sentence: `${where} has no title; the first words of its text are taken.`,
    })
  }
  const statusCell = value('status').trim()
  const status = statusCell === '' ? null : statusOf(statusCell)
  if (statusCell !== '' && !status) {
    note({
      kind: 'unknown-status',
      field: 'Status',
      sentence: `${where}: "${statusCell}" is no status Outpost has. The post comes in without one.`,
    })
  }
  if (date.kind === 'none' && !own)
    note({ kind: 'missing-date', field: header, sentence: `${where} has no date. It comes in undated.` })

  const extra: Record<string, unknown> = {}
  for (const entry of cells) if (entry.target === 'extra' && entry.cell !== '') extra[entry.header] = entry.cell
  if (statusCell !== '' && !status) extra.Status = statusCell
  if (raw.length > 0) extra[RAW] = raw
  const later = zoneCell.endsWith(' (later)')
  const planned: WallTime | null = date.kind === 'date' ? (later ? { ...date.wall, fold: 'later' } : date.wall) : null
  const post: ImportedPost = {
    ...blankPost({ kind: 'csv', path, extra }),
    id: value('id').trim(),
    title: title || fallback,
    doc,
    summary: value('summary').trim(),
    planned,
    dueOn: dueDate.kind === 'date' ? dueDate.wall.date : null,
    authors: all('authors'),
    labels: all('labels'),
    ...(status ? { status } : {}),
    channels: all('channels'),
    campaign: value('campaign').trim(),
    pillar: value('pillar').trim(),
    owner: value('owner').trim(),
    notes: value('notes').trim(),
    image: value('image').trim(),
    imageAlt: value('imageAlt').trim(),
    slug: value('slug').trim(),
  }
  return { post, problems, ambiguous: date.kind === 'ambiguous' ? dateCell : '' }
}

/** Posts as a table that every spreadsheet reads and no spreadsheet runs: UTF-8 with byte order mark, formulas made text. */
export function writeCsv(posts: readonly ImportedPost[]): string {
  const own = new Set<string>(OWN)
  const more = [
    ...new Set(posts.filter(({ source }) => source.kind === 'csv').flatMap(({ source }) => Object.keys(source.extra))),
  ].filter((key) => !key.startsWith('$') && !own.has(key))
  const rows = posts.map((post) => {
    const cells: Record<keyof typeof OWN_HEADERS, string> = {
      id: post.id,
      title: post.title,
      text: writeMarkdownText(post.doc, rawOf(post)).replace(/\n$/, ''),
      date: post.planned?.date ?? '',
      time: post.planned?.time ?? '',
      zone: post.planned ? `${post.planned.zone}${post.planned.fold === 'later' ? ' (later)' : ''}` : '',
      status: post.status ?? '',
      channels: listCell(post.channels),
      campaign: post.campaign,
      pillar: post.pillar,
      owner: post.owner,
      authors: listCell(post.authors),
      labels: listCell(post.labels),
      summary: post.summary,
      notes: post.notes,
      dueOn: post.dueOn ?? '',
      image: post.image,
      imageAlt: post.imageAlt,
      slug: post.slug,
    }
    const extras = more.map((key) => {
      const value = post.source.kind === 'csv' ? post.source.extra[key] : undefined
      return typeof value === 'string' ? value : ''
    })
    return [...Object.values(cells), ...extras].map(guarded)
  })
  return `\ufeff${Papa.unparse([[...OWN, ...more.map(guarded)], ...rows], { newline: '\r\n' })}\r\n`
}
