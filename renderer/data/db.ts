import { Dexie, type Table, type Transaction } from 'dexie'
import type { WorkspaceEntry } from '../../shared/domain/workspace.ts'
import type { ChangeHead, LoggedPatch } from './log.ts'
import { LATEST_VERSION, type Migration, migrations } from './migrations/index.ts'
import type { Row } from './patches.ts'
import type { Rows } from './tables.ts'

/**
 * Acknowledged means on the disk: relaxed durability, the browser's default, lost every acknowledged edit in a modelled power
 * cut; strict lost none, for a few milliseconds a commit.
 */
const STRICT = { chromeTransactionDurability: 'strict' } as const

/** Bytes of a medium, under the id of its `media` row. */
export interface StoredBlob {
  readonly id: string
  readonly type: string
  readonly bytes: ArrayBuffer
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
  }
}

async function completeAll(transaction: Transaction, complete: NonNullable<Migration['complete']>): Promise<void> {
  for (const [name, fill] of Object.entries(complete)) {
    await transaction
      .table<Row, string>(name)
      .toCollection()
      .modify((row, ref) => {
        ref.value = fill(row)
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
  }
}

export const workspaceDbName = (id: string) => `outpost-${id}`

/** Dexie would open a newer database with older code and write into it; this says beforehand whether that would happen. */
export async function isNewerThanUs(name: string, factory: IDBFactory = indexedDB): Promise<boolean> {
  const found = (await factory.databases()).find((database) => database.name === name)
  // Dexie stores its version times ten.
  return (found?.version ?? 0) / 10 > LATEST_VERSION
}
