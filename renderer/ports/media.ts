/** The media workers of the window, and the files that are being added. Adding goes on while one looks at other screens. */
import { useCallback } from 'react'
import { create } from 'zustand'
import type { Medium } from '../../shared/domain/medium.ts'
import { type Adding, type AddProgress, addFiles, type Incoming } from '../data/media/adding.ts'
import { see, thumbOf } from '../data/media/eyes.ts'
import type { Rendering } from '../data/media/render.ts'
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
export const renderPicture = (picture: Blob, rendering: Rendering): Promise<Blob | null> =>
  mediaWorkers().ask('render', { picture, rendering })
