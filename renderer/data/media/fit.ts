/** A picture made to fit what a network takes: of a type it knows, with few enough pixels and bytes. Runs where `render` does. */
import { type Frame, pixelsOf, type Size, type Turn, turnedSize } from '../../../shared/media/crop.ts'
import { type Rendering, render } from './render.ts'

/** The most of each; absent: no end. Bytes are those of the file, `shortSide` pixels of the shorter side. */
export type Most = Partial<Record<'bytes' | 'width' | 'height' | 'shortSide' | 'pixels', number>>

export interface Fitting {
  readonly turn: Turn
  /** Part of the turned picture; absent: all of it. */
  readonly frame?: Frame
  /** The best first; the others when that gets too large. */
  readonly types: readonly Rendering['type'][]
  readonly most: Most
}

/** What the eye does not see first. PNG loses nothing, and is made once. */
const QUALITIES: Readonly<Record<Rendering['type'], readonly number[]>> = {
  'image/jpeg': [0.92, 0.85, 0.75],
  'image/webp': [0.92, 0.85, 0.75],
  'image/png': [1],
}
/** Of the side, from one try to the next; after so many a picture is a stamp. */
const SMALLER = 0.8
const TRIES = 14

/** By what the sides are to be multiplied, at most 1. */
export function scaleFor({ width, height }: Size, most: Most): number {
  const { pixels } = most
  return Math.min(
    1,
    (most.width ?? width) / width,
    (most.height ?? height) / height,
    (most.shortSide ?? Number.POSITIVE_INFINITY) / Math.min(width, height),
    pixels === undefined ? 1 : Math.sqrt(pixels / (width * height)),
  )
}

/** One picture on a canvas at a time; null when it does not get small enough. */
export async function fitTo(picture: ImageBitmap, { turn, frame, types, most }: Fitting): Promise<Blob | null> {
  const whole = turnedSize(picture, turn)
  const part = frame ? pixelsOf(frame, whole) : whole
  let longest = Math.floor(Math.max(part.width, part.height) * scaleFor(part, most))
  for (let tried = 0; tried < TRIES && longest >= 1; tried += 1) {
    for (const type of types)
      for (const quality of QUALITIES[type]) {
        const made = await render(picture, { turn, frame, longest, type, quality })
        if (made.size <= (most.bytes ?? Number.POSITIVE_INFINITY)) return made
      }
    longest = Math.floor(longest * SMALLER)
  }
  return null
}
