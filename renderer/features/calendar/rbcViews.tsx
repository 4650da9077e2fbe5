/** Views given to react-big-calendar in place of its own. */
import type { ComponentType } from 'react'
import { MonthView } from './MonthView.tsx'

/** The library asks a view for its title, range and step; ours are kept in the navigation, so these only satisfy it. */
const asView = <P extends object>(View: ComponentType<P>) =>
  Object.assign(View, { title: () => '', range: (date: Date) => [date], navigate: (date: Date) => date })

export const rbcViews = { month: asView(MonthView) }
