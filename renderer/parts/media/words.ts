/** Media in words: what they are, how large, how long, and why one was not taken. */
import { type Medium, rightsOf } from '../../../shared/domain/medium.ts'
import type { IsoDate } from '../../../shared/domain/time.ts'
import { assertNever } from '../../../shared/lib/result.ts'
import { turnedSize } from '../../../shared/media/crop.ts'
import { type MediaRefusal, MOST_PIXELS, type SvgFault } from '../../../shared/media/refusals.ts'
import { ratioWords } from '../../../shared/media/shapes.ts'
import { formatCount, formatShort, plural } from '../format.ts'

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `6.1 MB`, `840 kB`, `12 bytes` */
export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  const figure = power > 0 && value < 10 ? Math.round(value * 10) / 10 : Math.round(value)
  return `${formatCount(figure)} ${UNITS[power]}`
}

/** `0:28`, `11:04`, `1:02:09` */
export function formatLength(seconds: number): string {
  const whole = Math.round(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

const TYPE_WORD: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/gif': 'GIF',
  'image/webp': 'WebP',
  'image/avif': 'AVIF',
  'image/heic': 'HEIC',
  'image/svg+xml': 'SVG',
  'video/mp4': 'MP4',
  'video/quicktime': 'MOV',
  'video/webm': 'WebM',
  'video/x-matroska': 'MKV',
  'audio/mpeg': 'MP3',
  'audio/mp4': 'M4A',
  'audio/aac': 'AAC',
  'audio/ogg': 'Ogg',
  'audio/wav': 'WAV',
  'audio/flac': 'FLAC',
  'application/pdf': 'PDF',
}
export const typeWord = ({ type }: Pick<Medium, 'type'>): string => TYPE_WORD[type] ?? type

/** `4:3, 5200 × 3900` as it is shown, after its turns; the format where the size is not known. */
export function sizeWords(medium: Medium): string {
  const size = turnedSize(medium, medium.edits.turn)
  if (medium.kind === 'document') return `${typeWord(medium)}${medium.pages ? `, ${plural(medium.pages, 'page')}` : ''}`
  if (size.width === 0) return typeWord(medium)
  return `${ratioWords(size)}, ${size.width} × ${size.height}`
}

/** `Ends 31 Oct`, `Ended 31 Oct`; '' while there is nothing to say. */
export function rightsWords(medium: Medium, today: IsoDate): string {
  const rights = rightsOf(medium, today)
  if (rights.kind === 'ending') return `Ends ${formatShort(rights.on)}`
  return rights.kind === 'ended' ? `Ended ${formatShort(rights.on)}` : ''
}

const SVG_WORDS: Readonly<Record<SvgFault, string>> = {
  'not-well-formed': 'is damaged: it is not well-formed. Export it from its drawing program again.',
  entities: 'uses entities of its own, which could hide anything. Export it as a plain SVG.',
  'no-drawing': 'has no drawing in it.',
  'too-complicated': 'asks for more parts than can be drawn. Simplify it, or export it as a PNG.',
}

/** Why a file was not taken, as one sentence that begins with its name. */
export function explainMedia(name: string, refusal: MediaRefusal): string {
  switch (refusal.kind) {
    case 'empty':
      return `${name} is empty: it has no bytes at all.`
    case 'not-media':
      return refusal.looksLike
        ? `${name} is ${refusal.looksLike}. Save it as JPEG, PNG, GIF, WebP, AVIF, SVG, MP4, MOV, WebM, MP3, M4A, Ogg, WAV, FLAC or PDF.`
        : `${name} is no picture, video, audio or PDF, whatever its name says.`
    case 'cut-off':
      return `${name} ends in the middle: it was copied or loaded only in part. Fetch it again.`
    case 'too-large':
      return `${name} has ${formatBytes(refusal.size)}; files of its kind are taken up to ${formatBytes(refusal.most)}. Make a smaller version.`
    case 'too-many-pixels':
      return `${name} would unfold to ${formatCount(refusal.width)} × ${formatCount(refusal.height)} pixels; pictures are taken up to ${MOST_PIXELS / 1_000_000} megapixels. Make a smaller version.`
    case 'bad-svg':
      return `${name} ${SVG_WORDS[refusal.why]}`
    case 'cannot-decode':
      return `${name} begins as it should, but its pixels cannot be read. It is probably damaged.`
    case 'cannot-read':
      return `${name} could not be read: it has gone or changed, or this computer does not let Outpost open it.`
    case 'no-room':
      return `${name} was not added: with its second copy it needs ${formatBytes(refusal.needs * 2)}, and there is room for ${formatBytes(refusal.free * 2)}. Free some space on the disk.`
    case 'no-second-copy':
      return `${name} was not added: ${refusal.message}`
    default:
      return assertNever(refusal)
  }
}
