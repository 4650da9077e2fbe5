/**
 * The log in the database: a light head per change and its patches apart, by row. A feed reads heads, the history of one post reads
 * that post's patches; neither meets the megabytes of an import.
 */
import type { Dexie, Table, Transaction } from 'dexie'
import type { Change } from './changes.ts'
import { apply, invert, type Patch, type Row } from './patches.ts'
import { rowsById } from './rowsById.ts'

/** A change without what it did to each row. */
export type ChangeHead = Omit<Change, 'patches'>

type Put = Extract<Patch, { op: 'put' }>
/**
 * A patch as the log keeps it. A `put` is kept without its row, or everything made would be written twice: the row is in its table,
 * or in the `drop` that took it away, and the patches made since, played backwards, say what it was.
 */
export type KeptPatch = Exclude<Patch, Put> | Omit<Put, 'row'>

/** The patches of one change to rows whose history nobody asks for, as one record: sending writes many of them, and often. */
interface Several {
  readonly op: 'several'
  readonly patches: readonly KeptPatch[]
}
const WITHOUT_HISTORY: ReadonlySet<string> = new Set(['deliveries', 'attempts'])

export interface LoggedPatch {
  /** id of the change, then the place of the patch in it: sorts as things happened */
  readonly key: string
  /** id of the row; '' of several */
  readonly entity: string
  readonly patch: KeptPatch | Several
}
type LoggedOne = LoggedPatch & { readonly patch: KeptPatch }

export type LoggedDb = Dexie & { changes: Table<ChangeHead, string>; patches: Table<LoggedPatch, string> }

const keyOf = (changeId: string, place: number) => `${changeId}/${String(place).padStart(6, '0')}`
export const changeIdOf = ({ key }: Pick<LoggedPatch, 'key'>) => key.slice(0, key.lastIndexOf('/'))
const kept = (patch: Patch): KeptPatch =>
  patch.op === 'put' ? { op: patch.op, table: patch.table, id: patch.id } : patch

/** The rows a change is told of by: those that have a history. */
export const entitiesOf = (patches: readonly Patch[]): string[] => [
  ...new Set(patches.filter(({ table }) => !WITHOUT_HISTORY.has(table)).map(({ id }) => id)),
]

function recordsOf({ id, patches }: Change): LoggedPatch[] {
  const several = patches.filter(({ table }) => WITHOUT_HISTORY.has(table)).map(kept)
  const others = several.length > 1 ? patches.filter(({ table }) => !WITHOUT_HISTORY.has(table)) : patches
  const records = others.map((patch, place) => ({ key: keyOf(id, place), entity: patch.id, patch: kept(patch) }))
  if (others === patches) return records
  return [...records, { key: keyOf(id, others.length), entity: '', patch: { op: 'several', patches: several } }]
}

/** Records of several as one record for each. */
const each = (records: readonly LoggedPatch[]): LoggedOne[] =>
  records.flatMap(({ key, entity, patch }) =>
    patch.op === 'several'
      ? patch.patches.map((one, place) => ({ key: `${key}.${place + SORTS}`, entity: one.id, patch: one }))
      : [{ key, entity, patch }],
  )
/** So that they sort as text. */
const SORTS = 1_000_000

/** Adds changes to the log. Call inside the transaction that makes them true. */
export async function addToLog(within: Pick<Transaction, 'table'>, changes: readonly Change[]): Promise<void> {
  await Promise.all([
    within.table<ChangeHead, string>('changes').bulkAdd(changes.map(({ patches: _apart, ...head }) => head)),
    within.table<LoggedPatch, string>('patches').bulkAdd(changes.flatMap(recordsOf)),
  ])
}

/** What a change did, in order. */
export async function patchesOf(db: LoggedDb, changeId: string): Promise<Patch[]> {
  const own = each(await db.patches.where('key').between(`${changeId}/`, `${changeId}0`).toArray())
  const made = new Set(own.flatMap(({ patch, entity }) => (patch.op === 'put' ? [entity] : [])))
  // Undo asks for what was done lately: there is little since.
  const since = made.size === 0 ? [] : each(await db.patches.where('key').above(`${changeId}0`).toArray())
  const known = await whole(db, [...own, ...since.filter(({ entity }) => made.has(entity))])
  return known.flatMap(({ key, patch }) => (key < `${changeId}0` ? [patch] : []))
}

/**
 * Patches with the rows that were made, in order. `logged` holds every patch since of a row it makes. A row that is nowhere any more
 * (only damage does that) cannot be made again: its `put` is left out.
 */
async function whole(db: LoggedDb, logged: readonly LoggedOne[]): Promise<{ key: string; patch: Patch }[]> {
  const sorted = logged.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const rows = await rowsOf(
    db,
    sorted.flatMap(({ patch }) => (patch.op === 'put' ? [patch] : [])),
  )
  const found: { key: string; patch: Patch }[] = []
  for (const { key, patch } of sorted.toReversed()) {
    const place = placeOf(patch)
    const row = rows.get(place)
    if (patch.op !== 'put') {
      found.push({ key, patch })
      if (row || patch.op === 'drop') rows.set(place, apply(row, invert(patch)))
    } else if (row) {
      found.push({ key, patch: { ...patch, row } })
      rows.delete(place)
    }
  }
  return found.reverse()
}

const placeOf = ({ table, id }: Pick<Patch, 'table' | 'id'>) => `${table}/${id}`

/** The rows patches speak of, as they are now. */
async function rowsOf(db: LoggedDb, patches: readonly Pick<Patch, 'table' | 'id'>[]) {
  const rows = new Map<string, Row | undefined>()
  for (const [table, list] of Map.groupBy(patches, ({ table }) => table)) {
    const found = await rowsById(
      db.table(table),
      list.map(({ id }) => id),
    )
    list.forEach((patch, at) => {
      rows.set(placeOf(patch), found[at])
    })
  }
  return rows
}

/** Heads with their patches, in the order given. */
export async function withPatches(db: LoggedDb, heads: readonly ChangeHead[]): Promise<Change[]> {
  const first = heads.map(({ id }) => id).sort()[0]
  if (first === undefined) return []
  const logged = each(await db.patches.where('key').above(`${first}/`).toArray())
  const byChange = Map.groupBy(await whole(db, logged), changeIdOf)
  return heads.map((head) => ({ ...head, patches: (byChange.get(head.id) ?? []).map(({ patch }) => patch) }))
}

/** The changes of one row, newest first, each with only what it did to that row. */
export async function historyOf(db: LoggedDb, entity: string): Promise<Change[]> {
  const logged = each(await db.patches.where('entity').equals(entity).toArray())
  const byChange = Map.groupBy(await whole(db, logged), changeIdOf)
  const heads = await db.changes.bulkGet([...byChange.keys()])
  return heads
    .flatMap((head) => (head ? [{ ...head, patches: (byChange.get(head.id) ?? []).map(({ patch }) => patch) }] : []))
    .sort((a, b) => (a.id < b.id ? 1 : -1))
}

/** Patches of changes made after one (an id of the log, or the beginning of one), in order, as the log keeps them. */
export const patchesSince = async (db: LoggedDb, after: string): Promise<KeptPatch[]> =>
  each(await db.patches.where('key').above(`${after}0`).toArray()).map(({ patch }) => patch)

/** Commands of the outbox, as the log names them: it does them by itself, so who follows the plan, or what people did, need not look at them. */
export const OWN_COMMANDS: ReadonlySet<string> = new Set(['playDeliveries', 'followPlan'])
