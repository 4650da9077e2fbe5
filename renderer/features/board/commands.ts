/** What a drop or a line typed on the board does: each is one change and one undo. */
import { type Campaign, type CampaignStage, STAGE_WORD } from '../../../shared/domain/campaign.ts'
import { type Post, plannedFields, withStatus } from '../../../shared/domain/post.ts'
import { type PostStatus, STATUS_LOOK } from '../../../shared/domain/status.ts'
import { toInstant, type WallTime } from '../../../shared/domain/time.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { blankCampaign } from '../../data/commands/campaigns.ts'
import { blankPost, type MoveRefusal, named, type PostStore, type StatusRefusal } from '../../data/commands/posts.ts'
import type { Ordered } from './order.ts'

export type CardRefusal = StatusRefusal | MoveRefusal | { readonly kind: 'missing' }

export type LaneFields = Partial<Pick<Post, 'ownerId' | 'campaignId' | 'channelIds'>>

export interface PostDrop {
  readonly status: PostStatus
  /** What each post takes on from its new lane, by id; none when the lane stays. */
  readonly fields?: ReadonlyMap<string, LaneFields>
  /** Date asked for because the new status needs one: for those that have none. */
  readonly planned?: WallTime
  readonly orders: readonly Ordered[]
}

/** Drops posts into a column, a lane, a place, all or none. Refuses a status that needs a date while one has none. */
export const dropPosts = (
  store: PostStore,
  ids: readonly string[],
  drop: PostDrop,
): Promise<Result<readonly Post[], CardRefusal>> =>
  store.change<readonly Post[], CardRefusal>(
    (posts) => ({
      command: 'dropPosts',
      label: posts.every(({ status }) => status === drop.status)
        ? `Moved ${named(posts)} on the board`
        : `${named(posts)} to ${STATUS_LOOK[drop.status].word}`,
    }),
    async (tx) => {
      const posts = await tx.getMany('posts', ids)
      if (posts.length < ids.length) return err({ kind: 'missing' })
      const updates: { id: string; fields: Partial<Post> }[] = []
      for (const post of posts) {
        const planned = post.planned ?? drop.planned ?? null
        if (!post.planned && planned && drop.status !== 'published' && toInstant(planned) < tx.now) {
          return err({ kind: 'in-the-past', to: planned, post })
        }
        const dated = { ...post, ...plannedFields(post, planned) }
        const decided = drop.status === post.status ? ok({}) : withStatus(dated, drop.status)
        if (!decided.ok) return err({ ...decided.error, post })
        updates.push({ id: post.id, fields: { ...drop.fields?.get(post.id), ...decided.value } })
      }
      await tx.updateMany('posts', updates)
      await tx.updateMany('posts', orderUpdates(drop.orders))
      return ok(posts)
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

/** Drops campaigns into a stage, a lane, a place. */
export const dropCampaigns = (
  store: PostStore,
  ids: readonly string[],
  drop: {
    readonly stage: CampaignStage
    readonly fields?: Partial<Pick<Campaign, 'ownerId'>>
    readonly orders: readonly Ordered[]
  },
): Promise<Result<readonly Campaign[], { kind: 'missing' }>> =>
  store.change(
    (campaigns) => ({
      command: 'dropCampaigns',
      label: campaigns.every(({ stage }) => stage === drop.stage)
        ? `Moved ${namedCampaigns(campaigns)} on the board`
        : `${namedCampaigns(campaigns)} to ${STAGE_WORD[drop.stage]}`,
    }),
    async (tx) => {
      const campaigns = await tx.getMany('campaigns', ids)
      if (campaigns.length < ids.length) return err({ kind: 'missing' })
      const fields = { ...drop.fields, stage: drop.stage }
      await tx.updateMany(
        'campaigns',
        campaigns.map(({ id }) => ({ id, fields })),
      )
      await tx.updateMany('campaigns', orderUpdates(drop.orders))
      return ok(campaigns)
    },
  )

export const namedCampaigns = (campaigns: readonly Pick<Campaign, 'name'>[]): string =>
  campaigns.length === 1 ? `“${campaigns[0]?.name || 'Untitled'}”` : `${campaigns.length} campaigns`

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
