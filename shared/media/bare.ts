/**
 * Files without what a camera, a telephone or a program wrote into them beside the picture (place, time, owner, thumbnails), and not one
 * pixel changed. Null for what cannot be followed to its end: it is drawn anew then, which leaves everything behind.
 */
import { letters, startsWith, u8, u16be, u32be, u32le } from './bytes.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** `type`: by content. The orientation goes too, so a picture that needs it is none to be bared. */
export function bare(bytes: Bytes, type: string): Bytes | null {
  if (type === 'image/jpeg') return bareJpeg(bytes)
  if (type === 'image/png') return barePng(bytes)
  return type === 'image/webp' ? bareWebp(bytes) : null
}

const joined = (bytes: Bytes, kept: readonly (readonly [from: number, to: number])[]): Bytes => {
  const made = new Uint8Array(kept.reduce((sum, [from, to]) => sum + to - from, 0))
  let at = 0
  for (const [from, to] of kept) {
    made.set(bytes.subarray(from, to), at)
    at += to - from
  }
  return made
}

/** A decoder needs the first for its colours (JFIF, Adobe) and the profile for the right ones. */
const isNeeded = (bytes: Bytes, marker: number, at: number): boolean => {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  const says = (word: string) => startsWith(bytes, word, at + 4)
  return (
    (marker === 0xe0 && says('JFIF\0')) ||
    (marker === 0xe2 && says('ICC_PROFILE\0')) ||
    (marker === 0xee && says('Adobe'))
  )
}

/** What follows the end of the picture (a second one, a film of a telephone) is left out, too. */
function bareJpeg(bytes: Bytes): Bytes | null {
  if (u16be(bytes, 0) !== 0xffd8) return null
  const kept: [number, number][] = [[0, 2]]
  let at = 2
  while (at + 2 <= bytes.length) {
    if (u8(bytes, at) !== 0xff) return null
    const marker = u8(bytes, at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xd9) return joined(bytes, [...kept, [at, at + 2]])
    const length = u16be(bytes, at + 2)
    let end = at + 2 + length
    if (length < 2 || end > bytes.length) return null
    if (marker === 0xda) end = endOfScan(bytes, end)
    if (isNeeded(bytes, marker, at)) kept.push([at, end])
    at = end
  }
  return null
}

/** Where the next marker stands that is no restart. */
function endOfScan(bytes: Bytes, from: number): number {
  for (let at = from; ; at += 2) {
    at = bytes.indexOf(0xff, at)
    if (at < 0) return bytes.length
    const marker = u8(bytes, at + 1)
    if (marker === 0xff) at -= 1
    else if (marker !== 0 && (marker < 0xd0 || marker > 0xd7)) return at
  }
}

const TOLD = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'])

function barePng(bytes: Bytes): Bytes | null {
  if (!startsWith(bytes, 'PNG\r\n', 1)) return null
  const kept: [number, number][] = [[0, 8]]
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + u32be(bytes, at)
    if (end > bytes.length) return null
    const name = letters(bytes, at + 4, 4)
    if (!TOLD.has(name)) kept.push([at, end])
    if (name === 'IEND') return joined(bytes, kept)
    at = end
  }
  return null
}

/** In the first byte of `VP8X`: it says which of them are there. */
const HAS_EXIF_OR_XMP = 0x0c

function bareWebp(bytes: Bytes): Bytes | null {
  if (!startsWith(bytes, 'RIFF') || !startsWith(bytes, 'WEBP', 8)) return null
  const whole = Math.min(bytes.length, u32le(bytes, 4) + 8)
  const kept: [number, number][] = [[0, 12]]
  for (let at = 12; at + 8 <= whole; ) {
    const length = u32le(bytes, at + 4)
    const end = at + 8 + length + (length % 2)
    if (end > whole) return null
    const name = letters(bytes, at, 4)
    if (name !== 'EXIF' && name !== 'XMP ') kept.push([at, end])
    at = end
  }
  const made = joined(bytes, kept)
  new DataView(made.buffer).setUint32(4, made.length - 8, true)
  if (startsWith(made, 'VP8X', 12)) made[20] = u8(made, 20) & ~HAS_EXIF_OR_XMP
  return made
}
