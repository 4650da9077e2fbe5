/** Words several rows share. */
import type { Bound, Content, FileMeasure, OwnRule } from '../model.ts'

/** A "MB" of a network that says no more is read as the smaller one: a file too small by 5 % is sent, one too large is refused. */
export const MB = 1_000_000
export const GB = 1_000 * MB
export const MIB = 1_048_576
export const MINUTE = 60
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const JPEG = 'image/jpeg'
export const PNG = 'image/png'
export const GIF = 'image/gif'
export const WEBP = 'image/webp'
export const AVIF = 'image/avif'
export const HEIC = 'image/heic'
export const MP4 = 'video/mp4'
export const M4V = 'video/x-m4v'
export const MOV = 'video/quicktime'
export const WEBM = 'video/webm'
/** As `codecOf` of a film names them. */
export const H264 = 'H.264'
export const HEVC = 'H.265 (HEVC)'

/** From so many seconds before its time on a network takes a post over, and no sooner. */
export const ahead = (min: number, source: string): Bound<'ahead'> => ({
  of: 'ahead',
  min,
  source,
  severity: 'warning',
  why: 'It must be sent at its time instead.',
})
/** Until then a post waits here: nothing to mend. */
export const aheadAtMost = (max: number, source: string): Bound<'ahead'> => ({
  of: 'ahead',
  max,
  source,
  severity: 'note',
  why: 'Until then it waits here.',
})

/** Nine by sixteen, the shape of a telephone. */
export const upright = (fact: Omit<Bound<FileMeasure>, 'of' | 'min' | 'max'>): Bound<FileMeasure> => ({
  of: 'ratio',
  min: 9 / 16,
  max: 9 / 16,
  ...fact,
})

/** The network fetches media from the web and takes no bytes: nothing to mend in the post, something to know before it goes out. */
export const publicAddress = (
  network: string,
  source: string,
  fetches: (content: Content) => boolean,
  formats?: OwnRule['formats'],
): OwnRule => ({
  rule: 'public-address',
  formats,
  brokenAt: (content) => (fetches(content) ? { at: 'media', part: 0 } : null),
  sentence: `${network} fetches these files from a public address: publishing by itself will need a place on the web for them.`,
  severity: 'note',
  source,
})
