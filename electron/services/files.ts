/** Files outside the profile: reading a folder the command line granted, and writing what the user asked for. */
import { randomUUID } from 'node:crypto'
import { link, lstat, open, readdir, realpath, rename, rm } from 'node:fs/promises'
import { dirname, extname, join, sep } from 'node:path'
import type { Failure } from '../../shared/contract/contract.ts'
import { safeFileName } from '../../shared/lib/fileName.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { explainFault } from './failures.ts'

/** Largest file that is read: 40 MB. */
export const LARGEST_FILE = 40_000_000

export interface FolderEntry {
  /** Below the folder, with forward slashes. */
  readonly path: string
  /** Bytes. */
  readonly size: number
}

/** Files below a folder in order of name; hidden ones, node_modules and links are left out. */
export async function listFolder(folder: string): Promise<Result<FolderEntry[], Failure>> {
  const found: FolderEntry[] = []
  const walk = async (below: string): Promise<void> => {
    const entries = await readdir(join(folder, below), { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) await walk(path)
      else if (entry.isFile()) found.push({ path, size: (await lstat(join(folder, path))).size })
    }
  }
  try {
    await walk('')
    return ok(found)
  } catch (error) {
    return err(explainFault(error, folder))
  }
}

/** Reads one file below a folder. A path or a link that leads out of the folder is refused. */
export async function readBelow(folder: string, path: string): Promise<Result<Buffer, Failure>> {
  const steps = path.split(/[\\/]/)
  if (path === '' || steps.some((step) => step === '' || step === '..' || step === '.') || /^[A-Za-z]:|\0/.test(path)) {
    return err({ kind: 'no-permission', message: `${path} is not inside ${folder}.` })
  }
  try {
    const base = await realpath(folder)
    const file = await realpath(join(base, ...steps))
    if (!file.startsWith(base + sep)) return err({ kind: 'no-permission', message: `${path} leads out of ${folder}.` })
    const handle = await open(file, 'r')
    try {
      const { size } = await handle.stat()
      if (size > LARGEST_FILE) {
        const megabytes = Math.ceil(size / 1_000_000)
        return err({ kind: 'too-large', message: `${path} has ${megabytes} MB; Outpost reads files up to 40 MB.` })
      }
      return ok(await handle.readFile())
    } finally {
      await handle.close()
    }
  } catch (error) {
    return err(explainFault(error, path))
  }
}

/** Writes a file whole or not at all, and never over another: "plan.pdf" becomes "plan (2).pdf". Gives the path used. */
export async function saveBeside(folder: string, name: string, bytes: Uint8Array): Promise<Result<string, Failure>> {
  const clean = safeFileName(name)
  const extension = extname(clean)
  const stem = clean.slice(0, clean.length - extension.length)
  return writeWhole(join(folder, clean), bytes, async (temporary) => {
    for (let copy = 1; ; copy++) {
      const target = join(folder, copy === 1 ? clean : `${stem} (${copy})${extension}`)
      try {
        await link(temporary, target) // fails when the name is taken, also when it was taken this very moment
        await rm(temporary)
        return target
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code
        if (code === 'EEXIST') continue
        if (code !== 'EPERM' && code !== 'ENOSYS' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw error
        // A disk without hard links (FAT, some network folders): take the name first, then fill it.
        const claimed = await claim(target)
        if (!claimed) continue
        await rename(temporary, target)
        return target
      }
    }
  })
}

/** Writes a file whole or not at all, in the place of an older one: for a path that a person named. */
export const saveAs = (path: string, bytes: Uint8Array): Promise<Result<string, Failure>> =>
  writeWhole(path, bytes, async (temporary) => {
    await rename(temporary, path)
    return path
  })

/** Why no file can be written into a folder, whatever its permissions say; null: one can. */
export async function whyNotWritable(folder: string): Promise<Failure | null> {
  const probe = temporaryFor(join(folder, 'probe'))
  try {
    await writeDurably(probe, new Uint8Array())
    return null
  } catch (error) {
    return explainFault(error, folder)
  } finally {
    await rm(probe, { force: true })
  }
}

/** The same for files that belong together: none takes its place before all of them are on the disk. */
export async function saveTogether(
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): Promise<Result<null, Failure>> {
  const parts = files.map((file) => ({ ...file, temporary: temporaryFor(file.path) }))
  const steps = [
    ...parts.map(({ path, bytes, temporary }) => ({ path, run: () => writeDurably(temporary, bytes) })),
    ...parts.map(({ path, temporary }) => ({ path, run: () => rename(temporary, path) })),
    ...parts.map(({ path }) => ({ path, run: () => syncFolder(dirname(path)) })),
  ]
  for (const { path, run } of steps) {
    try {
      await run()
    } catch (error) {
      await Promise.all(parts.map(({ temporary }) => rm(temporary, { force: true })))
      return err(explainFault(error, path))
    }
  }
  return ok(null)
}

async function claim(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function writeWhole(
  path: string,
  bytes: Uint8Array,
  place: (temporary: string) => Promise<string>,
): Promise<Result<string, Failure>> {
  const temporary = temporaryFor(path)
  try {
    await writeDurably(temporary, bytes)
    const target = await place(temporary)
    await syncFolder(dirname(target))
    return ok(target)
  } catch (error) {
    await rm(temporary, { force: true })
    return err(explainFault(error, path))
  }
}

const temporaryFor = (path: string) => join(dirname(path), `.${randomUUID()}.part`)

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o644)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a new or renamed name in a folder durable. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
