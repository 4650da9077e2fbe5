/** The media workers of the window, and the files that are being added. Adding goes on while one looks at other screens. */
import { useCallback } from 'react'
import { create } from 'zustand'
import type { Medium } from '../../shared/domain/medium.ts'
import { endingOf } from '../../shared/interchange/picture-path.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { stemOf } from '../../shared/media/name.ts'
import type { MediaRefusal } from '../../shared/media/refusals.ts'
import { type Adding, type AddProgress, addFiles, type Incoming } from '../data/media/adding.ts'
import { see, thumbOf } from '../data/media/eyes.ts'
import type { Fitting } from '../data/media/fit.ts'
import type { Rendering } from '../data/media/render.ts'
import { drawingFor } from '../data/media/stills.ts'
import { createMediaWorkers, type MediaWorkers } from '../data/media/workers.ts'
import { type Deps, useDeps } from './deps.tsx'

let opened: MediaWorkers | undefined

/** The workers of this window, begun by the first who asks. They know no workspace. */
function mediaWorkers(): MediaWorkers {
  opened ??= createMediaWorkers()
  return opened
}

interface AddingState {
  /** null while nothing is being added. */
  readonly progress: AddProgress | null
  /** What became of the last files; null once it was read. */
  readonly last: Adding | null
}
export const useAdding = create<AddingState>()(() => ({ progress: null, last: null }))

let stop: AbortController | undefined
/** Ends the adding that is under way; what is in stays. */
export const stopAdding = () => stop?.abort()
/** Has the library say what came of an adding; null takes it away again. */
export const tellAdding = (last: Adding | null) => useAdding.setState({ last })

type Owner = Pick<Deps, 'workspace' | 'shell' | 'clock'>

async function add({ workspace, shell, clock }: Owner, files: readonly Incoming[], folder: string): Promise<Adding> {
  const workers = mediaWorkers()
  // Asked, never relied upon: a browser short of room may throw away what it was not asked to keep.
  await navigator.storage.persist()
  const { lanes } = workers
  const seeing = (file: Blob) => see(workers, file)
  const abort = new AbortController()
  stop = abort
  const signal = AbortSignal.any([abort.signal, workspace.closed])
  return addFiles({ workspace, port: shell, see: seeing, storage: navigator.storage, now: clock.now, lanes }, files, {
    folder,
    signal,
    onProgress: (progress) => useAdding.setState({ progress }),
  })
}

/** Adding files, one after the other; who comes while others are being added waits for them. */
export function useAddFiles(): (files: readonly Incoming[], folder?: string) => Promise<Adding> {
  const { workspace, shell, clock } = useDeps()
  return useCallback(
    (files, folder = '') => {
      const next = queue.then(async () => {
        try {
          return await add({ workspace, shell, clock }, files, folder)
        } finally {
          useAdding.setState({ progress: null })
        }
      })
      queue = next.catch(() => undefined)
      return next
    },
    [workspace, shell, clock],
  )
}
let queue: Promise<unknown> = Promise.resolve()

interface Wanted {
  readonly owner: Owner
  readonly medium: Medium
}
/** Small pictures that wait to be made. More than are ever in sight at once are forgotten again: one has scrolled on. */
let wanted: Wanted[] = []
const MOST_WANTED = 100
const AT_ONCE = 2
const asked = new Set<string>()
let making = 0
const keyOf = ({ id, edits }: Medium) => `${id}/${edits.turn}`

/** Has the small picture of a medium made, the latest asked for first: its row and picture come by their live queries. */
export function wantThumb(owner: Owner, medium: Medium): void {
  if (asked.has(keyOf(medium))) return
  asked.add(keyOf(medium))
  wanted.push({ owner, medium })
  for (const forgotten of wanted.slice(0, -MOST_WANTED)) asked.delete(keyOf(forgotten.medium))
  wanted = wanted.slice(-MOST_WANTED)
  void makeThumbs()
}

async function makeThumbs(): Promise<void> {
  if (making >= AT_ONCE) return
  making += 1
  try {
    for (let next = wanted.pop(); next; next = wanted.pop()) {
      const { workspace, shell } = next.owner
      if (!workspace.closed.aborted) await thumbOf({ workspace, port: shell, workers: mediaWorkers() }, next.medium)
    }
  } finally {
    making -= 1
  }
}

/** A stored picture drawn as it is meant: turned, cut, smaller, in another format; null when it cannot be decoded. */
export async function renderPicture(picture: Blob, rendering: Rendering): Promise<Blob | null> {
  if (picture.type !== 'image/svg+xml') return mediaWorkers().ask('render', { picture, rendering })
  const drawing = await drawingFor(picture, rendering)
  return drawing && mediaWorkers().ask('render', { picture: drawing, rendering })
}

/** Pixels of the longer side of a drawing that is sent: it has none of its own. */
const SENT_DRAWING = 2048

/** A stored picture as a network takes it; null when it cannot be decoded or made small enough. */
export async function fitPicture(picture: Blob, fitting: Fitting): Promise<Blob | null> {
  if (picture.type !== 'image/svg+xml') return mediaWorkers().ask('fit', { picture, fitting })
  const { turn, frame } = fitting
  const drawing = await drawingFor(picture, { turn, frame, longest: SENT_DRAWING, type: 'image/png' })
  return drawing && mediaWorkers().ask('fit', { picture: drawing, fitting })
}

/**
 * Puts a picture that was made of another one into the library, beside it: what was said about that one holds for it, too. One of the
 * same content that is there already is taken instead. `gesture`: it is undone together with what it was made for.
 */
export async function addMade(
  { workspace, shell, clock }: Owner,
  made: Blob,
  { name, folder, labels, rating, alt, credit, licence, licenceUntil, release, releaseUntil, edits }: Medium,
  gesture: string,
): Promise<Result<Medium, MediaRefusal>> {
  const workers = mediaWorkers()
  const about = { labels, rating, alt, credit, licence, licenceUntil, release, releaseUntil }
  const file = new File([made], `${stemOf(name)}.${endingOf(made.type)}`)
  const { outcomes } = await addFiles(
    {
      workspace,
      port: shell,
      see: (bytes) => see(workers, bytes),
      storage: navigator.storage,
      now: clock.now,
      lanes: 1,
    },
    [{ file, folder: '' }],
    // It is turned already; its frames and point are parts of the turned picture.
    { folder, gesture, about: { ...about, edits: { ...edits, turn: 0 } } },
  )
  const [outcome] = outcomes
  if (!outcome) return err({ kind: 'cannot-read' })
  return outcome.kind === 'refused' ? err(outcome.refusal) : ok(outcome.medium)
}
