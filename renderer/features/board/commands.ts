/** What a drop or a line typed on the board does: each is one change and one undo. */
import { type Campaign, type CampaignStage, STAGE_WORD } from '../../../shared/domain/campaign.ts'
import { type Post, plannedFields, withStatus } from '../../../shared/domain/post.ts'
import { type PostStatus, STATUS_LOOK } from '../../../shared/domain/status.ts'
import { toInstant, type WallTime } from '../../../shared/domain/time.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { blankCampaign } from '../../data/commands/campaigns.ts'
import { moveOwnTimes } from '../../data/commands/placementRows.ts'
import { blankPost, type MoveRefusal, named, type PostStore, type StatusRefusal } from '../../data/commands/posts.ts'
import type { Ordered } from './order.ts'

export type CardRefusal = StatusRefusal | MoveRefusal | { readonly kind: 'missing' }

export interface PostDrop {
  readonly status: PostStatus
  /** The property of the lane, when the lane is another one. */
  readonly fields: Partial<Pick<Post, 'ownerId' | 'campaignId' | 'channelIds'>>
  /** Date asked for because the new status needs one. */
  readonly planned?: WallTime
  readonly orders: readonly Ordered[]
}

/** Drops a post into a column, a lane, a place. Refuses a status that needs a date while there is none. */
export const dropPost = (store: PostStore, id: string, drop: PostDrop): Promise<Result<Post, CardRefusal>> =>
  store.change<Post, CardRefusal>(
    (post) => ({
      command: 'dropPost',
      label:
        post.status === drop.status
          ? `Moved ${named([post])} on the board`
          : `${named([post])} to ${STATUS_LOOK[drop.status].word}`,
    }),
    async (tx) => {
      const post = await tx.get('posts', id)
      if (!post) return err({ kind: 'missing' })
      const planned = drop.planned ?? post.planned
      if (drop.planned && drop.status !== 'published' && toInstant(drop.planned) < tx.now) {
        return err({ kind: 'in-the-past', to: drop.planned, post })
      }
      const dated = { ...post, ...plannedFields(post, planned) }
      const decided = drop.status === post.status ? ok({}) : withStatus(dated, drop.status)
      if (!decided.ok) return err({ ...decided.error, post })
      await tx.update('posts', id, { ...drop.fields, ...decided.value })
      if (drop.planned) await moveOwnTimes(tx, [{ post, to: drop.planned }])
      await tx.updateMany('posts', orderUpdates(drop.orders))
      return ok(post)
    },
  )

/** Adds a post by its title, in a column, a lane, a place. Gives its id. A status that needs a date starts as a draft's. */
export async function addPostCard(
  store: PostStore,
  title: string,
  fields: Partial<Post>,
  orders: (id: string) => readonly Ordered[],
): Promise<string> {
  const result = await store.change<Post, never>(
    (post) => ({ command: 'createPost', label: `Created ${named([post])}` }),
    async (tx) => {
      const post = blankPost(tx.now, { title, ...fields })
      await tx.create('posts', post)
      await tx.create('documents', { id: post.id, content: [] })
      await tx.updateMany('posts', orderUpdates(orders(post.id)))
      return ok(post)
    },
  )
  if (!result.ok) throw new Error('creating a post cannot be refused')
  return result.value.id
}

/** Drops a campaign into a stage, a lane, a place. */
export const dropCampaign = (
  store: PostStore,
  id: string,
  drop: {
    readonly stage: CampaignStage
    readonly fields: Partial<Pick<Campaign, 'ownerId'>>
    readonly orders: readonly Ordered[]
  },
): Promise<Result<Campaign, { kind: 'missing' }>> =>
  store.change(
    (campaign) => ({
      command: 'dropCampaign',
      label:
        campaign.stage === drop.stage
          ? `Moved “${campaign.name}” on the board`
          : `“${campaign.name}” to ${STAGE_WORD[drop.stage]}`,
    }),
    async (tx) => {
      const campaign = await tx.get('campaigns', id)
      if (!campaign) return err({ kind: 'missing' })
      await tx.update('campaigns', id, { ...drop.fields, stage: drop.stage })
      await tx.updateMany('campaigns', orderUpdates(drop.orders))
      return ok(campaign)
    },
  )

/** Adds a campaign by its name. Gives its id. */
export async function addCampaignCard(
  store: PostStore,
  name: string,
  fields: Partial<Campaign>,
  orders: (id: string) => readonly Ordered[],
): Promise<string> {
  const result = await store.change<Campaign, never>(
    (campaign) => ({ command: 'createCampaign', label: `Created campaign “${campaign.name}”` }),
    async (tx) => {
      const campaign = blankCampaign(tx.now, { name, ...fields })
      await tx.create('campaigns', campaign)
      await tx.create('documents', { id: campaign.id, content: [] })
      await tx.updateMany('campaigns', orderUpdates(orders(campaign.id)))
      return ok(campaign)
    },
  )
  if (!result.ok) throw new Error('creating a campaign cannot be refused')
  return result.value.id
}

const orderUpdates = (orders: readonly Ordered[]) => orders.map(({ id, order }) => ({ id, fields: { order } }))
