/** Files into the library: looked at, known ones found by their content, kept twice, and only then in a row. */
import type { Failure } from '../../../shared/contract/contract.ts'
import { type Medium, plainMedium } from '../../../shared/domain/medium.ts'
import { newId } from '../../../shared/lib/ids.ts'
import type { Result } from '../../../shared/lib/result.ts'
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
  /** Null: there is none, of audio and of what cannot be shown. */
  readonly thumb: Picture | null
  /** This browser can show or play it. */
  readonly preview: boolean
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
  /** What is said about all of them. */
  readonly about?: Partial<Medium>
  /** What else is undone with them. */
  readonly gesture?: string
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

/** Adds files. What went in before a stop or a refusal stays; all of it is one undo. */
export async function addFiles(
  deps: AddingDeps,
  incoming: readonly Incoming[],
  options: AddOptions = {},
): Promise<Adding> {
  const { signal, onProgress, folder = '', about, gesture } = options
  const total = incoming.length
  const rows = createRows(deps, gesture)
  const claims = createClaims()
  const outcomes: (Outcome | undefined)[] = []
  let [done, name, part] = [0, '', 0]
  const tell = () => onProgress?.({ done, total, name, part })

  /** null: stopped. */
  const addOne = async ({ file, folder: own }: Incoming): Promise<Outcome | null> => {
    const clean = cleanName(file.name)
    const refused = (refusal: MediaRefusal): Outcome => ({ kind: 'refused', name: clean, refusal })
    const looked = await deps.see(file)
    if (!looked.ok) return refused(looked.error)
    const seen = looked.value
    return claims.inTurn(seen.hash, async (before) => {
      const known = before ?? (await mediumWithHash(deps.workspace.db, seen.hash))
      if (known) return { outcome: await takeKnown(deps, clean, known), medium: known }
      const noRoom = await lacksRoom(deps, seen.bytes.size)
      if (noRoom) return { outcome: refused(noRoom), medium: null }
      const id = newId()
      const kept = await keepBytes(
        shelfOf(deps.workspace),
        deps.port,
        { id, bytes: seen.bytes },
        {
          signal,
          onProgress(written) {
            name = clean
            part = written / seen.bytes.size
            tell()
          },
        },
      )
      if (!kept.ok)
        return { outcome: kept.error.kind === 'cancelled' ? null : refused(refusalOf(kept.error)), medium: null }
      const place = cleanFolder(`${folder}/${own}`)
      const facts = { ...factsOf(seen), id, name: clean, folder: place, createdAt: deps.now() }
      const medium = plainMedium({ ...about, ...facts })
      await rows.add(medium, seen.thumb)
      return { outcome: { kind: 'added', name: clean, medium }, medium }
    })
  }

  tell()
  const ends = await inLanes(deps.lanes, incoming, async (file, at) => {
    const outcome = signal?.aborted ? null : await addOne(file)
    if (!outcome) return false
    outcomes[at] = outcome
    done += 1
    tell()
    return true
  })
  // Also when one lane failed: what the others have kept gets its rows.
  await rows.flush()
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return { outcomes: outcomes.filter((outcome) => outcome !== undefined), stopped: signal?.aborted ?? false }
}

/** A file whose content is there already; one that lies in the trash comes back. */
async function takeKnown({ workspace }: AddingDeps, name: string, medium: Medium): Promise<Outcome> {
  if (medium.trashedAt === 0) return { kind: 'there-already', name, medium }
  await restoreMedia(workspace.store, [medium.id])
  return { kind: 'taken-out-of-trash', name, medium }
}

async function lacksRoom({ port, storage }: AddingDeps, size: number): Promise<MediaRefusal | null> {
  const [disk, { quota = Number.POSITIVE_INFINITY, usage = 0 }] = await Promise.all([
    port.diskRoom(),
    storage.estimate(),
  ])
  // A disk that cannot be asked is not known to be full; writing says so when it is.
  const free = roomLeft({ disk: disk.ok ? disk.value.free : Number.POSITIVE_INFINITY, quota, usage })
  return size > free ? { kind: 'no-room', needs: size, free } : null
}

/** A file that has gone while it was read, or a second copy that could not be written. */
const refusalOf = ({ kind, message }: Failure): MediaRefusal =>
  kind === 'not-found' ? { kind: 'cannot-read' } : { kind: 'no-second-copy', message }

/** Works through a list in some lanes; a job that gives false ends its lane, one that throws ends all. */
async function inLanes<T>(lanes: number, list: readonly T[], job: (item: T, at: number) => Promise<boolean>) {
  const entries = list.entries()
  let failed = false
  const lane = async () => {
    for (const [at, item] of entries) if (failed || !(await job(item, at))) return
  }
  const guarded = () =>
    lane().catch((thrown: unknown) => {
      failed = true
      throw thrown
    })
  return Promise.allSettled(Array.from({ length: Math.min(lanes, list.length) }, guarded))
}

/** Files with the same content go one after the other, each knowing what became of the one before. */
function createClaims() {
  const latest = new Map<string, Promise<Medium | null>>()
  return {
    async inTurn<T>(
      hash: string,
      job: (before: Medium | null) => Promise<{ readonly outcome: T; readonly medium: Medium | null }>,
    ): Promise<T> {
      const before = latest.get(hash)
      const mine = Promise.withResolvers<Medium | null>()
      latest.set(hash, mine.promise)
      let medium: Medium | null = null
      try {
        const done = await job((await before) ?? null)
        medium = done.medium
        return done.outcome
      } finally {
        mine.resolve(medium)
      }
    },
  }
}

/** Rows written in one go: the screen draws anew with each. */
const BATCH = 25

/** Rows of files whose bytes are kept, written a batch at a time and undone together. */
function createRows({ workspace, port }: AddingDeps, gesture = `add-${newId()}`) {
  let waiting: { readonly medium: Medium; readonly thumb: Picture | null }[] = []
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
      await dropBytes(shelfOf(workspace), port, ids)
      throw thrown
    }
  }
  return {
    async add(medium: Medium, thumb: Picture | null) {
      waiting.push({ medium, thumb })
      if (waiting.length >= BATCH) await flush()
    },
    flush,
  }
}

/** What a row keeps of what was seen. */
export const factsOf = (seen: Seen) => {
  const { kind, type, width, height, orientation, animated, seconds, pages, hash, preview } = seen
  const size = seen.bytes.size
  return { kind, type, size, width, height, orientation, animated, seconds, pages, hash, preview }
}
