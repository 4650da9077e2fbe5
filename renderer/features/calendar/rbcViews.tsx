/** Views given to react-big-calendar: month and list of our own, its week and day with our parts (see README.md). */
import type { ComponentType } from 'react'
import type { ViewsProps } from 'react-big-calendar'
import type { GridEvent } from './gridLayout.ts'
import { ListView } from './ListView.tsx'
import { MonthView } from './MonthView.tsx'

/** The library asks a view for its title, range and step; ours are kept in the navigation, so these only satisfy it. */
const asView = <P extends object>(View: ComponentType<P>) =>
  Object.assign(View, { title: () => '', range: (date: Date) => [date], navigate: (date: Date) => date })

// The published types know the library's own view names only; it takes any.
export const rbcViews = {
  month: asView(MonthView),
  week: true,
  day: true,
  list: asView(ListView),
} as ViewsProps<GridEvent>
