import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startTestShell } from '../support/chromiumShell.ts'

/** Shells with profiles below a folder. Each measure has one of its own, so that none profits from the one before. */
export function benchShells(folder: string) {
  async function openShell(name: string, rendererRoot?: string) {
    const dataFolder = join(folder, name)
    const downloads = join(dataFolder, 'downloads')
    mkdirSync(downloads, { recursive: true })
    const shell = await startTestShell({ dataFolder, downloads, ...(rendererRoot ? { rendererRoot } : {}) })
    await shell.page.setViewportSize({ width: 1440, height: 900 })
    return shell
  }
  async function inShell<T>(name: string, measure: (page: Page) => Promise<T>, rendererRoot?: string): Promise<T> {
    const shell = await openShell(name, rendererRoot)
    const measured = await measure(shell.page)
    await shell.close()
    return measured
  }
  return { openShell, inShell }
}
