import { err, ok } from '../../shared/lib/result.ts'
import { saveTogether } from '../services/files.ts'
import type { Machine } from './desktop.ts'
import { type Handlers, refused } from './handlers.ts'

/** The job of a run without a window. Without one there is nothing to get and nothing to deliver. */
export function taskHandlers({ task }: Machine): Pick<Handlers, 'task:get' | 'task:deliver' | 'task:done'> {
  const delivered = new Map<string, Buffer>()
  return {
    'task:get': async () => {
      task?.taken?.()
      return task?.task ?? null
    },
    'task:deliver': async ({ kind, bytes }) => {
      const target = task?.targets[kind]
      if (target === undefined) return refused('no-permission', `The command line named no ${kind} file.`)
      delivered.set(target, Buffer.from(bytes, 'base64'))
      return ok(null)
    },
    'task:done': async (result) => {
      const saved = result.ok && (await saveTogether([...delivered].map(([path, bytes]) => ({ path, bytes }))))
      task?.done(saved && !saved.ok ? err(saved.error.message) : result)
      return null
    },
  }
}
