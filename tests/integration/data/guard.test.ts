import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { createPost, editPosts } from '../../../renderer/data/commands/posts.ts'
import { workspaceDbName } from '../../../renderer/data/db.ts'
import { isDatabaseFault, isDiskFull, WritingRefused } from '../../../renderer/data/faults.ts'
import { LEAST_FOR_EDITS, LEAST_FOR_LARGE } from '../../../renderer/data/guard.ts'
import { openWorkspace, type Workspace } from '../../../renderer/data/workspace.ts'
import { bringIn } from '../../../renderer/features/transfer/bringIn.ts'
import type { Shell } from '../../../renderer/ports/shell.ts'
import { createMemoryShell } from '../../support/memoryShell.ts'
import { aClock, anEntry, aWorkspace } from '../../support/workspace.ts'

async function withRoom(free: number) {
  const shell = createMemoryShell()
  const workspace = await aWorkspace({ shell })
  const id = await createPost(workspace.store, { title: 'one' })
  shell.free = free
  await workspace.guard.refresh()
  return { shell, workspace, id, edit: () => editPosts(workspace.store, [id], { title: 'two' }, 'Title') }
}
const nothing = { items: [], notes: [], contents: [], from: 'a', zone: 'UTC', channelId: '', campaignId: '', files: [] }
const brought = (workspace: Workspace, shell: Shell) =>
  bringIn({ workspace, shell, clock: aClock() }, nothing, () => {}, new AbortController().signal)

describe('a disk that fills up', () => {
  it('first takes no imports and pictures any more, while one goes on writing', async () => {
    const { shell, workspace, edit } = await withRoom(LEAST_FOR_LARGE - 1)
    expect(await brought(workspace, shell)).toMatchObject({
      ok: false,
      error: {
        sentence: expect.stringMatching(/^Nothing was brought in\. Only 199 MB are left.*writing and planning go on/),
      },
    })
    expect([await workspace.db.media.count(), await workspace.db.blobs.count()]).toEqual([0, 0])
    await edit()
    expect((await workspace.db.posts.toArray())[0]?.title).toBe('two')
  })

  it('then takes no edits and no undo either, in words, and everything can be read', async () => {
    const { shell, workspace, id, edit } = await withRoom(LEAST_FOR_EDITS - 1)
    await expect(edit()).rejects.toThrow(WritingRefused)
    await expect(workspace.store.undo()).rejects.toThrow(/^Only 49 MB are left.*reading and exporting go on/)
    expect((await workspace.db.posts.get(id))?.title).toBe('one')
    expect(workspace.journal.state().kind).toBe('saved')
    shell.free = LEAST_FOR_LARGE
    await workspace.guard.refresh()
    await edit()
    expect(workspace.guard.standing()).toEqual({ kind: 'open' })
  })

  it('is asked at the very moment of an import, not only now and then', async () => {
    const { shell, workspace } = await withRoom(LEAST_FOR_LARGE)
    shell.free = 1
    expect(await brought(workspace, shell)).toMatchObject({ ok: false })
  })

  it('that takes nothing at all is as good as full', async () => {
    const shell = createMemoryShell()
    const message = 'Outpost has no permission to use /memory.'
    const diskRoom = async () => ({ ok: false as const, error: { kind: 'no-permission' as const, message } })
    const workspace = await aWorkspace({ shell: { ...shell, diskRoom } })
    await workspace.guard.refresh()
    await expect(createPost(workspace.store, { title: 'a' })).rejects.toThrow(message)
  })
})

describe('a fault of the database', () => {
  const wrapped = (name: string, inner?: Error) => Object.assign(new Error(name), { name, inner })
  const noRoom = wrapped('QuotaExceededError')

  it('is known for a full disk, however deep that is wrapped', () => {
    expect(isDiskFull(noRoom)).toBe(true)
    expect(isDiskFull(wrapped('AbortError', wrapped('UnknownError', noRoom)))).toBe(true)
    expect(isDiskFull(wrapped('AbortError'))).toBe(false)
  })

  it('is told from a bug', () => {
    for (const name of ['AbortError', 'DatabaseClosedError', 'UnknownError'])
      expect(isDatabaseFault(wrapped('Error', wrapped(name)))).toBe(true)
    expect([new TypeError('x is undefined'), 'words', undefined].map(isDatabaseFault)).toEqual([false, false, false])
  })
})

describe('a second window', () => {
  async function opened() {
    const flushed: string[] = []
    const entry = anEntry()
    const port = createMemoryShell()
    const flush = async () => {
      await editPosts(workspace.store, [id], { title: 'last words' }, 'Title')
      flushed.push('flushed')
    }
    const result = await openWorkspace(entry, { clock: aClock(), port, zone: 'UTC', flush })
    if (!result.ok) throw new Error('not opened')
    const workspace = result.value
    const id = await createPost(workspace.store, { title: 'one' })
    return { entry, workspace, id, flushed, name: workspaceDbName(entry.id) }
  }

  it('with a newer schema waits until what is unsaved here is written, and nothing is written after that', async () => {
    const { workspace, id, flushed, name } = await opened()
    const newer = new Dexie(name)
    newer.version(99).stores({ posts: 'id, plannedAt', future: 'id' })
    await newer.open()
    expect(flushed).toEqual(['flushed'])
    expect(await newer.table('posts').get(id)).toMatchObject({ title: 'last words' })
    expect(workspace.guard.standing()).toMatchObject({
      kind: 'stopped',
      why: expect.stringContaining('Another window'),
    })
    await expect(createPost(workspace.store, { title: 'too late' })).rejects.toThrow(WritingRefused)
    expect(await newer.table('posts').count()).toBe(1)
    newer.close()
  })

  it('that deletes the workspace is not held up', async () => {
    const { workspace, name } = await opened()
    await Dexie.delete(name)
    expect(workspace.guard.standing().kind).toBe('stopped')
  })

  it('is no matter once this one has closed', async () => {
    const { workspace, flushed, name } = await opened()
    workspace.close()
    await Dexie.delete(name)
    expect([flushed, workspace.guard.standing()]).toEqual([[], { kind: 'open' }])
  })
})

describe('a database the browser lets go of', () => {
  it('is not opened again, empty, under one who writes', async () => {
    const workspace = await aWorkspace()
    await createPost(workspace.store, { title: 'one' })
    // What the browser does when the store under a page is damaged or cleared.
    workspace.db.backendDB().onclose?.(new Event('close'))
    await expect(createPost(workspace.store, { title: 'into the void' })).rejects.toThrow(WritingRefused)
    await expect(workspace.db.posts.count()).rejects.toMatchObject({ name: 'DatabaseClosedError' })
    expect(workspace.guard.standing()).toMatchObject({ kind: 'stopped', why: expect.stringContaining('comes back') })
  })
})

describe('a database the browser cannot open', () => {
  it('is said to be so, and is no new workspace', async () => {
    const entry = anEntry()
    const real = indexedDB.open
    indexedDB.open = () => {
      throw Object.assign(new Error('Internal error opening backing store for indexedDB.open.'), {
        name: 'UnknownError',
      })
    }
    try {
      const opened = await openWorkspace(entry, { clock: aClock(), port: createMemoryShell(), zone: 'UTC' })
      expect(opened).toEqual({ ok: false, error: { kind: 'unopened' } })
    } finally {
      indexedDB.open = real
    }
  })
})
