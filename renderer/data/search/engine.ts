/**
 * Search over one workspace: reads its database, builds the index newest first in small steps, then follows the log of changes.
 * Runs in a worker; in Node, where there is none, beside the caller.
 */
import { liveQuery, type Subscription } from 'dexie'
import type { Campaign, Task } from '../../../shared/domain/campaign.ts'
import type { Alike } from '../../../shared/domain/clash.ts'
import { type DocNode, plainText } from '../../../shared/domain/document.ts'
import type { Medium } from '../../../shared/domain/medium.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { DayNote } from '../../../shared/domain/workspace.ts'
import type { WorkspaceDb } from '../db.ts'
import { patchesSince } from '../log.ts'
import { createLikes } from './likeness.ts'
import { createIndex, type Entry, type HitKind, type Match } from './searchIndex.ts'
import { rangesOf, type Span, termsOf } from './terms.ts'

export interface Query {
  readonly limit: number
  readonly kinds?: readonly HitKind[]
}

/** Something found, with what a list needs to draw it. */
export type Hit = {
  readonly score: number
  readonly title: string
  readonly titleRanges: readonly Span[]
  /** The passage that matched; '' when only the title did. */
  readonly excerpt: string
  readonly excerptRanges: readonly Span[]
} & (
  | { readonly kind: 'post'; readonly row: Post }
  | { readonly kind: 'campaign'; readonly row: Campaign }
  | { readonly kind: 'note'; readonly row: DayNote }
  | { readonly kind: 'task'; readonly row: Task }
  | { readonly kind: 'medium'; readonly row: Medium }
)

export interface Progress {
  readonly done: number
  readonly total: number
  /** Goes up whenever so much more is in the index, or something else, that a question is worth asking again. */
  readonly learned: number
}

export interface LikeQuery {
  /** The post whose text it is: it is like itself. */
  readonly except: string
  /** Its series, whose posts say the same because they should; '' for none. */
  readonly exceptSeries?: string
}

/** Rows read at once: a write that comes in between waits for no more than this. */
const CHUNK = 50
/** While the index is built, a question is worth asking again each time so many more are in it, and once all are. */
const MORE = 2_000
const TABLE: Readonly<Record<HitKind, 'posts' | 'campaigns' | 'dayNotes' | 'tasks' | 'media'>> = {
  post: 'posts',
  campaign: 'campaigns',
  note: 'dayNotes',
  task: 'tasks',
  medium: 'media',
}
const KIND: Readonly<Record<string, HitKind>> = {
  posts: 'post',
  campaigns: 'campaign',
  dayNotes: 'note',
  tasks: 'task',
  media: 'medium',
}

/** Lets the transaction of the last read end and waiting questions be heard. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
const textOf = (content: readonly DocNode[] | undefined) => (content ? plainText({ content }) : '')
const dayStart = (date: string | null) => (date ? Date.parse(`${date}T12:00:00Z`) : 0)

export function createEngine(db: WorkspaceDb, onProgress: (progress: Progress) => void = () => {}) {
  const index = createIndex()
  const likes = createLikes()
  let stopped = false
  let seen = ''
  let progress: Progress = { done: 0, total: 0, learned: 0 }
  const tell = (now: Partial<Progress>) => {
    progress = { ...progress, ...now }
    onProgress(progress)
  }
  let subscription: Subscription | undefined

  /** Rows and their texts, in the order of the ids. A transaction stays open while its worker counts, and every writer waits for it. */
  const read = async (kind: HitKind, ids: readonly string[]) => {
    const rows = await db.table<Searchable, string>(TABLE[kind]).bulkGet([...ids])
    const documents = kind === 'post' || kind === 'campaign' ? await db.documents.bulkGet([...ids]) : []
    await breathe()
    return { rows, documents }
  }

  /** Reads rows and their texts and puts them into the index; what is gone or trashed is taken out. */
  const refresh = async (kind: HitKind, ids: readonly string[]) => {
    const { rows, documents } = await read(kind, ids)
    const entries: Entry[] = []
    ids.forEach((id, at) => {
      const row = rows[at]
      if (row && row.trashedAt === 0) {
        const entry = entryOf(kind, row, textOf(documents[at]?.content))
        entries.push(entry)
        if (kind === 'post') likes.put(id, entry.text || entry.title)
      } else {
        index.drop(kind, id)
        if (kind === 'post') likes.drop(id)
      }
    })
    index.put(entries)
  }

  /** Reads the log from where it was last read and refreshes what it names. */
  const follow = async () => {
    const heads = await db.changes.where('id').above(seen).toArray()
    const patches = await patchesSince(db, seen)
    const touched = new Map<HitKind, Set<string>>()
    const touch = (kind: HitKind, id: string) => touched.set(kind, (touched.get(kind) ?? new Set()).add(id))
    for (const { table, id } of patches) {
      const kind = KIND[table]
      if (kind) touch(kind, id)
      // The text of a post or a brief, under the id of either.
      else if (table === 'documents') for (const owner of ['post', 'campaign'] as const) touch(owner, id)
    }
    seen = heads.at(-1)?.id ?? seen
    for (const [kind, ids] of touched) {
      const list = [...ids]
      for (let at = 0; at < list.length; at += CHUNK) await refresh(kind, list.slice(at, at + CHUNK))
    }
    // Whoever asked meanwhile was answered without it.
    if (touched.size > 0) tell({ learned: progress.learned + 1 })
  }

  const build = async () => {
    seen = ((await db.changes.orderBy('id').reverse().limit(1).primaryKeys())[0] ?? '') as string
    const lists: [HitKind, string[]][] = [
      ['campaign', await db.campaigns.toCollection().primaryKeys()],
      ['note', await db.dayNotes.toCollection().primaryKeys()],
      ['task', await db.tasks.toCollection().primaryKeys()],
      ['post', await db.posts.orderBy('updatedAt').reverse().primaryKeys()],
      ['medium', (await db.media.toCollection().primaryKeys()).reverse()],
    ]
    const total = lists.reduce((sum, [, ids]) => sum + ids.length, 0)
    tell({ total })
    for (const [kind, ids] of lists) {
      for (let at = 0; at < ids.length && !stopped; at += CHUNK) {
        const chunk = ids.slice(at, at + CHUNK)
        await refresh(kind, chunk)
        const done = progress.done + chunk.length
        const more = done === total || Math.floor(done / MORE) > Math.floor(progress.done / MORE)
        tell({ done, learned: progress.learned + (more ? 1 : 0) })
      }
    }
    if (stopped) return
    await follow()
    if (stopped) return
    subscription = liveQuery(() => db.changes.orderBy('id').reverse().limit(1).primaryKeys()).subscribe(() => {
      queue = queue.then(() => (stopped ? undefined : follow()))
    })
  }
  let queue: Promise<void> = Promise.resolve()
  const ready = build()

  const query = async (text: string, options: Query): Promise<Hit[]> => {
    const matches = index.find(text, { ...options, now: Date.now() })
    const asked = termsOf(text).map(({ term }) => term)
    const hits = new Map<Match, Hit>()
    for (const [kind, list] of Map.groupBy(matches, (match) => match.kind)) {
      const ids = list.map(({ id }) => id)
      const { rows, documents } = await read(kind, ids)
      list.forEach((match, at) => {
        const row = rows[at]
        if (!row || row.trashedAt > 0) return
        const entry = entryOf(kind, row, textOf(documents[at]?.content))
        const found = new Set(match.terms)
        // `kind` names the table the row was read from.
        hits.set(match, {
          kind,
          row,
          score: match.score,
          ...titleOf(entry, found, asked),
          ...passageOf(entry, found, asked),
        } as Hit)
      })
    }
    return matches.flatMap((match) => hits.get(match) ?? [])
  }

  const alike = async (text: string, { except, exceptSeries = '' }: LikeQuery): Promise<Alike[]> => {
    const found = likes.find(text).filter(({ id }) => id !== except)
    const rows = await db.posts.bulkGet(found.map(({ id }) => id))
    return found
      .flatMap(({ likeness }, at) => {
        const row = rows[at]
        if (!row || row.trashedAt > 0 || row.status === 'cancelled') return []
        if (exceptSeries !== '' && row.seriesId === exceptSeries) return []
        const { id, title, planned, plannedAt, status, seriesId, evergreenOf } = row
        return [{ post: { id, title, planned, plannedAt, status, seriesId, evergreenOf }, likeness }]
      })
      .sort((a, b) => b.likeness - a.likeness)
  }

  return {
    query,
    alike,
    /** Resolves when everything is in the index; it follows the log from then on. */
    ready: () => ready,
    /** Resolves once nothing is read any more, so that the database can be closed. */
    async dispose() {
      stopped = true
      await ready.catch(() => undefined)
      subscription?.unsubscribe()
      await queue
    },
  }
}

type Searchable = Post | Campaign | DayNote | Task | Medium

function entryOf(kind: HitKind, row: Searchable, text: string): Entry {
  const blank = { kind, id: row.id, summary: '', labels: '', notes: '', text, at: 0 }
  switch (kind) {
    case 'post': {
      const post = row as Post
      return {
        ...blank,
        title: post.title,
        summary: post.summary,
        labels: post.labels.join(' '),
        notes: [post.notes, ...post.checklist.map((item) => item.text)].filter(Boolean).join('\n'),
        at: post.plannedAt > 0 ? post.plannedAt : post.updatedAt,
      }
    }
    case 'campaign': {
      const campaign = row as Campaign
      return {
        ...blank,
        title: campaign.name,
        summary: campaign.objective,
        labels: campaign.phases.map(({ name }) => name).join(' '),
        notes: [campaign.audience, ...campaign.keyMessages].filter(Boolean).join('\n'),
        at: dayStart(campaign.launchOn ?? campaign.startOn) || campaign.updatedAt,
      }
    }
    case 'note':
      return { ...blank, title: (row as DayNote).text, at: dayStart((row as DayNote).on) }
    case 'task':
      return { ...blank, title: (row as Task).title, at: dayStart((row as Task).dueOn) }
    case 'medium': {
      const { name, alt, labels, folder, credit, licence, release, createdAt } = row as Medium
      return {
        ...blank,
        title: name,
        summary: alt,
        labels: [...labels, folder].join(' '),
        notes: [credit, licence, release].filter(Boolean).join('\n'),
        at: createdAt,
      }
    }
  }
}

const titleOf = (entry: Entry, found: ReadonlySet<string>, asked: readonly string[]) => ({
  title: entry.title,
  titleRanges: rangesOf(entry.title, found, asked),
})

const BEFORE = 16
const PASSAGE = 140

/** The first passage outside the title that matched, cut between words to one line. */
function passageOf(entry: Entry, found: ReadonlySet<string>, asked: readonly string[]) {
  for (const source of [entry.summary, entry.text, entry.notes, entry.labels]) {
    const first = rangesOf(source, found, asked)[0]
    if (!first) continue
    const from = first[0] <= BEFORE ? 0 : wordStart(source, first[0] - BEFORE)
    const whole = source.slice(from, from + PASSAGE)
    const cut =
      from + PASSAGE < source.length ? whole.slice(0, Math.max(whole.lastIndexOf(' '), first[1] - from)) : whole
    const excerpt = `${from > 0 ? '…' : ''}${cut.replace(/\s/g, ' ')}${cut.length < source.length - from ? '…' : ''}`
    return { excerpt, excerptRanges: rangesOf(excerpt, found, asked) }
  }
  return { excerpt: '', excerptRanges: [] }
}

/** The beginning of the word at or after a position, or the position itself where words have no spaces. */
function wordStart(text: string, at: number): number {
  const space = text.slice(at, at + BEFORE).search(/\s/)
  return space < 0 ? at : at + space + 1
}
