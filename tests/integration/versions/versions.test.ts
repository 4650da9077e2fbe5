import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogicalClock } from '../../../renderer/data/clock.ts'
import { createPost, editPosts, reschedulePosts, setStatus, writeText } from '../../../renderer/data/commands/posts.ts'
import { WorkspaceDb } from '../../../renderer/data/db.ts'
import { createJournalWriter } from '../../../renderer/data/journal.ts'
import { historyOf } from '../../../renderer/data/log.ts'
import { createStore } from '../../../renderer/data/store.ts'
import { unsealed } from '../../../renderer/data/sums.ts'
import { type Rows, TABLE_NAMES } from '../../../renderer/data/tables.ts'
import { restoreVersion } from '../../../renderer/features/versions/commands.ts'
import { type PostState, versionsOf } from '../../../renderer/features/versions/versions.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import { docOf } from '../../../shared/domain/workspace.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { ok } from '../../../shared/lib/result.ts'

const text = (...paragraphs: string[]): Doc => ({
  type: 'doc',
  content: paragraphs.map((each) => ({ type: 'paragraph', content: [{ type: 'text', text: each }] })),
})

const DAY = 86_400_000
let now = Date.UTC(2026, 9, 1, 8)
let db: WorkspaceDb

function open() {
  const clock = { now: () => now }
  const journal = createJournalWriter('versions', { appendJournal: async () => ok({ lines: 1 }) }, clock.now)
  return createStore<Rows>(db, TABLE_NAMES, {
    clock,
    logical: createLogicalClock(clock, 'test'),
    journal,
    actor: () => '',
  })
}

beforeEach(() => {
  now = Date.UTC(2026, 9, 1, 8)
  db = new WorkspaceDb(`versions-${newId()}`)
})
afterEach(async () => {
  await db.delete()
})

async function currentOf(id: string): Promise<PostState> {
  const post = await db.posts.get(id)
  if (!post) throw new Error('no post')
  return { post: unsealed(post), content: (await db.documents.get(id))?.content ?? [] }
}
const versions = async (id: string) => versionsOf(id, await historyOf(db, id), await currentOf(id))

describe('the versions of a post', () => {
  it('takes a stretch of typing as one, and a change of a field as another', async () => {
    const store = open()
    const id = await createPost(store, { title: 'Three pockets' })
    await writeText(store, id, text('One'), 'stretch 1')
    await writeText(store, id, text('One for'), 'stretch 1')
    await writeText(store, id, text('One for the map'), 'stretch 1')
    await editPosts(store, [id], { ownerId: 'p1' }, 'Owner')
    const found = await versions(id)
    expect(found.map(({ number, command }) => [number, command])).toEqual([
      [3, 'editPosts'],
      [2, 'writeText'],
      [1, 'createPost'],
    ])
    expect(found[1]?.before?.content).toEqual([])
    expect(found[1]?.after.content).toEqual(text('One for the map').content)
    expect(found[2]?.before).toBeNull()
  })

  it('passes over what only moves a card on the board', async () => {
    const store = open()
    const id = await createPost(store, { title: 'A' })
    await editPosts(store, [id], { order: 5 }, 'Place')
    expect(await versions(id)).toHaveLength(1)
  })

  it('makes none of a stretch of typing that was taken back while it went on', async () => {
    const store = open()
    const id = await createPost(store, { title: 'A' }, text('Kept'))
    await writeText(store, id, text('Kept and more'), 'stretch 1')
    await writeText(store, id, text('Kept'), 'stretch 1')
    expect((await versions(id)).map(({ command }) => command)).toEqual(['createPost'])
    await writeText(store, id, text('Kept for good'), 'stretch 2')
    expect((await versions(id)).map(({ number, command }) => [number, command])).toEqual([
      [2, 'writeText'],
      [1, 'createPost'],
    ])
  })

  it('gives back exactly the states the post went through, whatever was done, undone and redone', async () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('text' as const),
        words: fc.array(fc.constantFrom('map', 'knife', 'rope', 'tea'), { maxLength: 5 }),
        stretch: fc.constantFrom('a', 'b'),
      }),
      fc.record({ kind: fc.constant('title' as const), title: fc.constantFrom('One', 'Two', 'Three') }),
      fc.record({ kind: fc.constant('move' as const), day: fc.integer({ min: 1, max: 20 }) }),
      // Several saves of one stretch: an undo of them is one entry with many patches, whose order matters.
      fc.record({
        kind: fc.constant('stretch' as const),
        texts: fc.array(fc.array(fc.constantFrom('map', 'knife', 'rope', 'tea'), { maxLength: 5 }), {
          minLength: 2,
          maxLength: 4,
        }),
      }),
      fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const, 'status' as const) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        db = new WorkspaceDb(`versions-${newId()}`)
        const store = open()
        const id = await createPost(store, { title: 'Start' }, text('start'))
        await store.loadHistory()
        // What the post was after each entry of the log.
        const recorded = new Map<string, PostState>()
        const record = async () => {
          const last = await db.changes.orderBy('id').last()
          const post = await db.posts.get(id)
          if (last && post) recorded.set(last.id, await currentOf(id))
        }
        await record()
        for (const each of steps) {
          now += 1_000
          if (!(await db.posts.get(id))) break
          if (each.kind === 'text') await writeText(store, id, text(...each.words), each.stretch)
          else if (each.kind === 'stretch') {
            const name = newId()
            for (const words of each.texts) {
              now += 1_000
              await writeText(store, id, text(...words), name)
              await record()
            }
          } else if (each.kind === 'title') await editPosts(store, [id], { title: each.title }, 'Title')
          else if (each.kind === 'move') {
            const date = new Date(now + each.day * DAY).toISOString().slice(0, 10)
            await reschedulePosts(store, [{ id, to: { date, time: '09:00', zone: 'UTC' } }], 'there')
          } else if (each.kind === 'status') await setStatus(store, [id], 'review', 'In review')
          else if (each.kind === 'undo' && store.history().undo && !store.history().undo?.startsWith('Created'))
            await store.undo()
          else if (each.kind === 'redo') await store.redo()
          await record()
        }
        for (const version of await versions(id)) {
          expect(version.after).toEqual(recorded.get(version.id))
        }
        await db.delete()
      }),
      { numRuns: 25 },
    )
  })
})

describe('restoring a version', () => {
  it('brings back the text alone, as a new version, and one undo takes it away', async () => {
    const store = open()
    const id = await createPost(store, { title: 'First', labels: ['a'] })
    await writeText(store, id, text('The old words'), 's1')
    const [old] = await versions(id)
    if (!old) throw new Error('no version')
    await editPosts(store, [id], { title: 'Second', labels: ['b'] }, 'Title')
    await writeText(store, id, text('Other words altogether'), 's2')
    const restored = await restoreVersion(
      store,
      { ...old.after, number: old.number },
      { text: true, fields: false, date: false },
    )
    expect(restored.ok).toBe(true)
    expect(await db.posts.get(id)).toMatchObject({ title: 'First', labels: ['b'], words: 3, excerpt: 'The old words' })
    expect(docOf(await db.documents.get(id))).toEqual(text('The old words'))
    await store.undo()
    expect(await db.posts.get(id)).toMatchObject({ title: 'Second', labels: ['b'] })
    expect(docOf(await db.documents.get(id))).toEqual(text('Other words altogether'))
  })

  it('does not move a post into the past to bring a date back, and then changes nothing', async () => {
    const store = open()
    const id = await createPost(store, { title: 'A', planned: { date: '2026-10-02', time: '09:00', zone: 'UTC' } })
    const [old] = await versions(id)
    if (!old) throw new Error('no version')
    await reschedulePosts(store, [{ id, to: { date: '2026-12-02', time: '09:00', zone: 'UTC' } }], 'later')
    await writeText(store, id, text('New'), 's')
    now += 30 * DAY
    const restored = await restoreVersion(
      store,
      { ...old.after, number: old.number },
      { text: true, fields: true, date: true },
    )
    expect(restored).toMatchObject({ ok: false, error: { kind: 'in-the-past' } })
    expect(docOf(await db.documents.get(id))).toEqual(text('New'))
  })
})
