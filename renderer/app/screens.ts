/** One lazily loaded screen per place. */
import { type ComponentType, lazy } from 'react'
import type { CalendarView, Screen } from '../ports/navigation.ts'

const screens: Readonly<Record<Screen, ComponentType>> = {
  today: lazy(() => import('../features/today/TodayScreen.tsx')),
  calendar: lazy(() => import('../features/calendar/CalendarScreen.tsx')),
  write: lazy(() => import('../features/composer/WriteScreen.tsx')),
  versions: lazy(() => import('../features/versions/VersionsScreen.tsx')),
  board: lazy(() => import('../features/board/BoardScreen.tsx')),
  campaign: lazy(() => import('../features/campaign/CampaignScreen.tsx')),
  media: lazy(() => import('../features/media/MediaScreen.tsx')),
  settings: lazy(() => import('../features/settings/SettingsScreen.tsx')),
  trash: lazy(() => import('../features/trash/TrashScreen.tsx')),
  import: lazy(() => import('../features/transfer/ImportScreen.tsx')),
}
const timeline = lazy(() => import('../features/timeline/TimelineScreen.tsx'))

/** The timeline is the calendar's fifth view and a feature of its own. */
export const screenOf = (name: Screen, view: CalendarView): ComponentType =>
  name === 'calendar' && view === 'timeline' ? timeline : screens[name]
