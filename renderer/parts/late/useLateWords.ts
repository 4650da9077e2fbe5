import type { Channel } from '../../../shared/domain/channel.ts'
import { lateWords } from '../../../shared/domain/lateWords.ts'
import { type Instant, toWall, type Zone } from '../../../shared/domain/time.ts'
import { nextFreeSlot } from '../../data/queries.ts'
import { useQuery } from '../../ports/live.ts'
import { formatWhen } from '../format.ts'

const MINUTE = 60_000

/** What becomes of a post on a channel when this computer sleeps at its time. `zone`: the reader's. Undefined until it is known. */
export function useLateWords(channel: Channel, dueAt: Instant, zone: Zone): string | undefined {
  return useQuery(
    async (db) => {
      const slot = channel.late === 'slot' ? await nextFreeSlot(db, channel, dueAt + channel.grace * MINUTE + 1) : null
      return lateWords(channel, slot === null ? '' : formatWhen(toWall(slot, zone)))
    },
    [channel, dueAt, zone],
  )
}
