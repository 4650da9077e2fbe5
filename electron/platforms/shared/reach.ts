/** What a network changes of a post that it has. */
import type { FieldValue, Job, Part } from '../adapter.ts'
import { troubled } from './said.ts'

/** Besides the text, and the time of what waits. */
export interface Reach {
  readonly text?: false
  readonly media?: true
  readonly fields?: readonly string[]
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
/** What nobody filled in is the same however that is written down. */
const told = (value: FieldValue | undefined): FieldValue | null =>
  value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0) ? null : value
const fieldsOf = ({ title, fields }: Job): Job['fields'] => ({ title, ...fields })
/** All that may be changed where some may not. */
export const fieldsBut = (names: readonly string[], sent: Job, job: Job): readonly string[] =>
  Object.keys({ ...fieldsOf(sent), ...fieldsOf(job) }).filter((one) => !names.includes(one))
const filesOf = (part: Part | undefined) => part?.media.map(({ id, alt }) => [id, alt])
const wordsOf = (part: Part | undefined) => [part?.text, part?.html]

/** The first thing of a part that is to be another than the one `sent`, and that the network cannot change; null where it can change all. */
export function outOfReach(sent: Job, job: Job, part: number, { text, media, fields = [] }: Reach): string | null {
  const [before, after] = [fieldsOf(sent), fieldsOf(job)]
  // Fields are those of the post; what goes below it has words and files.
  const names = part > 0 ? [] : Object.keys({ ...before, ...after })
  const field = names.find((name) => !fields.includes(name) && !isSame(told(before[name]), told(after[name])))
  if (sent.format !== job.format) return 'format'
  if (field !== undefined) return field
  if (!media && !isSame(filesOf(sent.parts[part]), filesOf(job.parts[part]))) return 'media'
  return text === false && !isSame(wordsOf(sent.parts[part]), wordsOf(job.parts[part])) ? 'text' : null
}

const NAMES: Readonly<Record<string, string>> = {
  text: 'the text',
  media: 'pictures, films and their descriptions',
  format: 'what kind of post it is',
  visibility: 'who sees it',
  cover: 'its cover',
  title: 'its title',
  link: 'its link',
  quote: 'what it quotes',
  emailSegment: 'whom it is mailed to',
  emailSubject: 'the subject of its mail',
  newsletter: 'the newsletter',
}

/** The refusal of an edit the network would answer with “done” and not do; null where nothing is against it. */
export function unchanged(network: string, sent: Job, job: Job, part: number, reach: Reach) {
  const field = outOfReach(sent, job, part, reach)
  return field === null ? null : unreachable(network, field)
}

export const unreachable = (network: string, field: string) => {
  const reason = `${network} does not change ${NAMES[field] ?? `“${field}”`} of a post that it has`
  return troubled({ kind: 'refused', field, reason, details: '', ours: true })
}
