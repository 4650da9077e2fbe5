/** Makes a picture another file: of another type, smaller on the disk or in pixels. The old one stays in the library. */
import type { Medium } from '../../../../shared/domain/medium.ts'
import type { MediumFix } from '../../../../shared/platforms/index.ts'
import type { Rendering } from '../../../data/media/render.ts'

export type Remake = Extract<MediumFix, { kind: 'convert' | 'compress' | 'resize' }>
type Draw = (picture: Blob, rendering: Rendering) => Promise<Blob | null>

const TYPES: readonly Rendering['type'][] = ['image/jpeg', 'image/png', 'image/webp']
const FIRST_QUALITY = 0.9
const LEAST_QUALITY = 0.6
/** After the quality the size goes down by this, again and again. */
const STEP = 0.85
const MOST_STEPS = 16

const typeFor = (wanted: string): Rendering['type'] | undefined => TYPES.find((type) => type === wanted)

/** Whether it can be made here: pictures only, and only types a browser writes. */
export const canRemake = (fix: Remake, type: string): boolean =>
  type.startsWith('image/') && (fix.kind !== 'convert' || typeFor(fix.type) !== undefined)

/** The new picture, turned as the old one is shown; null when the file cannot be read, or not be made small enough. */
export async function remade(
  file: Blob,
  { width, height, edits }: Medium,
  fix: Remake,
  draw: Draw,
): Promise<Blob | null> {
  const kept = file.type === 'image/webp' ? file.type : 'image/jpeg'
  const type = fix.kind === 'convert' ? (typeFor(fix.type) ?? kept) : kept
  let longest = Math.max(width, height) * (fix.kind === 'resize' ? Math.min(1, fix.by) : 1)
  let quality = FIRST_QUALITY
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const made = await draw(file, { turn: edits.turn, longest: Math.floor(longest), type, quality })
    if (!made || fix.kind !== 'compress' || made.size <= fix.bytes) return made
    if (quality > LEAST_QUALITY) quality -= 0.1
    else longest *= STEP
  }
  return null
}
