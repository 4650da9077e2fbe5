/** What a feature may ask for. Wired once in app/createDeps.ts; a test passes its own. */
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Clock } from '../data/clock.ts'
import type { PostStore } from '../data/commands/posts.ts'
import type { WorkspaceDb } from '../data/db.ts'
import type { Registry, Workspace } from '../data/workspace.ts'
import type { Shell } from './shell.ts'

export interface Deps {
  readonly shell: Shell
  readonly clock: Clock
  readonly registry: Registry
  readonly workspace: Workspace
  /** `workspace.db`: read through live queries only. */
  readonly db: WorkspaceDb
  /** `workspace.store`: every write. */
  readonly store: PostStore
}

const DepsContext = createContext<Deps | null>(null)
export const DepsProvider = DepsContext.Provider

export function useDeps(): Deps {
  const deps = useContext(DepsContext)
  if (!deps) throw new Error('useDeps outside of an open workspace')
  return deps
}

/** What undo and redo would do, in words; null when there is nothing. */
export function useHistory() {
  const { store } = useDeps()
  return useSyncExternalStore(store.onHistory, store.history)
}

/** Whether the workspace may be written to, and if not, why. */
export function useStanding() {
  const { workspace } = useDeps()
  return useSyncExternalStore(workspace.guard.onStanding, workspace.guard.standing)
}

/** Whether everything typed and done is on the disk, twice. */
export function useSavedState() {
  const { workspace } = useDeps()
  return useSyncExternalStore(workspace.journal.onState, workspace.journal.state)
}
