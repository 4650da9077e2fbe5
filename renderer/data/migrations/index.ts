import type { Transaction } from 'dexie'
import { start } from './0001-start.ts'

/** One shipped change of the schema. Never edited once released; the next one is a new file with a test of its own. */
export interface Migration {
  readonly version: number
  /** Dexie index definitions of the tables that change; null removes a table. */
  readonly stores: Readonly<Record<string, string | null>>
  readonly upgrade?: (transaction: Transaction) => Promise<unknown>
}

export const migrations: readonly Migration[] = [start]
export const LATEST_VERSION = Math.max(...migrations.map((migration) => migration.version))
