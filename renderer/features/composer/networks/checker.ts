/** Asks the worker what the networks say: when the keys rest, at the latest a second after the first of them. */
import type { Assessments, Placings } from './assess.ts'
import type { Answer, Question } from './worker.ts'

/** Rest of the keys after which is asked, and the longest wait, in milliseconds. */
const QUIET_MS = 250
const MAX_WAIT_MS = 1_000

export interface Checker {
  /** Something changed; a key press costs no more than a timer. */
  touch(): void
  /** Asks now and resolves once everything that changed before the call is assessed. */
  settle(): Promise<void>
  stop(): void
}

/** `read` gives the open post as it is when it is asked about; null while there is none. */
export function createChecker(
  read: () => Placings | null,
  onAnswer: (postId: string, assessments: Assessments) => void,
): Checker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'networks' })
  let asked = 0
  let since: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const waiting = new Map<number, () => void>()

  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    // Older answers are about what is no longer there.
    if (data.id === asked) onAnswer(data.postId, data.assessments)
    for (const [id, done] of waiting) {
      if (id > data.id) continue
      waiting.delete(id)
      done()
    }
  }
  worker.onerror = (event) => {
    throw new Error(`The rules of the networks failed: ${event.message}`)
  }

  const ask = (): number => {
    clearTimeout(timer)
    since = null
    const placings = read()
    if (!placings) return 0
    asked += 1
    worker.postMessage({ id: asked, placings } satisfies Question)
    return asked
  }
  return {
    touch() {
      const now = performance.now()
      since ??= now
      clearTimeout(timer)
      timer = setTimeout(ask, Math.max(0, Math.min(QUIET_MS, since + MAX_WAIT_MS - now)))
    },
    settle() {
      const id = ask()
      return id === 0 ? Promise.resolve() : new Promise((resolve) => waiting.set(id, resolve))
    },
    stop() {
      clearTimeout(timer)
      worker.terminate()
      for (const done of waiting.values()) done()
    },
  }
}
