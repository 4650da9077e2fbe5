/** Makes a picture another file: of another type, smaller on the disk or in pixels. The old one stays in the library. */
import type { MediumFix } from '../../../../shared/platforms/index.ts'

export type Remake = Extract<MediumFix, { kind: 'convert' | 'compress' | 'resize' }>

const MAKES = new Set(['image/jpeg', 'image/png', 'image/webp'])
const FIRST_QUALITY = 0.9
const LEAST_QUALITY = 0.6
/** After the quality the size goes down by this, again and again. */
const STEP = 0.85
const MOST_STEPS = 16

/** Whether it can be made here: pictures only, and only types a browser writes. */
export const canRemake = (fix: Remake, type: string): boolean =>
  type.startsWith('image/') && (fix.kind !== 'convert' || MAKES.has(fix.type))

/** The new picture; null when the file cannot be read, or not be made small enough. */
export async function remade(file: Blob, fix: Remake): Promise<{ blob: Blob; width: number; height: number } | null> {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null
  const type = fix.kind === 'convert' ? fix.type : file.type === 'image/webp' ? file.type : 'image/jpeg'
  let scale = fix.kind === 'resize' ? Math.min(1, fix.by) : 1
  let quality = FIRST_QUALITY
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const made = await drawn(bitmap, type, scale, quality)
    if (fix.kind !== 'compress' || made.blob.size <= fix.bytes) {
      bitmap.close()
      return made
    }
    if (quality > LEAST_QUALITY) quality -= 0.1
    else scale *= STEP
  }
  bitmap.close()
  return null
}

async function drawn(bitmap: ImageBitmap, type: string, scale: number, quality: number) {
  const width = Math.max(1, Math.floor(bitmap.width * scale))
  const height = Math.max(1, Math.floor(bitmap.height * scale))
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('A canvas without a context')
  // What has no transparency would show what was clear as black.
  if (type === 'image/jpeg') {
    context.fillStyle = 'white'
    context.fillRect(0, 0, width, height)
  }
  context.drawImage(bitmap, 0, 0, width, height)
  return { blob: await canvas.convertToBlob({ type, quality }), width, height }
}
