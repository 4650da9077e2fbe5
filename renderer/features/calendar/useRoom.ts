/** How much room there is: for the bar of filters, and for the columns of a day. */
import { type RefObject, useLayoutEffect, useState, useSyncExternalStore } from 'react'

const followed = (condition: string) => {
  const query = window.matchMedia(condition)
  const watch = (listener: () => void) => {
    query.addEventListener('change', listener)
    return () => query.removeEventListener('change', listener)
  }
  return () => useSyncExternalStore(watch, () => query.matches)
}
export const useNarrow = followed('(width < 1360px)')
/** The dock lies over the page: it is only there when it was asked for. */
export const useDockOver = followed('(width < 1200px)')

/** Width of an element in pixels, watched. */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    setWidth(element.clientWidth)
    return () => observer.disconnect()
  }, [ref])
  return width
}
