/** The page's side of the import worker: asks, hears how far it is, stops it. */
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { FromReader, PickedFile, ToReader } from './messages.ts'
import type { Reading, ReadOptions } from './reading.ts'

export type ReadFailure =
  | { readonly kind: 'stopped' }
  /** `sentence` says which file and what to do. */
  | { readonly kind: 'stuck' | 'crashed'; readonly sentence: string }

export interface ReadProgress {
  readonly what: 'opening' | 'reading'
  readonly done: number
  readonly total: number
}

/** Longest time one file may take, in milliseconds. */
export const PATIENCE = 60_000

type Ask = { readonly kind: 'read'; readonly files: readonly PickedFile[] } | { readonly kind: 'again' }

export function createReader(
  start: () => Worker = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'import' }),
) {
  let worker: Worker | undefined
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
        onProgress({ what: data.what, done: data.done, total: data.total })
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
export type Reader = ReturnType<typeof createReader>
