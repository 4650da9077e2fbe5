/** A workspace, or part of it, as a file in one of the formats Outpost also reads. */
import { strToU8, type ZippableFile, zipSync } from 'fflate'
import { matches } from '../../../shared/domain/filter.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { dateAt, type Instant, type IsoDate } from '../../../shared/domain/time.ts'
import { docOf, type PostFilter, type Settings } from '../../../shared/domain/workspace.ts'
import { writeCsv } from '../../../shared/interchange/csv.ts'
import { writeIcs } from '../../../shared/interchange/ics.ts'
import { mediumPath, writeJson } from '../../../shared/interchange/json.ts'
import { writeMarkdownFolder } from '../../../shared/interchange/markdown.ts'
import { type ImportedDayNote, type ImportedPost, slugOf } from '../../../shared/interchange/model.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { unsealed } from '../../data/sums.ts'
import { asImported, namesIn } from './asImported.ts'
import { layPictures, type PackedFile, picturesOf, shownBy } from './exportPictures.ts'

export type ExportFormat = 'markdown' | 'csv' | 'ics' | 'json'

export interface ExportChoice {
  readonly format: ExportFormat
  /** Absent: every post. */
  readonly filter?: PostFilter
  /** Days the posts are planned for, both included; absent: all, undated ones too. */
  readonly range?: { readonly from: IsoDate; readonly to: IsoDate }
  /** Every file of the library, not only those the posts show. An export of Outpost only. */
  readonly library?: boolean
}

/** Bytes cross to the shell as one text, and no text of an engine is longer than half a gigabyte. */
export const MOST_SAVED = 380_000_000

/** `bytes`: what the media alone take. */
export interface TooLarge {
  readonly kind: 'too-large'
  readonly bytes: number
}

export interface ExportedFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly posts: number
}

const inChoice = (post: Post, { filter, range }: ExportChoice) =>
  post.trashedAt === 0 &&
  (!filter || matches(post, filter)) &&
  (!range || (post.planned !== null && post.planned.date >= range.from && post.planned.date <= range.to))

const chosenPosts = async (db: WorkspaceDb, choice: ExportChoice): Promise<Post[]> =>
  (await db.posts.orderBy('plannedAt').toArray()).filter((post) => inChoice(post, choice))

/** How many posts a choice is. A calendar takes dated posts only. */
export async function countExport(db: WorkspaceDb, choice: ExportChoice): Promise<{ posts: number; undated: number }> {
  const posts = await chosenPosts(db, choice)
  const undated = posts.filter(({ planned }) => planned === null).length
  return { posts: choice.format === 'ics' ? posts.length - undated : posts.length, undated }
}

export interface AboutExport {
  /** Name of the workspace. */
  readonly name: string
  readonly now: Instant
  readonly settings: Pick<Settings, 'zone'>
}

/** Makes the file. What lies in the trash is never in it. Media that are too much for one file are not even read. */
export async function makeExport(
  db: WorkspaceDb,
  choice: ExportChoice,
  { name, now, settings }: AboutExport,
): Promise<Result<ExportedFile, TooLarge>> {
  const today = dateAt(now, settings.zone)
  const stem = `${slugOf(name) || 'outpost'}-${today}`
  const posts = await chosenPosts(db, choice)
  const alive = <T extends { readonly trashedAt: number }>(rows: readonly T[]) =>
    rows.filter(({ trashedAt }) => trashedAt === 0)
  const dayNotes = alive(await db.dayNotes.toArray()).filter(
    ({ on, until }) => !choice.range || (on <= choice.range.to && until >= choice.range.from),
  )
  const reference = {
    people: await db.people.toArray(),
    channels: await db.channels.toArray(),
    campaigns: await db.campaigns.toArray(),
    pillars: await db.pillars.toArray(),
  }

  if (choice.format === 'json') {
    const campaigns = alive(reference.campaigns)
    const placements = await db.placements
      .where('postId')
      .anyOf(posts.map(({ id }) => id))
      .toArray()
    const ids = [...posts, ...placements, ...campaigns].map(({ id }) => id)
    const documents = filled(await db.documents.bulkGet(ids))
    const channels = alive(reference.channels)
    const faces = channels.flatMap(({ avatarId }) => avatarId || [])
    const shown = shownBy(posts, documents, placements)
    const library = choice.library ? await db.media.where('trashedAt').equals(0).primaryKeys() : []
    const read = await readMedia(db, [...new Set([...shown, ...faces, ...library])])
    if (!read.ok) return read
    const pictures = read.value
    const content = {
      posts: posts.map(unsealed),
      documents: documents.map(({ id, content }) => ({ id, content })),
      placements: placements.map(unsealed),
      series: alive(await db.series.toArray()).map(unsealed),
      campaigns: campaigns.map(unsealed),
      channels: channels.map(unsealed),
      people: alive(reference.people).map(unsealed),
      pillars: alive(reference.pillars).map(unsealed),
      snippets: alive(await db.snippets.toArray()).map(unsealed),
      mentions: alive(await db.mentions.toArray()).map(unsealed),
      vocabulary: (await db.vocabulary.toArray()).map(unsealed),
      brandWords: alive(await db.brandWords.toArray()).map(unsealed),
      personas: alive(await db.personas.toArray()).map(unsealed),
      templates: alive(await db.templates.toArray()).map(unsealed),
      tasks: alive(await db.tasks.toArray()).map(unsealed),
      dayNotes: dayNotes.map(unsealed),
      views: alive(await db.views.toArray()).map(unsealed),
      media: pictures.map(({ medium }) => unsealed(medium)),
    }
    const json = strToU8(writeJson(content, name, today))
    if (pictures.length === 0) return ok({ name: `${stem}.json`, bytes: json, posts: posts.length })
    const beside = pictures.map(({ medium, bytes }) => ({ path: mediumPath(medium), bytes }))
    const files = zipped([{ path: 'workspace.json', bytes: json }], beside, now)
    return ok({ name: `${stem}-outpost.zip`, bytes: files, posts: posts.length })
  }

  const texts = await db.documents.bulkGet(posts.map(({ id }) => id))
  const names = namesIn(reference)
  const words = posts.map((post, at): ImportedPost => asImported(post, docOf(texts[at]), names))
  if (choice.format === 'csv') return ok({ name: `${stem}.csv`, bytes: strToU8(writeCsv(words)), posts: posts.length })
  if (choice.format === 'ics') {
    const dated = words.filter(({ planned }) => planned !== null)
    const notes = dayNotes.map(({ id, on, until, kind, text }): ImportedDayNote => ({ id, on, until, kind, text }))
    return ok({ name: `${stem}.ics`, bytes: strToU8(writeIcs(dated, notes, now, name)), posts: dated.length })
  }
  const pictures = await readMedia(db, shownBy(posts, filled(texts)))
  if (!pictures.ok) return pictures
  const laid = layPictures(posts, words, pictures.value)
  const written = writeMarkdownFolder(laid.posts, { zone: settings.zone, time: '09:00' })
  const files = written.map(({ path, text }) => ({ path, bytes: strToU8(text) }))
  return ok({ name: `${stem}-markdown.zip`, bytes: zipped(files, laid.files, now), posts: posts.length })
}

async function readMedia(db: WorkspaceDb, ids: readonly string[]) {
  const rows = filled(await db.media.bulkGet([...ids]))
  const bytes = rows.reduce((sum, { size }) => sum + size, 0)
  return bytes > MOST_SAVED
    ? err<TooLarge>({ kind: 'too-large', bytes })
    : ok(
        await picturesOf(
          db,
          rows.map(({ id }) => id),
        ),
      )
}

const filled = <T>(rows: readonly (T | undefined)[]): T[] => rows.filter((row) => row !== undefined)

/** Pictures are small already, so they are only laid beside. The same input gives the same bytes. */
function zipped(files: readonly PackedFile[], pictures: readonly PackedFile[], at: Instant): Uint8Array {
  const entry =
    (level: 0 | 6) =>
    ({ path, bytes }: PackedFile) =>
      [path, [bytes, { level, mtime: at }] satisfies ZippableFile] as const
  return zipSync(Object.fromEntries([...files.map(entry(6)), ...pictures.map(entry(0))]))
}
