import { createContext, useContext } from 'react'
import type { Axis } from './axis.ts'
import type { Measures } from './monthLayout.ts'
import type { Page } from './usePage.ts'

export interface CalendarContextValue {
  readonly page: Page
  readonly measures: Measures
  /** What a post clashes with, in one sentence; undefined: nothing. */
  clashText(id: string): string | undefined
  /** The axis of the time grid shown, for the drag to read. */
  readonly axis: { current: Axis | null }
}

const Context = createContext<CalendarContextValue | null>(null)
export const CalendarProvider = Context.Provider

/** The page that is shown. react-big-calendar draws our components without props of ours, so they look here. */
export function useCalendar(): CalendarContextValue {
  const value = useContext(Context)
  if (!value) throw new Error('useCalendar outside of the calendar')
  return value
}
