import { useEffect, useState } from 'react'
import type { Clock } from '../../data/clock.ts'

const MINUTE = 60_000

/** The time, told again at every full minute. */
export function useNow(clock: Clock): number {
  const [now, setNow] = useState(clock.now)
  useEffect(() => {
    const timer = setTimeout(() => setNow(clock.now()), MINUTE - (now % MINUTE) + 20)
    return () => clearTimeout(timer)
  }, [clock, now])
  return now
}
