/** The words findings are made of. */
import type { Entity, Fact, FileMeasure, MediaChoice, MediaKind, Unit } from './model.ts'

const MIB = 1_048_576
const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })
export const figure = (value: number): string => NUMBER.format(value)

/** `1 picture`, `3 pictures` */
export const amount = (value: number, noun: string): string => `${figure(value)} ${value === 1 ? noun : `${noun}s`}`

export const NOUNS: Readonly<Record<Unit | Entity, string>> = {
  utf16: 'character',
  codePoints: 'character',
  graphemes: 'character',
  bytes: 'byte',
  xWeight: 'character',
  mastodon: 'character',
  threads: 'character',
  bluesky: 'character',
  blueskyBytes: 'byte',
  hashtags: 'hashtag',
  longestHashtag: 'character in one hashtag',
  longestHashtagBytes: 'byte in one hashtag',
  mentions: 'mention',
  links: 'link',
  cashtags: 'cashtag',
}

export const KINDS: Readonly<Record<MediaKind, string>> = {
  image: 'picture',
  animation: 'moving picture',
  video: 'video',
  audio: 'audio file',
  document: 'document',
}

/** How sure the network's word is. */
export function takes({ severity = 'error', unconfirmed }: Fact): string {
  if (severity !== 'error') return unconfirmed ? 'is said to recommend' : 'recommends'
  return unconfirmed ? 'is said to take' : 'takes'
}

/** `a picture or an audio file`, `2 to 10 pictures or videos` */
export function choiceInWords({ of, min, max }: Pick<MediaChoice, 'of' | 'min' | 'max'>): string {
  const nouns = of.map((kind) => KINDS[kind])
  if (max === 1) return nouns.map((noun) => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`).join(' or ')
  const numbers = Number.isFinite(max) ? `${figure(min)} to ${figure(max)} ` : ''
  return `${numbers}${nouns.map((noun) => `${noun}s`).join(' or ')}`
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  'image/webp': 'WebP',
  'video/webm': 'WebM',
  'video/quicktime': 'MOV',
  'audio/mpeg': 'MP3',
  'audio/mp4': 'M4A',
  'image/svg+xml': 'SVG',
  'image/x-icon': 'ICO',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PPTX',
  'application/vnd.ms-powerpoint': 'PPT',
  'application/msword': 'DOC',
}

/** `image/jpeg` as people call it: JPEG; `video/*`: every video */
export const typeName = (type: string): string =>
  type.endsWith('/*')
    ? `every ${type.slice(0, -2)}`
    : (TYPE_NAMES[type] ?? type.replace(/^.*\/(x-)?/, '').toUpperCase())

/** A measure of a file as people write it. */
export function measured(of: FileMeasure, value: number): string {
  switch (of) {
    case 'bytes':
      return size(value)
    case 'width':
    case 'height':
    case 'shortSide':
      return `${figure(value)} px`
    case 'pixels':
      return `${figure(Math.round(value / 100_000) / 10)} megapixels`
    case 'ratio':
      return ratio(value)
    case 'seconds':
      return duration(value)
    case 'bitrate':
      return `${figure(value / 1e6)} megabits a second`
    case 'frames':
      return amount(value, 'frame')
    case 'fps':
      return `${figure(value)} frames a second`
    case 'pages':
      return amount(value, 'page')
  }
}

/** What a file does with a measure. */
export const HAS: Readonly<Record<FileMeasure, string>> = {
  bytes: 'has',
  width: 'is',
  height: 'is',
  shortSide: 'is',
  pixels: 'has',
  ratio: 'is',
  seconds: 'lasts',
  bitrate: 'has',
  frames: 'has',
  fps: 'has',
  pages: 'has',
}

/** What too much and too little of it is called. */
export const COMPARED: Readonly<Record<FileMeasure, readonly [over: string, under: string]>> = {
  bytes: ['more', 'less'],
  width: ['wider', 'narrower'],
  height: ['taller', 'lower'],
  shortSide: ['larger', 'smaller'],
  pixels: ['more', 'fewer'],
  ratio: ['wider', 'taller'],
  seconds: ['longer', 'shorter'],
  bitrate: ['more', 'fewer'],
  frames: ['more', 'fewer'],
  fps: ['more', 'fewer'],
  pages: ['more', 'fewer'],
}

const DAY = 86_400

/** A stretch of time in its largest whole unit: `30 days`, `10 minutes`. */
export function lasting(seconds: number): string {
  return seconds >= DAY ? amount(Math.round(seconds / DAY), 'day') : amount(Math.round(seconds / 60), 'minute')
}

function size(bytes: number): string {
  if (bytes % MIB === 0) return `${figure(bytes / MIB)} MiB`
  if (bytes >= 1e9) return `${figure(bytes / 1e9)} GB`
  if (bytes >= 1e6) return `${figure(bytes / 1e6)} MB`
  return bytes >= 1e3 ? `${figure(bytes / 1e3)} kB` : amount(bytes, 'byte')
}

function duration(seconds: number): string {
  if (seconds < 120) return `${figure(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const left = Math.round(seconds % 60)
  return [hours && `${hours} h`, rest && `${rest} min`, left && `${left} s`].filter(Boolean).join(' ')
}

/** `4:5` where small numbers tell it, else `1.91:1`. */
function ratio(value: number): string {
  for (let high = 1; high <= 16; high += 1) {
    const wide = Math.round(value * high)
    if (wide > 0 && wide <= 16 && Math.abs(wide / high / value - 1) < 0.001) return `${wide}:${high}`
  }
  return value >= 1 ? `${figure(value)}:1` : `1:${figure(1 / value)}`
}
