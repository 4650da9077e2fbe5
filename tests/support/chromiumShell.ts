/** Starts the chromium shell for a test: headless, on the built page unless told otherwise, data in the given folder. */
import { join } from 'node:path'
import { findBrowser } from '../../electron/services/browser.ts'
import { type Log, silentLog } from '../../electron/services/log.ts'
import { thisHost, withoutSandbox } from '../../electron/services/sandbox.ts'
import {
  type ChromiumShell,
  type ChromiumShellOptions,
  startChromiumShell,
} from '../../electron/shells/chromium/shell.ts'
import { projectRoot } from './project.ts'

export type TestShellOptions = Partial<ChromiumShellOptions> & { readonly dataFolder: string; readonly log?: Log }

export async function startTestShell(options: TestShellOptions): Promise<ChromiumShell> {
  const executable = await findBrowser()
  if (executable === null) throw new Error('No browser found. `npm test` fetches one.')
  const started = await startChromiumShell({
    executable,
    headless: true,
    noSandbox: withoutSandbox(thisHost()),
    rendererRoot: join(projectRoot, 'out', 'renderer'),
    downloads: join(options.dataFolder, 'downloads'),
    keyFile: join(options.dataFolder, 'key', 'vault.key'),
    version: '0.0.0-test',
    log: silentLog,
    ...options,
  })
  if (!started.ok) throw new Error(started.error)
  return started.value
}
