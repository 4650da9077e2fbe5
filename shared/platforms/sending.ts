/** How a file of the library is made into what a network takes: turned, cut, of another type, smaller, without camera data. Pure. */
import type { NetworkId } from '../domain/channel.ts'
import { NETWORKS } from '../domain/channel.ts'
import type { Medium } from '../domain/medium.ts'
import type { PlacedMedium } from '../domain/placement.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { type Frame, pixelsOf, type Turn, turnedSize } from '../media/crop.ts'
import { kindIn } from './checks/media.ts'
import { cutOf, ratioIn } from './content.ts'
import { DRAWN_TYPES, type DrawnType, drawnTypeFor, isDrawable } from './drawing.ts'
import type { FileMeasure, FileRules, FormatId } from './model.ts'
import { RULES } from './networks/index.ts'
import { typeName } from './words.ts'

export interface Recipe {
  readonly turn: Turn
  /** Part of the turned picture; null: all of it. */
  readonly frame: Frame | null
  readonly type: DrawnType
  /** Most pixels of the longer side; null: as large as it is. */
  readonly longest: number | null
  /** Most bytes; null: as many as it has. */
  readonly bytes: number | null
  /** It is fine as it stands but for what a camera wrote into it. */
  readonly bare: boolean
}

/** Where it goes: among the media of a post, or as its cover. */
export type Role = 'media' | 'cover'

/** Sent as they lie, if a network that takes every picture is asked. */
const KNOWN: readonly string[] = [...DRAWN_TYPES, 'image/gif']

/**
 * What is done to a file before it is sent; null: it goes as it lies. Else why it cannot be sent, in a sentence that names it. Whether
 * its length, its shape and the like are taken is for `validate` to say.
 */
export function recipeFor(
  network: NetworkId,
  format: FormatId,
  medium: Medium,
  { ratio }: Pick<PlacedMedium, 'ratio'>,
  role: Role = 'media',
): Result<Recipe | null, string> {
  if (medium.kind !== 'image') return ok(null)
  const { name, type, edits, animated, orientation } = medium
  const rules = rulesFor(network, format, medium, role)
  if (!rules) return ok(null)
  const taken = rules.types.of
  const isCut = ratio !== ''
  const isTaken = taken.includes(type) || (taken.includes('image/*') && KNOWN.includes(type))
  if (animated) {
    if (isCut || edits.turn !== 0)
      return err(
        `“${name}” moves, and what moves cannot be turned or cut. Use it as it is, or a picture that stands still`,
      )
    return isTaken
      ? ok(null)
      : err(`“${name}” moves, and ${NETWORKS[network].name} takes ${taken.map(typeName).join(', ')} here`)
  }
  const to = drawnTypeFor(type, taken)
  if (!to)
    return err(`“${name}” is ${typeName(type)}, and Outpost cannot make ${taken.map(typeName).join(' or ')} of it`)
  if (!isDrawable({ type }) || !medium.preview)
    return err(`“${name}” cannot be opened by Outpost, so it cannot be made ready. Save it as a JPEG and use that`)
  const whole = turnedSize(medium, edits.turn)
  const frame = isCut ? cutOf(medium, ratioIn(ratio)) : null
  const size = frame ? pixelsOf(frame, whole) : whole
  const scale = scaleFor(rules, size)
  const bytes = mostOf(rules, 'bytes')
  const isSame = type === to && edits.turn === 0 && !frame && scale === 1 && medium.size <= bytes
  return ok({
    turn: edits.turn,
    frame,
    type: to,
    longest: scale < 1 ? Math.floor(Math.max(size.width, size.height) * scale) : null,
    bytes: Number.isFinite(bytes) ? bytes : null,
    bare: isSame && orientation === 1,
  })
}

function rulesFor(network: NetworkId, format: FormatId, medium: Medium, role: Role): FileRules | undefined {
  const rules = RULES[network].formats[format]
  if (!rules) return undefined
  if (role === 'media')
    return rules.files[
      kindIn(rules, { id: medium.id, kind: 'image', type: medium.type, frames: medium.animated ? 2 : 1, alt: '' })
    ]
  const { cover } = rules.fields
  return cover?.kind === 'picture' ? cover.file : undefined
}

/** The least of what is asked for in earnest: what is only a note is no reason to lose anything. */
const mostOf = ({ bounds }: FileRules, measure: FileMeasure): number =>
  bounds.reduce(
    (least, { of, max, severity }) =>
      of === measure && max !== undefined && severity !== 'note' ? Math.min(least, max) : least,
    Number.POSITIVE_INFINITY,
  )

/** Up to 1: a picture is never made larger. */
function scaleFor(rules: FileRules, { width, height }: { readonly width: number; readonly height: number }): number {
  if (width <= 0 || height <= 0) return 1
  return Math.min(
    1,
    mostOf(rules, 'width') / width,
    mostOf(rules, 'height') / height,
    mostOf(rules, 'shortSide') / Math.min(width, height),
    Math.sqrt(mostOf(rules, 'pixels') / (width * height)),
  )
}
