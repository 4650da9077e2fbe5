import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { TaskHost } from '../../electron/handlers/desktop.ts'
import { ADAPTERS } from '../../electron/platforms/index.ts'
import { createLog } from '../../electron/services/log.ts'
import type { ChromiumShell } from '../../electron/shells/chromium/shell.ts'
import { createShell } from '../../renderer/app/shell.ts'
import type { Bridge, HeadlessTask } from '../../shared/contract/contract.ts'
import { startTestShell } from '../support/chromiumShell.ts'
import { electronMissing, startElectronApp } from '../support/electronApp.ts'
import { createMemoryShell, type MemoryShell } from '../support/memoryShell.ts'
import { shellOver } from '../support/pageShell.ts'
import { projectRoot, removeFolder, temporaryFolder } from '../support/project.ts'
import { publishingCalls } from './publishingCalls.ts'
import { type ShellUnderTest, shellContract } from './shellContract.ts'

/** A page without the app: what is under test is the shell. */
const page = join(projectRoot, 'tests', 'fixtures', 'page')

const taskOn = (folder: string): HeadlessTask => ({
  kind: 'plan',
  folder,
  from: '2026-01-01',
  to: '2026-03-31',
  paper: 'a4',
  json: false,
})

/** Files below a folder, but for some that lie in it for the test's sake only. */
const filesOf = (folder: string, but: readonly string[]) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !but.includes(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, bytes: readFileSync(path) }))

const started = (under: ShellUnderTest | undefined): ShellUnderTest => {
  if (!under) throw new Error('The shell did not start.')
  return under
}

describe('in memory', () => {
  const under = (shell: MemoryShell): ShellUnderTest => ({
    shell,
    written: async (path) => shell.saved.get(path) ?? new Uint8Array(),
    delivered: async (kind) => shell.delivered.get(kind) ?? new Uint8Array(),
    restart: null,
    everything: null,
  })
  const encode = (words: string) => new TextEncoder().encode(words)
  const byPerson = under(createMemoryShell({ adapters: ADAPTERS }))
  const byTask = under(
    createMemoryShell({ task: taskOn('/posts'), files: { 'a.md': encode('# A'), 'sub/b.md': encode('# B') } }),
  )
  shellContract('memory', () => byPerson, { task: false })
  publishingCalls('memory', () => byPerson)
  shellContract('memory', () => byTask, { task: true })
})

for (const task of [false, true]) {
  describe(`on an installed browser${task ? ', without a window' : ''}`, () => {
    const root = temporaryFolder().path // removed by hand: the suite runs after this block has ended
    const dataFolder = join(root, 'data')
    const posts = join(root, 'posts')
    const target = join(root, 'plan.pdf')
    let running: ChromiumShell | undefined
    let under: ShellUnderTest | undefined
    const host: TaskHost = { task: taskOn(posts), targets: { pdf: target }, done: () => undefined }
    const open = async () => {
      running = await startTestShell({
        dataFolder,
        rendererRoot: page,
        log: createLog(join(dataFolder, 'log')),
        downloads: join(root, 'downloads'),
        ...(task ? { task: host } : {}),
      })
      return shellOver(running.page)
    }
    beforeAll(async () => {
      mkdirSync(join(root, 'downloads'), { recursive: true })
      mkdirSync(join(posts, 'sub', 'node_modules'), { recursive: true })
      writeFileSync(join(posts, 'a.md'), '# A')
      writeFileSync(join(posts, 'sub', 'b.md'), '# B')
      writeFileSync(join(posts, '.hidden.md'), 'hidden')
      writeFileSync(join(posts, 'sub', 'node_modules', 'c.md'), 'not ours')
      writeFileSync(join(root, 'outside.md'), 'outside')
      under = {
        shell: await open(),
        written: async (path) => readFile(path),
        delivered: async () => readFileSync(target),
        restart: async () => {
          await running?.close()
          return open()
        },
        everything: async () => filesOf(root, [join(dataFolder, 'key')]),
      }
    })
    afterAll(async () => {
      await running?.close()
      removeFolder(root)
    })
    shellContract('chromium', () => started(under), { task })
    if (!task) publishingCalls('chromium', () => started(under))
  })
}

const missing = electronMissing()
describe.skipIf(missing !== null)(`on Electron${missing ? ` - not here: ${missing}` : ''}`, () => {
  let under: ShellUnderTest | undefined
  let close = async () => {}
  let root = ''
  beforeAll(async () => {
    root = temporaryFolder().path
    const downloads = join(root, 'downloads')
    mkdirSync(downloads)
    const open = async () => {
      const app = await startElectronApp(join(root, 'data'), downloads)
      close = app.close
      return shellOver(app.page)
    }
    under = {
      shell: await open(),
      written: async (path) => readFile(path),
      delivered: async () => new Uint8Array(),
      restart: async () => {
        await close()
        return open()
      },
      everything: async () => filesOf(root, []),
    }
  })
  afterAll(async () => {
    await close()
    if (root) removeFolder(root)
  })
  shellContract('electron', () => started(under), { task: false })
  publishingCalls('electron', () => started(under))
})

describe('the page', () => {
  it('does not believe an answer that is not as agreed', async ({ expect }) => {
    const lying: Bridge = { call: async () => ({ shell: 'electron' }), on: () => () => undefined }
    await expect(createShell(lying)).rejects.toThrow()
  })
})
