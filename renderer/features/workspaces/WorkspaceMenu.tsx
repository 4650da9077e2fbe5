import type { WorkspaceEntry } from '../../../shared/domain/workspace.ts'
import type { Registry } from '../../data/workspace.ts'

export interface WorkspaceMenuProps {
  registry: Registry
  current: WorkspaceEntry
  onSwitch: (entry: WorkspaceEntry) => void
  onNew: () => void
  rail?: boolean
}

export function WorkspaceMenu({ current, rail }: WorkspaceMenuProps) {
  return <span>{rail ? '' : current.name}</span>
}
