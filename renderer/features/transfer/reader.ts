/** The page's side of the import workers: asks, hears how far they are, stops them. */
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { PickedFile } from '../../parts/picked.ts'
import type { FromReader, ToReader } from './messages.ts'
import { kindByName, mergeReadings, type Reading, type ReadOptions } from './reading.ts'

export type ReadFailure =
  | { readonly kind: 'stopped' }
  /** `sentence` says which file and what to do. */
  | { readonly kind: 'stuck' | 'crashed'; readonly sentence: string }

export interface ReadProgress {
  readonly done: number
  readonly total: number
}

/** Longest time one file may take, in milliseconds. */
export const PATIENCE = 60_000

type Ask = { readonly kind: 'read'; readonly files: readonly PickedFile[] } | { readonly kind: 'again' }

/** One worker and the files it was given. */
function createLane(start: () => Worker, started?: Worker) {
  let worker = started
  let next = 0
  let files: readonly PickedFile[] = []
  let stopReading: (() => void) | undefined

  const end = () => {
    worker?.terminate()
    worker = undefined
  }

  const run = (ask: Ask, options: ReadOptions, onProgress: (progress: ReadProgress) => void) =>
    new Promise<Result<Reading, ReadFailure>>((resolve) => {
      stopReading?.()
      // A worker that was stopped has forgotten its files.
      const asked: Ask = worker ? ask : { kind: 'read', files }
      worker ??= start()
      const current = worker
      const id = ++next
      let path = ''
      let timer: ReturnType<typeof setTimeout> | undefined
      const settle = (result: Result<Reading, ReadFailure>) => {
        clearTimeout(timer)
        current.onmessage = null
        current.onerror = null
        stopReading = undefined
        if (!result.ok) end()
        resolve(result)
      }
      const wait = () => {
        clearTimeout(timer)
        timer = setTimeout(() => {
          settle(
            err({
              kind: 'stuck',
              sentence: `${path || 'A file'} kept Outpost busy for a minute, so reading was stopped. Take it out and choose the rest again.`,
            }),
          )
        }, PATIENCE)
      }
      stopReading = () => settle(err({ kind: 'stopped' }))
      current.onmessage = ({ data }: MessageEvent<FromReader>) => {
        if (data.id !== id) return
        if (data.kind === 'read') return settle(ok(data.reading))
        if (data.kind !== 'progress') return
        path = data.path
        wait()
        onProgress({ done: data.done, total: data.total })
      }
      current.onerror = (event) => {
        event.preventDefault()
        settle(
          err({
            kind: 'crashed',
            sentence: `Reading stopped at ${path || 'the first file'}: it took more memory than there is, or is damaged in a way Outpost does not know. Take it out and choose the rest again.`,
          }),
        )
      }
      wait()
      const message: ToReader =
        asked.kind === 'read' ? { kind: 'read', id, files: asked.files, options } : { kind: 'again', id, options }
      current.postMessage(message)
    })

  return {
    /** Reads files from scratch. */
    read(chosen: readonly PickedFile[], options: ReadOptions, onProgress: (progress: ReadProgress) => void) {
      files = chosen
      return run({ kind: 'read', files }, options, onProgress)
    },
    /** The same files with other answers. */
    again: (options: ReadOptions, onProgress: (progress: ReadProgress) => void) =>
      run({ kind: 'again' }, options, onProgress),
    /** The passage of the source a post or problem is about; '' when there is none to show. */
    excerpt: (path: string, row?: number) =>
      new Promise<string>((resolve) => {
        const current = worker
        if (!current) return resolve('')
        const id = ++next
        const hear = ({ data }: MessageEvent<FromReader>) => {
          if (data.kind !== 'excerpt' || data.id !== id) return
          current.removeEventListener('message', hear)
          resolve(data.text)
        }
        current.addEventListener('message', hear)
        current.postMessage({ kind: 'excerpt', id, path, row } satisfies ToReader)
      }),
    stop: () => stopReading?.(),
    dispose() {
      stopReading?.()
      end()
    },
  }
}
type Lane = ReturnType<typeof createLane>

const startWorker = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'import' })
/** Below this a second worker costs more than it saves: each one loads and warms up on its own. */
const WORTH_SHARING = 1_500
const MOST_WORKERS = 4

/** Large folders are read by several workers, a share of the posts each; everything else is with the first. */
export function shares(files: readonly PickedFile[], workers: number, worth = WORTH_SHARING): PickedFile[][] {
  const isPost = ({ path }: PickedFile) => kindByName(path) === 'markdown'
  const posts = files.filter(isPost).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const count = posts.length < worth ? 1 : Math.max(1, Math.min(workers, MOST_WORKERS))
  const size = Math.ceil(posts.length / count)
  return Array.from({ length: count }, (_, at) => [
    ...(at === 0 ? files.filter((file) => !isPost(file)) : []),
    ...posts.slice(at * size, (at + 1) * size),
  ])
}

export function createReader(start: () => Worker = startWorker, workers = navigator.hardwareConcurrency) {
  // Loads while the files are being chosen.
  let spare: Worker | undefined = start()
  let lanes: Lane[] = []
  let laneOf = new Map<string, Lane>()
  const stop = () => {
    for (const lane of lanes) lane.stop()
  }
  const forget = () => {
    for (const lane of lanes) lane.dispose()
  }

  /** All of them, or the first failure, at which the others are stopped. */
  const together = async (
    onProgress: (progress: ReadProgress) => void,
    run: (lane: Lane, at: number, tell: (progress: ReadProgress) => void) => Promise<Result<Reading, ReadFailure>>,
  ): Promise<Result<Reading, ReadFailure>> => {
    const progress = new Map<number, ReadProgress>()
    let failure: ReadFailure | undefined
    const readings = await Promise.all(
      lanes.map(async (lane, at) => {
        const result = await run(lane, at, (next) => {
          progress.set(at, next)
          onProgress(sumOf([...progress.values()]))
        })
        if (!result.ok && !failure) {
          failure = result.error
          stop()
        }
        return result.ok ? [result.value] : []
      }),
    )
    return failure ? err(failure) : ok(mergeReadings(readings.flat()))
  }

  return {
    /** Reads files from scratch. */
    read(chosen: readonly PickedFile[], options: ReadOptions, onProgress: (progress: ReadProgress) => void) {
      forget()
      const parts = shares(chosen, workers)
      lanes = parts.map((_, at) => createLane(start, at === 0 ? spare : undefined))
      spare = undefined
      laneOf = new Map(parts.flatMap((part, at) => part.flatMap(({ path }) => (lanes[at] ? [[path, lanes[at]]] : []))))
      return together(onProgress, (lane, at, tell) => lane.read(parts[at] ?? [], options, tell))
    },
    /** The same files with other answers. */
    again: (options: ReadOptions, onProgress: (progress: ReadProgress) => void) =>
      together(onProgress, (lane, _at, tell) => lane.again(options, tell)),
    /** The passage of the source a post or problem is about; '' when there is none to show. */
    excerpt: (path: string, row?: number) => laneOf.get(path)?.excerpt(path, row) ?? Promise.resolve(''),
    stop,
    dispose() {
      spare?.terminate()
      spare = undefined
      forget()
    },
  }
}
export type Reader = ReturnType<typeof createReader>

const sumOf = (parts: readonly ReadProgress[]): ReadProgress => ({
  done: parts.reduce((sum, { done }) => sum + done, 0),
  total: parts.reduce((sum, { total }) => sum + total, 0),
})
