import { Dexie } from 'dexie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectAccount } from '../../../renderer/data/commands/accounts.ts'
import { createPost, editPosts, writeText } from '../../../renderer/data/commands/posts.ts'
import { workspaceDbName } from '../../../renderer/data/db.ts'
import type { Row } from '../../../renderer/data/patches.ts'
import { DamagedRecord } from '../../../renderer/data/rowsById.ts'
import { asWorkspace } from '../../../renderer/data/snapshots/asWorkspace.ts'
import { createCopyKeeper, HOUR } from '../../../renderer/data/snapshots/keeper.ts'
import { type Piece, piecesOf } from '../../../renderer/data/snapshots/pieces.ts'
import { type Snapshot, stateOf } from '../../../renderer/data/snapshots/restore.ts'
import { TABLE_NAMES } from '../../../renderer/data/tables.ts'
import { openWorkspace } from '../../../renderer/data/workspace.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import { addMedium } from '../../support/library.ts'
import { createMemoryShell, type MemoryShell } from '../../support/memoryShell.ts'
import { anAccount } from '../../support/publishing.ts'
import { aMovingClock, anEntry, aRegistry, aWorkspace, type TestWorkspace } from '../../support/workspace.ts'

const NO_ABILITIES = { find: false, see: false, edit: false, remove: false, schedules: null }
const full = { kind: 'disk-full' as const, message: 'The disk is full.' }
const words = (...lines: string[]): Doc => ({
  type: 'doc',
  content: lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
})

/** A workspace whose shell is in reach. */
async function begin() {
  const clock = aMovingClock()
  const shell = createMemoryShell({ now: clock.now })
  const workspace = await aWorkspace({ shell, clock })
  return { shell, workspace, journal: shell.journals.get(`ws-${workspace.entry.id}`) ?? [] }
}
const keeperOf = ({ shell, clock, ...workspace }: TestWorkspace) => createCopyKeeper(workspace, { clock, port: shell })
const copy = async (workspace: TestWorkspace) => {
  const keeper = keeperOf(workspace)
  await keeper.make()
  expect(keeper.state().failing).toBe('')
}
/** Every row, by table. */
const rowsIn = async ({ db }: TestWorkspace) =>
  Object.fromEntries(await Promise.all(TABLE_NAMES.map(async (name) => [name, await db.table<Row>(name).toArray()])))
const loseDatabase = async (workspace: TestWorkspace) => {
  workspace.close()
  await Dexie.delete(workspaceDbName(workspace.entry.id))
}
const beforeCopies = (shell: MemoryShell) => shell.snapshots.filter(({ head }) => head.kind === 'before')

describe('a database that was lost while its journal is damaged', () => {
  it('comes back from the newest copy and the lines after it', async () => {
    const { shell, workspace, journal } = await begin()
    const id = await createPost(workspace.store, { title: 'one' }, words('One for the map'))
    await copy(workspace)
    await editPosts(workspace.store, [id], { title: 'two' }, 'Title')
    await writeText(workspace.store, id, words('One for the map', 'One for the wet things'), 'typing')
    const rows = await rowsIn(workspace)
    journal[1] = '' // the line the post was made in
    await loseDatabase(workspace)
    const again = await aWorkspace({ entry: workspace.entry, shell, clock: workspace.clock })
    expect(await rowsIn(again)).toEqual(rows)
    expect(again.unrecovered).toBe(0)
    expect((await again.reopen()).recovered).toBe(0)
  })

  it('comes back from the copy before, when the newest is damaged too', async () => {
    const { shell, workspace, journal } = await begin()
    const id = await createPost(workspace.store, { title: 'one' })
    // More rows than stand in one line of a copy.
    for (let at = 0; at < 500; at += 1) await createPost(workspace.store, { title: `${at}` })
    await copy(workspace)
    await editPosts(workspace.store, [id], { title: 'two' }, 'Title')
    await copy(workspace)
    const rows = await rowsIn(workspace)
    journal[1] = ''
    const newest = shell.snapshots[0]
    if (!newest) throw new Error('no copy')
    newest.lines[1] = ''
    await loseDatabase(workspace)
    expect(await rowsIn(await aWorkspace({ entry: workspace.entry, shell, clock: workspace.clock }))).toEqual(rows)
  })

  it('comes back from the copy alone, when the journal has less than the copy', async () => {
    const { shell, workspace, journal } = await begin()
    await createPost(workspace.store, { title: 'one' })
    await copy(workspace)
    const rows = await rowsIn(workspace)
    journal.splice(1)
    await loseDatabase(workspace)
    const again = await aWorkspace({ entry: workspace.entry, shell, clock: workspace.clock })
    expect(await rowsIn(again)).toEqual(rows)
    // The state is settled: nothing is brought back a second time.
    expect((await again.reopen()).recovered).toBe(0)
    expect(beforeCopies(shell)).toEqual([])
  })

  it('says what is beyond help, and has everything else', async () => {
    const { shell, workspace, journal } = await begin()
    const lost = await createPost(workspace.store, { title: 'lost' })
    const kept = await createPost(workspace.store, { title: 'kept' })
    await editPosts(workspace.store, [lost, kept], { labels: ['winter'] }, 'Labels')
    journal[1] = ''
    await loseDatabase(workspace)
    const again = await aWorkspace({ entry: workspace.entry, shell, clock: workspace.clock })
    expect((await again.db.posts.toArray()).map(({ id, labels }) => [id, labels])).toEqual([[kept, ['winter']]])
    expect(again.unrecovered).toBe(1)
  })
})

describe('a database that came back short', () => {
  it('is noticed although its log is whole, and gets its rows back', async () => {
    const { workspace } = await begin()
    const ids = await Promise.all(['a', 'b', 'c'].map((title) => createPost(workspace.store, { title })))
    await copy(workspace)
    await createPost(workspace.store, { title: 'since the copy' })
    const rows = await rowsIn(workspace)
    await workspace.db.posts.bulkDelete(ids.slice(0, 2))
    const again = await workspace.reopen()
    expect(again.recovered).toBe(2)
    expect(await rowsIn(again)).toEqual(rows)
  })

  it('is not taken for damaged when posts were deleted on purpose', async () => {
    const { workspace } = await begin()
    const id = await createPost(workspace.store, { title: 'a' })
    await copy(workspace)
    await workspace.store.change({ command: 'purge', label: 'Deleted' }, async (tx) => {
      await tx.remove('posts', id)
      return { ok: true as const, value: null }
    })
    expect((await workspace.reopen()).recovered).toBe(0)
  })

  it('is copied as it stands before anything in it is replaced', async () => {
    const { shell, workspace } = await begin()
    const id = await createPost(workspace.store, { title: 'kept' })
    await copy(workspace)
    await workspace.db.posts.clear()
    await workspace.reopen()
    expect(beforeCopies(shell).map(({ head }) => JSON.parse(head.about).counts)).toMatchObject([
      { posts: 0, documents: 1, changes: 2 },
    ])
    expect(beforeCopies(shell)[0]?.lines.join()).toContain(id)
  })

  it('is left as it is, and not opened, when that copy cannot be written', async () => {
    const { shell, workspace } = await begin()
    await createPost(workspace.store, { title: 'kept' })
    await copy(workspace)
    await workspace.db.posts.clear()
    shell.snapshotFault = full
    workspace.close()
    const { entry, clock } = workspace
    expect(await openWorkspace(entry, { clock, port: shell, zone: 'UTC' })).toEqual({
      ok: false,
      error: { kind: 'journal', failure: full },
    })
    shell.snapshotFault = null
    expect((await aWorkspace({ entry, shell, clock })).recovered).toBe(1)
  })

  it('keeps every row it has that no line outside speaks of', async () => {
    const { shell, workspace, journal } = await begin()
    const onlyHere = await createPost(workspace.store, { title: 'only here' })
    const inBoth = await createPost(workspace.store, { title: 'in both' })
    journal[1] = ''
    // Its log is gone, and with it the only other trace of the first post.
    await workspace.db.changes.clear()
    await workspace.db.patches.clear()
    await workspace.db.posts.delete(inBoth)
    const again = await workspace.reopen()
    expect((await again.db.posts.toArray()).map(({ id }) => id).sort()).toEqual([onlyHere, inBoth].sort())
    expect(beforeCopies(shell)).toHaveLength(1)
  })

  it('writes a journal that was lost once more, and loses nothing', async () => {
    const { shell, workspace } = await begin()
    const id = await createPost(workspace.store, { title: 'one' }, words('One for the map'))
    await editPosts(workspace.store, [id], { title: 'two' }, 'Title')
    const rows = await rowsIn(workspace)
    shell.journals.clear()
    const again = await workspace.reopen()
    expect([again.recovered, beforeCopies(shell).length]).toEqual([0, 0])
    await loseDatabase(again)
    expect(await rowsIn(await aWorkspace({ entry: workspace.entry, shell, clock: workspace.clock }))).toEqual(rows)
  })
})

describe('whatever is lost', () => {
  it('is brought back, as long as a journal line or a copy has it', async () => {
    const command = fc.record({
      post: fc.nat(4),
      title: fc.string({ maxLength: 5 }),
      text: fc.string({ maxLength: 5 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(command, { minLength: 1, maxLength: 12 }),
        fc.nat(12),
        fc.array(fc.nat(40), { maxLength: 6 }),
        fc.constantFrom('all', 'posts', 'documents', 'changes', 'nothing'),
        async (commands, copyAfter, damagedLines, lost) => {
          const { shell, workspace, journal } = await begin()
          const ids = await Promise.all(
            [0, 1, 2, 3, 4].map((at) => createPost(workspace.store, { title: `${at}` }, words(`${at}`, 'last'))),
          )
          let copiedLines = 0
          for (const [at, { post, title, text }] of commands.entries()) {
            const id = ids[post] ?? ''
            if (at === copyAfter % commands.length) {
              await copy(workspace)
              copiedLines = journal.length
            }
            await editPosts(workspace.store, [id], { title }, 'Title')
            await writeText(workspace.store, id, words(text, 'last'), `typing ${at}`)
          }
          const rows = await rowsIn(workspace)
          // Only lines from before the copy: what came after it stands nowhere else.
          for (const line of damagedLines) if (line < copiedLines) journal[line] = ''
          if (lost === 'all') await loseDatabase(workspace)
          else {
            if (lost !== 'nothing') await workspace.db.table(lost).clear()
            workspace.close()
          }
          const again = await aWorkspace({ entry: workspace.entry, shell, clock: workspace.clock })
          expect(await rowsIn(again)).toEqual(rows)
          expect(again.unrecovered).toBe(0)
          again.close()
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('copies that cannot be listed', () => {
  it('keep nobody from opening a sound workspace', async () => {
    const { shell, workspace } = await begin()
    await createPost(workspace.store, { title: 'one' })
    workspace.close()
    const port = { ...shell, snapshotHeads: async () => ({ ok: false as const, error: full }) }
    const again = await aWorkspace({ entry: workspace.entry, shell: port, clock: workspace.clock })
    expect([again.recovered, await again.db.posts.count()]).toEqual([0, 1])
  })
})

describe('a copy that is made while one writes', () => {
  it('and the changes since give exactly what is there, whenever a change fell in between', async () => {
    const { workspace, journal } = await begin()
    const { db, store } = workspace
    // More rows than are read at a time.
    const ids: string[] = []
    for (let at = 0; at < 500; at += 1) ids.push(await createPost(store, { title: `${at}` }, words('a', 'b', 'c')))
    const linesBefore = journal.length
    const pieces: Piece[] = []
    let turn = 0
    for await (const { piece } of piecesOf(db, TABLE_NAMES)) {
      pieces.push(piece)
      const id = ids[(turn * 37) % ids.length] ?? ''
      await writeText(store, id, words('a', `b ${turn}`, 'b', 'c'), `typing ${turn}`)
      if (turn === 1)
        await store.change({ command: 'remove', label: 'Removed' }, async (tx) => {
          await tx.remove('posts', ids[5] ?? '')
          return { ok: true as const, value: null }
        })
      await createPost(store, { title: `new ${turn}` })
      turn += 1
    }
    const copied: Snapshot = { about: { workspace: '', app: '', schema: 1, upTo: '', changes: 0, counts: {} }, pieces }
    // The lines from before the copy are not needed.
    const changes = journal.slice(linesBefore).map((line) => JSON.parse(line))
    const { state, left } = stateOf(copied, changes)
    const wanted = await rowsIn(workspace)
    const restored = Object.fromEntries(TABLE_NAMES.map((name) => [name, [...(state.get(name)?.values() ?? [])]]))
    const bare = (rows: readonly Row[] = []) =>
      rows.map(({ sum: _sum, ...row }) => row).sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
    expect(left).toBe(0)
    expect(turn).toBeGreaterThan(TABLE_NAMES.length)
    for (const name of TABLE_NAMES) expect(bare(restored[name])).toEqual(bare(wanted[name]))
  })
})

describe('the keeper of copies', () => {
  it('makes one an hour while something changes, and none while nothing does', async () => {
    const { shell, workspace } = await begin()
    const keeper = keeperOf(workspace)
    await createPost(workspace.store, { title: 'a' })
    await keeper.tick()
    await keeper.tick()
    expect(shell.snapshots.length).toBe(1)
    const [first] = shell.snapshots
    workspace.clock.tick((first?.head.at ?? 0) + HOUR - workspace.clock.now())
    await keeper.tick()
    expect([shell.snapshots.length, keeper.state().changed]).toEqual([1, false])
    await createPost(workspace.store, { title: 'b' })
    await keeper.tick()
    expect([shell.snapshots.length, keeper.state().newest]).toEqual([2, shell.snapshots[0]?.head])
    await createPost(workspace.store, { title: 'c' })
    await keeper.tick()
    expect([shell.snapshots.length, keeper.state().changed]).toEqual([2, true])
  })

  it('says why there is none, and tries again', async () => {
    const { shell, workspace } = await begin()
    const keeper = keeperOf(workspace)
    shell.snapshotFault = full
    await keeper.tick()
    expect(keeper.state()).toMatchObject({ failing: 'The disk is full.', newest: undefined })
    shell.snapshotFault = null
    await keeper.tick()
    expect(shell.snapshots).toEqual([])
    workspace.clock.tick(10 * 60_000)
    await keeper.tick()
    expect([keeper.state().failing, shell.snapshots.length]).toEqual(['', 1])
  })

  it('finds a record the disk has garbled, puts it back as it was written, and copies that', async () => {
    const { shell, workspace } = await begin()
    const id = await createPost(workspace.store, { title: 'Three pockets' })
    const written = await workspace.db.posts.get(id)
    await workspace.db.posts.update(id, { title: 'Three rockets' })
    await expect(editPosts(workspace.store, [id], { labels: ['a'] }, 'Labels')).rejects.toThrow(DamagedRecord)
    const keeper = keeperOf(workspace)
    await keeper.tick()
    expect(keeper.state()).toMatchObject({ repaired: 1, lost: 0, failing: '' })
    expect(await workspace.db.posts.get(id)).toEqual(written)
    expect(shell.snapshots[0]?.lines.join()).toContain('Three pockets')
    expect(shell.snapshots[0]?.lines.join()).not.toContain('Three rockets')
    await editPosts(workspace.store, [id], { labels: ['a'] }, 'Labels')
  })

  it('puts a garbled record back from the copy, when the journal has lost the line it was made in', async () => {
    const { workspace, journal } = await begin()
    const id = await createPost(workspace.store, { title: 'one' })
    await copy(workspace)
    await editPosts(workspace.store, [id], { title: 'two' }, 'Title')
    const written = await workspace.db.posts.get(id)
    journal[1] = ''
    await workspace.db.posts.update(id, { title: 'garbled' })
    const keeper = keeperOf(workspace)
    await keeper.make()
    expect(await workspace.db.posts.get(id)).toEqual(written)
  })

  it('says what is beyond help, and copies what is left of it', async () => {
    const { shell, workspace, journal } = await begin()
    const id = await createPost(workspace.store, { title: 'one' })
    journal[1] = ''
    await workspace.db.posts.update(id, { title: 'garbled' })
    const keeper = keeperOf(workspace)
    await keeper.make()
    expect(keeper.state()).toMatchObject({ repaired: 0, lost: 1, failing: '' })
    expect(shell.snapshots[0]?.lines.join()).toContain('garbled')
  })

  it('makes no copy that holds less than the one before, when nobody took anything away', async () => {
    const { shell, workspace } = await begin()
    await createPost(workspace.store, { title: 'one' })
    const keeper = keeperOf(workspace)
    await keeper.make()
    await workspace.db.posts.clear()
    await createPost(workspace.store, { title: 'two' })
    await keeper.make()
    expect(keeper.state().failing).toMatch(/holds less than the newest copy/)
    expect(shell.snapshots.length).toBe(1)
  })
})

describe('a copy brought back', () => {
  it('is a workspace of its own, with texts and pictures, and the other stays as it is', async () => {
    const shell = createMemoryShell()
    const clock = aMovingClock()
    const registry = await aRegistry(shell, clock)
    const entry = await registry.create('Fernhollow')
    const workspace = await aWorkspace({ entry, shell, clock })
    const id = await createPost(workspace.store, { title: 'then' }, words('One for the map'))
    const fields = { name: 'a.png', type: 'image/png', width: 1, height: 1, alt: '' }
    const medium = await addMedium(workspace, shell, new Uint8Array([1, 2, 3]), fields)
    await copy(workspace)
    const rows = await rowsIn(workspace)
    await editPosts(workspace.store, [id], { title: 'now' }, 'Title')
    const [made] = shell.snapshots
    if (!made || !medium.ok) throw new Error('no copy')
    const brought = await asWorkspace(made.head, 'Fernhollow, as it was', registry, { clock, port: shell, zone: 'UTC' })
    if (!brought.ok) throw new Error(brought.error.message)
    expect((await registry.list()).map(({ name }) => name).sort()).toEqual(['Fernhollow', 'Fernhollow, as it was'])
    const copied = await aWorkspace({ entry: brought.value, shell, clock })
    expect(await rowsIn(copied)).toEqual(rows)
    expect(new Blob([(await copied.db.blobs.get(medium.value))?.bytes ?? '']).size).toBe(3)
    expect((await workspace.db.posts.get(id))?.title).toBe('now')
    // It has a life of its own: its journal brings it back as well.
    await loseDatabase(copied)
    const again = await aWorkspace({ entry: brought.value, shell, clock })
    expect(await rowsIn(again)).toEqual(rows)
    await again.bytesBack
    expect(await again.db.blobs.count()).toBe(1)
  })

  it('has its accounts paused: the workspace it was made of may be sending the same posts', async () => {
    const { shell, workspace } = await begin()
    const { clock } = workspace
    const registry = await aRegistry(shell, clock)
    const surroundings = { abilities: () => NO_ABILITIES, online: () => true, random: () => 0 }
    await connectAccount(workspace.store, workspace.db, surroundings, anAccount('ma'))
    await copy(workspace)
    const [made] = shell.snapshots
    if (!made) throw new Error('no copy')
    const brought = await asWorkspace(made.head, 'As it was', registry, { clock, port: shell, zone: 'UTC' })
    if (!brought.ok) throw new Error(brought.error.message)
    const copied = await aWorkspace({ entry: brought.value, shell, clock })
    expect((await copied.db.accounts.get('ma'))?.pause).toMatchObject({ why: 'copy' })
    expect((await workspace.db.accounts.get('ma'))?.pause).toBeNull()
  })

  it('is refused when it is damaged, and no workspace is made', async () => {
    const { shell, workspace } = await begin()
    const registry = await aRegistry(shell, workspace.clock)
    await copy(workspace)
    const [made] = shell.snapshots
    if (!made) throw new Error('no copy')
    made.lines[2] = ''
    const before = await registry.list()
    const deps = { clock: workspace.clock, port: shell, zone: 'UTC' }
    expect(await asWorkspace(made.head, 'Again', registry, deps)).toMatchObject({ ok: false })
    expect(await registry.list()).toEqual(before)
  })
})

describe('a database of an older schema', () => {
  async function older() {
    const entry = anEntry()
    const db = new Dexie(workspaceDbName(entry.id))
    db.version(0.5).stores({ posts: 'id', oddities: 'id', changes: 'id', patches: 'key, entity' })
    await db.open()
    await db.table('posts').add({ id: 'a', title: 'Three pockets' })
    await db.table('oddities').add({ id: 'b', odd: true })
    db.close()
    return { entry, shell: createMemoryShell(), clock: aMovingClock() }
  }

  it('is copied as it is before it is brought up to date', async () => {
    const { entry, shell, clock } = await older()
    const workspace = await aWorkspace({ entry, shell, clock })
    expect(await workspace.db.posts.count()).toBe(1)
    const [copied] = beforeCopies(shell)
    expect(JSON.parse(copied?.head.about ?? '')).toMatchObject({ schema: 0.5, counts: { posts: 1, oddities: 1 } })
    expect(copied?.lines.join()).toContain('"odd":true')
    await workspace.reopen()
    expect(beforeCopies(shell)).toHaveLength(1)
  })

  it('is left as it is when that copy cannot be written', async () => {
    const { entry, shell, clock } = await older()
    shell.snapshotFault = full
    const opened = await openWorkspace(entry, { clock, port: shell, zone: 'UTC' })
    expect(opened).toMatchObject({ ok: false, error: { failure: full } })
    const found = (await indexedDB.databases()).find(({ name }) => name === workspaceDbName(entry.id))
    expect(found?.version).toBe(5)
  })
})

describe('a list of workspaces that was lost with its journal', () => {
  it('takes in what lies beside it, by the name its copy knows, and never what was deleted for good', async () => {
    const shell = createMemoryShell()
    const clock = aMovingClock()
    const registry = await aRegistry(shell, clock, 'list-lost')
    const kept = await registry.create('Fernhollow')
    const purged = await registry.create('Old')
    for (const entry of [kept, purged]) await copy(await aWorkspace({ entry, shell, clock }))
    await registry.trash(purged.id)
    await registry.purge(purged.id)
    const listed = async () => {
      const again = await aRegistry(shell, clock, 'list-lost')
      const names = (await again.list()).map(({ id, name }) => [id, name])
      again.db.close()
      return names
    }
    registry.db.close()
    // A journal that could not be moved aside.
    shell.journals.set(`ws-${purged.id}`, ['left'])
    expect(await listed()).toEqual([[kept.id, 'Fernhollow']])
    shell.journals.delete(`ws-${purged.id}`)
    await Dexie.delete('list-lost')
    shell.journals.delete('registry')
    expect(await listed()).toEqual([[kept.id, 'Fernhollow']])
  })
})
