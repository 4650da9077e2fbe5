/** What this app draws pictures of, and as what. */
import type { MediaFacts } from './model.ts'

/** Types every browser writes. */
export const DRAWN_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const
export type DrawnType = (typeof DRAWN_TYPES)[number]

/** Whether this app draws files of such a type, for what stands still. */
export const isDrawable = ({ type, frames = 1 }: Pick<MediaFacts, 'type' | 'frames'>): boolean =>
  type.startsWith('image/') && type !== 'image/heic' && frames < 2

/** The type a picture is drawn in where these are taken; undefined: none of them is one this app writes. */
export function drawnTypeFor(type: string, taken: readonly string[]): DrawnType | undefined {
  const possible = DRAWN_TYPES.filter((one) => taken.includes(one) || taken.includes('image/*'))
  const same = possible.find((one) => one === type)
  // A drawing or an old GIF has sharp edges and may be clear in parts; photographs are JPEG.
  const sharp =
    type === 'image/svg+xml' || type === 'image/gif' ? possible.find((one) => one === 'image/png') : undefined
  return same ?? sharp ?? possible[0]
}
