/** Where in a post a refusal points. Pure. */
import type { Delivery } from '../domain/delivery.ts'
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

/** The place a refused field is at; null for one that is none of ours: it leads to its post all the same. */
export function placeOfField(field: string): Place | null {
  const known = Object.hasOwn(PLACES, field) ? PLACES[field] : undefined
  if (known) return known
  // Only names of fields are in the set.
  return FIELDS.has(field) ? { at: 'field', name: field as FieldName } : null
}

/** The place in a post that the refusal of a delivery names. */
export function placeOf({ state }: Delivery): Place | null {
  if (state.kind !== 'needs-you' || state.reason.kind !== 'trouble') return null
  const { trouble } = state.reason
  if (trouble.kind === 'duplicate') return placeOfField('text')
  return trouble.kind === 'refused' ? placeOfField(trouble.field) : null
}
