import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export const ZOOMS = {
  weeks: { label: 'Weeks', days: 21, before: 7, step: 7, period: 'week' },
  seven: { label: '7 weeks', days: 49, before: 14, step: 28, period: '4 weeks' },
  quarter: { label: 'Quarter', days: 91, before: 28, step: 91, period: '13 weeks' },
} as const
export type Zoom = keyof typeof ZOOMS

export const useTimelineUi = create<{ readonly zoom: Zoom }>()(
  persist(() => ({ zoom: 'seven' as Zoom }), { name: 'outpost-timeline' }),
)
export const setZoom = (zoom: Zoom) => useTimelineUi.setState({ zoom })
