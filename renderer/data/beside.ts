/** What lies outside the browser for a database: its journal and its copies. */
import type { ResultOf, SnapshotHead } from '../../shared/contract/contract.ts'
import type { Change } from './changes.ts'
import { type LoggedDb, patchesSince } from './log.ts'
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

/** The change a line of a journal stands for. */
export const changeIn = async (line: string): Promise<Change> => JSON.parse(await unpack(line)) as Change

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
