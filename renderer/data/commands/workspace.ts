/** Commands for the smaller nouns: channels, people, pillars, day notes, views, media, settings. */

import type { Failure } from '../../../shared/contract/contract.ts'
import type { Medium, Settings } from '../../../shared/domain/workspace.ts'
import { toBase64 } from '../../../shared/lib/base64.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { ok, type Result } from '../../../shared/lib/result.ts'
import type { JournalPort } from '../journal.ts'
import type { Rows } from '../tables.ts'
import { journalNameOf, type Workspace } from '../workspace.ts'
import type { PostStore } from './posts.ts'

type SmallTable =
  | 'channels'
  | 'people'
  | 'pillars'
  | 'dayNotes'
  | 'views'
  | 'snippets'
  | 'mentions'
  | 'brandWords'
  | 'personas'
  | 'templates'

/** Adds a row to one of the small tables. Gives its id. */
export async function addRow<N extends SmallTable>(
  store: PostStore,
  table: N,
  fields: Omit<Rows[N], 'id' | 'trashedAt'>,
  label: string,
): Promise<string> {
  const id = newId()
  await store.change<null, never>({ command: 'addRow', label }, async (tx) => {
    await tx.create(table, { ...fields, id, trashedAt: 0 } as unknown as Rows[N])
    return ok(null)
  })
  return id
}

/** Sets fields of a row; what builds on its lists is given as a function of the row, since the screen may be a moment behind. */
export const editRow = <N extends SmallTable>(
  store: PostStore,
  table: N,
  id: string,
  fields: Partial<Rows[N]> | ((row: Rows[N]) => Partial<Rows[N]>),
  label: string,
  gesture?: string,
) =>
  store.change<null, never>({ command: 'editRow', label, group: gesture }, async (tx) => {
    // A row that is not there throws in the update.
    await tx.update(table, id, typeof fields === 'function' ? fields((await tx.get(table, id)) as Rows[N]) : fields)
    return ok(null)
  })

/** Changes settings of the workspace. Looks (theme, density) and memory (last time) are not steps of undo. */
export const changeSettings = (
  store: PostStore,
  fields: Partial<Settings>,
  label = 'Changed settings',
  undoable = false,
) =>
  store.change<null, never>({ command: 'changeSettings', label, undoable }, async (tx) => {
    await tx.update('settings', 'settings', fields)
    return ok(null)
  })

/**
 * Keeps the bytes of a medium, in the journal beside the database and in it. Its row comes after, so that no row lacks its bytes.
 * Refused where the journal could not take them: a picture without its second copy would be called saved.
 */
export async function keepBytes(
  workspace: Workspace,
  port: JournalPort,
  { id, type, bytes }: { readonly id: string; readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> },
): Promise<Result<null, Failure>> {
  const written = await port.appendJournal(`${journalNameOf(workspace.entry.id)}-media`, [
    JSON.stringify({ id, type, bytes: toBase64(bytes) }),
  ])
  if (!written.ok) return written
  await workspace.db.blobs.put({ id, type, bytes: bytes.buffer })
  return ok(null)
}

/** Keeps a picture. Gives its id. */
export async function addMedium(
  workspace: Workspace,
  port: JournalPort,
  bytes: Uint8Array<ArrayBuffer>,
  fields: Pick<Medium, 'name' | 'type' | 'width' | 'height' | 'alt'>,
): Promise<Result<string, Failure>> {
  const id = newId()
  const kept = await keepBytes(workspace, port, { id, type: fields.type, bytes })
  if (!kept.ok) return kept
  await workspace.store.change<null, never>({ command: 'addMedium', label: `Added ${fields.name}` }, async (tx) => {
    await tx.create('media', { ...fields, id, size: bytes.byteLength, createdAt: tx.now, trashedAt: 0 })
    return ok(null)
  })
  return ok(id)
}
