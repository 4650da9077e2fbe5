import '../../support/indexeddb.ts'
import { expect, test } from 'vitest'
import { importPosts } from '../../../renderer/data/commands/importPosts.ts'
import { addRow } from '../../../renderer/data/commands/workspace.ts'
import { blankPost, type ImportedPost } from '../../../shared/interchange/model.ts'
import { aWorkspace } from '../../support/workspace.ts'

const post = (at: number, over: Partial<ImportedPost> = {}): ImportedPost => ({
  ...blankPost({ kind: 'markdown', path: `${at}.md`, extra: {} }),
  title: `Post ${at}`,
  planned: { date: '2026-10-01', time: '09:00', zone: 'Europe/Berlin' },
  ...over,
})
const posts = Array.from({ length: 250 }, (_, at) => post(at))
const input = { from: 'a folder', zone: 'Europe/Berlin' }

test('An import is one entry in the log and one undo', async () => {
  const { store, db } = await aWorkspace()
  const before = await db.changes.count()
  const done: number[] = []
  const made = await importPosts(store, db, { ...input, posts, onProgress: (now) => done.push(now) })
  expect(made.ok).toBe(true)
  expect(await db.posts.count()).toBe(250)
  expect(await db.changes.count()).toBe(before + 1)
  expect(done.at(-1)).toBe(250)
  expect(done).toEqual(done.toSorted((a, b) => a - b))
  await store.undo()
  expect([await db.posts.count(), await db.documents.count()]).toEqual([0, 0])
  await store.redo()
  expect(await db.posts.count()).toBe(250)
})

test('An import that is stopped on the way leaves nothing, not even in the log', async () => {
  const { store, db } = await aWorkspace()
  const before = await db.changes.count()
  const stop = new AbortController()
  const named = posts.map((one) => ({ ...one, owner: 'Maelis Kroon', campaign: 'Tarn 28', channels: ['Instagram'] }))
  const made = await importPosts(store, db, {
    ...input,
    posts: named,
    signal: stop.signal,
    onProgress: () => stop.abort(),
  })
  expect(made).toEqual({ ok: false, error: { kind: 'cancelled' } })
  for (const table of [db.posts, db.documents, db.people, db.campaigns, db.channels]) {
    expect(await table.count()).toBe(0)
  }
  expect(await db.changes.count()).toBe(before)
})

test('Names that are here are used whatever their case; others are created once', async () => {
  const { store, db } = await aWorkspace()
  const known = await addRow(store, 'people', { name: 'Maelis Kroon', role: '', email: '' }, 'Added a person')
  const made = await importPosts(store, db, {
    ...input,
    posts: [
      post(1, {
        owner: 'maelis kroon ',
        authors: ['Bex Rundle'],
        channels: ['Insta', 'Village radio'],
        pillar: 'Repair',
      }),
      post(2, { authors: ['bex rundle'], channels: ['instagram'], pillar: 'repair' }),
    ],
  })
  expect(made).toMatchObject({ ok: true, value: { created: { people: 1, channels: 1, campaigns: 0, pillars: 1 } } })
  const [first, second] = (await db.posts.toArray()).sort((a, b) => a.order - b.order)
  expect(first?.ownerId).toBe(known)
  // Without an owner the first author stands for the post.
  expect(second?.ownerId).toBe(second?.authorIds[0])
  expect(first?.channelIds).toEqual(second?.channelIds)
  // A channel of no network is kept as a label, so that the word is not lost.
  expect(first?.labels).toEqual(['Village radio'])
})

test('A post without a status is out when its time has passed; what a site holds for later is scheduled', async () => {
  const { store, db } = await aWorkspace()
  const later = { date: '2027-01-05', time: '09:00', zone: 'Europe/Berlin' }
  const csv = { kind: 'csv', path: 'a.csv', extra: {} } as const
  await importPosts(store, db, {
    ...input,
    posts: [post(1), post(2, { planned: later }), post(3, { planned: later, source: csv }), post(4, { planned: null })],
  })
  const rows = (await db.posts.toArray()).sort((a, b) => a.order - b.order)
  expect(rows.map(({ status }) => status)).toEqual(['published', 'scheduled', 'draft', 'draft'])
  expect(rows.map(({ publishAt }) => publishAt !== null)).toEqual([true, true, false, false])
})
