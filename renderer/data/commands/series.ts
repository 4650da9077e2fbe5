/** Repeating a post, as named commands: each is one transaction and one undo, however many posts it makes or changes. */
import { type Post, plannedFields, shiftDays } from '../../../shared/domain/post.ts'
import { formatRule, type RecurrenceRule } from '../../../shared/domain/recurrence.ts'
import { daysToMake, reached, type Series, startOf } from '../../../shared/domain/series.ts'
import {
  addDays,
  dateAt,
  daysBetween,
  type IsoDate,
  toInstant,
  type WallTime,
  type Zone,
} from '../../../shared/domain/time.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { WorkspaceDb } from '../db.ts'
import type { Tx } from '../recorder.ts'
import type { Rows } from '../tables.ts'
import { copyPlacements, replacePlacements } from './placementRows.ts'
import { blankPost, named, type PostStore } from './posts.ts'

export type RepeatRefusal =
  | { readonly kind: 'missing' }
  | { readonly kind: 'no-date' }
  | { readonly kind: 'repeats-already' }
  /** No day in the coming years fits. */
  | { readonly kind: 'never' }
  /** It is out and would have to move to the first day of the rule. */
  | { readonly kind: 'is-out'; readonly on: IsoDate }

/** Makes a post the first of a series, and its occurrences as far as the rule or the horizon reaches. `words`: the rule in words. */
export const repeatPost = (
  store: PostStore,
  id: string,
  rule: RecurrenceRule,
  words: string,
): Promise<Result<Post[], RepeatRefusal>> =>
  store.change<Post[], RepeatRefusal>({ command: 'repeatPost', label: `Repeats: ${words}` }, async (tx) => {
    const post = await tx.get('posts', id)
    if (!post) return err({ kind: 'missing' })
    if (!post.planned) return err({ kind: 'no-date' })
    if (post.seriesId) return err({ kind: 'repeats-already' })
    const start = startOf(rule, post.planned.date)
    if (!start) return err({ kind: 'never' })
    if (post.status === 'published' && start !== post.planned.date)
      return err({ kind: 'is-out', on: post.planned.date })
    const today = dateAt(tx.now, post.planned.zone)
    const plan = { rule: formatRule(rule), start }
    const days = daysToMake(plan, null, today)
    const first = { seriesId: newId(), occursOn: start }
    // A post that stands on another day than the rule's first goes there: it is the first occurrence.
    const moved =
      post.planned.date === start
        ? {}
        : plannedFields(post, shiftDays(post.planned, daysBetween(post.planned.date, start)))
    await tx.update('posts', id, { ...first, ...moved })
    const { planned } = post
    // A post of last spring repeats from now on: nothing is planned into the past.
    const toCome = (day: IsoDate) => day > start && toInstant({ ...planned, date: day }) >= tx.now
    const made = await makeOccurrences(tx, { ...post, ...first, ...moved }, days.filter(toCome))
    await tx.create('series', {
      id: first.seriesId,
      ...plan,
      patternId: lastOf(made) ?? id,
      through: days.at(-1) ?? start,
      trashedAt: 0,
    })
    return ok(made)
  })

/**
 * What new occurrences are made from: the last one there is. What is done to one alone is done to those that come soon, and must not
 * go on in those to come.
 */
const lastOf = (posts: readonly Post[]): string | undefined =>
  posts.reduce<Post | undefined>((last, post) => (last && last.occursOn >= post.occursOn ? last : post), undefined)?.id

/** Copies of the pattern on days of the rule, at its clock time and as far from the rule's days as it was moved. What went out once does so again as a draft. */
async function makeOccurrences(tx: Tx<Rows>, pattern: Post, days: readonly IsoDate[]): Promise<Post[]> {
  const { planned } = pattern
  if (!planned || days.length === 0) return []
  const document = await tx.get('documents', pattern.id)
  const on = pattern.occursOn || planned.date
  const made = days.map((day, index) => {
    const status = pattern.status === 'published' || pattern.status === 'cancelled' ? 'draft' : pattern.status
    return blankPost(tx.now, {
      ...pattern,
      id: newId(),
      planned: shiftDays(planned, daysBetween(on, day)),
      status,
      dueOn: pattern.dueOn && addDays(pattern.dueOn, daysBetween(on, day)),
      checklist: pattern.checklist.map((item) => ({ ...item, done: false })),
      occursOn: day,
      source: null,
      order: tx.now + index,
      createdAt: tx.now,
      updatedAt: tx.now,
      trashedAt: 0,
    })
  })
  await tx.createMany('posts', made)
  await tx.createMany(
    'documents',
    made.map(({ id }) => ({ id, content: document?.content ?? [] })),
  )
  await copyPlacements(
    tx,
    made.map((to) => ({ from: pattern, to })),
  )
  return made
}

/** Writes endless rules out further, once a day or at start. Gives how many posts were made. */
export async function extendSeries(db: WorkspaceDb, store: PostStore, zone: Zone, now: number): Promise<number> {
  const today = dateAt(now, zone)
  const due = (await db.series.where('trashedAt').equals(0).toArray()).flatMap((series) => {
    const days = daysToMake(series, series.through, today)
    return days.length > 0 ? [{ series, days }] : []
  })
  let count = 0
  for (const { series, days } of due) {
    const patternId = await patternOf(db, series)
    if (!patternId) continue
    const made = await store.change<Post[], never>(
      (posts) => ({ command: 'extendSeries', label: `Wrote out ${named(posts)}, which repeats`, undoable: false }),
      async (tx) => {
        const pattern = await tx.get('posts', patternId)
        if (!pattern) return ok([])
        const { planned } = pattern
        // Nobody was here for months: what would have been is not made up for.
        const toCome = days.filter((day) => !planned || toInstant({ ...planned, date: day }) >= tx.now)
        const made = await makeOccurrences(tx, pattern, toCome)
        await tx.update('series', series.id, {
          through: days.at(-1) ?? series.through,
          patternId: lastOf(made) ?? patternId,
        })
        return ok(made)
      },
    )
    if (made.ok) count += made.value.length
  }
  return count
}

/** The post new occurrences are made from; when it is gone, the latest that is not. */
async function patternOf(db: WorkspaceDb, series: Series): Promise<string | undefined> {
  const pattern = await db.posts.get(series.patternId)
  if (pattern?.trashedAt === 0 && pattern.planned) return pattern.id
  const posts = await db.posts.where('seriesId').equals(series.id).toArray()
  return posts
    .filter((post) => post.trashedAt === 0 && post.planned)
    .sort((a, b) => (a.occursOn < b.occursOn ? 1 : -1))[0]?.id
}

export type SpreadRefusal =
  | { readonly kind: 'missing' }
  | { readonly kind: 'no-series' }
  /** It has no date it could give. */
  | { readonly kind: 'no-time' }
  | { readonly kind: 'in-the-past'; readonly to: WallTime; readonly post: Post }

/** What of an occurrence is given to the others. */
export interface Spread {
  /** Title, text, pictures, channels and everything else a person fills in, but date and status. */
  readonly content: boolean
  /** As many days from the day of the rule as this one was moved, and its clock time. */
  readonly time: boolean
}

/**
 * Gives what one occurrence is to those after it, or to all; what is out or in the trash stays. Its time is given to those that have
 * one and are still to come. New ones are made as the last of them is then.
 */
export const spreadToSeries = (
  store: PostStore,
  db: WorkspaceDb,
  id: string,
  scope: 'following' | 'all',
  { content, time }: Spread,
): Promise<Result<Post[], SpreadRefusal>> =>
  store.change<Post[], SpreadRefusal>(
    (posts) => ({ command: 'spreadToSeries', label: `Changed ${posts.length} more of the series` }),
    async (tx) => {
      const post = await tx.get('posts', id)
      if (!post) return err({ kind: 'missing' })
      if (!post.seriesId) return err({ kind: 'no-series' })
      if (time && !post.planned) return err({ kind: 'no-time' })
      const all = reached(await db.posts.where('seriesId').equals(post.seriesId).toArray(), post, scope)
      // Whose day is over, or was taken off, is not called back by a new hour.
      const others = time ? all.filter(({ plannedAt }) => plannedAt >= tx.now) : all
      if (time && post.planned) {
        const days = daysBetween(post.occursOn, post.planned.date)
        for (const other of others) {
          const to = shiftDays({ ...post.planned, date: other.occursOn }, days)
          if (toInstant(to) < tx.now) return err({ kind: 'in-the-past', to, post: other })
          await tx.update('posts', other.id, plannedFields(other, to))
        }
      }
      if (content) {
        const document = await tx.get('documents', id)
        await tx.updateMany(
          'posts',
          others.map((other) => ({ id: other.id, fields: contentFields(post, other) })),
        )
        for (const other of others) await tx.replaceList('documents', other.id, 'content', document?.content ?? [])
        await replacePlacements(tx, post, others)
      }
      await tx.update('series', post.seriesId, { patternId: lastOf([post, ...all]) ?? id })
      return ok(others)
    },
  )

const contentFields = (from: Post, to: Post): Partial<Post> => ({
  title: from.title,
  summary: from.summary,
  excerpt: from.excerpt,
  words: from.words,
  channelIds: from.channelIds,
  campaignId: from.campaignId,
  pillarId: from.pillarId,
  ownerId: from.ownerId,
  authorIds: from.authorIds,
  labels: from.labels,
  notes: from.notes,
  // What is ticked off on one is not done on the other.
  checklist: from.checklist.map((item) => ({
    ...item,
    done: to.checklist.find((own) => own.id === item.id)?.done ?? false,
  })),
  pinned: from.pinned,
  media: from.media,
  coverId: from.coverId,
})

/** Ends a series after one of its posts: those that follow and are not out go to the trash. */
export const endSeries = (store: PostStore, db: WorkspaceDb, id: string): Promise<Result<Post[], SpreadRefusal>> =>
  store.change<Post[], SpreadRefusal>(
    (posts) => ({ command: 'endSeries', label: `Ended the series, ${posts.length} posts to the trash` }),
    async (tx) => {
      const post = await tx.get('posts', id)
      if (!post) return err({ kind: 'missing' })
      const series = post.seriesId ? await tx.get('series', post.seriesId) : undefined
      if (!series) return err({ kind: 'no-series' })
      const rest = reached(await db.posts.where('seriesId').equals(series.id).toArray(), post, 'following')
      await tx.updateMany(
        'posts',
        rest.map((other) => ({ id: other.id, fields: { trashedAt: tx.now } })),
      )
      await tx.update('series', series.id, { trashedAt: tx.now })
      return ok(rest)
    },
  )

/** Takes one post out of its series: it stays as it is, and changes of the series do not reach it any more. */
export const leaveSeries = (store: PostStore, id: string): Promise<Result<Post, { readonly kind: 'missing' }>> =>
  store.change<Post, { readonly kind: 'missing' }>(
    (post) => ({ command: 'leaveSeries', label: `${named([post])} on its own` }),
    async (tx) => {
      const post = await tx.get('posts', id)
      if (!post) return err({ kind: 'missing' })
      await tx.update('posts', id, { seriesId: '', occursOn: '' })
      return ok(post)
    },
  )
