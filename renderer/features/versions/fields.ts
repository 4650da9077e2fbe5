/** The fields of a post in words, for the table of what changed. Pure; names come from the caller. */
import type { Post } from '../../../shared/domain/post.ts'
import { STATUS_LOOK } from '../../../shared/domain/status.ts'

export interface Names {
  person(id: string): string
  campaign(id: string): string
  pillar(id: string): string
  channel(id: string): string
  when(post: Post): string
  day(date: string): string
}

export interface FieldChange {
  readonly label: string
  readonly before: string
  readonly after: string
  readonly changed: boolean
}

const list = (words: readonly string[]) => words.filter(Boolean).join(', ')

const FIELDS: readonly { readonly label: string; readonly read: (post: Post, names: Names) => string }[] = [
  { label: 'Title', read: ({ title }) => title },
  { label: 'When', read: (post, names) => names.when(post) },
  { label: 'Status', read: ({ status }) => STATUS_LOOK[status].word },
  { label: 'Owner', read: ({ ownerId }, names) => names.person(ownerId) },
  { label: 'Authors', read: ({ authorIds }, names) => list(authorIds.map(names.person)) },
  { label: 'Channels', read: ({ channelIds }, names) => list(channelIds.map(names.channel)) },
  { label: 'Campaign', read: ({ campaignId }, names) => names.campaign(campaignId) },
  { label: 'Pillar', read: ({ pillarId }, names) => names.pillar(pillarId) },
  { label: 'Labels', read: ({ labels }) => list(labels) },
  { label: 'Text due', read: ({ dueOn }, names) => (dueOn ? names.day(dueOn) : '') },
  { label: 'Summary', read: ({ summary }) => summary },
  { label: 'Notes', read: ({ notes }) => notes },
  {
    label: 'Checklist',
    read: ({ checklist }) => list(checklist.map(({ text, done }) => (done ? `${text} (done)` : text))),
  },
  { label: 'Pinned', read: ({ pinned }) => (pinned ? 'Yes' : '') },
  { label: 'Cover', read: ({ coverId }) => (coverId ? `Picture ${coverId.slice(-4)}` : '') },
]

/** Every field that has something to say in one of the two, changed ones first. */
export function fieldChanges(before: Post | null, after: Post, names: Names): FieldChange[] {
  const all = FIELDS.map(({ label, read }) => {
    const old = before ? read(before, names) : ''
    const now = read(after, names)
    return { label, before: old, after: now, changed: old !== now }
  })
  const said = all.filter(({ before: old, after: now }) => old !== '' || now !== '')
  return [...said.filter(({ changed }) => changed), ...said.filter(({ changed }) => !changed)]
}
