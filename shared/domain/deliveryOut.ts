/** What a person wants done with a post that is out: changed to what it says by now, or taken away. Pure. */
import { type Change, type Delivery, type DeliveryState, type Policy, remoteOf } from './delivery.ts'
import type { DeliveryEvent, Next } from './deliveryEvents.ts'
import { limitOf, MOST_TRIES, pauseFor, same } from './deliveryMoves.ts'
import type { Instant } from './time.ts'
import type { Trouble } from './trouble.ts'
import { backOff, READ_BACKS, SECOND } from './waiting.ts'

type Published = Extract<DeliveryState, { kind: 'published' }>

/** Whether it can be asked for. What went out in parts is seen to at the network: only the first of them would be reached from here. */
export const mayChangeOut = (d: Delivery, what: Change['what'], abilities: Policy['abilities']): boolean =>
  d.state.kind === 'published' &&
  abilities[what] &&
  remoteOf(d) !== '' &&
  d.parts === 1 &&
  d.state.mark?.kind !== 'removed' &&
  d.state.mark?.kind !== 'deleted'

export function changeOut(d: Delivery, what: Change['what'], now: Instant, { abilities }: Policy): Next {
  if (d.state.kind !== 'published' || !mayChangeOut(d, what, abilities)) return same(d)
  return same(wanting({ ...d, tries: 0, renewed: false }, d.state, { what, at: now, because: null }))
}

/** It stays as it is there. What is on its way already may still arrive. */
export const leaveOut = (d: Delivery): Next =>
  d.state.kind === 'published' && d.state.change ? same({ ...d, state: without(d.state) }) : same(d)

export function wakeOut(d: Delivery, change: Change, now: Instant, { online, paused, limitedUntil }: Policy): Next {
  const isFree = online && !paused && limitedUntil <= now
  if (change.at < 0 || change.at > now || !isFree) return same(d)
  return { delivery: d, effects: [{ kind: change.what, remoteId: remoteOf(d) }] }
}

/** How it went. An answer that was lost is no reason to wait for a person: the same is asked for again. */
export function changedOut(
  d: Delivery,
  state: Published,
  { what, outcome, attempt, contentAt }: Extract<DeliveryEvent, { kind: 'changed-there' }>,
  now: Instant,
  policy: Policy,
): Next {
  const settled = { ...d, tries: 0, renewed: false }
  const isGone = outcome.kind === 'trouble' && outcome.trouble.kind === 'target-gone'
  if (what === 'remove' && (outcome.kind === 'done' || isGone)) return same(gone(settled, state, 'deleted'))
  if (isGone) return same(gone(settled, state, 'removed'))
  if (outcome.kind === 'done') {
    // Read back once more: what it shows then is what it says now.
    const reads = Math.min(state.reads, READ_BACKS.length - 1)
    // What was asked for while this was on its way is still wanted.
    const left = state.change && state.change.what !== what ? state : without(state)
    return same({ ...settled, attempt, contentAt, state: { ...left, reads } })
  }
  if (state.change?.what !== what) return same(d)
  return hindered(d, state, outcome.trouble, now, policy)
}

/** Something came in between, at the network or on our side. */
export function hindered(d: Delivery, state: Published, trouble: Trouble, now: Instant, policy: Policy): Next {
  if (!state.change) return same(d)
  const { what } = state.change
  const at = (when: Instant, given = d): Delivery => wanting(given, state, { what, at: when, because: trouble })
  const again = (when: Instant): Delivery => at(when, { ...d, tries: d.tries + 1 })
  switch (trouble.kind) {
    case 'rate-limited':
    case 'quota-used':
      return { delivery: again(Math.max(trouble.until, now + SECOND)), effects: [limitOf(trouble)] }
    case 'access-expired':
      if (!d.renewed) return { delivery: { ...again(now), renewed: true }, effects: [{ kind: 'renew' }] }
      break
    case 'no-network':
    case 'in-between':
      return same(at(now + 30 * SECOND * policy.pace))
    case 'server-fault':
    case 'unknown':
    case 'clock-off':
      if (d.tries < MOST_TRIES) return same(again(now + Math.max(SECOND, backOff(d.tries, policy))))
  }
  return { delivery: again(-1), effects: [{ kind: 'alert', about: 'not-as-meant' }, ...pauseFor(trouble)] }
}

const wanting = (d: Delivery, state: Published, change: Change): Delivery => ({ ...d, state: { ...state, change } })

const without = ({ change: _done, ...state }: Published): Published => state

const gone = (d: Delivery, state: Published, kind: 'deleted' | 'removed'): Delivery => ({
  ...d,
  state: { ...without(state), reads: READ_BACKS.length, mark: { kind, because: '' } },
})
