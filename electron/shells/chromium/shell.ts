/** The shell on an installed Chromium, Chrome or Edge: its own profile, a pipe instead of a port, pages from disk. */
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { BRIDGE_KEY, CHROMIUM_ORIGIN, type ShellEventName } from '../../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { Desktop, TaskHost } from '../../handlers/desktop.ts'
import { createGate } from '../../handlers/index.ts'
import type { Adapter } from '../../platforms/adapter.ts'
import { ADAPTERS } from '../../platforms/index.ts'
import { createAssets } from '../../services/assets.ts'
import { whyNotStarted } from '../../services/browser.ts'
import { createCommits } from '../../services/commits.ts'
import { keyFile, ownerOnlyFolder } from '../../services/dataFolder.ts'
import { createDisk } from '../../services/disk.ts'
import { type Engine, keepBeforeNewEngine } from '../../services/engine.ts'
import { takeInstance } from '../../services/instance.ts'
import { createJournals } from '../../services/journal.ts'
import type { Log } from '../../services/log.ts'
import { createMediaHosts, keptHost } from '../../services/mediaHost/store.ts'
import { createNetworkClock } from '../../services/networkClock.ts'
import { createOriginals } from '../../services/originals.ts'
import { isOwnFrame, mayOpenExternal } from '../../services/policy.ts'
import { createPractice } from '../../services/practice.ts'
import { createSnapshots } from '../../services/snapshots.ts'
import { createSealed, createVault, fileSealer } from '../../services/vault.ts'
import { openAddress, openFolder, showInFolder } from './desktopCommands.ts'
import { type Door, openDoor } from './door.ts'
import { DROPPED_ARGUMENTS, HEADLESS_ARGUMENTS, serve, windowArguments } from './launch.ts'
import { createPrinter } from './printer.ts'

export interface ChromiumShellOptions {
  /** Path of the browser. */
  readonly executable: string
  readonly headless: boolean
  /** Root in a container only, see services/sandbox.ts. */
  readonly noSandbox: boolean
  readonly dataFolder: string
  /** The built page. */
  readonly rendererRoot: string
  /** Where saved files go. */
  readonly downloads: string
  readonly version: string
  readonly log: Log
  readonly task?: TaskHost
  /** Where the key of the vault lies, for tests; else where the system has such files. */
  readonly keyFile?: string
  /** What opens addresses outside, and the networks that are spoken to, for tests. */
  readonly openExternal?: (url: string) => Promise<void>
  readonly adapters?: readonly Adapter[]
  /** More arguments for the browser, for tests of what it can be told to do otherwise. */
  readonly browserArguments?: readonly string[]
  /** Hears that the page threw or crashed, in a sentence; also while it starts. */
  readonly onFault?: (sentence: string) => void
}

export interface ChromiumShell {
  readonly context: BrowserContext
  readonly page: Page
  /** Settles when the window is gone, whoever closed it. */
  readonly closed: Promise<void>
  /** Lets the page write what it has (at most two seconds), then closes everything. */
  close(): Promise<void>
}

const DOOR: Door = { name: 'outpostDoor', answers: 'outpostAnswers' }
const CLOSING_MS = 2000

/** Starts the shell. The refusal is a sentence: the data folder is in use, or the browser would not start. */
export async function startChromiumShell(options: ChromiumShellOptions): Promise<Result<ChromiumShell, string>> {
  const { dataFolder, log } = options
  await ownerOnlyFolder(dataFolder)
  let showWindow = () => {}
  const instance = await takeInstance(dataFolder, () => showWindow())
  if (!instance) return err(`Outpost is already running with the data in ${dataFolder}.`)
  const launched = await launch(options, await ownerOnlyFolder(join(dataFolder, 'chromium')))
  if (!launched.ok) {
    await instance.release()
    return launched
  }
  const context = launched.value
  const page = context.pages()[0] ?? (await context.newPage())
  showWindow = () => {
    page.bringToFront().catch((error: unknown) => log.error('The window could not be shown', error))
  }

  const disk = createDisk(dataFolder)
  const engine: Engine = {
    name: 'chromium',
    version: await versionOf(context, page),
    databases: join(dataFolder, 'chromium', 'Default', 'IndexedDB'),
  }
  // Before the page is there: nobody has opened the databases yet.
  if (!options.task) await keepBeforeNewEngine(dataFolder, engine, log)
  const journals = createJournals(join(dataFolder, 'journal'), disk.release)
  const snapshots = createSnapshots(join(dataFolder, 'snapshots'))
  const originals = createOriginals(join(dataFolder, 'media'))
  const vault = createVault(join(dataFolder, 'vault'), async () => fileSealer(options.keyFile ?? keyFile()), log)
  const mediaHosts = createMediaHosts(
    createSealed(
      'media host',
      keptHost,
      join(dataFolder, 'vault'),
      async () => fileSealer(options.keyFile ?? keyFile()),
      log,
    ),
    join(dataFolder, 'media-host.json'),
  )
  const commits = createCommits(join(dataFolder, 'commits.jsonl'), log)
  const practice = createPractice(
    createVault(join(dataFolder, 'practice'), async () => fileSealer(options.keyFile ?? keyFile()), log),
  )
  const printer = createPrinter(options)
  const ready = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<void>()

  const desktop: Desktop = {
    kind: 'chromium',
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    openExternal: options.openExternal ?? openAddress,
    showFile: showInFolder,
    openFolder,
    downloads: () => options.downloads,
    notify: (title, body, target) => {
      page
        .evaluate(showNotice, { title, body, target })
        .catch((error: unknown) => log.error('A notice could not be shown', error))
    },
    chooseTarget: async () => {
      await mkdir(options.downloads, { recursive: true }).catch(() => undefined) // saving there will say why not
      return { folder: options.downloads }
    },
    printPdf: (document) => printer.print(document),
    readyToClose: () => ready.resolve(),
    staying: null,
    engine,
    clearDatabases: async () => {
      const session = await context.newCDPSession(page)
      await session.send('Storage.clearDataForOrigin', { origin: CHROMIUM_ORIGIN, storageTypes: 'indexeddb' })
      await session.detach()
    },
  }
  const gate = createGate({
    desktop,
    journals,
    snapshots,
    originals,
    vault,
    mediaHosts,
    networkClock: createNetworkClock(),
    commits,
    practice,
    adapters: options.adapters ?? ADAPTERS,
    disk,
    log,
    dataFolder,
    version: options.version,
    task: options.task ?? null,
  })

  await serve(context, createAssets(options.rendererRoot), log)
  const session = await context.newCDPSession(page)
  await openDoor(session, DOOR, (frame) => isOwnFrame(frame, CHROMIUM_ORIGIN), gate, log)
  await context.addInitScript(putBridge, { key: BRIDGE_KEY, door: DOOR, origin: CHROMIUM_ORIGIN })
  await allow(context, page, log)

  const fault = (sentence: string) => {
    log.error(sentence)
    options.onFault?.(sentence)
  }
  page.on('pageerror', (error) => fault(`The page failed: ${error.message}`))
  page.on('crash', () => fault('The page crashed, perhaps for lack of memory.'))

  // A link that asks for a window of its own goes to the system's browser, as in Electron.
  context.on('page', (other) => {
    const url = other.url()
    if (mayOpenExternal(url)) openAddress(url).catch((error: unknown) => log.error('A link could not be opened', error))
    other.close().catch(() => undefined) // it may have closed itself
  })

  let ending: Promise<void> | null = null
  const end = (): Promise<void> => {
    ending ??= (async () => {
      // A browser that crashed or was killed is gone already; the rest must be let go all the same.
      await context.close().catch((error: unknown) => log.error('The browser was gone before it was closed', error))
      await printer.close()
      await journals.close()
      await snapshots.close()
      await instance.release()
      closed.resolve()
    })()
    return ending
  }
  const endAndLog = () => void end().catch((error: unknown) => log.error('Closing failed', error))
  page.once('close', endAndLog)
  context.once('close', endAndLog)

  await page.goto(`${CHROMIUM_ORIGIN}/${options.task ? '?task' : ''}`)
  return ok({
    context,
    page,
    closed: closed.promise,
    close: async () => {
      // A run without a window has delivered what it made; its workspace is thrown away.
      if (!options.task && !page.isClosed()) {
        const told = tell(page, 'app:closing').then(() => ready.promise)
        await Promise.race([told, new Promise((resolve) => setTimeout(resolve, CLOSING_MS).unref())]).catch(
          () => undefined,
        )
      }
      await end()
    },
  })
}

async function launch(options: ChromiumShellOptions, profile: string): Promise<Result<BrowserContext, string>> {
  const firstStart = !existsSync(join(profile, 'Default'))
  let fault: unknown
  // A browser that was killed a moment ago may still hold the profile.
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return ok(
        await chromium.launchPersistentContext(profile, {
          executablePath: options.executable,
          headless: options.headless,
          chromiumSandbox: !options.noSandbox,
          viewport: options.headless ? { width: 1280, height: 800 } : null,
          serviceWorkers: 'block',
          acceptDownloads: true,
          // The window opens by --app; the page named here would be a second one.
          ignoreDefaultArgs: options.headless ? DROPPED_ARGUMENTS : [...DROPPED_ARGUMENTS, 'about:blank'],
          args: [
            ...(options.headless ? HEADLESS_ARGUMENTS : windowArguments(firstStart)),
            ...(options.browserArguments ?? []),
          ],
          handleSIGINT: false,
          handleSIGTERM: false,
          handleSIGHUP: false,
        }),
      )
    } catch (error) {
      fault = error
      await new Promise((resolve) => setTimeout(resolve, 700))
    }
  }
  options.log.error('The browser did not start', fault)
  return err(whyNotStarted(options.executable, fault))
}

async function versionOf(context: BrowserContext, page: Page): Promise<string> {
  const session = await context.newCDPSession(page)
  const { product } = await session.send('Browser.getVersion')
  await session.detach()
  return product.slice(product.indexOf('/') + 1)
}

/** Gives the page what it may have: storage that is kept, and notices. */
async function allow(context: BrowserContext, page: Page, log: Log): Promise<void> {
  const session = await context.newCDPSession(page)
  try {
    await session.send('Browser.grantPermissions', {
      origin: CHROMIUM_ORIGIN,
      permissions: ['durableStorage', 'notifications', 'clipboardSanitizedWrite'],
    })
  } catch (error) {
    // Asked for, never relied upon.
    log.error('Permissions were not granted', error)
  } finally {
    await session.detach()
  }
}

/** Runs in the page: a click brings its window forward and tells the page what the notice was about. */
function showNotice({ title, body, target }: { title: string; body: string; target: string }): void {
  const notice = new Notification(title, { body })
  notice.onclick = () => {
    window.focus()
    notice.close()
    window.dispatchEvent(new CustomEvent('outpost:app:noticed', { detail: target }))
  }
}

/** Tells the page something; its bridge hands it to whoever listens. */
const tell = (page: Page, name: ShellEventName): Promise<void> =>
  page.evaluate((event) => void window.dispatchEvent(new Event(`outpost:${event}`)), name)

/** Runs in the page before its own scripts: puts the one door there, and says when the window goes. */
function putBridge({ key, door, origin }: { key: string; door: Door; origin: string }): void {
  if (window.top !== window || location.origin !== origin) return
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (why: Error) => void }>()
  let calls = 0
  Object.defineProperty(window, door.answers, {
    value: (id: number, isGiven: boolean, said: string) => {
      const call = waiting.get(id)
      waiting.delete(id)
      if (isGiven) call?.resolve(JSON.parse(said))
      else call?.reject(new Error(said))
    },
  })
  const bridge = Object.freeze({
    call: (name: string, args: readonly unknown[]) =>
      new Promise((resolve, reject) => {
        const ask = (window as unknown as Record<string, ((payload: string) => void) | undefined>)[door.name]
        if (!ask) throw new Error('No shell.')
        calls += 1
        waiting.set(calls, { resolve, reject })
        ask(JSON.stringify({ id: calls, name, args }))
      }),
    on: (name: string, listener: (said: unknown) => void) => {
      const hear = (event: Event) => listener('detail' in event ? event.detail : null)
      window.addEventListener(`outpost:${name}`, hear)
      return () => window.removeEventListener(`outpost:${name}`, hear)
    },
  })
  Object.defineProperty(window, key, { value: bridge })
  // The window's own close button gives no time to wait, so the page hears of it in the last moment it has.
  window.addEventListener('pagehide', () => window.dispatchEvent(new Event('outpost:app:closing')))
}
