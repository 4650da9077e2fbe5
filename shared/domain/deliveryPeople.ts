/** What people do to a delivery, in the outbox or by changing the plan. Pure. */
import { type Canceller, type Delivery, hasEnded, type Policy, type Reason, remoteOf } from './delivery.ts'
import type { DeliveryEvent, Next } from './deliveryEvents.ts'
import {
  asked,
  backToStart,
  due,
  followed,
  isUnsent,
  mayGoAheadAnew,
  plannedAt,
  published,
  same,
  stop,
  stopped,
  there,
  unfrozen,
  unsure,
} from './deliveryMoves.ts'
import { out } from './deliverySteps.ts'
import { changeThere, takeBack } from './deliveryThere.ts'
import type { Instant } from './time.ts'

export function edited(d: Delivery, now: Instant, policy: Policy): Next {
  const { state } = d
  if (state.kind === 'handed-over')
    return state.pending === 'remove' ? same(d) : changeThere(d, state.goesOut, now, policy)
  if (!isUnsent(d) || hasEnded(d)) return same(d)
  const fresh = mayGoAheadAnew(unfrozen(d))
  // One that was refused waits for a word: half a correction must not go out by being saved.
  return same(state.kind === 'needs-you' || state.kind === 'hand-off' ? fresh : backToStart(fresh, now))
}

/** Whether a new time is an answer to it. Whether something is out already is not told by giving it one. */
const isPassing = (reason: Reason): boolean =>
  (reason.kind === 'missed' && !['begun-before', 'rebuilt', 'rebuilt-ahead'].includes(reason.because)) ||
  (reason.kind === 'trouble' &&
    ['rate-limited', 'quota-used', 'server-fault', 'no-network', 'in-between'].includes(reason.trouble.kind))

export function moved(given: Delivery, dueAt: Instant, now: Instant, policy: Policy): Next {
  const d = plannedAt({ ...mayGoAheadAnew(given), dueAt, plannedFor: dueAt, askedAt: 0 }, now)
  const { state } = d
  switch (state.kind) {
    case 'planned':
    case 'due':
    case 'retrying':
    case 'hand-off':
      return same(backToStart(d, now))
    case 'sending':
      return same(state.step === 'preparing' ? backToStart(d, now) : d)
    case 'needs-you':
      return same(isPassing(state.reason) && isUnsent(d) ? backToStart(d, now) : d)
    case 'handed-over':
      return state.pending === 'remove' ? same(d) : changeThere(d, state.goesOut, now, policy)
    default:
      return same(d)
  }
}

export function cancel(d: Delivery, by: Canceller, now: Instant, policy: Policy): Next {
  const { state } = d
  switch (state.kind) {
    case 'published':
      return same(d)
    case 'cancelled':
      return same(by === 'you' && state.by === 'plan' ? { ...d, state: { kind: 'cancelled', by } } : d)
    case 'reconciling':
      return same({ ...d, stop: by })
    case 'sending':
      return state.step === 'committing' ? same({ ...d, stop: by }) : same(stopped(d, by, now))
    case 'handed-over':
      return takeBack({ ...d, stop: by }, state.goesOut, 'cancelled', now, policy)
    case 'needs-you':
      if (state.reason.kind === 'stuck-there')
        return takeBack({ ...d, stop: by }, state.reason.goesOut, 'cancelled', now, policy)
      if (state.reason.kind === 'not-out' && by === 'you')
        return state.reason.why === 'removed'
          ? same({ ...unfrozen({ ...d, sent: [] }), state: { kind: 'cancelled', by } })
          : takeBack({ ...d, stop: by }, d.aheadFor, 'cancelled', now, policy)
      // The plan does not decide what only a person can know.
      return by === 'plan' && !isUnsent(d) ? same(d) : same(stopped(d, by, now))
    default:
      return same(stopped(d, by, now))
  }
}

export function plannedAgain(d: Delivery, by: Canceller, now: Instant): Next {
  if (d.stop !== '' && (by === 'you' || d.stop === 'plan')) {
    const { state } = d
    if (state.kind === 'handed-over' && state.pending === 'remove') {
      // The removal may be on its way: what is gone then is planned anew.
      return same({ ...d, stop: '', state: { ...state, afterwards: 'planned' } })
    }
    return same({ ...d, stop: '' })
  }
  if (d.state.kind !== 'cancelled' || (by === 'plan' && d.state.by === 'you')) return same(d)
  if (d.unanswered) return stop(d, { kind: 'unclear', why: 'not-seen' })
  return same(backToStart({ ...plannedAt(d, now), held: false }, now))
}

export function hold(d: Delivery, now: Instant, policy: Policy): Next {
  const { state } = d
  if (d.held || hasEnded(d)) return same(d)
  const held = { ...d, held: true }
  if (state.kind === 'handed-over') return takeBack(held, state.goesOut, 'planned', now, policy)
  if (state.kind === 'sending' && state.step === 'preparing') return same({ ...held, state: due(now) })
  return same(held)
}

export function sendNow(d: Delivery, now: Instant, policy: Policy): Next {
  const { state } = d
  switch (state.kind) {
    case 'planned':
    case 'due':
    case 'retrying':
    case 'hand-off':
      return same(backToStart({ ...d, ...asked(now), held: false }, now))
    case 'needs-you':
      return d.unanswered || state.reason.kind === 'stuck-there' || state.reason.kind === 'not-out'
        ? same(d)
        : same({ ...backToStart({ ...d, ...asked(now), held: false }, now), state: due(now) })
    case 'handed-over':
      return takeBack({ ...d, ...asked(now), held: false }, state.goesOut, 'planned', now, policy)
    default:
      return same(d)
  }
}

export function retried(d: Delivery, now: Instant): Next {
  const { state } = d
  if (state.kind === 'retrying') return same({ ...d, tries: 0, state: { ...state, at: now } })
  if (state.kind !== 'needs-you') return same(d)
  const { reason } = state
  if (reason.kind === 'stuck-there') {
    const { goesOut, wanted, afterwards } = reason
    return same({ ...d, tries: 0, state: unsure({ ...there(goesOut, now), at: now, pending: wanted, afterwards }) })
  }
  if (reason.kind === 'not-out')
    return same({ ...d, tries: 0, state: there(d.aheadFor >= 0 ? d.aheadFor : d.dueAt, now) })
  if (d.unanswered)
    return reason.kind === 'unclear' && reason.why !== 'cannot-ask'
      ? same({ ...d, renewed: false, state: { kind: 'reconciling', at: now, absentAt: 0, looks: 0 } })
      : same(d)
  if (d.dueAt > now && isUnsent(d)) return same(backToStart({ ...d, tries: 0, renewed: false }, now))
  // The network may have refused what it had made of an upload. What was lost before may still turn up as a duplicate.
  const isRefused = reason.kind === 'trouble' && reason.trouble.kind === 'refused'
  const anew = isRefused ? { ...unfrozen(d), lost: d.lost } : d
  return {
    delivery: { ...anew, ...asked(now), held: false, state: due(now) },
    effects: isRefused && d.sent.length > 0 ? [{ kind: 'forget', part: d.sent.length }] : [],
  }
}

/** A person has looked: it is not there. */
export function sendAgain(d: Delivery, now: Instant): Next {
  if (d.state.kind !== 'needs-you') return same(d)
  const { reason } = d.state
  if (reason.kind === 'not-out' && reason.why === 'removed')
    return same({ ...unfrozen({ ...d, sent: [] }), ...asked(now), state: due(now) })
  return d.unanswered
    ? same({ ...d, unanswered: null, doubled: false, lost: 0, ...asked(now), state: due(now) })
    : same(d)
}

export function isThere(
  d: Delivery,
  { remoteId, permalink, parts = 1 }: Extract<DeliveryEvent, { kind: 'is-there' }>,
  now: Instant,
  policy: Policy,
): Next {
  const { state } = d
  const known = { ...d, permalink: permalink || d.permalink }
  // Left there as it is, it waits for its time like before.
  if (state.kind === 'needs-you' && state.reason.kind === 'stuck-there' && now < state.reason.goesOut)
    return same({ ...known, stop: '', tries: 0, state: there(state.reason.goesOut, now) })
  if (state.kind === 'needs-you' && (state.reason.kind === 'stuck-there' || state.reason.kind === 'not-out'))
    return d.parts > 1 && d.stop === '' && remoteOf(d) !== ''
      ? followed(known, d.aheadFor, now)
      : same(published({ ...known, stop: '' }, now))
  if (state.kind === 'needs-you' && state.reason.kind === 'missed' && state.reason.because === 'rebuilt-ahead') {
    const lies = { ...known, parts, sent: [{ remoteId, at: now }], aheadFor: d.dueAt, state: there(d.dueAt, now) }
    return d.held ? takeBack(lies, d.dueAt, 'planned', now, policy) : same(lies)
  }
  if (!d.unanswered || (state.kind !== 'needs-you' && state.kind !== 'reconciling')) return same(d)
  return out(known, remoteId, now, policy)
}

export function handedOff(d: Delivery, permalink: string, now: Instant): Next {
  const { state } = d
  const byHand =
    state.kind === 'hand-off' || state.kind === 'due' || state.kind === 'planned' || state.kind === 'needs-you'
  if (!byHand || !isUnsent(d)) return same(d)
  return same(published({ ...unfrozen(d), parts: 1, permalink, sent: [{ remoteId: '', at: now }] }, now))
}

/** Somebody changed it at the network: our version is sent there again, at once, since nobody is still writing it. */
export function oursBack(d: Delivery, now: Instant, policy: Policy): Next {
  const { state } = d
  if (state.kind !== 'handed-over' || !state.changedThere || state.pending !== '') return same(d)
  const { delivery, effects } = changeThere(d, state.goesOut, now, policy)
  return delivery.state.kind === 'handed-over'
    ? { delivery: { ...delivery, tries: 0, state: { ...delivery.state, at: now } }, effects }
    : { delivery, effects }
}

/** What somebody made of it there may go out: said no more, until it is changed once more. The post here stays as it is. */
export function theirsKept(d: Delivery): Next {
  const { state } = d
  return same(
    state.kind === 'handed-over' && state.changedThere ? { ...d, state: { ...state, changedThere: false } } : d,
  )
}

/**
 * The post has become what waits there. An edit of ours may be meant already, where the plan was followed faster than this was said; it would
 * change nothing there, and goes no more.
 */
export function theirsTaken(
  d: Delivery,
  { print, goesOut, plannedFor, attempt, contentAt }: Extract<DeliveryEvent, { kind: 'theirs-taken' }>,
  now: Instant,
): Next {
  if (d.state.kind !== 'handed-over' || d.state.pending === 'remove') return same(d)
  return same({
    ...d,
    dueAt: plannedFor,
    plannedFor,
    contentAt,
    takenAt: contentAt,
    attempt: attempt || d.attempt,
    aheadFor: goesOut,
    state: { ...there(goesOut, now), print },
  })
}

/** The account is back: what waited for it goes on by itself, as far as it is not too late. */
export function reconnected(d: Delivery, now: Instant): Next {
  const { state } = d
  const fresh = { ...d, tries: 0, renewed: false }
  if (state.kind !== 'needs-you') return same(d)
  const { reason } = state
  if (reason.kind === 'unclear')
    return reason.why === 'no-access'
      ? same({ ...fresh, state: { kind: 'reconciling', at: now, absentAt: 0, looks: 0 } })
      : same(d)
  if (reason.kind === 'stuck-there') return retried(d, now)
  const waited =
    reason.kind === 'trouble' &&
    ['access-withdrawn', 'access-expired', 'target-gone', 'changed'].includes(reason.trouble.kind)
  return waited && !d.unanswered ? same(backToStart(fresh, now)) : same(d)
}
