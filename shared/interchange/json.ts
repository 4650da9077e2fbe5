/** A whole workspace as one file: `outpost-export`, version 1. */

import * as z from 'zod/mini'
import english from 'zod/v4/locales/en.js'
import type { BrandWord } from '../domain/brandWords.ts'
import { CAMPAIGN_STAGES, type Campaign, type Task } from '../domain/campaign.ts'
import { ACCOUNT_KINDS, type Channel, HUES, LATE_POLICIES, NETWORK_IDS } from '../domain/channel.ts'
import type { DocNode } from '../domain/document.ts'
import { type Medium, shapeOf } from '../domain/medium.ts'
import type { Mention } from '../domain/mention.ts'
import type { Persona } from '../domain/persona.ts'
import { ownTime, type Placement, placed, withMedia } from '../domain/placement.ts'
import type { Post } from '../domain/post.ts'
import type { Series } from '../domain/series.ts'
import { SNIPPET_KINDS, type Snippet } from '../domain/snippet.ts'
import { POST_STATUSES } from '../domain/status.ts'
import type { Template } from '../domain/template.ts'
import { type IsoDate, isZone, toInstant } from '../domain/time.ts'
import { DEFAULT_VOCABULARY, UTM_FIELDS, type Vocabulary } from '../domain/utm.ts'
import type { DayNote, Person, Pillar, SavedView, StoredDocument } from '../domain/workspace.ts'
import { NO_EDITS } from '../media/crop.ts'
import { MEDIA_KINDS } from '../media/inspect.ts'
import { decodeText } from './encoding.ts'
import { type ImportProblem, isUnsafeKey, type SourceFile } from './model.ts'
import { endingOf, MEDIA_FOLDER } from './picture-path.ts'
import { sanitizeDoc } from './sanitize.ts'

export const EXPORT_FORMAT = 'outpost-export'
export const EXPORT_VERSION = 1
export const LARGEST_JSON = 500_000_000

/** Everything of a workspace but its settings and its history. The bytes of its media lie beside it, see `mediumPath`. */
export interface WorkspaceContent {
  readonly posts: readonly Post[]
  /** Texts of posts and placements, briefs of campaigns, under the id of theirs. */
  readonly documents: readonly StoredDocument[]
  /** What posts are on single channels; their own texts are in `documents`. */
  readonly placements: readonly Placement[]
  readonly series: readonly Series[]
  readonly campaigns: readonly Campaign[]
  readonly channels: readonly Channel[]
  readonly people: readonly Person[]
  readonly pillars: readonly Pillar[]
  readonly snippets: readonly Snippet[]
  readonly mentions: readonly Mention[]
  /** One or none. */
  readonly vocabulary: readonly Vocabulary[]
  readonly brandWords: readonly BrandWord[]
  readonly personas: readonly Persona[]
  readonly templates: readonly Template[]
  readonly tasks: readonly Task[]
  readonly dayNotes: readonly DayNote[]
  readonly views: readonly SavedView[]
  readonly media: readonly Medium[]
}

export const EMPTY_CONTENT: WorkspaceContent = {
  posts: [],
  documents: [],
  placements: [],
  series: [],
  campaigns: [],
  channels: [],
  people: [],
  pillars: [],
  snippets: [],
  mentions: [],
  vocabulary: [],
  brandWords: [],
  personas: [],
  templates: [],
  tasks: [],
  dayNotes: [],
  views: [],
  media: [],
}

// The small half of zod comes without words for what does not fit.
z.config(english())

const id = z.string().check(z.minLength(1), z.maxLength(100))
const ref = z.string().check(z.maxLength(100))
const words = z.string().check(z.maxLength(1_000_000))
const line = z.string().check(z.maxLength(10_000))
const refs = z.array(ref).check(z.maxLength(10_000))
const instant = z.int()
const date = z.iso.date()
const dayOrNone = z.union([date, z.literal('')])
const clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
const zone = z.string().check(z.refine(isZone, 'is no time zone'))
const wall = z.object({ date, time: clock, zone, fold: z.optional(z.enum(['earlier', 'later'])) })
const hue = z.enum(HUES)
const status = z.enum(POST_STATUSES)
const order = z.number()

const monthDay = z.string().check(z.regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/))
const record = z.record(z.string(), z.unknown())
const placedMedia = z.array(z.object({ mediumId: id, alt: words, ratio: line }))
const post = z.object({
  id,
  title: line,
  summary: words,
  excerpt: line,
  words: z.int().check(z.nonnegative()),
  status,
  planned: z.nullable(wall),
  plannedAt: instant,
  publishAt: z.nullable(wall),
  dueOn: z.nullable(date),
  channelIds: refs,
  campaignId: ref,
  pillarId: ref,
  ownerId: ref,
  authorIds: refs,
  labels: z.array(line),
  notes: words,
  checklist: z.array(z.object({ id, text: line, done: z.boolean() })),
  pinned: z.boolean(),
  media: z._default(placedMedia, []),
  coverId: ref,
  seriesId: z._default(ref, ''),
  occursOn: z._default(dayOrNone, ''),
  evergreen: z._default(
    z.nullable(
      z.object({
        cooldown: z.number().check(z.nonnegative()),
        season: z.nullable(z.object({ from: monthDay, to: monthDay })),
        most: z.number().check(z.nonnegative()),
      }),
    ),
    null,
  ),
  inPool: z._default(z.union([z.literal(0), z.literal(1)]), 0),
  evergreenOf: z._default(ref, ''),
  source: z.nullable(z.object({ kind: z.enum(['markdown', 'csv', 'ics', 'json']), path: line, extra: record })),
  order,
  createdAt: instant,
  updatedAt: instant,
  trashedAt: instant,
})
const placement = z.object({
  id,
  postId: id,
  channelId: id,
  format: line,
  detached: z.boolean(),
  excerpt: line,
  words: z.int().check(z.nonnegative()),
  fields: z.record(z.string(), z.union([words, z.boolean(), z.array(words)])),
  firstComment: words,
  media: z.nullable(placedMedia),
  planned: z.nullable(wall),
  plannedAt: instant,
  updatedAt: instant,
})
const series = z.object({ id, rule: line, start: date, patternId: id, through: date, trashedAt: instant })
const document = z.object({ id, content: z.array(z.unknown()) })
const campaign = z.object({
  id,
  name: line,
  stage: z.enum(CAMPAIGN_STAGES),
  objective: words,
  audience: words,
  startOn: z.nullable(date),
  endOn: z.nullable(date),
  launchOn: z.nullable(date),
  phases: z.array(z.object({ id, name: line, from: date, to: date })),
  milestones: z.array(z.object({ id, name: line, on: date })),
  ownerId: ref,
  memberIds: refs,
  channelIds: refs,
  personaIds: z._default(refs, []),
  hue,
  keyMessages: z.array(words),
  order,
  createdAt: instant,
  updatedAt: instant,
  trashedAt: instant,
})
const channel = z.object({
  id,
  network: z.enum(NETWORK_IDS),
  kind: z._default(z.enum(ACCOUNT_KINDS), 'profile'),
  name: line,
  handle: z._default(line, ''),
  address: z._default(line, ''),
  avatarId: z._default(ref, ''),
  hue,
  zone,
  slots: z.array(z.object({ weekday: z.int().check(z.minimum(1), z.maximum(7)), time: clock })),
  quiet: z._default(z.nullable(z.object({ from: clock, to: clock })), null),
  quietOnHolidays: z._default(z.boolean(), false),
  spacing: z.number().check(z.nonnegative()),
  perDay: z._default(z.number().check(z.nonnegative()), 0),
  target: z.number().check(z.nonnegative()),
  grace: z._default(z.number().check(z.nonnegative()), 120),
  late: z._default(z.enum(LATE_POLICIES), 'ask'),
  order,
  trashedAt: instant,
})
const person = z.object({ id, name: line, role: line, email: line, trashedAt: instant })
const pillar = z.object({
  id,
  name: line,
  hue,
  purpose: words,
  share: z.number().check(z.minimum(0), z.maximum(100)),
  trashedAt: instant,
})
const network = z.enum(NETWORK_IDS)
const snippet = z.object({ id, kind: z.enum(SNIPPET_KINDS), name: line, text: words, order, trashedAt: instant })
const mention = z.object({
  id,
  name: line,
  neutral: z.string().check(z.regex(/^[\p{L}\p{M}\p{N}_]{1,100}$/u)),
  handles: z.record(z.string(), line),
  note: words,
  trashedAt: instant,
})
const utmValues = z.array(line).check(z.maxLength(10_000))
const vocabulary = z.object({
  id: z.literal('utm'),
  casing: z.enum(['lower', 'as-is']),
  separator: z.enum(['-', '_']),
  hosts: utmValues,
  allowed: z.record(z.enum(UTM_FIELDS), utmValues),
  campaigns: z.record(z.string(), line),
  networks: z.record(z.string(), z.object({ source: line, medium: line })),
})
const brandWord = z.object({
  id,
  say: line,
  not: z.array(line),
  reason: words,
  matchCase: z.boolean(),
  order,
  trashedAt: instant,
})
const persona = z.object({
  id,
  name: line,
  role: line,
  needs: words,
  doubts: words,
  networks: z.array(network),
  hours: line,
  tone: words,
  order,
  trashedAt: instant,
})
const day = z.int().check(z.minimum(-10_000), z.maximum(10_000))
const content = z.array(z.unknown())
const draft = {
  title: line,
  summary: words,
  notes: words,
  channelIds: refs,
  pillarId: ref,
  labels: z.array(line),
  checklist: z.array(line),
  content,
}
const templateBase = { id, name: line, order, updatedAt: instant, trashedAt: instant }
const template = z.union([
  z.object({ ...templateBase, kind: z.literal('post'), post: z.object(draft) }),
  z.object({
    ...templateBase,
    kind: z.literal('campaign'),
    campaign: z.object({
      objective: words,
      audience: words,
      keyMessages: z.array(words),
      channelIds: refs,
      personaIds: refs,
      brief: content,
      startDay: z.nullable(day),
      endDay: z.nullable(day),
      phases: z.array(z.object({ id, name: line, from: day, to: day })),
      milestones: z.array(z.object({ id, name: line, day })),
      tasks: z.array(z.object({ id, title: line, day: z.nullable(day) })),
      posts: z.array(z.object({ ...draft, id, day: z.nullable(day), time: clock })),
    }),
  }),
])
const task = z.object({
  id,
  campaignId: ref,
  title: line,
  ownerId: ref,
  dueOn: z.nullable(date),
  done: z.boolean(),
  order,
  trashedAt: instant,
})
const dayNote = z.object({
  id,
  on: date,
  until: date,
  kind: z.enum(['note', 'holiday', 'blackout']),
  text: line,
  trashedAt: instant,
})
const filter = z.object({
  channelIds: refs,
  campaignIds: refs,
  statuses: z.array(status),
  ownerIds: refs,
  pillarIds: refs,
  labels: z.array(line),
  text: line,
})
const view = z.object({
  id,
  name: line,
  hue,
  screen: z.enum(['calendar', 'board', 'write']),
  view: line,
  filter,
  order,
  trashedAt: instant,
})
/** 0 ... 1: a place in a picture, whatever its size. */
const part = z.number().check(z.minimum(0), z.maximum(1))
/** What is said about a file and decided, none of it read from it. */
export const aboutMedium = {
  folder: z._default(line, ''),
  labels: z._default(z.array(line), []),
  rating: z._default(z.int().check(z.minimum(0), z.maximum(5)), 0),
  alt: z._default(words, ''),
  credit: z._default(words, ''),
  licence: z._default(words, ''),
  licenceUntil: z._default(dayOrNone, ''),
  release: z._default(words, ''),
  releaseUntil: z._default(dayOrNone, ''),
  edits: z._default(
    z.object({
      turn: z.literal([0, 90, 180, 270]),
      point: z.object({ x: part, y: part }),
      frames: z.record(line, z.object({ x: part, y: part, width: part, height: part })),
    }),
    NO_EDITS,
  ),
}
const medium = z.object({
  // It becomes part of a file name.
  id: z.string().check(z.regex(/^[\w-]{1,100}$/)),
  name: line,
  type: line,
  size: z.int().check(z.nonnegative()),
  width: z.int().check(z.nonnegative()),
  height: z.int().check(z.nonnegative()),
  kind: z._default(z.enum(MEDIA_KINDS), 'image'),
  shape: z._default(z.enum(['wide', 'tall', 'square', '']), ''),
  orientation: z._default(z.literal([1, 2, 3, 4, 5, 6, 7, 8]), 1),
  animated: z._default(z.boolean(), false),
  seconds: z._default(z.number().check(z.nonnegative()), 0),
  pages: z._default(z.int().check(z.nonnegative()), 0),
  preview: z._default(z.boolean(), true),
  hash: z._default(line, ''),
  ...aboutMedium,
  createdAt: instant,
  trashedAt: instant,
})

const TABLES = {
  posts: post,
  documents: document,
  placements: placement,
  series,
  campaigns: campaign,
  channels: channel,
  people: person,
  pillars: pillar,
  snippets: snippet,
  mentions: mention,
  vocabulary,
  brandWords: brandWord,
  personas: persona,
  templates: template,
  tasks: task,
  dayNotes: dayNote,
  views: view,
  media: medium,
}
type Table = keyof typeof TABLES
const SINGULAR: Readonly<Record<Table, string>> = {
  posts: 'post',
  documents: 'text',
  placements: 'placement',
  series: 'series',
  campaigns: 'campaign',
  channels: 'channel',
  people: 'person',
  pillars: 'pillar',
  snippets: 'snippet',
  mentions: 'mention',
  vocabulary: 'vocabulary of links',
  brandWords: 'brand word',
  personas: 'persona',
  templates: 'template',
  tasks: 'task',
  dayNotes: 'day note',
  views: 'saved view',
  media: 'picture',
}

const Envelope = z.object({
  format: z.literal(EXPORT_FORMAT),
  version: z.int(),
  name: z._default(z.string(), ''),
  exportedAt: z._default(z.string(), ''),
})

export interface JsonReading {
  readonly name: string
  readonly content: WorkspaceContent
  readonly problems: readonly ImportProblem[]
}

/** Where the bytes of a medium lie beside the text of an export. */
export const mediumPath = ({ id, type }: Pick<Medium, 'id' | 'type'>): string =>
  `${MEDIA_FOLDER}${id}.${endingOf(type)}`

/** A workspace as text. The same content gives the same text. `exportedOn`: day of the export. */
export function writeJson(content: WorkspaceContent, name: string, exportedOn: IsoDate): string {
  return `${JSON.stringify({ format: EXPORT_FORMAT, version: EXPORT_VERSION, name, exportedAt: exportedOn, ...content }, null, 1)}\n`
}

/** Objects without keys that reach an object's prototype. */
function withoutUnsafeKeys(key: string, value: unknown): unknown {
  return isUnsafeKey(key) ? undefined : value
}

/**
 * Reads an export of Outpost. Records that do not fit are in `problems`, named by table, number and field; texts lose what a document must not
 * have. Nothing is written.
 */
export function readJson(file: SourceFile): JsonReading {
  const { path } = file
  const problems: ImportProblem[] = []
  const failed = (problem: Omit<ImportProblem, 'file' | 'severity'>): JsonReading => ({
    name: '',
    content: EMPTY_CONTENT,
    problems: [{ severity: 'error', file: path, ...problem }],
  })
  if (file.bytes.length > LARGEST_JSON)
    return failed({ kind: 'too-large', sentence: `${path} is too large to be read.` })
  const decoded = decodeText(file.bytes)
  if (!decoded.ok) return failed({ kind: 'not-text', sentence: `${path} is not an export of Outpost: it is not text.` })
  let parsed: unknown
  try {
    parsed = JSON.parse(decoded.value.text, withoutUnsafeKeys)
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown
    return failed({
      kind: 'cannot-read',
      ...lineIn(thrown.message, decoded.value.text),
      sentence: `${path} is not complete or was changed by hand (${thrown.message.slice(0, 120)}). Export it again.`,
    })
  }
  const envelope = Envelope.safeParse(parsed)
  if (!envelope.success || typeof parsed !== 'object' || parsed === null) {
    return failed({
      kind: 'cannot-read',
      sentence: `${path} is not an export of Outpost. Choose the .json file Outpost wrote.`,
    })
  }
  const { version, name } = envelope.data
  if (version > EXPORT_VERSION || version < 1) {
    return failed({
      kind: 'cannot-read',
      field: 'version',
      sentence: `${path} was written by a newer Outpost (format ${version}, this one reads ${EXPORT_VERSION}). Update Outpost and try again.`,
    })
  }
  const tables = new Map<string, unknown>(Object.entries(parsed))
  const rows = <T>(table: Table, schema: z.ZodMiniType<T>): T[] => {
    const given = tables.get(table) ?? []
    if (!Array.isArray(given)) {
      problems.push({
        kind: 'bad-record',
        severity: 'error',
        file: path,
        field: table,
        sentence: `${path}: "${table}" is not a list.`,
      })
      return []
    }
    const seen = new Set<string>()
    return given.flatMap((entry: unknown, index) => {
      const result = schema.safeParse(entry)
      const row = index + 1
      if (!result.success) {
        const issue = result.error.issues[0]
        const field = issue?.path.map(String).join('.') ?? ''
        problems.push({
          kind: 'bad-record',
          severity: 'error',
          file: path,
          row,
          field,
          sentence: `${path}, ${SINGULAR[table]} ${row}, ${field || 'record'}: ${issue?.message ?? 'does not fit'}. It is left out.`,
        })
        return []
      }
      const key = idOf(entry)
      if (seen.has(key)) {
        problems.push({
          kind: 'duplicate-id',
          severity: 'error',
          file: path,
          row,
          field: 'id',
          sentence: `${path}, ${SINGULAR[table]} ${row} has the id "${key}", which an earlier one has too. Only the first is brought in.`,
        })
        return []
      }
      seen.add(key)
      return [result.data]
    })
  }
  const clean = (key: string, given: readonly unknown[]): StoredDocument => {
    const { doc, removed } = sanitizeDoc({ type: 'doc', content: given })
    if (removed.length > 0) {
      problems.push({
        kind: 'bad-record',
        severity: 'note',
        file: path,
        field: key,
        sentence: `${path}, text ${key}: left out what no text may have: ${removed.slice(0, 3).join(', ')}${removed.length > 3 ? ', …' : ''}.`,
      })
    }
    // A text nobody has written yet has no paragraph, and gets none by coming back.
    return { id: key, content: given.length === 0 ? [] : doc.content }
  }
  const documents = rows('documents', document).map((entry) => clean(entry.id, entry.content))
  // The instant is derived from the wall time, whatever the file says.
  const posts = rows<Post>('posts', post).map(
    (entry): Post => ({
      ...entry,
      plannedAt: entry.planned ? toInstant(entry.planned) : -1,
      inPool: entry.evergreen ? 1 : 0,
      // An export from before posts had pictures in order names the cover only.
      ...withMedia(entry.media.length > 0 || !entry.coverId ? entry.media : placed({ id: entry.coverId })),
    }),
  )
  return {
    name,
    problems,
    content: {
      posts,
      documents,
      placements: rows<Placement>('placements', placement).map(
        (entry): Placement => ({ ...entry, ...ownTime(entry.planned) }),
      ),
      series: rows<Series>('series', series),
      campaigns: rows<Campaign>('campaigns', campaign),
      channels: rows<Channel>('channels', channel),
      people: rows<Person>('people', person),
      pillars: rows<Pillar>('pillars', pillar),
      snippets: rows<Snippet>('snippets', snippet),
      mentions: rows<Mention>('mentions', mention),
      vocabulary: rows('vocabulary', vocabulary).map(
        (entry): Vocabulary => ({ ...entry, networks: { ...DEFAULT_VOCABULARY.networks, ...entry.networks } }),
      ),
      brandWords: rows<BrandWord>('brandWords', brandWord),
      personas: rows<Persona>('personas', persona),
      templates: rows('templates', template).map((entry) =>
        withCleanTexts(entry, (texts) => (texts.length === 0 ? [] : clean(entry.id, texts).content)),
      ),
      tasks: rows<Task>('tasks', task),
      dayNotes: rows<DayNote>('dayNotes', dayNote),
      views: rows<SavedView>('views', view),
      media: rows<Medium>('media', medium).map((entry): Medium => ({ ...entry, shape: shapeOf(entry) })),
    },
  }
}

function withCleanTexts(
  entry: z.infer<typeof template>,
  clean: (content: readonly unknown[]) => readonly DocNode[],
): Template {
  const cleaned = <D extends { readonly content: readonly unknown[] }>(post: D) => ({
    ...post,
    content: clean(post.content),
  })
  return entry.kind === 'post'
    ? { ...entry, post: cleaned(entry.post) }
    : {
        ...entry,
        campaign: {
          ...entry.campaign,
          brief: clean(entry.campaign.brief),
          posts: entry.campaign.posts.map(cleaned),
        },
      }
}

const idOf = (entry: unknown): string =>
  typeof entry === 'object' && entry !== null && 'id' in entry ? String(entry.id) : ''

/** The line a JSON error is in, where its message has a position. */
function lineIn(message: string, text: string): { line?: number } {
  const position = /position (\d+)/.exec(message)?.[1]
  return position === undefined ? {} : { line: text.slice(0, Number(position)).split('\n').length }
}
