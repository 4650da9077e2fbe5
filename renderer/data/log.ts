/**
 * The log in the database: a light head per change and its patches apart, by row. A feed reads heads, the history of one post reads
 * that post's patches; neither meets the megabytes of an import.
 */
import type { Dexie, Table } from 'dexie'
import type { Change } from './changes.ts'
import type { Patch } from './patches.ts'

/** A change without what it did to each row. */
export type ChangeHead = Omit<Change, 'patches'>

export interface LoggedPatch {
  /** id of the change, then the place of the patch in it: sorts as things happened */
  readonly key: string
  /** id of the row */
  readonly entity: string
  readonly patch: Patch
}

export type LoggedDb = Dexie & { changes: Table<ChangeHead, string>; patches: Table<LoggedPatch, string> }

const keyOf = (changeId: string, place: number) => `${changeId}/${String(place).padStart(6, '0')}`
const changeIdOf = ({ key }: LoggedPatch) => key.slice(0, key.lastIndexOf('/'))

/** Adds changes to the log. Call inside the transaction that makes them true. */
export async function addToLog(db: LoggedDb, changes: readonly Change[]): Promise<void> {
  await Promise.all([
    db.changes.bulkAdd(changes.map(({ patches: _apart, ...head }) => head)),
    db.patches.bulkAdd(
      changes.flatMap(({ id, patches }) =>
        patches.map((patch, place) => ({ key: keyOf(id, place), entity: patch.id, patch })),
      ),
    ),
  ])
}

/** What a change did, in order. */
export const patchesOf = async (db: LoggedDb, changeId: string): Promise<Patch[]> =>
  (await db.patches.where('key').between(`${changeId}/`, `${changeId}0`).toArray()).map(({ patch }) => patch)

/** Heads with their patches, in the order given. */
export const withPatches = (db: LoggedDb, heads: readonly ChangeHead[]): Promise<Change[]> =>
  Promise.all(heads.map(async (head) => ({ ...head, patches: await patchesOf(db, head.id) })))

/** The changes of one row, newest first, each with only what it did to that row. */
export async function historyOf(db: LoggedDb, entity: string): Promise<Change[]> {
  const logged = await db.patches.where('entity').equals(entity).sortBy('key')
  const byChange = Map.groupBy(logged, changeIdOf)
  const heads = await db.changes.bulkGet([...byChange.keys()])
  return heads
    .flatMap((head) => (head ? [{ ...head, patches: (byChange.get(head.id) ?? []).map(({ patch }) => patch) }] : []))
    .sort((a, b) => (a.id < b.id ? 1 : -1))
}

/** Patches of changes made after one (an id of the log, or the beginning of one), in order. */
export const patchesSince = async (db: LoggedDb, after: string): Promise<Patch[]> =>
  (await db.patches.where('key').above(`${after}0`).toArray()).map(({ patch }) => patch)
