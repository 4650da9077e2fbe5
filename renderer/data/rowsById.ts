import type { Table } from 'dexie'
import type { Row } from './patches.ts'
import { unsealed } from './sums.ts'

const bare = (rows: readonly (Row | undefined)[]) => rows.map((row) => row && unsealed(row))

/** Ids from which on a range may be cheaper than asking for each. */
const MANY = 50

/**
 * Rows by id, in the order asked and without their sums; undefined for those that are not there. The database is asked once for each
 * id; rows that were made together (an import) have neighbouring ids, and are read as one range instead.
 */
export async function rowsById(table: Table<Row, string>, ids: readonly string[]): Promise<(Row | undefined)[]> {
  const sorted = ids.toSorted()
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined || ids.length < MANY) return bare(await table.bulkGet([...ids]))
  const range = table.where(':id').between(first, last, true, true)
  if ((await range.count()) > ids.length * 2) return bare(await table.bulkGet([...ids]))
  const found = new Map(bare(await range.toArray()).map((row) => [row?.id, row]))
  return ids.map((id) => found.get(id))
}
