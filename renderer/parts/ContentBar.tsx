import type { StatusCounts } from '../data/queries.ts'
import { Meter } from '../ui/index.ts'

/** The posts of a campaign in four heaps, as every bar and legend shows them. */
export function contentHeaps(counts: StatusCounts) {
  return {
    out: counts.published,
    planned: counts.scheduled + counts.approved,
    review: counts.review + counts.changes,
    draft: counts.draft + counts.idea,
  }
}

/** How many posts there are and how many need nobody any more. */
export function contentSums(counts: StatusCounts) {
  const { out, planned, review, draft } = contentHeaps(counts)
  return { ready: out + planned, all: out + planned + review + draft }
}

export const CONTENT_HEAPS = [
  { key: 'out', word: 'out', title: 'Out', tone: 'green' },
  { key: 'planned', word: 'planned', title: 'Planned', tone: 'blue' },
  { key: 'review', word: 'in review', title: 'In review', tone: 'amber' },
  { key: 'draft', word: 'drafts, ideas', title: 'Draft', tone: 'neutral' },
] as const

/** `13 out, 8 planned, 5 in review, 6 drafts, ideas`; empty heaps are left out. */
export function contentWords(counts: StatusCounts): string {
  const heaps = contentHeaps(counts)
  return CONTENT_HEAPS.filter(({ key }) => heaps[key] > 0)
    .map(({ key, word }) => `${heaps[key]} ${word}`)
    .join(', ')
}

/** The content of a campaign as one bar. */
export function ContentBar({ counts }: { counts: StatusCounts }) {
  const heaps = contentHeaps(counts)
  return (
    <Meter
      label={contentWords(counts) || 'No posts'}
      max={contentSums(counts).all}
      segments={CONTENT_HEAPS.map(({ key, word, tone }) => ({
        value: heaps[key],
        color: tone === 'neutral' ? 'line' : tone,
        label: word,
      }))}
    />
  )
}
