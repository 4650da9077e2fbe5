/** The main job from the command line, as a script runs it. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPdf } from '../support/pdf.ts'
import { projectRoot, temporaryFolder } from '../support/project.ts'
import { expect, test } from './app.ts'

interface Ended {
  readonly code: number
  readonly out: string
  readonly errors: string
}

const outpostIn = (env: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const command = [join(projectRoot, 'electron/outpost.ts'), ...args]
    execFile(process.execPath, command, { env: { ...process.env, ...env } }, (error, out, errors) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, errors }),
    )
  })
const outpost = (...args: string[]): Promise<Ended> => outpostIn({}, ...args)

const POSTS = join(projectRoot, 'tests/fixtures/18f-blog/posts')

test('509 posts become a plan of three months: one line of JSON, a PDF and an export', async () => {
  test.setTimeout(600_000)
  using folder = temporaryFolder()
  const [pdfFile, jsonFile] = [join(folder.path, 'plan.pdf'), join(folder.path, 'plan.json')]
  const { code, out } = await outpost(
    'plan',
    '--import',
    POSTS,
    '--from',
    '2016-01-01',
    '--to',
    '2016-03-31',
    '--pdf',
    pdfFile,
    '--json',
    jsonFile,
    '--paper',
    'letter',
  )
  expect(code).toBe(0)
  expect(out.trim().split('\n')).toHaveLength(1)
  const summary = JSON.parse(out) as Record<string, unknown>
  const pdf = await readPdf(new Uint8Array(readFileSync(pdfFile)))
  expect(summary).toMatchObject({
    posts: 509,
    inRange: 46,
    pages: pdf.pages.length,
    problems: [],
    seconds: expect.any(Number),
  })
  expect(pdf.marked).toBe(true)
  expect(Math.round(pdf.pages[1]?.width ?? 0)).toBe(612)
  expect((JSON.parse(readFileSync(jsonFile, 'utf8')) as { posts: unknown[] }).posts).toHaveLength(46)
})

test('help is an answer, not a complaint', async () => {
  const { code, out, errors } = await outpost('plan', '--help')
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  expect(out).toMatch(/^Usage: outpost plan --import DIR .*\n$/)
})

test('a machine without room or browser is said in one sentence, and nothing is written', async () => {
  test.setTimeout(120_000)
  using folder = temporaryFolder()
  const pdf = join(folder.path, 'plan.pdf')
  const nowhere = join(folder.path, 'nowhere')
  const order = ['plan', '--import', folder.path, '--from', '2016-01-01', '--to', '2016-03-31', '--pdf', pdf]
  const noRoom = await outpostIn({ TMPDIR: nowhere, TEMP: nowhere, TMP: nowhere }, ...order)
  expect(noRoom).toMatchObject({ code: 1, out: '' })
  expect(noRoom.errors).toContain(`${nowhere}, is not there. Name another one in TMPDIR.`)
  const noBrowser = await outpostIn({ OUTPOST_BROWSER: nowhere }, ...order)
  expect(noBrowser).toMatchObject({ code: 1, out: '' })
  expect(noBrowser.errors).toContain(`OUTPOST_BROWSER names ${nowhere}`)
  for (const { errors } of [noRoom, noBrowser]) expect(errors).not.toMatch(/ at .*\.ts:\d+/)
  expect(existsSync(pdf)).toBe(false)
})

test('bad input ends with one sentence and leaves no file', async () => {
  test.setTimeout(300_000)
  using folder = temporaryFolder()
  const pdf = join(folder.path, 'plan.pdf')
  const ask = (from: string, importFrom: string, target = pdf) =>
    outpost('plan', '--import', importFrom, '--from', from, '--to', '2016-03-31', '--pdf', target)
  const empty = join(folder.path, 'empty')
  mkdirSync(empty)
  const bad = join(folder.path, 'bad')
  mkdirSync(bad)
  writeFileSync(join(bad, 'leap.md'), '---\ntitle: Leap\ndate: 31/02/2016\n---\nWords.\n')
  const cases: readonly [Promise<Ended>, RegExp][] = [
    [ask('2016-01-01', join(folder.path, 'nowhere')), /nowhere/],
    [ask('2016-13-01', empty), /--from .*2016-13-01/],
    [ask('2016-01-01', empty, join(folder.path, 'no', 'plan.pdf')), /no/],
    [ask('2016-01-01', empty), /There are no posts in .*empty/],
    [ask('2016-01-01', bad), /leap\.md.*31\/02\/2016/],
  ]
  for (const [running, sentence] of cases) {
    const { code, out, errors } = await running
    expect(code).not.toBe(0)
    expect(out).toBe('')
    expect(errors.replace(/\s+/g, ' ')).toMatch(sentence)
    expect(errors).not.toMatch(/ at .*\.ts:\d+/)
  }
  expect(existsSync(pdf)).toBe(false)
})
