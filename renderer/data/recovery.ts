/**
 * At start the database is compared with what lies beside it: its journal, and what the newest copy says it held. IndexedDB can come
 * back empty or short without an error (full disk, flipped bytes); then what is lost is brought back. A smaller state is never
 * written over a fuller copy.
 */
import type { Failure } from '../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { aboutOf, type Beside, changeIn, holdsWhat, type JournalReader, type RecoveryPort } from './beside.ts'
import type { Change } from './changes.ts'
import type { LoggedDb } from './log.ts'

export type Recovery =
  | { readonly kind: 'equal' }
  /** The journal lacked lines that an earlier run could not append any more. */
  | { readonly kind: 'journal-behind'; readonly changes: readonly Change[] }
  /** The database lacked changes or rows and got them back. */
  | {
      readonly kind: 'rebuilt'
      /** Changes the database had lost; rows, where it had lost more of those. */
      readonly entries: number
      /** Parts of changes that could not be brought back, because what they were made on is damaged. */
      readonly left: number
      /** Changes the journal lacked. */
      readonly behind: readonly Change[]
    }

/** Compares a database with what lies beside it and brings back what the database lacks. A failure leaves everything as it was. */
export async function reconcile(db: LoggedDb, beside: Beside, port: RecoveryPort): Promise<Result<Recovery, Failure>> {
  const { name, lines, copies } = beside
  const about = aboutOf(copies[0])
  if (lines === (await db.changes.count()) && (!about || (await holdsWhat(about, db)))) {
    const end = await endsAlike(db, name, lines, port)
    if (!end.ok) return end
    if (end.value) return ok({ kind: 'equal' })
  }
  const { bringBack } = await import('./rebuild.ts')
  return bringBack(db, beside, port)
}

/** Whether both end with the same change: as many lines as changes may still be other ones. */
async function endsAlike(
  db: LoggedDb,
  name: string,
  lines: number,
  port: JournalReader,
): Promise<Result<boolean, Failure>> {
  if (lines === 0) return ok(true)
  // Lines are numbered from 0; after damage the numbers run ahead of the count, and a few more lines are read.
  const page = await port.readJournal(name, lines - 1)
  if (!page.ok) return err(page.error)
  const last = page.value.at(-1)
  const newest = await db.changes.orderBy('id').last()
  return ok(last !== undefined && (await changeIn(last.text)).id === newest?.id)
}
