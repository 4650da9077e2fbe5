/** What can be done to posts, each as one named command: one transaction, one log entry, one undo. */
import { countWords, type Doc, excerptOf, plainText } from '../../../shared/domain/document.ts'
import { placed, withMedia } from '../../../shared/domain/placement.ts'
import {
  type Post,
  plannedFields,
  type RescheduleRefusal,
  reschedule,
  withStatus,
} from '../../../shared/domain/post.ts'
import type { PostStatus } from '../../../shared/domain/status.ts'
import type { WallTime } from '../../../shared/domain/time.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { Tx } from '../recorder.ts'
import type { Store } from '../store.ts'
import type { Rows } from '../tables.ts'
import { copyPlacements, moveOwnTimes } from './placementRows.ts'

export type PostStore = Store<Rows>

/** How many posts, in words: `“Three pockets”` or `6 posts`. */
export const named = (posts: readonly Pick<Post, 'title'>[]): string =>
  posts.length === 1 ? `“${posts[0]?.title || 'Untitled'}”` : `${posts.length} posts`

/** A post of no series, in no pool and from none. */
export const ON_ITS_OWN = { seriesId: '', occursOn: '', evergreen: null, inPool: 0, evergreenOf: '' } as const

/** A post with nothing in it but what is given. `now` is the instant it was made. */
export function blankPost(now: number, fields: Partial<Post> = {}): Post {
  const planned = fields.planned ?? null
  const status = fields.status ?? (planned ? 'draft' : 'idea')
  return {
    id: newId(),
    title: '',
    summary: '',
    excerpt: '',
    words: 0,
    dueOn: null,
    channelIds: [],
    campaignId: '',
    pillarId: '',
    ownerId: '',
    authorIds: [],
    labels: [],
    notes: '',
    checklist: [],
    pinned: false,
    ...ON_ITS_OWN,
    source: null,
    order: now,
    createdAt: now,
    updatedAt: now,
    trashedAt: 0,
    ...fields,
    ...withMedia(fields.media ?? placed(fields.coverId ? { id: fields.coverId } : undefined)),
    status,
    ...plannedFields({ status }, planned),
  }
}

/** The fields a post keeps about its text. */
export function textFields(doc: Doc): Pick<Post, 'excerpt' | 'words'> {
  const text = plainText(doc)
  return { excerpt: excerptOf(text), words: countWords(text) }
}

/** Creates a post, with its text if given. Gives its id. */
export async function createPost(store: PostStore, fields: Partial<Post>, doc?: Doc): Promise<string> {
  const result = await store.change<Post, never>(
    (post) => ({ command: 'createPost', label: `Created ${named([post])}` }),
    async (tx) => {
      const post = blankPost(tx.now, { ...fields, ...(doc ? textFields(doc) : {}) })
      await tx.create('posts', post)
      await tx.create('documents', { id: post.id, content: doc?.content ?? [] })
      return ok(post)
    },
  )
  if (!result.ok) throw new Error('creating a post cannot be refused')
  return result.value.id
}

/** Sets plain fields of posts: title, owner, labels, campaign ... Status and planned time have commands of their own. */
export const editPosts = (
  store: PostStore,
  ids: readonly string[],
  fields: Partial<Omit<Post, 'status' | 'planned' | 'plannedAt' | 'publishAt'>>,
  what: string,
  gesture?: string,
): Promise<Result<Post[], never>> =>
  store.change(
    (posts) => ({ command: 'editPosts', label: `${what} of ${named(posts)}`, group: gesture }),
    async (tx) => {
      const posts = await tx.getMany('posts', ids)
      await tx.updateMany(
        'posts',
        posts.map(({ id }) => ({ id, fields })),
      )
      return ok(posts)
    },
  )

export interface Move {
  readonly id: string
  /** null takes the date off */
  readonly to: WallTime | null
}

export type MoveRefusal = RescheduleRefusal & { readonly post: Post }

/** Moves posts, all or none: the first that may not move stops the gesture and says why. `where`: the target in words. */
export const reschedulePosts = (
  store: PostStore,
  moves: readonly Move[],
  where: string,
): Promise<Result<Post[], MoveRefusal>> =>
  store.change(
    (posts) => ({ command: 'reschedulePosts', label: `Moved ${named(posts)} ${where}` }),
    async (tx) => {
      const posts = await tx.getMany(
        'posts',
        moves.map(({ id }) => id),
      )
      const updates: { id: string; fields: Partial<Post> }[] = []
      for (const post of posts) {
        const decided = reschedule(post, moves.find(({ id }) => id === post.id)?.to ?? null, tx.now)
        if (!decided.ok) return err({ ...decided.error, post })
        updates.push({ id: post.id, fields: decided.value })
      }
      await tx.updateMany('posts', updates)
      await moveOwnTimes(
        tx,
        posts.map((post) => ({ post, to: moves.find(({ id }) => id === post.id)?.to ?? null })),
      )
      return ok(posts)
    },
  )

/** Corrects the date shown on a published post; nothing is sent anywhere. */
export const correctPublishedDate = (
  store: PostStore,
  id: string,
  to: WallTime,
): Promise<Result<Post, { kind: 'missing' }>> =>
  store.change(
    (post) => ({ command: 'correctPublishedDate', label: `Corrected the date of ${named([post])}` }),
    async (tx) => {
      const post = await tx.get('posts', id)
      if (!post) return err({ kind: 'missing' })
      await tx.update('posts', id, plannedFields(post, to))
      await moveOwnTimes(tx, [{ post, to }])
      return ok(post)
    },
  )

export type StatusRefusal = { readonly kind: 'needs-date'; readonly post: Post }

/** Sets the status of posts, all or none. */
export const setStatus = (
  store: PostStore,
  ids: readonly string[],
  status: PostStatus,
  word: string,
): Promise<Result<Post[], StatusRefusal>> =>
  store.change(
    (posts) => ({ command: 'setStatus', label: `${named(posts)} to ${word}` }),
    async (tx) => {
      const posts = await tx.getMany('posts', ids)
      const updates: { id: string; fields: Partial<Post> }[] = []
      for (const post of posts) {
        const decided = withStatus(post, status)
        if (!decided.ok) return err({ ...decided.error, post })
        updates.push({ id: post.id, fields: decided.value })
      }
      await tx.updateMany('posts', updates)
      return ok(posts)
    },
  )

/**
 * Copies posts: each copy is a draft that says "copy", keeps nothing a network or an import knew it by, and stands at the time
 * given for its original (absent: where the original stands). Gives the ids of the copies.
 */
export const duplicatePosts = (
  store: PostStore,
  copies: readonly Move[],
  now: number,
): Promise<Result<string[], never>> =>
  store.change(
    (ids) => ({ command: 'duplicatePosts', label: `Copied ${ids.length === 1 ? 'a post' : `${ids.length} posts`}` }),
    async (tx) => {
      const posts = await tx.getMany(
        'posts',
        copies.map(({ id }) => id),
      )
      const documents = await tx.getMany(
        'documents',
        posts.map(({ id }) => id),
      )
      const made = posts.map((post) => {
        const planned = copies.find(({ id }) => id === post.id)?.to ?? post.planned
        const copy = blankPost(now, {
          ...post,
          id: newId(),
          planned,
          status: 'draft',
          ...ON_ITS_OWN,
          source: null,
          order: now,
          createdAt: now,
          updatedAt: now,
        })
        return {
          from: post,
          post: { ...copy, title: `${post.title} (copy)` },
          content: documents.find(({ id }) => id === post.id)?.content ?? [],
        }
      })
      await tx.createMany(
        'posts',
        made.map(({ post }) => post),
      )
      await tx.createMany(
        'documents',
        made.map(({ post, content }) => ({ id: post.id, content })),
      )
      await copyPlacements(
        tx,
        made.map(({ from, post }) => ({ from, to: post })),
      )
      return ok(made.map(({ post }) => post.id))
    },
  )

/** Moves posts to the trash; they stay restorable for 30 days. */
export const trashPosts = (store: PostStore, ids: readonly string[]) =>
  store.change<Post[], never>(
    (posts) => ({ command: 'trashPosts', label: `Deleted ${named(posts)}` }),
    async (tx) => {
      const posts = await tx.getMany('posts', ids)
      await tx.updateMany(
        'posts',
        posts.map(({ id }) => ({ id, fields: { trashedAt: tx.now } })),
      )
      return ok(posts)
    },
  )

export const restorePosts = (store: PostStore, ids: readonly string[]) =>
  store.change<Post[], never>(
    (posts) => ({ command: 'restorePosts', label: `Restored ${named(posts)}` }),
    async (tx) => {
      const posts = await tx.getMany('posts', ids)
      await tx.updateMany(
        'posts',
        posts.map(({ id }) => ({ id, fields: { trashedAt: 0 } })),
      )
      return ok(posts)
    },
  )

/** Writes the text of a post, inside a command. */
export async function writeBaseText(tx: Tx<Rows>, id: string, doc: Doc): Promise<void> {
  if (!(await tx.get('documents', id))) await tx.create('documents', { id, content: [] })
  await tx.replaceList('documents', id, 'content', doc.content)
  await tx.update('posts', id, { ...textFields(doc), updatedAt: tx.now })
}

/** Saves the text of a post. `gesture` joins the saves of one stretch of typing into one undo. */
export const writeText = (
  store: PostStore,
  id: string,
  doc: Doc,
  gesture: string,
): Promise<Result<Post, { kind: 'missing' }>> =>
  store.change(
    (post) => ({ command: 'writeText', label: `Text of ${named([post])}`, group: gesture }),
    async (tx) => {
      const post = await tx.get('posts', id)
      if (!post) return err({ kind: 'missing' })
      await writeBaseText(tx, id, doc)
      return ok(post)
    },
  )
