import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { unsealed } from '../../../renderer/data/sums.ts'
import { asImported, namesIn } from '../../../renderer/features/transfer/asImported.ts'
import { bringIn } from '../../../renderer/features/transfer/bringIn.ts'
import type { ExportFormat } from '../../../renderer/features/transfer/exportFiles.ts'
import { readFiles } from '../../../renderer/features/transfer/reading.ts'
import { docOf } from '../../../shared/domain/workspace.ts'
import type { SourceFile } from '../../../shared/interchange/model.ts'
import { exportedFile } from '../../support/exporting.ts'
import { aWorkspace, type TestWorkspace } from '../../support/workspace.ts'
import { postFiles } from './posts18f.ts'

const ZONE = 'America/New_York'

async function bring(workspace: TestWorkspace, files: readonly SourceFile[]) {
  const reading = readFiles(files, { zone: ZONE, time: '09:00' })
  const result = await bringIn(
    { workspace, shell: workspace.shell, clock: workspace.clock },
    { ...reading, from: 'a folder', zone: ZONE, channelId: '', campaignId: '', files: [] },
    () => {},
    new AbortController().signal,
  )
  expect(result.ok).toBe(true)
  return reading
}

/** Every post in words, by title, so that two workspaces can be compared. */
async function contentOf({ db }: TestWorkspace) {
  const posts = await db.posts.orderBy('plannedAt').toArray()
  const texts = new Map((await db.documents.toArray()).map((document) => [document.id, document]))
  const names = namesIn({
    people: await db.people.toArray(),
    channels: await db.channels.toArray(),
    campaigns: await db.campaigns.toArray(),
    pillars: await db.pillars.toArray(),
  })
  return posts
    .map((post) => {
      const { id: _id, source, ...words } = asImported(post, docOf(texts.get(post.id)), names)
      return { ...words, ownerName: names.person(post.ownerId), extra: source.extra, path: source.path }
    })
    .sort((a, b) => (a.path + a.title < b.path + b.title ? -1 : 1))
}
type Content = Awaited<ReturnType<typeof contentOf>>

describe('a round trip changes nothing', () => {
  let first: TestWorkspace
  let before: Content

  beforeAll(async () => {
    first = await aWorkspace({ zone: ZONE })
    await bring(first, postFiles())
    before = await contentOf(first)
  })

  const exported = async (format: ExportFormat) =>
    exportedFile(first.db, { format }, { name: 'Fernhollow', now: first.clock.now(), settings: { zone: ZONE } })

  const secondWith = async (files: readonly SourceFile[]) => {
    const second = await aWorkspace({ zone: ZONE })
    await bring(second, files)
    return second
  }

  test('over Markdown', async () => {
    const { name, bytes, posts } = await exported('markdown')
    expect([name, posts]).toEqual(['fernhollow-2026-11-24-markdown.zip', 509])
    const files = Object.entries(unzipSync(bytes)).map(([path, content]) => ({ path, bytes: content }))
    expect(files.map(({ path }) => path).sort()).toEqual(
      postFiles()
        .map(({ path }) => path)
        .sort(),
    )
    const after = await contentOf(await secondWith(files))
    expect(after.length).toBe(509)
    after.forEach((post, at) => {
      expect(post).toEqual(before[at])
    })
  })

  test('over CSV', async () => {
    const { name, bytes } = await exported('csv')
    expect(name).toBe('fernhollow-2026-11-24.csv')
    const after = await contentOf(await secondWith([{ path: 'plan.csv', bytes }]))
    expect(after.length).toBe(509)
    const withoutSource = (content: Content) =>
      content
        .map(({ path: _path, extra: _extra, owner: _owner, ...words }) => words)
        .sort((a, b) => (`${a.planned?.date}${a.title}` < `${b.planned?.date}${b.title}` ? -1 : 1))
    const wanted = withoutSource(before)
    withoutSource(after).forEach((post, at) => {
      expect(post).toEqual(wanted[at])
    })
  })

  test('over JSON, ids and all', async () => {
    const { bytes } = await exported('json')
    const second = await secondWith([{ path: 'fernhollow.json', bytes }])
    for (const table of ['posts', 'documents', 'people'] as const) {
      const rows = async ({ db }: TestWorkspace) => (await db.table<object>(table).toArray()).map(unsealed)
      expect(await rows(second)).toEqual(await rows(first))
    }
    expect(strFromU8(bytes)).not.toContain('"sum"')
    await second.store.undo()
    expect([await second.db.posts.count(), await second.db.people.count()]).toEqual([0, 0])
  })

  test('over ICS, for what a calendar holds: titles and times', async () => {
    const { bytes } = await exported('ics')
    const after = await contentOf(await secondWith([{ path: 'plan.ics', bytes }]))
    const held = (content: Content) => content.map(({ title, planned }) => JSON.stringify([title, planned])).sort()
    expect(held(after)).toEqual(held(before))
  })

  test('the trash and what the filter leaves out stay behind', async () => {
    const workspace = await aWorkspace({ zone: ZONE })
    await bring(workspace, postFiles().slice(0, 20))
    const [trashed] = await workspace.db.posts.toArray()
    if (!trashed) throw new Error('no posts')
    await workspace.db.posts.update(trashed.id, { trashedAt: 1 })
    const choice = { format: 'csv' as const, range: { from: '2014-01-01', to: '2014-06-30' } }
    const about = { name: 'W', now: workspace.clock.now(), settings: { zone: ZONE } }
    const all = await exportedFile(workspace.db, { format: 'csv' }, about)
    const some = await exportedFile(workspace.db, choice, about)
    expect(all.posts).toBe(19)
    expect(some.posts).toBe(
      (await workspace.db.posts.toArray()).filter(
        ({ planned, trashedAt }) =>
          trashedAt === 0 && planned && planned.date >= '2014-01-01' && planned.date <= '2014-06-30',
      ).length,
    )
    expect(strFromU8(all.bytes)).not.toContain(trashed.title)
  })
})
