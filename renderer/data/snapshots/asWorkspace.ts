/** A copy opened beside what it is a copy of: nothing is replaced, and whoever wants a text back takes it from there. */
import type { Failure, SnapshotHead } from '../../../shared/contract/contract.ts'
import type { WorkspaceEntry } from '../../../shared/domain/workspace.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { blobsIn } from '../blobs.ts'
import type { Row } from '../patches.ts'
import { readJournal } from '../rebuild.ts'
import { TABLE_NAMES } from '../tables.ts'
import { type DataDeps, journalNameOf, openWorkspace, type Registry, type Workspace } from '../workspace.ts'
import { readSnapshot, type State, stateOf } from './restore.ts'

/** Makes a workspace of a copy. `name`: what it is called. */
export async function asWorkspace(
  head: Pick<SnapshotHead, 'name' | 'at'>,
  name: string,
  registry: Registry,
  deps: DataDeps,
): Promise<Result<WorkspaceEntry, Failure>> {
  const { port } = deps
  const [read, journal] = await Promise.all([readSnapshot(head, port), readJournal(head.name, port)])
  if (!read.ok) return read
  if (!journal.ok) return journal
  if (!read.value) return err({ kind: 'failed', message: 'This copy is damaged. The one before it may be whole.' })
  // What changed while the copy was being made is in some of its rows: with the log up to its end it is in all of them.
  const end =
    read.value.pieces
      .map(({ upTo }) => upTo)
      .sort()
      .at(-1) ?? ''
  const { state } = stateOf(
    read.value,
    journal.value.changes.filter(({ id }) => id <= end),
  )
  const entry = await registry.create(name)
  const opened = await openWorkspace(entry, deps)
  if (!opened.ok) {
    await registry.trash(entry.id)
    return err({ kind: 'failed', message: 'A new workspace could not be opened.' })
  }
  const pictures = await takePictures(opened.value, `${head.name}-media`, state, deps)
  if (pictures.ok) await fill(opened.value, state, name)
  opened.value.close()
  if (!pictures.ok) {
    await registry.trash(entry.id)
    return pictures
  }
  return ok(entry)
}

const fill = ({ store }: Workspace, state: State, name: string) =>
  store.change<null, never>(
    { command: 'bringBackCopy', label: `Brought back ${name}`, undoable: false },
    async (tx) => {
      for (const table of TABLE_NAMES) {
        const rows = [...(state.get(table)?.values() ?? [])]
        // A new workspace has its settings already.
        if (table !== 'settings') await tx.createMany(table, rows as never)
        else for (const { id: _id, ...fields } of rows) await tx.update('settings', 'settings', fields)
      }
      return ok(null)
    },
  )

/** The pictures of the copy, out of the journal of the workspace it was made of, as far as they are there. */
async function takePictures(
  { db, entry }: Workspace,
  from: string,
  state: State,
  { port }: DataDeps,
): Promise<Result<null, Failure>> {
  const wanted: ReadonlyMap<string, Row> = state.get('media') ?? new Map()
  if (wanted.size === 0) return ok(null)
  for await (const found of blobsIn(from, port)) {
    if (!found.ok) return found
    const { blob, line } = found.value
    if (!wanted.has(blob.id)) continue
    const kept = await port.appendJournal(`${journalNameOf(entry.id)}-media`, [line])
    if (!kept.ok) return kept
    await db.blobs.put(blob)
  }
  return ok(null)
}
