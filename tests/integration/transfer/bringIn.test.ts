import { describe, expect, test } from 'vitest'
import { bringIn } from '../../../renderer/features/transfer/bringIn.ts'
import { checkReading, NO_CHOICES } from '../../../renderer/features/transfer/check.ts'
import { findExisting } from '../../../renderer/features/transfer/existing.ts'
import { shares } from '../../../renderer/features/transfer/reader.ts'
import { mergeReadings, type Reading, readFiles } from '../../../renderer/features/transfer/reading.ts'
import { aWorkspace, type TestWorkspace } from '../../support/workspace.ts'
import { postFiles, textFile } from './posts18f.ts'

const OPTIONS = { zone: 'America/New_York', time: '09:00' }
const never = () => new AbortController().signal

const bring = (
  workspace: TestWorkspace,
  reading: Reading,
  signal = never(),
  onPosts: (done: number) => void = () => {},
) =>
  bringIn(
    { workspace, shell: workspace.shell, clock: workspace.clock },
    {
      items: reading.items,
      notes: reading.notes,
      contents: reading.contents,
      from: '18f-blog',
      zone: OPTIONS.zone,
      channelId: '',
      campaignId: '',
      files: [],
    },
    ({ what, done }) => what === 'posts' && onPosts(done),
    signal,
  )

const counts = async ({ db }: TestWorkspace) => ({
  posts: await db.posts.count(),
  documents: await db.documents.count(),
  people: await db.people.count(),
  changes: await db.changes.count(),
})

describe('bringing in the 509 posts', () => {
  const reading = readFiles(postFiles(), OPTIONS)

  test('all of them come in, with their people, as one entry of the log', async () => {
    const workspace = await aWorkspace()
    const before = await counts(workspace)
    const result = await bring(workspace, reading)
    expect(result.ok && result.value.postIds.length).toBe(509)
    const after = await counts(workspace)
    expect(after.posts).toBe(509)
    expect(after.documents).toBe(509)
    expect(after.people).toBe(new Set(reading.items.flatMap(({ post }) => post.authors)).size)
    expect(after.changes).toBe(before.changes + 1)
    expect(await workspace.db.posts.where('status').equals('published').count()).toBe(509)
  })

  test('one undo takes all of them and the people made for them away, one redo brings them back', async () => {
    const workspace = await aWorkspace()
    const before = await counts(workspace)
    await bring(workspace, reading)
    const filled = await counts(workspace)
    const undone = await workspace.store.undo()
    expect(undone?.label).toBe('Brought in 509 posts from 18f-blog')
    expect({ ...(await counts(workspace)), changes: 0 }).toEqual({ ...before, changes: 0 })
    expect(workspace.store.history().undo).toBeNull()
    await workspace.store.redo()
    expect({ ...(await counts(workspace)), changes: 0 }).toEqual({ ...filled, changes: 0 })
  })

  test('a stop half way leaves nothing', async () => {
    const workspace = await aWorkspace()
    const before = await counts(workspace)
    const stopping = new AbortController()
    const result = await bring(workspace, reading, stopping.signal, (done) => done >= 200 && stopping.abort())
    expect(result).toEqual({ ok: false, error: { kind: 'cancelled' } })
    expect(await counts(workspace)).toEqual(before)
    expect(workspace.store.history().undo).toBeNull()
  })

  test('a disk that fills up half way leaves nothing, and the sentence says so', async () => {
    const workspace = await aWorkspace()
    const before = await counts(workspace)
    let calls = 0
    const fail = () => {
      calls += 1
      if (calls > 250) throw new DOMException('The disk is full.', 'QuotaExceededError')
    }
    workspace.db.documents.hook('creating', fail)
    const result = await bring(workspace, reading)
    expect(result).toEqual({
      ok: false,
      error: {
        kind: 'failed',
        sentence: 'The disk is full, so nothing was brought in. Make room on it and try again.',
      },
    })
    expect(await counts(workspace)).toEqual(before)
  })

  test('a bug half way leaves nothing and is not swallowed', async () => {
    const workspace = await aWorkspace()
    const before = await counts(workspace)
    let calls = 0
    workspace.db.documents.hook('creating', () => {
      calls += 1
      if (calls > 250) throw new TypeError('broken on purpose')
    })
    await expect(bring(workspace, reading)).rejects.toThrow('broken on purpose')
    expect(await counts(workspace)).toEqual(before)
  })

  test('a second look at the same folder finds every post here already', async () => {
    const workspace = await aWorkspace()
    await bring(workspace, reading)
    const existing = await findExisting(workspace.db, reading.items)
    const check = checkReading(reading, existing, NO_CHOICES)
    expect(check.counts).toEqual({ look: 0, ready: 0, here: 509, skipped: 0, all: 509 })
    const [first] = reading.items
    if (!first) throw new Error('no posts')
    const anyway = checkReading(reading, existing, { ...NO_CHOICES, anyway: new Set([first.key]) })
    expect(anyway.counts).toEqual({ look: 0, ready: 1, here: 508, skipped: 0, all: 509 })
  })

  test('an edited title does not make a post new: its file name tells', async () => {
    const workspace = await aWorkspace()
    await bring(workspace, reading)
    const [post] = await workspace.db.posts.limit(1).toArray()
    if (!post) throw new Error('no posts')
    await workspace.db.posts.update(post.id, { title: 'Another title', planned: null, plannedAt: -1 })
    const existing = await findExisting(workspace.db, reading.items)
    expect(existing.size).toBe(509)
  })
})

describe('a folder read in shares', () => {
  test('is the folder read at once, whatever the number of shares', () => {
    const files = postFiles()
    const picked = files.map(({ path }) => ({ path, file: new File([], path) }))
    const whole = readFiles(files, OPTIONS)
    for (const workers of [2, 3]) {
      const parts = shares(picked, workers, 100).map((part) =>
        readFiles(
          part.flatMap(({ path }) => files.find((file) => file.path === path) ?? []),
          OPTIONS,
        ),
      )
      expect(parts.length).toBe(workers)
      const merged = mergeReadings(parts)
      expect(merged.items.map(({ key }) => key)).toEqual(whole.items.map(({ key }) => key))
      expect(merged.files).toEqual(whole.files)
      expect(new Map(merged.fields.map(({ key, count }) => [key, count]))).toEqual(
        new Map(whole.fields.map(({ key, count }) => [key, count])),
      )
    }
  })

  test('finds an id that two shares have', () => {
    const part = (path: string) =>
      readFiles([textFile(path, '---\nid: one\ntitle: T\ndate: 2026-01-05\n---\nText\n')], OPTIONS)
    const merged = mergeReadings([part('a.md'), part('b.md')])
    expect(merged.items.map(({ key }) => key)).toEqual(['a.md'])
    expect(merged.problems.map(({ sentence }) => sentence)).toEqual([
      'b.md has the id "one", which a.md has too. Only the first is brought in; give one of them another id.',
    ])
  })
})

describe('what stands in the way', () => {
  const problemsOf = (files: ReturnType<typeof textFile>[]) =>
    readFiles(files, OPTIONS).problems.map(({ severity, sentence }) => `${severity}: ${sentence}`)

  test('names file, row and field', () => {
    expect(problemsOf([textFile('broken.md', '---\ntitle: "unclosed\ndate: 2026-01-01\n---\nText\n')])[0]).toMatch(
      /^error: broken\.md, line \d+: the fields at the top cannot be read/,
    )
    const binary = {
      path: 'picture.md',
      bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2, 3, 0, 0]),
    }
    expect(problemsOf([binary])).toEqual([
      'error: picture.md is not text, whatever its name says. Leave it out, or replace it by the Markdown file.',
    ])
    expect(
      problemsOf([textFile('plan.csv', 'Date,Title\n2026-01-05,Fine\n2026-01-06,One,two,three\n31/02/2026,Bad day\n')]),
    ).toEqual([
      'error: plan.csv, row 3 has 4 cells, the heading has 2. Put a text with "," in it between quotation marks.',
      'error: plan.csv, row 4, column Date: "31/02/2026" is not a date: February 2026 has 28 days. Correct it.',
    ])
    expect(problemsOf([])).toEqual(['error: This folder is empty. Choose the folder the posts are in.'])
    expect(problemsOf([textFile('a.pdf', '%PDF'), textFile('b.docx', 'PK')])).toEqual([
      'error: None of the 2 files holds posts (docx, pdf). Outpost reads Markdown, CSV, ICS and its own JSON.',
    ])
  })

  test('an unclear date keeps its post out until it is answered, and the counts add up', () => {
    const files = [
      textFile('thaw.md', '---\ntitle: Thaw\ndate: 03/04/2025 09:00\n---\nText\n'),
      textFile('fine.md', '---\ntitle: Fine\ndate: 2025-04-03\n---\nText\n'),
      textFile('empty.md', ''),
    ]
    const asked = readFiles(files, OPTIONS)
    expect(checkReading(asked, new Map(), NO_CHOICES).counts).toEqual({
      look: 2,
      ready: 1,
      here: 0,
      skipped: 0,
      all: 3,
    })
    const undated = { ...NO_CHOICES, undated: new Set(['thaw.md']) }
    expect(checkReading(asked, new Map(), undated).counts).toEqual({ look: 1, ready: 2, here: 0, skipped: 0, all: 3 })
    const answered = readFiles(files, { ...OPTIONS, dateOrder: { 'thaw.md': 'day-first' } })
    const thaw = answered.items.find(({ key }) => key === 'thaw.md')
    expect(thaw?.post.planned?.date).toBe('2025-04-03')
    expect(checkReading(answered, new Map(), NO_CHOICES).counts).toEqual({
      look: 1,
      ready: 2,
      here: 0,
      skipped: 0,
      all: 3,
    })
  })

  test('a file is known by what is in it, and a remembered mapping is used again', () => {
    const calendar = textFile(
      'plan.txt',
      'BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTART:20260105T090000Z\nSUMMARY:Launch\nEND:VEVENT\nEND:VCALENDAR\n',
    )
    const prose = textFile('note.txt', 'Just a thought\n\nwritten down.\n')
    const reading = readFiles([calendar, prose], OPTIONS)
    expect(reading.items.map(({ file, post }) => [file, post.title])).toEqual([
      ['note.txt', 'Note'],
      ['plan.txt', 'Launch'],
    ])
    const table = textFile('odd.csv', 'Wann,Was genau\n2026-01-05,Ein Titel\n')
    const [unknown] = readFiles([table], OPTIONS).tables
    if (!unknown) throw new Error('no table')
    const saved = { [unknown.fingerprint]: { Wann: 'date', 'Was genau': 'title' } }
    const [item] = readFiles([table], { ...OPTIONS, saved }).items
    expect([item?.post.title, item?.post.planned?.date, item?.row]).toEqual(['Ein Titel', '2026-01-05', 2])
  })
})
