/** What a command does to rows, gathered and written once at the end. */
import type { Transaction } from 'dexie'
import { type Fields, type Patch, type Row, setPatch, splicePatch } from './patches.ts'
import { createKnown, putRows, type Recorder, stamped, type Tx } from './recorder.ts'
import { seal } from './sums.ts'

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
    know: (name, rows) => known.know(name, rows as unknown as readonly Row[]),
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
