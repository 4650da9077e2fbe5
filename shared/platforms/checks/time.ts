/** Whether the time fits: not past, and within what the network takes over ahead of it. */
import type { Finding, FormatRules, Place, When } from '../model.ts'
import { lasting } from '../words.ts'
import { finding } from './finding.ts'

const PLACE: Place = { at: 'time' }
const PAST = { source: 'plain sense; networks send what is past at once' }

export function checkTime({ at, now }: When, { ahead = [] }: FormatRules, network: string): Finding[] {
  if (at < now) return [finding('time-past', PAST, PLACE, `Its time is past: ${network} would send it at once.`)]
  const seconds = (at - now) / 1_000
  return ahead.flatMap((bound) => {
    const { min, max } = bound
    if (min !== undefined && seconds < min)
      return finding(
        'time-too-soon',
        bound,
        PLACE,
        `${network} keeps a post for later only ${lasting(min)} ahead or more.`,
      )
    if (max !== undefined && seconds > max)
      return finding('time-too-far', bound, PLACE, `${network} keeps a post for later at most ${lasting(max)} ahead.`)
    return []
  })
}
