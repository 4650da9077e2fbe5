import { isDatabaseFault, isDiskFull, ReadFault, WritingRefused } from '../data/faults.ts'
import { DamagedRecord } from '../data/rowsById.ts'
import type { Shell } from '../ports/shell.ts'
import { toast } from '../ui/index.ts'

const DISK_FULL =
  'The disk is full, so the last change was not saved. Make room on it; what you are writing is kept here and tried again.'

const NOT_TAKEN =
  'The database did not take the last change, so it was not saved. What you are writing is kept here and tried again; if this stays, close Outpost and open it again.'
const NOT_READ = 'The database could not be read. What was saved is in the journal, too.'
const DAMAGED =
  'This was damaged on the disk, so nothing is written over it. Outpost looks for what it was and puts it back; try again in a minute.'

/**
 * The one handler for bugs: says that something broke and that what was saved stays saved. The console has the details. A full disk
 * is no bug, but any write may meet it, so it is told here too.
 */
export function reportBugs(shell: Shell): void {
  const say = (error: unknown) => {
    console.error(error)
    if (error instanceof WritingRefused) return toast({ id: 'refused', tone: 'error', text: error.message })
    if (error instanceof DamagedRecord) {
      void import('../ports/copies.ts').then(({ lookForDamage }) => lookForDamage())
      return toast({ id: 'damaged', tone: 'error', text: DAMAGED })
    }
    if (error instanceof ReadFault) return toast({ id: 'read', tone: 'error', text: NOT_READ })
    if (isDiskFull(error)) return toast({ id: 'disk-full', tone: 'error', text: DISK_FULL })
    if (isDatabaseFault(error)) return toast({ id: 'database', tone: 'error', text: NOT_TAKEN })
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
