import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createPost, trashPosts } from '../../../renderer/data/commands/posts.ts'
import { countByStatus } from '../../../renderer/data/queries.ts'
import type { Workspace } from '../../../renderer/data/workspace.ts'
import { addCampaignCard, addPostCard, dropCampaigns, dropPosts } from '../../../renderer/features/board/commands.ts'
import { ordersFor } from '../../../renderer/features/board/order.ts'
import { postColumns } from '../../../renderer/features/board/queries.ts'
import { matches } from '../../../shared/domain/filter.ts'
import { NO_FILTER } from '../../../shared/domain/workspace.ts'
import { aMovingClock, aWorkspace } from '../../support/workspace.ts'

let workspace: Workspace
beforeEach(async () => {
  workspace = await aWorkspace({ clock: aMovingClock(Date.UTC(2026, 9, 14, 8)) })
})
const at = (date: string) => ({ date, time: '09:00', zone: 'Europe/Berlin' })
const columnsOf = async (filter = NO_FILTER, limit = 100) =>
  new Map((await postColumns(workspace.db, filter, () => limit)).map((column) => [column.status, column]))
const titles = async (status: 'idea' | 'draft' | 'scheduled') =>
  (await columnsOf()).get(status)?.posts.map(({ title }) => title)

describe('the board of posts', () => {
  it('reads a page of a column, in its order, and counts all of it', async () => {
    for (const title of ['a', 'b', 'c']) await createPost(workspace.store, { title })
    const idea = (await columnsOf(NO_FILTER, 2)).get('idea')
    expect(idea?.posts.map(({ title }) => title)).toEqual(['a', 'b'])
    expect(idea?.count).toBe(3)
  })

  it('leaves out trashed posts and those of other campaigns', async () => {
    const { store, db } = workspace
    const gone = await createPost(store, { title: 'gone', campaignId: 'tarn' })
    await createPost(store, { title: 'mine', campaignId: 'tarn' })
    await createPost(store, { title: 'other' })
    await trashPosts(store, [gone])
    const columns = await columnsOf({ ...NO_FILTER, campaignIds: ['tarn'] })
    expect(columns.get('idea')?.posts.map(({ title }) => title)).toEqual(['mine'])
    expect((await countByStatus(db, 'tarn')).idea).toBe(1)
    expect((await countByStatus(db, '')).idea).toBe(1)
    expect((await countByStatus(db, null)).idea).toBe(2)
  })

  it('shows and counts exactly what any filter lets through, in the order of the board', async () => {
    const { store, db } = workspace
    const some = <T>(values: readonly T[]) => fc.subarray([...values])
    const post = fc.record({
      channelIds: some(['blog', 'feed']),
      campaignId: fc.constantFrom('', 'tarn', 'moss'),
      ownerId: fc.constantFrom('', 'maelis'),
      pillarId: fc.constantFrom('', 'craft'),
      labels: some(['red', 'blue']),
      status: fc.constantFrom('idea' as const, 'draft' as const, 'cancelled' as const),
      title: fc.constantFrom('seam', 'thread'),
      order: fc.integer(),
    })
    // Mostly empty, so that every list is the only one now and then.
    const few = <T>(values: readonly T[]) => fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, some(values))
    const filter = fc.record({
      channelIds: few(['blog', 'feed']),
      campaignIds: few(['', 'tarn', 'moss']),
      statuses: few(['idea' as const, 'draft' as const]),
      ownerIds: few(['', 'maelis']),
      pillarIds: few(['', 'craft']),
      labels: few(['red', 'blue']),
      text: fc.constantFrom('', 'seam'),
    })
    for (const fields of fc.sample(post, { numRuns: 40, seed: 7 })) await createPost(store, fields)
    const [first] = await db.posts.toArray()
    await trashPosts(store, [first?.id ?? ''])
    const all = (await db.posts.toArray()).filter(({ trashedAt }) => trashedAt === 0).sort((a, b) => a.order - b.order)
    await fc.assert(
      fc.asyncProperty(filter, async (wanted) => {
        for (const column of await postColumns(db, wanted, () => 3)) {
          const expected = all.filter((post) => post.status === column.status && matches(post, wanted))
          expect(column.count).toBe(expected.length)
          expect(column.posts.map(({ id }) => id)).toEqual(expected.slice(0, 3).map(({ id }) => id))
        }
      }),
    )
  })

  it('a drop changes the status and the place in one undo', async () => {
    const { store } = workspace
    for (const title of ['a', 'b']) await createPost(store, { title, status: 'draft' })
    const id = await createPost(store, { title: 'c' })
    const draft = (await columnsOf()).get('draft')?.posts ?? []
    await dropPosts(store, [id], { status: 'draft', orders: ordersFor([id], draft, 1) })
    expect(await titles('draft')).toEqual(['a', 'c', 'b'])
    await store.undo()
    expect(await titles('draft')).toEqual(['a', 'b'])
    expect(await titles('idea')).toEqual(['c'])
  })

  it('refuses to schedule without a date, and into the past', async () => {
    const { store } = workspace
    const id = await createPost(store, { title: 'a' })
    const drop = { status: 'scheduled', orders: [] } as const
    expect(await dropPosts(store, [id], drop)).toMatchObject({ ok: false, error: { kind: 'needs-date' } })
    expect(await dropPosts(store, [id], { ...drop, planned: at('2026-10-01') })).toMatchObject({
      ok: false,
      error: { kind: 'in-the-past' },
    })
    expect(await dropPosts(store, [id], { ...drop, planned: at('2026-10-20') })).toMatchObject({ ok: true })
    expect((await workspace.db.posts.get(id))?.publishAt).toEqual(at('2026-10-20'))
  })

  it('a drop of several changes all of them in one undo, and gives a date only to those that have none', async () => {
    const { store, db } = workspace
    const dated = await createPost(store, { title: 'dated', planned: at('2026-11-03') })
    const undated = await createPost(store, { title: 'undated' })
    const drop = { status: 'scheduled', orders: ordersFor([dated, undated], [], 0) } as const
    expect(await dropPosts(store, [dated, undated], drop)).toMatchObject({
      ok: false,
      error: { kind: 'needs-date', post: { id: undated } },
    })
    expect((await db.posts.get(dated))?.status).toBe('draft')
    await dropPosts(store, [dated, undated], { ...drop, planned: at('2026-10-20') })
    expect((await db.posts.bulkGet([dated, undated])).map((post) => post?.publishAt?.date)).toEqual([
      '2026-11-03',
      '2026-10-20',
    ])
    expect(await titles('scheduled')).toEqual(['dated', 'undated'])
    await store.undo()
    expect((await db.posts.bulkGet([dated, undated])).map((post) => post?.status)).toEqual(['draft', 'idea'])
  })

  it('campaigns are dropped into a stage together, in one undo', async () => {
    const { store, db } = workspace
    const ids = [await addCampaignCard(store, 'Tarn', {}, () => []), await addCampaignCard(store, 'Moss', {}, () => [])]
    await dropCampaigns(store, ids, { stage: 'live', orders: [] })
    expect((await db.campaigns.bulkGet(ids)).map((campaign) => campaign?.stage)).toEqual(['live', 'live'])
    expect((await store.undo())?.label).toBe('2 campaigns to Live')
    expect((await db.campaigns.bulkGet(ids)).map((campaign) => campaign?.stage)).toEqual(['idea', 'idea'])
  })

  it('a drop into another lane takes on its property', async () => {
    const id = await createPost(workspace.store, { title: 'a' })
    await dropPosts(workspace.store, [id], {
      status: 'idea',
      fields: new Map([[id, { ownerId: 'maelis' }]]),
      orders: [],
    })
    expect((await workspace.db.posts.get(id))?.ownerId).toBe('maelis')
  })

  it('a typed line becomes a card at its place, one undo', async () => {
    const { store } = workspace
    for (const title of ['a', 'b']) await createPost(store, { title })
    const idea = (await columnsOf()).get('idea')?.posts ?? []
    await addPostCard(store, 'between', { status: 'idea' }, (id) => ordersFor([id], idea, 1))
    expect(await titles('idea')).toEqual(['a', 'between', 'b'])
    await store.undo()
    expect(await titles('idea')).toEqual(['a', 'b'])
  })
})
