/** What every reader gives back: what would be brought in, and what could not be read. Nothing here writes anything. */
import type { Doc } from '../domain/document.ts'
import type { PostSource } from '../domain/post.ts'
import type { PostStatus } from '../domain/status.ts'
import type { ClockTime, IsoDate, WallTime, Zone } from '../domain/time.ts'

/** A file as it lies in the chosen folder. `path`: from that folder, with forward slashes. */
export interface SourceFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** A file to be written: UTF-8 text under a path with forward slashes. */
export interface WrittenFile {
  readonly path: string
  readonly text: string
}

/** A picture, film or document of a post, where the source lists them in order. */
export interface ImportedMedium {
  /** Path or address as written. */
  readonly src: string
  readonly alt: string
  /** Shape it is cut to, such as `4:5`; '': as it is. */
  readonly crop: string
}

/** A post as the source says it: people, channels, campaign and pillar are still words. */
export interface ImportedPost {
  /** Id in the source, '' when it has none. */
  readonly id: string
  readonly title: string
  readonly doc: Doc
  readonly summary: string
  readonly planned: WallTime | null
  readonly dueOn: IsoDate | null
  readonly authors: readonly string[]
  readonly labels: readonly string[]
  /** Absent: the source does not say. A dated post of a published site is then published or scheduled, by its date. */
  readonly status?: PostStatus
  readonly channels: readonly string[]
  readonly campaign: string
  readonly pillar: string
  readonly owner: string
  readonly notes: string
  /** Path or address of the lead picture as written; '' for none. */
  readonly image: string
  readonly imageAlt: string
  /** All media of the post in their order, the lead picture first; empty where the source names a lead picture at most. */
  readonly media: readonly ImportedMedium[]
  readonly slug: string
  readonly source: PostSource
}

export interface ImportedDayNote {
  readonly id: string
  readonly on: IsoDate
  /** Last day, included. */
  readonly until: IsoDate
  readonly kind: 'note' | 'holiday' | 'blackout'
  readonly text: string
}

export type ProblemKind =
  | 'cannot-read'
  | 'not-text'
  | 'too-large'
  | 'too-deep'
  | 'empty'
  | 'encoding'
  | 'other-files'
  | 'no-posts'
  | 'bad-front-matter'
  | 'unsafe-key'
  | 'unsafe-link'
  | 'missing-title'
  | 'missing-date'
  | 'bad-date'
  | 'ambiguous-date'
  | 'gap-time'
  | 'unknown-zone'
  | 'unknown-status'
  | 'duplicate-id'
  | 'duplicate-slug'
  | 'ragged-row'
  | 'unknown-column'
  | 'cancelled-event'
  | 'repeats'
  | 'bad-record'
  /** Read well, but a network it goes to would refuse it as it is. */
  | 'does-not-fit'

export interface ImportProblem {
  readonly kind: ProblemKind
  /** error: this post or file is not brought in. question: an answer changes the result. note: brought in, worth knowing. */
  readonly severity: 'error' | 'question' | 'note'
  readonly file: string
  /** Row of a table as a spreadsheet counts it (the heading is row 1). */
  readonly row?: number
  /** Line of the file, from 1. */
  readonly line?: number
  readonly field?: string
  /** Names file, row and field, and says what to do. */
  readonly sentence: string
  readonly choices?: readonly { readonly label: string; readonly value: string }[]
}

export const TARGETS = [
  'id',
  'title',
  'text',
  'summary',
  'date',
  'time',
  'zone',
  'dueOn',
  'status',
  'channels',
  'campaign',
  'pillar',
  'owner',
  'authors',
  'labels',
  'notes',
  'image',
  'imageAlt',
  'media',
  'slug',
  'link',
  'extra',
] as const
/** What a column or front matter key is read as. `extra`: kept with the post and given back on export. */
export type Target = (typeof TARGETS)[number]

/** A column or front matter key of the source, for the mapping step. */
export interface FieldSummary {
  readonly key: string
  /** Posts that have a value for it. */
  readonly count: number
  readonly target: Target
  readonly sample: string
}

export interface ImportPreview {
  readonly posts: readonly ImportedPost[]
  readonly notes: readonly ImportedDayNote[]
  readonly problems: readonly ImportProblem[]
  readonly fields: readonly FieldSummary[]
}

export type DateOrder = 'day-first' | 'month-first'

export interface ImportOptions {
  /** Zone a date without offset is meant in, and the one dates with an offset are shown in. */
  readonly zone: Zone
  /** Clock time for dates without one. */
  readonly time: ClockTime
  /** Answer to `03/04/2026`, for all files or per file path. */
  readonly dateOrder?: DateOrder | Readonly<Record<string, DateOrder>>
  /** Column or front matter key -> field, over what would be guessed. */
  readonly mapping?: Readonly<Record<string, Target>>
  /** All-day events of a calendar file: marks on the day (default) or posts. */
  readonly allDay?: 'note' | 'post'
  /** How far repeating events are written out; default: two years from their start. */
  readonly repeatUntil?: IsoDate
}

export const orderFor = (options: ImportOptions, file: string): DateOrder | undefined =>
  typeof options.dateOrder === 'object' ? options.dateOrder[file] : options.dateOrder

/** A post with nothing in it but its source. */
export const blankPost = (source: PostSource): ImportedPost => ({
  id: '',
  title: '',
  doc: { type: 'doc', content: [{ type: 'paragraph' }] },
  summary: '',
  planned: null,
  dueOn: null,
  authors: [],
  labels: [],
  channels: [],
  campaign: '',
  pillar: '',
  owner: '',
  notes: '',
  image: '',
  imageAlt: '',
  media: [],
  slug: '',
  source,
})

/** The media of a post in their order: those it lists, else its lead picture. */
export const listedMedia = ({ media, image, imageAlt }: Pick<ImportedPost, 'media' | 'image' | 'imageAlt'>) =>
  media.length > 0 || image === '' ? media : [{ src: image, alt: imageAlt, crop: '' }]

/** Where a post keeps, among `source.extra`, the pieces of HTML in its text that Markdown must not escape. */
export const RAW = '$raw'
export function rawOf(post: Pick<ImportedPost, 'source'>): readonly string[] {
  const raw = post.source.extra[RAW]
  return Array.isArray(raw) ? raw.filter((piece) => typeof piece === 'string') : []
}

/** Keys no object of ours may be given by a file. */
export const isUnsafeKey = (key: string): boolean => key === '__proto__' || key === 'constructor' || key === 'prototype'

/** Lower case letters and digits joined by hyphens, at most 80 characters; '' when nothing is left. */
export const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '')

/** A list without repeats and empty entries, in order. */
export const distinct = (words: readonly string[]): string[] => [
  ...new Set(words.map((word) => word.trim()).filter((word) => word !== '')),
]
