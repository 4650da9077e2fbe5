/** What a file is, told by its content and never by its name. Reads bytes that may be anything and never throws. */
import { err, ok, type Result } from '../lib/result.ts'
import { boxesIn, movieIn, pictureIn } from './boxes.ts'
import { letters, startsWith, u8, u16be, u16le, u24le, u32be, u32le } from './bytes.ts'
import { type Orientation, orientationIn } from './exif.ts'
import { type MediaRefusal, MOST_BYTES, MOST_PIXELS } from './refusals.ts'
import { isCutWav, type SoundFormat, soundFormatOf } from './sound.ts'

export const MEDIA_KINDS = ['image', 'video', 'audio', 'document'] as const
export type MediaKind = (typeof MEDIA_KINDS)[number]

export interface Inspected {
  readonly kind: MediaKind
  /** MIME type */
  readonly type: string
  /** Pixels as shown, the orientation of the camera applied; 0 where the file does not say. */
  readonly width: number
  readonly height: number
  readonly orientation: Orientation
  readonly animated: boolean
  /** Length of a video or of audio; 0 for what has none or does not say. */
  readonly seconds: number
}

/** Bytes from the beginning that are enough for a video, audio or a document. */
export const HEAD_BYTES = 1_000_000

/** Whether the whole file must be read to look at it: a picture that is cut off is only seen at its end. */
export const isReadWhole = (head: Uint8Array): boolean => {
  const format = formatOf(head)
  return format !== null && KIND[format] === 'image'
}

type Format =
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'webp'
  | 'svg'
  | 'avif'
  | 'heic'
  | 'mp4'
  | 'mov'
  | 'webm'
  | 'mkv'
  | 'pdf'
  | SoundFormat
const TYPE: Readonly<Record<Format, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  avif: 'image/avif',
  heic: 'image/heic',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mkv: 'video/x-matroska',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  pdf: 'application/pdf',
}
const KIND: Readonly<Record<Format, MediaKind>> = {
  jpeg: 'image',
  png: 'image',
  gif: 'image',
  webp: 'image',
  svg: 'image',
  avif: 'image',
  heic: 'image',
  mp4: 'video',
  mov: 'video',
  webm: 'video',
  mkv: 'video',
  mp3: 'audio',
  m4a: 'audio',
  aac: 'audio',
  ogg: 'audio',
  wav: 'audio',
  flac: 'audio',
  pdf: 'document',
}

/**
 * Looks at a file. `bytes` is its beginning, all of it where `isReadWhole` says so; `size` what it has in all. A picture that would
 * unfold to more pixels than fit is refused here, before anyone decodes it.
 */
export function inspect(bytes: Uint8Array, size = bytes.length): Result<Inspected, MediaRefusal> {
  if (size === 0) return err({ kind: 'empty' })
  const format = formatOf(bytes)
  if (format === null) return err({ kind: 'not-media', looksLike: resemblance(bytes) })
  const kind = KIND[format]
  const most = format === 'svg' ? MOST_BYTES.svg : MOST_BYTES[kind]
  if (size > most) return err({ kind: 'too-large', size, most })
  const look = LOOK[format](bytes, size)
  if (look === 'cut-off') return err({ kind: 'cut-off' })
  const { width = 0, height = 0, orientation = 1, animated = false, seconds = 0 } = look
  if (kind === 'image' && width * height > MOST_PIXELS) return err({ kind: 'too-many-pixels', width, height })
  const shown = orientation >= 5 ? { width: height, height: width } : { width, height }
  return ok({ kind, type: TYPE[format], ...shown, orientation, animated, seconds })
}

type Look = Partial<Omit<Inspected, 'kind' | 'type'>> | 'cut-off'

const LOOK: Readonly<Record<Format, (bytes: Uint8Array, size: number) => Look>> = {
  jpeg: lookAtJpeg,
  png: lookAtPng,
  gif: lookAtGif,
  webp: lookAtWebp,
  // Its size is read with the rest of it, by svg.ts.
  svg: () => ({}),
  avif: (bytes, size) =>
    boxesEndAt(bytes) > size ? 'cut-off' : { ...pictureIn(bytes), animated: hasBrand(bytes, 'avis') },
  heic: (bytes, size) => (boxesEndAt(bytes) > size ? 'cut-off' : pictureIn(bytes)),
  mp4: lookAtMovie,
  mov: lookAtMovie,
  webm: () => ({}),
  mkv: () => ({}),
  // How long they are says the element that plays them: of most the whole file would have to be read.
  mp3: () => ({}),
  m4a: lookAtSound,
  aac: () => ({}),
  ogg: () => ({}),
  wav: (bytes, size) => (isCutWav(bytes, size) ? 'cut-off' : {}),
  flac: () => ({}),
  pdf: (bytes, size) =>
    bytes.length < size || letters(bytes, Math.max(0, size - 2048), 2048).includes('%%EOF') ? {} : 'cut-off',
}

function formatOf(bytes: Uint8Array): Format | null {
  if (u24le(bytes, 0) === 0xffd8ff) return 'jpeg'
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'png'
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return 'gif'
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'webp'
  if (startsWith(bytes, 'ftyp', 4)) return formatOfBrands(bytes)
  if (startsWith(bytes, 'moov', 4) || startsWith(bytes, 'mdat', 4) || startsWith(bytes, 'wide', 4)) return 'mov'
  if (u32be(bytes, 0) === 0x1a45dfa3) {
    const head = letters(bytes, 0, 64)
    return head.includes('webm') ? 'webm' : head.includes('matroska') ? 'mkv' : null
  }
  if (letters(bytes, 0, 1024).includes('%PDF-')) return 'pdf'
  return isSvg(bytes) ? 'svg' : soundFormatOf(bytes)
}

const brandsOf = (bytes: Uint8Array): string[] => {
  const end = Math.min(u32be(bytes, 0), bytes.length, 256)
  const brands = [letters(bytes, 8, 4)]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(letters(bytes, at, 4))
  return brands
}
const hasBrand = (bytes: Uint8Array, ...wanted: readonly string[]) =>
  brandsOf(bytes).some((brand) => wanted.includes(brand))

function formatOfBrands(bytes: Uint8Array): Format | null {
  const main = letters(bytes, 8, 4)
  if (hasBrand(bytes, 'avif', 'avis')) return 'avif'
  if (hasBrand(bytes, 'heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1')) return 'heic'
  if (main === 'qt  ') return 'mov'
  return main.startsWith('M4A') || main.startsWith('M4B') ? 'm4a' : 'mp4'
}

const SVG_START = /^\ufeff?\s*(?:(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!doctype[^>]*>)\s*)*<(?:svg|\w+:svg)[\s>/]/i
const isSvg = (bytes: Uint8Array): boolean => {
  const start = letters(bytes, 0, 4)
  if (!/[<\s\xef]/.test(start[0] ?? '')) return false
  return SVG_START.test(letters(bytes, 0, 4096).replace('\xef\xbb\xbf', ''))
}

/** Words for what people take for pictures, videos and audio, and no network takes. */
function resemblance(bytes: Uint8Array): string {
  const found = RESEMBLANCES.find(([mark, at = 0]) => startsWith(bytes, mark, at))
  return found?.[2] ?? ''
}
const RESEMBLANCES: readonly (readonly [mark: string, at: number, words: string])[] = [
  ['II*\0', 0, 'a TIFF picture'],
  ['MM\0*', 0, 'a TIFF picture'],
  ['BM', 0, 'a bitmap picture'],
  ['8BPS', 0, 'a Photoshop file'],
  ['\0\0\0\x0cJXL ', 0, 'a JPEG XL picture'],
  ['\xff\x0a', 0, 'a JPEG XL picture'],
  ['AVI ', 8, 'an AVI video'],
  ['OggS', 0, 'an Ogg file'],
  ['PK\x03\x04', 0, 'a zip archive or an Office file'],
  ['%!PS', 0, 'a PostScript file'],
  ['\xd0\xcf\x11\xe0', 0, 'an Office file'],
]

/** Everything up to the scan is in segments; an end mark behind it that is missing means that the rest is, too. */
function lookAtJpeg(bytes: Uint8Array): Look {
  let [width, height] = [0, 0]
  let orientation: Orientation = 1
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (u8(bytes, at) !== 0xff) return 'cut-off'
    const marker = u8(bytes, at + 1)
    // Any number of 0xff may stand before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = u16be(bytes, at + 2)
    if (marker === 0xe1 && startsWith(bytes, 'Exif\0\0', at + 4))
      orientation = orientationIn(bytes.subarray(at + 10, at + 2 + length))
    // The frame: C0 to CF without tables (C4), the reserved C8 and arithmetic conditions (CC).
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      height = u16be(bytes, at + 5)
      width = u16be(bytes, at + 7)
    }
    if (marker === 0xda) return width > 0 && endsBehind(bytes, at) ? { width, height, orientation } : 'cut-off'
    at += 2 + length
  }
  return 'cut-off'
}

/** Whether an end mark stands behind a place: within a scan 0xff is never followed by 0xd9. */
function endsBehind(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.lastIndexOf(0xd9); at > from; at = bytes.lastIndexOf(0xd9, at - 1))
    if (bytes[at - 1] === 0xff) return true
  return false
}

function lookAtPng(bytes: Uint8Array): Look {
  const [width, height] = [u32be(bytes, 16), u32be(bytes, 20)]
  let animated = false
  let orientation: Orientation = 1
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = u32be(bytes, at)
    const type = letters(bytes, at + 4, 4)
    if (type === 'IEND') return width > 0 ? { width, height, animated, orientation } : 'cut-off'
    if (type === 'acTL') animated = u32be(bytes, at + 8) > 1
    if (type === 'eXIf') orientation = orientationIn(bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  return 'cut-off'
}

function lookAtGif(bytes: Uint8Array): Look {
  const [width, height] = [u16le(bytes, 6), u16le(bytes, 8)]
  const table = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)
  /** Behind a chain of blocks, each with its length before it. */
  const behind = (from: number) => {
    let at = from
    while (at < bytes.length && u8(bytes, at) !== 0) at += u8(bytes, at) + 1
    return at + 1
  }
  let pictures = 0
  for (let at = 13 + table(u8(bytes, 10)); at < bytes.length; ) {
    const block = u8(bytes, at)
    if (block === 0x3b) return pictures > 0 ? { width, height, animated: pictures > 1 } : 'cut-off'
    if (block === 0x21) at = behind(at + 2)
    else if (block === 0x2c) {
      pictures += 1
      at = behind(at + 11 + table(u8(bytes, at + 9)))
    } else return 'cut-off'
  }
  return 'cut-off'
}

function lookAtWebp(bytes: Uint8Array, size: number): Look {
  if (u32le(bytes, 4) + 8 > size) return 'cut-off'
  let look: Exclude<Look, 'cut-off'> = {}
  for (let at = 12; at + 8 <= bytes.length; ) {
    const type = letters(bytes, at, 4)
    const length = u32le(bytes, at + 4)
    const from = at + 8
    if (type === 'VP8X')
      look = {
        width: u24le(bytes, from + 4) + 1,
        height: u24le(bytes, from + 7) + 1,
        animated: (u8(bytes, from) & 2) > 0,
      }
    if (type === 'VP8 ' && !look.width)
      look = { width: u16le(bytes, from + 6) & 0x3fff, height: u16le(bytes, from + 8) & 0x3fff }
    if (type === 'VP8L' && !look.width) {
      const bits = u32le(bytes, from + 1)
      look = { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    if (type === 'EXIF') look = { ...look, orientation: orientationIn(bytes.subarray(from, from + length)) }
    at = from + length + (length % 2)
  }
  return look.width ? look : 'cut-off'
}

/** Where the last box says it ends. */
function boxesEndAt(bytes: Uint8Array): number {
  let end = 0
  for (const box of boxesIn(bytes, 0, bytes.length)) end = box.to
  return end
}

function lookAtMovie(bytes: Uint8Array, size: number): Look {
  return boxesEndAt(bytes) > size ? 'cut-off' : movieIn(bytes)
}

/** The pictures some audio has for its chapters are no picture of it. */
function lookAtSound(bytes: Uint8Array, size: number): Look {
  return boxesEndAt(bytes) > size ? 'cut-off' : { seconds: movieIn(bytes).seconds }
}
