import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createCampaign, createTask } from '../../../renderer/data/commands/campaigns.ts'
import { addMedia, editMedia, trashMedia } from '../../../renderer/data/commands/media.ts'
import { createPost, editPosts, trashPosts, writeText } from '../../../renderer/data/commands/posts.ts'
import { addRow } from '../../../renderer/data/commands/workspace.ts'
import { workspaceDbName } from '../../../renderer/data/db.ts'
import { createSearch, keepAsking, type Search } from '../../../renderer/data/search/search.ts'
import { openRegistry, openWorkspace } from '../../../renderer/data/workspace.ts'
import { plainMedium } from '../../../shared/domain/medium.ts'
import { ok } from '../../../shared/lib/result.ts'
import { createMemoryShell } from '../../support/memoryShell.ts'

const doc = (text: string) => ({
  type: 'doc' as const,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})
const clock = { now: () => Date.parse('2026-11-24T09:00:00Z') }

let search: Search | undefined
afterEach(() => search?.dispose())

async function aWorkspace() {
  const shell = createMemoryShell()
  const deps = { clock, port: shell, zone: 'Europe/Berlin' }
  const registry = await openRegistry(deps, `registry-${crypto.randomUUID()}`)
  const opened = await openWorkspace(await registry.create('Search'), deps)
  if (!opened.ok) throw new Error('did not open')
  return opened.value
}

describe('search over a workspace', () => {
  it('finds posts by title, text, notes and labels, campaigns by message and brief, day notes and tasks', async () => {
    const workspace = await aWorkspace()
    const { store } = workspace
    await createPost(
      store,
      { title: 'Three pockets', labels: ['packaging'], notes: 'ask about cork' },
      doc('Every seam can be opened and mended.'),
    )
    await createCampaign(
      store,
      { name: 'Spring walk', keyMessages: ['Repair beats replacement'] },
      doc('Meadows before the hay is cut'),
    )
    await addRow(
      store,
      'dayNotes',
      { on: '2026-12-01', until: '2026-12-01', kind: 'note', text: 'Warehouse closed' },
      'Added a day note',
    )
    await createTask(store, { title: 'Book the photographer' })
    search = createSearch(workspaceDbName(workspace.entry.id))
    await search.ready()
    const found = async (text: string) => (await search?.query(text, { limit: 5 }))?.map((hit) => [hit.kind, hit.title])
    expect(await found('pockets')).toEqual([['post', 'Three pockets']])
    expect(await found('mended')).toEqual([['post', 'Three pockets']])
    expect(await found('cork')).toEqual([['post', 'Three pockets']])
    expect(await found('packag')).toEqual([['post', 'Three pockets']])
    expect(await found('replacement')).toEqual([['campaign', 'Spring walk']])
    expect(await found('meadows')).toEqual([['campaign', 'Spring walk']])
    expect(await found('warehouse')).toEqual([['note', 'Warehouse closed']])
    expect(await found('photographer')).toEqual([['task', 'Book the photographer']])
    expect((await search.query('pockets', { limit: 5, kinds: ['campaign'] })).length).toBe(0)
    expect(search.progress()).toMatchObject({ done: 4, total: 4 })
  })

  it('finds files of the library by name, words for those who do not see them, labels, folder and who made them', async () => {
    const workspace = await aWorkspace()
    const lantern = plainMedium({
      id: 'lantern',
      name: 'tent-night_02.jpg',
      type: 'image/jpeg',
      size: 1,
      createdAt: 0,
      alt: 'A tent that glows',
      labels: ['autumn'],
      folder: 'Walks/Huts',
      credit: 'Ilva Norrgard',
    })
    await addMedia(workspace.store, [lantern])
    search = createSearch(workspace.db.name)
    await search.ready()
    for (const word of ['night', 'glows', 'autumn', 'huts', 'norrgard'])
      expect(
        (await search.query(word, { limit: 5, kinds: ['medium'] })).map(({ row }) => row.id),
        word,
      ).toEqual(['lantern'])
    await editMedia(workspace.store, ['lantern'], { alt: 'A lit tent' }, 'Alt text')
    await vi.waitFor(async () => expect(await search?.query('glows', { limit: 5 })).toEqual([]))
    await trashMedia(workspace.store, workspace.db, ['lantern'])
    await vi.waitFor(async () => expect(await search?.query('lit', { limit: 5 })).toEqual([]))
  })

  it('says where it found a word, in the title and in the text', async () => {
    const workspace = await aWorkspace()
    await createPost(
      workspace.store,
      { title: 'Seam test' },
      doc(`${'We walked for a long while before it began. '.repeat(4)}Then a seam gave way, as seams do.`),
    )
    search = createSearch(workspaceDbName(workspace.entry.id))
    await search.ready()
    const [hit] = await search.query('seam', { limit: 1 })
    const cut = (text: string, ranges: readonly (readonly [number, number])[]) =>
      ranges.map(([a, b]) => text.slice(a, b))
    expect(cut(hit?.title ?? '', hit?.titleRanges ?? [])).toEqual(['Seam'])
    expect(hit?.excerpt.startsWith('…')).toBe(true)
    expect(cut(hit?.excerpt ?? '', hit?.excerptRanges ?? [])).toEqual(['seam', 'seam'])
  })

  it('keeps in step with every change, undo included', async () => {
    const workspace = await aWorkspace()
    const { store } = workspace
    search = createSearch(workspaceDbName(workspace.entry.id))
    await search.ready()
    const titles = async (text: string) => (await search?.query(text, { limit: 5 }))?.map((hit) => hit.title)
    const id = await createPost(store, { title: 'First name' })
    await vi.waitFor(async () => expect(await titles('first')).toEqual(['First name']))
    await editPosts(store, [id], { title: 'Second name' }, 'Title')
    await vi.waitFor(async () => expect(await titles('second')).toEqual(['Second name']))
    expect(await titles('first')).toEqual([])
    await writeText(store, id, doc('A paragraph on lichen'), 'typing')
    await vi.waitFor(async () => expect(await titles('lichen')).toEqual(['Second name']))
    // A change of the text alone, that leaves the post's own row as it was.
    await store.change<null, never>({ command: 'test', label: 'Text' }, async (tx) => {
      await tx.replaceList('documents', id, 'content', doc('A paragraph on lichen and quartz').content)
      return ok(null)
    })
    await vi.waitFor(async () => expect(await titles('quartz')).toEqual(['Second name']))
    await trashPosts(store, [id])
    await vi.waitFor(async () => expect(await titles('lichen')).toEqual([]))
    await store.undo()
    await vi.waitFor(async () => expect(await titles('lichen')).toEqual(['Second name']))
  })

  it('answers while it is still building, latest posts first, and says how far it is', async () => {
    const workspace = await aWorkspace()
    const rows = Array.from({ length: 900 }, (_, at) => ({ title: `Numbered ${at}`, updatedAt: at }))
    const { blankPost } = await import('../../../renderer/data/commands/posts.ts')
    await workspace.db.posts.bulkAdd(rows.map((fields) => ({ ...blankPost(1, fields), updatedAt: fields.updatedAt })))
    search = createSearch(workspaceDbName(workspace.entry.id))
    const seen: number[] = []
    let early: string[] | undefined
    await new Promise<void>((resolve) => {
      search?.onProgress(async () => {
        const { done, total } = search?.progress() ?? { done: 0, total: 0 }
        seen.push(done)
        if (done > 0 && done < total && !early)
          early = (await search?.query('899', { limit: 1 }))?.map((hit) => hit.title)
        if (done === total) resolve()
      })
    })
    expect(early).toEqual(['Numbered 899'])
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect([seen[0], seen.at(-1)]).toEqual([0, 900])
    expect(seen.length).toBeGreaterThan(3)
  })

  it('who goes on asking is told what is made, changed and trashed since, also what is made while the index is built', async () => {
    const { store, db } = await aWorkspace()
    await createPost(store, { title: 'Quartz in the sole' })
    search = createSearch(db.name)
    let titles: string[] = []
    const stop = keepAsking(search, 'quartz', { limit: 5 }, (hits) => {
      titles = hits.map(({ title }) => title).sort()
    })
    const built = Promise.withResolvers<void>()
    const unheard = search.onProgress(() => {
      // All posts that were listed are in; the log has not been read on yet.
      if (search?.progress().done === 1)
        built.resolve(createPost(store, { title: 'Quartz in the heel' }).then(() => {}))
    })
    await built.promise
    unheard()
    await vi.waitFor(() => expect(titles).toEqual(['Quartz in the heel', 'Quartz in the sole']))
    await search.ready()
    const id = await createPost(store, { title: 'Plain heel' })
    await editPosts(store, [id], { title: 'Quartz, once more' }, 'Title')
    await vi.waitFor(() => expect(titles).toContain('Quartz, once more'))
    await trashPosts(store, [id])
    await vi.waitFor(() => expect(titles).not.toContain('Quartz, once more'))
    const before = titles
    stop()
    await createPost(store, { title: 'Quartz for nobody' })
    await vi.waitFor(async () => expect(await search?.query('nobody', { limit: 1 })).toHaveLength(1))
    expect(titles).toBe(before)
  })
})

describe('posts that say nearly the same', () => {
  const TEA = 'Tea, at last. We put the kettle on at four and everyone who mended something this week gets a cup.'

  it('are found whatever their channel and however old, by likeness and not by equality', async () => {
    const workspace = await aWorkspace()
    const { store } = workspace
    const old = await createPost(store, { title: 'Tea', channelIds: ['fb'] }, doc(TEA))
    await createPost(
      store,
      { title: 'Kettle' },
      doc('The kettle is broken. Who can mend it before four o’clock on Friday, and what would everyone like instead?'),
    )
    const next = await createPost(
      store,
      { title: 'Tea again', channelIds: ['ig'] },
      doc(
        'TEA, at last! We put the kettle on at five and everyone who mended something this month gets a cup: https://tea.example/x',
      ),
    )
    search = createSearch(workspaceDbName(workspace.entry.id))
    await search.ready()
    const found = await search.alike(TEA, { except: old })
    expect(found.map(({ post }) => post.id)).toEqual([next])
    expect(found[0]?.likeness).toBeGreaterThan(0.5)
    await trashPosts(store, [next])
    await vi.waitFor(async () => expect(await search?.alike(TEA, { except: old })).toEqual([]))
  })

  it('are none for a text that says nothing', async () => {
    const workspace = await aWorkspace()
    await createPost(workspace.store, { title: '' }, doc(''))
    search = createSearch(workspaceDbName(workspace.entry.id))
    await search.ready()
    expect(await search.alike('', { except: '' })).toEqual([])
    expect(await search.alike('🙂', { except: '' })).toEqual([])
  })
})
