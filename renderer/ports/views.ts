/** Filters of the screens, and the saved views that set them. A filter survives a change of screen. */
import { create } from 'zustand'
import { NO_FILTER, type PostFilter, type SavedView } from '../../shared/domain/workspace.ts'
import { type CalendarView, go, showView } from './navigation.ts'
import { useReference } from './reference.tsx'

type FilteredScreen = SavedView['screen']

const useFilters = create<Record<FilteredScreen, PostFilter>>()(() => ({
  calendar: NO_FILTER,
  board: NO_FILTER,
  write: NO_FILTER,
}))

/** The filter of a screen and the way to change it. */
export function usePostFilter(screen: FilteredScreen): readonly [PostFilter, (filter: PostFilter) => void] {
  const filter = useFilters((filters) => filters[screen])
  return [filter, (next) => useFilters.setState({ [screen]: next })]
}

export const setPostFilter = (screen: FilteredScreen, filter: PostFilter) => useFilters.setState({ [screen]: filter })

/** The saved views of the workspace and how to go to one. */
export function useSavedViews() {
  const { views } = useReference()
  return {
    views: views.list,
    apply(saved: SavedView) {
      setPostFilter(saved.screen, saved.filter)
      if (saved.screen === 'calendar') showView(saved.view as CalendarView)
      go({ screen: saved.screen })
    },
  }
}
