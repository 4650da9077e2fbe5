/**
 * The library as lists of ids, read from indexes: thirty thousand files are opened without reading one row. A filter is a set of ids
 * for each thing asked; what is in all of them is shown.
 */
import { Dexie } from 'dexie'
import { type Medium, type MediumShape, RIGHTS_NOTICE } from '../../../shared/domain/medium.ts'
import { addDays, type IsoDate } from '../../../shared/domain/time.ts'
import type { MediaKind } from '../../../shared/media/inspect.ts'
import type { WorkspaceDb } from '../db.ts'
import { usedIds } from './uses.ts'

export type MediaOrder = 'newest' | 'oldest' | 'name' | 'largest'
/** What may be missing or about to end. */
export type MediaMark = 'unused' | 'no-alt' | 'rights'

export interface MediaFilter {
  /** With everything below it; null: wherever it lies. */
  readonly folder: string | null
  readonly kinds: readonly MediaKind[]
  readonly shapes: readonly MediumShape[]
  /** Any of them. */
  readonly labels: readonly string[]
  /** At least; 0: whatever. */
  readonly rating: number
  readonly marks: readonly MediaMark[]
}
export const NO_MEDIA_FILTER: MediaFilter = { folder: null, kinds: [], shapes: [], labels: [], rating: 0, marks: [] }

export const isFiltered = (filter: MediaFilter): boolean =>
  filter.folder !== null ||
  filter.rating > 0 ||
  [filter.kinds, filter.shapes, filter.labels, filter.marks].some((list) => list.length > 0)

const INDEX: Readonly<Record<MediaOrder, string>> = {
  newest: '[trashedAt+createdAt]',
  oldest: '[trashedAt+createdAt]',
  name: '[trashedAt+name]',
  largest: '[trashedAt+size]',
}

/** Ids of the files that pass a filter, in an order. `today`: of the workspace's zone. */
export async function libraryIds(
  db: WorkspaceDb,
  filter: MediaFilter,
  order: MediaOrder,
  today: IsoDate,
): Promise<readonly string[]> {
  const [ordered, sets] = await Promise.all([
    db.media.where(INDEX[order]).between([0, Dexie.minKey], [0, Dexie.maxKey]).primaryKeys(),
    Promise.all(asked(db, filter, today)),
  ])
  const passing = ordered.filter((id) => sets.every((ids) => ids.has(id)))
  return order === 'newest' || order === 'largest' ? passing.reverse() : passing
}

/** The first of them, where nothing is filtered: read in a fraction of the time that all take. */
export function firstIds(db: WorkspaceDb, order: MediaOrder, most: number): Promise<readonly string[]> {
  const ordered = db.media.where(INDEX[order]).between([0, Dexie.minKey], [0, Dexie.maxKey])
  return (order === 'newest' || order === 'largest' ? ordered.reverse() : ordered).limit(most).primaryKeys()
}

/** A set for each thing the filter asks for. */
function asked(db: WorkspaceDb, filter: MediaFilter, today: IsoDate): Promise<ReadonlySet<string>>[] {
  const { folder, kinds, shapes, labels, rating, marks } = filter
  const setOf = async (keys: Promise<string[]>): Promise<ReadonlySet<string>> => new Set(await keys)
  const sets: Promise<ReadonlySet<string>>[] = []
  if (folder !== null) sets.push(setOf(inFolder(db, folder)))
  if (kinds.length > 0)
    sets.push(
      setOf(
        db.media
          .where('kind')
          .anyOf([...kinds])
          .primaryKeys(),
      ),
    )
  if (shapes.length > 0)
    sets.push(
      setOf(
        db.media
          .where('shape')
          .anyOf([...shapes])
          .primaryKeys(),
      ),
    )
  if (labels.length > 0)
    sets.push(
      setOf(
        db.media
          .where('labels')
          .anyOf([...labels])
          .primaryKeys(),
      ),
    )
  if (rating > 0) sets.push(setOf(db.media.where('rating').aboveOrEqual(rating).primaryKeys()))
  if (marks.includes('no-alt')) sets.push(setOf(db.media.where('alt').equals('').primaryKeys()))
  if (marks.includes('rights')) sets.push(setOf(rightsEndingIds(db, today)))
  if (marks.includes('unused')) sets.push(unusedIds(db))
  return sets
}

/** '' is what lies outside of all folders. */
const inFolder = (db: WorkspaceDb, folder: string): Promise<string[]> =>
  folder === ''
    ? db.media.where('folder').equals('').primaryKeys()
    : db.media.where('folder').equals(folder).or('folder').startsWith(`${folder}/`).primaryKeys()

async function unusedIds(db: WorkspaceDb): Promise<ReadonlySet<string>> {
  const [all, used] = await Promise.all([db.media.toCollection().primaryKeys(), usedIds(db)])
  return new Set(all.filter((id) => !used.has(id)))
}

/** Files whose licence or release has ended or ends within the time of notice. */
export async function rightsEndingIds(db: WorkspaceDb, today: IsoDate): Promise<string[]> {
  const until = addDays(today, RIGHTS_NOTICE)
  const ending = (index: 'licenceUntil' | 'releaseUntil') =>
    db.media.where(index).between('0', until, true, true).primaryKeys()
  return [...new Set((await Promise.all([ending('licenceUntil'), ending('releaseUntil')])).flat())]
}

export interface Folder {
  readonly path: string
  /** Files directly in it. */
  readonly files: number
}

/** Folders with something in them, by path; the one without a name is not among them. */
export async function foldersOf(db: WorkspaceDb): Promise<readonly Folder[]> {
  const paths = (await db.media.orderBy('folder').uniqueKeys()) as string[]
  const named = paths.filter((path) => path !== '')
  const counts = await Promise.all(named.map((path) => db.media.where('[trashedAt+folder]').equals([0, path]).count()))
  return named
    .map((path, at) => ({ path, files: counts[at] ?? 0 }))
    .filter(({ files }) => files > 0)
    .sort((a, b) => a.path.localeCompare(b.path))
}

export const mediaLabels = async (db: WorkspaceDb): Promise<readonly string[]> =>
  ((await db.media.orderBy('labels').uniqueKeys()) as string[]).toSorted((a, b) => a.localeCompare(b))

/** Rows in the order of the ids; what is gone is left out. */
export const mediaByIds = async (db: WorkspaceDb, ids: readonly string[]): Promise<readonly Medium[]> =>
  (await db.media.bulkGet([...ids])).filter((medium) => medium !== undefined)

/** The file with the same content, if one is there; one in the trash counts, too. */
export const mediumWithHash = (db: WorkspaceDb, hash: string): Promise<Medium | undefined> =>
  db.media.where('hash').equals(hash).first()

/** The same, of those that are in sight only. */
export const aliveWithHash = async (db: WorkspaceDb, hash: string): Promise<Medium | undefined> =>
  (await db.media.where('hash').equals(hash).toArray()).find(({ trashedAt }) => trashedAt === 0)

export const trashedMedia = (db: WorkspaceDb): Promise<Medium[]> =>
  db.media.where('trashedAt').above(0).reverse().sortBy('trashedAt')

export interface LibrarySums {
  readonly files: number
  /** bytes of all originals, those in the trash too */
  readonly bytes: number
}

/** How many files there are and what they take; sizes are read from their index. */
export async function librarySums(db: WorkspaceDb): Promise<LibrarySums> {
  const [files, sizes] = await Promise.all([
    db.media.where('trashedAt').equals(0).count(),
    db.media.orderBy('[trashedAt+size]').keys(),
  ])
  return { files, bytes: sizes.reduce<number>((sum, key) => sum + (key as unknown as [number, number])[1], 0) }
}
