import { Dexie, type Table } from 'dexie'
import type { WorkspaceEntry } from '../../shared/domain/workspace.ts'
import type { ChangeHead, LoggedPatch } from './log.ts'
import { LATEST_VERSION, migrations } from './migrations/index.ts'
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
  declare campaigns: Table<Rows['campaigns'], string>
  declare channels: Table<Rows['channels'], string>
  declare people: Table<Rows['people'], string>
  declare pillars: Table<Rows['pillars'], string>
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
    for (const { version, stores, upgrade } of migrations.filter((migration) => migration.version <= upTo)) {
      const step = this.version(version).stores(stores)
      if (upgrade) step.upgrade(upgrade)
    }
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
