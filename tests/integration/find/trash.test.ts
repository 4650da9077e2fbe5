import '../../support/indexeddb.ts'
import { describe, expect, it } from 'vitest'
import { createCampaign, createTask, trashCampaign } from '../../../renderer/data/commands/campaigns.ts'
import { createPost, editPosts, trashPosts } from '../../../renderer/data/commands/posts.ts'
import { purge, purgeOld, restoreCampaigns } from '../../../renderer/features/trash/commands.ts'
import { aWorkspace, type TestWorkspace } from '../../support/workspace.ts'

const DAY = 86_400_000

describe('the trash', () => {
  it('forgets what lay in it for thirty days, with its text, and nothing younger', async () => {
    const { db, store, clock } = await aWorkspace()
    const old = await createPost(store, { title: 'Old' })
    const young = await createPost(store, { title: 'Young' })
    const kept = await createPost(store, { title: 'Kept' })
    await trashPosts(store, [old])
    clock.tick(29 * DAY)
    await trashPosts(store, [young])
    expect(await purgeOld(db, store, clock.now())).toBe(0)
    clock.tick(DAY)
    expect(await purgeOld(db, store, clock.now())).toBe(1)
    expect((await db.posts.toCollection().primaryKeys()).toSorted()).toEqual([young, kept].toSorted())
    expect(await db.documents.get(old)).toBeUndefined()
    expect(await purgeOld(db, store, clock.now())).toBe(0)
  })

  it('takes the tasks of a purged campaign along and leaves its posts without it', async () => {
    const { db, store, clock } = await aWorkspace()
    const campaignId = await createCampaign(store, { name: 'Gone' })
    const postId = await createPost(store, { title: 'Stays', campaignId })
    await createTask(store, { title: 'Goes', campaignId })
    await trashCampaign(store, campaignId, clock.now())
    await purge(store, db, { postIds: [], campaignIds: [campaignId] })
    expect(await db.campaigns.count()).toBe(0)
    expect(await db.tasks.count()).toBe(0)
    expect((await db.posts.get(postId))?.campaignId).toBe('')
  })

  it('leaves undo and redo walking over what is gone for good, also after a restart', async () => {
    const first = await aWorkspace()
    const kept = await createPost(first.store, { title: 'Kept' })
    const gone = await createPost(first.store, { title: 'Gone' })
    await editPosts(first.store, [kept, gone], { notes: 'both' }, 'Notes')
    await trashPosts(first.store, [gone])
    await purge(first.store, first.db, { postIds: [gone], campaignIds: [] })
    const walk = async ({ store, db }: TestWorkspace) => {
      const rows = async () => (await db.posts.toArray()).map(({ id, notes }) => [id, notes])
      expect((await store.undo())?.entities).toEqual([kept])
      expect(await rows()).toEqual([[kept, '']])
      await store.redo()
      expect(await rows()).toEqual([[kept, 'both']])
      while (await store.undo());
      expect(await rows()).toEqual([])
      while (await store.redo());
      expect(await rows()).toEqual([[kept, 'both']])
    }
    await walk(first)
    await walk(await first.reopen())
  })

  it('never takes what is not in the trash, and gives back what is', async () => {
    const { db, store, clock } = await aWorkspace()
    const postId = await createPost(store, { title: 'Alive' })
    const campaignId = await createCampaign(store, { name: 'Back again' })
    await purge(store, db, { postIds: [postId], campaignIds: [campaignId] })
    expect([await db.posts.count(), await db.campaigns.count()]).toEqual([1, 1])
    await trashCampaign(store, campaignId, clock.now())
    await restoreCampaigns(store, [campaignId])
    expect((await db.campaigns.get(campaignId))?.trashedAt).toBe(0)
  })
})
