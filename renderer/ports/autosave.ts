/**
 * When typed words are written down: soon after the keys rest, and in any case within a second of the first unsaved key. A plain
 * scheduler that reads no clock of its own, so that a test can prove it.
 */
import { onFlush } from './flush.ts'

/** Rest of the keys after which it is written, in milliseconds. */
export const QUIET_MS = 400
/** No key stays unsaved longer than this before its writing starts, however fast one types. */
export const MAX_WAIT_MS = 900

/** Between two tries when writing failed. */
const RETRY_MS = 2_000

export interface Timers {
  now(): number
  after(ms: number, run: () => void): unknown
  cancel(timer: unknown): void
}

export const systemTimers: Timers = {
  now: () => performance.now(),
  after: (ms, run) => setTimeout(run, ms),
  cancel: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
}

export interface AutosaveOptions {
  /** Writes what is there now. Called one at a time. */
  readonly save: () => Promise<void>
  /** The first unsaved key; called again when a key came while a save was under way. */
  readonly onDirty: () => void
  /** Everything is written. */
  readonly onClean?: () => void
  readonly timers?: Timers
}

export interface Autosave {
  /** Something was typed. */
  touch(): void
  /** Writes now what is unsaved; resolves when everything typed before the call is written. */
  flush(): Promise<void>
  readonly dirty: () => boolean
}

export function createAutosave({ save, onDirty, onClean, timers = systemTimers }: AutosaveOptions): Autosave {
  let firstAt: number | null = null
  let timer: unknown = null
  let running: Promise<void> | null = null

  const stop = () => {
    if (timer !== null) timers.cancel(timer)
    timer = null
  }
  const write = async (): Promise<void> => {
    while (firstAt !== null) {
      stop()
      const since = firstAt
      firstAt = null
      try {
        await save()
      } catch (reason) {
        // Not written (a full disk, a closed database): it stays unsaved and is tried again; whoever reports bugs hears of it.
        firstAt ??= since
        timer = timers.after(RETRY_MS, () => void flushOnce())
        throw reason
      }
      // What was typed meanwhile has its own timer, unless its time is up already.
      if (firstAt !== null) {
        onDirty()
        return schedule()
      }
    }
    onClean?.()
  }
  const start = (): Promise<void> => {
    running ??= write().finally(() => {
      running = null
    })
    return running
  }
  const schedule = () => {
    if (firstAt === null) return
    stop()
    const wait = Math.max(Math.min(QUIET_MS, firstAt + MAX_WAIT_MS - timers.now()), 0)
    timer = timers.after(wait, () => {
      timer = null
      void flushOnce()
    })
  }
  /** One more round when a save was under way: it may have read the text before the last key. */
  const flushOnce = async (): Promise<void> => {
    if (running) await running
    if (firstAt !== null) await start()
  }

  return {
    touch() {
      if (firstAt === null) {
        firstAt = timers.now()
        onDirty()
      }
      schedule()
    },
    flush: flushOnce,
    dirty: () => firstAt !== null || running !== null,
  }
}

/** A stretch of typing is undone together: a pause, leaving the field or an undo begins a new one. */
export const STRETCH_MS = 30_000

export function createStretch(newId: () => string, now: () => number) {
  let id = newId()
  let last = now()
  return {
    /** The stretch a key pressed now belongs to. */
    current(): string {
      if (now() - last > STRETCH_MS) id = newId()
      last = now()
      return id
    },
    /** The next key begins a new one. */
    end() {
      id = newId()
    },
  }
}

const open = new Set<Pick<Autosave, 'dirty'>>()
/** Whether something typed anywhere on the screen is not written yet. */
export const anyDirty = (): boolean => [...open].some((each) => each.dirty())

/** Has an autosave flushed whenever the page is hidden, left or closed. Gives the way to stop, which flushes once more. */
export function keepFlushed(autosave: Autosave): () => void {
  const { dirty, flush } = autosave
  const kept = { dirty }
  open.add(kept)
  const stop = onFlush(() => flush())
  return () => {
    void flush().finally(() => {
      stop()
      open.delete(kept)
    })
  }
}
