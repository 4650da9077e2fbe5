import { type Post, plannedFields, type RescheduleRefusal, reschedule } from '../../../shared/domain/post.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { moveOwnTimes } from '../../data/commands/placementRows.ts'
import { named, type PostStore, textFields } from '../../data/commands/posts.ts'
import type { PostState } from './versions.ts'

/** Which parts of a version come back. */
export interface RestoreChoice {
  readonly text: boolean
  readonly fields: boolean
  readonly date: boolean
}

export type RestoreRefusal = { readonly kind: 'missing' } | (RescheduleRefusal & { readonly post: Post })

/** What "fields" means: everything a person fills in but text, date and status, which are decided on their own. */
const fieldsOf = (post: Post): Partial<Post> => {
  const {
    summary,
    notes,
    checklist,
    labels,
    channelIds,
    campaignId,
    pillarId,
    ownerId,
    authorIds,
    dueOn,
    pinned,
    media,
    coverId,
  } = post
  return {
    summary,
    notes,
    checklist,
    labels,
    channelIds,
    campaignId,
    pillarId,
    ownerId,
    authorIds,
    dueOn,
    pinned,
    media,
    coverId,
  }
}

/** Brings parts of an earlier version back as a new one; what was there stays in the log. One undo takes it back. */
export const restoreVersion = (
  store: PostStore,
  version: PostState & { readonly number: number },
  choice: RestoreChoice,
): Promise<Result<Post, RestoreRefusal>> =>
  store.change<Post, RestoreRefusal>(
    (post) => ({ command: 'restoreVersion', label: `Restored version ${version.number} of ${named([post])}` }),
    async (tx) => {
      const { id } = version.post
      const post = await tx.get('posts', id)
      if (!post) return err({ kind: 'missing' })
      let fields: Partial<Post> = {}
      if (choice.fields) fields = { ...fields, ...fieldsOf(version.post) }
      if (choice.date && JSON.stringify(post.planned) !== JSON.stringify(version.post.planned)) {
        const moved = reschedule(post, version.post.planned, tx.now)
        if (!moved.ok) return err({ ...moved.error, post })
        fields = {
          ...fields,
          ...moved.value,
          ...plannedFields({ status: moved.value.status ?? post.status }, version.post.planned),
        }
      }
      if (choice.text) {
        fields = { ...fields, title: version.post.title, ...textFields({ type: 'doc', content: version.content }) }
        if (!(await tx.get('documents', id))) await tx.create('documents', { id, content: [] })
        await tx.replaceList('documents', id, 'content', version.content)
      }
      await tx.update('posts', id, fields)
      if ('planned' in fields) await moveOwnTimes(tx, [{ post, to: fields.planned ?? null }])
      return ok(post)
    },
  )
