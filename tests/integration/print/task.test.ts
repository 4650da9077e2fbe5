import '../../support/indexeddb.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nameOf, runHeadlessTask } from '../../../renderer/features/task/runTask.ts'
import type { Shell } from '../../../renderer/ports/shell.ts'
import type { HeadlessTask } from '../../../shared/contract/contract.ts'
import { err } from '../../../shared/lib/result.ts'
import { aPng } from '../../support/mediaFiles.ts'
import { createMemoryShell } from '../../support/memoryShell.ts'
import { aPrintPress, flat, type PrintPress, readPdf } from '../../support/pdf.ts'
import { projectRoot } from '../../support/project.ts'
import { aWorkspace } from '../../support/workspace.ts'

const folder = join(projectRoot, 'tests/fixtures/18f-blog/posts')
const text = (words: string) => new TextEncoder().encode(words)
/** Stands for a file this computer does not let us read. */
const LOCKED = text('locked')
const order = (over: Partial<HeadlessTask> = {}): HeadlessTask => ({
  kind: 'plan',
  folder: '/blog/posts',
  from: '2016-01-01',
  to: '2016-03-31',
  paper: 'a4',
  json: true,
  ...over,
})

/** As the page would: the numbers stand in the head of a PNG. */
const measure = async (picture: Blob) => {
  const bytes = new Uint8Array(await picture.arrayBuffer())
  return { width: bytes[19] ?? 0, height: bytes[23] ?? 0 }
}

let press: PrintPress
beforeAll(async () => {
  press = await aPrintPress()
})
afterAll(() => press.close())

async function run(files: Record<string, Uint8Array>, task = order()) {
  const shell = createMemoryShell({ task, files, info: { zone: 'America/New_York' } })
  const printing: Shell = {
    ...shell,
    printPdf: press.deps.shell.printPdf,
    taskDone: shell.taskDone,
    readFile: async (folder, path) =>
      files[path] === LOCKED
        ? err({ kind: 'no-permission', message: `There is no permission to read ${path}.` })
        : shell.readFile(folder, path),
  }
  const workspace = await aWorkspace({ shell, zone: 'America/New_York' })
  await runHeadlessTask(printing, { workspace, clock: workspace.clock }, { ...press.deps, measure })
  return { shell, workspace }
}

test('The 509 real posts become a plan of January to March 2016 with exactly the posts of those months', async () => {
  const files = Object.fromEntries(
    readdirSync(folder).map((path) => [path, new Uint8Array(readFileSync(join(folder, path)))]),
  )
  const inRange = Object.keys(files).filter((path) => /^2016-0[123]-/.test(path)).length
  const { shell } = await run(files)
  expect(shell.taskResult).toMatchObject({ ok: true, value: { posts: 509, inRange } })

  const pdf = await readPdf(shell.delivered.get('pdf') ?? new Uint8Array())
  expect(shell.taskResult).toMatchObject({ value: { pages: pdf.pages.length } })
  const json = JSON.parse(new TextDecoder().decode(shell.delivered.get('json'))) as {
    posts: { title: string; planned: { date: string } }[]
  }
  expect(json.posts).toHaveLength(inRange)
  // What stands in the schedule of the file is what the export of the range holds, row by row.
  const start = pdf.places.get('section-schedule') ?? 0
  const end = pdf.places.get('section-sheets') ?? 0
  const schedule = flat(
    pdf.pages
      .slice(start - 1, end - 1)
      .map((page) => page.text)
      .join('\n'),
  )
  const titles = json.posts.map(({ title }) => flat(title))
  expect(titles.filter((title) => !schedule.includes(title))).toEqual([])
  expect(schedule.match(/UTC−[45]/g)?.length).toBeGreaterThanOrEqual(inRange)
}, 600_000)

test('A range without posts makes a plan that says so', async () => {
  const { shell } = await run({ 'a.md': text('---\ntitle: One\ndate: 2020-05-05\n---\nWords.') })
  expect(shell.taskResult).toMatchObject({ ok: true, value: { posts: 1, inRange: 0 } })
  const pdf = await readPdf(shell.delivered.get('pdf') ?? new Uint8Array())
  expect(flat(pdf.text)).toContain('No posts are planned in this period.')
}, 300_000)

test('A folder without posts is answered with a sentence that names it', async () => {
  const { shell, workspace } = await run({ 'picture.png': new Uint8Array([1, 2]) })
  expect(shell.taskResult).toMatchObject({
    ok: false,
    error: expect.stringContaining('There are no posts in /blog/posts.'),
  })
  expect(shell.delivered.size).toBe(0)
  expect(await workspace.db.posts.count()).toBe(0)
})

test('Dates that cannot be read are answered with a sentence that names the file', async () => {
  const { shell } = await run({ 'a.md': text('---\ntitle: One\ndate: 31/02/2016\n---\nWords.') })
  expect(shell.taskResult).toMatchObject({
    ok: false,
    error: expect.stringMatching(/\/blog\/posts.*a\.md.*31\/02\/2016/),
  })
})

test('Pictures beside the posts are printed; a file that cannot be had is a problem, and the rest comes in', async () => {
  const { shell, workspace } = await run({
    '2016-01-05-a.md': text(
      '---\ntitle: One\nimage: /img/lake.png\nimage_alt: Water\n---\n![Hut](img/hut.png) ![No](img/no.png)',
    ),
    'img/lake.png': aPng(64, 40),
    'img/hut.png': aPng(48, 40),
    'img/no.png': text('no picture'),
    'img/not-shown.png': text('no picture either'),
    'locked.md': LOCKED,
  })
  expect(shell.taskResult).toEqual({
    ok: true,
    value: {
      posts: 1,
      inRange: 1,
      pages: expect.any(Number),
      problems: [
        'There is no permission to read locked.md.',
        'img/no.png could not be read as a picture. Its address stays with the post.',
      ],
    },
  })
  expect(await workspace.db.media.count()).toBe(2)
  const printed = press.documents.at(-1) ?? ''
  expect(printed.match(/src="data:image\/png/g)).toHaveLength(2)
  expect(printed).toContain('alt="Hut"')
}, 300_000)

test('A plan is named after the folder that says what it is', () => {
  expect(nameOf('/home/x/18f-blog/posts')).toBe('18f-blog')
  expect(nameOf('C:\\sites\\fernhollow\\_posts\\')).toBe('fernhollow')
  expect(nameOf('/posts')).toBe('posts')
})
