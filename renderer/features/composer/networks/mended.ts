/** From a mended content back to what is stored: only what the mending changed, as a change of the placement. Pure. */
import type { Doc } from '../../../../shared/domain/document.ts'
import type { FieldValue, FieldValues, PlacedMedium } from '../../../../shared/domain/placement.ts'
import { inherited, type Placed } from '../../../../shared/platforms/content.ts'
import type { Content, FieldName } from '../../../../shared/platforms/index.ts'
import { docOfParts, type ShownPart } from '../../../../shared/platforms/shown.ts'
import type { PlacementFields } from '../../../data/commands/placements.ts'

export type Mended = PlacementFields & { readonly doc?: Doc }

/** `before` is what the placement sends, `after` the same, mended. */
export function mendedFrom(placed: Placed, before: Content, after: Content): Mended {
  const list = placed.placement?.media ?? placed.post.media
  const parts = partsOf(after, list)
  const media = mediaOf(list, before, after)
  const fields = fieldsOf(placed, before, after)
  return {
    ...(same(parts, partsOf(before, list)) ? {} : { doc: docOfParts(parts) }),
    ...(media === list ? {} : { media }),
    ...(fields ? { fields } : {}),
    ...(after.format === before.format ? {} : { format: after.format }),
    ...((after.firstComment ?? '') === (before.firstComment ?? '') ? {} : { firstComment: after.firstComment ?? '' }),
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The texts, each with the pictures that stand in it and are not those of the list. */
const partsOf = (content: Content, list: readonly PlacedMedium[]): ShownPart[] =>
  [content, ...(content.parts ?? [])].map(({ text, media }) => ({
    text,
    pictures: media
      .filter(({ id }) => !list.some(({ mediumId }) => mediumId === id))
      .map(({ id, alt }) => ({ mediumId: id, alt })),
  }))

function mediaOf(list: readonly PlacedMedium[], before: Content, after: Content): readonly PlacedMedium[] {
  const [was, is] = [before, after].map(({ media }) => new Map(media.map(({ id, alt }) => [id, alt])))
  const next = list.flatMap((placed) => {
    const alt = is?.get(placed.mediumId)
    const old = was?.get(placed.mediumId)
    // What was never sent, because its file is gone, is no part of the mending.
    if (old === undefined) return [placed]
    if (alt === undefined) return []
    return [alt === old ? placed : { ...placed, alt }]
  })
  return same(next, list) ? list : next
}

function fieldsOf({ placement, post, channel }: Placed, before: Content, after: Content): FieldValues | undefined {
  const next: Record<string, FieldValue> = { ...placement?.fields }
  const names = Object.keys({ ...before.fields, ...after.fields }) as FieldName[]
  const changed = names.filter((name) => !same(before.fields[name], after.fields[name]))
  for (const name of changed) {
    const value = after.fields[name]
    // A file is stored by its id; what is cleared must not come back from the post.
    if (value === undefined) {
      if (inherited(name, channel.network, post) === undefined && name !== 'cover') delete next[name]
      else next[name] = ''
    } else next[name] = typeof value === 'object' && 'id' in value ? value.id : value
  }
  return same(next, placement?.fields ?? {}) ? undefined : next
}
