import type { WorkspaceEntry } from '../../../shared/domain/workspace.ts'
import type { Registry } from '../../data/workspace.ts'
import type { Shell } from '../../ports/shell.ts'
import { Button } from '../../ui/index.ts'

export interface WelcomeProps {
  shell: Shell
  registry: Registry
  onReady: (entry: WorkspaceEntry, next: 'calendar' | 'import') => void
}

export default function WelcomeScreen({ registry, onReady }: WelcomeProps) {
  return <Button onClick={async () => onReady(await registry.create('My workspace'), 'calendar')}>Start empty</Button>
}
