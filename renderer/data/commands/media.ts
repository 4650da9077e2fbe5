/** What can be done to files of the library. Their bytes are never touched: edits are numbers, a swap changes who shows what. */

import { type DocNode, mediaIn } from '../../../shared/domain/document.ts'
import { type Medium, shapeOf } from '../../../shared/domain/medium.ts'
import { type PlacedMedium, postIdIn, withMedia } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { mediaInTemplate } from '../../../shared/domain/template.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { WorkspaceDb } from '../db.ts'
import { dropBytes, type OriginalsPort } from '../media/originals.ts'
import { outOfTrash, usersOf } from '../media/uses.ts'
import { shelfOf, type Workspace } from '../workspace.ts'
import type { PostStore } from './posts.ts'

/** How many files, in words: `harbour.jpg` or `6 files`. */
export const namedFiles = (media: readonly Pick<Medium, 'name'>[]): string =>
  media.length === 1 ? `“${media[0]?.name ?? ''}”` : `${media.length} files`

/** Adds files whose bytes are kept already. `gesture`: batches of one adding are undone together. */
export const addMedia = (store: PostStore, media: readonly Medium[], gesture?: string) =>
  store.change<null, never>(
    { command: 'addMedia', label: `Added ${namedFiles(media)}`, group: gesture },
    async (tx) => {
      await tx.createMany('media', media)
      return ok(null)
    },
  )

type About = Pick<
  Medium,
  | 'name'
  | 'folder'
  | 'labels'
  | 'rating'
  | 'alt'
  | 'credit'
  | 'licence'
  | 'licenceUntil'
  | 'release'
  | 'releaseUntil'
  | 'edits'
>

/** Says something about files, or edits them. `what` in words, for the log: `Alt text`. */
export const editMedia = (
  store: PostStore,
  ids: readonly string[],
  fields: Partial<About> | ((medium: Medium) => Partial<About>),
  what: string,
  gesture?: string,
): Promise<Result<Medium[], never>> =>
  store.change(
    (media) => ({ command: 'editMedia', label: `${what} of ${namedFiles(media)}`, group: gesture }),
    async (tx) => {
      const media = await tx.getMany('media', ids)
      await tx.updateMany(
        'media',
        media.map((medium) => {
          const said = typeof fields === 'function' ? fields(medium) : fields
          return { id: medium.id, fields: { ...said, shape: shapeOf({ ...medium, ...said }) } }
        }),
      )
      return ok(media)
    },
  )

/** Notes what was read from files after they had come in; nobody did that, so nobody undoes it. */
export const noteMedia = (
  store: PostStore,
  facts: readonly { readonly id: string; readonly fields: Partial<Medium> }[],
) =>
  store.change<null, never>({ command: 'noteMedia', label: 'Looked at files', undoable: false }, async (tx) => {
    const there = new Map(
      (
        await tx.getMany(
          'media',
          facts.map(({ id }) => id),
        )
      ).map((medium) => [medium.id, medium]),
    )
    await tx.updateMany(
      'media',
      facts.flatMap(({ id, fields }) => {
        const medium = there.get(id)
        return medium ? [{ id, fields: { ...fields, shape: shapeOf({ ...medium, ...fields }) } }] : []
      }),
    )
    return ok(null)
  })

/** Gives a folder another name or place; what lies in it and below it goes along. */
export const moveFolder = (store: PostStore, db: WorkspaceDb, from: string, to: string) =>
  store.change<Medium[], never>(
    (media) => ({ command: 'moveFolder', label: `Folder “${from}” to “${to}”: ${namedFiles(media)}` }),
    async (tx) => {
      const ids = await db.media.where('folder').equals(from).or('folder').startsWith(`${from}/`).primaryKeys()
      const media = await tx.getMany('media', ids)
      await tx.updateMany(
        'media',
        media.map(({ id, folder }) => ({ id, fields: { folder: `${to}${folder.slice(from.length)}` } })),
      )
      return ok(media)
    },
  )

export interface InUse {
  readonly kind: 'in-use'
  /** Those that are used, in the order asked. */
  readonly media: readonly Medium[]
}

/** Moves files to the trash, all or none: what a post, a brief or a channel shows cannot go. */
export const trashMedia = (
  store: PostStore,
  db: WorkspaceDb,
  ids: readonly string[],
): Promise<Result<Medium[], InUse>> =>
  store.change(
    (media) => ({ command: 'trashMedia', label: `Deleted ${namedFiles(media)}` }),
    async (tx) => {
      const media = await tx.getMany('media', ids)
      const used = await usersOf(db, ids)
      const inUse = media.filter(({ id }) => used.get(id)?.some(outOfTrash))
      if (inUse.length > 0) return err({ kind: 'in-use', media: inUse })
      await tx.updateMany(
        'media',
        media.map(({ id }) => ({ id, fields: { trashedAt: tx.now } })),
      )
      return ok(media)
    },
  )

export const restoreMedia = (store: PostStore, ids: readonly string[]) =>
  store.change<Medium[], never>(
    (media) => ({ command: 'restoreMedia', label: `Restored ${namedFiles(media)}` }),
    async (tx) => {
      const media = await tx.getMany('media', ids)
      await tx.updateMany(
        'media',
        media.map(({ id }) => ({ id, fields: { trashedAt: 0 } })),
      )
      return ok(media)
    },
  )

/**
 * Deletes files for good, bytes and second copies too. Only what is in the trash is taken, and only what nothing shows: not even a
 * post in the trash, which may come back. Undo does not reach it. Gives the ids that are gone.
 */
export async function purgeMedia(
  workspace: Workspace,
  port: OriginalsPort,
  ids: readonly string[],
  why = 'Deleted for good',
): Promise<readonly string[]> {
  const gone = await workspace.store.change<string[], never>(
    (purged) => ({
      command: 'purgeMedia',
      label: `${why}: ${purged.length === 1 ? '1 file' : `${purged.length} files`}`,
      undoable: false,
    }),
    async (tx) => {
      const media = (await tx.getMany('media', ids)).filter(({ trashedAt }) => trashedAt > 0)
      const used = await usersOf(workspace.db, ids)
      const unused = media.flatMap(({ id }) => (used.has(id) ? [] : [id]))
      for (const id of unused) await tx.remove('media', id)
      return ok(unused)
    },
  )
  if (!gone.ok) throw new Error('deleting for good cannot be refused')
  if (gone.value.length > 0) await dropBytes(shelfOf(workspace), port, gone.value)
  return gone.value
}

/** Shows another file wherever one is shown: in posts that are not out yet, in briefs and templates, for channels. Gives the posts that changed. */
export const replaceMedium = (
  store: PostStore,
  db: WorkspaceDb,
  fromId: string,
  toId: string,
): Promise<Result<Post[], { readonly kind: 'missing' }>> =>
  store.change(
    (posts) => ({
      command: 'replaceMedium',
      label: `Swapped a file in ${posts.length === 1 ? '1 post' : `${posts.length} posts`}`,
    }),
    async (tx) => {
      const [from, to] = await Promise.all([tx.get('media', fromId), tx.get('media', toId)])
      if (!from || !to) return err({ kind: 'missing' })
      const showing = (table: 'posts' | 'placements' | 'documents') =>
        db.table<unknown, string>(table).where('mediaIds').equals(fromId).primaryKeys()
      const [postIds, placementIds, textIds] = await Promise.all([
        showing('posts'),
        showing('placements'),
        showing('documents'),
      ])
      const owner = (id: string) => postIdIn(id) ?? id
      const posts = await tx.getMany('posts', [...new Set([...postIds, ...[...placementIds, ...textIds].map(owner)])])
      const out = new Set(posts.flatMap(({ id, status }) => (status === 'published' ? [id] : [])))
      const swap = (media: readonly PlacedMedium[]) =>
        media.map((placed) => (placed.mediumId === fromId ? { ...placed, mediumId: toId } : placed))
      await tx.updateMany(
        'posts',
        posts.flatMap(({ id, media }) => (out.has(id) ? [] : [{ id, fields: withMedia(swap(media)) }])),
      )
      await tx.updateMany(
        'placements',
        (await tx.getMany('placements', placementIds)).flatMap(({ id, postId, media, fields }) =>
          out.has(postId)
            ? []
            : [
                {
                  id,
                  fields: {
                    media: media && swap(media),
                    fields: fields.cover === fromId ? { ...fields, cover: toId } : fields,
                  },
                },
              ],
        ),
      )
      const swapped = (node: DocNode): DocNode => {
        const content = node.content?.map(swapped)
        const shown = node.attrs?.mediumId === fromId ? node.attrs : null
        return {
          ...node,
          ...(content ? { content } : {}),
          // Words written for this very place stay; those that came with the file go with it.
          ...(shown
            ? { attrs: { ...shown, mediumId: toId, src: to.name, alt: shown.alt === from.alt ? to.alt : shown.alt } }
            : {}),
        }
      }
      for (const { id, content } of await tx.getMany('documents', textIds)) {
        if (out.has(owner(id)) || !mediaIn(content).includes(fromId)) continue
        await tx.replaceList('documents', id, 'content', content.map(swapped))
      }
      const templates = (await db.templates.toArray()).filter((template) => mediaInTemplate(template).includes(fromId))
      await tx.updateMany(
        'templates',
        templates.map((template) => ({
          id: template.id,
          fields:
            template.kind === 'post'
              ? { post: { ...template.post, content: template.post.content.map(swapped) } }
              : {
                  campaign: {
                    ...template.campaign,
                    brief: template.campaign.brief.map(swapped),
                    posts: template.campaign.posts.map((post) => ({ ...post, content: post.content.map(swapped) })),
                  },
                },
        })),
      )
      const faces = (await db.channels.toArray()).filter(({ avatarId }) => avatarId === fromId)
      await tx.updateMany(
        'channels',
        faces.map(({ id }) => ({ id, fields: { avatarId: toId } })),
      )
      return ok(posts.filter(({ id }) => !out.has(id)))
    },
  )
