/**
 * The disk the data lies on: how much room is left, whether it takes what is written, and a reserve that is given up in the moment it
 * is full, so that what is under way still gets its second copy.
 */
import { randomBytes } from 'node:crypto'
import { open, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure } from '../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { ownerOnlyFolder } from './dataFolder.ts'
import { explainFault } from './failures.ts'

export interface Disk {
  /** Free bytes; a failure says why the disk takes nothing. */
  room(): Promise<Result<{ free: number }, Failure>>
  /** Gives up the reserve; false when there was none. */
  release(): Promise<boolean>
}

/** Bytes of the reserve. */
const RESERVE = 16 * 1024 * 1024
/** It is laid in when so much would still be free afterwards. */
const AMPLE = 4 * RESERVE
const TEST = 4096

/** The disk under a folder. `measure` gives its free bytes. */
export function createDisk(folder: string, measure: (path: string) => Promise<number> = freeBytes): Disk {
  const reserve = join(folder, 'reserve')
  const test = join(folder, 'write-test')
  const look = async (): Promise<Result<{ free: number }, Failure>> => {
    try {
      await ownerOnlyFolder(folder)
      const free = await measure(folder)
      if (!(await takesWhatIsWritten(test)))
        return err({ kind: 'failed', message: `The disk gave back something else than was written in ${folder}.` })
      if (free > RESERVE + AMPLE && (await sizeOf(reserve)) < RESERVE) await writeDurably(reserve, randomBytes(RESERVE))
      return ok({ free })
    } catch (error) {
      return err(explainFault(error, folder))
    }
  }
  let looking: ReturnType<typeof look> | null = null
  return {
    // One look for all who ask meanwhile: two at a time would find each other's test, or take it away.
    room: () => {
      looking ??= look().finally(() => {
        looking = null
      })
      return looking
    },
    release: async () => {
      const had = (await sizeOf(reserve)) > 0
      await rm(reserve, { force: true })
      return had
    },
  }
}

export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path)
  return bavail * bsize
}

const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size
  } catch {
    return 0 // not there, or out of reach, which the write test says in words
  }
}

// Random bytes: a disk that compresses would reserve nothing for others.
async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.datasync()
  } finally {
    await file.close()
  }
}

async function takesWhatIsWritten(path: string): Promise<boolean> {
  const bytes = randomBytes(TEST)
  try {
    await writeDurably(path, bytes)
    const file = await open(path, 'r')
    try {
      return bytes.equals(await file.readFile())
    } finally {
      await file.close()
    }
  } finally {
    await rm(path, { force: true })
  }
}
