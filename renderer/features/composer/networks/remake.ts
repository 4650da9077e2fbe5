/** Makes a picture another file: of another type, smaller on the disk or in pixels, cut. The old one stays in the library. */
import type { Medium } from '../../../../shared/domain/medium.ts'
import { cutOf } from '../../../../shared/platforms/content.ts'
import type { MediaFacts, MediumFix } from '../../../../shared/platforms/index.ts'
import type { Rendering } from '../../../data/media/render.ts'

export type Remake = Exclude<MediumFix, { kind: 'trim' }>
type Draw = (picture: Blob, rendering: Rendering) => Promise<Blob | null>

const TYPES: readonly Rendering['type'][] = ['image/jpeg', 'image/png', 'image/webp']
const FIRST_QUALITY = 0.9
const LEAST_QUALITY = 0.6
/** After the quality the size goes down by this, again and again. */
const STEP = 0.85
const MOST_STEPS = 16
/** Pixels a drawing is made in, which has none of its own. */
const DRAWN = 2048

const typeFor = (wanted: string): Rendering['type'] | undefined => TYPES.find((type) => type === wanted)
const isDrawing = ({ type }: Pick<Blob, 'type'>) => type === 'image/svg+xml'

/**
 * Whether it can be made here: pictures this engine decodes, and only types a browser writes. What moves would stand still afterwards:
 * that is no way of making it smaller.
 */
export const canRemake = (fix: Remake, { type, frames = 1 }: Pick<MediaFacts, 'type' | 'frames'>): boolean =>
  type.startsWith('image/') &&
  type !== 'image/heic' &&
  (fix.kind === 'convert' ? typeFor(fix.type) !== undefined : frames < 2 || fix.kind === 'crop')

/** The new picture, turned as the old one is shown; null when the file cannot be read, or not be made small enough. */
export async function remade(file: Blob, medium: Medium, fix: Remake, draw: Draw): Promise<Blob | null> {
  const { width, height, edits } = medium
  const kept = typeFor(file.type) ?? (isDrawing(file) ? 'image/png' : 'image/jpeg')
  // A picture without loss is made smaller by losing something.
  const type =
    fix.kind === 'convert'
      ? (typeFor(fix.type) ?? kept)
      : fix.kind === 'compress' && kept === 'image/png'
        ? 'image/jpeg'
        : kept
  const frame = fix.kind === 'crop' ? cutOf(medium, fix.ratio) : undefined
  const whole = isDrawing(file) ? DRAWN : Math.max(width, height)
  let longest = whole * (fix.kind === 'resize' ? Math.min(1, fix.by) : 1)
  let quality = FIRST_QUALITY
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const made = await draw(file, { turn: edits.turn, frame, longest: Math.floor(longest), type, quality })
    if (!made || fix.kind !== 'compress' || made.size <= fix.bytes) return made
    if (quality > LEAST_QUALITY) quality -= 0.1
    else longest *= STEP
  }
  return null
}
