/** Pictures as a document carries them: at the resolution paper needs, whether or not they were ever on the screen. */
import { toBase64 } from '../../shared/lib/base64.ts'
import type { PlanPicture } from './collect.ts'

/** 104 mm of text column at 150 dots an inch, with a little to spare. */
const LONGEST_SIDE = 900
/** Below this a picture is left as it is. */
const SMALL_BYTES = 90_000
const PRINTABLE = /^image\/(png|jpeg|gif|webp|avif|svg\+xml)$/

/** Makes a picture smaller where it is larger than paper needs; gives null where the engine cannot. */
export type Shrink = (bytes: ArrayBuffer, type: string) => Promise<{ bytes: Uint8Array; type: string } | null>

/** The engine's own decoder and a canvas off the page. */
export const shrinkInPage: Shrink = async (bytes, type) => {
  if (type === 'image/svg+xml') return null
  const picture = await createImageBitmap(new Blob([bytes], { type })).catch(() => null) // not a picture after all: printed as it is
  if (!picture) return null
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  )
  const pen = canvas.getContext('2d')
  if (!pen) return null
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const small = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.82 })
  return small.size < bytes.byteLength ? { bytes: new Uint8Array(await small.arrayBuffer()), type: small.type } : null
}

/** Addresses of the pictures whose bytes are there. */
export async function pictureAddresses(
  pictures: ReadonlyMap<string, PlanPicture>,
  shrink: Shrink,
): Promise<ReadonlyMap<string, string>> {
  const addresses = new Map<string, string>()
  // One after the other: decoded pictures are large.
  for (const { id, bytes, type } of pictures.values()) {
    if (!bytes || !PRINTABLE.test(type)) continue
    const small = bytes.byteLength > SMALL_BYTES ? await shrink(bytes, type) : null
    const used = small ?? { bytes: new Uint8Array(bytes), type }
    addresses.set(id, `data:${used.type};base64,${toBase64(used.bytes)}`)
  }
  return addresses
}
