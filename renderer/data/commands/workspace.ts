/** Commands for the smaller nouns: channels, people, pillars, day notes, views, settings. */

import type { Settings } from '../../../shared/domain/workspace.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { ok } from '../../../shared/lib/result.ts'
import type { Rows } from '../tables.ts'
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
