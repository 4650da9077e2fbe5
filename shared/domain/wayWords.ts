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
  readonly online: boolean
  /** Its account is, by a person or by what the network said. */
  readonly paused: boolean
  /** Until when the network is not to be asked; absent: it may be. */
  readonly limitedUntil?: Instant
  readonly time: (at: Instant) => string
}

/** `ahead`: the network gets it while there is time, so this computer may sleep at its time. */
export interface Way {
  readonly ahead: boolean
  /** The network would get it by now, and something keeps it from that: this computer must be awake until then. Absent: no. */
  readonly notYet?: true
  readonly sentence: string
}

export function wayOf(delivery: Delivery, facts: WayFacts, now: Instant): Way {
  const { network, schedules, placement, limitedUntil = 0, time } = facts
  if (!schedules) return here('')
  const from = delivery.dueAt - schedules.latest
  // Of the networks that take posts ahead only Facebook has stories, and it takes none of them.
  const why =
    placement?.format === 'story'
      ? `a story cannot be handed to ${network}`
      : whyNotAhead(delivery, { ...facts, schedules }, Math.max(now, from, limitedUntil))
  if (why !== '') return here(why)
  const kept = from > now ? '' : keptUntil(delivery, facts, now)
  if (kept !== '') {
    const sentence = `${network} has not got it yet. It gets it ahead ${kept}, and publishes it by itself.`
    return { ahead: false, notYet: true, sentence }
  }
  const sleeps = placement?.firstComment
    ? 'its first comment follows once Outpost is open.'
    : 'once it has it, this computer may sleep.'
  const when = from > now ? ` (from ${time(from)})` : ''
  return { ahead: true, sentence: `${network} gets it ahead${when} and publishes it by itself; ${sleeps}` }
}

/** When it may be handed over; '' where nothing keeps it from that. */
function keptUntil(
  { held }: Pick<Delivery, 'held'>,
  { online, paused, limitedUntil = 0, time }: WayFacts,
  now: Instant,
): string {
  if (held) return 'once you let it go'
  if (paused) return 'once its account goes on'
  if (!online) return 'when you are back online'
  return limitedUntil > now ? `from ${time(limitedUntil)} on` : ''
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
