import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createCampaign, createTask } from '../../../renderer/data/commands/campaigns.ts'
import {
  createPost,
  duplicatePosts,
  editPosts,
  reschedulePosts,
  setStatus,
  trashPosts,
  writeText,
} from '../../../renderer/data/commands/posts.ts'
import { createGatherer } from '../../../renderer/data/gatherer.ts'
import { historyOf, patchesOf, withPatches } from '../../../renderer/data/log.ts'
import { unpack } from '../../../renderer/data/packing.ts'
import { activityOf, activityOfCampaign, postsPlannedBetween } from '../../../renderer/data/queries.ts'
import { DamagedRecord } from '../../../renderer/data/rowsById.ts'
import { UNDO_DEPTH } from '../../../renderer/data/store.ts'
import { journalNameOf } from '../../../renderer/data/workspace.ts'
import { purge } from '../../../renderer/features/trash/commands.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import { ok } from '../../../shared/lib/result.ts'
import { aWorkspace, type TestWorkspace } from '../../support/workspace.ts'

const friday = { date: '2026-11-27', time: '09:00', zone: 'Europe/Berlin' }
const monday = { date: '2026-11-30', time: '09:00', zone: 'Europe/Berlin' }
const past = { date: '2026-11-02', time: '09:00', zone: 'Europe/Berlin' }
const paragraphs = (...lines: string[]): Doc => ({
  type: 'doc',
  content: lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
})
const everything = async ({ db }: TestWorkspace) => ({
  posts: await db.posts.toArray(),
  documents: await db.documents.toArray(),
  campaigns: await db.campaigns.toArray(),
})

/** Every change as the log tells it, and as it was when it was made. */
const logged = async ({ db }: TestWorkspace) => plain(await withPatches(db, await db.changes.toArray()))
const journaled = async ({ shell, entry }: TestWorkspace) => {
  const read = await shell.readJournal(journalNameOf(entry.id), 0)
  if (!read.ok) throw new Error(read.error.message)
  return Promise.all(read.value.map(async ({ text }) => JSON.parse(await unpack(text))))
}
/** As JSON has it: a field that was not there is not there. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

describe('a command', () => {
  it('writes rows and its log entry together, or nothing at all', async () => {
    const { store, db } = await aWorkspace()
    const before = await db.changes.count()
    const broken = store.change({ command: 'broken', label: 'Broken' }, async (tx) => {
      await tx.create('people', { id: 'p', name: 'A', role: '', email: '', trashedAt: 0 })
      throw new Error('a bug')
    })
    await expect(broken).rejects.toThrow('a bug')
    expect(await db.people.count()).toBe(0)
    expect(await db.changes.count()).toBe(before)
  })

  it.each([undefined, createGatherer])(
    'asks for no row again that a query has brought, and builds on none that is damaged',
    async (recorder) => {
      const { store, db } = await aWorkspace()
      const id = await createPost(store, { title: 'Three pockets' })
      const rename = (label: string, title: string) =>
        store.change({ command: 'rename', label, ...(recorder ? { recorder } : {}) }, async (tx) => {
          tx.know('posts', await tx.stored('posts').where('status').equals('idea').toArray())
          await tx.update('posts', id, { title })
          return ok(null)
        })
      const asked = vi.spyOn(IDBObjectStore.prototype, 'get')
      await rename('Renamed', 'Four pockets')
      expect(asked).not.toHaveBeenCalled()
      asked.mockRestore()
      expect(await db.posts.get(id)).toMatchObject({ title: 'Four pockets', status: 'idea' })
      await db.posts.update(id, { title: 'Four rockets' })
      await expect(rename('Renamed again', 'Five pockets')).rejects.toThrow(DamagedRecord)
      expect(await db.posts.get(id)).toMatchObject({ title: 'Four rockets' })
    },
  )

  it('is written however many steps it took to decide, in which nothing was read', async () => {
    const { store, db } = await aWorkspace()
    const id = await createPost(store, { title: 'Three pockets' })
    const meta = { command: 'rename', label: 'Renamed', recorder: createGatherer }
    await store.change(meta, async (tx) => {
      for (let step = 0; step < 300; step += 1) await tx.get('posts', id)
      await tx.update('posts', id, { title: 'Four pockets' })
      return ok(null)
    })
    expect(await db.posts.get(id)).toMatchObject({ title: 'Four pockets' })
  })

  it('leaves everything as it was when one of many posts may not move, and says which', async () => {
    const { store, db } = await aWorkspace()
    const free = await createPost(store, { title: 'Free', planned: friday })
    const out = await createPost(store, { title: 'Out', planned: friday, status: 'published' })
    const moved = await reschedulePosts(
      store,
      [
        { id: free, to: monday },
        { id: out, to: monday },
      ],
      'to Monday',
    )
    expect(moved).toMatchObject({ ok: false, error: { kind: 'already-published', post: { title: 'Out' } } })
    expect((await db.posts.get(free))?.planned).toEqual(friday)
  })

  it('refuses to plan into the past', async () => {
    const { store } = await aWorkspace()
    const id = await createPost(store, { planned: friday })
    expect(await reschedulePosts(store, [{ id, to: past }], 'back')).toMatchObject({
      ok: false,
      error: { kind: 'in-the-past' },
    })
  })

  it('logs nothing when nothing changed', async () => {
    const { store, db } = await aWorkspace()
    const id = await createPost(store, { title: 'Same' })
    const before = await db.changes.count()
    await editPosts(store, [id], { title: 'Same' }, 'Title')
    expect(await db.changes.count()).toBe(before)
  })

  it('keeps a log entry of a long text as small as the edit', async () => {
    const { store, db } = await aWorkspace()
    const lines = Array.from({ length: 400 }, (_, index) => `Paragraph ${index}`)
    const id = await createPost(store, { title: 'Long' }, paragraphs(...lines))
    await writeText(store, id, paragraphs(...lines.with(200, 'changed')), 'typing')
    const last = (await db.changes.orderBy('id').last())?.id ?? ''
    expect(JSON.stringify(await patchesOf(db, last)).length).toBeLessThan(2_000)
    expect((await db.documents.get(id))?.content[200]).toEqual(paragraphs('changed').content[0])
  })
})

describe('undo', () => {
  it('takes a move of many posts back as one step and brings it again', async () => {
    const { store, db } = await aWorkspace()
    const ids = await Promise.all(['A', 'B', 'C'].map((title) => createPost(store, { title, planned: friday })))
    await reschedulePosts(
      store,
      ids.map((id) => ({ id, to: monday })),
      'to Mon 30 Nov',
    )
    const step = await store.undo()
    expect(step?.entities.toSorted()).toEqual(ids.toSorted())
    expect((await db.posts.bulkGet(ids)).map((post) => post?.planned?.date)).toEqual([
      '2026-11-27',
      '2026-11-27',
      '2026-11-27',
    ])
    await store.redo()
    expect((await db.posts.bulkGet(ids)).map((post) => post?.planned?.date)).toEqual([
      '2026-11-30',
      '2026-11-30',
      '2026-11-30',
    ])
  })

  it('pressed before a move is committed, takes that move back and not the step before it', async () => {
    const { store, db } = await aWorkspace()
    const id = await createPost(store, { title: 'A', planned: friday })
    const moving = reschedulePosts(store, [{ id, to: monday }], 'to Mon 30 Nov')
    const step = await store.undo()
    await moving
    expect(step?.label).toContain('Moved')
    expect((await db.posts.get(id))?.planned).toEqual(friday)
  })

  it('reaches at least a hundred steps and survives a restart', async () => {
    const first = await aWorkspace()
    const id = await createPost(first.store, { title: 'start' })
    for (let step = 0; step < 110; step += 1) {
      first.clock.tick(1000)
      await editPosts(first.store, [id], { title: `title ${step}` }, 'Title')
    }
    const second = await first.reopen()
    for (let step = 0; step < 110; step += 1) await second.store.undo()
    expect((await second.db.posts.get(id))?.title).toBe('start')
    expect(UNDO_DEPTH).toBeGreaterThanOrEqual(100)
  })

  it('takes one stretch of typing back at once, and typing after an undo is a step of its own', async () => {
    const { store, db } = await aWorkspace()
    const start = paragraphs('start', 'more')
    const id = await createPost(store, { title: 'Post' }, start)
    await writeText(store, id, paragraphs('start'), 'stretch')
    await writeText(store, id, paragraphs('START'), 'stretch')
    await store.undo()
    expect((await db.documents.get(id))?.content).toEqual(start.content)
    await writeText(store, id, paragraphs('start', 'more', 'c'), 'stretch')
    await store.undo()
    expect((await db.documents.get(id))?.content).toEqual(start.content)
  })

  it('forgets what could be redone once something new is done', async () => {
    const { store } = await aWorkspace()
    await createPost(store, { title: 'A' })
    await store.undo()
    await createPost(store, { title: 'B' })
    expect(store.history().redo).toBeNull()
    expect(await store.redo()).toBeNull()
  })

  it('says so when there is nothing to take back', async () => {
    const { store } = await aWorkspace()
    expect(await store.undo()).toBeNull()
  })

  it('walks back to the beginning and forward to the end, whatever was done', async () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant('create' as const), title: fc.string() }),
      fc.record({ kind: fc.constant('title' as const), which: fc.nat(), title: fc.string() }),
      fc.record({ kind: fc.constant('move' as const), which: fc.nat(), day: fc.integer({ min: 25, max: 30 }) }),
      fc.record({ kind: fc.constant('undate' as const), which: fc.nat() }),
      fc.record({
        kind: fc.constant('status' as const),
        which: fc.nat(),
        status: fc.constantFrom('draft' as const, 'review' as const, 'scheduled' as const),
      }),
      fc.record({ kind: fc.constant('copy' as const), which: fc.nat() }),
      fc.record({ kind: fc.constant('trash' as const), which: fc.nat() }),
      fc.record({
        kind: fc.constant('write' as const),
        which: fc.nat(),
        lines: fc.array(fc.string(), { maxLength: 4 }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
        const workspace = await aWorkspace()
        const { store, db, clock } = workspace
        await createPost(store, { title: 'first' })
        const start = await everything(workspace)
        const states = [start]
        for (const step of actions) {
          clock.tick(1000)
          const ids = (await db.posts.toCollection().primaryKeys()).toSorted()
          const id = 'which' in step ? (ids[step.which % ids.length] ?? '') : ''
          if (step.kind === 'create') await createPost(store, { title: step.title })
          else if (step.kind === 'title') await editPosts(store, [id], { title: step.title }, 'Title')
          else if (step.kind === 'move')
            await reschedulePosts(store, [{ id, to: { ...friday, date: `2026-11-${step.day}` } }], 'there')
          else if (step.kind === 'undate') await reschedulePosts(store, [{ id, to: null }], 'off')
          else if (step.kind === 'status') await setStatus(store, [id], step.status, step.status)
          else if (step.kind === 'copy') await duplicatePosts(store, [{ id, to: null }], clock.now())
          else if (step.kind === 'trash') await trashPosts(store, [id])
          else await writeText(store, id, paragraphs(...step.lines), `w${clock.now()}`)
          states.push(await everything(workspace))
        }
        const end = states.at(-1)
        let undone = 0
        while (store.history().undo !== `Created “first”` && (await store.undo())) undone += 1
        expect(await everything(workspace)).toEqual(start)
        for (let step = 0; step < undone; step += 1) await store.redo()
        expect(await everything(workspace)).toEqual(end)
        expect(await logged(workspace)).toEqual(await journaled(workspace))
        workspace.close()
      }),
      { numRuns: 40 },
    )
  })
})

describe('the log', () => {
  it('still knows what was made after it was changed, deleted for good and brought back', async () => {
    const workspace = await aWorkspace()
    const { store, db, clock } = workspace
    const kept = await createPost(store, { title: 'Kept' }, paragraphs('one', 'two'))
    const gone = await createPost(store, { title: 'Gone' }, paragraphs('three'))
    await writeText(store, kept, paragraphs('one', 'two and a half'), 'typing')
    await editPosts(store, [gone], { title: 'Going' }, 'Title')
    await trashPosts(store, [gone])
    clock.tick(1000)
    await purge(store, db, { postIds: [gone], campaignIds: [] })
    await createPost(store, { title: 'Undone' })
    await store.undo()
    await store.redo()
    expect(await logged(workspace)).toEqual(await journaled(workspace))
    const made = (await historyOf(db, gone)).at(-1)?.patches.find(({ table }) => table === 'posts')
    expect(made).toMatchObject({ op: 'put', row: { title: 'Gone', trashedAt: 0 } })
  })

  it('tells the story of one post in the order of events, also when the clock is set back', async () => {
    const { store, db, clock } = await aWorkspace()
    const id = await createPost(store, { title: 'A' })
    clock.tick(-3_600_000)
    await editPosts(store, [id], { title: 'B' }, 'Title')
    const labels = (await activityOf(db, id)).map((change) => change.label)
    expect(labels).toEqual(['Title of “A”', 'Created “A”'])
  })

  it('tells the story of a campaign with its posts and tasks, each event once', async () => {
    const { store, db } = await aWorkspace()
    const campaignId = await createCampaign(store, { name: 'Tarn' })
    const post = await createPost(store, { title: 'A', campaignId })
    const other = await createPost(store, { title: 'B', campaignId })
    await createPost(store, { title: 'Elsewhere' })
    await editPosts(store, [post, other], { labels: ['map'] }, 'Labels')
    await createTask(store, { title: 'Book the hall', campaignId })
    expect((await activityOfCampaign(db, campaignId)).map(({ label }) => label)).toEqual([
      'Created task “Book the hall”',
      'Labels of 2 posts',
      'Created “B”',
      'Created “A”',
      'Created campaign “Tarn”',
    ])
  })

  it('does not count the first settings of a workspace as something to undo', async () => {
    const { store } = await (await aWorkspace()).reopen()
    expect(store.history().undo).toBeNull()
    expect((await store.change({ command: 'x', label: 'x' }, async () => ok(null))).ok).toBe(true)
  })
})

describe('reading a range', () => {
  it('gives the posts planned in it, without those in the trash', async () => {
    const { store, db } = await aWorkspace()
    const inside = await createPost(store, { title: 'in', planned: friday })
    const gone = await createPost(store, { title: 'gone', planned: friday })
    await createPost(store, { title: 'later', planned: monday })
    await trashPosts(store, [gone])
    const from = Date.UTC(2026, 10, 26, 23)
    expect((await postsPlannedBetween(db, from, from + 86_400_000)).map(({ id }) => id)).toEqual([inside])
  })
})

describe('copying a post', () => {
  it('makes a draft that says copy, with the text and without what an import knew it by', async () => {
    const { store, db, clock } = await aWorkspace()
    const id = await createPost(
      store,
      { title: 'Seam', status: 'published', planned: past, source: { kind: 'markdown', path: 'a.md', extra: {} } },
      paragraphs('words'),
    )
    const copied = await duplicatePosts(store, [{ id, to: friday }], clock.now())
    const copy = copied.ok ? await db.posts.get(copied.value[0] ?? '') : undefined
    expect(copy).toMatchObject({
      title: 'Seam (copy)',
      status: 'draft',
      planned: friday,
      publishAt: null,
      source: null,
    })
    expect((await db.documents.get(copy?.id ?? ''))?.content).toEqual(paragraphs('words').content)
  })
})
