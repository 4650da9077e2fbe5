import type { Post } from './post.ts'
import type { PostFilter } from './workspace.ts'

const any = <T>(wanted: readonly T[], has: (value: T) => boolean) => wanted.length === 0 || wanted.some(has)

/** Whether a post passes a filter. Lists are "any of"; different lists must all hold; text is looked for in title, summary, notes and first words. */
export function matches(post: Post, filter: PostFilter): boolean {
  return (
    any(filter.channelIds, (id) => post.channelIds.includes(id)) &&
    any(filter.campaignIds, (id) => post.campaignId === id) &&
    any(filter.statuses, (status) => post.status === status) &&
    any(filter.ownerIds, (id) => post.ownerId === id) &&
    any(filter.pillarIds, (id) => post.pillarId === id) &&
    any(filter.labels, (label) => post.labels.includes(label)) &&
    hasText(post, filter.text)
  )
}

const hasText = (post: Post, text: string) => {
  const wanted = text.trim().toLocaleLowerCase()
  if (!wanted) return true
  const all =
    `${post.title}\n${post.summary}\n${post.notes}\n${post.excerpt}\n${post.labels.join(' ')}`.toLocaleLowerCase()
  return wanted.split(/\s+/).every((word) => all.includes(word))
}

/** How many of the lists are in use: the number on a filter button. */
export const filterCount = (filter: PostFilter): number =>
  [filter.channelIds, filter.campaignIds, filter.statuses, filter.ownerIds, filter.pillarIds, filter.labels].filter(
    (l) => l.length > 0,
  ).length + (filter.text.trim() ? 1 : 0)
