import { describe, expect, it } from 'vitest'
import { createCampaign, writeBrief } from '../../../renderer/data/commands/campaigns.ts'
import {
  addMedia,
  editMedia,
  moveFolder,
  noteMedia,
  purgeMedia,
  replaceMedium,
  restoreMedia,
  trashMedia,
} from '../../../renderer/data/commands/media.ts'
import { changePlacement, setMedia } from '../../../renderer/data/commands/placements.ts'
import { createPost, duplicatePosts, trashPosts, writeText } from '../../../renderer/data/commands/posts.ts'
import { keepPostAsTemplate } from '../../../renderer/data/commands/templates.ts'
import { usedIds, usersOf } from '../../../renderer/data/media/uses.ts'
import { unsealed } from '../../../renderer/data/sums.ts'
import { mediaIn } from '../../../shared/domain/document.ts'
import type { Medium } from '../../../shared/domain/medium.ts'
import { placed } from '../../../shared/domain/placement.ts'
import { mediaInTemplate } from '../../../shared/domain/template.ts'
import { err } from '../../../shared/lib/result.ts'
import { turnOnce } from '../../../shared/media/crop.ts'
import { OWN_SHAPE } from '../../../shared/media/shapes.ts'
import { aMedium, aText, withFiles } from '../../support/library.ts'
import type { MemoryShell } from '../../support/memoryShell.ts'
import { aWorkspace, type TestWorkspace } from '../../support/workspace.ts'

const usersByName = async ({ db }: TestWorkspace, { id }: Medium) =>
  ((await usersOf(db, [id])).get(id) ?? [])
    .map((user) => (user.kind === 'post' ? user.row.title : user.row.name))
    .sort()
const one = async (workspace: TestWorkspace, fields: Partial<Medium> = {}): Promise<Medium> => {
  const [medium] = await withFiles(workspace, fields)
  if (!medium) throw new Error('nothing was added')
  return medium
}

describe('files of the library', () => {
  it('are added in batches that are one undo', async () => {
    const { store, db } = await aWorkspace()
    const media = [aMedium(), aMedium(), aMedium()]
    await addMedia(store, media.slice(0, 2), 'one adding')
    await addMedia(store, media.slice(2), 'one adding')
    expect(await db.media.count()).toBe(3)
    await store.undo()
    expect(await db.media.count()).toBe(0)
    await store.redo()
    expect((await db.media.orderBy('id').toArray()).map(unsealed)).toEqual(
      media.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    )
  })

  it('are edited without touching them: turning keeps the shape true, and is undone', async () => {
    const workspace = await aWorkspace()
    const { id } = await one(workspace)
    const bytes = await workspace.db.blobs.get(id)
    await editMedia(workspace.store, [id], ({ edits }) => ({ edits: turnOnce(edits, OWN_SHAPE) }), 'Turn')
    expect(await workspace.db.media.get(id)).toMatchObject({ shape: 'tall', width: 40, edits: { turn: 90 } })
    expect(await workspace.db.blobs.get(id)).toEqual(bytes)
    await workspace.store.undo()
    expect(await workspace.db.media.get(id)).toMatchObject({ shape: 'wide', edits: { turn: 0 } })
  })

  it('are labelled together, in one step', async () => {
    const workspace = await aWorkspace()
    const media = await withFiles(workspace, { labels: ['moss'] }, {})
    const ids = media.map(({ id }) => id)
    await editMedia(workspace.store, ids, ({ labels }) => ({ labels: [...new Set([...labels, 'autumn'])] }), 'Labels')
    expect((await workspace.db.media.bulkGet(ids)).map((medium) => medium?.labels)).toEqual([
      ['moss', 'autumn'],
      ['autumn'],
    ])
    expect(workspace.store.history().undo).toBe('Labels of 2 files')
    await workspace.store.undo()
    expect((await workspace.db.media.bulkGet(ids)).map((medium) => medium?.labels)).toEqual([['moss'], []])
  })

  it('go along when their folder gets another name, and those beside it do not', async () => {
    const workspace = await aWorkspace()
    const folders = ['Tarn', 'Tarn/Studio', 'Tarnished', '']
    const ids = (await withFiles(workspace, ...folders.map((folder) => ({ folder })))).map(({ id }) => id)
    await moveFolder(workspace.store, workspace.db, 'Tarn', 'Packs/Tarn 28')
    expect((await workspace.db.media.bulkGet(ids)).map((medium) => medium?.folder)).toEqual([
      'Packs/Tarn 28',
      'Packs/Tarn 28/Studio',
      'Tarnished',
      '',
    ])
  })

  it('can be looked at later; that is no step of undo', async () => {
    const workspace = await aWorkspace()
    const { id } = await one(workspace, { width: 0, height: 0 })
    const before = workspace.store.history().undo
    await noteMedia(workspace.store, [
      { id, fields: { hash: 'abc', width: 30, height: 40 } },
      { id: 'gone', fields: { hash: 'x' } },
    ])
    expect(await workspace.db.media.get(id)).toMatchObject({ hash: 'abc', shape: 'tall' })
    expect(workspace.store.history().undo).toBe(before)
  })
})

describe('where a file is used', () => {
  it('is known of covers, of texts and of briefs, each once', async () => {
    const workspace = await aWorkspace()
    const { store } = workspace
    const medium = await one(workspace)
    await createPost(store, { title: 'Cover and text', coverId: medium.id }, aText(medium, medium))
    await createPost(store, { title: 'Text' }, aText(medium))
    await createPost(store, { title: 'Neither' }, aText())
    const campaign = await createCampaign(store, { name: 'Brief' })
    await writeBrief(store, campaign, aText(medium), 'a')
    expect(await usersByName(workspace, medium)).toEqual(['Brief', 'Cover and text', 'Text'])
  })

  it('is known of the cover of a film on one channel, and of templates; neither lets it vanish, and both can be swapped', async () => {
    const workspace = await aWorkspace()
    const { db, store } = workspace
    const [cover, inText, fresh] = (await withFiles(workspace, {}, {}, { name: 'new.png' })) as [Medium, Medium, Medium]
    const post = await createPost(store, { title: 'Film' }, aText(inText))
    await changePlacement(store, { postId: post, channelId: 'yt' }, { fields: { cover: cover.id } }, 'Cover')
    await keepPostAsTemplate(store, post)
    await writeText(store, post, aText(), 'typing')
    expect([await usersByName(workspace, cover), await usersByName(workspace, inText)]).toEqual([['Film'], ['Film']])
    expect([...(await usedIds(db))].sort()).toEqual([cover.id, inText.id].sort())
    for (const { id } of [cover, inText])
      expect(await trashMedia(store, db, [id])).toMatchObject({ ok: false, error: { kind: 'in-use' } })
    await replaceMedium(store, db, cover.id, fresh.id)
    await replaceMedium(store, db, inText.id, fresh.id)
    expect((await db.placements.toArray()).map(({ fields }) => fields)).toEqual([{ cover: fresh.id }])
    expect((await db.templates.toArray()).flatMap(mediaInTemplate)).toEqual([fresh.id])
    expect((await trashMedia(store, db, [cover.id, inText.id])).ok).toBe(true)
  })

  it('follows typing, undo, redo, copies and a restart', async () => {
    const workspace = await aWorkspace()
    const { store } = workspace
    const medium = await one(workspace)
    const post = await createPost(store, { title: 'Pockets' }, aText(medium))
    await writeText(store, post, aText(), 'typing')
    expect(await usersByName(workspace, medium)).toEqual([])
    await store.undo()
    expect(await usersByName(workspace, medium)).toEqual(['Pockets'])
    await duplicatePosts(store, [{ id: post, to: null }], 1)
    expect(await usersByName(workspace, medium)).toEqual(['Pockets', 'Pockets (copy)'])
    await store.undo()
    await writeText(store, post, aText(), 'again')
    await setMedia(store, post, placed(medium))
    const again = await workspace.reopen()
    expect(await usersByName(again, medium)).toEqual(['Pockets'])
    await again.store.undo()
    await again.store.undo()
    await again.store.redo()
    expect(await usersByName(again, medium)).toEqual([])
  })
})

describe('deleting a file', () => {
  it('is refused while a post shows it, for all that were asked', async () => {
    const workspace = await aWorkspace()
    const [used, unused] = (await withFiles(workspace, {}, {})) as [Medium, Medium]
    await createPost(workspace.store, { title: 'Pockets' }, aText(used))
    const ids = [used.id, unused.id]
    expect(await trashMedia(workspace.store, workspace.db, ids)).toEqual(err({ kind: 'in-use', media: [used] }))
    expect(await workspace.db.media.where('trashedAt').equals(0).count()).toBe(2)
  })

  it('puts it into the trash, from where it comes back', async () => {
    const workspace = await aWorkspace()
    const { id } = await one(workspace)
    await trashMedia(workspace.store, workspace.db, [id])
    expect((await workspace.db.media.get(id))?.trashedAt).toBeGreaterThan(0)
    await restoreMedia(workspace.store, [id])
    expect((await workspace.db.media.get(id))?.trashedAt).toBe(0)
  })

  it('for good takes bytes, second copy and small picture with it, and only what lies in the trash', async () => {
    const workspace = await aWorkspace()
    const { db, store } = workspace
    const shell = workspace.shell as MemoryShell
    const [kept, gone] = (await withFiles(workspace, {}, {})) as [Medium, Medium]
    await db.thumbs.put({ id: gone.id, type: 'image/webp', bytes: new ArrayBuffer(1), turn: 0 })
    expect(shell.originals.size).toBe(2)
    await trashMedia(store, db, [gone.id])
    expect(await purgeMedia(workspace, shell, [kept.id, gone.id])).toEqual([gone.id])
    expect(await db.media.toCollection().primaryKeys()).toEqual([kept.id])
    expect([await db.blobs.count(), await db.thumbs.count(), shell.originals.size]).toEqual([1, 0, 1])
  })

  it('for good waits while a post in the trash still shows it', async () => {
    const workspace = await aWorkspace()
    const { db, store } = workspace
    const medium = await one(workspace)
    const post = await createPost(store, { title: 'Pockets', coverId: medium.id })
    await trashPosts(store, [post])
    expect((await trashMedia(store, db, [medium.id])).ok).toBe(true)
    expect(await purgeMedia(workspace, workspace.shell, [medium.id])).toEqual([])
    expect(await db.blobs.count()).toBe(1)
  })
})

describe('swapping a file for another', () => {
  it('changes covers, texts and briefs of what is not out yet, and the words that came with it', async () => {
    const workspace = await aWorkspace()
    const { db, store } = workspace
    const [old, fresh] = (await withFiles(workspace, { alt: 'Old' }, { alt: 'New', name: 'new.png' })) as [
      Medium,
      Medium,
    ]
    const planned = { date: '2026-12-01', time: '09:00', zone: 'UTC' }
    const draft = await createPost(store, { title: 'Draft', coverId: old.id }, aText(old, { ...old, alt: 'Its own' }))
    const out = await createPost(store, { title: 'Out', status: 'published', planned, coverId: old.id }, aText(old))
    const brief = await createCampaign(store, { name: 'Brief' }, aText(old))
    const swapped = await replaceMedium(store, db, old.id, fresh.id)
    expect(swapped.ok && swapped.value.map(({ id }) => id)).toEqual([draft])
    const [inDraft, inOut, inBrief] = await db.documents.bulkGet([draft, out, brief])
    expect(mediaIn(inDraft?.content ?? [])).toEqual([fresh.id, fresh.id])
    expect(JSON.stringify(inDraft?.content)).toMatch(/"alt":"New".*"alt":"Its own"/)
    expect(mediaIn(inOut?.content ?? [])).toEqual([old.id])
    expect(mediaIn(inBrief?.content ?? [])).toEqual([fresh.id])
    expect((await db.posts.bulkGet([draft, out])).map((post) => post?.coverId)).toEqual([fresh.id, old.id])
    await store.undo()
    expect(await usersByName(workspace, old)).toEqual(['Brief', 'Draft', 'Out'])
    expect(await usersByName(workspace, fresh)).toEqual([])
  })
})
