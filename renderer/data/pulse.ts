/**
 * Whether the database still answers. IndexedDB knows no time limit: a browser in trouble with its files, or another window that holds on
 * to them, leaves an opening or a transaction waiting for ever, without an error.
 */
import type { DBCore, Middleware } from 'dexie'

/** Looks are counted, not time: a computer that slept has not waited. */
const LOOK_MS = 3_000
const LOOKS = 4

/** Something the database was asked for, and how often it was looked at since its last sign of life. */
interface Asked {
  looks: number
}

/** `timer` runs work after so many milliseconds; it is used only while an answer is awaited. */
export function createPulse(timer: (work: () => void, ms: number) => unknown = setTimeout) {
  /** Oldest first: what came later may be waiting for that only. */
  const awaited = new Set<Asked>()
  let looking = false
  let silent = false
  const listeners = new Set<() => void>()
  const judge = () => {
    const [oldest] = awaited
    const now = oldest !== undefined && oldest.looks >= LOOKS
    if (now === silent) return
    silent = now
    for (const listener of listeners) listener()
  }
  const look = () => {
    for (const asked of awaited) asked.looks += 1
    judge()
    looking = awaited.size > 0
    if (looking) timer(look, LOOK_MS)
  }
  const ask = (): Asked => {
    const asked = { looks: 0 }
    awaited.add(asked)
    if (!looking) timer(look, LOOK_MS)
    looking = true
    return asked
  }
  const ended = (asked: Asked) => {
    awaited.delete(asked)
    judge()
  }
  return {
    ask,
    ended,
    /** It goes on, though it has not ended. */
    alive(asked: Asked) {
      asked.looks = 0
      judge()
    },
    watch<T>(work: PromiseLike<T>): PromiseLike<T> {
      const asked = ask()
      const end = () => ended(asked)
      work.then(end, end)
      return work
    },
    /** Whether what was asked first has been left without an answer for some seconds. */
    silent: () => silent,
    onChange(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Of all databases this page has open. */
export const pulse = createPulse()

/** Has the transactions of a database watched. A long one shows by every write that it is alive. */
export const pulsing: Middleware<DBCore> = {
  stack: 'dbcore',
  name: 'pulse',
  level: -3,
  create: (core) => {
    const asked = new WeakMap<object, Asked>()
    return {
      ...core,
      transaction(stores, mode, options) {
        const transaction = core.transaction(stores, mode, options)
        const its = pulse.ask()
        asked.set(transaction, its)
        for (const end of ['complete', 'abort'])
          (transaction as IDBTransaction).addEventListener(end, () => pulse.ended(its))
        return transaction
      },
      table(name) {
        const table = core.table(name)
        const mutate: typeof table.mutate = (request) => {
          const written = table.mutate(request)
          const its = asked.get(request.trans)
          // Where it failed, who wrote hears of it.
          if (its)
            written.then(
              () => pulse.alive(its),
              () => undefined,
            )
          return written
        }
        return { ...table, mutate }
      },
    }
  },
}
