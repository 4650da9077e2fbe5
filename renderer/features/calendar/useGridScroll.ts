import { type RefObject, useLayoutEffect, useRef } from 'react'
import { minutesOf, toWall } from '../../../shared/domain/time.ts'
import { type Axis, minuteAt, topOf } from './axis.ts'
import { topOfEvent } from './gridLayout.ts'
import type { Page, PageView } from './usePage.ts'

/** The minute at the top of week and day when they were left; until then they open at the first post, else at now, else in the morning. */
const scrolls = new Map<PageView, number>()
const MORNING = 8 * 60

/** Keeps week and day at the hours somebody looked at. */
export function useGridScroll(surface: RefObject<HTMLElement | null>, page: Page | null, grid: RefObject<Axis | null>) {
  const view = page?.view
  const scroller = useRef<HTMLElement | null>(null)
  const top = useRef(0)
  const axis = grid.current
  // biome-ignore lint/correctness/useExhaustiveDependencies: when a view opens, not when its posts change
  useLayoutEffect(() => {
    const element = surface.current?.querySelector<HTMLElement>('.rbc-time-content') ?? null
    scroller.current = element
    if (!element || !page || !axis || !view) return
    const tops = [...page.byDay.values()].flat().map((event) => topOfEvent(axis, event))
    const now = page.days.includes(page.today)
      ? topOf(axis, minutesOf(toWall(page.now, page.zone).time))
      : topOf(axis, MORNING)
    const first = tops.length > 0 ? Math.min(...tops) : now
    const left = scrolls.get(view)
    element.scrollTop = left === undefined ? Math.max(0, first - 30) : topOf(axis, left)
    top.current = minuteAt(axis, element.scrollTop)
    const opened = element.scrollTop
    // While it is scrolled: once another view stands there, this one has no height to ask for.
    const remember = () => {
      if (!grid.current) return
      top.current = minuteAt(grid.current, element.scrollTop)
      if (element.scrollTop !== opened || scrolls.has(view)) scrolls.set(view, top.current)
    }
    element.addEventListener('scroll', remember, { passive: true })
    return () => element.removeEventListener('scroll', remember)
  }, [view, page === null])

  // Hours that fold or unfold leave the others where they were on the screen.
  const height = axis?.height
  const drawn = useRef(height)
  useLayoutEffect(() => {
    const before = drawn.current
    drawn.current = height
    if (before === undefined || height === undefined || before === height) return
    if (scroller.current && grid.current) scroller.current.scrollTop = topOf(grid.current, top.current)
  }, [height, grid])
}
