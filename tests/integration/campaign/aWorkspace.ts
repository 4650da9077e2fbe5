import 'fake-indexeddb/auto'
import { openWorkspace, type Workspace } from '../../../renderer/data/workspace.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { createMemoryShell } from '../../support/memoryShell.ts'

/** An open, empty workspace whose clock moves on with every question. */
export async function aWorkspace(start = Date.parse('2026-10-14T08:00:00Z')): Promise<Workspace> {
  let now = start
  const clock = { now: () => ++now }
  const entry = { id: newId(), name: 'Test', createdAt: now, openedAt: now, trashedAt: 0 }
  const opened = await openWorkspace(entry, { clock, port: createMemoryShell(), zone: 'Europe/Berlin' })
  if (!opened.ok) throw new Error(`The workspace did not open: ${opened.error.kind}`)
  return opened.value
}
