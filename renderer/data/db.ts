import { type DBCore, Dexie, type Middleware, type Table } from 'dexie'
import type { WorkspaceEntry } from '../../shared/domain/workspace.ts'
import type { Turn } from '../../shared/media/crop.ts'
import type { ChangeHead, LoggedPatch } from './log.ts'
import { withMedia } from './migrations/0002-media.ts'
import { LATEST_VERSION, migrations } from './migrations/index.ts'
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

/**
 * A text carries the ids of the media it shows, so that "where is this used" is an index. Put there by the database itself: typing,
 * undo, import and recovery cannot forget it.
 */
const mediaOfTexts: Middleware<DBCore> = {
  stack: 'dbcore',
  name: 'mediaOfTexts',
  create: (core) => ({
    ...core,
    table(name) {
      const table = core.table(name)
      if (name !== 'documents') return table
      const mutate: typeof table.mutate = (request) =>
        table.mutate('values' in request ? { ...request, values: request.values.map(withMedia) } : request)
      return { ...table, mutate }
    },
  }),
}

/** The database of one workspace. `upTo` lets a test build an older schema. */
export class WorkspaceDb extends Dexie {
  declare posts: Table<Rows['posts'], string>
  declare documents: Table<Rows['documents'], string>
  declare campaigns: Table<Rows['campaigns'], string>
  declare channels: Table<Rows['channels'], string>
  declare people: Table<Rows['people'], string>
  declare pillars: Table<Rows['pillars'], string>
  declare tasks: Table<Rows['tasks'], string>
  declare dayNotes: Table<Rows['dayNotes'], string>
  declare media: Table<Rows['media'], string>
  declare blobs: Table<StoredBlob, string>
  declare thumbs: Table<Thumb, string>
  declare views: Table<Rows['views'], string>
  declare settings: Table<Rows['settings'], string>
  declare changes: Table<ChangeHead, string>
  declare patches: Table<LoggedPatch, string>

  constructor(name: string, upTo = LATEST_VERSION) {
    super(name, STRICT)
    for (const { version, stores, upgrade } of migrations.filter((migration) => migration.version <= upTo)) {
      const step = this.version(version).stores(stores)
      if (upgrade) step.upgrade(upgrade)
    }
    this.use(mediaOfTexts)
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
  }
}

export const workspaceDbName = (id: string) => `outpost-${id}`

/** Dexie would open a newer database with older code and write into it; this says beforehand whether that would happen. */
export async function isNewerThanUs(name: string, factory: IDBFactory = indexedDB): Promise<boolean> {
  const found = (await factory.databases()).find((database) => database.name === name)
  // Dexie stores its version times ten.
  return (found?.version ?? 0) / 10 > LATEST_VERSION
}
