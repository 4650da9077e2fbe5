/** Small moves of a delivery that its rules are made of. Pure. */
import type { Canceller, Delivery, DeliveryState, Mark, Reason } from './delivery.ts'
import type { Effect, Next } from './deliveryEvents.ts'
import type { Instant } from './time.ts'
import type { Trouble } from './trouble.ts'
import { PUNCTUAL, READ_BACKS } from './waiting.ts'

export const same = (delivery: Delivery): Next => ({ delivery, effects: [] })

export type DueState = Extract<DeliveryState, { kind: 'due' }>

export const due = (after: Instant, because: Trouble | null = null): DueState => ({ kind: 'due', after, because })

export const asked = (now: Instant) => ({ askedAt: now, tries: 0, renewed: false })

export const preparing = (after: Instant): DeliveryState => ({ kind: 'sending', step: 'preparing', after })

/** Nothing of it is out, and nothing may be. */
export const isUnsent = (d: Delivery) => d.sent.length === 0 && d.unanswered === null

/** Its frozen content is let go of: the next beginning takes the post as it is then. Only while nothing of it can be out. */
export const unfrozen = (d: Delivery): Delivery =>
  isUnsent(d) ? { ...d, attempt: '', parts: 0, aheadFor: -1, tries: 0, renewed: false, lost: 0, doubled: false } : d

/** To where it stands when nothing has been tried. What the network would not take ahead it does not take ahead the next time either. */
export const backToStart = (d: Delivery, now: Instant): Delivery =>
  isUnsent(d)
    ? { ...unfrozen(d), state: d.dueAt > now && d.askedAt === 0 ? { kind: 'planned' } : due(now) }
    : { ...d, state: due(now) }

/** Its text or its time is another, so whether the network takes it ahead is open again. */
export const mayGoAheadAnew = ({ aheadAfter: _passed, ...d }: Delivery): Delivery => ({ ...d, mayGoAhead: true })

/** Planned at this moment for when it is due. */
export const plannedAt = ({ plannedAt: _before, ...d }: Delivery, at: Instant): Delivery =>
  at > d.dueAt ? { ...d, plannedAt: at } : d

export const stop = (d: Delivery, reason: Reason): Next => ({
  delivery: { ...d, state: { kind: 'needs-you', reason } },
  effects: [{ kind: 'alert', about: 'needs-you' }],
})

export const addTo = ({ delivery, effects }: Next, more: readonly Effect[]): Next => ({
  delivery,
  effects: [...effects, ...more],
})

export function published(d: Delivery, at: Instant): Delivery {
  const partial = d.sent.length < d.parts
  const mark: Mark | null = partial
    ? { kind: 'partial', because: '' }
    : d.stop !== ''
      ? { kind: 'too-late-to-cancel', because: '' }
      : null
  const late = d.askedAt === 0 && at > d.dueAt + PUNCTUAL
  return { ...d, stop: '', state: { kind: 'published', at, late, reads: 0, mark } }
}

/** When what is whole now went out: a comment may come long after its network has published the post by itself. */
export const outAt = ({ aheadFor }: Pick<Delivery, 'aheadFor'>, now: Instant): Instant =>
  aheadFor >= 0 ? Math.min(now, aheadFor) : now

/** The network has published by itself what was handed over: what comes under it follows. Lateness is counted from now on. */
export function followed(given: Delivery, goesOut: Instant, now: Instant): Next {
  const { asksFirst, ...d } = given
  const sent = [{ remoteId: d.sent[0]?.remoteId ?? '', at: now }]
  const out: Delivery = { ...d, aheadFor: goesOut, sent, tries: 0, state: due(now) }
  return asksFirst ? stop(out, { kind: 'missed', because: 'rebuilt' }) : same(out)
}

/** What a delivery is that goes no further: cancelled, or published in part. An open question stays open. */
export const stopped = (d: Delivery, by: Canceller, now: Instant): Delivery =>
  d.sent.length > 0 && !d.unanswered
    ? published(d, outAt(d, d.sent.at(-1)?.at ?? now))
    : { ...unfrozen(d), stop: '', state: { kind: 'cancelled', by } }

export const limitOf = (
  trouble: Extract<Trouble, { kind: 'rate-limited' | 'quota-used' }>,
): Extract<Effect, { kind: 'limit' }> => ({
  kind: 'limit',
  shared: trouble.shared ?? 'account',
  until: trouble.until,
})

/** What stops a whole account, or all of its network, and not this one post. */
export function pauseFor(trouble: Trouble): Effect[] {
  if (trouble.kind === 'access-withdrawn' || trouble.kind === 'access-expired' || trouble.kind === 'target-gone')
    return [{ kind: 'pause', scope: 'account', because: trouble }]
  return trouble.kind === 'changed' ? [{ kind: 'pause', scope: 'network', because: trouble }] : []
}

export const MOST_TRIES = 12

export type ThereState = Extract<DeliveryState, { kind: 'handed-over' }>

/** Its last try to change may have taken effect, or not. */
export const unsure = (state: ThereState): ThereState => (state.pending === 'edit' ? { ...state, unsure: true } : state)

export const there = (goesOut: Instant, now: Instant): ThereState => ({
  kind: 'handed-over',
  goesOut,
  at: Math.min(now + READ_BACKS[0], goesOut + READ_BACKS[0]),
  pending: '',
  afterwards: 'handed-over',
  print: '',
  changedThere: false,
})
