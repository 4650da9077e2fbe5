import { ok } from '../../shared/lib/result.ts'
import { saveAs } from '../services/files.ts'
import type { Machine } from './desktop.ts'
import { type Handlers, refused } from './handlers.ts'

/** The job of a run without a window. Without one there is nothing to get and nothing to deliver. */
export const taskHandlers = ({ task }: Machine): Pick<Handlers, 'task:get' | 'task:deliver' | 'task:done'> => ({
  'task:get': async () => {
    task?.taken?.()
    return task?.task ?? null
  },
  'task:deliver': async ({ kind, bytes }) => {
    const target = task?.targets[kind]
    if (target === undefined) return refused('no-permission', `The command line named no ${kind} file.`)
    const saved = await saveAs(target, Buffer.from(bytes, 'base64'))
    return saved.ok ? ok(null) : saved
  },
  'task:done': async (result) => {
    task?.done(result)
    return null
  },
})
