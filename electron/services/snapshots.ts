/**
 * Whole copies of a workspace, taken while it changes: a folder beside the journal, in it one for each workspace. A copy has its name
 * only once it was read back and found to be what was written; until then it is unfinished, and the next one takes its place.
 */
import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure, SnapshotHead } from '../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { ownerOnlyFolder } from './dataFolder.ts'
import { explainFault } from './failures.ts'
import { syncFolder } from './files.ts'
import { CHUNK, encode, firstLine, type JournalLine, pageOf } from './lines.ts'
import { createTurns } from './turns.ts'

export type SnapshotKind = SnapshotHead['kind']

export interface Snapshots {
  /** Adds lines to the copy that is being made; `begin` starts a new one. The first line says what the copy holds. */
  write(name: string, lines: readonly string[], begin: boolean): Promise<Result<null, Failure>>
  /** Reads the copy back and gives it its name; lets go of those that are older than what is kept. */
  finish(name: string, kind: SnapshotKind): Promise<Result<SnapshotHead, Failure>>
  /** Every finished copy, the newest of a workspace first. */
  heads(): Promise<Result<SnapshotHead[], Failure>>
  /** Readable lines of one copy, paged as those of a journal. */
  read(name: string, at: number, from: number): Promise<Result<JournalLine[], Failure>>
  /** Removes every copy of a workspace. */
  forget(name: string): Promise<Result<null, Failure>>
  close(): Promise<void>
}

const HOURLY_KEPT = 24
const DAYS_KEPT = 14
const BEFORE_KEPT = 5
const UNFINISHED = 'unfinished.jsonl'
const FINISHED = /^(\d{13})-(hourly|before)\.jsonl$/

interface Unfinished {
  readonly file: FileHandle
  /** Of every byte that was written, to compare with what is there. */
  readonly written: Hash
  lines: number
}

/** The copies, newest first, that are not to be kept: all but the last 24, one for each of the last 14 days, and 5 made before a replace. */
export function outdated<T extends Pick<SnapshotHead, 'at' | 'kind'>>(newestFirst: readonly T[]): T[] {
  const hourly = newestFirst.filter(({ kind }) => kind === 'hourly')
  const byDay = Map.groupBy(hourly, ({ at }) => new Date(at).toISOString().slice(0, 10))
  // Days on which there was a copy: who was away for a month finds what was there before.
  const daily = [...byDay.values()].slice(0, DAYS_KEPT).flatMap((day) => day.slice(0, 1))
  const kept = new Set([
    ...hourly.slice(0, HOURLY_KEPT),
    ...daily,
    ...newestFirst.filter(({ kind }) => kind === 'before').slice(0, BEFORE_KEPT),
  ])
  return newestFirst.filter((head) => !kept.has(head))
}

/** Snapshots in one folder, readable by their owner only. */
export function createSnapshots(folder: string, now: () => number = Date.now, openFile: typeof open = open): Snapshots {
  const making = new Map<string, Unfinished>()
  const turns = createTurns()
  const folderOf = (name: string) => join(folder, name)
  const pathOf = (name: string, { at, kind }: Pick<SnapshotHead, 'at' | 'kind'>) =>
    join(folderOf(name), `${at}-${kind}.jsonl`)

  /** Runs a job in its turn; a fault of the disk comes back as words, and leaves nothing half made. */
  const job = <T>(name: string, work: () => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> =>
    turns.take(name, async () => {
      try {
        return await work()
      } catch (error) {
        if (making.has(name)) await drop(name)
        return err(explainFault(error, folderOf(name)))
      }
    })

  async function drop(name: string): Promise<void> {
    const unfinished = making.get(name)
    making.delete(name)
    await unfinished?.file.close()
    await rm(join(folderOf(name), UNFINISHED), { force: true })
  }

  async function begin(name: string): Promise<Unfinished> {
    await ownerOnlyFolder(folder)
    await ownerOnlyFolder(folderOf(name))
    await drop(name)
    const file = await openFile(join(folderOf(name), UNFINISHED), 'wx+', 0o600)
    const unfinished: Unfinished = { file, written: createHash('sha256'), lines: 0 }
    making.set(name, unfinished)
    return unfinished
  }

  async function headOf(name: string, copy: Pick<SnapshotHead, 'at' | 'kind'>): Promise<SnapshotHead> {
    const file = await openFile(pathOf(name, copy), 'r')
    try {
      const about = await firstLine(file)
      return { name, ...copy, bytes: (await file.stat()).size, about: about?.text ?? '' }
    } finally {
      await file.close()
    }
  }

  /** The copies of a workspace, newest first. */
  async function copiesOf(name: string): Promise<Pick<SnapshotHead, 'at' | 'kind'>[]> {
    const copies = (await readdir(folderOf(name))).flatMap((file) => {
      const found = FINISHED.exec(file)
      return found ? [{ at: Number(found[1]), kind: found[2] as SnapshotKind }] : []
    })
    return copies.sort((a, b) => b.at - a.at)
  }

  return {
    write: (name, lines, first) =>
      job(name, async () => {
        const unfinished = first ? await begin(name) : making.get(name)
        if (!unfinished) return err({ kind: 'failed', message: 'No copy is being made.' })
        const text = lines.map((line) => encode({ sequence: unfinished.lines++, text: line })).join('')
        unfinished.written.update(text)
        await unfinished.file.appendFile(text)
        return ok(null)
      }),

    finish: (name, kind) =>
      job(name, async () => {
        const unfinished = making.get(name)
        if (!unfinished) return err({ kind: 'failed', message: 'No copy is being made.' })
        await unfinished.file.sync()
        if ((await digestOf(unfinished.file)) !== unfinished.written.digest('hex')) {
          await drop(name)
          return err({ kind: 'failed', message: `What was read back from ${folderOf(name)} is not what was written.` })
        }
        making.delete(name)
        await unfinished.file.close()
        const before = await copiesOf(name)
        const at = Math.max(now(), (before[0]?.at ?? 0) + 1)
        await rename(join(folderOf(name), UNFINISHED), pathOf(name, { at, kind }))
        await syncFolder(folderOf(name))
        for (const old of outdated([{ at, kind }, ...before])) await rm(pathOf(name, old))
        return ok(await headOf(name, { at, kind }))
      }),

    heads: async () => {
      try {
        const heads: SnapshotHead[] = []
        for (const name of await foldersIn(folder))
          for (const copy of await copiesOf(name)) heads.push(await headOf(name, copy))
        return ok(heads)
      } catch (error) {
        return err(explainFault(error, folder))
      }
    },

    read: async (name, at, from) => {
      try {
        const copy = (await copiesOf(name)).find((found) => found.at === at)
        if (!copy) return err({ kind: 'not-found', message: 'There is no such copy.' })
        const file = await openFile(pathOf(name, copy), 'r')
        try {
          return ok(await pageOf(file, 0, from))
        } finally {
          await file.close()
        }
      } catch (error) {
        return err(explainFault(error, folderOf(name)))
      }
    },

    forget: (name) =>
      job(name, async () => {
        await drop(name)
        await rm(folderOf(name), { recursive: true, force: true })
        return ok(null)
      }),

    close: async () => {
      await turns.ended()
      for (const name of [...making.keys()]) await drop(name)
    },
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true })
    return found.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [] // nothing was copied yet
    throw error
  }
}

async function digestOf(file: FileHandle): Promise<string> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(CHUNK)
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK, at)
    if (bytesRead === 0) return hash.digest('hex')
    hash.update(buffer.subarray(0, bytesRead))
    at += bytesRead
  }
}
