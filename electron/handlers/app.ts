import { stat } from 'node:fs/promises'
import { ok } from '../../shared/lib/result.ts'
import { mayOpenExternal } from '../services/policy.ts'
import type { Machine } from './desktop.ts'
import { type Handlers, refused } from './handlers.ts'

/** About the app itself and its place on the desktop. `wroteFile` says whether this run wrote a file. */
export const appHandlers = (
  { desktop, dataFolder, version, log }: Machine,
  wroteFile: (path: string) => boolean,
): Pick<
  Handlers,
  'app:info' | 'app:openExternal' | 'app:showFile' | 'app:notify' | 'app:readyToClose' | 'app:staysOpen'
> => ({
  'app:info': async () => ({
    shell: desktop.kind,
    version,
    platform: process.platform,
    dataFolder,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: desktop.locale,
  }),
  'app:openExternal': async (url) => {
    if (!mayOpenExternal(url)) return refused('unsupported', 'Only web and mail addresses are opened.')
    try {
      await desktop.openExternal(url)
      return ok(null)
    } catch (error) {
      log.error('An address could not be opened', error)
      return refused('failed', 'This computer has no program set for such addresses.')
    }
  },
  'app:showFile': async (path) => {
    if (!wroteFile(path)) return refused('no-permission', 'Only files that Outpost wrote are shown.')
    const seen = await stat(path).catch(() => null)
    if (!seen) return refused('not-found', `${path} is not there any more.`)
    try {
      await (seen.isDirectory() ? desktop.openFolder(path) : desktop.showFile(path))
      return ok(null)
    } catch (error) {
      log.error('A file could not be shown', error)
      return refused('failed', `The file manager did not open. What you look for is ${path}.`)
    }
  },
  'app:notify': async (title, body, target) => {
    desktop.notify(title.slice(0, 200), body.slice(0, 1000), target)
    return null
  },
  'app:readyToClose': async () => {
    desktop.readyToClose()
    return null
  },
  'app:staysOpen': async (on) => {
    if (on !== null) await desktop.staying?.set(on)
    return desktop.staying?.on() ?? null
  },
})
