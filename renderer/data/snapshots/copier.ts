import { WorkspaceDb } from '../db.ts'
import { TABLE_NAMES } from '../tables.ts'
import { linesOf } from './lines.ts'
import type { CopiedLine, CopyOrder, FromCopier, ToCopier } from './messages.ts'

/** Far longer than some hundred rows take: a worker that says nothing for so long waits for a database that does not answer. */
const LONGEST_MS = 60_000

/** The lines of a copy of a workspace, made in a worker that ends with the last of them. A bug there is thrown here, and so is its silence. */
export async function* copiedLines(order: CopyOrder): AsyncGenerator<CopiedLine> {
  if (typeof Worker === 'undefined') return yield* besideUs(order)
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'copy' })
  const ask = (message: ToCopier) =>
    new Promise<CopiedLine | null>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('The database does not answer.')), LONGEST_MS)
      worker.onmessage = ({ data }: MessageEvent<FromCopier>) => {
        clearTimeout(late)
        if ('why' in data) reject(new Error(data.why))
        else resolve(data.copied)
      }
      worker.onerror = (event) => reject(new Error(event.message))
      worker.postMessage(message)
    })
  try {
    for (let copied = await ask({ begin: order }); copied; copied = await ask('next')) yield copied
  } finally {
    worker.terminate()
  }
}

/** Where there are no workers (tests). */
async function* besideUs({ dbName, ...names }: CopyOrder): AsyncGenerator<CopiedLine> {
  const db = new WorkspaceDb(dbName)
  try {
    yield* linesOf(db, TABLE_NAMES, names)
  } finally {
    db.close()
  }
}
