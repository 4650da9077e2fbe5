import { join } from 'node:path'
import { safeFileName } from '../../shared/lib/fileName.ts'
import { ok } from '../../shared/lib/result.ts'
import { bareMedia } from '../services/bareMedia.ts'
import { listFolder, readBelow, saveAs, saveBeside } from '../services/files.ts'
import { saveKit } from '../services/kits.ts'
import type { Machine } from './desktop.ts'
import { type Handlers, refused } from './handlers.ts'

/** Folder of all kits, in that of downloads. */
const KITS = 'Outpost kits'

/** Saving what the user asked for, and reading the one folder that a command line granted. */
export function filesHandlers(
  { desktop, originals, task }: Machine,
  wrote: (path: string) => void,
): Pick<Handlers, 'files:save' | 'files:saveKit' | 'files:list' | 'files:read'> {
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
    'files:saveKit': async ({ shelf, ...kit }) => {
      const saved = await saveKit(join(desktop.downloads(), KITS), kit, bareMedia(originals, shelf))
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
