/** What a command does to rows, as patches: written at once, or gathered and written once at the end. */
import type { Table, Transaction } from 'dexie'
import { type Fields, type Patch, type Row, setPatch, splicePatch } from './patches.ts'
import { wholeRowsById } from './rowsById.ts'
import { seal } from './sums.ts'

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
  if (rows.length < FEW)
    await table.core.getMany({ trans: transaction.idbtrans, keys: rows.map(({ id }) => id), cache: 'immutable' })
  await table.bulkPut([...rows])
}

/** Rows as one transaction knows them: what was read or written once needs no second trip to the database. */
function createKnown(transaction: Transaction) {
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
    get: (name: string, id: string) => known.get(keyOf(name, id)),
    set: (name: string, id: string, row: Row | undefined) => void known.set(keyOf(name, id), row),
  }
}

const stamped = (row: Row, fields: Fields, now: number): Fields =>
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

/** What a row was when it was first touched, and which of its lists were replaced. */
interface Touched {
  readonly name: string
  readonly id: string
  readonly before: Row | undefined
  readonly lists: Set<string>
}

/**
 * Decides first and writes at the end: each row once, with one patch for all that happened to it (and one for each of its long lists). What is read
 * past `Tx` meanwhile is as it was. Tables are asked of the transaction itself: after a hundred steps in which nothing is read or written, Dexie
 * forgets which one it is in.
 */
export function createGatherer<R extends object>(transaction: Transaction, now: number): Recorder<R> {
  const known = createKnown(transaction)
  const touched = new Map<string, Touched>()
  const put = (name: string, id: string, row: Row | undefined, list?: string) => {
    const key = `${name}/${id}`
    const mine = touched.get(key) ?? { name, id, before: known.get(name, id), lists: new Set() }
    touched.set(key, mine)
    if (list !== undefined) mine.lists.add(list)
    known.set(name, id, row)
  }
  const rowOf = async (name: string, id: string): Promise<Row> => {
    const [row] = await known.read(name, [id])
    if (!row) throw new Error(`No ${name} with id ${id}`)
    return row
  }
  const update = async (name: string, id: string, fields: Fields) => {
    const row = await rowOf(name, id)
    if (setPatch(name, row, fields)) put(name, id, { ...row, ...stamped(row, fields, now) })
  }

  const tx: Tx<R> = {
    now,
    stored: (name) => transaction.table(name),
    get: async (name, id) => (await known.read(name, [id]))[0] as never,
    getMany: async (name, ids) => (await known.read(name, ids)).filter((row) => row !== undefined) as never,
    create: (name, row) => tx.createMany(name, [row]),
    async createMany(name, rows) {
      for (const row of rows as unknown as readonly Row[]) {
        if (known.get(name, row.id)) throw new Error(`There is a ${name} with id ${row.id}`)
        put(name, row.id, row)
      }
    },
    update: (name, id, fields) => update(name, id, fields as Fields),
    async updateMany(name, changes) {
      await tx.getMany(
        name,
        changes.map(({ id }) => id),
      )
      for (const { id, fields } of changes) await update(name, id, fields as Fields)
    },
    async remove(name, id) {
      const [row] = await known.read(name, [id])
      if (row) put(name, id, undefined)
    },
    async replaceList(name, id, field, next) {
      const row = await rowOf(name, id)
      if (splicePatch(name, row, field, next)) put(name, id, { ...row, [field]: next }, field)
    },
  }

  const finish = () => {
    const patches: Patch[] = []
    const writing: Promise<unknown>[] = []
    for (const [name, all] of Map.groupBy(touched.values(), (one) => one.name)) {
      const table = transaction.table<Row, string>(name)
      const adds: Row[] = []
      const puts: Row[] = []
      const drops: string[] = []
      for (const { id, before, lists } of all) {
        const after = known.get(name, id)
        const done = patchesBetween(name, before, after, lists)
        if (done.length === 0) continue
        patches.push(...done)
        if (!after) drops.push(id)
        else if (before) puts.push(seal(after))
        else adds.push(seal(after))
      }
      if (adds.length > 0) writing.push(table.bulkAdd(adds))
      if (puts.length > 0) writing.push(putRows(transaction, name, puts))
      if (drops.length > 0) writing.push(table.bulkDelete(drops))
    }
    return { patches, writing: Promise.all(writing) }
  }
  return { tx, finish }
}

/** From what a row was to what it is. `lists`: the fields of which only what differs is logged. */
function patchesBetween(name: string, before: Row | undefined, after: Row | undefined, lists: ReadonlySet<string>) {
  if (!after) return before ? [{ op: 'drop', table: name, id: before.id, row: before } satisfies Patch] : []
  if (!before) return [{ op: 'put', table: name, id: after.id, row: after } satisfies Patch]
  const fields = Object.fromEntries(Object.entries(after).filter(([field]) => !lists.has(field)))
  const set = setPatch(name, before, fields)
  const splices = [...lists].flatMap((list) => splicePatch(name, before, list, after[list] as readonly unknown[]) ?? [])
  return [...(set ? [set] : []), ...splices]
}
