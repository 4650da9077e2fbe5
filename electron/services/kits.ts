/** Kits for a person who posts something: a folder with files in their order and a text, where people look for what they saved. */
import { randomUUID } from 'node:crypto'
import { lstat, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Failure } from '../../shared/contract/contract.ts'
import { safeFileName, safeFolderName } from '../../shared/lib/fileName.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { FillFrom } from './bareMedia.ts'
import { freeBytes } from './disk.ts'
import { explainFault } from './failures.ts'
import { syncFolder } from './files.ts'

export interface Kit {
  /** What the folder is called, as far as a disk takes it. */
  readonly name: string
  readonly text: string
  /** `id`: of the medium. */
  readonly files: readonly { readonly id: string; readonly name: string; readonly size: number }[]
}

/** So much of a film is in memory at a time. */
const PIECE = 4 * 1024 * 1024
/** Stays free on the disk: where it is the one of the data, what is written meanwhile needs room, too. */
const SPARE = 200_000_000
const A_DAY_MS = 24 * 60 * 60 * 1000

/**
 * Makes the folder of a kit below `place`, whole or not at all, and never over another: "Launch" becomes "Launch (2)". Gives its path.
 * `measure`: free bytes of the disk.
 */
export async function saveKit(
  place: string,
  kit: Kit,
  fill: FillFrom,
  measure: (path: string) => Promise<number> = freeBytes,
): Promise<Result<string, Failure>> {
  const target = join(place, safeFolderName(kit.name))
  try {
    await mkdir(place, { recursive: true })
    await clearAbandoned(place)
    const needed = kit.files.reduce((sum, { size }) => sum + size, 0)
    const room = Math.max(0, (await measure(place)) - SPARE)
    return needed > room ? err({ kind: 'disk-full', message: noRoom(needed, room) }) : await make(target, kit, fill)
  } catch (error) {
    return err(explainFault(error, target))
  }
}

/** Filled under another name beside it, so that a folder with its own name is whole. */
async function make(target: string, { files, text }: Kit, fill: FillFrom): Promise<Result<string, Failure>> {
  const begun = join(dirname(target), `.${randomUUID()}.part`)
  const piece = new Uint8Array(PIECE)
  try {
    await mkdir(begun)
    for (const { id, name } of files) {
      const path = join(begun, safeFileName(name))
      const copied = await copyMedium(path, piece, (from, into) => fill(id, from, into))
      if (!copied.ok) return err({ ...copied.error, message: `“${name}” could not be read. Try again.` })
    }
    await writeFile(join(begun, 'text.txt'), text, { flag: 'wx', flush: true })
    await syncFolder(begun)
    const path = await putInPlace(begun, target)
    await syncFolder(dirname(target))
    return ok(path)
  } finally {
    await rm(begun, { recursive: true, force: true })
  }
}

const MB = 1_000_000
const noRoom = (needed: number, room: number) =>
  `The kit has ${Math.ceil(needed / MB)} MB, and the disk has room for ${Math.floor(room / MB)} MB. Free some space and try again.`

async function copyMedium(
  path: string,
  piece: Uint8Array,
  fill: (from: number, into: Uint8Array) => Promise<Result<number, Failure>>,
): Promise<Result<null, Failure>> {
  const file = await open(path, 'wx')
  try {
    for (let at = 0; ; at += piece.length) {
      const got = await fill(at, piece)
      if (!got.ok) return got
      // Goes on where the last one ended, and writes all of it: a disk that fills up takes a part and says nothing.
      await file.writeFile(piece.subarray(0, got.value))
      if (got.value < piece.length) break
    }
    await file.sync()
    return ok(null)
  } finally {
    await file.close()
  }
}

/** Gives the finished folder a name that is free. What took it this very moment stays: no folder is moved over one with something in it. */
async function putInPlace(begun: string, target: string): Promise<string> {
  for (let copy = 1; ; copy++) {
    const path = copy === 1 ? target : `${target} (${copy})`
    if (await isThere(path)) continue
    try {
      await rename(begun, path)
      return path
    } catch (error) {
      if (!(await isThere(path))) throw error
    }
  }
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )

/** What was begun when the computer was switched off. A young one may be another window's. */
async function clearAbandoned(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    if (!/^\.[0-9a-f-]{36}\.part$/.test(name)) continue
    const path = join(place, name)
    const begun = await stat(path).catch(() => null) // finished meanwhile
    if (begun && begun.mtimeMs < Date.now() - A_DAY_MS) await rm(path, { recursive: true, force: true })
  }
}
