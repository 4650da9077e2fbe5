import { createRoot } from 'react-dom/client'
import '../styles/index.css'
import { App } from './App.tsx'
import { createDeps, createRegistry } from './createDeps.ts'
import { reportBugs } from './reportBugs.ts'
import { bridgeOf, createShell } from './shell.ts'

async function start(): Promise<void> {
  // Asked, never relied upon: what the answer is, the journal and the copies are there.
  void navigator.storage.persist()
  const shell = await createShell(bridgeOf(window))
  reportBugs(shell)
  const registry = await createRegistry(shell)
  if (new URLSearchParams(location.search).has('task')) {
    const { runHeadlessTask } = await import('../features/task/runTask.ts')
    const opened = await createDeps(shell, registry, await registry.create('Plan'))
    if (!opened.ok) throw new Error('A new workspace could not be opened')
    return runHeadlessTask(shell, opened.value)
  }
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no root')
  createRoot(root).render(<App shell={shell} registry={registry} />)
}

void start()
