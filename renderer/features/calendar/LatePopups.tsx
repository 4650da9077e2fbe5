import { type ComponentProps, lazy, Suspense, useEffect } from 'react'
import { useUi } from './uiState.ts'

/** Time the calendar has to itself before more is loaded; a press before then loads it at once. */
const QUIET_MS = 2_000
const load = () => import('./Popups.tsx')
const Popups = lazy(async () => ({ default: (await load()).Popups }))

/** What opens beside a day or a post. Nothing of it is on the first screen, so it comes once that stands. */
export function LatePopups(props: ComponentProps<typeof Popups>) {
  const open = useUi((state) => state.popup !== null)
  useEffect(() => {
    const timer = setTimeout(load, QUIET_MS)
    return () => clearTimeout(timer)
  }, [])
  return open ? (
    <Suspense>
      <Popups {...props} />
    </Suspense>
  ) : null
}
