/** What somebody changed at a network becomes the post's, as one named command. */
import type { Channel } from '../../../shared/domain/channel.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import { ownTime, placementId } from '../../../shared/domain/placement.ts'
import { type Post, type RescheduleRefusal, reschedule } from '../../../shared/domain/post.ts'
import { type Instant, toWall } from '../../../shared/domain/time.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { type PlacementRef, settle } from './placementRows.ts'
import { writeOwnText } from './placements.ts'
import { named, type PostStore, writeBaseText } from './posts.ts'

interface Version {
  readonly text: string
  readonly title: string
  readonly publishAt: Instant
}

/** What waits there beside what was sent. */
export interface There {
  readonly here: Version
  /** As far as it is not the same and the network tells. */
  readonly there: Partial<Version>
  /** Its text is markup of the site: it is not read, so it may be another one. */
  readonly isArticle: boolean
  readonly print: string
}

export type NotThere = Trouble | { readonly kind: 'waits-no-more' }

/** null: as it is here. */
export interface Theirs {
  readonly doc: Doc | null
  readonly title: string | null
  readonly publishAt: Instant | null
}

export type TheirsRefusal = RescheduleRefusal | { readonly kind: 'missing' }

/**
 * Takes over what is at the network, in one step of undo: into the post where it goes nowhere else, else into what it is on that channel. What
 * is its own there already stays its own. `on`: the network in words.
 */
export const takeTheirs = (
  store: PostStore,
  ref: PlacementRef,
  { doc, title, publishAt }: Theirs,
  channel: Pick<Channel, 'zone'>,
  on: string,
): Promise<Result<Post, TheirsRefusal>> =>
  store.change<Post, TheirsRefusal>(
    (post) => ({ command: 'takeTheirs', label: `Took over what is on ${on}, ${named([post])}` }),
    async (tx) => {
      const [post, placement] = await Promise.all([
        tx.get('posts', ref.postId),
        tx.get('placements', placementId(ref.postId, ref.channelId)),
      ])
      if (!post) return err({ kind: 'missing' })
      const isAlone = post.channelIds.length === 1
      if (publishAt !== null) {
        const to = toWall(publishAt, (placement?.planned ?? post.planned)?.zone ?? channel.zone)
        const moved = reschedule(post, to, tx.now)
        if (!moved.ok) return moved
        if (isAlone && !placement?.planned) await tx.update('posts', post.id, moved.value)
        else await settle(tx, ref, ownTime(to))
      }
      if (title !== null) {
        if (isAlone && placement?.fields.title === undefined) await tx.update('posts', post.id, { title })
        else await settle(tx, ref, { fields: { ...placement?.fields, title } })
      }
      if (doc && isAlone && !placement?.detached) await writeBaseText(tx, post.id, doc)
      else if (doc) await writeOwnText(tx, ref, doc)
      return ok(post)
    },
  )
