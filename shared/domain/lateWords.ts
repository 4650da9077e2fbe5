/** What becomes of a post that is too late, said before it happens. Pure. */
import type { Channel } from './channel.ts'

/** `slot`: the next free one of the channel in words, '' where it has none, absent where it need not be named. */
export function lateWords({ grace, late }: Pick<Channel, 'grace' | 'late'>, slot?: string): string {
  const after = late === 'slot' && slot !== '' ? `takes the next free slot${slot ? `, ${slot}` : ''}` : 'asks you'
  return grace === 0 ? `it ${after}` : `goes out up to ${spanWords(grace)} late, after that it ${after}`
}

const spanWords = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`)
