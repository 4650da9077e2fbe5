import type { Transaction } from 'dexie'
import { start } from './0001-start.ts'
import { library } from './0002-media.ts'

/** One shipped change of the schema. Never edited once released; the next one is a new file with a test of its own. */
export interface Migration {
  readonly version: number
  /** Dexie index definitions of the tables that change; null removes a table. */
  readonly stores: Readonly<Record<string, string | null>>
  /** Leaves rows alone that are of this version already: a rebuilt database has both. */
  readonly upgrade?: (transaction: Transaction) => Promise<unknown>
}

export const migrations: readonly Migration[] = [start, library]
export const LATEST_VERSION = Math.max(...migrations.map((migration) => migration.version))

/** Every upgrade in turn, over rows that may be of any version. */
export async function upgradeRows(transaction: Transaction): Promise<void> {
  for (const { upgrade } of migrations) await upgrade?.(transaction)
}
