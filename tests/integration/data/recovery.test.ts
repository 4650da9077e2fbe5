import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { createPost, editPosts } from '../../../renderer/data/commands/posts.ts'
import { workspaceDbName } from '../../../renderer/data/db.ts'
import { bytesOf } from '../../../renderer/data/media/originals.ts'
import { LATEST_VERSION } from '../../../renderer/data/migrations/index.ts'
import { unsealed } from '../../../renderer/data/sums.ts'
import { openWorkspace, shelfOf } from '../../../renderer/data/workspace.ts'
import type { Shell } from '../../../renderer/ports/shell.ts'
import { plainMedium } from '../../../shared/domain/medium.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { err, ok } from '../../../shared/lib/result.ts'
import { addMedium } from '../../support/library.ts'
import { createMemoryShell } from '../../support/memoryShell.ts'
import { aClock, anEntry, aRegistry, aWorkspace, type TestWorkspace } from '../../support/workspace.ts'

const picture = { name: 'a.png', type: 'image/png', width: 1, height: 1, alt: '' }
const contentOf = async ({ db }: TestWorkspace, id: string) => {
  const stored = await db.blobs.get(id)
  return stored && [...new Uint8Array(await new Blob([stored.bytes]).arrayBuffer())]
}
const silent = { kind: 'failed' as const, message: 'The disk is away.' }

describe('opening a workspace', () => {
  it('rebuilds a database that came back empty from its journal, instead of starting a new life', async () => {
    const first = await aWorkspace()
    const id = await createPost(first.store, { title: 'Kept' }, { type: 'doc', content: [{ type: 'paragraph' }] })
    await editPosts(first.store, [id], { title: 'Kept well' }, 'Title')
    const rows = await first.db.posts.toArray()
    const log = [await first.db.changes.toArray(), await first.db.patches.toArray()] as const
    first.close()
    await Dexie.delete(workspaceDbName(first.entry.id))

    const second = await aWorkspace({ entry: first.entry, shell: first.shell, clock: first.clock })
    expect(second.recovered).toBe(log[0].length)
    expect(await second.db.posts.toArray()).toEqual(rows)
    expect([await second.db.changes.toArray(), await second.db.patches.toArray()]).toEqual(log)
    await second.store.undo()
    expect((await second.db.posts.get(id))?.title).toBe('Kept')
  })

  it('brings pictures back too, from their second copies', async () => {
    const first = await aWorkspace()
    const added = await addMedium(first, first.shell, new Uint8Array([1, 2, 3]), picture)
    const id = added.ok ? added.value : ''
    const row = await first.db.media.get(id)
    first.close()
    await Dexie.delete(workspaceDbName(first.entry.id))
    const second = await aWorkspace({ entry: first.entry, shell: first.shell, clock: first.clock })
    expect(await second.bytesBack).toBe(1)
    expect(await contentOf(second, id)).toEqual([1, 2, 3])
    expect(await second.db.media.get(id)).toEqual(row)
  })

  it('gives the bytes of a medium from its second copy where the database has lost them', async () => {
    const workspace = await aWorkspace()
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, at) => at % 251)
    const added = await addMedium(workspace, workspace.shell, bytes, picture)
    const id = added.ok ? added.value : ''
    await workspace.db.blobs.delete(id)
    const back = await bytesOf(shelfOf(workspace), workspace.shell, id)
    expect(back && Buffer.from(await back.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
    expect(await workspace.db.blobs.count()).toBe(1)
  })

  it('brings back what an earlier version kept, and makes it what is kept today', async () => {
    const first = await aWorkspace()
    const id = newId()
    const old = { id, ...picture, size: 3, createdAt: 1, trashedAt: 0 }
    await first.store.change({ command: 'addMedium', label: 'Added a.png' }, async (tx) => {
      await tx.create('media', old as never)
      return ok(null)
    })
    const journal = `ws-${first.entry.id}-media`
    await first.shell.appendJournal(journal, [JSON.stringify({ id, type: 'image/png', bytes: 'AQID' })])
    first.close()
    await Dexie.delete(workspaceDbName(first.entry.id))
    // What cannot be read is said, and tried again at the next start.
    const unreadable: Shell = {
      ...first.shell,
      readJournal: async (name, from) => (name.endsWith('-media') ? err(silent) : first.shell.readJournal(name, from)),
    }
    expect(await openWorkspace(first.entry, { clock: first.clock, port: unreadable, zone: 'UTC' })).toEqual(
      err({ kind: 'journal', failure: silent }),
    )
    const second = await aWorkspace({ entry: first.entry, shell: first.shell, clock: first.clock })
    expect(await contentOf(second, id)).toEqual([1, 2, 3])
    expect(unsealed((await second.db.media.get(id)) ?? {})).toEqual(plainMedium(old))
  })

  it('adds no picture that could not be written down twice', async () => {
    const workspace = await aWorkspace()
    const full: Shell = { ...workspace.shell, appendMedia: async () => err(silent) }
    expect(await addMedium(workspace, full, new Uint8Array([1]), picture)).toEqual(err(silent))
    expect([await workspace.db.media.count(), await workspace.db.blobs.count()]).toEqual([0, 0])
  })

  it('keeps a long change small in the journal, and whole', async () => {
    const shell = createMemoryShell()
    const first = await aWorkspace({ shell })
    const words = 'Three pockets, “ünd” a 🎉. '.repeat(20_000)
    const content = [{ type: 'paragraph', content: [{ type: 'text', text: words }] }]
    const id = await createPost(first.store, { title: 'Long' }, { type: 'doc', content })
    expect((shell.journals.get(`ws-${first.entry.id}`) ?? []).at(-1)?.length).toBeLessThan(words.length / 20)
    first.close()
    await Dexie.delete(workspaceDbName(first.entry.id))
    const second = await aWorkspace({ entry: first.entry, shell, clock: first.clock })
    expect((await second.db.documents.get(id))?.content).toEqual(content)
  })

  it('plays a line once that stands in the journal twice', async () => {
    const shell = createMemoryShell()
    const first = await aWorkspace({ shell })
    const id = await createPost(first.store, { title: 'Kept' }, { type: 'doc', content: [{ type: 'paragraph' }] })
    const lines = shell.journals.get(`ws-${first.entry.id}`) ?? []
    lines.push(...lines.slice(-1))
    first.close()
    await Dexie.delete(workspaceDbName(first.entry.id))
    const second = await aWorkspace({ entry: first.entry, shell, clock: first.clock })
    expect((await second.db.posts.toArray()).map((post) => post.id)).toEqual([id])
  })

  it('plays only the end when the database stopped somewhere on the way', async () => {
    const first = await aWorkspace()
    const id = await createPost(first.store, { title: 'one' })
    const halfway = {
      posts: await first.db.posts.toArray(),
      documents: await first.db.documents.toArray(),
      changes: await first.db.changes.toArray(),
      patches: await first.db.patches.toArray(),
    }
    await editPosts(first.store, [id], { title: 'two' }, 'Title')
    await first.db.posts.bulkPut(halfway.posts)
    await first.db.changes.clear()
    await first.db.changes.bulkAdd(halfway.changes)
    await first.db.patches.clear()
    await first.db.patches.bulkAdd(halfway.patches)
    const second = await first.reopen()
    expect(second.recovered).toBe(1)
    expect((await second.db.posts.get(id))?.title).toBe('two')
  })

  it('appends to the journal what an earlier run could not append any more', async () => {
    const shell = createMemoryShell()
    let broken = false
    const flaky: Shell = {
      ...shell,
      appendJournal: async (name, lines) => (broken ? err(silent) : shell.appendJournal(name, lines)),
    }
    const first = await aWorkspace({ shell: flaky })
    await createPost(first.store, { title: 'one' })
    broken = true
    await createPost(first.store, { title: 'two' })
    expect(first.journal.state()).toMatchObject({ kind: 'second-copy-failing' })
    broken = false
    const second = await first.reopen()
    const heads = await shell.journalHeads()
    const head = heads.ok ? heads.value.find(({ name }) => name === `ws-${first.entry.id}`) : undefined
    expect(head?.lines).toBe(await second.db.changes.count())
    expect(second.recovered).toBe(0)
  })

  it('notices a journal that has as many lines and not the same ones', async () => {
    const shell = createMemoryShell()
    const first = await aWorkspace({ shell })
    const id = await createPost(first.store, { title: 'one' })
    await editPosts(first.store, [id], { title: 'two' }, 'Title')
    const [newest] = await first.db.changes.orderBy('id').reverse().limit(1).toArray()
    if (!newest) throw new Error('nothing was logged')
    // The database lost its last change, and has one that the journal was never given.
    await first.db.changes.delete(newest.id)
    await first.db.changes.add({ ...newest, id: `${newest.id}-other`, label: 'Only here', group: 'other' })
    const second = await first.reopen()
    expect(second.recovered).toBe(1)
    expect((await second.db.changes.toArray()).map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Only here', newest.label]),
    )
  })

  it('says "saving" from the moment a command begins, not only when it is committed', async () => {
    const { store, journal } = await aWorkspace()
    const begun = store.change({ command: 'slow', label: 'Slow' }, async (tx) => {
      await tx.create('people', { id: 'p', name: 'A', role: '', email: '', trashedAt: 0 })
      return ok(null)
    })
    expect(journal.state().kind).toBe('saving')
    await begun
    expect(journal.state().kind).toBe('saved')
  })

  it('never says saved while the second copy is missing', async () => {
    const shell = createMemoryShell()
    const states: string[] = []
    let broken = false
    const workspace = await aWorkspace({
      shell: { ...shell, appendJournal: async (n, l) => (broken ? err(silent) : shell.appendJournal(n, l)) },
    })
    workspace.journal.onState(() => states.push(workspace.journal.state().kind))
    await createPost(workspace.store, { title: 'a' })
    expect(states).toEqual(['saving', 'saved'])
    broken = true
    await createPost(workspace.store, { title: 'b' })
    expect(states.slice(2)).toEqual(['saving', 'second-copy-failing'])
  })

  it('says that the second copy is missing when the shell is gone, and keeps what was done', async () => {
    const shell = createMemoryShell()
    let gone = false
    const workspace = await aWorkspace({
      shell: {
        ...shell,
        appendJournal: async (name, lines) =>
          gone ? Promise.reject(new Error('The bridge is gone.')) : shell.appendJournal(name, lines),
      },
    })
    gone = true
    const id = await createPost(workspace.store, { title: 'kept' })
    expect(workspace.journal.state()).toEqual({ kind: 'second-copy-failing', why: 'The bridge is gone.' })
    expect((await workspace.db.posts.get(id))?.title).toBe('kept')
  })

  it('refuses a database that a newer version wrote, and changes nothing', async () => {
    const entry = anEntry()
    const newer = new Dexie(workspaceDbName(entry.id))
    newer.version(LATEST_VERSION + 1).stores({ posts: 'id', future: 'id' })
    await newer.open()
    await newer.table('future').add({ id: 'x' })
    newer.close()
    const opened = await openWorkspace(entry, { clock: aClock(), port: createMemoryShell(), zone: 'UTC' })
    expect(opened).toEqual({ ok: false, error: { kind: 'newer-version' } })
    await newer.open()
    expect(await newer.table('future').count()).toBe(1)
  })
})

describe('the list of workspaces', () => {
  it('has entries the disk has garbled put back when it is opened', async () => {
    const shell = createMemoryShell()
    const first = await aRegistry(shell, aClock(), 'list-garbled')
    const { id } = await first.create('Fernhollow')
    const written = await first.list()
    await first.db.workspaces.update(id, { name: 'Fer\u0000hollow' })
    first.db.close()
    const second = await aRegistry(shell, aClock(), 'list-garbled')
    expect(await second.list()).toEqual(written)
    await second.opened(id)
  })

  it('comes back from its journal when the browser lost it', async () => {
    const shell = createMemoryShell()
    const first = await aRegistry(shell, aClock(), 'list-a')
    const kept = await first.create('Fernhollow')
    await first.rename(kept.id, 'Fernhollow & co')
    first.db.close()
    await Dexie.delete('list-a')
    const second = await aRegistry(shell, aClock(), 'list-a')
    expect((await second.list()).map(({ name }) => name)).toEqual(['Fernhollow & co'])
  })

  it('deletes a workspace for good only when told to, and moves its journal aside', async () => {
    const shell = createMemoryShell()
    const registry = await aRegistry(shell, aClock())
    const entry = await registry.create('Old')
    const workspace = await aWorkspace({ entry, shell })
    await createPost(workspace.store, { title: 'a' })
    workspace.close()
    await registry.trash(entry.id)
    expect((await registry.list())[0]?.trashedAt).toBeGreaterThan(0)
    await registry.purge(entry.id)
    expect(await registry.list()).toEqual([])
    const heads = await shell.journalHeads()
    expect(heads.ok && heads.value.map(({ name }) => name)).toEqual(['registry'])
  })
})
