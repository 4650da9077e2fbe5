import type { Table } from 'dexie'
import type { Row } from './patches.ts'
import { isWhole, unsealed } from './sums.ts'

/** Ids from which on a range may be cheaper than asking for each. */
const MANY = 50

/** A record that is not as it was written. Nothing is built upon it; the next check of the database brings it back. */
export class DamagedRecord extends Error {
  constructor(table: string, id: string) {
    super(`${table} ${id} is not as it was written`)
  }
}

type Rows = Promise<(Row | undefined)[]>

/** Rows by id, in the order asked and without their sums; undefined for those that are not there as they were written. */
export const rowsById = async (table: Table<Row, string>, ids: readonly string[]): Rows =>
  (await read(table, ids)).map((row) => (row && isWhole(row) ? unsealed(row) : undefined))

/** As `rowsById`, for whoever writes upon them: throws on a damaged one. */
export const wholeRowsById = async (table: Table<Row, string>, ids: readonly string[]): Rows =>
  (await read(table, ids)).map((row) => {
    if (row && !isWhole(row)) throw new DamagedRecord(table.name, row.id)
    return row && unsealed(row)
  })

/**
 * The database is asked once for each id; rows that were made together (an import) have neighbouring ids, and are read as one range
 * instead.
 */
async function read(table: Table<Row, string>, ids: readonly string[]): Rows {
  const sorted = ids.toSorted()
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined || ids.length < MANY) return table.bulkGet([...ids])
  const range = table.where(':id').between(first, last, true, true)
  if ((await range.count()) > ids.length * 2) return table.bulkGet([...ids])
  const found = new Map((await range.toArray()).map((row) => [row.id, row]))
  return ids.map((id) => found.get(id))
}
