/** Starts the Electron shell for a test, where Electron's runtime is installed. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type BrowserContext, type Page } from '@playwright/test'
import { thisHost, withoutSandbox } from '../../electron/services/sandbox.ts'
import { projectRoot } from './project.ts'

/** Path of Electron's own program, or null when only the package is installed. */
export function electronExecutable(): string | null {
  const folder = join(projectRoot, 'node_modules', 'electron')
  if (!existsSync(join(folder, 'path.txt'))) return null
  const executable = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
  return existsSync(executable) ? executable : null
}

/** Why tests on Electron do not run here, or null when they do. */
export const electronMissing = (): string | null =>
  electronExecutable() === null ? "Electron's runtime is not installed here (npx install-electron fetches it)" : null

export async function startElectronApp(
  dataFolder: string,
  downloads: string,
): Promise<{ page: Page; context: BrowserContext; close(): Promise<void> }> {
  const executable = electronExecutable()
  if (executable === null) throw new Error(electronMissing() ?? '')
  const app = await _electron.launch({
    executablePath: executable,
    args: [
      ...(withoutSandbox(thisHost()) ? ['--no-sandbox'] : []),
      projectRoot,
      `--data=${dataFolder}`,
      `--save-to=${downloads}`,
    ],
  })
  const page = await app.firstWindow()
  return { page, context: app.context(), close: () => app.close() }
}
