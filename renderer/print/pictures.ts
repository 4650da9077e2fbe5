/** Pictures as a document carries them: at the resolution paper needs, whether or not they were ever on the screen. */
import { toBase64 } from '../../shared/lib/base64.ts'
import type { Turn } from '../../shared/media/crop.ts'
import { render } from '../data/media/render.ts'
import type { PlanPicture } from './collect.ts'

/** 104 mm of text column at 150 dots an inch, with a little to spare. */
const LONGEST_SIDE = 900
/** Below this a picture is left as it is. */
const SMALL_BYTES = 90_000
const PRINTABLE = /^image\/(png|jpeg|gif|webp|avif|svg\+xml)$/

/** Makes a picture smaller where it is larger than paper needs; gives null where the engine cannot. */
export type Shrink = (picture: Blob, turn: Turn) => Promise<Blob | null>

/** The engine's own decoder and a canvas off the page. */
export const shrinkInPage: Shrink = async (bytes, turn) => {
  if (bytes.type === 'image/svg+xml') return null
  const picture = await createImageBitmap(bytes).catch(() => null) // not a picture after all: printed as it is
  if (!picture) return null
  const small = await render(picture, { turn, longest: LONGEST_SIDE, type: 'image/jpeg', quality: 0.82 })
  picture.close()
  return small.size < bytes.size || turn !== 0 ? small : null
}

/** Addresses of the pictures whose bytes are there. */
export async function pictureAddresses(
  pictures: ReadonlyMap<string, PlanPicture>,
  shrink: Shrink,
): Promise<ReadonlyMap<string, string>> {
  const addresses = new Map<string, string>()
  // One after the other: decoded pictures are large.
  for (const { id, bytes, turn } of pictures.values()) {
    if (!bytes || !PRINTABLE.test(bytes.type)) continue
    const small = bytes.size > SMALL_BYTES || turn !== 0 ? await shrink(bytes, turn) : null
    const used = small ?? bytes
    addresses.set(id, `data:${used.type};base64,${toBase64(new Uint8Array(await used.arrayBuffer()))}`)
  }
  return addresses
}
