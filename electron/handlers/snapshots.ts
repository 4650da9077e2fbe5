import type { Machine } from './desktop.ts'
import type { Handlers } from './handlers.ts'

/** Whole copies of a workspace. */
export const snapshotHandlers = ({
  snapshots,
}: Machine): Pick<
  Handlers,
  'snapshot:write' | 'snapshot:finish' | 'snapshot:heads' | 'snapshot:read' | 'snapshot:forget'
> => ({
  'snapshot:write': (name, lines, begin) => snapshots.write(name, lines, begin),
  'snapshot:finish': (name, kind) => snapshots.finish(name, kind),
  'snapshot:heads': () => snapshots.heads(),
  'snapshot:read': (name, at, from) => snapshots.read(name, at, from),
  'snapshot:forget': (name) => snapshots.forget(name),
})
