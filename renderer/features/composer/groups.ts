/** The list beside the text as rows: heads and ids of posts. Pure. */
import { addDays, type IsoDate, startOfDay, type Zone } from '../../../shared/domain/time.ts'
import type { ListedPosts, Weeks } from './queries.ts'

export type ListRow =
  | { readonly kind: 'head'; readonly key: string; readonly words: string }
  | { readonly kind: 'post'; readonly key: string }

const rowsOf = (words: string, ids: readonly string[]): ListRow[] =>
  ids.length === 0 ? [] : [{ kind: 'head', key: words, words }, ...ids.map((key): ListRow => ({ kind: 'post', key }))]

export const rowsOfList = ({ thisWeek, nextWeek, undated, later, past }: ListedPosts): ListRow[] => [
  ...rowsOf('This week', thisWeek),
  ...rowsOf('Next week', nextWeek),
  ...rowsOf('No date', undated),
  ...rowsOf('Later', later),
  ...rowsOf('Earlier', past),
]

/** `first`: first day of this week. */
export const weeksFrom = (first: IsoDate, zone: Zone): Weeks => ({
  thisWeek: startOfDay(first, zone),
  nextWeek: startOfDay(addDays(first, 7), zone),
  later: startOfDay(addDays(first, 14), zone),
})
