/** A picture drawn as a network takes it. Runs where there is a canvas off the page. */
import { bare } from '../../../shared/media/bare.ts'
import { pixelsOf, turnedSize } from '../../../shared/media/crop.ts'
import type { Recipe } from '../../../shared/platforms/sending.ts'
import type { Drawn } from './messages.ts'
import { type Rendering, render } from './render.ts'

const FIRST_QUALITY = 0.92
const LEAST_QUALITY = 0.62
const WORSE = 0.1
/** After the quality the size goes down by this, again and again. */
const SMALLER = 0.85
const MOST_STEPS = 20

/**
 * `file`: where the pixels came from, null for a drawing that has none. Null when it cannot be made small enough. Where nothing but
 * camera data has to go, no pixel is drawn anew.
 */
export async function forSending(picture: ImageBitmap, file: Blob | null, recipe: Recipe): Promise<Drawn | null> {
  const whole = turnedSize(picture, recipe.turn)
  const part = recipe.frame ? pixelsOf(recipe.frame, whole) : whole
  if (recipe.bare && file) {
    const bytes = bare(new Uint8Array(await file.arrayBuffer()), recipe.type)
    if (bytes && bytes.length <= (recipe.bytes ?? bytes.length))
      return { bytes: new Blob([bytes], { type: recipe.type }), width: whole.width, height: whole.height }
  }
  const { turn, frame, type } = recipe
  let longest = Math.min(recipe.longest ?? Number.POSITIVE_INFINITY, Math.max(part.width, part.height))
  let quality = FIRST_QUALITY
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const rendering: Rendering = { turn, ...(frame ? { frame } : {}), longest: Math.floor(longest), type, quality }
    const bytes = await render(picture, rendering)
    const scale = Math.min(1, Math.floor(longest) / Math.max(part.width, part.height))
    if (bytes.size <= (recipe.bytes ?? bytes.size))
      return {
        bytes,
        width: Math.max(1, Math.round(part.width * scale)),
        height: Math.max(1, Math.round(part.height * scale)),
      }
    // A picture without loss has no quality to give.
    if (type !== 'image/png' && quality > LEAST_QUALITY) quality -= WORSE
    else longest *= SMALLER
  }
  return null
}
