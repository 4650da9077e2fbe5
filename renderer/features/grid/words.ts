/** What the grid says, on the screen and to screen readers. */
import type { Channel } from '../../../shared/domain/channel.ts'
import { movesWhole, type Placing, type SwapRefusal, timeOn } from '../../../shared/domain/grid.ts'
import { STATUS_LOOK } from '../../../shared/domain/status.ts'
import { formatWhen, plural } from '../../parts/index.ts'
import type { Grid, TileRow } from './queries.ts'

export const nameOf = ({ post }: Pick<Placing, 'post'>): string => `“${post.title || 'Untitled'}”`

export function whenOf(placed: Placing): string {
  const when = timeOn(placed)
  return when ? formatWhen(when) : 'no date'
}

/** What is not to be seen on a tile; '' where all is there. */
export function lackOf({ cover, gone, count }: TileRow): string {
  if (gone) return 'Its picture is gone'
  if (count === 0) return 'No picture yet'
  return cover ? '' : 'No preview'
}

export const FORMAT_WORD: Readonly<Record<string, string>> = { carousel: 'carousel', reel: 'reel', feed: '' }

/** A tile in words, for those who do not see it. */
export function tileWords(row: TileRow, at: number, columns: number): string {
  const format = row.format === 'carousel' ? `carousel of ${row.count}` : (FORMAT_WORD[row.format] ?? row.format)
  const place = `row ${Math.floor(at / columns) + 1}, column ${(at % columns) + 1}`
  const pinned = row.post.pinned ? 'stays put' : ''
  return [
    row.post.title || 'Untitled',
    whenOf(row),
    STATUS_LOOK[row.post.status].word,
    format,
    lackOf(row),
    pinned,
    place,
  ]
    .filter(Boolean)
    .join(', ')
}

/** What a swap does to the other channels of the two: nothing, and it says so. */
export function othersStay(rows: readonly Placing[], { name }: Pick<Channel, 'name'>): string {
  return rows
    .filter((row) => row.post.channelIds.length > 1 && !movesWhole(row))
    .map(
      (row) =>
        `Of ${nameOf(row)} only ${name} moves; its ${plural(row.post.channelIds.length - 1, 'other channel')} ${row.post.channelIds.length === 2 ? 'stays' : 'stay'}.`,
    )
    .join(' ')
}

export const swapWords = (a: Placing, b: Placing): string =>
  `${nameOf(a)} goes to ${whenOf(b)}, ${nameOf(b)} to ${whenOf(a)}.`

export function explainSwap(refusal: SwapRefusal | { readonly kind: 'missing' }): string {
  switch (refusal.kind) {
    case 'already-published':
      return `Not swapped: “${refusal.post.title || 'Untitled'}” is out and keeps its place.`
    case 'pinned':
      return `Not swapped: “${refusal.post.title || 'Untitled'}” is pinned to its date. Unpin it first.`
    case 'no-date':
      return `Not swapped: “${refusal.post.title || 'Untitled'}” has no date any more.`
    case 'in-the-past':
      return `Not swapped: ${formatWhen(refusal.to)} is already past, and “${refusal.post.title || 'Untitled'}” would go there.`
    case 'missing':
      return 'Not swapped: one of the two is gone. Undo brings it back.'
  }
}

/** How many there are, and what the network keeps off the grid. */
export function gridWords({ ids, planned, stories, reelsOnly }: Grid): string {
  const off = [
    ...(stories > 0 ? [plural(stories, 'story', 'stories')] : []),
    ...(reelsOnly > 0 ? [`${plural(reelsOnly, 'reel')} outside of the feed`] : []),
  ]
  const counts = `${planned} planned, ${ids.length - planned} out`
  return off.length > 0 ? `${counts}. Not on the grid: ${off.join(', ')}` : counts
}
