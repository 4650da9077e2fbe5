/** The bytes of media: in the database and in a plain file beside it, in parts, never as a whole in memory. */
import type { Failure, ResultOf } from '../../../shared/contract/contract.ts'
import { toBase64 } from '../../../shared/lib/base64.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { WorkspaceDb } from '../db.ts'
import { isDiskFull } from '../faults.ts'

export interface OriginalsPort {
  appendMedia(
    shelf: string,
    id: string,
    part: { at: number; bytes: string; last: boolean },
  ): Promise<ResultOf<'media:append'>>
  readMedia(
    shelf: string,
    id: string,
    from: number,
  ): Promise<Result<{ bytes: Uint8Array<ArrayBuffer>; size: number }, Failure>>
  dropMedia(shelf: string, ids: readonly string[]): Promise<ResultOf<'media:drop'>>
}

/** Where a workspace keeps its bytes: its database and its folder of second copies. */
export interface Shelf {
  readonly db: WorkspaceDb
  /** Name of the folder. */
  readonly shelf: string
}

/** Small enough that the page does not stand still while a part crosses the bridge. */
const PART = 1024 * 1024

export interface KeepOptions {
  readonly signal?: AbortSignal
  /** Bytes written so far. */
  readonly onProgress?: (written: number) => void
}

/**
 * Keeps the bytes of a medium twice, the second copy first. Its row comes after, so that no row lacks its bytes. Refused where either
 * copy could not be written: a picture without its second copy would be called saved. Nothing is left behind then.
 */
export async function keepBytes(
  { db, shelf }: Shelf,
  port: OriginalsPort,
  { id, bytes }: { readonly id: string; readonly bytes: Blob },
  options: KeepOptions = {},
): Promise<Result<null, Failure>> {
  const beside = await putBeside(port, shelf, { id, bytes }, options)
  if (!beside.ok) return beside
  try {
    await db.blobs.put({ id, type: bytes.type, bytes })
    return ok(null)
  } catch (thrown) {
    if (!isDiskFull(thrown)) throw thrown
    await port.dropMedia(shelf, [id])
    return err({ kind: 'disk-full', message: 'The disk is full. Make room on it and try again.' })
  }
}

/** Puts bytes into a file of the shelf only, where the shell reads them. Nothing is left behind when it fails. */
export async function putBeside(
  port: OriginalsPort,
  shelf: string,
  { id, bytes }: { readonly id: string; readonly bytes: Blob },
  { signal, onProgress }: KeepOptions = {},
): Promise<Result<null, Failure>> {
  const refuse = async (failure: Failure) => {
    await port.dropMedia(shelf, [id])
    return err(failure)
  }
  for (let at = 0, last = false; !last; at += PART) {
    if (signal?.aborted) return refuse({ kind: 'cancelled', message: 'Stopped.' })
    last = at + PART >= bytes.size
    const part = await read(bytes.slice(at, at + PART))
    if (!part) return refuse({ kind: 'not-found', message: 'The file is not there any more, or has changed.' })
    const written = await port.appendMedia(shelf, id, { at, bytes: toBase64(part), last })
    if (!written.ok) return refuse(written.error)
    onProgress?.(written.value.size)
  }
  return ok(null)
}

/** null when the file behind a blob has gone, has changed, or may not be read. */
const read = (part: Blob): Promise<Uint8Array | null> =>
  part.arrayBuffer().then(
    (bytes) => new Uint8Array(bytes),
    (thrown: unknown) => {
      if (thrown instanceof DOMException) return null
      throw thrown
    },
  )

/** Takes the bytes of media away, both copies and their small pictures. For what no row speaks of any more. */
export async function dropBytes({ db, shelf }: Shelf, port: OriginalsPort, ids: readonly string[]): Promise<void> {
  await db.transaction('rw', db.blobs, db.thumbs, async () => {
    await db.blobs.bulkDelete([...ids])
    await db.thumbs.bulkDelete([...ids])
  })
  // A copy that cannot be deleted stays: nothing asks for it any more.
  await port.dropMedia(shelf, ids)
}

/** The bytes of a medium. Where the database has lost them they come back from the second copy; null when that is gone, too. */
export async function bytesOf({ db, shelf }: Shelf, port: OriginalsPort, id: string): Promise<Blob | null> {
  const stored = await db.blobs.get(id)
  if (stored) return new Blob([stored.bytes], { type: stored.type })
  const medium = await db.media.get(id)
  const bytes = medium && (await secondCopyOf(port, shelf, medium))
  if (!bytes) return null
  await db.blobs.put({ id, type: bytes.type, bytes })
  return bytes
}

/** The second copy of a medium of a workspace, which need not be the open one; null when there is none. */
export async function secondCopyOf(
  port: Pick<OriginalsPort, 'readMedia'>,
  shelf: string,
  { id, type }: { readonly id: string; readonly type: string },
): Promise<Blob | null> {
  let bytes = new Blob([], { type })
  for (;;) {
    const part = await port.readMedia(shelf, id, bytes.size)
    if (!part.ok) return null
    // Each step hands what is there to the browser, so that a film is not gathered in memory.
    bytes = new Blob([bytes, part.value.bytes], { type })
    if (bytes.size >= part.value.size) return bytes
  }
}

/** Brings back the bytes of every medium whose row has none. Gives how many came; stops when the database is closed. */
export async function bringBack(shelf: Shelf, port: OriginalsPort): Promise<number> {
  const { db } = shelf
  let came = 0
  try {
    const there = new Set(await db.blobs.toCollection().primaryKeys())
    const lacking = (await db.media.toCollection().primaryKeys()).filter((id) => !there.has(id))
    for (const id of lacking) if (await bytesOf(shelf, port, id)) came += 1
  } catch (thrown) {
    // Closed meanwhile: whoever opens it next goes on.
    if (db.isOpen()) throw thrown
  }
  return came
}
