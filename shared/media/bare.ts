/**
 * A picture without what a camera, a phone or a program wrote into it (place, time, names), its pixels untouched. What the picture needs to
 * look right stays: colours, transparency, the timing of what moves.
 */
import { letters, startsWith, u8, u16be, u32be, u32le } from './bytes.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** null: not a whole file of its type, or of a type whose notes cannot be told from the picture. */
export function withoutNotes(bytes: Bytes, type: string): Bytes | null {
  const kept = PIECES[type]?.(bytes)
  return kept ? joined(kept) : null
}

const PIECES: Readonly<Record<string, (bytes: Bytes) => Bytes[] | null>> = {
  'image/jpeg': jpeg,
  'image/png': png,
  'image/gif': gif,
  'image/webp': webp,
}

function joined(pieces: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** JFIF, colour profile and the mark of Adobe say how to show it; every other segment of an application is a note. */
const isNote = (bytes: Bytes, at: number, marker: number): boolean => {
  if (marker === 0xe2) return !startsWith(bytes, 'ICC_PROFILE\0', at + 4)
  return marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xee)
}

/** Ends with its end mark: phones hang second pictures behind it, with notes of their own. */
function jpeg(bytes: Bytes): Bytes[] | null {
  const kept = [bytes.subarray(0, 2)]
  let at = 2
  while (at + 2 <= bytes.length) {
    if (u8(bytes, at) !== 0xff) return null
    const marker = u8(bytes, at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xd9) return [...kept, bytes.subarray(at, at + 2)]
    const length = u16be(bytes, at + 2)
    if (length < 2) return null
    const next = marker === 0xda ? behindScan(bytes, at + 2 + length) : at + 2 + length
    if (!isNote(bytes, at, marker)) kept.push(bytes.subarray(at, next))
    at = next
  }
  return null
}

/** The next marker that is none of the scan itself: there 0xff is followed by 0 or by a restart. */
function behindScan(bytes: Bytes, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = u8(bytes, at + 1)
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

const PNG_KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT cICP mDCV cLLI acTL fcTL fdAT'.split(' '),
)

function png(bytes: Bytes): Bytes[] | null {
  const kept = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length; ) {
    const next = at + 12 + u32be(bytes, at)
    const type = letters(bytes, at + 4, 4)
    if (PNG_KEPT.has(type)) kept.push(bytes.subarray(at, next))
    if (type === 'IEND') return kept
    at = next
  }
  return null
}

/** How often it runs; everything else of an application is a note. */
const GIF_KEPT = ['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']

function gif(bytes: Bytes): Bytes[] | null {
  const table = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)
  const behind = (from: number) => {
    let at = from
    while (at < bytes.length && u8(bytes, at) !== 0) at += u8(bytes, at) + 1
    return at + 1
  }
  const begin = 13 + table(u8(bytes, 10))
  const kept = [bytes.subarray(0, begin)]
  for (let at = begin; at < bytes.length; ) {
    const block = u8(bytes, at)
    if (block === 0x3b) return [...kept, bytes.subarray(at, at + 1)]
    if (block !== 0x21 && block !== 0x2c) return null
    const next = block === 0x21 ? behind(at + 2) : behind(at + 11 + table(u8(bytes, at + 9)))
    const label = u8(bytes, at + 1)
    const isSaid =
      block === 0x21 &&
      (label === 0xfe || label === 0x01 || (label === 0xff && !GIF_KEPT.includes(letters(bytes, at + 3, 11))))
    if (!isSaid) kept.push(bytes.subarray(at, next))
    at = next
  }
  return null
}

const WEBP_KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const WEBP_NOTES = 0x08 | 0x04

function webp(bytes: Bytes): Bytes[] | null {
  const end = u32le(bytes, 4) + 8
  if (end > bytes.length) return null
  const kept: Bytes[] = []
  for (let at = 12; at + 8 <= end; ) {
    const length = u32le(bytes, at + 4)
    const next = at + 8 + length + (length % 2)
    const type = letters(bytes, at, 4)
    if (type === 'VP8X') {
      const head = bytes.slice(at, next)
      head[8] = u8(head, 8) & ~WEBP_NOTES
      kept.push(head)
    } else if (WEBP_KEPT.has(type)) kept.push(bytes.subarray(at, next))
    at = next
  }
  if (kept.length === 0) return null
  const size = 4 + kept.reduce((sum, { length }) => sum + length, 0)
  const head = bytes.slice(0, 12)
  new DataView(head.buffer).setUint32(4, size, true)
  return [head, ...kept]
}
