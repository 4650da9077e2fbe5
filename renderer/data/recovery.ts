/**
 * At start the database is compared with what lies beside it: its journal, and what the newest copy says it held. IndexedDB can come
 * back empty or short without an error (full disk, flipped bytes); then what is lost is brought back. A smaller state is never
 * written over a fuller copy.
 */
import type { Failure, ResultOf, SnapshotHead } from '../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { Change } from './changes.ts'
import type { LoggedDb } from './log.ts'
import { patchesSince } from './log.ts'
import { unpack } from './packing.ts'
import type { SnapshotWriter } from './snapshots/copy.ts'
import type { About } from './snapshots/pieces.ts'
import type { SnapshotReader } from './snapshots/restore.ts'

export interface JournalReader {
  readJournal(name: string, from: number): Promise<ResultOf<'journal:read'>>
}
export type RecoveryPort = JournalReader &
  SnapshotReader &
  SnapshotWriter & { readonly info: { readonly version: string } }

/** What lies outside the browser for one database. */
export interface Beside {
  readonly name: string
  /** Readable lines of its journal. */
  readonly lines: number
  /** For the copy of what is there, before it is replaced. */
  readonly workspace: string
  /** Copies that were made by the hour, newest first. */
  readonly copies: readonly SnapshotHead[]
}

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

/** What a copy says it held; null when there is none, or that line of it is damaged. */
export const aboutOf = (copy: SnapshotHead | undefined): About | null =>
  copy === undefined || copy.about === '' ? null : (JSON.parse(copy.about) as About)

/** Whether the database still has as many changes and rows as the copy had, and what came and went since. */
export async function holdsWhat(about: About, db: LoggedDb): Promise<boolean> {
  if ((await db.changes.count()) < about.changes) return false
  const expected = new Map(Object.entries(about.counts))
  for (const { op, table } of await patchesSince(db, about.upTo)) {
    const step = op === 'put' ? 1 : op === 'drop' ? -1 : 0
    expected.set(table, (expected.get(table) ?? 0) + step)
  }
  for (const [table, rows] of expected) if ((await db.table(table).count()) < rows) return false
  return true
}

export const changeIn = async (line: string): Promise<Change> => JSON.parse(await unpack(line)) as Change

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
