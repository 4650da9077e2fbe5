import type { Row } from '../patches.ts'
import type { TableName } from '../tables.ts'
import { start } from './0001-start.ts'
import { library } from './0002-media.ts'
import { placements } from './0003-placements.ts'
import { vocabulary } from './0004-vocabulary.ts'
import { channels } from './0005-channels.ts'
import { repeating } from './0006-repeating.ts'
import { publishing } from './0008-publishing.ts'
import { due } from './0009-due.ts'
import { late } from './0010-late.ts'
import { cards } from './0011-cards.ts'

/** One shipped change of the schema. Never edited once released; the next one is a new file with a test of its own. */
export interface Migration {
  readonly version: number
  /** Dexie index definitions of the tables that change; null removes a table. */
  readonly stores: Readonly<Record<string, string | null>>
  /**
   * Gives a row of the version before what it lacks. Run over the tables once, and over every row that comes back from the log or
   * the journal later, so it must leave a row alone that is complete already.
   */
  readonly complete?: Readonly<Partial<Record<TableName, (row: Row) => Row>>>
}

export const migrations: readonly Migration[] = [
  start,
  library,
  placements,
  vocabulary,
  channels,
  repeating,
  publishing,
  due,
  late,
  cards,
]
export const LATEST_VERSION = Math.max(...migrations.map((migration) => migration.version))

/** A row of any earlier version as this one has it: what the log holds is as old as it is. */
export const completed = (table: string, row: Row): Row =>
  migrations.reduce((current, { complete }) => complete?.[table as TableName]?.(current) ?? current, row)
