/** Whether the fields of a form are filled in, and with what the network takes. */
import type { AddressForm, Content, FieldName, FieldRules, FieldValue, Finding, MediaFacts } from '../model.ts'
import { amount, figure, takes } from '../words.ts'
import { finding, type Spot, severityOf } from './finding.ts'
import { checkFile } from './media.ts'
import { checkText } from './text.ts'

export function checkField(content: Content, name: FieldName, rules: FieldRules, network: string): Finding[] {
  const spot: Spot = { place: { at: 'field', name }, subject: rules.label, network }
  const { place } = spot
  const value = content.fields[name] ?? rules.preset
  if (value === undefined || isBlank(value))
    return rules.required
      ? [finding('field-missing', rules.required, place, `${missing(rules)}: ${network} needs it.`)]
      : []
  const found = checkValue(value, content, rules, spot)
  if (rules.withoutMedia && content.media.length > 0) {
    const goes =
      severityOf(rules.withoutMedia) === 'error' ? 'cannot go out together with' : 'is left out when there are'
    const sentence = `${rules.label} ${goes} pictures, videos or documents.`
    found.push(finding('field-with-media', rules.withoutMedia, place, sentence, [{ kind: 'clear', place }]))
  }
  if (rules.caveat) found.push(finding('field-caveat', rules.caveat, place, rules.caveat.sentence))
  return found
}

const missing = ({ kind, label }: FieldRules): string =>
  kind === 'choice' || kind === 'switch' ? `“${label}” is not answered` : `${label} is missing`

const isList = (value: FieldValue): value is readonly string[] => Array.isArray(value)
const isFile = (value: FieldValue): value is MediaFacts => typeof value === 'object' && 'alt' in value
const isBlank = (value: FieldValue): boolean =>
  typeof value === 'string' ? value.trim() === '' : isList(value) && value.length === 0

function checkValue(value: FieldValue, content: Content, rules: FieldRules, spot: Spot): Finding[] {
  if (rules.kind === 'picture' && isFile(value)) return checkFile(value, rules.file, spot)
  if (rules.kind === 'list' && isList(value)) return checkList(value, rules, spot)
  if (typeof value !== 'string') return []
  if (rules.kind === 'choice') return checkChosen(value, content, rules, spot)
  if (rules.kind === 'text') return checkText(value, rules, spot)
  return rules.kind === 'address' ? [...checkAddress(value, rules.form, spot), ...checkText(value, rules, spot)] : []
}

function checkAddress(value: string, form: AddressForm | undefined, { place, subject }: Spot): Finding[] {
  if (form) {
    const sentence = `“${subject}” needs the address of ${form.of} (${form.example}). Copy the link of the post there.`
    return form.fits(value) ? [] : [finding('field-address', form, place, sentence)]
  }
  if (/^https?:\/\/[^\s/?#]+\.[^\s]+$/i.test(value.trim())) return []
  const sentence = `${subject} is no web address: one begins with https:// and has no spaces.`
  return [finding('field-address', { source: 'what every network takes for a link' }, place, sentence)]
}

type Choice = Extract<FieldRules, { kind: 'choice' }>
function checkChosen(value: string, { account }: Content, rules: Choice, { place, subject, network }: Spot): Finding[] {
  const option = rules.options.find((one) => one.value === value)
  const clear = [{ kind: 'clear', place }] as const
  if (!option) return [finding('field-choice', rules, place, `“${subject}”: ${network} has no “${value}”.`, clear)]
  const { only, label } = option
  if (!only || !account?.kind || account.kind === only.account) return []
  return [finding('field-choice', only, place, `“${subject}”: “${label}” is for a ${only.account}.`, clear)]
}

type List = Extract<FieldRules, { kind: 'list' }>
function checkList(items: readonly string[], { each, bounds = [] }: List, spot: Spot): Finding[] {
  const { place, subject, network } = spot
  const found: Finding[] = []
  for (const bound of bounds) {
    const used = bound.of === 'items' ? items.length : joined(items).length
    const { min = 0, max = Number.POSITIVE_INFINITY } = bound
    if (used >= min && used <= max) continue
    const has = bound.of === 'items' ? amount(used, 'item') : `${amount(used, 'character')} together`
    const [by, than, limit] = used > max ? [used - max, 'more', max] : [min - used, 'fewer', min]
    const sentence = `${subject}: ${has}, ${figure(by)} ${than} than ${network} ${takes(bound)} (${figure(limit)}).`
    found.push(finding('field-list', bound, place, sentence))
  }
  if (each)
    for (const item of items) found.push(...checkText(item, each, { ...spot, subject: `${subject}: “${item}”` }))
  return found
}

/** A comma between two items counts, and so do the quotes around one with a space. */
const joined = (items: readonly string[]): string =>
  items.map((item) => (/\s/.test(item) ? `"${item}"` : item)).join(',')
