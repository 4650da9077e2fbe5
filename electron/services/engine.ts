/**
 * The databases as files of the browser's profile. A browser of a new major version may not read what the one before wrote, or change it
 * for good; and what it cannot open any more may be asked to begin anew. Before either, they are copied as they are.
 */
import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure } from '../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { ownerOnlyFolder } from './dataFolder.ts'
import { explainFault } from './failures.ts'
import { saveAs } from './files.ts'
import type { Log } from './log.ts'

export interface Engine {
  /** Name of the runtime, which has a profile of its own: `chromium`, `electron`. */
  readonly name: string
  /** Of the browser that is about to open the profile: `156.0.7339.80`. */
  readonly version: string
  /** Where the profile has its databases. */
  readonly databases: string
}

/** Earlier databases that are kept for each runtime. */
const KEPT = 2

/**
 * Call it before the page is opened. A copy that cannot be made is in the log and stops nobody: the journal has every change, and nobody
 * can be kept from a browser the system has updated.
 */
export async function keepBeforeNewEngine(dataFolder: string, engine: Engine, log: Log): Promise<void> {
  const { name, version, databases } = engine
  const note = join(dataFolder, `${name}.version`)
  try {
    const before = majorOf(await textOf(note))
    if (before === majorOf(version)) return
    const files = await filesBelow(databases)
    if (before !== '' && files.length > 0) {
      await copyOf(databases, join(await ownerOnlyFolder(join(dataFolder, 'snapshots')), `${name}-${before}`))
      await forgetOld(join(dataFolder, 'snapshots'), name)
      log.info(`Copied the databases of ${name} ${before} before ${version} opens them`)
    }
    await saveAs(note, Buffer.from(version))
  } catch (error) {
    log.error(`The databases could not be copied before ${name} ${version} opened them`, error)
  }
}

/** Copies databases that cannot be opened any more, before they begin anew. */
export async function keepDamaged(
  dataFolder: string,
  { name, databases }: Engine,
  now = Date.now(),
): Promise<Result<null, Failure>> {
  try {
    const snapshots = await ownerOnlyFolder(join(dataFolder, 'snapshots'))
    await copyOf(databases, join(snapshots, `${name}-damaged-${now}`))
    await forgetOld(snapshots, `${name}-damaged`)
    return ok(null)
  } catch (error) {
    return err(explainFault(error, databases))
  }
}

const majorOf = (version: string): string => version.split('.')[0] ?? ''

const textOf = async (path: string): Promise<string> => {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '' // the first start
    throw error
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true })
    return found.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Copies a folder whole or not at all, and reads it back. */
async function copyOf(from: string, to: string): Promise<void> {
  const unfinished = `${to}.part`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  await cp(from, unfinished, { recursive: true })
  if ((await digestOf(from)) !== (await digestOf(unfinished)))
    throw Object.assign(new Error(`${to} is not what was copied`), { code: 'EIO' })
  await rm(to, { recursive: true, force: true })
  await rename(unfinished, to)
}

async function digestOf(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const file of await filesBelow(folder)) hash.update(file.slice(folder.length)).update(await readFile(file))
  return hash.digest('hex')
}

async function forgetOld(folder: string, name: string): Promise<void> {
  const version = new RegExp(`^${name}-(\\d+)$`)
  const known = (await readdir(folder)).filter((found) => version.test(found))
  known.sort((a, b) => Number(version.exec(b)?.[1]) - Number(version.exec(a)?.[1]))
  for (const old of known.slice(KEPT)) await rm(join(folder, old), { recursive: true, force: true })
}
