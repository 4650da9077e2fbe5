/** Whom a post is mailed to, where its network sends a newsletter of it (Ghost). Pure. */
import type { FieldValues } from './placement.ts'

/** The network's own word for a group, and ours. */
export const MAILED_TO: ReadonlyMap<string, string> = new Map([
  ['all', 'all members'],
  ['status:free', 'free members'],
  ['status:-free', 'paying members'],
])

/** The group in words; '': nobody is mailed. */
export const mailedTo = ({ emailSegment }: FieldValues): string =>
  (typeof emailSegment === 'string' && MAILED_TO.get(emailSegment)) || ''

/** What a copy of a post takes along: it is mailed to nobody before a person says so of the copy itself. */
export function fieldsOfCopy({ emailSegment: _mailed, ...fields }: FieldValues): FieldValues {
  return fields
}
