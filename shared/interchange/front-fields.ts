/** What the keys of a front matter mean to a post, for Jekyll, Hugo, Eleventy, Docusaurus and their like. */
import { decodeHTMLStrict } from 'entities/decode'
import type { IsoDate, WallTime } from '../domain/time.ts'
import { type DateReading, readDate } from './dates.ts'
import type { FrontData } from './front-matter.ts'
import {
  type DateOrder,
  distinct,
  type ImportedMedium,
  type ImportedPost,
  type ImportOptions,
  type Target,
} from './model.ts'
import { statusOf } from './statuses.ts'

/** In order of preference; keys are compared in lower case without `-` and `_`. */
const KEYS: Readonly<Partial<Record<Target, readonly string[]>>> = {
  id: ['id', 'uid', 'guid'],
  title: ['title'],
  summary: ['summary', 'excerpt', 'description', 'lead', 'teaser'],
  date: ['date', 'publishdate', 'pubdate', 'publishedat', 'publishon', 'scheduled'],
  dueOn: ['dueon', 'due'],
  status: ['status', 'draft', 'published'],
  channels: ['channels', 'channel', 'networks', 'platforms'],
  campaign: ['campaign'],
  pillar: ['pillar'],
  owner: ['owner', 'assignee'],
  authors: ['authors', 'author'],
  labels: ['tags', 'tag', 'categories', 'category', 'labels', 'taxonomies'],
  notes: ['notes'],
  image: ['image', 'cover', 'coverimage', 'featuredimage', 'thumbnail', 'banner'],
  imageAlt: ['imagealt', 'coveralt'],
  media: ['media'],
  slug: ['slug'],
}
const fold = (key: string) => key.toLowerCase().replace(/[-_]/g, '')

/** The names new front matter is given. */
export const CANONICAL = {
  title: 'title',
  summary: 'excerpt',
  planned: 'date',
  dueOn: 'due',
  status: 'status',
  channels: 'channels',
  campaign: 'campaign',
  pillar: 'pillar',
  owner: 'owner',
  authors: 'authors',
  labels: 'tags',
  notes: 'notes',
  image: 'image',
  imageAlt: 'image_alt',
  media: 'media',
  slug: 'slug',
} as const
export type FrontField = keyof typeof CANONICAL

export interface PathFacts {
  /** Date in the file or folder name, '' when there is none. */
  readonly date: string
  readonly slug: string
  readonly draft: boolean
}

/** What a path says: `2016-01-07-title.md`, `2016-01-07-title/index.md`, `2016/01/07/title.md`, `_drafts/title.md`. */
export function pathFacts(path: string): PathFacts {
  const bare = path.replace(/\.[a-z]+$/i, '').replace(/\/(index|readme)$/i, '')
  const dated = /(?:^|\/)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[-_/]([^/]*))?$/.exec(bare)
  const name = bare.slice(bare.lastIndexOf('/') + 1)
  const pad = (n = '') => n.padStart(2, '0')
  return {
    date: dated ? `${dated[1]}-${pad(dated[2])}-${pad(dated[3])}` : '',
    slug: dated ? dated[4] || name : name,
    draft: /(^|\/)_?drafts\//i.test(path),
  }
}

export interface FrontReading {
  readonly fields: Omit<ImportedPost, 'doc' | 'source'>
  readonly date: DateReading
  /** The date as written, from the fields or the path. */
  readonly dateText: string
  /** Key that gave a field, as written in the file. */
  readonly keys: Readonly<Partial<Record<Target, string>>>
  readonly targets: Readonly<Record<string, Target>>
  /** A status word that is none of ours. */
  readonly unknownStatus: string
  readonly badDue: string
  /** A date word only a site generator can resolve, such as Eleventy's `Last Modified`. */
  readonly generatorDate: string
}

const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''

/**
 * Site generators put titles and the like into their pages as they stand, so `Q&amp;A` and `&ldquo;quoted&rdquo;` are how
 * authors write signs. Outpost shows the signs.
 */
const readable = (text: string): string => decodeHTMLStrict(text)

/** Words as a front matter must hold them to be read as they are. */
export const asWords = (text: string): string =>
  readable(text) === text ? text : text.replace(/&(?=#?\w+;)/g, '&amp;')

/** One word of a list: text, or what an object is called. */
function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return textOf(value)
  const entry = new Map(Object.entries(value))
  return textOf(entry.get('name') ?? entry.get('title') ?? entry.get('key') ?? entry.get('id'))
}

/** A list, or text with commas; `spaced`: space separates too (Jekyll). */
function wordsOf(value: unknown, spaced = false): string[] {
  if (Array.isArray(value)) return distinct(value.map(nameOf).map(readable))
  const text = readable(nameOf(value))
  if (text.includes(',')) return distinct(text.split(','))
  return distinct(spaced ? text.split(/\s+/) : [text])
}

function labelsOf(value: unknown, spaced: boolean): string[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.values(value).flatMap((list) => wordsOf(list))
  return wordsOf(value, spaced)
}

/** `- { src: a.jpg, alt: …, crop: 4:5 }`: what other programs call media is left to them. */
const isMediaList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((entry) => typeof entry === 'object' && entry !== null && 'src' in entry && textOf(entry.src) !== '')

const mediaOf = (value: unknown): ImportedMedium[] =>
  (Array.isArray(value) ? value : []).map((item: object) => {
    const entry = new Map<string, unknown>(Object.entries(item))
    const crop = textOf(entry.get('crop'))
    return {
      src: textOf(entry.get('src')),
      alt: textOf(entry.get('alt')),
      crop: /^[\d.]{1,6}:[\d.]{1,6}$/.test(crop) ? crop : '',
    }
  })

/** A media list as a front matter has it: nothing is said that goes without saying. */
export const mediaFields = (media: readonly ImportedMedium[]) =>
  media.map(({ src, alt, crop }) => ({ src, ...(alt ? { alt } : {}), ...(crop ? { crop } : {}) }))

/** Reads the fields of a post from its front matter and path. `fallbackTitle`: where there is no title. */
export function readFields(
  data: FrontData,
  path: string,
  fallbackTitle: string,
  options: Pick<ImportOptions, 'zone' | 'time' | 'mapping'> & { readonly order?: DateOrder | undefined },
): FrontReading {
  const place = pathFacts(path)
  const folded = new Map(Object.keys(data).map((key) => [fold(key), key]))
  const keys: Partial<Record<Target, string>> = {}
  const targets: Record<string, Target> = {}
  const mapped = (target: Target) =>
    Object.keys(options.mapping ?? {}).filter((key) => options.mapping?.[key] === target && Object.hasOwn(data, key))
  /** Keys for a field, mapped ones first, without those mapped to something else. */
  const keysFor = (target: Target): string[] => {
    const guessed = (KEYS[target] ?? [])
      .flatMap((key) => folded.get(key) ?? [])
      .filter((key) => options.mapping?.[key] === undefined)
    return [...mapped(target), ...guessed]
  }
  const usable = (value: unknown) => value !== null && value !== undefined && value !== ''
  const pick = (target: Target, accepts: (value: unknown) => boolean = usable): unknown => {
    const key = keysFor(target).find((name) => accepts(data[name]))
    if (key === undefined) return undefined
    keys[target] = key
    targets[key] = target
    return data[key]
  }
  const text = (target: Target) => textOf(pick(target, (value) => textOf(value) !== ''))
  const words = (target: Target) => readable(text(target))

  const jekyll = place.date !== '' && 'layout' in data
  const labels: string[] = []
  for (const key of keysFor('labels')) {
    targets[key] = 'labels'
    keys.labels ??= key
    labels.push(...labelsOf(data[key], jekyll))
  }

  const written = text('date')
  const generatorDate = /^(git )?(last modified|created)$/i.test(written) ? written : ''
  const dateText = generatorDate || written === '' ? place.date : written
  const date = readDate(dateText, options)

  const status = statusIn(data, keysFor('status'), targets, keys)
  const due = text('dueOn')
  const dueDate = due === '' ? null : readDate(due, options)
  const dueOn: IsoDate | null = dueDate?.kind === 'date' ? dueDate.wall.date : null

  const image = pick('image')
  const imageEntry = new Map(
    typeof image === 'object' && image !== null && !Array.isArray(image) ? Object.entries(image) : [],
  )
  const slug = text('slug')
  const planned: WallTime | null = date.kind === 'date' ? date.wall : null
  return {
    fields: {
      id: text('id'),
      title: words('title') || fallbackTitle,
      summary: words('summary'),
      planned,
      dueOn,
      authors: wordsOf(pick('authors')),
      labels: distinct(labels),
      ...(status.status ? { status: status.status } : place.draft ? { status: 'draft' as const } : {}),
      channels: wordsOf(pick('channels')),
      campaign: words('campaign'),
      pillar: words('pillar'),
      owner: words('owner'),
      notes: text('notes'),
      image:
        textOf(image) ||
        textOf(imageEntry.get('path') ?? imageEntry.get('src') ?? imageEntry.get('url') ?? imageEntry.get('image')),
      imageAlt: words('imageAlt') || readable(textOf(imageEntry.get('alt'))),
      media: mediaOf(pick('media', isMediaList)),
      slug: slug || place.slug,
    },
    date,
    dateText,
    keys,
    targets,
    unknownStatus: status.unknown,
    badDue: due !== '' && !dueOn ? due : '',
    generatorDate,
  }
}

function statusIn(
  data: FrontData,
  names: readonly string[],
  targets: Record<string, Target>,
  keys: Partial<Record<Target, string>>,
) {
  let unknown = ''
  for (const key of names) {
    const value = data[key]
    const flag = value === true || value === 'true' ? true : value === false || value === 'false' ? false : null
    const kind = fold(key)
    if (kind === 'draft' || kind === 'published') {
      if (flag === null) continue
      targets[key] = 'status'
      keys.status ??= key
      // `draft: false` and `published: true` are what every post of a site says; the date tells whether it is out.
      if (flag === (kind === 'draft')) return { status: 'draft' as const, unknown }
      continue
    }
    const word = textOf(value)
    if (word === '') continue
    const known = statusOf(word)
    if (!known) {
      unknown = word
      continue
    }
    targets[key] = 'status'
    keys.status = key
    return { status: known, unknown }
  }
  return { status: null, unknown }
}
