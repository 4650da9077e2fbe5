import { u16be, u16le, u32be, u32le } from './bytes.ts'

/** How a camera was held, 1 to 8 as EXIF counts; 1 is upright, from 5 on the sides are swapped. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

export const isOrientation = (value: number): value is Orientation =>
  Number.isInteger(value) && value >= 1 && value <= 8

const TAG = 0x0112
const SHORT = 3

/** The orientation said in a block of EXIF (a TIFF header and its first directory); 1 where none is. */
export function orientationIn(exif: Uint8Array): Orientation {
  const mark = u16be(exif, 0)
  if (mark !== 0x4949 && mark !== 0x4d4d) return 1
  const [u16, u32] = mark === 0x4949 ? [u16le, u32le] : [u16be, u32be]
  const directory = u32(exif, 4)
  const entries = u16(exif, directory)
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * 12
    if (at + 12 > exif.length) return 1
    if (u16(exif, at) !== TAG || u16(exif, at + 2) !== SHORT) continue
    const value = u16(exif, at + 8)
    return isOrientation(value) ? value : 1
  }
  return 1
}
