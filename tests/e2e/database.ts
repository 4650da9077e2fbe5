/** The rows of the one workspace there is, read and written beside the app: what no screen shows, and what no screen would write. */
import type { Page } from '@playwright/test'

export type Row = Readonly<Record<string, unknown>>

/** Puts rows by table, then reads whole tables, in one transaction. Reload the page to have it see what was put. */
async function inDatabase(
  page: Page,
  put: Readonly<Record<string, readonly object[]>>,
  read: readonly string[],
): Promise<Readonly<Record<string, readonly Row[]>>> {
  return page.evaluate(
    async ([puts, reads]) => {
      const name = (await indexedDB.databases()).find((found) => found.name?.startsWith('outpost-'))?.name ?? ''
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      const tx = db.transaction([...new Set([...Object.keys(puts), ...reads])], 'readwrite')
      for (const [table, rows] of Object.entries(puts)) for (const row of rows) tx.objectStore(table).put(row)
      const asked = reads.map((table) => [table, tx.objectStore(table).getAll()] as const)
      await new Promise<void>((resolve, reject) => {
        tx.oncomplete = () => resolve()
        tx.onabort = () => reject(tx.error)
      })
      db.close()
      return Object.fromEntries(asked.map(([table, { result }]) => [table, result]))
    },
    [put, read] as const,
  )
}

/** Writes rows, by table. */
export const putRows = async (page: Page, rows: Readonly<Record<string, readonly object[]>>): Promise<void> => {
  await inDatabase(page, rows, [])
}

/** Every row of a table. */
export const rowsOf = async (page: Page, table: string): Promise<readonly Row[]> =>
  (await inDatabase(page, {}, [table]))[table] ?? []
