/** Where in a post a refusal points. Pure. */
import { type Delivery, isFollowing } from '../domain/delivery.ts'
import type { Part } from '../domain/publishing.ts'
import type { FieldName, Place } from './model.ts'
import { RULES } from './networks/index.ts'

/** Names that adapters and checks use, beside those of fields. */
const PLACES: Readonly<Record<string, Place>> = {
  text: { at: 'text', part: 0 },
  html: { at: 'text', part: 0 },
  media: { at: 'media', part: 0 },
  medium: { at: 'media', part: 0 },
  alt: { at: 'media', part: 0 },
  format: { at: 'format' },
  firstComment: { at: 'firstComment' },
  time: { at: 'time' },
  publishAt: { at: 'time' },
}

/** Every field any network has. */
const FIELDS: ReadonlySet<string> = new Set(
  Object.values(RULES).flatMap(({ formats }) => Object.values(formats).flatMap(({ fields }) => Object.keys(fields))),
)

/** How a refusal names a place: with the file, or the later part of a thread, that it is about. */
export function fieldOf(place: Place): string {
  if (place.at === 'field') return place.name
  if ('id' in place) return `${place.at}:${place.id}`
  return 'part' in place && place.part > 0 ? `${place.at}:${place.part}` : place.at
}

/** The place a refused field is at; null for one that is none of ours: it leads to its post all the same. */
export function placeOfField(field: string): Place | null {
  const known = Object.hasOwn(PLACES, field) ? PLACES[field] : undefined
  if (known) return known
  const [, ofFile, id] = /^(medium|alt):(.+)$/.exec(field) ?? []
  if (ofFile && id) return { at: ofFile === 'alt' ? 'alt' : 'medium', id }
  const [, ofPart, part] = /^(text|media):(\d+)$/.exec(field) ?? []
  if (ofPart && part) return { at: ofPart === 'text' ? 'text' : 'media', part: Number(part) }
  // Only names of fields are in the set.
  return FIELDS.has(field) ? { at: 'field', name: field as FieldName } : null
}

/** The place in a post that the refusal of a delivery names. `kind`: of the part that was refused; absent: nobody knows. */
export function placeOf(delivery: Delivery, kind?: Part['kind']): Place | null {
  const { state, sent } = delivery
  if (state.kind !== 'needs-you' || state.reason.kind !== 'trouble') return null
  const { trouble } = state.reason
  if (trouble.kind !== 'refused' && trouble.kind !== 'duplicate') return null
  const place = placeOfField(trouble.kind === 'refused' ? trouble.field : 'text')
  if (place !== null && (!('part' in place) || place.part > 0)) return place
  if (kind === 'comment' || isFollowing(delivery)) return { at: 'firstComment' }
  // The files of later parts stand in the text.
  return sent.length > 0 ? { at: 'text', part: sent.length } : place
}
