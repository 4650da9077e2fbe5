/** Group commit: what comes in while the database writes goes into the next transaction together. One bad play fails alone. */
import type { Play, Played } from '../data/commands/deliveries.ts'

const MOST = 100

interface Waiting {
  readonly play: Play
  readonly resolve: (played: Played | null) => void
  readonly reject: (why: unknown) => void
}

/** `commit` plays several in one transaction. Gives a way to play one, resolved once it is on the disk. */
export function createLedger(commit: (plays: readonly Play[]) => Promise<readonly (Played | null)[]>) {
  let waiting: Waiting[] = []
  let running = false

  const settle = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const played = await commit(batch.map(({ play }) => play))
      batch.forEach(({ resolve }, at) => {
        resolve(played[at] ?? null)
      })
    } catch (thrown) {
      if (batch.length === 1) batch[0]?.reject(thrown)
      else for (const one of batch) await settle([one])
    }
  }

  const drain = async (): Promise<void> => {
    if (running) return
    running = true
    // What is asked for in this same moment joins.
    await Promise.resolve()
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST)
      waiting = waiting.slice(MOST)
      await settle(batch)
    }
    running = false
  }

  return (play: Play): Promise<Played | null> =>
    new Promise((resolve, reject) => {
      waiting.push({ play, resolve, reject })
      void drain()
    })
}
