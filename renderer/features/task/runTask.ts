import type { Deps } from '../../ports/deps.tsx'
import type { Shell } from '../../ports/shell.ts'

export async function runHeadlessTask(shell: Shell, _deps: Deps): Promise<void> {
  await shell.taskDone({ ok: false, error: 'Not built yet.' })
}
