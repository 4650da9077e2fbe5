/** The rest of a medium, for uploads that go on where they were cut. */
import type { Tools } from '../adapter.ts'

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
        if (piece.length === 0) throw new Error(`${mediumId} ends after ${at} of ${size} bytes.`)
        at += piece.length
        controller.enqueue(piece)
        tools.progress(percent(at, size))
      },
    },
    { highWaterMark: 0 },
  )
}

const percent = (done: number, whole: number): number => (whole === 0 ? 100 : Math.floor((done / whole) * 100))
