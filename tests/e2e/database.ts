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

/** Keeps every write to the workspace waiting until it is disposed of: a transaction that does not end. */
export async function holdWrites(page: Page): Promise<AsyncDisposable> {
  await page.evaluate(async () => {
    const name = (await indexedDB.databases()).find((database) => database.name?.startsWith('outpost-'))?.name ?? ''
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const held = { on: true }
    const store = db.transaction('posts', 'readwrite').objectStore('posts')
    const goOn = () => {
      if (held.on) store.count().onsuccess = goOn
      else db.close()
    }
    goOn()
    Object.assign(window, { held })
  })
  const release = () =>
    page.evaluate(() => {
      Object.assign((window as unknown as { held: object }).held, { on: false })
    })
  return { [Symbol.asyncDispose]: release }
}
