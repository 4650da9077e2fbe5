/** The boxes of which MP4, MOV, HEIC and AVIF files are made (ISO 14496-12). */
import { letters, u16be, u32be, u64be } from './bytes.ts'

export interface Box {
  readonly type: string
  /** Where its content begins and where it ends; the end may lie beyond the bytes there are. */
  readonly from: number
  readonly to: number
}

/** The boxes of a stretch of bytes, in order. Stops at what is no box. */
export function* boxesIn(bytes: Uint8Array, from: number, to: number): Generator<Box> {
  for (let at = from; at + 8 <= Math.min(to, bytes.length); ) {
    const short = u32be(bytes, at)
    const head = short === 1 ? 16 : 8
    const size = short === 1 ? u64be(bytes, at + 8) : short === 0 ? to - at : short
    if (size < head) return
    yield { type: letters(bytes, at + 4, 4), from: at + head, to: at + size }
    at += size
  }
}

/** The first box down a path of types. Versioned containers are entered behind their version. */
export function boxAt(bytes: Uint8Array, path: readonly string[], from = 0, to = bytes.length): Box | null {
  const [type, ...rest] = path
  for (const box of boxesIn(bytes, from, to)) {
    if (box.type !== type) continue
    if (rest.length === 0) return box
    const found = boxAt(bytes, rest, box.from + (type === 'meta' ? 4 : 0), box.to)
    if (found) return found
  }
  return null
}

/** Size and quarter turns of the picture in a HEIC or AVIF file: tiles and previews are smaller than it. */
export function pictureIn(bytes: Uint8Array): { width: number; height: number } {
  const properties = boxAt(bytes, ['meta', 'iprp', 'ipco'])
  let [width, height, turned] = [0, 0, false]
  for (const box of properties ? boxesIn(bytes, properties.from, properties.to) : []) {
    if (box.type === 'irot') turned = (bytes[box.from] ?? 0) % 2 === 1
    if (box.type !== 'ispe') continue
    const [w, h] = [u32be(bytes, box.from + 4), u32be(bytes, box.from + 8)]
    if (w * h > width * height) [width, height] = [w, h]
  }
  return turned ? { width: height, height: width } : { width, height }
}

/** Length in seconds and size of a video, as far as its index is among the bytes; 0 where it is not. */
export function movieIn(bytes: Uint8Array): { seconds: number; width: number; height: number } {
  const movie = boxAt(bytes, ['moov'])
  const head = movie && boxAt(bytes, ['mvhd'], movie.from, movie.to)
  if (!movie || !head) return { seconds: 0, width: 0, height: 0 }
  const long = bytes[head.from] === 1
  const scale = u32be(bytes, head.from + (long ? 20 : 12))
  const length = long ? u64be(bytes, head.from + 24) : u32be(bytes, head.from + 16)
  let [width, height] = [0, 0]
  for (const track of boxesIn(bytes, movie.from, movie.to)) {
    const tkhd = track.type === 'trak' ? boxAt(bytes, ['tkhd'], track.from, track.to) : null
    if (!tkhd) continue
    const matrix = tkhd.from + (bytes[tkhd.from] === 1 ? 52 : 40)
    // Sixteen bits before the point; a quarter turn has nothing where the plain matrix has one.
    const [w, h] = [u16be(bytes, matrix + 36), u16be(bytes, matrix + 40)]
    const turned = u32be(bytes, matrix) === 0 && u32be(bytes, matrix + 16) === 0
    if (w * h > width * height) [width, height] = turned ? [h, w] : [w, h]
  }
  return { seconds: scale > 0 && length < 0xffff_ffff ? Math.round((length / scale) * 10) / 10 : 0, width, height }
}
