/** The containers and bare streams that audio comes in, told by their first bytes. Reads bytes that may be anything and never throws. */
import { letters, startsWith, u8, u32le } from './bytes.ts'

export type SoundFormat = 'mp3' | 'm4a' | 'aac' | 'ogg' | 'wav' | 'flac'

/** What a file of audio is, MP4 aside, whose brand `inspect.ts` reads; null for what is none. */
export function soundFormatOf(bytes: Uint8Array): Exclude<SoundFormat, 'm4a'> | null {
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WAVE', 8)) return 'wav'
  if (startsWith(bytes, 'OggS')) return isSoundInOgg(bytes) ? 'ogg' : null
  const start = behindId3(bytes)
  if (startsWith(bytes, 'fLaC', start)) return 'flac'
  if (isAdts(bytes, start)) return 'aac'
  // A tag with a large cover is longer than the bytes there are: such tags stand before MP3.
  return start > 0 || isMp3(bytes, 0) ? 'mp3' : null
}

/** A WAV says how long it is; one that was written into a pipe says nothing, or as much as fits. */
export const isCutWav = (bytes: Uint8Array, size: number): boolean => {
  const said = u32le(bytes, 4)
  return said < 0xffff_ff00 && said + 8 > size
}

/** Each stream has a page at the beginning that names its codec: one of pictures makes it a film. */
function isSoundInOgg(bytes: Uint8Array): boolean {
  const heads = letters(bytes, 0, 512)
  return (
    !heads.includes('theora') && ['OpusHead', '\x01vorbis', '\x7fFLAC', 'Speex   '].some((one) => heads.includes(one))
  )
}

/** Where the audio begins: behind an ID3 tag, whose length has seven bits in each byte. */
function behindId3(bytes: Uint8Array): number {
  if (!startsWith(bytes, 'ID3')) return 0
  return 10 + [6, 7, 8, 9].reduce((length, at) => length * 128 + (u8(bytes, at) & 0x7f), 0)
}

/** Frames of AAC, one behind the other (ISO 13818-7): eleven bits of one, and two that MP3 never has as zeros. */
function isAdts(bytes: Uint8Array, at: number): boolean {
  const isFrame = (from: number) => u8(bytes, from) === 0xff && (u8(bytes, from + 1) & 0xf6) === 0xf0
  const length = ((u8(bytes, at + 3) & 3) << 11) | (u8(bytes, at + 4) << 3) | (u8(bytes, at + 5) >> 5)
  return isFrame(at) && length > 7 && isFrame(at + length)
}

/** Kilobits a second of layer III by the four bits that name them, of MPEG 1 and of 2 and 2.5. */
const RATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const
const SAMPLES = [44_100, 48_000, 32_000] as const

/** Two frames of layer III, one behind the other: the beginning of one alone is found in many a file (ISO 11172-3, 13818-3). */
function isMp3(bytes: Uint8Array, at: number): boolean {
  const length = mp3Frame(bytes, at)
  return length > 0 && mp3Frame(bytes, at + length) > 0
}

/** Bytes of the frame that begins there; 0: none does. */
function mp3Frame(bytes: Uint8Array, at: number): number {
  const head = u8(bytes, at + 1)
  const version = (head >> 3) & 3
  const isLayer3 = u8(bytes, at) === 0xff && (head & 0xe6) === 0xe2 && version !== 1
  const rate = RATES[version === 3 ? 0 : 1][u8(bytes, at + 2) >> 4] ?? 0
  const samples = (SAMPLES[(u8(bytes, at + 2) >> 2) & 3] ?? 0) / ({ 0: 4, 2: 2 }[version] ?? 1)
  if (!isLayer3 || rate === 0 || samples === 0) return 0
  return Math.floor(((version === 3 ? 144_000 : 72_000) * rate) / samples) + ((u8(bytes, at + 2) >> 1) & 1)
}
