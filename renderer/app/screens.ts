/** One lazily loaded screen per place. */
import { type ComponentType, lazy } from 'react'
import type { CalendarView, Screen } from '../ports/navigation.ts'

const found = import.meta.glob<{ default: ComponentType }>('../features/*/*Screen.tsx')
const screen = (path: string) => lazy(found[`../features/${path}`] ?? (async () => ({ default: () => null })))

const screens: Partial<Record<Screen, ComponentType>> = {
  today: screen('today/TodayScreen.tsx'),
  calendar: screen('calendar/CalendarScreen.tsx'),
  write: screen('composer/WriteScreen.tsx'),
  versions: screen('versions/VersionsScreen.tsx'),
  board: screen('board/BoardScreen.tsx'),
  campaign: screen('campaign/CampaignScreen.tsx'),
  settings: screen('settings/SettingsScreen.tsx'),
  trash: screen('trash/TrashScreen.tsx'),
  import: screen('transfer/ImportScreen.tsx'),
}
const timeline = screen('timeline/TimelineScreen.tsx')

/** The timeline is the calendar's fifth view and a feature of its own. */
export const screenOf = (name: Screen, view: CalendarView): ComponentType | undefined =>
  name === 'calendar' && view === 'timeline' ? timeline : screens[name]
