/**
 * What a film becomes so that a network takes it: an MP4 with H.264 and AAC, no larger than its rules say. Nothing makes it longer, shorter
 * or of another shape: that is for a person to decide. Pure; `renderer/data/media/filmWorker.ts` does it.
 */
import { isOneOf } from './checks/media.ts'
import type { FileRules } from './model.ts'
import { H264, MP4 } from './networks/common.ts'

type Measure = 'bytes' | 'width' | 'height' | 'shortSide' | 'pixels' | 'fps' | 'bitrate'
const MEASURES: readonly Measure[] = ['bytes', 'width', 'height', 'shortSide', 'pixels', 'fps', 'bitrate']

/** What a network takes of films. Bit rates are those of a whole file, in bits a second. */
export interface FilmWish {
  readonly types: readonly string[]
  /** As `codecOf` names them; null: nobody says. */
  readonly codecs: readonly string[] | null
  readonly most: Partial<Record<Measure, number>>
  readonly least: Partial<Record<Measure, number>>
}

/** A film as it is, opened. Pixels as it is shown. */
export interface FilmSeen {
  readonly type: string
  /** As `codecOf` names it; '' where it has no name here. */
  readonly codec: string
  readonly sound: 'none' | 'aac' | 'other'
  readonly bytes: number
  readonly seconds: number
  readonly width: number
  readonly height: number
  readonly fps: number
}

export interface FilmPicture {
  readonly width: number
  readonly height: number
  /** Frames a second; null: as they are. */
  readonly fps: number | null
  /** Bits a second, of the picture alone. */
  readonly bitrate: number
}

export type FilmPlan =
  | { readonly kind: 'as-it-is' }
  /** `picture` null: its pictures are copied, and only what they lie in is new. Sound that is AAC is copied, too. */
  | { readonly kind: 'make'; readonly picture: FilmPicture | null }
  /** It has more seconds than go into so few bytes. */
  | { readonly kind: 'too-long' }

/** null where there are no rules, or none of an MP4: then it goes as it is. Notes bind nobody. */
export function filmToSend(rules: FileRules | undefined): FilmWish | null {
  if (!rules || !isOneOf(MP4, rules.types.of)) return null
  const codecs = rules.codecs?.of ?? null
  if (codecs && !codecs.includes(H264)) return null
  const ends = (end: 'min' | 'max', strictest: (...all: number[]) => number) =>
    Object.fromEntries(
      MEASURES.flatMap((of) => {
        const all = rules.bounds.flatMap((bound) => {
          const at = bound.of === of && bound.severity !== 'note' ? bound[end] : undefined
          return at === undefined ? [] : [at]
        })
        return all.length > 0 ? [[of, strictest(...all)]] : []
      }),
    )
  return { types: rules.types.of, codecs, most: ends('max', Math.min), least: ends('min', Math.max) }
}

/** Whether a film goes as it is, as far as the library knows it: nothing that only opening it tells is asked for. */
export const isSurelyTaken = (
  wish: FilmWish,
  film: Pick<FilmSeen, 'type' | 'bytes' | 'seconds' | 'width' | 'height'>,
): boolean =>
  !wish.codecs &&
  wish.most.fps === undefined &&
  wish.least.fps === undefined &&
  film.width > 0 &&
  film.seconds > 0 &&
  isOneOf(film.type, wish.types) &&
  isSmallEnough(wish, { ...film, fps: 0 })

/** Frames are not shown at so even a pace that a film of 60 had 60.000 a second. */
const UNEVEN = 1.005

const isSmallEnough = (
  { most }: FilmWish,
  { bytes, seconds, width, height, fps }: Pick<FilmSeen, 'bytes' | 'seconds' | 'width' | 'height' | 'fps'>,
): boolean =>
  bytes <= (most.bytes ?? bytes) &&
  (seconds <= 0 || (bytes * 8) / seconds <= (most.bitrate ?? Number.POSITIVE_INFINITY)) &&
  width <= (most.width ?? width) &&
  height <= (most.height ?? height) &&
  Math.min(width, height) <= (most.shortSide ?? Number.POSITIVE_INFINITY) &&
  width * height <= (most.pixels ?? Number.POSITIVE_INFINITY) &&
  fps <= (most.fps ?? fps) * UNEVEN

/** Bits of a pixel of a frame: what looks good, and what can just be watched. */
const GOOD = 0.1
const WATCHABLE = 0.025
/** Pixels of the shorter side below which nobody wants to watch it. */
const SMALLEST = 360
/** Bits a second that sound may take. */
const SOUND = 160_000
/** Of the bytes a network takes; the rest is for tables, and for an encoder that does not keep to its word. */
const FILLED = 0.92
/** Frames that stand beside others of the same second cost less. */
const COUNTED_FRAMES = 30
const FRAMES_UNKNOWN = 30

/** How a film is made ready. */
export function planFilm(wish: FilmWish, film: FilmSeen): FilmPlan {
  const { most, least } = wish
  const isTaken = isOneOf(film.type, wish.types)
  const isUnpacked = !wish.codecs || film.codec === '' || wish.codecs.includes(film.codec)
  const isFast = film.fps <= 0 || film.fps * UNEVEN >= (least.fps ?? 0)
  const isSmall = isSmallEnough(wish, film)
  if (isTaken && isUnpacked && isFast && isSmall) return { kind: 'as-it-is' }
  // What nobody says about is taken for the one everybody takes.
  if (isFast && isSmall && (wish.codecs ?? [H264]).includes(film.codec)) return { kind: 'make', picture: null }

  const fps = film.fps > 0 ? film.fps : FRAMES_UNKNOWN
  const wanted = Math.min(Math.max(fps, Math.ceil(least.fps ?? 0)), most.fps ?? Number.POSITIVE_INFINITY)
  const frames = Math.abs(wanted - fps) > fps * (UNEVEN - 1) ? wanted : null
  const picture = fitted(wish, film, Math.min(wanted, COUNTED_FRAMES))
  return picture ? { kind: 'make', picture: { ...picture, fps: frames } } : { kind: 'too-long' }
}

/** The largest picture for which there are bits enough; null where there is none that can be watched. */
function fitted({ most, least }: FilmWish, film: FilmSeen, frames: number): Omit<FilmPicture, 'fps'> | null {
  const { width, height, seconds, bytes } = film
  const short = Math.min(width, height)
  const whole = Math.min(
    1,
    (most.width ?? width) / width,
    (most.height ?? height) / height,
    (most.shortSide ?? short) / short,
    Math.sqrt((most.pixels ?? width * height) / (width * height)),
  )
  const inAll =
    FILLED *
    Math.min(
      seconds > 0 && most.bytes !== undefined ? (most.bytes * 8) / seconds : Number.POSITIVE_INFINITY,
      most.bitrate ?? Number.POSITIVE_INFINITY,
    )
  const there = Math.floor(inAll - (film.sound === 'none' ? 0 : SOUND))
  const floorOf = (scale: number) => WATCHABLE * width * height * scale ** 2 * frames
  const scale = there >= floorOf(whole) ? whole : whole * Math.sqrt(Math.max(there, 0) / floorOf(whole))
  const size = { width: even(width * scale), height: even(height * scale) }
  const isMade =
    scale > 0 &&
    (scale === whole || Math.min(size.width, size.height) >= Math.min(SMALLEST, even(short * whole))) &&
    size.width >= Math.min(least.width ?? 0, width) - 1 &&
    size.height >= Math.min(least.height ?? 0, height) - 1
  if (!isMade) return null
  const good = GOOD * size.width * size.height * frames
  // What was packed tightly gains nothing by more room.
  const had = seconds > 0 ? Math.max((2 * bytes * 8) / seconds, WATCHABLE * size.width * size.height * frames) : good
  return { ...size, bitrate: Math.max(1, Math.floor(Math.min(there, good, had))) }
}

/** H.264 halves the colours of a picture: its sides are even. */
const even = (pixels: number): number => Math.max(2, Math.floor(pixels / 2) * 2)
