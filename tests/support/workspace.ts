/** A real workspace on a real Dexie (over fake-indexeddb), with the in-memory shell as its journal. */
import { openRegistry, openWorkspace, type Workspace } from '../../renderer/data/workspace.ts'
import type { Shell } from '../../renderer/ports/shell.ts'
import type { WorkspaceEntry } from '../../shared/domain/workspace.ts'
import { newId } from '../../shared/lib/ids.ts'
import { createMemoryShell } from './memoryShell.ts'

/** A clock that stands still until it is moved. */
export function aClock(at = Date.UTC(2026, 10, 24, 8, 0)) {
  let now = at
  return {
    now: () => now,
    tick(milliseconds: number) {
      now += milliseconds
    },
  }
}
/** A clock that moves on with every question, so that what is made in a row has an order. */
export function aMovingClock(at?: number): TestClock {
  const clock = aClock(at)
  return {
    ...clock,
    now() {
      clock.tick(1)
      return clock.now()
    },
  }
}
export type TestClock = ReturnType<typeof aClock>

export const anEntry = (fields: Partial<WorkspaceEntry> = {}): WorkspaceEntry => ({
  id: newId(),
  name: 'Fernhollow',
  createdAt: 0,
  openedAt: 0,
  trashedAt: 0,
  ...fields,
})

export interface TestWorkspace extends Workspace {
  readonly shell: Shell
  readonly clock: TestClock
  /** Closes and opens it again, as a restart does. */
  reopen(): Promise<TestWorkspace>
}

export async function aWorkspace({
  entry = anEntry(),
  shell = createMemoryShell(),
  clock = aClock(),
  zone = 'Europe/Berlin',
}: {
  entry?: WorkspaceEntry
  shell?: Shell
  clock?: TestClock
  zone?: string
} = {}): Promise<TestWorkspace> {
  const opened = await openWorkspace(entry, { clock, port: shell, zone })
  if (!opened.ok) throw new Error(`not opened: ${opened.error.kind}`)
  const workspace = opened.value
  return {
    ...workspace,
    shell,
    clock,
    reopen: () => {
      workspace.close()
      return aWorkspace({ entry, shell, clock, zone })
    },
  }
}

export const aRegistry = (shell: Shell = createMemoryShell(), clock = aClock(), name = `registry-${newId()}`) =>
  openRegistry({ clock, port: shell, zone: 'Europe/Berlin' }, name)
