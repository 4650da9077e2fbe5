/** How much room there is: for the bar of filters, and for the columns of a day. */
import { type RefObject, useLayoutEffect, useState, useSyncExternalStore } from 'react'

const narrowQuery = window.matchMedia('(width < 1360px)')
const watchNarrow = (listener: () => void) => {
  narrowQuery.addEventListener('change', listener)
  return () => narrowQuery.removeEventListener('change', listener)
}
export const useNarrow = () => useSyncExternalStore(watchNarrow, () => narrowQuery.matches)

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
