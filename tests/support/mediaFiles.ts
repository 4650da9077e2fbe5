/** Files of the library, made byte by byte: as their formats have them, small, and as broken as a test wants them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import type { Orientation } from '../../shared/media/exif.ts'
import { projectRoot } from './project.ts'

const text = (words: string) => Buffer.from(words, 'latin1')
const u16 = (value: number) => Buffer.from([value >> 8, value & 255])
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const u32le = (value: number) => Buffer.from(u32(value).toReversed())
const u24le = (value: number) => Buffer.from([value & 255, (value >> 8) & 255, value >> 16])
const all = (...parts: readonly (Uint8Array | string)[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? text(part) : part))))

/** A directory of EXIF with one entry, in either order of bytes. */
export function exif(orientation: number, order: 'II' | 'MM' = 'MM'): Uint8Array {
  const entry = [u16(0x0112), u16(3), u32(1), u16(orientation), u16(0)]
  const words = [u16(42), u32(8), u16(1), ...entry, u32(0)]
  return all(order, ...(order === 'MM' ? words : words.map((word) => Buffer.from(word.toReversed()))))
}

/** A JPEG with what cameras write at its start, put before everything else. */
export function withOrientation(jpeg: Uint8Array, orientation: Orientation, order: 'II' | 'MM' = 'MM') {
  const block = all('Exif\0\0', exif(orientation, order))
  return all(jpeg.subarray(0, 2), '\xff\xe1', u16(block.length + 2), block, jpeg.subarray(2))
}

/** The frame of a JPEG with nothing in its scan. */
export const aJpeg = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  all(
    '\xff\xd8\xff\xe0',
    u16(16),
    'JFIF\0\x01\x01\0\0\x01\0\x01\0\0',
    '\xff\xc0',
    u16(17),
    '\x08',
    u16(height),
    u16(width),
    '\x03\x01\x22\0\x02\x11\x01\x03\x11\x01',
    '\xff\xda',
    u16(12),
    '\x03\x01\0\x02\x11\x03\x11\0\x3f\0',
    '\x12\xff\0\x34\x56',
    '\xff\xd9',
  )

const crc = (bytes: Uint8Array): number => {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}
const chunk = (type: string, data: Uint8Array) => {
  const body = all(type, data)
  return all(u32(data.length), body, u32(crc(body)))
}
const PNG = '\x89PNG\r\n\x1a\n'
const head = (width: number, height: number) => chunk('IHDR', all(u32(width), u32(height), '\x08\x02\0\0\0'))

/** A picture in two colours, different for each `seed`. */
export function aPng(width: number, height: number, seed = 0): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rows.set(x > width / 2 ? [36, 86, 90] : [217, seed % 256, (seed >> 8) % 256], y * (width * 3 + 1) + 1 + x * 3)
  return all(PNG, head(width, height), chunk('IDAT', deflateSync(rows)), chunk('IEND', new Uint8Array()))
}
/** As many pixels as its head says, all of them the same: a few kilobytes that unfold to gigabytes. */
export const aPngBomb = (width: number, height: number): Uint8Array<ArrayBuffer> => {
  const row = Buffer.alloc(width * 3 + 1)
  return all(PNG, head(width, height), chunk('IDAT', deflateSync(row)), chunk('IEND', new Uint8Array()))
}
export const anAnimatedPng = (width: number, height: number) =>
  all(PNG, head(width, height), chunk('acTL', all(u32(2), u32(0))), chunk('IEND', new Uint8Array()))

export function aGif(width: number, height: number, pictures = 1): Uint8Array<ArrayBuffer> {
  const size = [width & 255, width >> 8, height & 255, height >> 8]
  const picture = all('\x2c\0\0\0\0', Buffer.from(size), '\0\x02\x02\x4c\x01\0')
  const comment = '\x21\xfe\x05hello\0'
  return all(
    'GIF89a',
    Buffer.from(size),
    '\x80\0\0',
    '\0\0\0\xff\xff\xff',
    comment,
    ...Array(pictures).fill(picture),
    ';',
  )
}

const riff = (...parts: readonly Uint8Array[]) => {
  const body = all('WEBP', ...parts)
  return all('RIFF', u32le(body.length), body)
}
const webpChunk = (type: string, data: Uint8Array) => all(type, u32le(data.length), data, data.length % 2 ? '\0' : '')
export const aWebp = (width: number, height: number, { animated = false, orientation = 1 } = {}) =>
  riff(
    webpChunk('VP8X', all(animated ? '\x02\0\0\0' : '\x08\0\0\0', u24le(width - 1), u24le(height - 1))),
    webpChunk('EXIF', exif(orientation)),
  )
export const aLossyWebp = (width: number, height: number) =>
  riff(
    webpChunk(
      'VP8 ',
      all('\0\0\0\x9d\x01\x2a', Buffer.from([width & 255, width >> 8, height & 255, height >> 8]), '\0\0'),
    ),
  )

const box = (type: string, ...parts: readonly (Uint8Array | string)[]) => {
  const body = all(...parts)
  return all(u32(body.length + 8), type, body)
}
const ispe = (width: number, height: number) => box('ispe', '\0\0\0\0', u32(width), u32(height))
/** A HEIC or AVIF of tiles, whose own size stands beside theirs. */
export const aBoxedPicture = (brand: 'heic' | 'avif' | 'avis', width: number, height: number, turned = false) =>
  all(
    box('ftyp', brand, u32(0), 'mif1', brand),
    box(
      'meta',
      '\0\0\0\0',
      box('iprp', box('ipco', ispe(512, 512), ispe(width, height), box('irot', turned ? '\x01' : '\0'))),
    ),
    box('mdat', 'pixels'),
  )

export interface MovieLook {
  readonly seconds: number
  readonly width: number
  readonly height: number
  readonly brand?: string
  readonly turned?: boolean
}
/** An MP4 whose index says this and whose pictures are nothing. */
export function aMovie({ seconds, width, height, brand = 'isom', turned = false }: MovieLook): Uint8Array<ArrayBuffer> {
  const one = u32(0x10000)
  const none = u32(0)
  const matrix = turned
    ? [none, one, none, u32(0xffff0000), none, none, none, none, u32(0x40000000)]
    : [one, none, none, none, one, none, none, none, u32(0x40000000)]
  const mvhd = box('mvhd', u32(0), u32(0), u32(0), u32(1000), u32(seconds * 1000), Buffer.alloc(80))
  const tkhd = box('tkhd', u32(7), Buffer.alloc(36), ...matrix, u16(width), u16(0), u16(height), u16(0))
  return all(box('ftyp', brand, u32(0), brand), box('moov', mvhd, box('trak', tkhd)), box('mdat', 'frames'))
}

export const aPdf = (): Uint8Array<ArrayBuffer> =>
  all(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  )

export const aSvg = (inside = '<path d="M0 0h10v10z" fill="#245"/>', attributes = 'width="640" height="360"') =>
  new Uint8Array(text(`<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>\n`))

/** A tone of a second, made by a real encoder: see `tests/fixtures/sounds`. */
export const sound = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(projectRoot, 'tests', 'fixtures', 'sounds', name)))

/** One of every kind that is taken, by what it is. */
export const oneOfEach = (): Readonly<Record<string, Uint8Array<ArrayBuffer>>> => ({
  'image/jpeg': withOrientation(aJpeg(40, 30), 6),
  'image/png': aPng(40, 30),
  'image/gif': aGif(40, 30),
  'image/webp': aWebp(40, 30),
  'image/svg+xml': aSvg(),
  'image/avif': aBoxedPicture('avif', 4000, 3000),
  'image/heic': aBoxedPicture('heic', 4032, 3024),
  'video/mp4': aMovie({ seconds: 12, width: 1920, height: 1080 }),
  'video/quicktime': aMovie({ seconds: 12, width: 1920, height: 1080, brand: 'qt  ' }),
  'audio/mpeg': sound('tone.mp3'),
  'audio/mp4': sound('tone.m4a'),
  'audio/aac': sound('tone.aac'),
  'audio/ogg': sound('tone.opus'),
  'audio/wav': sound('tone.wav'),
  'audio/flac': sound('tone.flac'),
  'application/pdf': aPdf(),
})
