import type { Names } from '../../../shared/domain/deliveryWords.ts'
import { type Way, wayOf } from '../../../shared/domain/wayWords.ts'
import { useSchedules } from '../../parts/late/useSchedules.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useReference } from '../../ports/reference.tsx'
import type { OutboxRow } from './queries.ts'

/** By what way a delivery goes out; null where that is not to be said: it is on its way, waits for a person, or is posted by one. */
export function useWays(): (row: OutboxRow, names: Names) => Way | null {
  const { clock } = useDeps()
  const { channels } = useReference()
  const schedules = useSchedules()
  return ({ delivery, placement, refusedAhead }, names) => {
    const { network, online, paused, limitedUntil, way, time } = names
    const channel = channels.get(delivery.channelId)
    if (!schedules || !channel || delivery.state.kind !== 'planned') return null
    if (delivery.held || paused || way === 'by-hand') return null
    const facts = {
      network,
      online,
      paused,
      time,
      placement,
      refused: refusedAhead,
      schedules: schedules.get(channel.network) ?? null,
      ...(limitedUntil === undefined ? {} : { limitedUntil }),
    }
    return wayOf(delivery, facts, clock.now())
  }
}
