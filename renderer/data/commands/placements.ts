/** What a post is on one channel, as named commands. */
import type { Doc } from '../../../shared/domain/document.ts'
import {
  type FieldValue,
  ownTime,
  type PlacedMedium,
  type Placement,
  placementId,
  withMedia,
} from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { toInstant, type WallTime } from '../../../shared/domain/time.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { Tx } from '../recorder.ts'
import type { Rows } from '../tables.ts'
import { type PlacementRef, settle } from './placementRows.ts'
import { editPosts, named, type PostStore, textFields } from './posts.ts'

export type PlacementRefusal = { readonly kind: 'missing' }

/** The fields a user sets on a placement without a rule of their own. */
export type PlacementFields = Partial<Pick<Placement, 'format' | 'fields' | 'firstComment' | 'media'>>

const changing = (
  store: PostStore,
  ref: PlacementRef,
  { command, label, group }: { command: string; label: (post: Post) => string; group?: string },
  work: (tx: Tx<Rows>, post: Post) => Promise<void>,
): Promise<Result<Post, PlacementRefusal>> =>
  store.change(
    (post) => ({ command, label: label(post), group }),
    async (tx) => {
      const post = await tx.get('posts', ref.postId)
      if (!post) return err({ kind: 'missing' })
      await work(tx, post)
      return ok(post)
    },
  )

/** Gives a channel a text of its own, which begins as the base text. `on`: the channel in words. */
export const detachText = (store: PostStore, ref: PlacementRef, on: string) =>
  changing(
    store,
    ref,
    { command: 'detachText', label: (post) => `Own text for ${on}, ${named([post])}` },
    async (tx, post) => {
      const id = placementId(ref.postId, ref.channelId)
      if ((await tx.get('placements', id))?.detached) return
      const base = await tx.get('documents', ref.postId)
      await settle(tx, ref, { detached: true, excerpt: post.excerpt, words: post.words })
      await tx.create('documents', { id, content: base?.content ?? [] })
    },
  )

/** Lets the base text feed a channel again; what was written for it is one undo away. */
export const rejoinText = (store: PostStore, ref: PlacementRef, on: string) =>
  changing(
    store,
    ref,
    { command: 'rejoinText', label: (post) => `Base text for ${on} again, ${named([post])}` },
    (tx) => settle(tx, ref, { detached: false, excerpt: '', words: 0 }),
  )

/** Saves the own text of a channel; detaches it where it was not. `gesture` joins the saves of one stretch of typing. */
export const writeVariant = (store: PostStore, ref: PlacementRef, doc: Doc, on: string, gesture: string) =>
  changing(
    store,
    ref,
    { command: 'writeVariant', label: (post) => `Text for ${on}, ${named([post])}`, group: gesture },
    (tx) => writeOwnText(tx, ref, doc),
  )

/** Mends a placement in one step: its text, which becomes its own, and whatever else goes with it. `what`: the fix in words. */
export const mendPlacement = (
  store: PostStore,
  ref: PlacementRef,
  { doc, ...fields }: PlacementFields & { readonly doc?: Doc },
  what: string,
  on: string,
  gesture?: string,
) =>
  changing(
    store,
    ref,
    { command: 'mendPlacement', label: (post) => `${what} for ${on}, ${named([post])}`, group: gesture },
    (tx) => (doc ? writeOwnText(tx, ref, doc, fields) : settle(tx, ref, fields)),
  )

/** Writes a text of its own for a channel, inside a command. */
export async function writeOwnText(
  tx: Tx<Rows>,
  ref: PlacementRef,
  doc: Doc,
  fields: PlacementFields = {},
): Promise<void> {
  const id = placementId(ref.postId, ref.channelId)
  await settle(tx, ref, { ...fields, detached: true, ...textFields(doc) })
  if (!(await tx.get('documents', id))) await tx.create('documents', { id, content: [] })
  await tx.replaceList('documents', id, 'content', doc.content)
}

/** Sets format, fields, first comment or pictures of a placement. `what`: the thing that was set, in words. */
export const changePlacement = (
  store: PostStore,
  ref: PlacementRef,
  fields: PlacementFields,
  what: string,
  gesture?: string,
) =>
  changing(
    store,
    ref,
    { command: 'changePlacement', label: (post) => `${what} of ${named([post])}`, group: gesture },
    (tx) => settle(tx, ref, fields),
  )

/** Sets one field of the network beside the others; undefined takes away what was written into it. `what`: the field in words. */
export const setField = (
  store: PostStore,
  ref: PlacementRef,
  name: string,
  value: FieldValue | undefined,
  what: string,
  gesture?: string,
) =>
  changing(
    store,
    ref,
    { command: 'setField', label: (post) => `${what} of ${named([post])}`, group: gesture },
    async (tx) => {
      const { [name]: _old, ...others } =
        (await tx.get('placements', placementId(ref.postId, ref.channelId)))?.fields ?? {}
      await settle(tx, ref, { fields: value === undefined ? others : { ...others, [name]: value } })
    },
  )

/**
 * Changes the pictures of a post, or those of one of its channels, which then are its own. `change` gets them as they are when it is
 * done: two changes in a row both count. `what`: the change in words.
 */
export const changeMedia = (
  store: PostStore,
  postId: string,
  channelId: string | null,
  change: (list: readonly PlacedMedium[]) => readonly PlacedMedium[],
  what: string,
  gesture?: string,
): Promise<Result<Post, PlacementRefusal>> =>
  store.change(
    (post) => ({ command: 'changeMedia', label: `${what} of ${named([post])}`, group: gesture }),
    async (tx) => {
      const post = await tx.get('posts', postId)
      if (!post) return err({ kind: 'missing' })
      if (channelId === null) await tx.update('posts', postId, withMedia(change(post.media)))
      else {
        const own = (await tx.get('placements', placementId(postId, channelId)))?.media
        await settle(tx, { postId, channelId }, { media: change(own ?? post.media) })
      }
      return ok(post)
    },
  )

/** Sets the pictures of a post, in order; the first becomes its cover. */
export const setMedia = (store: PostStore, postId: string, media: readonly PlacedMedium[], what = 'Pictures') =>
  editPosts(store, [postId], withMedia(media), what)

export interface OwnTime {
  readonly channelId: string
  /** null: that of the post again. */
  readonly to: WallTime | null
}
export type OwnTimeRefusal =
  | PlacementRefusal
  | { readonly kind: 'no-date' }
  | { readonly kind: 'already-published' }
  | { readonly kind: 'in-the-past'; readonly to: WallTime }

/** Gives channels of a post times of their own, all or none. `label`: the gesture in words. */
export const setOwnTimes = (
  store: PostStore,
  postId: string,
  times: readonly OwnTime[],
  label: string,
): Promise<Result<Post, OwnTimeRefusal>> =>
  store.change<Post, OwnTimeRefusal>(
    (post) => ({ command: 'setOwnTimes', label: `${label}, ${named([post])}` }),
    async (tx) => {
      const post = await tx.get('posts', postId)
      if (!post) return err({ kind: 'missing' })
      if (!post.planned) return err({ kind: 'no-date' })
      if (post.status === 'published') return err({ kind: 'already-published' })
      for (const { channelId, to } of times) {
        if (to && toInstant(to) < tx.now) return err({ kind: 'in-the-past', to })
        await settle(tx, { postId, channelId }, ownTime(to))
      }
      return ok(post)
    },
  )
