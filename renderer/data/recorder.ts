/** What a command does to rows, as patches, written as it is done. */
import { Dexie, type Table, type Transaction } from 'dexie'
import { type Fields, type Patch, type Row, setPatch, splicePatch } from './patches.ts'
import { wholeRowsById } from './rowsById.ts'
import { isWhole, seal, unsealed } from './sums.ts'

/** What a command may do to rows. Everything is recorded; rows that were read are never edited in place. */
export interface Tx<R extends object> {
  readonly now: number
  get<N extends keyof R & string>(table: N, id: string): Promise<R[N] | undefined>
  getMany<N extends keyof R & string>(table: N, ids: readonly string[]): Promise<R[N][]>
  create<N extends keyof R & string>(table: N, row: R[N]): Promise<void>
  createMany<N extends keyof R & string>(table: N, rows: readonly R[N][]): Promise<void>
  /** Sets fields; a row that is not there is a bug and throws. `updatedAt` is kept where the row has one. */
  update<N extends keyof R & string>(table: N, id: string, fields: Partial<R[N]>): Promise<void>
  updateMany<N extends keyof R & string>(
    table: N,
    changes: readonly { id: string; fields: Partial<R[N]> }[],
  ): Promise<void>
  /** Takes a row away for good; ordinary deleting is `trashedAt`. */
  remove<N extends keyof R & string>(table: N, id: string): Promise<void>
  /** Replaces a long list field, logging only what differs. */
  replaceList<N extends keyof R & string>(
    table: N,
    id: string,
    field: keyof R[N] & string,
    next: readonly unknown[],
  ): Promise<void>
  /** A table for queries by index: as the database has it, without what is only gathered so far. */
  stored<N extends keyof R & string>(table: N): Table<R[N], string>
  /** Rows a query of this transaction brought: asking for them is no second trip. */
  know<N extends keyof R & string>(table: N, rows: readonly R[N][]): void
}

export interface Recorder<R extends object> {
  readonly tx: Tx<R>
  /** Writes what is not written yet, and says at once what was done, in order. */
  finish(): { readonly patches: readonly Patch[]; readonly writing: Promise<unknown> }
}

/** Of more rows than this Dexie tells all who watch their table, whatever changed. */
const FEW = 50

/**
 * Writes rows. Where the same transaction has read them just before, Dexie knows what was in its indexes, and asks only those again who watch an
 * index that changed: a text saved while one types changes none.
 */
export async function putRows(transaction: Transaction, name: string, rows: readonly Row[]): Promise<void> {
  const table = transaction.table<Row, string>(name)
  // After many steps without a request Dexie does not know any more which transaction it is in: then all who watch the table are asked.
  if (rows.length < FEW && Dexie.currentTransaction === transaction)
    await table.core.getMany({ trans: transaction.idbtrans, keys: rows.map(({ id }) => id), cache: 'immutable' })
  await table.bulkPut([...rows])
}

/** Rows as one transaction knows them: what was read or written once needs no second trip to the database. */
export function createKnown(transaction: Transaction) {
  const known = new Map<string, Row | undefined>()
  const keyOf = (name: string, id: string) => `${name}/${id}`
  return {
    async read(name: string, ids: readonly string[]): Promise<(Row | undefined)[]> {
      const missing = ids.filter((id) => !known.has(keyOf(name, id)))
      const found = missing.length > 0 ? await wholeRowsById(transaction.table<Row, string>(name), missing) : []
      missing.forEach((id, at) => {
        known.set(keyOf(name, id), found[at])
      })
      return ids.map((id) => known.get(keyOf(name, id)))
    },
    /** Damaged ones are left to who asks for them: that is told there. */
    know(name: string, rows: readonly Row[]): void {
      for (const row of rows) {
        const key = keyOf(name, row.id)
        if (!known.has(key) && isWhole(row)) known.set(key, unsealed(row))
      }
    },
    get: (name: string, id: string) => known.get(keyOf(name, id)),
    set: (name: string, id: string, row: Row | undefined) => void known.set(keyOf(name, id), row),
  }
}

export const stamped = (row: Row, fields: Fields, now: number): Fields =>
  'updatedAt' in row && !('updatedAt' in fields) ? { ...fields, updatedAt: now } : fields

interface Change {
  readonly id: string
  readonly fields: Fields
}

/** Writes what a command does as it does it, a patch for each step. */
export function createRecorder<R extends object>(transaction: Transaction, now: number): Recorder<R> {
  const patches: Patch[] = []
  const known = createKnown(transaction)
  const table = (name: string) => transaction.table<Row, string>(name)
  const write = async (name: string, rows: readonly Row[]) => {
    for (const row of rows) known.set(name, row.id, row)
    await putRows(transaction, name, rows.map(seal))
  }

  const updateRows = async (name: string, changes: readonly Change[]) => {
    await known.read(
      name,
      changes.map(({ id }) => id),
    )
    const puts = new Map<string, Row>()
    for (const { id, fields } of changes) {
      const row = puts.get(id) ?? known.get(name, id)
      if (!row) throw new Error(`No ${name} with id ${id}`)
      if (!setPatch(name, row, fields)) continue
      const patch = setPatch(name, row, stamped(row, fields, now))
      if (!patch) continue
      patches.push(patch)
      puts.set(id, { ...row, ...stamped(row, fields, now) })
    }
    await write(name, [...puts.values()])
  }

  const tx: Tx<R> = {
    now,
    stored: (name) => transaction.table(name),
    know: (name, rows) => known.know(name, rows as unknown as readonly Row[]),
    get: async (name, id) => (await known.read(name, [id]))[0] as never,
    getMany: async (name, ids) => (await known.read(name, ids)).filter((row) => row !== undefined) as never,
    create: (name, row) => tx.createMany(name, [row]),
    async createMany(name, rows) {
      const list = rows as unknown as readonly Row[]
      await table(name).bulkAdd(list.map(seal))
      for (const row of list) {
        known.set(name, row.id, row)
        patches.push({ op: 'put', table: name, id: row.id, row })
      }
    },
    update: (name, id, fields) => updateRows(name, [{ id, fields: fields as Fields }]),
    updateMany: (name, changes) => updateRows(name, changes as readonly Change[]),
    async remove(name, id) {
      const [row] = await known.read(name, [id])
      if (!row) return
      known.set(name, id, undefined)
      await table(name).delete(id)
      patches.push({ op: 'drop', table: name, id, row })
    },
    async replaceList(name, id, field, next) {
      const [row] = await known.read(name, [id])
      if (!row) throw new Error(`No ${name} with id ${id}`)
      const patch = splicePatch(name, row, field, next)
      if (!patch) return
      patches.push(patch)
      await write(name, [{ ...row, [field]: next }])
    },
  }
  return { tx, finish: () => ({ patches, writing: Promise.resolve() }) }
}
