/**
 * The app under test: `page`, its context and its data folder, with a way to close and open it again.
 * Runs on the chromium shell; the project named "electron" runs the same tests on Electron's runtime.
 */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { startTestShell } from '../support/chromiumShell.ts'
import { startElectronApp } from '../support/electronApp.ts'
import { temporaryFolder } from '../support/project.ts'

export interface RunningApp {
  readonly page: Page
  readonly context: BrowserContext
  close(): Promise<void>
}

export interface App {
  page: Page
  context: BrowserContext
  readonly dataFolder: string
  /** Where saved files arrive. */
  readonly downloads: string
  /** Closes the window as a user does and opens the app again; `page` and `context` are the new ones. */
  restart(): Promise<Page>
}

async function open(dataFolder: string, downloads: string, electron: boolean): Promise<RunningApp> {
  const running = electron
    ? await startElectronApp(dataFolder, downloads)
    : await startTestShell({ dataFolder, downloads })
  running.context.setDefaultTimeout(15_000) // a step that hangs fails with its own name, not with the whole test
  return running
}

export const test = base.extend<{ app: App }>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright reads the pattern to know what a fixture needs
  app: async ({}, use, info) => {
    using folder = temporaryFolder()
    const dataFolder = join(folder.path, 'data')
    const downloads = join(folder.path, 'downloads')
    mkdirSync(downloads)
    const electron = info.project.name === 'electron'
    let running = await open(dataFolder, downloads, electron)
    const app: App = {
      page: running.page,
      context: running.context,
      dataFolder,
      downloads,
      restart: async () => {
        await running.close()
        running = await open(dataFolder, downloads, electron)
        app.page = running.page
        app.context = running.context
        return running.page
      },
    }
    await use(app)
    if (info.status !== info.expectedStatus && !running.page.isClosed()) {
      await running.page.screenshot({ path: info.outputPath('at-failure.png') })
    }
    await running.close()
  },
  page: async ({ app }, use) => use(app.page),
  context: async ({ app }, use) => use(app.context),
})

export { expect }
