import { ok } from '../../shared/lib/result.ts'
import { keepDamaged } from '../services/engine.ts'
import type { Machine } from './desktop.ts'
import { type Handlers, refused } from './handlers.ts'

/** The disk the data lies on, and the browser's databases as files. */
export const diskHandlers = ({
  disk,
  desktop,
  dataFolder,
  log,
}: Machine): Pick<Handlers, 'disk:room' | 'disk:renewDatabases'> => ({
  'disk:room': () => disk.room(),
  'disk:renewDatabases': async () => {
    const kept = await keepDamaged(dataFolder, desktop.engine)
    if (!kept.ok) return kept
    try {
      await desktop.clearDatabases()
      return ok(null)
    } catch (error) {
      log.error('The databases could not be cleared', error)
      return refused('failed', 'The browser could not begin a new database. Details are in the log beside your data.')
    }
  },
})
