/** The media host that is set on this computer, and a list of what Outpost has put there and not taken away yet. */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as z from 'zod/mini'
import type { Failure } from '../../../shared/contract/contract.ts'
import { hostSettings } from '../../../shared/contract/publishing.ts'
import type { HostSettings } from '../../../shared/domain/mediaHost.ts'
import { newId } from '../../../shared/lib/ids.ts'
import type { Result } from '../../../shared/lib/result.ts'
import { ownerOnlyFolder } from '../dataFolder.ts'
import { saveAs } from '../files.ts'
import { createTurns } from '../turns.ts'
import type { Sealed } from '../vault.ts'
import { targetOf } from './settings.ts'

/** Secrets go to the addresses they were given for. */
export interface KeptHost {
  /** Another one where files are put somewhere else. */
  readonly id: string
  readonly settings: HostSettings
  readonly secret: string
  /** What makes names that nobody guesses. */
  readonly nameKey: string
}

export const keptHost = z.object({
  id: z.string(),
  settings: hostSettings,
  secret: z.string(),
  nameKey: z.string(),
})

const lyingFile = z.object({ host: z.string(), name: z.string(), shelf: z.string(), deliveryId: z.string() })
/** A file at a host: whose delivery needs it, in the workspace with that shelf. */
export type LyingFile = z.infer<typeof lyingFile>
const fileSchema = z.object({ version: z.literal(1), files: z.array(lyingFile) })

export interface MediaHosts {
  /** Null: there is none. A refusal: there is one, and it cannot be read any more. */
  get(): Promise<Result<KeptHost | null, Failure>>
  put(host: KeptHost): Promise<Result<null, Failure>>
  drop(): Promise<Result<null, Failure>>
  /** On the disk before anything is put under that name, so that nothing lies there unknown. Throws where that fails. */
  note(file: LyingFile): Promise<void>
  lying(): Promise<readonly LyingFile[]>
  /** They are gone, or nobody can take them away any more. */
  forget(files: readonly LyingFile[]): Promise<void>
}

/** `path`: the file of the list. */
export function createMediaHosts(sealed: Sealed<KeptHost>, path: string): MediaHosts {
  const turns = createTurns()

  async function read(): Promise<readonly LyingFile[]> {
    try {
      return fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))).files
    } catch (error) {
      // Damaged, it is begun anew: what lies there is then left lying, and nothing else depends on it.
      if (error instanceof SyntaxError || error instanceof z.core.$ZodError) return []
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw error
    }
  }
  async function write(files: readonly LyingFile[]): Promise<void> {
    await ownerOnlyFolder(dirname(path))
    const saved = await saveAs(path, Buffer.from(JSON.stringify({ version: 1, files })))
    if (!saved.ok) throw new Error(saved.error.message)
  }
  const same = (one: LyingFile) => (other: LyingFile) => other.host === one.host && other.name === one.name

  return {
    ...sealed,
    lying: () => turns.take('list', read),
    note: (file) =>
      turns.take('list', async () => {
        const files = await read()
        if (!files.some(same(file))) await write([...files, file])
      }),
    forget: (gone) =>
      turns.take('list', async () => {
        const files = await read()
        await write(files.filter((file) => !gone.some(same(file))))
      }),
  }
}

/**
 * A host as it is kept from now on. '' as the secret stands for the one that is kept: it is used again only for the place it was given
 * for. Null: there is no such secret.
 */
export function hostFrom(settings: HostSettings, secret: string, before: KeptHost | null): KeptHost | null {
  const same = before !== null && targetOf(before.settings) === targetOf(settings) ? before : null
  if (secret === '' && !same) return null
  return {
    id: same?.id ?? newId(),
    settings,
    secret: secret || (same?.secret ?? ''),
    nameKey: same?.nameKey ?? randomBytes(32).toString('hex'),
  }
}
