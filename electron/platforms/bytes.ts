/** Media on their way to a network: never held whole. */
import type { Tools } from './adapter.ts'

const PIECE = 4 * 1024 * 1024

/** A medium from a byte on, read as the network takes it; `size` is that of the whole. Tells how far it is. */
export function streamOf(
  tools: Tools,
  mediumId: string,
  size: number,
  from = 0,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = from
  return new ReadableStream(
    {
      pull: async (controller) => {
        if (at >= size) return controller.close()
        const piece = await tools.read(mediumId, at, Math.min(PIECE, size - at))
        if (piece.length === 0) throw new Error('The file is shorter than it was.')
        at += piece.length
        controller.enqueue(piece)
        tools.progress(percent(at, size))
      },
    },
    { highWaterMark: 0 },
  )
}

export const percent = (done: number, whole: number): number => (whole === 0 ? 100 : Math.floor((done / whole) * 100))

/** Tools whose fetch takes a stream as body: Node wants to be told that the answer comes after it. */
export const streaming = (tools: Tools): Tools => ({
  ...tools,
  fetch: (address, init) => tools.fetch(address, { ...init, duplex: 'half' } as typeof init),
})
