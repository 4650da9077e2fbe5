import { type ReactNode, useEffect, useState } from 'react'

/** Shows its children only when the wait has lasted: under 150 ms nothing should flicker. */
export function Later({ ms = 150, children }: { ms?: number; children: ReactNode }) {
  const [due, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return due ? children : null
}
