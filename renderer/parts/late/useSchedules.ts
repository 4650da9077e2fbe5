import { useEffect, useState } from 'react'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import type { Abilities } from '../../../shared/domain/delivery.ts'
import { useDeps } from '../../ports/deps.tsx'

export type Schedules = ReadonlyMap<NetworkId, Abilities['schedules']>

/** How far ahead each network takes posts to publish by itself. Undefined until the side that speaks to them has told. */
export function useSchedules(): Schedules | undefined {
  const { shell } = useDeps()
  const [schedules, setSchedules] = useState<Schedules>()
  useEffect(() => {
    let isCurrent = true
    void shell
      .publishing()
      .then((publishing) => publishing.abilities())
      .then((told) => {
        if (isCurrent) setSchedules(new Map(told.map((one) => [one.network, one.schedules])))
      })
    return () => {
      isCurrent = false
    }
  }, [shell])
  return schedules
}
