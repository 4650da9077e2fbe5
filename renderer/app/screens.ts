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
  outbox: lazy(() => import('../features/outbox/OutboxScreen.tsx')),
  trash: lazy(() => import('../features/trash/TrashScreen.tsx')),
  import: lazy(() => import('../features/transfer/ImportScreen.tsx')),
}
/** Views of the calendar that are features of their own. */
const views: Readonly<Partial<Record<CalendarView, ComponentType>>> = {
  timeline: lazy(() => import('../features/timeline/TimelineScreen.tsx')),
  grid: lazy(() => import('../features/grid/GridScreen.tsx')),
}

export const screenOf = (name: Screen, view: CalendarView): ComponentType =>
  (name === 'calendar' && views[view]) || screens[name]
