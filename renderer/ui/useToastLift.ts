import { useLayoutEffect } from 'react'

/** While it is shown, what is said stands this many pixels higher: above a bar at the foot, not on it. */
export function useToastLift(pixels: number): void {
  useLayoutEffect(() => {
    const { style } = document.documentElement
    style.setProperty('--toast-lift', `${pixels}px`)
    return () => void style.removeProperty('--toast-lift')
  }, [pixels])
}
