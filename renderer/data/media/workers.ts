/** The media workers: a few lanes, one order at a time in each, and none that can be held up for ever. */
import type { FromWorker, OrderKind, Orders } from './messages.ts'

export interface MediaWorkers {
  /** Orders that can be worked on at the same time. */
  readonly lanes: number
  /** null: the worker crashed over it or did not answer for a minute; it was replaced. A bug over there is thrown here. */
  ask<K extends OrderKind>(kind: K, order: Orders[K]['order']): Promise<Orders[K]['answer'] | null>
}

/** The longest pictures and films of two gigabytes are hashed and decoded in far less. */
const PATIENCE = 60_000
const MOST_LANES = 3

interface Lane {
  readonly worker: Worker
  busy: boolean
}
interface Waiting {
  readonly kind: OrderKind
  readonly order: object
  readonly done: PromiseWithResolvers<unknown>
}

const startWorker = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'media' })

/** Starts workers as they are needed, for as long as the window lives; one core is left to the page. */
export function createMediaWorkers(start = startWorker, cores = navigator.hardwareConcurrency): MediaWorkers {
  const most = Math.max(1, Math.min(MOST_LANES, cores - 1))
  const lanes = new Set<Lane>()
  const queue: Waiting[] = []
  let asked = 0

  const next = () => {
    if (queue.length === 0) return
    const free = [...lanes].find(({ busy }) => !busy)
    const lane = free ?? (lanes.size < most ? open() : null)
    const waiting = lane && queue.shift()
    if (waiting) work(lane, waiting)
  }
  const open = (): Lane => {
    const lane = { worker: start(), busy: false }
    lanes.add(lane)
    return lane
  }
  const work = (lane: Lane, { kind, order, done }: Waiting) => {
    lane.busy = true
    asked += 1
    const id = asked
    const timer = setTimeout(() => lose(), PATIENCE)
    const settle = () => {
      clearTimeout(timer)
      lane.busy = false
      lane.worker.onmessage = null
      lane.worker.onerror = null
    }
    /** The worker is given up; what it was at counts as answered with nothing. */
    const lose = () => {
      settle()
      lanes.delete(lane)
      lane.worker.terminate()
      done.resolve(null)
      next()
    }
    lane.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.id !== id) return
      settle()
      if ('why' in data) done.reject(new Error(`The media worker failed: ${data.why}`))
      else done.resolve(data.answer)
      next()
    }
    lane.worker.onerror = (event) => {
      event.preventDefault()
      lose()
    }
    const picture = 'picture' in order && order.picture instanceof ImageBitmap ? [order.picture] : []
    lane.worker.postMessage({ id, kind, order }, picture)
  }

  return {
    lanes: most,
    ask<K extends OrderKind>(kind: K, order: Orders[K]['order']) {
      const done = Promise.withResolvers<unknown>()
      queue.push({ kind, order, done })
      next()
      // The answer is that of the order's own kind: one number, one message.
      return done.promise as Promise<Orders[K]['answer'] | null>
    },
  }
}
