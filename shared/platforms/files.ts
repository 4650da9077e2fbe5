/** What a network wants of one file, put so that a picture or film can be made to fit. */

import type { Medium } from '../domain/medium.ts'
import { isOneOf, kindIn } from './checks/media.ts'
import { filmToSend, planFilm } from './films.ts'
import { formatOf, postsOf } from './formats.ts'
import type { Content, FileRules, Finding, Fix, MediaFacts, Place } from './model.ts'

/** What a canvas encodes, the one that loses least of what people see first. */
const ENCODED = ['image/jpeg', 'image/png', 'image/webp'] as const
export type Encoded = (typeof ENCODED)[number]
const isEncoded = (type: string): type is Encoded => (ENCODED as readonly string[]).includes(type)

/** Pictures the browser decodes, and draws anew where it must. */
const isDrawable = ({ kind, type, frames = 1 }: Pick<MediaFacts, 'kind' | 'type' | 'frames'>): boolean =>
  kind === 'image' && frames <= 1 && type !== 'image/heic'

/** The rules for a file in a format: as a medium of the post, else as its cover. */
export function fileRulesFor(
  content: Pick<Content, 'network' | 'format' | 'fields'>,
  medium: Pick<MediaFacts, 'id' | 'kind' | 'frames'>,
): FileRules | undefined {
  const format = formatOf(content)
  if (!format) return undefined
  const { cover } = format.fields
  const asCover = content.fields.cover?.id === medium.id && cover?.kind === 'picture' ? cover.file : undefined
  return asCover ?? format.files[kindIn(format, medium)]
}

export interface ToSend {
  /** The type it has is taken, and what a camera noted can be taken out of it. */
  readonly accepts: boolean
  /** What it may become, the best first. */
  readonly types: readonly Encoded[]
  readonly most: Partial<Record<'bytes' | 'width' | 'height' | 'shortSide' | 'pixels', number>>
}

const MEASURES = ['bytes', 'width', 'height', 'shortSide', 'pixels'] as const

/** Without rules everything is taken. Notes bind nobody. */
export function typesToSend(rules: Pick<FileRules, 'types' | 'bounds'> | undefined, type: string): ToSend {
  const taken = rules?.types.of ?? ['image/*']
  const possible = ENCODED.filter((one) => isOneOf(one, taken))
  // Drawings and GIFs have flat colours and see-through parts.
  const wanted = isEncoded(type) ? type : type === 'image/svg+xml' || type === 'image/gif' ? 'image/png' : 'image/jpeg'
  const types = possible.includes(wanted)
    ? [wanted, ...possible.filter((one) => one === 'image/jpeg' && one !== wanted)]
    : possible
  const most = Object.fromEntries(
    MEASURES.flatMap((of) => {
      const ends = (rules?.bounds ?? []).flatMap((bound) =>
        bound.of === of && bound.max !== undefined && bound.severity !== 'note' ? [bound.max] : [],
      )
      return ends.length > 0 ? [[of, Math.min(...ends)]] : []
    }),
  )
  return { accepts: isOneOf(type, taken) && (isEncoded(type) || type === 'image/gif'), types, most }
}

/** Why a picture cannot be made ready, as far as it is known without opening it, in a sentence that names it; '' when nothing is. */
export function whyNotSent(
  content: Pick<Content, 'network' | 'format' | 'fields'>,
  medium: Medium,
  ratio = '',
): string {
  const { name, kind, type, animated, preview, edits, orientation } = medium
  if (kind !== 'image') return ''
  const { accepts } = typesToSend(fileRulesFor(content, { ...medium, frames: animated ? 2 : 1 }), type)
  if (animated && (!accepts || ratio !== '' || edits.turn !== 0 || orientation !== 1))
    return `“${name}” moves, and would stand still if it were turned, cut or converted. Use it whole where GIFs are taken, or another file`
  return preview
    ? ''
    : `“${name}” cannot be opened by Outpost, so nothing can be made of it for the network. Save it as a JPEG and use that`
}

const MENDS: Partial<Record<Fix['kind'], string>> = {
  convert: 'It is converted when it is sent.',
  compress: 'It is made smaller when it is sent.',
  resize: 'It is made smaller when it is sent.',
}

/**
 * Findings as they stand for what is sent: a still picture or a film of another type, too large or too heavy is made to fit by itself
 * (`renderer/ports/sentMedia.ts`). That is said, and keeps nothing from going out.
 */
export const asSent = (content: Content, findings: readonly Finding[]): Finding[] =>
  findings.map((found) => {
    const how = found.fixes.map(({ kind }) => MENDS[kind]).find((words) => words !== undefined)
    if (found.severity === 'note' || how === undefined) return found
    const medium = mediumAt(content, found.place)
    return medium && isMade(content, medium)
      ? { ...found, severity: 'note', sentence: `${found.sentence} ${how}` }
      : found
  })

const isMade = (content: Content, medium: MediaFacts): boolean =>
  medium.kind === 'video'
    ? isFilmMade(content, medium)
    : isDrawable(medium) && typesToSend(fileRulesFor(content, medium), medium.type).types.length > 0

/** As far as it is known unopened: how it is packed, and whether it can be unpacked here, is found when it is tried (`tryFor`). */
function isFilmMade(content: Content, medium: MediaFacts): boolean {
  const { type, codec = '', bytes = 0, seconds = 0, fps = 0 } = medium
  // Of what this browser does not play nobody knows the size before it is opened.
  const { width = 1280, height = 720 } = medium
  const wish = filmToSend(fileRulesFor(content, medium))
  return (
    wish !== null && planFilm(wish, { type, codec, sound: 'aac', bytes, seconds, width, height, fps }).kind === 'make'
  )
}

const mediumAt = (content: Content, place: Place): MediaFacts | undefined => {
  if (place.at === 'field') return place.name === 'cover' ? content.fields.cover : undefined
  if (place.at !== 'medium') return undefined
  return postsOf(content)
    .flatMap(({ media }) => media)
    .find(({ id }) => id === place.id)
}
