/** What a kit says and holds: the parts in words, the fields as the network's form has them, the files by name. Pure. */
import type { NetworkId } from '../../../shared/domain/channel.ts'
import type { Job, Part, SentMedium } from '../../../shared/domain/publishing.ts'
import { type FieldName, type FormatId, RULES } from '../../../shared/platforms/index.ts'

/** `Post`, `Part 2`, `First comment` */
export function partName({ kind }: Pick<Part, 'kind'>, at: number): string {
  if (kind === 'comment') return 'First comment'
  return at === 0 ? 'Text' : `Part ${at + 1}`
}

/** What the form of the network asks for beside text and files: a name and a value each, `Yes` where something is switched on. */
export function fieldLines(network: NetworkId, { format, title, fields }: Job): readonly (readonly [string, string])[] {
  const rules = RULES[network].formats[format as FormatId]
  const line = (name: string, value: unknown): (readonly [string, string])[] => {
    const field = rules?.fields[name as FieldName]
    if (!field || field.kind === 'picture' || value === undefined || value === '' || value === false) return []
    if (Array.isArray(value)) return value.length > 0 ? [[field.label, value.join(', ')]] : []
    const option = field.kind === 'choice' ? field.options.find((one) => one.value === value) : undefined
    return [[field.label, value === true ? 'Yes' : (option?.label ?? String(value))]]
  }
  const named = line('title', title)
  return [...named, ...Object.entries(fields).flatMap(([name, value]) => line(name, value))]
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'video/quicktime': 'mov',
}

/** `02.jpg`: in the order they are posted in. */
export const fileName = ({ type }: Pick<SentMedium, 'type'>, at: number): string =>
  `${String(at + 1).padStart(2, '0')}.${ENDINGS[type] ?? type.split('/')[1]?.replace(/[^a-z0-9].*$/, '') ?? 'bin'}`

/** All words of a kit as one text, for the file beside the pictures. */
export function kitText(network: NetworkId, job: Job, files: readonly SentMedium[]): string {
  const parts = job.parts.map((part, at) => `${partName(part, at)}\n\n${part.text}`)
  const fields = fieldLines(network, job).map(([name, value]) => `${name}: ${value}`)
  const alts = files.flatMap((file, at) => (file.alt === '' ? [] : [`${fileName(file, at)}: ${file.alt}`]))
  return [
    ...parts,
    ...(fields.length > 0 ? [fields.join('\n')] : []),
    ...(alts.length > 0 ? [`What is to be seen\n\n${alts.join('\n')}`] : []),
  ].join('\n\n---\n\n')
}
