/**
 * What a camera or a recorder wrote into a film or audio (place, time, names), found without reading the film, and blanked while it is read for sending: boxes
 * become `free` ones of the same size, so that every offset stays right and not a byte moves. ISO 14496-12, QuickTime File Format.
 */
import { letters, startsWith, u16be, u32be, u64be } from './bytes.ts'

/** Reads so many bytes from one on; fewer where the file ends. */
export type ReadAt = (from: number, length: number) => Promise<Uint8Array>

/** Bytes that are sent as zeros, or as a word of four letters. */
export interface Blank {
  readonly from: number
  readonly to: number
  readonly word?: string
}

interface Box {
  readonly type: string
  readonly at: number
  readonly from: number
  readonly to: number
}

/** What it takes to play; every other box at its place is a note. */
const KEPT: Readonly<Record<'file' | 'moov' | 'trak' | 'mdia', ReadonlySet<string>>> = {
  file: new Set('ftyp styp moov mdat moof mfra sidx ssix prft pdin pnot wide'.split(' ')),
  moov: new Set('mvhd trak mvex iods ctab clip cmov rmra pssh'.split(' ')),
  trak: new Set('tkhd tref trgr edts mdia load imap matt clip tapt txas'.split(' ')),
  mdia: new Set('mdhd hdlr minf elng'.split(' ')),
}
/** A film all around one: how it is to be projected. */
const SPHERICAL = '\xff\xcc\x82\x63\xf8\x55\x4a\x93\x88\x14\x58\x7a\x02\x52\x1f\xdd'
/** Tracks that hold no picture and no sound but what was measured: GoPro, Apple, Google, Sony, DJI and others. */
const MEASURED = new Set(['meta', 'camm', 'gpmd', 'mebx', 'rtmd', 'djmd', 'dbgi'])
/** Boxes of a film that is in order, and bytes of its tables; beyond that it is left as it is. */
const MOST_BOXES = 20_000
const MOST_TABLE = 16 * 1024 * 1024

const BOXED = new Set(['video/mp4', 'video/quicktime', 'audio/mp4'])
/** Whether films and audio of a type are made of such boxes. WebM and Matroska are not, nor are MP3 and the like. */
export const isBoxed = (type: string): boolean => BOXED.has(type)

/** What is to be blanked of an MP4 or MOV, in order. Only heads of boxes are read, and the tables of tracks that hold what was measured. */
export async function notesIn(read: ReadAt, size: number): Promise<Blank[]> {
  const blanks: Blank[] = []
  const top = await boxesOf(read, 0, size)
  for (const box of top) {
    if (box.type === 'moov') blanks.push(...(await inMovie(read, box)))
    else if (!KEPT.file.has(box.type)) blanks.push(...blanked(box))
  }
  return blanks.sort((a, b) => a.from - b.from)
}

/** How the pictures of a film are packed, as people call it; '' where it is not known. Reads heads of boxes only. */
export async function codecOf(read: ReadAt, size: number): Promise<string> {
  const pictures = (await tracksOf(read, size)).find(({ kind }) => kind === 'vide')
  return pictures ? (CODECS[(await samplesOf(read, pictures.media)).kind.toLowerCase()] ?? '') : ''
}

/** Whether it is no film for all its container says: recorders of phones write audio so. Reads heads of boxes only. */
export async function isSoundOnly(read: ReadAt, size: number): Promise<boolean> {
  const kinds = (await tracksOf(read, size)).map(({ kind }) => kind)
  return kinds.includes('soun') && !kinds.includes('vide')
}

/**
 * The tables of a film that lie behind its pictures, as they are when they stand at `at`, in front of those; null where they do already, or
 * cannot be moved. `from`, `to`: where they lie now.
 */
export async function movieFirst(
  read: ReadAt,
  size: number,
): Promise<{
  readonly at: number
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly from: number
  readonly to: number
} | null> {
  const top = await boxesOf(read, 0, size)
  const movie = top.find(({ type }) => type === 'moov')
  const pictures = top.find(({ type }) => type === 'mdat')
  if (!movie || !pictures || movie.at < pictures.at || movie.to - movie.at > MOST_MOVED) return null
  const bytes = new Uint8Array(await read(movie.at, movie.to - movie.at))
  const inside: ReadAt = async (from, length) => bytes.slice(from, from + length)
  const [whole] = await boxesOf(inside, 0, bytes.length)
  const lists = whole ? await offsetsIn(inside, whole) : []
  return lists.every((list) => isShifted(bytes, list, bytes.length))
    ? { at: pictures.at, bytes, from: movie.at, to: movie.to }
    : null
}
/** Of many hours. */
const MOST_MOVED = 64 * 1024 * 1024

const AROUND = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl'])

/** The lists that say where samples lie. */
async function offsetsIn(read: ReadAt, box: Box): Promise<Box[]> {
  const inside = await boxesOf(read, box.from, box.to)
  const lists = await Promise.all(
    inside.map(async (one) =>
      AROUND.has(one.type) ? offsetsIn(read, one) : one.type === 'stco' || one.type === 'co64' ? [one] : [],
    ),
  )
  return lists.flat()
}

/** Moves every place of a list by so many bytes, in place; false where one would not fit into it any more. */
function isShifted(bytes: Uint8Array, { type, from, to }: Box, by: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wide = type === 'co64'
  for (let at = from + 8; at + (wide ? 8 : 4) <= to; at += wide ? 8 : 4) {
    if (wide) view.setBigUint64(at, view.getBigUint64(at) + BigInt(by))
    else if (view.getUint32(at) + by > 0xffff_ffff) return false
    else view.setUint32(at, view.getUint32(at) + by)
  }
  return true
}

/** What its tracks are (`vide`, `soun`), each with the boxes that say more. */
async function tracksOf(read: ReadAt, size: number): Promise<{ kind: string; media: readonly Box[] }[]> {
  const movie = (await boxesOf(read, 0, size)).find(({ type }) => type === 'moov')
  const tracks = movie ? (await boxesOf(read, movie.from, movie.to)).filter(({ type }) => type === 'trak') : []
  return Promise.all(
    tracks.map(async ({ from, to }) => {
      const media = await mediaOf(read, await boxesOf(read, from, to))
      return { kind: await handlerOf(read, media), media }
    }),
  )
}

/** The boxes that say what a track is. */
async function mediaOf(read: ReadAt, track: readonly Box[]): Promise<Box[]> {
  const media = track.find(({ type }) => type === 'mdia')
  return media ? boxesOf(read, media.from, media.to) : []
}

async function handlerOf(read: ReadAt, media: readonly Box[]): Promise<string> {
  const handler = media.find(({ type }) => type === 'hdlr')
  return handler ? letters(await read(handler.from + 8, 4), 0, 4) : ''
}

/** By the name of the sample entry (mp4ra.org). */
const CODECS: Readonly<Record<string, string>> = {
  ...named('H.264', 'avc1 avc2 avc3 avc4'),
  ...named('H.265 (HEVC)', 'hvc1 hev1 dvh1 dvhe'),
  ...named('AV1', 'av01 dav1'),
  ...named('VP8', 'vp08'),
  ...named('VP9', 'vp09'),
  ...named('ProRes', 'apch apcn apcs apco ap4h ap4x'),
  ...named('MPEG-4 (older than H.264)', 'mp4v'),
  ...named('Motion JPEG', 'jpeg mjpa mjpb'),
  ...named('DNxHD', 'avdn avdh'),
}
function named(name: string, entries: string): Record<string, string> {
  return Object.fromEntries(entries.split(' ').map((entry) => [entry, name]))
}

async function inMovie(read: ReadAt, movie: Box): Promise<Blank[]> {
  const blanks: Blank[] = []
  for (const box of await boxesOf(read, movie.from, movie.to)) {
    if (box.type === 'trak') blanks.push(...(await inTrack(read, box)))
    else if (box.type === 'mvhd') blanks.push(await timesOf(read, box))
    else if (!KEPT.moov.has(box.type)) blanks.push(...blanked(box))
  }
  return blanks
}

async function inTrack(read: ReadAt, track: Box): Promise<Blank[]> {
  const boxes = await boxesOf(read, track.from, track.to)
  const inside = await mediaOf(read, boxes)
  const kind = await handlerOf(read, inside)
  const samples = await samplesOf(read, inside)
  if (kind === 'meta' || MEASURED.has(samples.kind)) return [...blanked(track), ...(await samples.lie())]

  const blanks: Blank[] = []
  for (const box of boxes) {
    if (box.type === 'tkhd') blanks.push(await timesOf(read, box))
    const isKept = KEPT.trak.has(box.type) || (box.type === 'uuid' && startsWith(await read(box.from, 16), SPHERICAL))
    if (!isKept) blanks.push(...blanked(box))
  }
  for (const box of inside) {
    if (box.type === 'mdhd') blanks.push(await timesOf(read, box))
    if (!KEPT.mdia.has(box.type)) blanks.push(...blanked(box))
  }
  return blanks
}

/** What the samples of a track are, and where they lie. */
async function samplesOf(read: ReadAt, media: readonly Box[]) {
  const info = media.find(({ type }) => type === 'minf')
  const inside = info ? await boxesOf(read, info.from, info.to) : []
  const table = inside.find(({ type }) => type === 'stbl')
  const tables = table ? await boxesOf(read, table.from, table.to) : []
  const find = (type: string) => tables.find((box) => box.type === type)
  const entry = find('stsd')
  const content = async (box: Box | undefined): Promise<Uint8Array> =>
    box && box.to - box.from <= MOST_TABLE ? read(box.from, box.to - box.from) : new Uint8Array()
  return {
    kind: entry ? letters(await read(entry.from + 12, 4), 0, 4) : '',
    lie: async (): Promise<Blank[]> => {
      const wide = find('co64')
      const [sizes, chunks, offsets] = [
        await content(find('stsz')),
        await content(find('stsc')),
        await content(wide ?? find('stco')),
      ]
      return lying(sizes, chunks, offsets, wide !== undefined)
    },
  }
}

/** Chunk by chunk: so many samples (`stsc`) of such sizes (`stsz`) from an offset on (`stco`, `co64`). */
function lying(sizes: Uint8Array, chunks: Uint8Array, offsets: Uint8Array, areWide: boolean): Blank[] {
  const same = u32be(sizes, 4)
  const runs = u32be(chunks, 4)
  const count = Math.min(u32be(offsets, 4), (offsets.length - 8) / (areWide ? 8 : 4))
  const blanks: Blank[] = []
  for (let chunk = 1, run = 0, sample = 0; chunk <= count; chunk++) {
    while (run + 1 < runs && u32be(chunks, 8 + (run + 1) * 12) <= chunk) run++
    const many = u32be(chunks, 12 + run * 12)
    const from = areWide ? u64be(offsets, chunk * 8) : u32be(offsets, 4 + chunk * 4)
    let length = same * many
    if (same === 0) for (let n = 0; n < many && sample < sizes.length; n++) length += u32be(sizes, 12 + sample++ * 4)
    blanks.push({ from, to: from + length })
  }
  return blanks
}

/** Made and changed at: two numbers of 32 or 64 bits behind the version. Nothing is what programs write that do not know. */
async function timesOf(read: ReadAt, { from }: Box): Promise<Blank> {
  const [version] = await read(from, 1)
  return { from: from + 4, to: from + 4 + (version === 1 ? 16 : 8) }
}

const blanked = ({ at, from, to }: Box): Blank[] => [
  { from: at + 4, to: at + 8, word: 'free' },
  { from, to },
]

/** The boxes of a stretch of a file. Stops at what is no box. */
async function boxesOf(read: ReadAt, from: number, to: number): Promise<Box[]> {
  const boxes: Box[] = []
  for (let at = from; at + 8 <= to && boxes.length < MOST_BOXES; ) {
    const head = await read(at, 16)
    const short = u32be(head, 0)
    const length = short === 1 ? 16 : 8
    const size = short === 1 ? u64be(head, 8) : short === 0 ? to - at : short
    if (size < length || at + size > to || u16be(head, 4) === 0) break
    boxes.push({ type: letters(head, 4, 4), at, from: at + length, to: at + size })
    at += size
  }
  return boxes
}

/** Blanks what lies in these bytes, which begin at a place of the file. In place. `blanks`: in order. */
export function blank(bytes: Uint8Array, from: number, blanks: readonly Blank[]): void {
  for (let next = firstBehind(blanks, from); next < blanks.length; next++) {
    const one = blanks[next]
    if (!one || one.from >= from + bytes.length) return
    const [start, end] = [Math.max(one.from, from), Math.min(one.to, from + bytes.length)]
    for (let at = start; at < end; at++) bytes[at - from] = one.word?.charCodeAt(at - one.from) ?? 0
  }
}

/** The first that ends behind a place: they do not overlap, so a search by halves finds it. */
function firstBehind(blanks: readonly Blank[], place: number): number {
  let [low, high] = [0, blanks.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((blanks[middle]?.to ?? 0) > place) high = middle
    else low = middle + 1
  }
  return low
}
