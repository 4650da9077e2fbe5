/**
 * At start the database and its journal are compared. IndexedDB can come back empty without an error (full disk, flipped bytes);
 * then everything is rebuilt from the journal. A smaller state is never written over a fuller copy.
 */
import type { Transaction } from 'dexie'
import type { Failure, ResultOf } from '../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { Change } from './changes.ts'
import { addToLog, type LoggedDb, withPatches } from './log.ts'
import { unpack } from './packing.ts'
import { applyAll } from './store.ts'

export interface JournalReader {
  readJournal(name: string, from: number): Promise<ResultOf<'journal:read'>>
}

export type Recovery =
  | { readonly kind: 'equal' }
  /** The journal lacked lines that an earlier run could not append any more. */
  | { readonly kind: 'journal-behind'; readonly changes: readonly Change[] }
  /** The database lacked changes and got them back. */
  | { readonly kind: 'rebuilt'; readonly changes: number }

/** Makes rows as earlier versions wrote them into rows of today; called in a transaction over all tables. */
export type UpgradeRows = (transaction: Transaction) => Promise<void>

/** Compares a database with its journal and brings back what the database lacks. */
export async function reconcile(
  db: LoggedDb,
  name: string,
  lines: number,
  port: JournalReader,
  upgradeRows: UpgradeRows = async () => {},
): Promise<Result<Recovery, Failure>> {
  const known = await db.changes.count()
  if (lines === known) {
    const end = await endsAlike(db, name, lines, port)
    if (!end.ok) return end
    if (end.value) return ok({ kind: 'equal' })
  }
  const read = await readChanges(name, port)
  if (!read.ok) return read
  const journal = read.value
  const inJournal = new Set(journal.map((change) => change.id))
  const inDb = new Set(await db.changes.toCollection().primaryKeys())
  const missing = journal.filter((change) => !inDb.has(change.id))
  if (missing.length > 0) await rebuild(db, journal, missing, inDb.size, upgradeRows)
  if (missing.length > 0) return ok({ kind: 'rebuilt', changes: missing.length })
  const ahead = (await db.changes.toArray()).filter((head) => !inJournal.has(head.id))
  return ok(ahead.length > 0 ? { kind: 'journal-behind', changes: await withPatches(db, ahead) } : { kind: 'equal' })
}

const changeIn = async (line: string): Promise<Change> => JSON.parse(await unpack(line)) as Change

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

/** Every readable change of a journal, oldest first. A line whose answer was lost may have been written again: it counts once. */
async function readChanges(name: string, port: JournalReader): Promise<Result<Change[], Failure>> {
  const changes = new Map<string, Change>()
  for (let from = 0; ; ) {
    const page = await port.readJournal(name, from)
    if (!page.ok) return err(page.error)
    const last = page.value.at(-1)
    if (!last) return ok([...changes.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))
    for (const { text } of page.value) {
      const change = await changeIn(text)
      changes.set(change.id, change)
    }
    from = last.sequence + 1
  }
}

/** When the database is a clean beginning of the journal only the rest is played; otherwise everything is, from nothing. */
async function rebuild(
  db: LoggedDb,
  journal: readonly Change[],
  missing: readonly Change[],
  known: number,
  upgradeRows: UpgradeRows,
): Promise<void> {
  const tables = db.tables.filter((table) => table.name !== 'blobs')
  const isPrefix = missing.length === journal.length - known && missing[0] === journal[known]
  await db.transaction('rw', tables, async (transaction) => {
    const inJournal = new Set(journal.map(({ id }) => id))
    const ahead = isPrefix
      ? []
      : await withPatches(
          db,
          (await db.changes.toArray()).filter(({ id }) => !inJournal.has(id)),
        )
    if (!isPrefix) for (const table of tables) await table.clear()
    const play = isPrefix ? missing : [...journal, ...ahead].toSorted((a, b) => (a.id < b.id ? -1 : 1))
    await applyAll(
      db,
      play.flatMap((change) => change.patches),
    )
    // The journal has what was written when it was written, by whatever version.
    await upgradeRows(transaction)
    await addToLog(db, play)
  })
}
