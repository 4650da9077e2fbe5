import { openAsBlob } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openFiles } from '../../../renderer/features/transfer/openFiles.ts'
import type { PickedFile } from '../../../renderer/parts/picked.ts'
import { temporaryFolder } from '../../support/project.ts'

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)

/** A file on the disk, as a browser hands it to the page: its bytes are read when they are asked for. */
async function onDisk(folder: string, name: string, words: string): Promise<PickedFile> {
  await writeFile(join(folder, name), words)
  return { path: name, file: new File([await openAsBlob(join(folder, name))], name) }
}

it('opens many files in their order, whatever their number', async () => {
  const picked = Array.from({ length: 150 }, (_, at) => ({
    path: `${at}.md`,
    file: new File(['é'.repeat(at % 7), String(at)], `${at}.md`),
  }))
  const batches: number[] = []
  const { files, problems } = await openFiles(picked, (opened) => batches.push(opened.length))
  expect(files.map(({ path, bytes }) => [path, text(bytes)])).toEqual(
    picked.map(({ path }, at) => [path, 'é'.repeat(at % 7) + at]),
  )
  expect(problems).toEqual([])
  expect(batches.reduce((sum, count) => sum + count, 0)).toBe(150)
})

it('names the file that went away since it was chosen, and opens the others', async () => {
  using folder = temporaryFolder()
  const picked = await Promise.all(
    ['a.md', 'b.md', 'c.md'].map((name) => onDisk(folder.path, name, `words of ${name}`)),
  )
  await rm(join(folder.path, 'b.md'))
  const { files, problems } = await openFiles(picked)
  expect(files.map(({ path, bytes }) => [path, text(bytes)])).toEqual([
    ['a.md', 'words of a.md'],
    ['c.md', 'words of c.md'],
  ])
  expect(problems).toMatchObject([{ kind: 'cannot-read', severity: 'error', file: 'b.md' }])
  expect(problems[0]?.sentence).toContain('b.md could not be opened')
})

it('lists pictures without their bytes, and refuses a file of more than 50 MB by its name, unless it may be a workspace', async () => {
  const huge = new File([new Uint8Array(50_000_001)], 'huge.md')
  const { files, problems } = await openFiles([
    { path: 'a.png', file: new File(['picture'], 'a.png') },
    { path: 'huge.md', file: huge },
    { path: 'b.md', file: new File(['b'], 'b.md') },
    { path: 'workspace.json', file: huge },
  ])
  expect(files.map(({ path, bytes }) => [path, bytes.length])).toEqual([
    ['a.png', 0],
    ['b.md', 1],
    ['workspace.json', 50_000_001],
  ])
  expect(problems.map(({ sentence }) => sentence)).toEqual([
    'huge.md is larger than 50 MB, the most Outpost opens. Split it, or leave it out.',
  ])
})
