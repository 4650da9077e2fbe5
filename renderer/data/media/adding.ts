/** Files into the library: looked at, known ones found by their content, kept twice, and only then in a row. */
import { type Medium, plainMedium } from '../../../shared/domain/medium.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { cleanFolder, cleanName } from '../../../shared/media/name.ts'
import type { MediaRefusal } from '../../../shared/media/refusals.ts'
import { roomLeft } from '../../../shared/media/room.ts'
import { addMedia, restoreMedia } from '../commands/media.ts'
import type { Thumb } from '../db.ts'
import type { DiskPort } from '../guard.ts'
import { shelfOf, type Workspace } from '../workspace.ts'
import { mediumWithHash } from './library.ts'
import type { Looked } from './look.ts'
import type { Picture } from './messages.ts'
import { dropBytes, keepBytes, type OriginalsPort } from './originals.ts'

/** A file as it was chosen. */
export interface Incoming {
  readonly file: File
  /** Path of the folder it came from, below what was chosen; '' for none. */
  readonly folder: string
}

export interface Seen extends Looked {
  readonly pages: number
  /** Null: cannot be shown by this browser. */
  readonly thumb: Picture | null
}

/** What adding needs from outside. `see` looks at a file; see `eyes.ts`. */
export interface AddingDeps {
  readonly workspace: Workspace
  readonly port: OriginalsPort & DiskPort
  readonly see: (file: Blob) => Promise<Result<Seen, MediaRefusal>>
  readonly storage: Pick<StorageManager, 'estimate'>
  readonly now: () => number
  /** Files worked on at the same time. */
  readonly lanes: number
}

export interface AddProgress {
  /** Files that are through, whatever became of them. */
  readonly done: number
  readonly total: number
  /** The file whose bytes are being written, and how far; a film takes a while. */
  readonly name: string
  readonly part: number
}

export interface AddOptions {
  /** Where the files go; those from folders of their own keep them below it. */
  readonly folder?: string
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: AddProgress) => void
}

/** What became of one file. */
export type Outcome =
  | { readonly kind: 'added' | 'there-already' | 'taken-out-of-trash'; readonly name: string; readonly medium: Medium }
  | { readonly kind: 'refused'; readonly name: string; readonly refusal: MediaRefusal }

export interface Adding {
  /** In the order of the files; those not reached before a stop are missing. */
  readonly outcomes: readonly Outcome[]
  readonly stopped: boolean
}

/** Rows written in one go: the screen draws anew with each. */
const BATCH = 25

/** Adds files. What went in before a stop or a refusal stays; all of it is one undo. */
export async function addFiles(
  deps: AddingDeps,
  incoming: readonly Incoming[],
  options: AddOptions = {},
): Promise<Adding> {
  const { workspace, lanes } = deps
  const { signal, onProgress, folder = '' } = options
  const total = incoming.length
  const gesture = `add-${newId()}`
  const outcomes: (Outcome | undefined)[] = []
  const coming = new Map<string, Promise<Medium | null>>()
  let waiting: { medium: Medium; thumb: Picture | null }[] = []
  let [done, name, part] = [0, '', 0]
  const tell = () => onProgress?.({ done, total, name, part })

  const flush = async () => {
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    const media = batch.map(({ medium }) => medium)
    const thumbs = batch.flatMap(({ medium, thumb }): Thumb[] => (thumb ? [{ id: medium.id, ...thumb }] : []))
    try {
      await workspace.db.thumbs.bulkPut(thumbs)
      await addMedia(workspace.store, media, gesture)
    } catch (thrown) {
      // Bytes that no row speaks of would lie there for ever.
      const ids = media.map(({ id }) => id)
      await dropBytes(shelfOf(workspace), deps.port, ids)
      throw thrown
    }
  }

  const addOne = async ({ file, folder: own }: Incoming): Promise<Outcome | null> => {
    const clean = cleanName(file.name)
    const refused = (refusal: MediaRefusal): Outcome => ({ kind: 'refused', name: clean, refusal })
    const seen = await deps.see(file)
    if (!seen.ok) return refused(seen.error)
    // Whoever comes next with the same content waits for this one.
    const before = coming.get(seen.value.hash)
    const mine = Promise.withResolvers<Medium | null>()
    coming.set(seen.value.hash, mine.promise)
    let medium: Medium | null = null
    try {
      const known = (await before) ?? (await mediumWithHash(workspace.db, seen.value.hash)) ?? null
      medium = known
      if (known && known.trashedAt === 0) return { kind: 'there-already', name: clean, medium: known }
      if (known) {
        await restoreMedia(workspace.store, [known.id])
        return { kind: 'taken-out-of-trash', name: clean, medium: known }
      }
      const room = await roomFor(seen.value.bytes.size)
      if (!room.ok) return refused(room.error)
      const id = newId()
      const kept = await keepBytes(
        shelfOf(workspace),
        deps.port,
        { id, bytes: seen.value.bytes },
        {
          signal,
          onProgress(written) {
            name = clean
            part = written / seen.value.bytes.size
            tell()
          },
        },
      )
      if (!kept.ok && kept.error.kind === 'cancelled') return null
      if (!kept.ok && kept.error.kind === 'not-found') return refused({ kind: 'cannot-read' })
      if (!kept.ok) return refused({ kind: 'no-second-copy', message: kept.error.message })
      const place = cleanFolder(`${folder}/${own}`)
      medium = plainMedium({ ...factsOf(seen.value), id, name: clean, folder: place, createdAt: deps.now() })
      waiting.push({ medium, thumb: seen.value.thumb })
      if (waiting.length >= BATCH) await flush()
      return { kind: 'added', name: clean, medium }
    } finally {
      mine.resolve(medium)
    }
  }

  const roomFor = async (size: number): Promise<Result<null, MediaRefusal>> => {
    const [disk, { quota = Number.POSITIVE_INFINITY, usage = 0 }] = await Promise.all([
      deps.port.diskRoom(),
      deps.storage.estimate(),
    ])
    // A disk that cannot be asked is not known to be full; writing says so when it is.
    const free = roomLeft({ disk: disk.ok ? disk.value.free : Number.POSITIVE_INFINITY, quota, usage })
    return size > free ? err({ kind: 'no-room', needs: size, free }) : ok(null)
  }

  let at = 0
  let failed = false
  const lane = async () => {
    while (at < total && !failed && !signal?.aborted) {
      const mine = at
      at += 1
      const file = incoming[mine]
      const outcome = file && (await addOne(file))
      if (!outcome) return
      outcomes[mine] = outcome
      done += 1
      tell()
    }
  }
  tell()
  const ends = await Promise.allSettled(
    Array.from({ length: Math.min(lanes, total) }, () =>
      lane().catch((thrown: unknown) => {
        failed = true
        throw thrown
      }),
    ),
  )
  // Also when one lane failed: what the others have kept gets its rows.
  await flush()
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return { outcomes: outcomes.filter((outcome) => outcome !== undefined), stopped: signal?.aborted ?? false }
}

/** What a row keeps of what was seen. */
export const factsOf = (seen: Seen) => {
  const { kind, type, width, height, orientation, animated, seconds, pages, hash } = seen
  const size = seen.bytes.size
  return { kind, type, size, width, height, orientation, animated, seconds, pages, hash, preview: seen.thumb !== null }
}
