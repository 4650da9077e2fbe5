/**
 * A copy opened beside what it is a copy of: nothing is replaced, and whoever wants a text back takes it from there. Its accounts are
 * paused, or both would publish the same posts.
 */
import type { Failure, SnapshotHead } from '../../../shared/contract/contract.ts'
import type { Medium } from '../../../shared/domain/medium.ts'
import type { WorkspaceEntry } from '../../../shared/domain/workspace.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { blobsIn } from '../blobs.ts'
import { keepBytes, secondCopyOf } from '../media/originals.ts'
import { completed } from '../migrations/index.ts'
import { readJournal } from '../rebuild.ts'
import { TABLE_NAMES } from '../tables.ts'
import { type DataDeps, openWorkspace, type Registry, shelfOf, type Workspace } from '../workspace.ts'
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
  const pictures = await takePictures(opened.value, head.name, state, deps)
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
          .map((row) => completed(table, row))
          .map((row) => (table === 'accounts' ? { ...row, pause: { why: 'copy', since: tx.now } } : row))
        // A new workspace has its settings already.
        if (table !== 'settings') await tx.createMany(table, rows as never)
        else for (const { id: _id, ...fields } of rows) await tx.update('settings', 'settings', fields)
      }
      return ok(null)
    },
  )

/** The pictures of the copy, from beside the workspace it was made of, as far as they are there. */
async function takePictures(
  workspace: Workspace,
  from: string,
  state: State,
  { port }: DataDeps,
): Promise<Result<null, Failure>> {
  // Rows of this table are media: the log only carries what commands wrote.
  const media = [...(state.get('media')?.values() ?? [])] as unknown as Medium[]
  const older = new Set<string>()
  for (const medium of media) {
    const bytes = await secondCopyOf(port, from, medium)
    if (!bytes) {
      older.add(medium.id)
      continue
    }
    const kept = await keepBytes(shelfOf(workspace), port, { id: medium.id, bytes })
    if (!kept.ok) return kept
  }
  if (older.size === 0) return ok(null)
  // Earlier versions kept pictures in a journal of their own.
  for await (const found of blobsIn(`${from}-media`, port)) {
    if (!found.ok) return found
    const { id, type, bytes } = found.value.blob
    if (!older.has(id)) continue
    const kept = await keepBytes(shelfOf(workspace), port, { id, bytes: new Blob([bytes], { type }) })
    if (!kept.ok) return kept
  }
  return ok(null)
}
