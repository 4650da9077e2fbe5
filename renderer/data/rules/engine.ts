/**
 * The rules of the networks over one workspace, for everybody who asks: the text being written, cards, a status, a change of many, an
 * import. Runs in a worker; in Node, where there is none, beside the caller.
 */
import { liveQuery, type Subscription } from 'dexie'
import { type BulkChange, type BulkRow, bulkRow, isUnchanged } from '../../../shared/domain/bulk.ts'
import type { Channel } from '../../../shared/domain/channel.ts'
import { followed, ownTime, type Placement, postIdIn } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { Instant } from '../../../shared/domain/time.ts'
import {
  type Assessments,
  assessAll,
  broughtBy,
  type FoundOn,
  judge,
  type Placings,
  type Verdict,
} from '../../../shared/platforms/assess.ts'
import type { WorkspaceDb } from '../db.ts'
import { patchesSince } from '../log.ts'
import { tooManyAround } from './perDay.ts'
import { mediaOf, readPlacings, readWording, type StoredPlacings } from './placings.ts'

/** What a change of many would bring to one post. */
export interface BulkVerdict {
  readonly postId: string
  /** What would be found that is not found now. */
  readonly brought: readonly FoundOn[]
  /** All that would be found. */
  readonly after: Verdict
}

export interface Rules {
  /** The post that is open, as it stands in its editors. */
  assess(placings: Placings): Promise<Assessments>
  /** Stored posts, in order; those that are gone are left out. `now`: their times are looked at too. */
  verdicts(ids: readonly string[], now?: Instant): Promise<readonly Verdict[]>
  /** What a change would bring to those posts that it changes, channels and texts and times. */
  bulk(ids: readonly string[], change: BulkChange, now: Instant): Promise<readonly BulkVerdict[]>
  /**
   * What posts, or single channels of them (by the id of their placement), do not fit any more since they stood at the times given; and
   * where a network does not take as many posts as are planned around a new time.
   */
  moved(before: readonly Pick<Post, 'id' | 'plannedAt'>[], now: Instant): Promise<readonly Verdict[]>
  /** Posts that are not stored yet, worded as the workspace words them. */
  judge(list: readonly Placings[]): Promise<readonly Verdict[]>
}

/** So many posts are read and judged at a time; then whoever else asks has a turn. */
const CHUNK = 50
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

/** A change to one of these may change what is said about any post. */
const FOR_ALL: ReadonlySet<string> = new Set(['channels', 'vocabulary', 'mentions'])

export interface RulesEngine extends Rules {
  dispose(): void
}

/** `onStale`: verdicts of these posts, or of all (null), that were given before count no longer. */
export function createRulesEngine(
  db: WorkspaceDb,
  onStale: (ids: readonly string[] | null) => void = () => {},
): RulesEngine {
  let seen: string | undefined
  let following: Subscription | undefined
  /** Medium -> posts it was seen in. */
  const usedIn = new Map<string, Set<string>>()
  // Answers and the log take turns, so that an answer never comes after the news that it is old.
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work)
    // What went wrong is said to who asked; the next one has a turn all the same.
    queue = done.catch(() => undefined)
    return done
  }

  const latest = async () => ((await db.changes.orderBy('id').reverse().limit(1).primaryKeys())[0] ?? '') as string

  const follow = async () => {
    if (seen === undefined) return
    // Looked up first: what is changed while the patches are read is read again, not passed over.
    const until = await latest()
    const patches = await patchesSince(db, seen)
    seen = until
    const touched = new Set<string>()
    for (const { table, id } of patches) {
      if (FOR_ALL.has(table)) return onStale(null)
      if (table === 'posts') touched.add(id)
      else if (table === 'documents' || table === 'placements') touched.add(postIdIn(id) ?? id)
      else if (table === 'media') for (const postId of usedIn.get(id) ?? []) touched.add(postId)
    }
    if (touched.size > 0) onStale([...touched])
  }

  /** From the first answer on that may grow old. */
  const begin = async () => {
    if (seen !== undefined) return
    seen = await latest()
    following = liveQuery(latest).subscribe(() => void inTurn(follow))
  }

  const remember = (placings: StoredPlacings) => {
    for (const id of mediaOf(placings)) usedIn.set(id, (usedIn.get(id) ?? new Set()).add(placings.post.id))
  }

  async function inChunks<T>(
    ids: readonly string[],
    answer: (chunk: readonly StoredPlacings[]) => readonly T[],
  ): Promise<T[]> {
    const wording = await readWording(db)
    const answers: T[] = []
    for (let at = 0; at < ids.length; at += CHUNK) {
      const placings = await readPlacings(db, ids.slice(at, at + CHUNK), wording)
      // A transaction stays open while its worker judges, and every writer waits for it.
      await breathe()
      answers.push(...answer(placings))
    }
    return answers
  }

  return {
    assess: async (placings) => assessAll(placings),
    verdicts: (ids, now) =>
      inTurn(async () => {
        await begin()
        return inChunks(ids, (chunk) =>
          chunk.map((placings) => {
            remember(placings)
            return judge({ ...placings, now })
          }),
        )
      }),
    async bulk(ids, change, now) {
      const channels = await db.channels.toArray()
      return inChunks(ids, (chunk) => chunk.flatMap((placings) => bulkVerdict(placings, change, now, channels) ?? []))
    },
    async moved(before, now) {
      const old = new Map(before.map(({ id, plannedAt }) => [id, plannedAt]))
      const ids = [...new Set([...old.keys()].map((id) => postIdIn(id) ?? id))]
      const unfit = await inChunks(ids, (chunk) =>
        chunk.flatMap((placings): Verdict[] => {
          const was = judge({ ...movedBack(placings, old), now })
          const found = broughtBy(was, judge({ ...placings, now }))
          return found.length > 0 ? [{ postId: placings.post.id, found }] : []
        }),
      )
      return [...unfit, ...(await crowded(db, ids.slice(0, CHUNK)))]
    },
    async judge(list) {
      const wording = await readWording(db)
      return list.map((placings) => judge({ ...placings, wording }))
    },
    dispose: () => following?.unsubscribe(),
  }
}

/** Posts around whose times a network takes fewer. Days overlap: who moves very many is told of the first. */
async function crowded(db: WorkspaceDb, ids: readonly string[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const postId of ids) {
    const found = await tooManyAround(db, postId)
    if (found.length > 0) verdicts.push({ postId, found })
  }
  return verdicts
}

function bulkVerdict(
  placings: StoredPlacings,
  change: BulkChange,
  now: Instant,
  channels: readonly Channel[],
): BulkVerdict | null {
  const { post } = placings
  const row = bulkRow(post, contentsOf(placings), change, now)
  if (row.refusal || isUnchanged(row)) return null
  const after = judge({ ...changed(placings, row, channels), now })
  return { postId: post.id, brought: broughtBy(judge({ ...placings, now }), after), after }
}

/** A post as it stood at other times. A channel with a time of its own is as far away from it as it is now, unless it was moved alone. */
function movedBack(placings: StoredPlacings, old: ReadonlyMap<string, Instant>): StoredPlacings {
  const { post, placements } = placings
  const plannedAt = old.get(post.id) ?? post.plannedAt
  const by = plannedAt < 0 ? 0 : plannedAt - post.plannedAt
  const back = (row: Placement) => (row.planned ? { ...row, plannedAt: old.get(row.id) ?? row.plannedAt + by } : row)
  return {
    ...placings,
    post: { ...post, plannedAt },
    placements: new Map([...placements].map(([id, row]) => [id, back(row)])),
  }
}

/** The texts of a post by their ids. */
const contentsOf = ({ post, placements, base, own }: StoredPlacings) =>
  Object.fromEntries([
    [post.id, base.content],
    ...[...own].flatMap(([channelId, doc]) => {
      const id = placements.get(channelId)?.id
      return id ? [[id, doc.content] as const] : []
    }),
  ])

/** A post as a change would leave it. */
function changed(placings: StoredPlacings, { fields, texts }: BulkRow, channels: readonly Channel[]): StoredPlacings {
  const { post, base, own, placements } = placings
  const next = { ...post, ...fields }
  const doc = (id: string | undefined, before: typeof base) => {
    const content = id === undefined ? undefined : texts[id]
    return content ? { ...before, content } : before
  }
  return {
    ...placings,
    post: next,
    channels: next.channelIds.flatMap((id) => channels.find((channel) => channel.id === id) ?? []),
    base: doc(post.id, base),
    own: new Map([...own].map(([channelId, text]) => [channelId, doc(placements.get(channelId)?.id, text)])),
    placements: new Map(
      [...placements].map(([id, row]) => {
        const moved =
          row.planned && post.planned && fields.planned && followed(row.planned, post.planned, fields.planned)
        return [id, moved ? { ...row, ...ownTime(moved) } : row]
      }),
    ),
  }
}
