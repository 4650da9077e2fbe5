/** Opening and making workspaces: a database each, listed in the registry, each with its journal. */
import { Dexie, liveQuery } from 'dexie'
import type { Failure, ResultOf } from '../../shared/contract/contract.ts'
import { DEFAULT_SETTINGS, type WorkspaceEntry } from '../../shared/domain/workspace.ts'
import { fromBase64 } from '../../shared/lib/base64.ts'
import { newId } from '../../shared/lib/ids.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { type Clock, createLogicalClock } from './clock.ts'
import { isNewerThanUs, RegistryDb, WorkspaceDb, workspaceDbName } from './db.ts'
import { createJournalWriter, type JournalPort } from './journal.ts'
import type { OriginalsPort, Shelf } from './media/originals.ts'
import { upgradeRows } from './migrations/index.ts'
import { type JournalReader, reconcile } from './recovery.ts'
import { createStore, type Store } from './store.ts'
import { type Rows, type SettingsRow, TABLE_NAMES } from './tables.ts'

export type DataPort = JournalPort &
  JournalReader &
  OriginalsPort & {
    retireMedia(shelf: string): Promise<ResultOf<'media:retire'>>
    journalHeads(): Promise<ResultOf<'journal:heads'>>
    retireJournal(name: string): Promise<ResultOf<'journal:retire'>>
  }

export interface DataDeps {
  readonly clock: Clock
  readonly port: DataPort
  /** Zone of this computer, for a new workspace. */
  readonly zone: string
}

/** An open workspace: the database to read from, the store to write through. */
export interface Workspace {
  readonly entry: WorkspaceEntry
  readonly db: WorkspaceDb
  readonly store: Store<Rows>
  readonly journal: ReturnType<typeof createJournalWriter>
  /** Changes that came back from the journal when it was opened; 0 in ordinary life. */
  readonly recovered: number
  /** Media whose bytes come back from their second copies after that, while one works already. */
  readonly bytesBack: Promise<number>
  /** Aborted when it is closed: what takes long stops then. */
  readonly closed: AbortSignal
  close(): void
}

export type OpenRefusal = { readonly kind: 'newer-version' } | { readonly kind: 'journal'; readonly failure: Failure }

/** Names this copy of the app in the logical clock. */
const nodeName = () => newId().slice(-8)

export const journalNameOf = (workspaceId: string) => `ws-${workspaceId}`
/** Where the bytes of a workspace's media are. */
export const shelfOf = ({ entry, db }: Pick<Workspace, 'entry' | 'db'>): Shelf => ({
  db,
  shelf: journalNameOf(entry.id),
})
const REGISTRY_JOURNAL = 'registry'

async function headOf(name: string, port: DataPort): Promise<Result<number, Failure>> {
  const heads = await port.journalHeads()
  return heads.ok ? ok(heads.value.find((head) => head.name === name)?.lines ?? 0) : err(heads.error)
}

/** The list of workspaces, rebuilt from its journal when the browser lost it. */
export async function openRegistry({ clock, port }: DataDeps, name?: string) {
  const db = new RegistryDb(name)
  await db.open()
  const lines = await headOf(REGISTRY_JOURNAL, port)
  const logical = createLogicalClock(clock, nodeName())
  const journal = createJournalWriter(REGISTRY_JOURNAL, port, clock.now)
  const store = createStore<{ workspaces: WorkspaceEntry }>(db, ['workspaces'], {
    clock,
    logical,
    journal,
    actor: () => '',
  })
  const recovery = lines.ok ? await reconcile(db, REGISTRY_JOURNAL, lines.value, port) : err(lines.error)
  if (recovery.ok && recovery.value.kind === 'journal-behind') await journal.catchUp(recovery.value.changes)
  await store.loadHistory()
  const save = (label: string, id: string, fields: Partial<WorkspaceEntry>) =>
    store.change({ command: 'changeWorkspace', label, undoable: false }, async (tx) => {
      await tx.update('workspaces', id, fields)
      return ok(null)
    })
  return {
    db,
    recovery,
    list: () => db.workspaces.toArray(),
    async create(workspaceName: string): Promise<WorkspaceEntry> {
      const now = clock.now()
      const entry: WorkspaceEntry = { id: newId(), name: workspaceName, createdAt: now, openedAt: now, trashedAt: 0 }
      await store.change(
        { command: 'createWorkspace', label: `Created workspace “${workspaceName}”`, undoable: false },
        async (tx) => {
          await tx.create('workspaces', entry)
          return ok(null)
        },
      )
      return entry
    },
    rename: (id: string, workspaceName: string) =>
      save(`Renamed workspace to “${workspaceName}”`, id, { name: workspaceName }),
    trash: (id: string) => save('Moved workspace to the trash', id, { trashedAt: clock.now() }),
    restore: (id: string) => save('Took workspace out of the trash', id, { trashedAt: 0 }),
    opened: (id: string) => save('Opened workspace', id, { openedAt: clock.now() }),
    /** Deletes a trashed workspace for good; its journal is moved aside, not erased. */
    async purge(id: string): Promise<void> {
      await Dexie.delete(workspaceDbName(id))
      // A journal that cannot be moved stays where it is: nothing opens it any more.
      await port.retireJournal(journalNameOf(id))
      await port.retireJournal(`${journalNameOf(id)}-media`)
      await port.retireMedia(journalNameOf(id))
      await store.change({ command: 'purgeWorkspace', label: 'Deleted a workspace', undoable: false }, async (tx) => {
        await tx.remove('workspaces', id)
        return ok(null)
      })
    },
  }
}
export type Registry = Awaited<ReturnType<typeof openRegistry>>

/** Opens a workspace: refuses a newer schema, brings back what the browser lost, gives it settings on its first day. */
export async function openWorkspace(
  entry: WorkspaceEntry,
  { clock, port, zone }: DataDeps,
): Promise<Result<Workspace, OpenRefusal>> {
  const name = workspaceDbName(entry.id)
  if (await isNewerThanUs(name)) return err({ kind: 'newer-version' })
  const db = new WorkspaceDb(name)
  await db.open()
  // Another window brings a newer schema: stop writing and let it.
  db.on('versionchange', () => db.close())
  const journalName = journalNameOf(entry.id)
  const lines = await headOf(journalName, port)
  const refused = (failure: Failure) => {
    db.close()
    return err({ kind: 'journal' as const, failure })
  }
  if (!lines.ok) return refused(lines.error)
  // Pictures of earlier versions, which kept them in a journal, first: while the database is short of its journal, the next start tries again what failed here.
  if ((await db.changes.count()) < lines.value) {
    const restored = await restoreBlobs(db, `${journalName}-media`, port)
    if (!restored.ok) return refused(restored.error)
  }
  const recovery = await reconcile(db, journalName, lines.value, port, upgradeRows)
  if (!recovery.ok) return refused(recovery.error)
  const recovered = recovery.value.kind === 'rebuilt' ? recovery.value.changes : 0

  const logical = createLogicalClock(clock, nodeName())
  const journal = createJournalWriter(journalName, port, clock.now)
  let me = ''
  const store = createStore<Rows>(db, TABLE_NAMES, { clock, logical, journal, actor: () => me })
  if (recovery.value.kind === 'journal-behind') await journal.catchUp(recovery.value.changes)
  await store.loadHistory()
  const settings = await db.settings.get('settings')
  if (!settings) {
    await store.change({ command: 'startWorkspace', label: 'Started the workspace', undoable: false }, async (tx) => {
      const row: SettingsRow = { id: 'settings', ...DEFAULT_SETTINGS, zone }
      await tx.create('settings', row)
      return ok(null)
    })
  }
  // Who "you" are can be said at any time; changes carry it from then on.
  const watching = liveQuery(() => db.settings.get('settings')).subscribe((row) => {
    me = row?.me ?? ''
  })
  const closing = new AbortController()
  const close = () => {
    closing.abort()
    watching.unsubscribe()
    db.close()
  }
  const bytesBack = recovered > 0 ? bringBytesBack(shelfOf({ entry, db }), port) : Promise.resolve(0)
  return ok({ entry, db, store, journal, recovered, bytesBack, closed: closing.signal, close })
}

/** Fetched when it is needed, which is hardly ever. */
const bringBytesBack = async (shelf: Shelf, port: OriginalsPort): Promise<number> =>
  (await import('./media/originals.ts')).bringBack(shelf, port)

async function restoreBlobs(db: WorkspaceDb, name: string, port: DataPort): Promise<Result<null, Failure>> {
  for (let from = 0; ; ) {
    const page = await port.readJournal(name, from)
    if (!page.ok) return err(page.error)
    const last = page.value.at(-1)
    if (!last) return ok(null)
    for (const { text } of page.value) {
      const { id, type, bytes } = JSON.parse(text) as { id: string; type: string; bytes: string }
      await db.blobs.put({ id, type, bytes: fromBase64(bytes).buffer })
    }
    from = last.sequence + 1
  }
}
