/** Bringing back what a database lost, out of its journal and the newest good copy. Fetched only when something is amiss. */
import type { Failure } from '../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { aboutOf, type Beside, changeIn, holdsWhat, type JournalReader, type RecoveryPort } from './beside.ts'
import type { Change } from './changes.ts'
import { addToLog, changeIdOf, type LoggedDb, withPatches } from './log.ts'
import { completed } from './migrations/index.ts'
import type { Patch, Row } from './patches.ts'
import type { Recovery } from './recovery.ts'
import { writeCopy } from './snapshots/copy.ts'
import { linesOf } from './snapshots/lines.ts'
import { type About, type Damaged, loggedTables, piecesOf } from './snapshots/pieces.ts'
import { newestSnapshot, type State, stateOf } from './snapshots/restore.ts'
import { seal, unsealed } from './sums.ts'

interface Journal {
  /** Every readable change, oldest first. */
  readonly changes: readonly Change[]
  /** Whether no line of it is lost. */
  readonly whole: boolean
}

/** A line whose answer was lost may have been written again: it counts once. */
export async function readJournal(name: string, port: JournalReader): Promise<Result<Journal, Failure>> {
  const changes = new Map<string, Change>()
  let whole = true
  for (let next = 0; ; ) {
    const page = await port.readJournal(name, next)
    if (!page.ok) return err(page.error)
    if (page.value.length === 0) return ok({ changes: inOrder([...changes.values()]), whole })
    for (const { sequence, text } of page.value) {
      if (sequence !== next) whole = false
      const change = await changeIn(text)
      changes.set(change.id, change)
      next = sequence + 1
    }
  }
}

const inOrder = (changes: readonly Change[]): Change[] => changes.toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** See `reconcile`. */
export async function bringBack(db: LoggedDb, beside: Beside, port: RecoveryPort): Promise<Result<Recovery, Failure>> {
  const { name, workspace, copies } = beside
  const names = { workspace, app: port.info.version }
  const journal = await readJournal(name, port)
  if (!journal.ok) return journal
  const { changes, whole } = journal.value
  const log = await readLog(db, new Set(changes.map(({ id }) => id)))
  const missing = changes.filter(({ id }) => !log.ids.has(id))
  const about = aboutOf(copies[0])
  const complete = log.whole && (await holdsWhat(about ?? NOTHING, db))
  if (complete && missing.length === 0)
    return ok(log.ahead.length > 0 ? { kind: 'journal-behind', changes: log.ahead } : { kind: 'equal' })

  const all = inOrder([...changes, ...log.ahead])
  const copyHasMore = about !== null && about.upTo > (all.at(-1)?.id ?? '')
  const snapshot = whole && !copyHasMore ? ok(null) : await newestSnapshot(copies, port)
  if (!snapshot.ok) return snapshot
  const { state, left } = stateOf(snapshot.value, all)
  const there = await rowsIn(db)
  if (there.rows > 0 || log.ids.size > 0) {
    const kept = await writeCopy(name, 'before', linesOf(db, loggedTables(db), names), port)
    if (!kept.ok) return kept
  }
  const gained = keepWhatIsThere(state, there.state, missing, all)
  await db.transaction('rw', loggedTables(db), async () => {
    for (const table of loggedTables(db)) await db.table(table).clear()
    for (const [table, rows] of state)
      await db.table(table).bulkPut([...rows.values()].map((row) => seal(completed(table, row))))
    await addToLog(db, all)
  })
  // What only the copy knew is not in the log: without a newer copy the next start would bring it back once more.
  if (snapshot.value) {
    const copied = await writeCopy(name, 'hourly', linesOf(db, rowTables(db), names), port)
    if (!copied.ok) return copied
  }
  return ok({ kind: 'rebuilt', entries: Math.max(missing.length, gained), left, behind: log.ahead })
}

/**
 * Puts records that are damaged back as they were. `lost`: nothing outside knows them; what is left of them is taken at its word from
 * now on.
 */
export async function repair(
  db: LoggedDb,
  { name, copies }: Pick<Beside, 'name' | 'copies'>,
  damaged: readonly Damaged[],
  port: RecoveryPort,
): Promise<Result<{ repaired: number; lost: number }, Failure>> {
  const journal = await readJournal(name, port)
  if (!journal.ok) return journal
  const { changes, whole } = journal.value
  const snapshot = whole ? ok(null) : await newestSnapshot(copies, port)
  if (!snapshot.ok) return snapshot
  const places = new Set(damaged.map(({ table, id }) => `${table}/${id}`))
  const log = await readLog(db, new Set(changes.map(({ id }) => id)))
  const about = inOrder([...changes, ...log.ahead]).map((change) => ({
    ...change,
    patches: change.patches.filter(({ table, id }) => places.has(`${table}/${id}`)),
  }))
  const { state } = stateOf(snapshot.value, about)
  let repaired = 0
  for (const { table, id } of damaged) {
    const row = state.get(table)?.get(id)
    if (row) repaired += 1
    const left = row ?? (await readable(db, { table, id }))
    if (left) await db.table(table).put(seal(completed(table, left)))
  }
  return ok({ repaired, lost: damaged.length - repaired })
}

/** What the database still gives of a record; undefined when it cannot even be read. */
const readable = (db: LoggedDb, { table, id }: Damaged): Promise<Row | undefined> =>
  db
    .table<Row>(table)
    .get(id)
    .catch(() => undefined)

const NOTHING: About = { workspace: '', app: '', schema: 0, upTo: '', changes: 0, counts: {} }

const rowTables = (db: LoggedDb): string[] =>
  loggedTables(db).filter((name) => name !== 'changes' && name !== 'patches')

interface Log {
  readonly ids: ReadonlySet<string>
  /** Changes that the journal lacks. */
  readonly ahead: readonly Change[]
  /** Whether it can be read, and every change in it has its patches. */
  readonly whole: boolean
}

/** The log of the database; one that cannot be read is as good as none. */
async function readLog(db: LoggedDb, inJournal: ReadonlySet<string>): Promise<Log> {
  try {
    const heads = await db.changes.toArray()
    const ahead = heads.filter(({ id }) => !inJournal.has(id))
    const ids = new Set(heads.map(({ id }) => id))
    const patched = new Set((await db.patches.toCollection().primaryKeys()).map((key) => changeIdOf({ key })))
    return { ids, ahead: await withPatches(db, ahead), whole: ids.symmetricDifference(patched).size === 0 }
  } catch {
    return { ids: new Set(), ahead: [], whole: false }
  }
}

/** The rows the database still has, as they were written. */
async function rowsIn(db: LoggedDb): Promise<{ state: State; rows: number }> {
  const state: State = new Map()
  let rows = 0
  for await (const { piece } of piecesOf(db, rowTables(db))) {
    const known = state.get(piece.table) ?? new Map<string, Row>()
    for (const row of piece.rows) known.set(row.id, unsealed(row))
    state.set(piece.table, known)
    rows += piece.rows.length
  }
  return { state, rows }
}

/**
 * Takes over every row the database still has, unless what it lacks would change or drop that row: nothing that is there is given up
 * for an older form of it. Gives how many rows the database did not have.
 */
function keepWhatIsThere(state: State, there: State, missing: readonly Change[], all: readonly Change[]): number {
  const placeOf = ({ table, id }: Pick<Patch, 'table' | 'id'>) => `${table}/${id}`
  const touched = new Set(missing.flatMap(({ patches }) => patches.map(placeOf)))
  const last = new Map(all.flatMap(({ patches }) => patches.map((patch) => [placeOf(patch), patch.op] as const)))
  for (const [table, rows] of there) {
    const kept = state.get(table) ?? new Map<string, Row>()
    state.set(table, kept)
    for (const row of rows.values()) {
      const place = placeOf({ table, id: row.id })
      if (!touched.has(place) && last.get(place) !== 'drop') kept.set(row.id, row)
    }
  }
  let gained = 0
  for (const [table, rows] of state) for (const id of rows.keys()) if (!there.get(table)?.has(id)) gained += 1
  return gained
}
