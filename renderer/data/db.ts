import { type DBCore, Dexie, type Middleware, type Table, type Transaction } from 'dexie'
import { type DocNode, mediaIn } from '../../shared/domain/document.ts'
import { type PlacedMedium, type Placement, shownOn } from '../../shared/domain/placement.ts'
import type { WorkspaceEntry } from '../../shared/domain/workspace.ts'
import type { Turn } from '../../shared/media/crop.ts'
import { ReadFault } from './faults.ts'
import type { ChangeHead, LoggedPatch } from './log.ts'
import { LATEST_VERSION, type Migration, migrations } from './migrations/index.ts'
import type { Row } from './patches.ts'
import { pulsing } from './pulse.ts'
import { isWhole, seal } from './sums.ts'
import type { Rows } from './tables.ts'

/**
 * Acknowledged means on the disk: relaxed durability, the browser's default, lost every acknowledged edit in a modelled power
 * cut; strict lost none, for a few milliseconds a commit.
 */
const STRICT = { chromeTransactionDurability: 'strict' } as const

/**
 * Bytes of a medium, under the id of its `media` row. A blob is a file of the browser's own: a film goes in and out without ever
 * being in the page's memory. Earlier versions put the bytes themselves.
 */
export interface StoredBlob {
  readonly id: string
  readonly type: string
  readonly bytes: Blob | ArrayBuffer
}

/** A small picture of a medium, made when it came in and again whenever it is missing: a cache, not in the log. */
export interface Thumb {
  readonly id: string
  readonly type: string
  readonly bytes: ArrayBuffer
  /** The turn it was made for. */
  readonly turn: Turn
}

/** Who sends, until when. Beside the log: it is worth nothing to anybody later. */
export interface Lease {
  readonly id: string
  readonly owner: string
  readonly until: number
  /** Whether the owner held the lock of the browser, too. Absent in leases of older versions. */
  readonly locked?: boolean
}

/**
 * What shows media carries their ids - texts, posts, placements - so that "where is this used" is an index. Put there by the database
 * itself: typing, undo, import and recovery cannot forget it.
 */
const shownMedia: Middleware<DBCore> = {
  stack: 'dbcore',
  name: 'shownMedia',
  create: (core) => ({
    ...core,
    table(name) {
      const table = core.table(name)
      if (!SHOWING.has(name)) return table
      const mutate: typeof table.mutate = (request) =>
        table.mutate('values' in request ? { ...request, values: request.values.map(withMediaIds) } : request)
      return { ...table, mutate }
    },
  }),
}
const SHOWING: ReadonlySet<string> = new Set(['documents', 'posts', 'placements'])

interface Showing {
  readonly content?: readonly DocNode[]
  readonly media?: readonly PlacedMedium[] | null
  readonly fields?: Placement['fields']
  readonly mediaIds?: readonly string[]
}

/** A row with the ids of the media it shows, each once; one without any has no such list. */
function withMediaIds({ mediaIds: _before, ...row }: Showing): Showing {
  const shown = shownOn({ media: row.media ?? null, fields: row.fields ?? {} })
  const mediaIds = [...new Set([...mediaIn(row.content ?? []), ...shown])]
  return mediaIds.length > 0 ? { ...row, mediaIds } : row
}

/**
 * Before it writes rows, Dexie wants to know what they were, so that only those are told who watch an index that changed (`putRows`). What the same
 * transaction has read already is not read again for that.
 */
const remembersRead: Middleware<DBCore> = {
  stack: 'dbcore',
  name: 'remembersRead',
  // Beneath the middleware that asks.
  level: -2,
  create: (core) => {
    const read = new WeakMap<object, Map<string, unknown>>()
    const readIn = (transaction: object) => {
      const known = read.get(transaction) ?? new Map<string, unknown>()
      read.set(transaction, known)
      return known
    }
    return {
      ...core,
      table(name) {
        const table = core.table(name)
        const placeOf = (key: unknown) => `${name}/${key}`
        const keyOf = table.schema.primaryKey.extractKey
        const getMany: typeof table.getMany = (request) => {
          if ((request.trans as IDBTransaction).mode === 'readonly') return table.getMany(request)
          const known = readIn(request.trans)
          if (request.cache === 'immutable' && request.keys.every((key) => known.has(placeOf(key))))
            return Dexie.Promise.resolve(request.keys.map((key) => known.get(placeOf(key))))
          return table.getMany(request).then((rows) => {
            request.keys.forEach((key, at) => {
              known.set(placeOf(key), rows[at])
            })
            return rows
          })
        }
        const query: typeof table.query = (request) =>
          table.query(request).then((answer) => {
            if (request.values && (request.trans as IDBTransaction).mode !== 'readonly') {
              const known = readIn(request.trans)
              for (const row of answer.result) known.set(placeOf(keyOf?.(row)), row)
            }
            return answer
          })
        const mutate: typeof table.mutate = (request) => {
          const known = readIn(request.trans)
          if (request.type === 'deleteRange') known.clear()
          else
            for (const key of 'values' in request ? request.values.map((row) => keyOf?.(row)) : request.keys)
              known.delete(placeOf(key))
          return table.mutate(request)
        }
        return { ...table, getMany, query, mutate }
      },
    }
  },
}

/**
 * A record whose bytes the browser cannot make sense of comes as null, without an error. Dexie would keep it among its answers even when the
 * record is mended; an answer that failed is asked for anew.
 */
const refusesNull: Middleware<DBCore> = {
  stack: 'dbcore',
  name: 'refusesNull',
  level: -4,
  create: (core) => ({
    ...core,
    table(name) {
      const table = core.table(name)
      const given = <T>(row: T): T => {
        if (row === null) throw new ReadFault(`A record of ${name} came as null`)
        return row
      }
      return {
        ...table,
        get: (request) => table.get(request).then(given),
        getMany: (request) => table.getMany(request).then((rows) => rows.map(given)),
        query: (request) =>
          table.query(request).then((answer) => {
            answer.result.forEach(given)
            return answer
          }),
      }
    },
  }),
}

/** The database of one workspace. `upTo` lets a test build an older schema. */
export class WorkspaceDb extends Dexie {
  declare posts: Table<Rows['posts'], string>
  declare documents: Table<Rows['documents'], string>
  declare placements: Table<Rows['placements'], string>
  declare campaigns: Table<Rows['campaigns'], string>
  declare channels: Table<Rows['channels'], string>
  declare people: Table<Rows['people'], string>
  declare pillars: Table<Rows['pillars'], string>
  declare series: Table<Rows['series'], string>
  declare snippets: Table<Rows['snippets'], string>
  declare mentions: Table<Rows['mentions'], string>
  declare vocabulary: Table<Rows['vocabulary'], string>
  declare brandWords: Table<Rows['brandWords'], string>
  declare personas: Table<Rows['personas'], string>
  declare templates: Table<Rows['templates'], string>
  declare tasks: Table<Rows['tasks'], string>
  declare dayNotes: Table<Rows['dayNotes'], string>
  declare media: Table<Rows['media'], string>
  declare blobs: Table<StoredBlob, string>
  declare thumbs: Table<Thumb, string>
  declare deliveries: Table<Rows['deliveries'], string>
  declare attempts: Table<Rows['attempts'], string>
  declare accounts: Table<Rows['accounts'], string>
  declare leases: Table<Lease, string>
  declare views: Table<Rows['views'], string>
  declare settings: Table<Rows['settings'], string>
  declare changes: Table<ChangeHead, string>
  declare patches: Table<LoggedPatch, string>

  constructor(name: string, upTo = LATEST_VERSION) {
    super(name, STRICT)
    for (const { version, stores, complete } of migrations.filter((migration) => migration.version <= upTo)) {
      const step = this.version(version).stores(stores)
      if (complete) step.upgrade((transaction) => completeAll(transaction, complete))
    }
    this.use(shownMedia)
    this.use(remembersRead)
    this.use(pulsing)
    this.use(refusesNull)
  }
}

async function completeAll(transaction: Transaction, complete: NonNullable<Migration['complete']>): Promise<void> {
  for (const [name, fill] of Object.entries(complete)) {
    await transaction
      .table<Row, string>(name)
      .toCollection()
      .modify((row, ref) => {
        const next = fill(row)
        // A record that is not as it was written must still be found out afterwards.
        ref.value = row.sum !== undefined && isWhole(row) ? seal(next) : next
      })
  }
}

/** The list of workspaces. Its rows go through the same log as everything else. */
export class RegistryDb extends Dexie {
  declare workspaces: Table<WorkspaceEntry, string>
  declare changes: Table<ChangeHead, string>
  declare patches: Table<LoggedPatch, string>

  constructor(name = 'outpost') {
    super(name, STRICT)
    this.version(1).stores({ workspaces: 'id', changes: 'id, group, *entities', patches: 'key, entity' })
    this.use(pulsing)
    this.use(refusesNull)
  }
}

/**
 * Says when the database goes away under whoever has it open: another window upgrades or deletes it, or the browser has let go of it.
 * For an upgrade there is time until `tell` is done. It is never opened again by itself: what opens then may be empty.
 */
export function onGone(db: Dexie, tell: (how: 'superseded' | 'vanished') => Promise<unknown>): void {
  let known = false
  db.on('versionchange', () => {
    known = true
    void tell('superseded').finally(() => db.close())
    return false // Dexie would close it at once
  })
  db.on('close', () => {
    if (known) return
    known = true
    // Dexie goes on after this event, and would allow itself to open it anew.
    queueMicrotask(() => db.close())
    void tell('vanished')
  })
}

export const workspaceDbName = (id: string) => `outpost-${id}`

/**
 * What opening a database would do to it, asked beforehand: Dexie opens a newer one with older code and writes into it, and brings an
 * older one up to date at once.
 */
export async function ageOf(name: string): Promise<'newer' | 'older' | 'ours'> {
  const found = (await indexedDB.databases()).find((database) => database.name === name)
  if (!found?.version) return 'ours'
  // Dexie stores its version times ten.
  const version = found.version / 10
  return version > LATEST_VERSION ? 'newer' : version < LATEST_VERSION ? 'older' : 'ours'
}
