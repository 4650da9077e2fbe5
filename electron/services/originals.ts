/**
 * The second copy of the library: one plain file for each medium, a folder a workspace. Not in a journal, which is read at every
 * start and keeps what was deleted: a film is written in parts, found again by its name, and gone when it is deleted for good.
 */
import { existsSync } from 'node:fs'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure } from '../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { ownerOnlyFolder } from './dataFolder.ts'
import { explainFault } from './failures.ts'
import { syncFolder } from './files.ts'

export interface OriginalPart {
  /** Bytes written so far; 0 begins the file anew. */
  readonly at: number
  readonly bytes: Uint8Array
  /** Nothing follows: the file is flushed and whole. */
  readonly last: boolean
}

export interface Originals {
  /** Adds to a file. Only a whole one is ever read or listed. Gives the bytes written so far. */
  append(shelf: string, id: string, part: OriginalPart): Promise<Result<{ size: number }, Failure>>
  /** About a megabyte from a byte on, and how many bytes there are in all. */
  read(shelf: string, id: string, from: number): Promise<Result<{ bytes: Buffer; size: number }, Failure>>
  /** Fills an array with the bytes from one on, and gives how many there were. */
  fill(shelf: string, id: string, from: number, into: Uint8Array): Promise<Result<number, Failure>>
  /** What is whole. What was begun before this process and never ended is taken away: nobody goes on with it. */
  list(shelf: string): Promise<Result<{ id: string; size: number }[], Failure>>
  /** Deletes files, begun ones too; those that are not there are gone already. */
  drop(shelf: string, ids: readonly string[]): Promise<Result<null, Failure>>
  /** Moves the folder aside. */
  retire(shelf: string): Promise<Result<null, Failure>>
}

const PAGE = 1024 * 1024
const BEGUN = '.part'

/** `folder` holds a folder for each workspace; all of it is readable by its owner only. */
export function createOriginals(folder: string): Originals {
  const shelfOf = (shelf: string) => join(folder, shelf)
  /** Paths of what this process has begun, as they are called until they are whole. */
  const begun = new Set<string>()

  /** What went wrong, as a refusal. */
  async function tried<T>(what: string, job: () => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    try {
      return await job()
    } catch (error) {
      return err(explainFault(error, what))
    }
  }

  return {
    append: (shelf, id, { at, bytes, last }) =>
      tried('the second copy', async () => {
        await ownerOnlyFolder(folder)
        await ownerOnlyFolder(shelfOf(shelf))
        const path = join(shelfOf(shelf), id)
        begun.add(path + BEGUN)
        const file = await open(path + BEGUN, at === 0 ? 'w' : 'r+', 0o600)
        try {
          const { size } = await file.stat()
          if (size !== at) return err({ kind: 'failed', message: `The second copy has ${size} bytes, not ${at}.` })
          // A disk that fills up takes a part and says nothing; asked for the rest, it does.
          for (let taken = 0; taken < bytes.length; )
            taken += (await file.write(bytes, taken, bytes.length - taken, at + taken)).bytesWritten
          if (last) await file.sync()
        } finally {
          await file.close()
        }
        if (last) {
          await rename(path + BEGUN, path)
          await syncFolder(shelfOf(shelf))
        }
        return ok({ size: at + bytes.length })
      }),

    read: (shelf, id, from) =>
      tried('the second copy', async () => {
        const file = await open(join(shelfOf(shelf), id), 'r')
        try {
          const { size } = await file.stat()
          const bytes = Buffer.alloc(Math.max(0, Math.min(PAGE, size - from)))
          const { bytesRead } = await file.read(bytes, 0, bytes.length, from)
          return ok({ bytes: bytes.subarray(0, bytesRead), size })
        } finally {
          await file.close()
        }
      }),

    fill: (shelf, id, from, into) =>
      tried('the second copy', async () => {
        const file = await open(join(shelfOf(shelf), id), 'r')
        try {
          let got = 0
          while (got < into.length) {
            const { bytesRead } = await file.read(into, got, into.length - got, from + got)
            if (bytesRead === 0) break
            got += bytesRead
          }
          return ok(got)
        } finally {
          await file.close()
        }
      }),

    list: (shelf) =>
      tried('the second copies', async () => {
        await ownerOnlyFolder(folder)
        const all = await readdir(await ownerOnlyFolder(shelfOf(shelf)))
        const names = all.filter((name) => !name.endsWith(BEGUN))
        const left = all.map((name) => join(shelfOf(shelf), name)).filter((path) => path.endsWith(BEGUN))
        for (const path of left) if (!begun.has(path)) await rm(path, { force: true })
        const sizes = await Promise.all(names.map(async (name) => (await stat(join(shelfOf(shelf), name))).size))
        return ok(names.map((id, index) => ({ id, size: sizes[index] ?? 0 })))
      }),

    drop: (shelf, ids) =>
      tried('the second copy', async () => {
        for (const id of ids) for (const name of [id, id + BEGUN]) await rm(join(shelfOf(shelf), name), { force: true })
        return ok(null)
      }),

    retire: (shelf) =>
      tried('the second copies', async () => {
        if (!existsSync(shelfOf(shelf))) return ok(null)
        const stamp = new Date().toISOString().replace(/[:.]/g, '-')
        await rename(shelfOf(shelf), `${shelfOf(shelf)}.retired-${stamp}`)
        await syncFolder(folder)
        return ok(null)
      }),
  }
}
