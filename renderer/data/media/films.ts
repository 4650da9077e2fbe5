/** Films made for sending: one at a time in all windows, on the browser's own disk, until whoever asked has taken it. */
import { movieFirst } from '../../../shared/media/film.ts'
import type { FilmWish } from '../../../shared/platforms/films.ts'

export type { FilmLack } from './filmMessages.ts'

import { FILMS, type FilmLack, type FilmOrder, type FilmOutcome, type FromFilmWorker } from './filmMessages.ts'

export interface FilmWork {
  readonly signal: AbortSignal
  /** 0 to 1. */
  readonly onProgress: (share: number) => void
  /** Takes what was made: it is gone from here afterwards. */
  readonly keep: (film: Blob) => Promise<void>
}

/** `stopped`: the signal said so. */
export type FilmMade = { readonly kind: 'as-it-is' | 'made' | 'stopped' } | FilmLack

/** No word from the worker for so long: it hangs, or a decoder does. */
const PATIENCE = 180_000
/** A worker that was ended in the middle of a picture lets go of its file within a second or so, much later on a busy machine. */
const LETTING_GO = 30_000
const LOOK_AGAIN = 50
const LOCK = 'outpost-films'

/** The folder films are made in. Whoever holds the lock is alone: what lies there was left by a window that ended. */
async function emptied(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle(FILMS, { create: true })
  for await (const name of folder.keys()) await takeAway(folder, name)
  return folder
}

/** Takes a file away, once its worker has let go of it. */
async function takeAway(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  const until = performance.now() + LETTING_GO
  for (;;) {
    try {
      return await folder.removeEntry(name)
    } catch (thrown) {
      const why = thrown instanceof DOMException ? thrown.name : ''
      if (why === 'NotFoundError') return
      if (why !== 'NoModificationAllowedError' || performance.now() > until) throw thrown
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN))
  }
}

/** Takes away what a window that was killed had begun to make. Nothing where one is made now: that takes it away itself. */
export const dropBegunFilms = (): Promise<void> =>
  navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) await emptied()
  })

/** Makes of a film what a network takes. Everything that can be wrong with it comes back as a value. */
export async function makeFilm(
  film: Blob,
  type: string,
  wish: FilmWish,
  { signal, onProgress, keep }: FilmWork,
): Promise<FilmMade> {
  if (signal.aborted) return { kind: 'stopped' }
  // The lock is waited for with the signal; a wait that is ended throws.
  const made = await navigator.locks
    .request(LOCK, { signal }, async (): Promise<FilmMade> => {
      const folder = await emptied()
      const into = 'film.mp4'
      try {
        const outcome = await work({ film, type, wish, into }, signal, onProgress)
        if (outcome.kind === 'made') await keep(await fronted(await (await folder.getFileHandle(into)).getFile()))
        return outcome
      } finally {
        // Before the next one begins, which could not write into a file that is held. What became of the film stands either way.
        await takeAway(folder, into).catch(reportError)
      }
    })
    .catch((thrown: unknown): FilmMade => {
      if (signal.aborted) return { kind: 'stopped' }
      throw thrown
    })
  return made
}

function work(
  order: FilmOrder,
  signal: AbortSignal,
  onProgress: FilmWork['onProgress'],
): Promise<FilmOutcome | { kind: 'stopped' }> {
  const worker = new Worker(new URL('./filmWorker.ts', import.meta.url), { type: 'module', name: 'film' })
  return new Promise<FilmOutcome | { kind: 'stopped' }>((resolve) => {
    const lost = () => resolve({ kind: 'cannot', why: 'unreadable', what: '' })
    let timer = setTimeout(lost, PATIENCE)
    signal.addEventListener('abort', () => resolve({ kind: 'stopped' }), { once: true })
    worker.onmessage = ({ data }: MessageEvent<FromFilmWorker>) => {
      clearTimeout(timer)
      if (data.kind === 'ended') return resolve(data.outcome)
      timer = setTimeout(lost, PATIENCE)
      onProgress(data.share)
    }
    worker.onerror = (event) => {
      event.preventDefault()
      clearTimeout(timer)
      lost()
    }
    worker.postMessage(order)
  }).finally(() => worker.terminate())
}

/** With its tables in front, as networks want it that begin to play before all of it is there. Nothing of it is read but those. */
async function fronted(film: File): Promise<Blob> {
  const read = async (from: number, length: number) =>
    new Uint8Array(await film.slice(from, from + length).arrayBuffer())
  const movie = await movieFirst(read, film.size)
  const whole = movie
    ? [film.slice(0, movie.at), movie.bytes, film.slice(movie.at, movie.from), film.slice(movie.to)]
    : [film]
  return new Blob(whole, { type: 'video/mp4' })
}
