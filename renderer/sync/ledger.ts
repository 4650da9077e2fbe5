/** Group commit: what comes in while the database writes goes into the next transaction together. One bad play fails alone. */
import type { Play, Played } from '../data/commands/deliveries.ts'

const MOST = 100
/** While one is being flushed outside the browser, the database takes the next. */
const AT_ONCE = 2

type Outcome = readonly (Played | null)[]

interface Waiting {
  readonly plays: readonly Play[]
  readonly resolve: (played: Outcome) => void
  readonly reject: (why: unknown) => void
}

/** `commit` plays several in one transaction. Gives a way to play some that belong together, resolved once they are on the disk. */
export function createLedger(commit: (plays: readonly Play[]) => Promise<Outcome>) {
  let waiting: Waiting[] = []
  let running = 0

  const settle = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const played = await commit(batch.flatMap(({ plays }) => plays))
      let at = 0
      for (const { plays, resolve } of batch) {
        resolve(played.slice(at, at + plays.length))
        at += plays.length
      }
    } catch (thrown) {
      if (batch.length === 1) batch[0]?.reject(thrown)
      else for (const one of batch) await settle([one])
    }
  }

  const drain = async (): Promise<void> => {
    if (running >= AT_ONCE) return
    running += 1
    // What is asked for in this same moment joins.
    await Promise.resolve()
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST)
      waiting = waiting.slice(MOST)
      await settle(batch)
    }
    running -= 1
  }

  return (plays: readonly Play[]): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      waiting.push({ plays, resolve, reject })
      void drain()
    })
}
