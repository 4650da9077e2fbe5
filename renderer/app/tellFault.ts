/** What is said when something breaks. Fetched with the first fault. */
import { isDatabaseFault, isDiskFull, ReadFault, WritingRefused } from '../data/faults.ts'
import { DamagedRecord } from '../data/rowsById.ts'
import { lookForDamage } from '../ports/copies.ts'
import type { Shell } from '../ports/shell.ts'
import { toast } from '../ui/index.ts'

const DISK_FULL =
  'The disk is full, so the last change was not saved. Make room on it; what you are writing is kept here and tried again.'
const NOT_TAKEN =
  'The database did not take the last change, so it was not saved. What you are writing is kept here and tried again; if this stays, close Outpost and open it again.'
const NOT_READ = 'The database could not be read. What was saved is in the journal, too.'
const DAMAGED =
  'This was damaged on the disk, so nothing is written over it. Outpost looks for what it was and puts it back; try again in a minute.'

/** Says it in words. A full disk is no bug, but any write may meet it, so it is told here too. */
export function tellFault(error: unknown, shell: Shell): void {
  if (error instanceof WritingRefused) toast({ id: 'refused', tone: 'error', text: error.message })
  else if (error instanceof DamagedRecord) {
    lookForDamage()
    toast({ id: 'damaged', tone: 'error', text: DAMAGED })
  } else if (error instanceof ReadFault) toast({ id: 'read', tone: 'error', text: NOT_READ })
  else if (isDiskFull(error)) toast({ id: 'disk-full', tone: 'error', text: DISK_FULL })
  else if (isDatabaseFault(error)) toast({ id: 'database', tone: 'error', text: NOT_TAKEN })
  else
    toast({
      id: 'bug',
      tone: 'error',
      text: 'Something broke on our side. What was saved is still there.',
      action: { label: 'Copy details', onSelect: () => void navigator.clipboard.writeText(detailsOf(error, shell)) },
    })
}

const detailsOf = (error: unknown, { info }: Shell): string =>
  `Outpost ${info.version} (${info.shell}, ${info.platform})\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
