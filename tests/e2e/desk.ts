/** The chromium shell beside networks in small: what a test of publishing stands on. */
import { type BrowserContext, test as base, type Page } from '@playwright/test'
import { killBrowser } from '../kills/series.ts'
import type { Clock } from '../sandbox/server.ts'
import { startTestShell, type TestShellOptions } from '../support/chromiumShell.ts'
import { temporaryFolder } from '../support/project.ts'

interface Server {
  close(): Promise<void>
}

export type Desk<Servers> = Servers & {
  readonly page: Page
  readonly context: BrowserContext
  /** Where the app keeps what it has. */
  readonly folder: string
  /** Kills the browser, as a crash or a power cut does, and opens the app again. Gives the new page. */
  killed(): Promise<Page>
}

const clock: Clock = { now: Date.now, pass: () => undefined }

/** Tests with a desk of their own each. `start`: the servers, on a clock that runs. `options`: what the shell is told of them. */
export const deskWith = <Servers extends Readonly<Record<string, Server>>>(
  start: (clock: Clock) => Promise<Servers>,
  options: (servers: Servers) => Partial<TestShellOptions> = () => ({}),
) =>
  base.extend<{ desk: Desk<Servers> }>({
    // biome-ignore lint/correctness/noEmptyPattern: playwright reads the pattern to know what a fixture needs
    desk: async ({}, use) => {
      using folder = temporaryFolder()
      const servers = await start(clock)
      const open = async () => {
        const shell = await startTestShell({ dataFolder: folder.path, ...options(servers) })
        shell.context.setDefaultTimeout(15_000)
        return shell
      }
      let running = await open()
      const killed = async () => {
        killBrowser(folder.path)
        await running.closed
        await running.close()
        running = await open()
        return running.page
      }
      const { page, context } = running
      await use({ ...servers, page, context, folder: folder.path, killed })
      await running.close()
      for (const server of Object.values(servers)) await server.close()
    },
  })
