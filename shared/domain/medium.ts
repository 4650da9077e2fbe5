/** A file of the library: a picture, a video, audio or a document, and what is known and decided about it. */
import { type Edits, NO_EDITS, turnedSize } from '../media/crop.ts'
import type { Orientation } from '../media/exif.ts'
import type { MediaKind } from '../media/inspect.ts'
import { addDays, daysBetween, type Instant, type IsoDate } from './time.ts'

export type MediumShape = 'wide' | 'tall' | 'square' | ''

/** Its bytes are in `blobs` under the same id, and once more beside the database. */
export interface Medium {
  readonly id: string
  readonly name: string
  readonly kind: MediaKind
  /** MIME type by content */
  readonly type: string
  /** bytes */
  readonly size: number
  /** Pixels as shown, before its own turns; 0: not known. */
  readonly width: number
  readonly height: number
  /** After its turns; '' where the size is not known. Derived, so that it can be indexed. */
  readonly shape: MediumShape
  /** How the camera was held. The engine applies it; kept so that it can be told. */
  readonly orientation: Orientation
  readonly animated: boolean
  /** Length of a video or of audio; 0: none, or not known. */
  readonly seconds: number
  /** Pages of a document; 0: none, or not known. */
  readonly pages: number
  /** false: kept, and this browser cannot show or play it. */
  readonly preview: boolean
  /** Of its content: two files with the same are the same. '' until it was looked at. */
  readonly hash: string
  /** Clean names joined by slashes; '' stands outside of all folders. */
  readonly folder: string
  readonly labels: readonly string[]
  /** 1 to 5; 0: not rated */
  readonly rating: number
  /** Goes with it into every post; a post may have its own. */
  readonly alt: string
  /** Who made it, as they want to be named. */
  readonly credit: string
  /** What may be done with it. */
  readonly licence: string
  /** Last day of the licence; '' for no end, so that it can be indexed. */
  readonly licenceUntil: IsoDate | ''
  /** Who is shown and what they agreed to. */
  readonly release: string
  /** Last day of that; '' for no end. */
  readonly releaseUntil: IsoDate | ''
  readonly edits: Edits
  readonly createdAt: Instant
  /** 0: not in the trash. */
  readonly trashedAt: Instant
}

/** Everything about a file but what was read from it. */
export const ABOUT_NOTHING = {
  folder: '',
  labels: [],
  rating: 0,
  alt: '',
  credit: '',
  licence: '',
  licenceUntil: '',
  release: '',
  releaseUntil: '',
  edits: NO_EDITS,
  trashedAt: 0,
} as const satisfies Partial<Medium>

/** A picture with nothing said about it but what is given. */
export const plainMedium = (
  fields: Pick<Medium, 'id' | 'name' | 'type' | 'size' | 'createdAt'> & Partial<Medium>,
): Medium => {
  const medium: Medium = {
    kind: 'image',
    width: 0,
    height: 0,
    shape: '',
    orientation: 1,
    animated: false,
    seconds: 0,
    pages: 0,
    preview: true,
    hash: '',
    ...ABOUT_NOTHING,
    ...fields,
  }
  return { ...medium, shape: shapeOf(medium) }
}

/** Nearly square counts as square. */
export function shapeOf(medium: Pick<Medium, 'width' | 'height' | 'edits'>): MediumShape {
  const { width, height } = turnedSize(medium, medium.edits.turn)
  if (width <= 0 || height <= 0) return ''
  const ratio = width / height
  return ratio > 1.05 ? 'wide' : ratio < 0.95 ? 'tall' : 'square'
}

/** Days before the end of a right from which on it is warned of. */
export const RIGHTS_NOTICE = 30

export type Rights =
  | { readonly kind: 'open' }
  /** `on`: the last day. */
  | { readonly kind: 'running' | 'ending' | 'ended'; readonly on: IsoDate; readonly what: 'licence' | 'release' }

/** How long a file may still be used: the earlier of its two ends. */
export function rightsOf(medium: Pick<Medium, 'licenceUntil' | 'releaseUntil'>, today: IsoDate): Rights {
  const ends = [
    { on: medium.licenceUntil, what: 'licence' as const },
    { on: medium.releaseUntil, what: 'release' as const },
  ]
  const [first] = ends.filter(({ on }) => on !== '').sort((a, b) => a.on.localeCompare(b.on))
  if (!first) return { kind: 'open' }
  if (first.on < today) return { kind: 'ended', ...first }
  return { kind: first.on <= addDays(today, RIGHTS_NOTICE) ? 'ending' : 'running', ...first }
}

/** Days by which a planned day lies behind the end of the rights; 0: it does not. */
export function daysAfterRights(
  medium: Pick<Medium, 'licenceUntil' | 'releaseUntil'>,
  planned: IsoDate | null,
): number {
  if (!planned) return 0
  const rights = rightsOf(medium, planned)
  return rights.kind === 'ended' ? daysBetween(rights.on, planned) : 0
}
