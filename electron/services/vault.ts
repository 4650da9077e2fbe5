/**
 * Where the secrets of accounts are kept: a sealed file for each account, beside the profile and readable by its owner only. Who seals
 * is up to the shell. What the page gives goes in here and never comes back to it.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { chmod, link, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as z from 'zod/mini'
import type { Failure } from '../../shared/contract/contract.ts'
import { account as accountSchema } from '../../shared/contract/publishing.ts'
import type { Account } from '../../shared/domain/publishing.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { Secrets } from '../platforms/adapter.ts'
import { ownerOnlyFolder } from './dataFolder.ts'
import { explainFault } from './failures.ts'
import { syncFolder } from './files.ts'
import type { Log } from './log.ts'

/** Turns text into something only this user's account on this computer can read, and back. */
export interface Sealer {
  /** Whose lock it is; a file remembers who closed it. */
  readonly name: string
  /** What a user should know before they give a password away, in a sentence; '' when there is nothing to warn of. */
  readonly warning: string
  /** `owner` is what the text belongs to: it opens for no other. */
  seal(text: string, owner: string): Promise<Buffer>
  /** Throws when it was sealed by somebody else or has been changed. `again`: it should be sealed anew. */
  open(sealed: Buffer, owner: string): Promise<{ readonly text: string; readonly again: boolean }>
}

/** By what its network calls it, which neither a new name nor a new handle changes. */
export type AccountKey = Pick<Account, 'network' | 'host' | 'remoteId'>

/** An access, with the account as it was when it was given: secrets go to the addresses of that, whatever the page says later. */
export interface Kept {
  readonly account: Account
  readonly secrets: Secrets
}

export interface Vault {
  /** As the sealer says it. */
  warning(): Promise<string>
  /** Null: nothing is kept for that account. A refusal: something is, and cannot be read any more. */
  get(account: AccountKey): Promise<Result<Kept | null, Failure>>
  /** Flushed to the disk before it answers. */
  put(kept: Kept): Promise<Result<null, Failure>>
  drop(account: AccountKey): Promise<Result<null, Failure>>
}

export const nameOf = ({ network, host, remoteId }: AccountKey): string => JSON.stringify([network, host, remoteId])

const keptSchema = z.object({ account: accountSchema, secrets: z.record(z.string(), z.string()) })
const fileSchema = z.object({ version: z.literal(1), by: z.string(), sealed: z.string() })

const fileOf = (name: string): string => `${createHash('sha256').update(name).digest('hex').slice(0, 40)}.sealed`

/** The sealer is asked for when it is first needed: the system may put a question to the user then. */
export function createVault(folder: string, findSealer: () => Promise<Sealer>, log: Log): Vault {
  const safe = createSafe(folder, findSealer, log)
  return {
    warning: safe.warning,
    get: (account) => safe.get(nameOf(account), keptSchema),
    put: (kept) => safe.put(nameOf(kept.account), kept),
    drop: (account) => safe.drop(nameOf(account)),
  }
}

/** One thing that is kept sealed, with a secret in it that belongs to no account. */
export interface Sealed<T> {
  get(): Promise<Result<T | null, Failure>>
  put(value: T): Promise<Result<null, Failure>>
  drop(): Promise<Result<null, Failure>>
}

/** It lies in the folder of the vault, under a name no account has. */
export function createSealed<T>(
  name: string,
  schema: z.ZodMiniType<T>,
  ...[folder, findSealer, log]: Parameters<typeof createVault>
): Sealed<T> {
  const safe = createSafe(folder, findSealer, log)
  return { get: () => safe.get(name, schema), put: (value) => safe.put(name, value), drop: () => safe.drop(name) }
}

/** Sealed files by name. */
function createSafe(folder: string, findSealer: () => Promise<Sealer>, log: Log) {
  let found: Promise<Sealer> | null = null
  const sealer = (): Promise<Sealer> => {
    found ??= findSealer()
    return found
  }
  const pathOf = (name: string) => join(folder, fileOf(name))
  /** What was opened, with the print of the file it came from: a lane asks for the same again and again. */
  const opened = new Map<string, { readonly print: string; readonly text: string }>()
  const unreadable = (): Result<never, Failure> =>
    err({ kind: 'failed', message: 'The access that is kept on this computer cannot be opened here any more.' })

  async function write(owner: string, value: unknown): Promise<void> {
    const { name, seal } = await sealer()
    const sealed = await seal(JSON.stringify(value), owner)
    await ownerOnlyFolder(folder)
    const file = JSON.stringify({ version: 1, by: name, sealed: sealed.toString('base64') })
    await writeOwned(pathOf(owner), file)
  }

  return {
    warning: async () => (await sealer()).warning,
    async get<T>(name: string, schema: z.ZodMiniType<T>): Promise<Result<T | null, Failure>> {
      let print: string
      let content = ''
      try {
        print = await printOf(pathOf(name))
        if (opened.get(name)?.print !== print) content = await readFile(pathOf(name), 'utf8')
      } catch (error) {
        opened.delete(name)
        return (error as NodeJS.ErrnoException).code === 'ENOENT' ? ok(null) : err(whyNot(error))
      }
      try {
        const known = opened.get(name)
        if (known?.print === print) return ok(schema.parse(JSON.parse(known.text)))
        const file = fileSchema.parse(JSON.parse(content))
        const { text, again } = await (await sealer()).open(Buffer.from(file.sealed, 'base64'), name)
        const value = schema.parse(JSON.parse(text))
        opened.set(name, { print, text })
        if (again) await write(name, value).catch((fault: unknown) => log.error('A secret was not sealed anew', fault))
        return ok(value)
      } catch (error) {
        // The file stays as it is: another key ring, or the old one, may open it again. Its words may hold what it holds.
        log.error(`A secret could not be opened (${error instanceof Error ? error.name : 'unknown'})`)
        return unreadable()
      }
    },
    put: async (name: string, value: unknown): Promise<Result<null, Failure>> => {
      try {
        await write(name, value)
        return ok(null)
      } catch (error) {
        log.error('A secret could not be kept', error)
        return err(whyNot(error))
      }
    },
    drop: async (name: string): Promise<Result<null, Failure>> => {
      opened.delete(name)
      try {
        await rm(pathOf(name), { force: true })
        return ok(null)
      } catch (error) {
        return err(whyNot(error))
      }
    },
  }
}

const whyNot = (error: unknown): Failure =>
  typeof (error as NodeJS.ErrnoException).code === 'string'
    ? explainFault(error, 'the vault')
    : { kind: 'failed', message: 'This computer could not lock the access away, so it was not kept.' }

/** Changes when the file does: what is written takes the place of what was there. */
async function printOf(path: string): Promise<string> {
  const { ino, size, mtimeNs } = await stat(path, { bigint: true })
  return `${ino} ${size} ${mtimeNs}`
}

/** Written whole or not at all, for its owner only, from the first byte on. */
async function writeOwned(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals with a key in a file of its own, for shells without a key ring. The key lies apart from the data, so that a copy of the data
 * tells nothing; who can read the user's files can read both, which the warning says.
 */
export function fileSealer(keyFile: string): Sealer {
  let known: Promise<Buffer> | null = null
  const key = (): Promise<Buffer> => {
    known ??= keyIn(keyFile).catch((error: unknown) => {
      known = null
      throw error
    })
    return known
  }
  return {
    name: 'file',
    warning: `Passwords and tokens are encrypted with a key in ${keyFile}. Whoever can read your files can read them too: this browser shell has no access to the key ring of the system.`,
    seal: async (text, owner) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', await key(), nonce).setAAD(Buffer.from(owner))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
    },
    open: async (sealed, owner) => {
      const nonce = sealed.subarray(0, NONCE_BYTES)
      const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', await key(), nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(owner))
        .setAuthTag(tag)
      const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
      return { text: text.toString('utf8'), again: false }
    },
  }
}

/** The key of a file; made where there is none. Throws when the file is there and holds no key. */
async function keyIn(path: string): Promise<Buffer> {
  const read = async (): Promise<Buffer> => {
    const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64')
    if (key.length !== KEY_BYTES) throw new Error('The file of the key holds none.')
    await chmod(path, 0o600)
    return key
  }
  try {
    return await read()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  await ownerOnlyFolder(dirname(path))
  const begun = `${path}.${randomBytes(6).toString('hex')}`
  await writeOwned(begun, `${randomBytes(KEY_BYTES).toString('base64')}\n`)
  try {
    await link(begun, path)
    await syncFolder(dirname(path))
  } catch (error) {
    // Another start was faster; its key is the key.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(begun, { force: true })
  }
  return read()
}
