/** Taking things out of the trash, or out of the world. */
import { ok } from '../../../shared/lib/result.ts'
import { named, type PostStore } from '../../data/commands/posts.ts'
import type { WorkspaceDb } from '../../data/db.ts'

const DAY = 86_400_000
/** How long the trash keeps things. */
export const KEPT_DAYS = 30
/** What was deleted up to this instant goes for good. */
const endOfKeeping = (now: number) => now - KEPT_DAYS * DAY

export interface Doomed {
  readonly postIds: readonly string[]
  readonly campaignIds: readonly string[]
  readonly mediaIds: readonly string[]
}

/**
 * Deletes posts and campaigns for good, with their texts; posts of a deleted campaign stay and lose the link. Undo does not
 * reach it. Only what is in the trash is taken.
 */
export const purge = (
  store: PostStore,
  db: WorkspaceDb,
  { postIds, campaignIds }: Pick<Doomed, 'postIds' | 'campaignIds'>,
  why = 'Deleted for good',
) =>
  store.change<null, never>(
    {
      command: 'purge',
      label: `${why}: ${[...(postIds.length > 0 ? [plain(postIds.length, 'post')] : []), ...(campaignIds.length > 0 ? [plain(campaignIds.length, 'campaign')] : [])].join(', ')}`,
      undoable: false,
    },
    async (tx) => {
      const posts = (await tx.getMany('posts', postIds)).filter(({ trashedAt }) => trashedAt > 0)
      const campaigns = (await tx.getMany('campaigns', campaignIds)).filter(({ trashedAt }) => trashedAt > 0)
      for (const { id } of posts) {
        await tx.remove('posts', id)
        for (const own of await db.placements.where('postId').equals(id).primaryKeys()) {
          await tx.remove('placements', own)
          await tx.remove('documents', own)
        }
      }
      for (const { id } of campaigns) {
        await tx.remove('campaigns', id)
        const linked = (await db.posts.where('campaignId').equals(id).primaryKeys()).filter(
          (postId) => !postIds.includes(postId),
        )
        await tx.updateMany(
          'posts',
          linked.map((postId) => ({ id: postId, fields: { campaignId: '' } })),
        )
        for (const taskId of await db.tasks.where('campaignId').equals(id).primaryKeys())
          await tx.remove('tasks', taskId)
      }
      for (const { id } of [...posts, ...campaigns]) await tx.remove('documents', id)
      return ok(null)
    },
  )

/** Takes campaigns out of the trash. */
export const restoreCampaigns = (store: PostStore, ids: readonly string[]) =>
  store.change<{ title: string }[], never>(
    (campaigns) => ({ command: 'restoreCampaigns', label: `Restored ${named(campaigns)}` }),
    async (tx) => {
      const campaigns = await tx.getMany('campaigns', ids)
      await tx.updateMany(
        'campaigns',
        campaigns.map(({ id }) => ({ id, fields: { trashedAt: 0 } })),
      )
      return ok(campaigns.map(({ name }) => ({ title: name })))
    },
  )

/** At start: deletes posts and campaigns that have been in the trash for longer than 30 days. Gives how many things that were. */
export async function purgeOld(db: WorkspaceDb, store: PostStore, now: number): Promise<number> {
  const before = endOfKeeping(now)
  const old = (table: 'posts' | 'campaigns') =>
    db.table(table).where('trashedAt').between(1, before, true, true).primaryKeys()
  const [postIds, campaignIds] = (await Promise.all([old('posts'), old('campaigns')])) as [string[], string[]]
  if (postIds.length + campaignIds.length === 0) return 0
  await purge(store, db, { postIds, campaignIds }, `Emptied the trash after ${KEPT_DAYS} days`)
  return postIds.length + campaignIds.length
}

const oldMedia = (db: WorkspaceDb, now: number) => db.media.where('trashedAt').between(1, endOfKeeping(now), true, true)

/** Whether files have been in the trash for longer than 30 days; see `purgeOldMedia`. */
export const hasOldMedia = async (db: WorkspaceDb, now: number): Promise<boolean> =>
  (await oldMedia(db, now).count()) > 0
/** Which they are. */
export const oldMediaIds = (db: WorkspaceDb, now: number): Promise<string[]> => oldMedia(db, now).primaryKeys()

const plain = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`
