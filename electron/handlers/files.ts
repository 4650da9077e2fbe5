import { safeFileName } from '../../shared/lib/fileName.ts'
import { ok } from '../../shared/lib/result.ts'
import { listFolder, readBelow, saveAs, saveBeside } from '../services/files.ts'
import type { Machine } from './desktop.ts'
import { type Handlers, refused } from './handlers.ts'

/** Saving what the user asked for, and reading the one folder that a command line granted. */
export function filesHandlers(
  { desktop, task }: Machine,
  wrote: (path: string) => void,
): Pick<Handlers, 'files:save' | 'files:list' | 'files:read'> {
  const granted = (folder: string) => folder === task?.task.folder
  const notGranted = (folder: string) => refused('no-permission', `Outpost was not given the folder ${folder}.`)
  return {
    'files:save': async ({ name, bytes }) => {
      const target = await desktop.chooseTarget(safeFileName(name))
      if (!target) return refused('cancelled', 'Nothing was saved.')
      const content = Buffer.from(bytes, 'base64')
      const saved =
        'file' in target ? await saveAs(target.file, content) : await saveBeside(target.folder, name, content)
      if (!saved.ok) return saved
      wrote(saved.value)
      return ok({ path: saved.value })
    },
    'files:list': async (folder) => (granted(folder) ? listFolder(folder) : notGranted(folder)),
    'files:read': async (folder, path) => {
      if (!granted(folder)) return notGranted(folder)
      const content = await readBelow(folder, path)
      return content.ok ? ok(content.value.toString('base64')) : content
    },
  }
}
