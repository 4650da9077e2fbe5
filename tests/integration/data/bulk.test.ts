import { describe, expect, it } from 'vitest'
import { changeMany, previewBulk } from '../../../renderer/data/commands/bulk.ts'
import { writeVariant } from '../../../renderer/data/commands/placements.ts'
import { createPost } from '../../../renderer/data/commands/posts.ts'
import { type Doc, plainText } from '../../../shared/domain/document.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { aWorkspace } from '../../support/workspace.ts'

const doc = (text: string): Doc => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})
const planned = { date: '2026-11-27', time: '09:00', zone: 'Europe/Berlin' }

async function three() {
  const workspace = await aWorkspace()
  const { store, db } = workspace
  const ids = [
    await createPost(
      store,
      { title: 'Tarn 28', channelIds: ['x'], labels: ['launch', 'old'], planned },
      doc('The Tarn 28 is here.'),
    ),
    await createPost(store, { title: 'Undated', labels: ['old'] }, doc('Nothing of it.')),
    await createPost(store, { title: 'Out', planned, status: 'published' }, doc('Tarn 28 was out.')),
  ]
  const [first = ''] = ids
  await writeVariant(store, { postId: first, channelId: 'x' }, doc('Tarn 28!'), 'X', 'g')
  const words = async (id: string) => plainText({ content: (await db.documents.get(id))?.content })
  return { workspace, store, db, ids, first, words }
}

describe('one change for many posts', () => {
  it('sets owner, labels and channels of all in one step and one undo', async () => {
    const { store, db, ids } = await three()
    await changeMany(store, db, ids, {
      ownerId: 'bex',
      addLabels: ['winter'],
      removeLabels: ['old'],
      addChannels: ['ig'],
    })
    expect((await db.posts.bulkGet(ids)).map((post) => [post?.ownerId, post?.labels, post?.channelIds])).toEqual([
      ['bex', ['launch', 'winter'], ['x', 'ig']],
      ['bex', ['winter'], ['ig']],
      ['bex', ['winter'], ['ig']],
    ])
    await store.undo()
    expect((await db.posts.bulkGet(ids)).map((post) => post?.ownerId)).toEqual(['', '', ''])
  })

  it('moves plans on their clock; what is out stays and says why, undated posts stay undated', async () => {
    const { workspace, store, db, ids, first } = await three()
    const change = { days: 2, minutes: 90 }
    const rows = await previewBulk(db, ids, change, workspace.clock.now())
    expect(rows.map(({ refusal }) => refusal?.kind ?? null)).toEqual([null, null, 'already-published'])
    await changeMany(store, db, ids, change)
    expect((await db.posts.get(first))?.planned).toEqual({ ...planned, date: '2026-11-29', time: '10:30' })
    expect((await db.posts.bulkGet(ids)).map((post) => post?.planned?.date ?? null)).toEqual([
      '2026-11-29',
      null,
      '2026-11-27',
    ])
  })

  it('leaves out those a status needs a date for', async () => {
    const { store, db, ids } = await three()
    const changed = await changeMany(store, db, ids, { status: 'scheduled' })
    expect(changed.ok && changed.value.map(({ post }) => post.title)).toEqual(['Tarn 28', 'Out'])
    expect((await db.posts.bulkGet(ids)).map((post) => post?.status)).toEqual(['scheduled', 'idea', 'scheduled'])
  })

  it('replaces words in titles, texts and own texts of channels, counted before it is done', async () => {
    const { workspace, store, db, ids, first, words } = await three()
    const replace = { find: 'tarn 28', by: 'Tarn 30', matchCase: false, wholeWords: true }
    const rows = await previewBulk(db, ids, { replace }, workspace.clock.now())
    expect(rows.map(({ replaced }) => replaced)).toEqual([3, 0, 1])
    await changeMany(store, db, ids, { replace })
    expect((await db.posts.get(first))?.title).toBe('Tarn 30')
    expect((await db.posts.get(first))?.excerpt).toBe('The Tarn 30 is here.')
    expect(await words(first)).toBe('The Tarn 30 is here.')
    expect(await words(placementId(first, 'x'))).toBe('Tarn 30!')
    await store.undo()
    expect(await words(placementId(first, 'x'))).toBe('Tarn 28!')
  })

  it('that changes nothing writes nothing', async () => {
    const { store, db, ids } = await three()
    const before = await db.changes.count()
    await changeMany(store, db, ids, { removeLabels: ['never'] })
    expect(await db.changes.count()).toBe(before)
  })
})
