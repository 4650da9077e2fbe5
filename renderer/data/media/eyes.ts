/** Looking at files: the worker sees what it can, the page what only a page can. Small pictures that are missing are made anew. */
import type { Medium } from '../../../shared/domain/medium.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { Turn } from '../../../shared/media/crop.ts'
import type { MediaRefusal } from '../../../shared/media/refusals.ts'
import { noteMedia } from '../commands/media.ts'
import { shelfOf, type Workspace } from '../workspace.ts'
import { factsOf, type Seen } from './adding.ts'
import type { Picture } from './messages.ts'
import { bytesOf, type OriginalsPort } from './originals.ts'
import { isDecoded, secondsOf, stillOf } from './stills.ts'
import type { MediaWorkers } from './workers.ts'

/** Looks at a file. What this browser cannot show, but networks take, is seen without a small picture. */
export async function see(workers: MediaWorkers, file: Blob): Promise<Result<Seen, MediaRefusal>> {
  const read = await workers.ask('read', { file })
  if (!read) return err({ kind: 'cannot-decode' })
  if (!read.ok) return read
  const looked = read.value
  if (looked.kind === 'audio') {
    const seconds = await secondsOf(looked.bytes)
    return ok({ ...looked, pages: 0, seconds: seconds ?? looked.seconds, preview: seconds !== null })
  }
  const still = looked.thumb ? null : await stillOf(looked.bytes)
  if (!still) return ok({ ...looked, pages: 0, preview: looked.thumb !== null })
  const { width, height, pages } = still
  const thumb = await workers.ask('thumb', { picture: still.picture, turn: 0 })
  // The element knows more of a film than its index does.
  return ok({
    ...looked,
    width,
    height,
    pages,
    seconds: still.seconds || looked.seconds,
    thumb,
    preview: thumb !== null,
  })
}

interface Eyes {
  readonly workspace: Workspace
  readonly port: OriginalsPort
  readonly workers: MediaWorkers
}

/**
 * The small picture of a stored medium: made anew where it is missing or was made for another turn; null when there is none. A
 * file that came in by a way that did not look at it is looked at now.
 */
export async function thumbOf(eyes: Eyes, medium: Medium): Promise<Picture | null> {
  const { db } = eyes.workspace
  const { turn } = medium.edits
  const stored = await db.thumbs.get(medium.id)
  if (stored?.turn === turn) return stored
  // Of audio there is none to make, once it was looked at.
  if (!medium.preview || (medium.kind === 'audio' && medium.hash !== '')) return null
  const bytes = await bytesOf(shelfOf(eyes.workspace), eyes.port, medium.id)
  if (!bytes || (medium.hash === '' && !(await lookAgain(eyes, medium, bytes)))) return null
  const drawn = await drawThumb(eyes.workers, bytes, turn)
  if (drawn) await db.thumbs.put({ id: medium.id, ...drawn })
  return drawn
}

/** Notes what a file is. false: it cannot be shown. */
async function lookAgain({ workspace, workers }: Eyes, { id }: Medium, bytes: Blob): Promise<boolean> {
  const seen = await see(workers, bytes)
  const fields = seen.ok ? factsOf(seen.value) : { preview: false }
  await noteMedia(workspace.store, [{ id, fields }])
  return fields.preview
}

async function drawThumb(workers: MediaWorkers, bytes: Blob, turn: Turn): Promise<Picture | null> {
  // A film must not be handed to a decoder of pictures, which would take all of it into memory.
  const drawn = isDecoded(bytes.type) ? await workers.ask('thumb', { picture: bytes, turn }) : null
  if (drawn) return drawn
  const still = await stillOf(bytes)
  return still && workers.ask('thumb', { picture: still.picture, turn })
}
