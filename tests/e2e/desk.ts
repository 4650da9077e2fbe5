/** The chromium shell beside networks in small: what a test of publishing stands on. */
import { type BrowserContext, test as base, type Page } from '@playwright/test'
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
      const { page, context, close } = await startTestShell({ dataFolder: folder.path, ...options(servers) })
      context.setDefaultTimeout(15_000)
      await use({ ...servers, page, context, folder: folder.path })
      await close()
      for (const server of Object.values(servers)) await server.close()
    },
  })
