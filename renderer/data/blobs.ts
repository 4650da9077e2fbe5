/** Bytes of pictures as their journal has them. */
import type { Failure } from '../../shared/contract/contract.ts'
import { fromBase64 } from '../../shared/lib/base64.ts'
import { ok, type Result } from '../../shared/lib/result.ts'
import type { JournalReader } from './beside.ts'
import type { StoredBlob, WorkspaceDb } from './db.ts'

/** The pictures in a journal, one after the other, with the line each stands in. */
export async function* blobsIn(
  name: string,
  port: JournalReader,
): AsyncGenerator<Result<{ readonly blob: StoredBlob; readonly line: string }, Failure>> {
  for (let from = 0; ; ) {
    const page = await port.readJournal(name, from)
    if (!page.ok) return yield page
    const last = page.value.at(-1)
    if (!last) return
    for (const { text } of page.value) {
      const { id, type, bytes } = JSON.parse(text) as { id: string; type: string; bytes: string }
      yield ok({ blob: { id, type, bytes: fromBase64(bytes).buffer }, line: text })
    }
    from = last.sequence + 1
  }
}

/** Brings back the bytes of pictures that the database lost, as far as the journal has them. */
export async function bringBackBlobs(
  db: WorkspaceDb,
  lost: ReadonlySet<string>,
  name: string,
  port: JournalReader,
): Promise<Result<null, Failure>> {
  for await (const found of blobsIn(name, port)) {
    if (!found.ok) return found
    if (lost.has(found.value.blob.id)) await db.blobs.put(found.value.blob)
  }
  return ok(null)
}
