/** Opening and making workspaces: a database each, listed in the registry, each with its journal. */
import { Dexie, liveQuery } from 'dexie'
import type { Failure, ResultOf } from '../../shared/contract/contract.ts'
import { DEFAULT_SETTINGS, type Waiting, type WorkspaceEntry } from '../../shared/domain/workspace.ts'
import { newId } from '../../shared/lib/ids.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { aboutOf, type Beside, type RecoveryPort } from './beside.ts'
import type { Change } from './changes.ts'
import { type Clock, createLogicalClock } from './clock.ts'
import { ageOf, onGone, RegistryDb, WorkspaceDb, workspaceDbName } from './db.ts'
import { isDatabaseFault } from './faults.ts'
import { createGuard, type DiskPort, type Guard } from './guard.ts'
import { createJournalWriter, type JournalPort } from './journal.ts'
import { bringBack, type OriginalsPort, type Shelf } from './media/originals.ts'
import { pulse } from './pulse.ts'
import { type Recovery, reconcile } from './recovery.ts'
import { createStore, type Store } from './store.ts'
import { isWhole } from './sums.ts'
import { type Rows, type SettingsRow, TABLE_NAMES } from './tables.ts'

export type DataPort = JournalPort &
  RecoveryPort &
  OriginalsPort &
  DiskPort & {
    retireMedia(shelf: string): Promise<ResultOf<'media:retire'>>
    journalHeads(): Promise<ResultOf<'journal:heads'>>
    retireJournal(name: string): Promise<ResultOf<'journal:retire'>>
    snapshotHeads(): Promise<ResultOf<'snapshot:heads'>>
    forgetSnapshots(name: string): Promise<ResultOf<'snapshot:forget'>>
  }

export interface DataDeps {
  readonly clock: Clock
  readonly port: DataPort
  /** Zone of this computer, for a new workspace. */
  readonly zone: string
  /** Writes what is still unsaved on the screen. */
  readonly flush?: () => Promise<unknown>
}

/** How long another window waits at most for what is unsaved here. */
const LAST_WORDS_MS = 3_000
const SUPERSEDED =
  'Another window has taken over this workspace. What you wrote is saved, and nothing more is changed here. Load Outpost again to go on.'
const VANISHED =
  'The browser has let go of the database, so nothing more is changed here. If you were writing, copy your last words. Then load Outpost again: what is missing comes back from the journal.'

/** An open workspace: the database to read from, the store to write through. */
export interface Workspace {
  readonly entry: WorkspaceEntry
  readonly db: WorkspaceDb
  readonly store: Store<Rows>
  readonly journal: ReturnType<typeof createJournalWriter>
  readonly guard: Guard
  /** Entries that came back from outside when it was opened; 0 in ordinary life. */
  readonly recovered: number
  /** Parts of changes that stood in damaged lines, and that no copy had. */
  readonly unrecovered: number
  /** Media whose bytes come back from their second copies after that, while one works already. */
  readonly bytesBack: Promise<number>
  /** Aborted when it is closed: what takes long stops then. */
  readonly closed: AbortSignal
  close(): void
}

export type OpenRefusal =
  | { readonly kind: 'newer-version' }
  /** The browser cannot open the database. */
  | { readonly kind: 'unopened' }
  | { readonly kind: 'journal'; readonly failure: Failure }

/** Names this copy of the app in the logical clock. */
const nodeName = () => newId().slice(-8)

export const journalNameOf = (workspaceId: string) => `ws-${workspaceId}`
const workspaceIdIn = (journalName: string) =>
  /^ws-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(journalName)?.[1]
/** Where the bytes of a workspace's media are. */
export const shelfOf = ({ entry, db }: Pick<Workspace, 'entry' | 'db'>): Shelf => ({
  db,
  shelf: journalNameOf(entry.id),
})
const REGISTRY_JOURNAL = 'registry'

/** Everything that lies outside the browser: heads of journals and of copies. Copies that cannot be listed keep nobody from work. */
async function readOutside(port: DataPort) {
  const [heads, copies] = await Promise.all([port.journalHeads(), port.snapshotHeads()])
  return heads.ok ? ok({ journals: heads.value, copies: copies.ok ? copies.value : [] }) : heads
}
type Outside = Extract<Awaited<ReturnType<typeof readOutside>>, { readonly ok: true }>['value']

/** What of it belongs to one database. */
const besideOf = ({ journals, copies }: Outside, name: string, workspace: string): Beside => ({
  name,
  workspace,
  lines: journals.find((head) => head.name === name)?.lines ?? 0,
  copies: copies.filter((head) => head.name === name && head.kind === 'hourly'),
})

/** The list of workspaces, rebuilt from its journal when the browser lost it. */
export async function openRegistry({ clock, port }: DataDeps, name?: string) {
  const db = new RegistryDb(name)
  await pulse.watch(db.open())
  const outside = await readOutside(port)
  const logical = createLogicalClock(clock, nodeName())
  const journal = createJournalWriter(REGISTRY_JOURNAL, port, clock.now)
  const store = createStore<{ workspaces: WorkspaceEntry }>(db, ['workspaces'], {
    clock,
    logical,
    journal,
    actor: () => '',
  })
  const recovery = outside.ok ? await reconcile(db, besideOf(outside.value, REGISTRY_JOURNAL, ''), port) : outside
  if (recovery.ok) await journal.catchUp(behindIn(recovery.value))
  await store.loadHistory()
  const add = async (id: string, workspaceName: string, what: string): Promise<WorkspaceEntry> => {
    const now = clock.now()
    const entry: WorkspaceEntry = { id, name: workspaceName, createdAt: now, openedAt: now, trashedAt: 0 }
    await store.change(
      { command: 'createWorkspace', label: `${what} workspace “${workspaceName}”`, undoable: false },
      async (tx) => {
        await tx.create('workspaces', entry)
        return ok(null)
      },
    )
    return entry
  }
  /** Takes in workspaces that lie beside the list and that it has never heard of: it was lost, and its journal with it. */
  const adopt = async ({ journals, copies }: Outside) => {
    const found = new Set([...journals, ...copies].flatMap((head) => workspaceIdIn(head.name) ?? []))
    for (const id of found) {
      if ((await db.patches.where('entity').equals(id).count()) > 0) continue
      const copy = copies.find((head) => head.name === journalNameOf(id))
      await add(id, aboutOf(copy)?.workspace || 'Found workspace', 'Found')
    }
  }
  const save = (label: string, id: string, fields: Partial<WorkspaceEntry>) =>
    store.change({ command: 'changeWorkspace', label, undoable: false }, async (tx) => {
      await tx.update('workspaces', id, fields)
      return ok(null)
    })
  if (outside.ok && recovery.ok) {
    await mendList(db, besideOf(outside.value, REGISTRY_JOURNAL, ''), port)
    await adopt(outside.value)
  }
  onGone(db, async () => {})
  return {
    db,
    recovery,
    list: () => db.workspaces.toArray(),
    create: (workspaceName: string) => add(newId(), workspaceName, 'Created'),
    rename: (id: string, workspaceName: string) =>
      save(`Renamed workspace to “${workspaceName}”`, id, { name: workspaceName }),
    trash: (id: string) => save('Moved workspace to the trash', id, { trashedAt: clock.now() }),
    restore: (id: string) => save('Took workspace out of the trash', id, { trashedAt: 0 }),
    opened: (id: string) => save('Opened workspace', id, { openedAt: clock.now(), waiting: null }),
    left: (id: string, waiting: Waiting | null) => save('Left workspace', id, { waiting }),
    /** Deletes a trashed workspace for good; its journal is moved aside, not erased. */
    async purge(id: string): Promise<void> {
      await Dexie.delete(workspaceDbName(id))
      // A journal that cannot be moved stays where it is: nothing opens it any more.
      await port.retireJournal(journalNameOf(id))
      await port.retireJournal(`${journalNameOf(id)}-media`)
      await port.forgetSnapshots(journalNameOf(id))
      await port.retireMedia(journalNameOf(id))
      await store.change({ command: 'purgeWorkspace', label: 'Deleted a workspace', undoable: false }, async (tx) => {
        await tx.remove('workspaces', id)
        return ok(null)
      })
    },
  }
}

/** Damaged entries are put back at once: no copy is made of the list, which would find them. */
async function mendList(db: RegistryDb, beside: Beside, port: DataPort): Promise<void> {
  const damaged = (await db.workspaces.toArray()).filter((entry) => !isWhole({ ...entry }))
  if (damaged.length === 0) return
  const { repair } = await import('./rebuild.ts')
  // Where the journal cannot be read they stay as they are, until it can.
  await repair(
    db,
    beside,
    damaged.map(({ id }) => ({ table: 'workspaces', id })),
    port,
  )
}

export type Registry = Awaited<ReturnType<typeof openRegistry>>

/** Opens a workspace: refuses a newer schema, brings back what the browser lost, gives it settings on its first day. */
export async function openWorkspace(entry: WorkspaceEntry, deps: DataDeps): Promise<Result<Workspace, OpenRefusal>> {
  try {
    return await open(entry, deps)
  } catch (thrown) {
    if (isDatabaseFault(thrown)) return err({ kind: 'unopened' })
    throw thrown
  }
}

async function open(
  entry: WorkspaceEntry,
  { clock, port, zone, flush = async () => {} }: DataDeps,
): Promise<Result<Workspace, OpenRefusal>> {
  const name = workspaceDbName(entry.id)
  const age = await pulse.watch(ageOf(name))
  if (age === 'newer') return err({ kind: 'newer-version' })
  const journalName = journalNameOf(entry.id)
  if (age === 'older') {
    const { copyBeforeMigration } = await import('./snapshots/beforeMigration.ts')
    const copied = await copyBeforeMigration(name, { name: journalName, workspace: entry.name }, port)
    if (!copied.ok) return err({ kind: 'journal', failure: copied.error })
  }
  const db = new WorkspaceDb(name)
  await pulse.watch(db.open())
  const refused = (failure: Failure) => {
    db.close()
    return err({ kind: 'journal' as const, failure })
  }
  const outside = await readOutside(port)
  if (!outside.ok) return refused(outside.error)
  const recovery = await reconcile(db, besideOf(outside.value, journalName, entry.name), port)
  if (!recovery.ok) return refused(recovery.error)
  // Counted first: a library of thousands need not name them all at every start.
  if ((await db.media.count()) > (await db.blobs.count())) {
    const lost = new Set(await db.media.toCollection().primaryKeys())
    for (const id of await db.blobs.toCollection().primaryKeys()) lost.delete(id)
    const { bringBackBlobs } = await import('./blobs.ts')
    const restored = await bringBackBlobs(db, lost, `${journalName}-media`, port)
    if (!restored.ok) return refused(restored.error)
  }

  const logical = createLogicalClock(clock, nodeName())
  const journal = createJournalWriter(journalName, port, clock.now)
  const guard = createGuard(port)
  let me = ''
  const store = createStore<Rows>(db, TABLE_NAMES, { clock, logical, journal, actor: () => me, check: guard.check })
  await journal.catchUp(behindIn(recovery.value))
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
  onGone(db, async (how) => {
    if (closing.signal.aborted) return
    if (how === 'superseded')
      await Promise.race([flush(), new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS))])
    guard.stop(how === 'superseded' ? SUPERSEDED : VANISHED)
    close()
  })
  const { entries: recovered, left: unrecovered } =
    recovery.value.kind === 'rebuilt' ? recovery.value : { entries: 0, left: 0 }
  const bytesBack = recovered > 0 ? bringBack(shelfOf({ entry, db }), port) : Promise.resolve(0)
  return ok({ entry, db, store, journal, guard, recovered, unrecovered, bytesBack, closed: closing.signal, close })
}

/** Changes that the journal lacks. */
const behindIn = (recovery: Recovery): readonly Change[] =>
  recovery.kind === 'rebuilt' ? recovery.behind : recovery.kind === 'journal-behind' ? recovery.changes : []
