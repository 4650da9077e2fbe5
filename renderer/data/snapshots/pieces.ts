/**
 * A workspace as lines, for a copy outside the browser. Rows are read a piece at a time, each in a short transaction of its own, so
 * that nobody who writes has to wait: every piece says which change its rows have seen, and who restores plays only later ones on them.
 */
import type { Dexie, Table } from 'dexie'
import type { Row } from '../patches.ts'
import { isWhole } from '../sums.ts'

/** The first line: what the copy holds. */
export interface About {
  /** Name of the workspace. */
  readonly workspace: string
  /** Version of the app that made it, and of the schema. */
  readonly app: string
  readonly schema: number
  /** Newest change in the log when the copy was begun; '' when there was none. */
  readonly upTo: string
  /** Changes in the log, and rows by table, in that moment. */
  readonly changes: number
  readonly counts: Readonly<Record<string, number>>
}

/** Rows of a table that lie between the piece before it and `to`, in the order of their keys. */
export interface Piece {
  readonly table: string
  /** Key of its last row; null when the table ends here. */
  readonly to: string | null
  /** Newest change these rows have seen. */
  readonly upTo: string
  readonly rows: readonly Row[]
}

/** A record that is not as it was written, or cannot be read at all. */
export interface Damaged {
  readonly table: string
  readonly id: string
}

const ROWS = 400

/** Every table but those of pictures (originals lie outside the browser already, the small ones are made anew) and of leases. */
export const loggedTables = (db: Dexie): string[] =>
  db.tables.map(({ name }) => name).filter((name) => name !== 'blobs' && name !== 'thumbs' && name !== 'leases')

/** Id of the newest change in the log; empty when there is none. */
export const newestChange = async (db: Dexie): Promise<string> =>
  ((await db.table('changes').orderBy(':id').lastKey()) as string | undefined) ?? ''

/** What a copy begun now would hold. */
export const aboutNow = (
  db: Dexie,
  tables: readonly string[],
  { workspace, app }: Pick<About, 'workspace' | 'app'>,
): Promise<About> =>
  db.transaction('r', [...new Set([...tables, 'changes'])], async () => {
    const counts: Record<string, number> = {}
    for (const table of tables) counts[table] = await db.table(table).count()
    return {
      workspace,
      app,
      schema: db.verno,
      upTo: await newestChange(db),
      changes: await db.table('changes').count(),
      counts,
    }
  })

export interface Found {
  readonly piece: Piece
  readonly damaged: readonly Damaged[]
}

/** Every row of the tables. What is damaged is left out of its piece and named beside it. */
export async function* piecesOf(db: Dexie, tables: readonly string[]): AsyncGenerator<Found> {
  for (const name of tables) {
    const table = db.table<Row, string>(name)
    for (let after: string | null = ''; after !== null; ) {
      const from: string = after
      const found: Found = await read(db, table, from).catch(() => readEach(db, table, from))
      yield found
      after = found.piece.to
    }
  }
}

const read = (db: Dexie, table: Table<Row, string>, after: string): Promise<Found> =>
  db.transaction('r', [...new Set([table.name, 'changes'])], async () => {
    const keyPath = String(table.schema.primKey.keyPath)
    const range = () => table.where(':id').above(after).limit(ROWS)
    const rows = await range().toArray()
    // The id within a damaged record may be another one, too: what it lies under is asked of the table.
    const keys = rows.every(isWhole) ? rows.map((row) => String(row[keyPath])) : await range().primaryKeys()
    return asFound(table.name, keys, rows, await newestChange(db))
  })

/** When a row cannot be read the others are, one by one, at a moment when nothing is written. */
async function readEach(db: Dexie, table: Table<Row, string>, after: string): Promise<Found> {
  for (;;) {
    const upTo = await newestChange(db)
    const keys = await table.where(':id').above(after).limit(ROWS).primaryKeys()
    const rows: (Row | undefined)[] = []
    for (const key of keys) rows.push(await table.get(key).catch(() => undefined))
    if (upTo === (await newestChange(db))) return asFound(table.name, keys, rows, upTo)
  }
}

function asFound(table: string, keys: readonly string[], rows: readonly (Row | undefined)[], upTo: string): Found {
  const to = keys.length < ROWS ? null : (keys.at(-1) ?? null)
  const whole = rows.map((row) => (row && isWhole(row) ? row : undefined))
  return {
    piece: { table, to, upTo, rows: whole.filter((row) => row !== undefined) },
    damaged: keys.flatMap((id, at) => (whole[at] ? [] : [{ table, id }])),
  }
}
