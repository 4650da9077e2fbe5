import { createRoot } from 'react-dom/client'
import '../styles/index.css'
import { isDatabaseFault } from '../data/faults.ts'
import { pulse } from '../data/pulse.ts'
import { App } from './App.tsx'
import { createDeps, createRegistry } from './createDeps.ts'
import { reportBugs } from './reportBugs.ts'
import { bridgeOf, createShell } from './shell.ts'
import type { Trouble } from './WayBack.tsx'

async function start(): Promise<void> {
  // Asked, never relied upon: what the answer is, the journal and the copies are there.
  void navigator.storage.persist()
  const shell = await createShell(bridgeOf(window))
  reportBugs(shell)
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no root')
  const page = createRoot(root)
  let starting = true
  const offer = async (trouble: Trouble) => {
    const { default: WayBack } = await import('./WayBack.tsx')
    if (starting) page.render(<WayBack shell={shell} trouble={trouble} />)
  }
  const noLonger = pulse.onChange(() => void (pulse.silent() && offer('silent')))
  const registry = await createRegistry(shell).catch(async (thrown: unknown) => {
    reportError(thrown)
    await offer(isDatabaseFault(thrown) ? 'unopened' : 'unreadable')
    return null
  })
  noLonger()
  starting = false
  if (!registry) return
  if (new URLSearchParams(location.search).has('task')) {
    const { runHeadlessTask } = await import('../features/task/runTask.ts')
    const opened = await createDeps(shell, registry, await registry.create('Plan'))
    if (!opened.ok) throw new Error('A new workspace could not be opened')
    return runHeadlessTask(shell, opened.value)
  }
  page.render(<App shell={shell} registry={registry} />)
}

void start()
