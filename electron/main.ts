/** Electron's entry: starts things in order, and does nothing else. */
import { join } from 'node:path'
import { app, dialog, protocol } from 'electron'
import icon from '../assets/icons/32x32.png?asset'
import { dataFolder } from './services/dataFolder.ts'
import { createLog } from './services/log.ts'
import { takeProxy } from './services/proxy.ts'
import { scheme } from './shells/electron/protocol.ts'
import { startElectronShell } from './shells/electron/shell.ts'

const given = (name: string): string | undefined => app.commandLine.getSwitchValue(name) || undefined

const folder = dataFolder(given('data'))
const log = createLog(join(folder, 'log'))
const saveTo = app.isPackaged ? undefined : given('save-to')

app.setPath('userData', join(folder, 'electron'))
app.enableSandbox()
if (!takeProxy(process.env)) log.error('A proxy is named, and this version of Electron does not know proxies.')
protocol.registerSchemesAsPrivileged([scheme])
process.on('uncaughtException', (fault) => log.error('Uncaught', fault))
process.on('unhandledRejection', (fault) => log.error('Unhandled', fault))

// Not awaited here: Electron gets ready only after this file has run to its end.
app
  .whenReady()
  .then(open)
  .catch((fault: unknown) => {
    log.error('Start failed', fault)
    dialog.showErrorBox('Outpost', 'Outpost could not start. Details are in the log beside your data.')
    app.exit(1)
  })

async function open(): Promise<void> {
  const started = await startElectronShell({
    dataFolder: folder,
    rendererRoot: join(import.meta.dirname, '../renderer'),
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    icon,
    log,
    ...(saveTo === undefined ? {} : { saveTo }),
  })
  if (started.ok) return
  dialog.showErrorBox('Outpost', started.error)
  app.exit(1)
}
