import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMediaWorkers } from '../../../renderer/data/media/workers.ts'

/** A worker that answers when told to. */
class FakeWorker {
  static readonly all: FakeWorker[] = []
  readonly orders: { id: number; kind: string }[] = []
  ended = false
  onmessage: ((event: { data: unknown }) => void) | null = null
  onerror: ((event: { preventDefault(): void }) => void) | null = null
  constructor() {
    FakeWorker.all.push(this)
  }
  postMessage(order: { id: number; kind: string }) {
    this.orders.push(order)
  }
  terminate() {
    this.ended = true
  }
  answer(answer: unknown) {
    this.onmessage?.({ data: { id: this.orders.at(-1)?.id, answer } })
  }
}
const start = () => new FakeWorker() as unknown as Worker
const picture = new Blob([])
const order = { picture, turn: 0 } as const

describe('the media workers', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    // Not there outside of a browser; nothing here is one.
    vi.stubGlobal('ImageBitmap', class {})
  })
  afterEach(() => {
    FakeWorker.all.length = 0
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('are as many as there are cores to spare, and do one thing at a time each', async () => {
    const workers = createMediaWorkers(start, 3)
    const answers = [1, 2, 3].map(() => workers.ask('thumb', order))
    expect(FakeWorker.all.map(({ orders }) => orders.length)).toEqual([1, 1])
    FakeWorker.all[1]?.answer('second')
    expect(FakeWorker.all.map(({ orders }) => orders.length)).toEqual([1, 2])
    FakeWorker.all[0]?.answer('first')
    FakeWorker.all[1]?.answer('third')
    expect(await Promise.all(answers)).toEqual(['first', 'second', 'third'])
    expect(createMediaWorkers(start, 1).lanes).toBe(1)
  })

  it('are replaced when one hangs or crashes over a file, which counts as one that cannot be decoded', async () => {
    const workers = createMediaWorkers(start, 2)
    const hanging = workers.ask('thumb', order)
    const behind = workers.ask('thumb', order)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await hanging).toBeNull()
    const [first, second] = FakeWorker.all
    expect([first?.ended, second?.ended]).toEqual([true, false])
    second?.onerror?.({ preventDefault: () => {} })
    expect(await behind).toBeNull()
    const after = workers.ask('thumb', order)
    FakeWorker.all[2]?.answer('fine')
    expect(await after).toBe('fine')
  })

  it('throw here what is a bug there', async () => {
    const workers = createMediaWorkers(start, 2)
    const broken = workers.ask('thumb', order)
    FakeWorker.all[0]?.onmessage?.({ data: { id: FakeWorker.all[0]?.orders[0]?.id, why: 'TypeError: no canvas' } })
    await expect(broken).rejects.toThrow('no canvas')
  })
})
