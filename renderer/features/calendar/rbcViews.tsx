/** Views given to react-big-calendar: month and list of our own, its week and day with our parts (see README.md). */
import { type ComponentType, lazy, Suspense } from 'react'
import type { ViewsProps } from 'react-big-calendar'
import type { GridEvent } from './gridLayout.ts'
import { MonthView } from './MonthView.tsx'

// Most never open it, and the first screen has no room for it.
const ListView = lazy(async () => ({ default: (await import('./ListView.tsx')).ListView }))
const FetchedList = () => (
  <Suspense fallback={null}>
    <ListView />
  </Suspense>
)

/** The library asks a view for its title, range and step; ours are kept in the navigation, so these only satisfy it. */
const asView = <P extends object>(View: ComponentType<P>) =>
  Object.assign(View, { title: () => '', range: (date: Date) => [date], navigate: (date: Date) => date })

// The published types know the library's own view names only; it takes any.
export const rbcViews = {
  month: asView(MonthView),
  week: true,
  day: true,
  list: asView(FetchedList),
} as ViewsProps<GridEvent>
