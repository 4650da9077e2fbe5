import type { Shell } from '../ports/shell.ts'
import { toast } from '../ui/index.ts'

/** The one handler for bugs: says that something broke and that what was saved stays saved. The console has the details. */
export function reportBugs(shell: Shell): void {
  const say = (error: unknown) => {
    console.error(error)
    toast({
      id: 'bug',
      tone: 'error',
      text: 'Something broke on our side. What was saved is still there.',
      action: { label: 'Copy details', onSelect: () => void navigator.clipboard.writeText(detailsOf(error, shell)) },
    })
  }
  window.addEventListener('error', (event) => say(event.error ?? event.message))
  window.addEventListener('unhandledrejection', (event) => say(event.reason))
}

const detailsOf = (error: unknown, { info }: Shell): string =>
  `Outpost ${info.version} (${info.shell}, ${info.platform})\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
