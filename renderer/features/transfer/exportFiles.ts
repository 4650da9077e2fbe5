/** A workspace, or part of it, as a file in one of the formats Outpost also reads. */
import { strToU8, zipSync } from 'fflate'
import { matches } from '../../../shared/domain/filter.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { dateAt, type Instant, type IsoDate } from '../../../shared/domain/time.ts'
import { docOf, type PostFilter, type Settings } from '../../../shared/domain/workspace.ts'
import { writeCsv } from '../../../shared/interchange/csv.ts'
import { writeIcs } from '../../../shared/interchange/ics.ts'
import { writeJson } from '../../../shared/interchange/json.ts'
import { writeMarkdownFolder } from '../../../shared/interchange/markdown.ts'
import { type ImportedDayNote, type ImportedPost, slugOf, type WrittenFile } from '../../../shared/interchange/model.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { asImported, namesIn } from './asImported.ts'

export type ExportFormat = 'markdown' | 'csv' | 'ics' | 'json'

export interface ExportChoice {
  readonly format: ExportFormat
  /** Absent: every post. */
  readonly filter?: PostFilter
  /** Days the posts are planned for, both included; absent: all, undated ones too. */
  readonly range?: { readonly from: IsoDate; readonly to: IsoDate }
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

/** Makes the file. What lies in the trash is never in it. */
export async function makeExport(
  db: WorkspaceDb,
  choice: ExportChoice,
  { name, now, settings }: AboutExport,
): Promise<ExportedFile> {
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
    const content = {
      posts,
      documents: (await db.documents.bulkGet(ids)).filter((document) => document !== undefined),
      placements,
      campaigns,
      channels: alive(reference.channels),
      people: alive(reference.people),
      pillars: alive(reference.pillars),
      snippets: alive(await db.snippets.toArray()),
      mentions: alive(await db.mentions.toArray()),
      vocabulary: await db.vocabulary.toArray(),
      brandWords: alive(await db.brandWords.toArray()),
      personas: alive(await db.personas.toArray()),
      templates: alive(await db.templates.toArray()),
      tasks: alive(await db.tasks.toArray()),
      dayNotes,
      views: alive(await db.views.toArray()),
    }
    return { name: `${stem}.json`, bytes: strToU8(writeJson(content, name, today)), posts: posts.length }
  }

  const texts = await db.documents.bulkGet(posts.map(({ id }) => id))
  const names = namesIn(reference)
  const words = posts.map((post, at): ImportedPost => asImported(post, docOf(texts[at]), names))
  if (choice.format === 'csv') return { name: `${stem}.csv`, bytes: strToU8(writeCsv(words)), posts: posts.length }
  if (choice.format === 'ics') {
    const dated = words.filter(({ planned }) => planned !== null)
    const notes = dayNotes.map(({ id, on, until, kind, text }): ImportedDayNote => ({ id, on, until, kind, text }))
    return { name: `${stem}.ics`, bytes: strToU8(writeIcs(dated, notes, now, name)), posts: dated.length }
  }
  const files = writeMarkdownFolder(words, { zone: settings.zone, time: '09:00' })
  return { name: `${stem}-markdown.zip`, bytes: zipped(files), posts: posts.length }
}

const zipped = (files: readonly WrittenFile[]): Uint8Array =>
  zipSync(Object.fromEntries(files.map(({ path, text }) => [path, strToU8(text)])), { level: 6 })
