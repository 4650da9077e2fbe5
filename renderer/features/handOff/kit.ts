/** What a person needs to post something by hand: its texts, its files in order, and what the form of the network asks for. Pure. */
import type { Medium } from '../../../shared/domain/medium.ts'
import { safeFileName } from '../../../shared/lib/fileName.ts'
import { formatOf } from '../../../shared/platforms/formats.ts'
import type { Content, FieldName, FieldRules, FieldValue, MediaFacts } from '../../../shared/platforms/model.ts'

export interface KitText {
  readonly label: string
  readonly text: string
}

export interface KitFile {
  /** As it is used. */
  readonly facts: MediaFacts
  /** Numbered, so that a file manager keeps their order. */
  readonly name: string
  readonly bytes: number
  readonly alt: string
}

export interface Kit {
  readonly format: string
  readonly texts: readonly KitText[]
  readonly files: readonly KitFile[]
  readonly fields: readonly KitText[]
}

/** `media`: rows of the files that are used, by id. */
export function kitOf(content: Content, media: ReadonlyMap<string, Medium>): Kit {
  const rules = formatOf(content)
  const parts = [content, ...(content.parts ?? [])]
  const texts = [
    ...parts.map(({ text }, at) => ({ label: parts.length > 1 ? `Post ${at + 1} of ${parts.length}` : 'Text', text })),
    { label: 'First comment', text: content.firstComment ?? '' },
  ].filter(({ text }) => text !== '')
  const { cover } = content.fields
  const used = parts.flatMap((part) => part.media)
  const all = cover && !used.some(({ id }) => id === cover.id) ? [...used, cover] : used
  const rows = Object.entries(rules?.fields ?? {}) as [FieldName, FieldRules][]
  return {
    format: rules?.name ?? '',
    texts,
    files: all.map((facts, at) => fileOf(facts, at, media, facts === cover)),
    fields: rows.flatMap(([name, rule]) => {
      const value = valueInWords(content.fields[name], rule, media)
      return value === '' ? [] : [{ label: rule.label, text: value }]
    }),
  }
}

function fileOf(facts: MediaFacts, at: number, media: ReadonlyMap<string, Medium>, isCover: boolean): KitFile {
  const { id, alt, bytes = 0 } = facts
  const number = String(at + 1).padStart(2, '0')
  // The name comes from outside: no folder is made of it.
  const name = (media.get(id)?.name ?? 'file').replace(/[\\/]/g, '-')
  return { facts, name: safeFileName(`${number} ${isCover ? 'cover ' : ''}${name}`), bytes, alt }
}

/** Nobody chose: what the network's form stands on then is said too. */
function valueInWords(given: FieldValue | undefined, rule: FieldRules, media: ReadonlyMap<string, Medium>): string {
  const value = given ?? rule.preset
  if (value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'On' : 'Off'
  if (typeof value === 'string')
    return rule.kind === 'choice' ? (rule.options.find((one) => one.value === value)?.label ?? value) : value
  if ('id' in value) return media.get(value.id)?.name ?? ''
  return value.join(', ')
}

/** Everything that is to be read, as one text beside the files. `missing`: why a file is not there, each in a sentence. */
export function kitText(kit: Kit, title: string, where: string, missing: readonly string[] = []): string {
  const block = (label: string, text: string) => `== ${label} ==\n${text}\n`
  const alts = kit.files.map(({ name, alt }) => `${name}: ${alt || '(nobody described it)'}`).join('\n')
  return [
    `${title}\n${where}${kit.format ? `, as ${kit.format.toLowerCase()}` : ''}\n`,
    ...kit.texts.map(({ label, text }) => block(label, text)),
    ...(kit.fields.length > 0
      ? [block('In the form', kit.fields.map(({ label, text }) => `${label}: ${text}`).join('\n'))]
      : []),
    ...(missing.length > 0 ? [block('Not in this folder', missing.join('\n'))] : []),
    ...(alts ? [block('What the pictures show (alt texts)', alts)] : []),
  ].join('\n')
}
