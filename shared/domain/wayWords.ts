/** By what way a planned post goes out, said before it does: whether its network gets it ahead, or this computer must be awake then. Pure. */
import type { Abilities, Delivery, Policy } from './delivery.ts'
import { mayGoAheadAnew } from './deliveryMoves.ts'
import { goesAhead } from './deliverySteps.ts'
import type { Placement } from './placement.ts'
import type { Instant } from './time.ts'

/** What the words are made of, beside the delivery. */
export interface WayFacts {
  readonly network: string
  /** How far ahead the network takes posts; null: it takes none. */
  readonly schedules: Abilities['schedules']
  /** What is different on this channel; undefined: nothing. */
  readonly placement: Pick<Placement, 'format' | 'firstComment'> | undefined
  /** Why the network did not take it ahead, '' where it was not asked. */
  readonly refused: string
  readonly time: (at: Instant) => string
}

/** `ahead`: the network gets it while there is time, so this computer may sleep at its time. */
export interface Way {
  readonly ahead: boolean
  readonly sentence: string
}

export function wayOf(delivery: Delivery, facts: WayFacts, now: Instant): Way {
  const { network, schedules, placement, time } = facts
  if (!schedules) return here('')
  const from = delivery.dueAt - schedules.latest
  const why = whyNotAhead(delivery, { ...facts, schedules }, Math.max(now, from))
  if (why !== '') return here(why)
  const sleeps = placement?.firstComment
    ? 'its first comment follows once Outpost is open.'
    : `this computer may sleep${from > now ? ' then' : ''}.`
  const when = from > now ? ` (from ${time(from)})` : ''
  return { ahead: true, sentence: `${network} gets it ahead${when} and publishes it by itself; ${sleeps}` }
}

const here = (why: string): Way => ({
  ahead: false,
  sentence: `Sent from this computer, which must be awake then${why === '' ? '' : `: ${why}`}.`,
})

/** '' where it is handed over. `at`: when the network would get it. */
function whyNotAhead(
  delivery: Delivery,
  {
    network,
    schedules,
    placement,
    refused,
    time,
  }: WayFacts & { readonly schedules: NonNullable<Abilities['schedules']> },
  at: Instant,
): string {
  if (placement?.format === 'thread') return `a thread cannot be handed to ${network}`
  const policy = handingOver(schedules)
  if (goesAhead(delivery, at, policy)) return ''
  const { aheadAfter = 0 } = delivery
  const said = refused === '' ? '' : ` (${refused.replace(/\.$/, '')})`
  if (at < aheadAfter && goesAhead(delivery, aheadAfter, policy))
    return `${network} does not take it ahead yet${said}. It is tried again ${time(aheadAfter)}`
  if (said !== '') return `${network} does not take it ahead${said}`
  const inTime = goesAhead({ ...mayGoAheadAnew(delivery), askedAt: 0 }, at, policy)
  return inTime ? `${network} does not take it ahead` : `it is too near for ${network} to get it ahead`
}

/** Only the way and the abilities count for handing over. */
const handingOver = (schedules: Abilities['schedules']): Policy => ({
  way: 'network',
  abilities: { find: false, see: false, edit: false, remove: false, schedules },
  grace: 0,
  late: 'ask',
  approved: true,
  paused: false,
  limitedUntil: 0,
  online: true,
  turn: true,
  random: 0,
  pace: 1,
})
