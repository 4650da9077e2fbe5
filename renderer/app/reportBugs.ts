import type { Shell } from '../ports/shell.ts'

/** The one handler for bugs: says that something broke and that what was saved stays saved. The console has the details. */
export function reportBugs(shell: Shell): void {
  const say = (error: unknown) => {
    console.error(error)
    import('./tellFault.ts').then(({ tellFault }) => tellFault(error, shell)).catch(console.error) // thrown on, it would come back here for ever
  }
  window.addEventListener('error', (event) => say(event.error ?? event.message))
  window.addEventListener('unhandledrejection', (event) => say(event.reason))
}
