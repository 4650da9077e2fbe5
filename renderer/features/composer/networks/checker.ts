/** Asks what the networks say: when the keys rest, at the latest a second after the first of them. */
import type { Assessments, Placings } from '../../../../shared/platforms/assess.ts'

/** Rest of the keys after which is asked, and the longest wait, in milliseconds. */
const QUIET_MS = 250
const MAX_WAIT_MS = 1_000

export interface Checker {
  /** Something changed; a key press costs no more than a timer. */
  touch(): void
  stop(): void
}

/** `read` gives the open post as it is when it is asked about; null while there is none. */
export function createChecker(
  read: () => Placings | null,
  assess: (placings: Placings) => Promise<Assessments>,
  onAnswer: (postId: string, assessments: Assessments) => void,
): Checker {
  let asked = 0
  let since: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const ask = async () => {
    since = null
    const placings = read()
    if (!placings) return
    asked += 1
    const id = asked
    const assessments = await assess(placings)
    // Older answers are about what is no longer there.
    if (id === asked) onAnswer(placings.post.id, assessments)
  }
  return {
    touch() {
      const now = performance.now()
      since ??= now
      clearTimeout(timer)
      timer = setTimeout(() => void ask(), Math.max(0, Math.min(QUIET_MS, since + MAX_WAIT_MS - now)))
    },
    stop() {
      clearTimeout(timer)
      asked += 1
    },
  }
}
