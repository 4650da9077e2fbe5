/** Where the user is. Survives a restart; holds ids, never rows. */
import { useMemo } from 'react'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { IsoDate } from '../../shared/domain/time.ts'
import type { Place as PlaceInContent } from '../../shared/platforms/model.ts'

/** The pages of the settings by name, in their order. */
export const SETTINGS = {
  general: 'General',
  time: 'Time',
  channels: 'Channels',
  people: 'People',
  pillars: 'Pillars',
  days: 'Calendar days',
  links: 'Tags and links',
  snippets: 'Snippets',
  hashtags: 'Hashtag sets',
  mentions: 'Mention book',
  brandWords: 'Brand words',
  personas: 'Personas',
  templates: 'Templates',
  mediaHost: 'Media host',
  running: 'Running',
  look: 'Look',
  data: 'Data',
} as const
export type SettingsPage = keyof typeof SETTINGS

/** A place in a post, on one of its channels or, '', in what all of them share. */
export interface Spot {
  readonly channelId: string
  readonly place: PlaceInContent
}

export type Place =
  | { readonly screen: 'today' | 'calendar' | 'board' | 'trash' | 'import' }
  /** `deliveryId`: the one that is shown beside the list. */
  | { readonly screen: 'outbox'; readonly deliveryId?: string }
  /** `channelId`: the channel that is open on its page. */
  | { readonly screen: 'settings'; readonly page?: SettingsPage; readonly channelId?: string }
  | { readonly screen: 'write'; readonly postId?: string /** Where to go in it. */; readonly at?: Spot }
  | { readonly screen: 'versions'; readonly postId: string }
  | { readonly screen: 'campaign'; readonly campaignId: string }
  /** The library, or one file of it. */
  | { readonly screen: 'media'; readonly mediumId?: string }
export type Screen = Place['screen']

export type CalendarView = 'month' | 'week' | 'day' | 'list' | 'timeline' | 'grid'

interface Navigation {
  readonly place: Place
  readonly past: readonly Place[]
  /** Calendar: shared, so that a palette, an undo or a link can turn its page. */
  readonly view: CalendarView
  readonly date: IsoDate | null
  /** The channel whose grid is shown; '' for the first there is. */
  readonly gridOf: string
  /** The panel beside the calendar that weighs the days in sight is open. */
  readonly balance: boolean
  /** Selected posts, in the order they were picked; calendar, board and palette act on them. */
  readonly selected: readonly string[]
  /** The one the peek panel shows and the keyboard is on. */
  readonly focused: string | null
}

const START: Navigation = {
  place: { screen: 'calendar' },
  past: [],
  view: 'month',
  date: null,
  gridOf: '',
  balance: false,
  selected: [],
  focused: null,
}

export const useNavigation = create<Navigation>()(
  persist(() => START, {
    name: 'outpost-place',
    partialize: ({ place, view, date, gridOf, balance }) => ({ place, view, date, gridOf, balance }),
  }),
)

export const go = (place: Place) =>
  useNavigation.setState((state) => ({ place, past: [...state.past, state.place].slice(-50) }))
/** Says more exactly where one is: no step to go back from. */
export const settle = (place: Place) => useNavigation.setState({ place })
export const goBack = () =>
  useNavigation.setState((state) => ({
    place: state.past.at(-1) ?? { screen: 'calendar' },
    past: state.past.slice(0, -1),
  }))
export const showDate = (date: IsoDate | null) => useNavigation.setState({ date })
export const showView = (view: CalendarView) => useNavigation.setState({ view })
/** Goes to the grid of a profile; absent: of the one that was shown last. */
export function goToGrid(channelId?: string): void {
  useNavigation.setState((state) => ({ view: 'grid', gridOf: channelId ?? state.gridOf }))
  go({ screen: 'calendar' })
}
export const showBalance = (balance: boolean) => useNavigation.setState({ balance })
/** Selects posts; the last one gets the focus. */
export const select = (ids: readonly string[]) => useNavigation.setState({ selected: ids, focused: ids.at(-1) ?? null })
export const clearSelection = () => useNavigation.setState({ selected: [], focused: null })
/** The posts a command is about: the one that is open, elsewhere those that are selected. */
export function usePostsActedOn(): readonly string[] {
  const place = useNavigation((state) => state.place)
  const selected = useNavigation((state) => state.selected)
  const open = place.screen === 'write' || place.screen === 'versions' ? place.postId : undefined
  return useMemo(() => (open === undefined ? selected : [open]), [open, selected])
}
/** Where a new workspace begins. */
export const resetNavigation = () => useNavigation.setState({ ...START, past: [] })
