/** The shell on Electron: one window in a sandbox, its page under a scheme of its own, nothing of Node inside. */
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  powerMonitor,
  type Session,
  safeStorage,
  screen,
  session,
  shell as system,
} from 'electron'
import { ELECTRON_ORIGIN } from '../../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { Desktop } from '../../handlers/desktop.ts'
import { createGate } from '../../handlers/index.ts'
import { ADAPTERS } from '../../platforms/index.ts'
import { createAssets } from '../../services/assets.ts'
import { createClosing } from '../../services/closing.ts'
import { createCommits } from '../../services/commits.ts'
import { ownerOnlyFolder } from '../../services/dataFolder.ts'
import { createDisk } from '../../services/disk.ts'
import { type Engine, keepBeforeNewEngine } from '../../services/engine.ts'
import { takeInstance } from '../../services/instance.ts'
import { createJournals } from '../../services/journal.ts'
import type { Log } from '../../services/log.ts'
import { createMediaHosts, keptHost } from '../../services/mediaHost/store.ts'
import { createNetworkClock } from '../../services/networkClock.ts'
import { createNotices } from '../../services/notices.ts'
import { createOriginals } from '../../services/originals.ts'
import { createPractice } from '../../services/practice.ts'
import { createSnapshots } from '../../services/snapshots.ts'
import { spellingLanguages } from '../../services/spelling.ts'
import { createStaying } from '../../services/staying.ts'
import { createSealed, createVault } from '../../services/vault.ts'
import { placeWindow, readWindowState, SMALLEST, writeWindowState } from '../../services/windowState.ts'
import { carryCalls } from './bridge.ts'
import { eventChannel } from './channels.ts'
import { guardContents, guardSession } from './guard.ts'
import { contextMenuTemplate, menuTemplate } from './menu.ts'
import { createPrinter } from './printer.ts'
import { serveScheme } from './protocol.ts'
import { systemSealer } from './sealer.ts'
import { createTray } from './tray.ts'

export interface ElectronShellOptions {
  readonly dataFolder: string
  readonly rendererRoot: string
  readonly preload: string
  /** Picture for the tray of the system. */
  readonly icon: string
  readonly log: Log
  /** Saves here without asking; for tests, which cannot answer a dialog of the system. */
  readonly saveTo?: string
}

const CLOSING_MS = 3000

/** Opens the window. Call it once Electron is ready. The refusal is a sentence. */
export async function startElectronShell(options: ElectronShellOptions): Promise<Result<BrowserWindow, string>> {
  const { dataFolder, rendererRoot, preload, icon, log, saveTo } = options
  await ownerOnlyFolder(dataFolder)
  let showWindow = () => {}
  const instance = await takeInstance(dataFolder, () => showWindow())
  if (!instance) return err(`Outpost is already running with the data in ${dataFolder}.`)

  const engine: Engine = {
    name: 'electron',
    version: process.versions.electron,
    databases: join(app.getPath('userData'), 'IndexedDB'),
  }
  await keepBeforeNewEngine(dataFolder, engine, log)

  const own = session.defaultSession
  guardSession(own)
  serveScheme(own, createAssets(rendererRoot))
  own.setSpellCheckerLanguages(spellingLanguages(app.getPreferredSystemLanguages(), own.availableSpellCheckerLanguages))
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, !app.isPackaged)))

  const openExternal = (url: string) => system.openExternal(url)
  const openAndLog = (url: string) =>
    void openExternal(url).catch((fault: unknown) => log.error('A link was not opened', fault))
  // Before the first window: every contents that will ever be made is guarded, those nobody meant to make included.
  app.on('web-contents-created', (_event, contents) => guardContents(contents, openAndLog))

  const stateFile = join(dataFolder, 'window.json')
  const saved = await readWindowState(stateFile)
  const window = new BrowserWindow({
    ...placeWindow(
      saved,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Outpost',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: true,
      // What is due goes out on time behind other windows, too.
      backgroundThrottling: false,
      devTools: !app.isPackaged,
    },
  })
  showWindow = () => {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  if (saved?.maximized) window.maximize()

  offerSpelling(window, own)

  const closing = createClosing({
    tell: () => window.webContents.send(eventChannel('app:closing')),
    close: () => window.close(),
    patience: CLOSING_MS,
    later: setTimeout,
  })
  const disk = createDisk(dataFolder)
  const journals = createJournals(join(dataFolder, 'journal'), disk.release)
  const snapshots = createSnapshots(join(dataFolder, 'snapshots'))
  const originals = createOriginals(join(dataFolder, 'media'))
  const vault = createVault(join(dataFolder, 'vault'), () => systemSealer(process.platform, safeStorage), log)
  const mediaHosts = createMediaHosts(
    createSealed(
      'media host',
      keptHost,
      join(dataFolder, 'vault'),
      () => systemSealer(process.platform, safeStorage),
      log,
    ),
    join(dataFolder, 'media-host.json'),
  )
  const commits = createCommits(join(dataFolder, 'commits.jsonl'), log)
  const practice = createPractice(
    createVault(join(dataFolder, 'practice'), () => systemSealer(process.platform, safeStorage), log),
  )
  const print = createPrinter(rendererRoot)
  let quits = false
  app.on('before-quit', () => {
    quits = true
  })
  const tray = createTray({
    icon,
    show: () => showWindow(),
    quit: () => app.quit(),
  })
  const staying = await createStaying(join(dataFolder, 'staying.json'), tray)
  app.on('activate', () => showWindow())
  powerMonitor.on('resume', () => window.webContents.send(eventChannel('app:woke')))
  const notices = createNotices(
    (words) => new Notification(words),
    (target) => {
      showWindow()
      window.webContents.send(eventChannel('app:noticed'), target)
    },
  )
  const downloads = () => saveTo ?? app.getPath('downloads')
  const desktop: Desktop = {
    kind: 'electron',
    locale: app.getLocale(),
    openExternal,
    showFile: async (path) => system.showItemInFolder(path),
    openFolder: async (path) => {
      const fault = await system.openPath(path)
      if (fault !== '') throw new Error(fault)
    },
    downloads,
    notify: notices.show,
    chooseTarget: async (name) => {
      if (saveTo !== undefined) return { folder: saveTo }
      const answer = await dialog.showSaveDialog(window, { defaultPath: join(downloads(), name) })
      return answer.canceled ? null : { file: answer.filePath }
    },
    printPdf: print,
    readyToClose: closing.ready,
    staying,
    engine,
    clearDatabases: () => own.clearStorageData({ origin: ELECTRON_ORIGIN, storages: ['indexdb'] }),
  }
  carryCalls(
    ipcMain,
    () => (window.isDestroyed() ? null : window.webContents),
    createGate({
      desktop,
      journals,
      snapshots,
      originals,
      vault,
      mediaHosts,
      networkClock: createNetworkClock(),
      commits,
      practice,
      adapters: ADAPTERS,
      disk,
      log,
      dataFolder,
      version: app.getVersion(),
      task: null,
    }),
  )

  window.on('close', (event) => {
    if (staying.on() && !quits && !window.webContents.isCrashed()) {
      event.preventDefault()
      window.hide()
      return
    }
    if (window.webContents.isCrashed() || closing.requested()) {
      const state = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
      writeWindowState(stateFile, state).catch((fault: unknown) => log.error('The window was not remembered', fault))
    } else event.preventDefault()
  })
  window.webContents.on('render-process-gone', (_event, details) => {
    log.error(`The page ended (${details.reason})`)
    if (details.reason !== 'clean-exit') window.webContents.reload()
  })
  window.once('ready-to-show', () => window.show())
  app.on('window-all-closed', () => {
    Promise.all([journals.close(), snapshots.close(), instance.release()])
      .catch((fault: unknown) => log.error('Closing failed', fault))
      .finally(() => app.quit())
  })
  await window.loadURL(`${ELECTRON_ORIGIN}/`)
  return ok(window)
}

function offerSpelling(window: BrowserWindow, own: Session): void {
  const contents = window.webContents
  contents.on('context-menu', (_event, clicked) => {
    const template = contextMenuTemplate(
      clicked,
      (word) => contents.replaceMisspelling(word),
      (word) => void own.addWordToSpellCheckerDictionary(word),
    )
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window })
  })
}
