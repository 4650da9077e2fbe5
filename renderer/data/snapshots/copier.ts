import { WorkspaceDb } from '../db.ts'
import { TABLE_NAMES } from '../tables.ts'
import { linesOf } from './lines.ts'
import type { CopiedLine, CopyOrder, FromCopier, ToCopier } from './messages.ts'

/** The lines of a copy of a workspace, made in a worker that ends with the last of them. A bug there is thrown here. */
export async function* copiedLines(order: CopyOrder): AsyncGenerator<CopiedLine> {
  if (typeof Worker === 'undefined') return yield* besideUs(order)
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'copy' })
  const ask = (message: ToCopier) =>
    new Promise<CopiedLine | null>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FromCopier>) =>
        'why' in data ? reject(new Error(data.why)) : resolve(data.copied)
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
