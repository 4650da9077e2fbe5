/**
 * What becomes of a delivery. Pure: the row of a delivery, what happened, the time and the circumstances go in;
 * the row as it is then and what is to be done come out. Whoever runs it saves the row before doing anything.
 *
 * What everything here serves: at most one visible post per delivery (and per part of a thread), and every delivery ends published or
 * with a reason that has a name. A commit that was not answered stands in `unanswered` until it is known what became of it, and while
 * it stands there no commit is ever made.
 */
import {
  type Canceller,
  type Delivery,
  type DeliveryState,
  derived,
  hasEnded,
  lateEnd,
  type Mark,
  nextRead,
  type Policy,
  type Reason,
  remoteOf,
} from './delivery.ts'
import type { Committed, Done, Found, Memory, Seen, Step } from './publishing.ts'
import type { Instant } from './time.ts'
import type { Trouble } from './trouble.ts'
import { backOff, LISTING_SETTLES, PUNCTUAL, READ_BACKS, SECOND, SOONEST_AHEAD } from './waiting.ts'

export type DeliveryEvent =
  /** Time has passed, the network is there, a pause is over: look what is to be done. */
  | { readonly kind: 'wake' }
  /** Its content is written down. `aheadFor`: made to be handed over, -1: to go out at once. */
  | {
      readonly kind: 'begun'
      readonly attempt: string
      readonly parts: number
      readonly aheadFor: Instant
      /** When the text had been touched that was taken. */
      readonly contentAt: Instant
    }
  | { readonly kind: 'not-begun'; readonly trouble: Trouble }
  | { readonly kind: 'prepared'; readonly attempt: string; readonly part: number; readonly outcome: Step }
  | {
      readonly kind: 'committed'
      readonly attempt: string
      readonly part: number
      readonly commit: number
      readonly outcome: Committed
    }
  | { readonly kind: 'found'; readonly attempt: string; readonly part: number; readonly outcome: Found }
  | { readonly kind: 'seen'; readonly outcome: Seen }
  | {
      readonly kind: 'changed-there'
      readonly what: 'edit' | 'remove'
      /** The content that was sent there and when it had been touched; of a removal '' and 0. */
      readonly attempt: string
      readonly contentAt: Instant
      readonly goesOut: Instant
      readonly outcome: Done
    }
  | { readonly kind: 'not-renewed'; readonly trouble: Trouble }
  /** Something threw on our side. */
  | { readonly kind: 'broke'; readonly details: string }
  /** Somebody else takes over: what was under way ended without a witness. */
  | { readonly kind: 'restarted' }
  /** The clock of this computer was set, or it slept. */
  | { readonly kind: 'clock-jumped' }
  | { readonly kind: 'edited'; readonly contentAt: Instant }
  | { readonly kind: 'moved'; readonly dueAt: Instant }
  | { readonly kind: 'cancelled'; readonly by: Canceller }
  | { readonly kind: 'planned-again'; readonly by: Canceller }
  | { readonly kind: 'held' }
  | { readonly kind: 'released' }
  | { readonly kind: 'send-now' }
  | { readonly kind: 'retried' }
  | { readonly kind: 'is-there'; readonly remoteId: string; readonly permalink: string }
  | { readonly kind: 'send-again' }
  | { readonly kind: 'handed-off'; readonly permalink: string }
  | { readonly kind: 'reconnected' }

export type Effect =
  /** Calls: at most one comes out of an event, and its answer comes back as an event. */
  | { readonly kind: 'begin'; readonly aheadFor: Instant }
  | { readonly kind: 'prepare'; readonly attempt: string; readonly part: number }
  | { readonly kind: 'commit'; readonly attempt: string; readonly part: number; readonly commit: number }
  | { readonly kind: 'find'; readonly attempt: string; readonly part: number; readonly since: Instant }
  | { readonly kind: 'see'; readonly remoteId: string }
  | { readonly kind: 'edit'; readonly remoteId: string }
  | { readonly kind: 'remove'; readonly remoteId: string }
  | { readonly kind: 'renew' }
  /** Written together with the row. */
  | { readonly kind: 'remember'; readonly memory: Memory }
  | { readonly kind: 'limit'; readonly shared: 'account' | 'app'; readonly until: Instant }
  | { readonly kind: 'pause'; readonly scope: 'account' | 'network'; readonly because: Trouble }
  | { readonly kind: 'alert'; readonly about: 'needs-you' | 'hand-off' | 'moved' | 'not-as-meant' }

export type CallEffect = Extract<
  Effect,
  { readonly kind: 'begin' | 'prepare' | 'commit' | 'find' | 'see' | 'edit' | 'remove' | 'renew' }
>
const CALLS: ReadonlySet<Effect['kind']> = new Set([
  'begin',
  'prepare',
  'commit',
  'find',
  'see',
  'edit',
  'remove',
  'renew',
])
export const isCall = (effect: Effect): effect is CallEffect => CALLS.has(effect.kind)

export interface Next {
  readonly delivery: Delivery
  readonly effects: readonly Effect[]
}

/** What a delivery is after something happened at `now`, and what is to be done. An event that does not fit changes nothing. */
export function next(delivery: Delivery, event: DeliveryEvent, now: Instant, policy: Policy): Next {
  const { delivery: changed, effects } = decide(delivery, event, now, policy)
  return { delivery: changed === delivery ? delivery : derived(changed, policy), effects }
}

/** Whether an unsent delivery would be handed over to the network at `now`. */
export function goesAhead({ dueAt, mayGoAhead, askedAt, parts }: Delivery, now: Instant, policy: Policy): boolean {
  const { schedules } = policy.abilities
  if (!schedules || policy.way !== 'network' || !mayGoAhead || askedAt > 0 || parts > 1) return false
  const ahead = dueAt - now
  return ahead >= soonestAhead(policy) + 2 * PUNCTUAL && ahead <= schedules.latest
}
const soonestAhead = ({ abilities }: Policy) => Math.max(abilities.schedules?.soonest ?? 0, SOONEST_AHEAD)

function decide(d: Delivery, event: DeliveryEvent, now: Instant, policy: Policy): Next {
  switch (event.kind) {
    case 'wake':
      return wake(d, now, policy)
    case 'begun':
      return begun(d, event, now, policy)
    case 'not-begun':
      return isUnsent(d) && d.attempt === '' ? troubled(d, event.trouble, now, policy) : same(d)
    case 'prepared':
      return prepared(d, event, now, policy)
    case 'committed':
      return committed(d, event, now, policy)
    case 'found':
      return found(d, event, now, policy)
    case 'seen':
      return seen(d, event.outcome, now, policy)
    case 'changed-there':
      return changedThere(d, event, now, policy)
    case 'not-renewed':
      return notRenewed(d, event.trouble, now, policy)
    case 'broke':
      return broke(d, event.details, now, policy)
    case 'restarted':
      return restarted(d, now, policy)
    case 'clock-jumped':
      return clockJumped(d, now)
    case 'edited':
      return edited({ ...d, contentAt: event.contentAt }, now, policy)
    case 'moved':
      return moved(d, event.dueAt, now, policy)
    case 'cancelled':
      return cancel(d, event.by, now, policy)
    case 'planned-again':
      return plannedAgain(d, event.by, now)
    case 'held':
      return hold(d, now, policy)
    case 'released':
      return d.held ? same({ ...d, held: false }) : same(d)
    case 'send-now':
      return sendNow(d, now, policy)
    case 'retried':
      return retried(d, now)
    case 'is-there':
      return isThere(d, event, now, policy)
    case 'send-again':
      return sendAgain(d, now)
    case 'handed-off':
      return handedOff(d, event.permalink, now)
    case 'reconnected':
      return reconnected(d, now)
  }
}

const same = (delivery: Delivery): Next => ({ delivery, effects: [] })
const due = (after: Instant, because: Trouble | null = null): DeliveryState => ({ kind: 'due', after, because })
const asked = (now: Instant) => ({ askedAt: now, tries: 0, renewed: false })
const preparing = (after: Instant): DeliveryState => ({ kind: 'sending', step: 'preparing', after })

/** Its frozen content is let go of: the next beginning takes the post as it is then. Only while nothing of it can be out. */
const unfrozen = (d: Delivery): Delivery =>
  isUnsent(d) ? { ...d, attempt: '', parts: 0, aheadFor: -1, tries: 0, renewed: false, lost: 0, doubled: false } : d

/** Nothing of it is out, and nothing may be. */
const isUnsent = (d: Delivery) => d.sent.length === 0 && d.unanswered === null

/** To where it stands when nothing has been tried. */
const backToStart = (d: Delivery, now: Instant): Delivery =>
  isUnsent(d)
    ? { ...unfrozen(d), mayGoAhead: true, state: d.dueAt > now && d.askedAt === 0 ? { kind: 'planned' } : due(now) }
    : { ...d, state: due(now) }

const stop = (d: Delivery, reason: Reason): Next => ({
  delivery: { ...d, state: { kind: 'needs-you', reason } },
  effects: [{ kind: 'alert', about: 'needs-you' }],
})

// Time and circumstances

function wake(d: Delivery, now: Instant, policy: Policy): Next {
  const { state } = d
  switch (state.kind) {
    case 'planned':
      if (d.dueAt <= now) return goOn({ ...d, state: due(now) }, now, policy)
      if (d.held || !isFree(now, policy) || !policy.approved || !goesAhead(d, now, policy)) return same(d)
      return { delivery: d, effects: [{ kind: 'begin', aheadFor: d.dueAt }] }
    case 'due':
      return goOn(d, now, policy)
    case 'sending':
      return state.step === 'preparing' ? goOn(d, now, policy) : same(d)
    case 'retrying':
      return state.at <= now || now > lateEnd(d, policy) ? goOn(d, now, policy) : same(d)
    case 'reconciling':
      return state.at <= now && policy.online && policy.limitedUntil <= now && d.unanswered
        ? {
            delivery: d,
            effects: [{ kind: 'find', attempt: d.attempt, part: d.sent.length, since: d.unanswered.since }],
          }
        : same(d)
    case 'handed-over':
      return wakeThere(d, state, now, policy)
    case 'needs-you':
      // Whatever was wanted there, the network has published it by now.
      if (state.reason.kind !== 'stuck-there' || now < state.reason.goesOut + READ_BACKS[0]) return same(d)
      return same({ ...d, state: there(state.reason.goesOut, now) })
    case 'published':
      return policy.abilities.see && policy.online && now >= nextRead(d) && remoteOf(d) !== ''
        ? { delivery: d, effects: [{ kind: 'see', remoteId: remoteOf(d) }] }
        : same(d)
    case 'hand-off':
    case 'cancelled':
      return same(d)
  }
}

const isFree = (now: Instant, { online, paused, limitedUntil }: Policy) => online && !paused && limitedUntil <= now

/** The next step of a delivery whose time has come, if it may be taken. */
function goOn(given: Delivery, now: Instant, policy: Policy): Next {
  const d = tooLateToHandOver(given, now, policy) ? backToStart({ ...given, attempt: '', aheadFor: -1 }, now) : given
  if (d.state.kind === 'planned') return same({ ...d, mayGoAhead: false })
  if (policy.way === 'by-hand' && isUnsent(d)) {
    if (d.held) return same({ ...d, state: due(now) })
    return {
      delivery: { ...d, state: { kind: 'hand-off', since: now } },
      effects: [{ kind: 'alert', about: 'hand-off' }],
    }
  }
  if (now > lateEnd(d, policy)) return missed(d, now, policy)
  const after = waitsUntil(d)
  if (d.held || after > now || !isFree(now, policy) || !(policy.turn || d.aheadFor >= 0))
    return same({ ...d, state: after > now ? d.state : waiting(d, now) })
  if (!policy.approved) return stop(d, { kind: 'not-approved' })
  if (d.attempt === '')
    return { delivery: { ...d, state: waiting(d, now) }, effects: [{ kind: 'begin', aheadFor: -1 }] }
  const begun = d.state.kind === 'sending' ? d : { ...d, state: preparing(now) }
  return { delivery: begun, effects: [{ kind: 'prepare', attempt: d.attempt, part: d.sent.length }] }
}

/** Once its time is near, handing over is not tried any more: a network takes a date that is too close as "now". */
const tooLateToHandOver = (d: Delivery, now: Instant, policy: Policy) =>
  d.aheadFor >= 0 && isUnsent(d) && d.aheadFor - now < soonestAhead(policy) + PUNCTUAL

const waitsUntil = ({ state }: Delivery): Instant =>
  state.kind === 'due' || (state.kind === 'sending' && state.step === 'preparing')
    ? state.after
    : state.kind === 'retrying'
      ? state.at
      : 0

/** Waiting keeps what it waited for before, so that a row is written only when something is different. */
const waiting = ({ state }: Delivery, now: Instant): DeliveryState =>
  state.kind === 'due' ? state : due(now, state.kind === 'retrying' ? state.because : null)

function missed(d: Delivery, now: Instant, policy: Policy): Next {
  if (policy.late !== 'ask' && policy.late.slot > now && isUnsent(d)) {
    return {
      delivery: backToStart({ ...d, dueAt: policy.late.slot, askedAt: 0 }, now),
      effects: [{ kind: 'alert', about: 'moved' }],
    }
  }
  const { state } = d
  if (state.kind === 'retrying') return stop(d, { kind: 'trouble', trouble: state.because })
  if (state.kind === 'due' && state.because) return stop(d, { kind: 'trouble', trouble: state.because })
  const because = d.held
    ? 'held'
    : policy.paused
      ? 'paused'
      : !policy.online
        ? 'offline'
        : policy.limitedUntil > now
          ? 'limit'
          : policy.turn
            ? 'asleep'
            : 'queue'
  return stop(d, { kind: 'missed', because })
}

// What became of a step

function begun(d: Delivery, event: Extract<DeliveryEvent, { kind: 'begun' }>, now: Instant, policy: Policy): Next {
  const waits = d.state.kind === 'due' || (d.state.kind === 'planned' && event.aheadFor >= 0)
  if (!waits || d.attempt !== '' || event.contentAt < d.contentAt) return same(d)
  // A thread cannot be handed over: its later parts answer posts that are not there yet.
  if (event.aheadFor >= 0 && (event.parts > 1 || event.aheadFor !== d.dueAt || d.held))
    return same({ ...d, mayGoAhead: event.parts === 1 })
  const frozen = { ...d, attempt: event.attempt, parts: event.parts, aheadFor: event.aheadFor, state: preparing(now) }
  return goOn(frozen, now, policy)
}

function prepared(
  d: Delivery,
  event: Extract<DeliveryEvent, { kind: 'prepared' }>,
  now: Instant,
  policy: Policy,
): Next {
  const { state } = d
  const expected =
    state.kind === 'sending' &&
    state.step === 'preparing' &&
    event.attempt === d.attempt &&
    event.part === d.sent.length
  if (!expected) return same(d)
  if (event.outcome.kind === 'trouble') return troubled(d, event.outcome.trouble, now, policy)
  const { memory } = event.outcome
  const remember: Effect = { kind: 'remember', memory }
  if (event.outcome.kind === 'again')
    return { delivery: { ...d, tries: 0, state: preparing(event.outcome.after) }, effects: [remember] }
  const { delivery, effects } = commitIfItMay({ ...d, state: preparing(now) }, now, policy)
  return { delivery, effects: [remember, ...effects] }
}

/** The one place where a commit begins: everything that may have changed while it was prepared is asked once more. */
function commitIfItMay(d: Delivery, now: Instant, policy: Policy): Next {
  const allowed = goOn(d, now, policy)
  const goes = allowed.effects.some(({ kind }) => kind === 'prepare')
  if (!goes || d.unanswered) return allowed
  const commit = d.commits + 1
  return {
    delivery: {
      ...allowed.delivery,
      commits: commit,
      unanswered: { since: now },
      state: { kind: 'sending', step: 'committing', since: now },
    },
    effects: [{ kind: 'commit', attempt: d.attempt, part: d.sent.length, commit }],
  }
}

function committed(
  d: Delivery,
  event: Extract<DeliveryEvent, { kind: 'committed' }>,
  now: Instant,
  policy: Policy,
): Next {
  const { outcome } = event
  if (event.attempt !== d.attempt || event.part !== d.sent.length) return same(d)
  // However late it comes: it is out.
  if (outcome.kind === 'done') return out(d, outcome.remoteId, now, policy, outcome.memory)
  const isAwaited = d.state.kind === 'sending' && d.state.step === 'committing' && event.commit === d.commits
  if (!isAwaited) return same(d)
  const { trouble } = outcome
  switch (trouble.kind) {
    case 'unknown':
    case 'in-between':
    case 'server-fault':
      return lose(d, now + 5 * SECOND, policy)
    case 'duplicate':
      if (d.lost === 0) return stop({ ...d, unanswered: null }, { kind: 'trouble', trouble })
      return trouble.remoteId !== ''
        ? out(d, trouble.remoteId, now, policy)
        : lose({ ...d, doubled: true }, now + 5 * SECOND, policy)
    default:
      return troubled({ ...d, unanswered: null }, trouble, now, policy)
  }
}

/** Nobody knows whether the part is out: it is looked for from `at` on, where the network can be asked. */
function lose(d: Delivery, at: Instant, { abilities }: Policy): Next {
  const delivery = { ...d, lost: d.lost + 1, renewed: false }
  return abilities.find
    ? same({ ...delivery, state: { kind: 'reconciling', at, absentAt: 0, looks: 0 } })
    : stop(delivery, { kind: 'unclear', why: 'cannot-ask' })
}

/** A part is out, or lies at the network to go out by itself. */
function out(d: Delivery, remoteId: string, now: Instant, policy: Policy, memory?: Memory): Next {
  const effects: Effect[] = memory ? [{ kind: 'remember', memory }] : []
  const delivery: Delivery = {
    ...d,
    sent: [...d.sent, { remoteId, at: now }],
    unanswered: null,
    lost: 0,
    doubled: false,
    tries: 0,
    renewed: false,
  }
  if (d.aheadFor >= 0) {
    const handed = { ...delivery, state: there(d.aheadFor, now) }
    const { delivery: settled, effects: more } =
      d.stop !== ''
        ? takeBack(handed, d.aheadFor, 'cancelled', now, policy)
        : d.dueAt !== d.aheadFor
          ? changeThere(handed, d.aheadFor, now, policy)
          : same(handed)
    return { delivery: settled, effects: [...effects, ...more] }
  }
  if (delivery.sent.length < delivery.parts && d.stop === '') {
    const { delivery: further, effects: more } = goOn({ ...delivery, state: preparing(now) }, now, policy)
    return { delivery: further, effects: [...effects, ...more] }
  }
  return { delivery: published(delivery, now), effects }
}

function published(d: Delivery, at: Instant): Delivery {
  const partial = d.sent.length < d.parts
  const mark: Mark | null = partial
    ? { kind: 'partial', because: '' }
    : d.stop !== ''
      ? { kind: 'too-late-to-cancel', because: '' }
      : null
  const late = d.askedAt === 0 && at > d.dueAt + PUNCTUAL
  return { ...d, stop: '', state: { kind: 'published', at, late, reads: 0, mark } }
}

function found(d: Delivery, event: Extract<DeliveryEvent, { kind: 'found' }>, now: Instant, policy: Policy): Next {
  const { state } = d
  if (state.kind !== 'reconciling' || event.attempt !== d.attempt || event.part !== d.sent.length) return same(d)
  const { outcome } = event
  switch (outcome.kind) {
    case 'there':
      return out(d, outcome.remoteId, now, policy)
    case 'trouble':
      return lookFailed(d, outcome.trouble, now, policy)
    case 'unclear':
      return lookAgain(d, now, policy)
    case 'absent': {
      if (state.absentAt === 0)
        return same({ ...d, state: { ...state, absentAt: now, at: now + LISTING_SETTLES, looks: state.looks + 1 } })
      if (now - state.absentAt < LISTING_SETTLES)
        return same({ ...d, state: { ...state, at: state.absentAt + LISTING_SETTLES } })
      return absent(d, now)
    }
  }
}

const MOST_LOST = 3

/** Twice not there, at least a minute apart: it did not go out. */
function absent(d: Delivery, now: Instant): Next {
  if (d.doubled) return stop(d, { kind: 'unclear', why: 'not-seen' })
  const known: Delivery = { ...d, unanswered: null }
  if (d.stop !== '') return same(stopped({ ...known, stop: '' }, d.stop, now))
  if (d.lost >= MOST_LOST)
    return stop({ ...known, lost: 0 }, { kind: 'trouble', trouble: { kind: 'server-fault', until: null, details: '' } })
  const moved = d.sent.length === 0 && d.dueAt > now
  return same(moved ? backToStart(known, now) : { ...known, state: due(now) })
}

const MOST_LOOKS = 6

function lookAgain(d: Delivery, now: Instant, { random }: Policy): Next {
  if (d.state.kind !== 'reconciling') return same(d)
  const looks = d.state.looks + 1
  if (looks > MOST_LOOKS) return stop(d, { kind: 'unclear', why: 'not-seen' })
  return same({ ...d, state: { ...d.state, looks, at: now + Math.max(15 * SECOND, backOff(looks - 1, random)) } })
}

function lookFailed(d: Delivery, trouble: Trouble, now: Instant, policy: Policy): Next {
  if (d.state.kind !== 'reconciling') return same(d)
  const at = (until: Instant): Delivery => ({ ...d, state: { ...(d.state as ReconcilingState), at: until } })
  switch (trouble.kind) {
    case 'no-network':
    case 'in-between':
      return same(at(now + 30 * SECOND))
    case 'rate-limited':
    case 'quota-used':
      return { delivery: at(Math.max(trouble.until, now + SECOND)), effects: [limitOf(trouble)] }
    case 'access-expired':
      if (!d.renewed) return { delivery: { ...at(now), renewed: true }, effects: [{ kind: 'renew' }] }
      break
    case 'access-withdrawn':
    case 'target-gone':
    case 'changed':
    case 'not-permitted':
      break
    default:
      return lookAgain(d, now, policy)
  }
  const { delivery, effects } = stop(d, { kind: 'unclear', why: 'no-access' })
  return { delivery, effects: [...effects, ...pauseFor(trouble)] }
}
type ReconcilingState = Extract<DeliveryState, { kind: 'reconciling' }>

const limitOf = (trouble: Extract<Trouble, { kind: 'rate-limited' | 'quota-used' }>): Effect => ({
  kind: 'limit',
  shared: trouble.kind === 'rate-limited' ? trouble.shared : 'account',
  until: trouble.until,
})

/** What stops a whole account, or all of its network, and not this one post. */
function pauseFor(trouble: Trouble): Effect[] {
  if (trouble.kind === 'access-withdrawn' || trouble.kind === 'access-expired' || trouble.kind === 'target-gone')
    return [{ kind: 'pause', scope: 'account', because: trouble }]
  return trouble.kind === 'changed' ? [{ kind: 'pause', scope: 'network', because: trouble }] : []
}

function notRenewed(d: Delivery, trouble: Trouble, now: Instant, policy: Policy): Next {
  switch (d.state.kind) {
    case 'due':
    case 'sending':
    case 'retrying':
      return d.unanswered ? same(d) : troubled(d, trouble, now, policy)
    case 'reconciling':
      return lookFailed(d, trouble, now, policy)
    case 'handed-over':
      return { delivery: { ...d, state: { ...d.state, at: now + READ_BACKS[1] } }, effects: pauseFor(trouble) }
    default:
      return same(d)
  }
}

const MOST_TRIES = 12
const MOST_BEGINNINGS = 3

/** A step was refused, or failed, and nothing became visible by it: every class of trouble has its rule here. */
function troubled(d: Delivery, trouble: Trouble, now: Instant, policy: Policy): Next {
  if (d.stop !== '') return same(stopped({ ...d, stop: '' }, d.stop, now))
  const wait = (until: Instant, effects: readonly Effect[] = []): Next =>
    until > lateEnd(d, policy) || d.tries >= MOST_TRIES
      ? addTo(stop(d, { kind: 'trouble', trouble }), effects)
      : { delivery: { ...d, tries: d.tries + 1, state: { kind: 'retrying', at: until, because: trouble } }, effects }
  const forGood = () => addTo(stop(d, { kind: 'trouble', trouble }), pauseFor(trouble))
  switch (trouble.kind) {
    // Nothing arrived anywhere, so nothing was tried.
    case 'no-network':
    case 'in-between':
      return same({ ...d, state: due(now + 30 * SECOND, trouble) })
    case 'access-expired':
      if (d.renewed) return forGood()
      return {
        delivery: { ...d, renewed: true, state: d.attempt === '' ? due(now) : preparing(now) },
        effects: [{ kind: 'renew' }],
      }
    case 'rate-limited':
    case 'quota-used':
      // Whoever waits for the same limit does not come back in the same moment.
      return wait(Math.max(trouble.until, now + SECOND) + Math.round(policy.random * 2 * SECOND), [limitOf(trouble)])
    case 'server-fault':
    case 'unknown':
      return wait(
        Math.max(trouble.kind === 'server-fault' ? (trouble.until ?? 0) : 0, now + backOff(d.tries, policy.random)),
      )
    case 'clock-off':
      // The adapter goes by the network's clock from now on; a second time it would be no use.
      return d.tries > 0 ? forGood() : wait(now + SECOND)
    case 'begin-again':
      return d.tries >= MOST_BEGINNINGS
        ? forGood()
        : addTo(wait(now + backOff(d.tries, policy.random)), [{ kind: 'remember', memory: {} }])
    case 'access-withdrawn':
    case 'not-permitted':
    case 'refused':
    case 'duplicate':
    case 'target-gone':
    case 'changed':
      return forGood()
  }
}

const addTo = ({ delivery, effects }: Next, more: readonly Effect[]): Next => ({
  delivery,
  effects: [...effects, ...more],
})

function broke(d: Delivery, details: string, now: Instant, policy: Policy): Next {
  if (hasEnded(d)) return same(d)
  if (d.state.kind === 'sending' && d.state.step === 'committing') return lose(d, now + 5 * SECOND, policy)
  if (d.state.kind === 'reconciling') return stop(d, { kind: 'unclear', why: 'not-seen' })
  if (d.state.kind === 'handed-over') return same({ ...d, state: { ...d.state, at: now + READ_BACKS[1] } })
  return d.unanswered ? same(d) : stop(d, { kind: 'our-fault', details })
}

function restarted(d: Delivery, now: Instant, policy: Policy): Next {
  const { state } = d
  // The call may still be on its way: nobody saw it end.
  if (state.kind === 'sending' && state.step === 'committing') return lose(d, now + LISTING_SETTLES, policy)
  if (state.kind === 'sending') return same({ ...d, state: due(now) })
  return clockJumped(d, now)
}

function clockJumped(d: Delivery, now: Instant): Next {
  const { state } = d
  switch (state.kind) {
    // A minute between two looks is a minute only on a clock that ran through.
    case 'reconciling':
      return same({ ...d, state: { ...state, absentAt: 0, at: now + LISTING_SETTLES } })
    case 'retrying':
      return same({ ...d, state: { ...state, at: Math.min(state.at, now + 30 * SECOND) } })
    case 'due':
      return same({ ...d, state: { ...state, after: Math.min(state.after, now) } })
    case 'sending':
      return state.step === 'preparing' ? same({ ...d, state: preparing(now) }) : same(d)
    case 'handed-over':
      return same({ ...d, state: { ...state, at: Math.min(state.at, now + 30 * SECOND) } })
    default:
      return same(d)
  }
}

// At the network's own scheduler

type ThereState = Extract<DeliveryState, { kind: 'handed-over' }>
const there = (goesOut: Instant, now: Instant): ThereState => ({
  kind: 'handed-over',
  goesOut,
  at: Math.min(now + READ_BACKS[0], goesOut + READ_BACKS[0]),
  pending: '',
  afterwards: 'handed-over',
  print: '',
  changedThere: false,
})
/** Before anything that was edited is sent on, its author is given time to finish. */
const EDIT_RESTS = 120 * SECOND
const LOOKS_EVERY = 6 * 3_600 * SECOND

function wakeThere(d: Delivery, state: ThereState, now: Instant, policy: Policy): Next {
  if (state.at > now || !policy.online || policy.limitedUntil > now) return same(d)
  const remoteId = remoteOf(d)
  // Its time is here: what was not changed before cannot be any more.
  if (state.pending !== '' && now < state.goesOut) return { delivery: d, effects: [{ kind: state.pending, remoteId }] }
  if (policy.abilities.see && remoteId !== '') return { delivery: d, effects: [{ kind: 'see', remoteId }] }
  return now < state.goesOut + READ_BACKS[0]
    ? same({ ...d, state: { ...state, at: state.goesOut + READ_BACKS[0] } })
    : same(published(d, state.goesOut))
}

/** Edits and moves follow it there; where they cannot, it is taken back and planned anew. */
function changeThere(d: Delivery, goesOut: Instant, now: Instant, policy: Policy): Next {
  if (!policy.abilities.edit) return takeBack(d, goesOut, 'planned', now, policy)
  const at = Math.min(now + EDIT_RESTS, Math.max(now, goesOut - PUNCTUAL))
  return same({ ...d, state: { ...there(goesOut, now), at, pending: 'edit' } })
}

function takeBack(
  d: Delivery,
  goesOut: Instant,
  afterwards: 'planned' | 'cancelled',
  now: Instant,
  policy: Policy,
): Next {
  if (!policy.abilities.remove) return stop(d, { kind: 'stuck-there', wanted: 'remove', afterwards, goesOut })
  return same({ ...d, state: { ...there(goesOut, now), at: now, pending: 'remove', afterwards } })
}

function changedThere(
  d: Delivery,
  event: Extract<DeliveryEvent, { kind: 'changed-there' }>,
  now: Instant,
  policy: Policy,
): Next {
  const { state } = d
  const { what, outcome } = event
  if (state.kind !== 'handed-over') return same(d)
  if (outcome.kind === 'done') {
    if (what === 'remove') return takenBack(d, state, now)
    const { goesOut, attempt } = event
    const isCurrent = state.pending === 'edit' && goesOut === d.dueAt && event.contentAt >= d.contentAt
    const changed = { ...d, attempt, aheadFor: goesOut, tries: 0, renewed: false }
    return same({ ...changed, state: isCurrent ? there(goesOut, now) : { ...state, goesOut } })
  }
  const { trouble } = outcome
  const again = (at: Instant) => ({ ...d, tries: d.tries + 1, state: { ...state, at } })
  switch (trouble.kind) {
    case 'target-gone':
      // Not there any more: taken away while it waited, or out already under another id.
      if (now < state.goesOut - PUNCTUAL && what === 'remove') return takenBack(d, state, now)
      return stop(d, { kind: 'not-out', why: 'removed' })
    case 'rate-limited':
    case 'quota-used':
      return { delivery: again(Math.max(trouble.until, now + SECOND)), effects: [limitOf(trouble)] }
    case 'access-expired':
      if (!d.renewed) return { delivery: { ...again(now), renewed: true }, effects: [{ kind: 'renew' }] }
      break
    case 'no-network':
    case 'in-between':
    case 'server-fault':
    case 'unknown':
    case 'clock-off':
      if (d.tries < MOST_TRIES) return same(again(now + backOff(d.tries, policy.random)))
      break
    default:
      if (what === 'edit') return takeBack(d, state.goesOut, 'planned', now, policy)
  }
  const reason: Reason = { kind: 'stuck-there', wanted: what, afterwards: state.afterwards, goesOut: state.goesOut }
  return addTo(stop(d, reason), pauseFor(trouble))
}

function takenBack(d: Delivery, { afterwards }: ThereState, now: Instant): Next {
  const clear: Delivery = { ...d, sent: [], aheadFor: -1, attempt: '', parts: 0, tries: 0, renewed: false }
  return afterwards === 'cancelled'
    ? same({ ...clear, stop: '', state: { kind: 'cancelled', by: d.stop || 'you' } })
    : same(backToStart({ ...clear, stop: '' }, now))
}

function seen(d: Delivery, outcome: Seen, now: Instant, policy: Policy): Next {
  const { state } = d
  if (state.kind === 'published') return readBack(d, state, outcome)
  if (state.kind !== 'handed-over') return same(d)
  const later = (at: number): Delivery => ({ ...d, state: { ...state, at } })
  const isOver = now > state.goesOut + Math.max(policy.grace, READ_BACKS[1])
  if (outcome.kind === 'trouble') {
    const { trouble } = outcome
    if (trouble.kind === 'target-gone') return stop(d, { kind: 'not-out', why: 'removed' })
    if (trouble.kind === 'rate-limited' || trouble.kind === 'quota-used')
      return { delivery: later(Math.max(trouble.until, now + SECOND)), effects: [limitOf(trouble)] }
    if (trouble.kind === 'access-expired' && !d.renewed)
      return { delivery: { ...later(now), renewed: true }, effects: [{ kind: 'renew' }] }
    if (isOver) return addTo(stop(d, { kind: 'not-out', why: 'late' }), pauseFor(trouble))
    return { delivery: later(now + 5 * READ_BACKS[0]), effects: pauseFor(trouble) }
  }
  const remoteId = outcome.remoteId || remoteOf(d)
  const known: Delivery = {
    ...d,
    renewed: false,
    permalink: outcome.permalink || d.permalink,
    sent: [{ remoteId, at: d.sent[0]?.at ?? now }],
  }
  if (outcome.state === 'removed') return stop(known, { kind: 'not-out', why: 'removed' })
  if (outcome.state === 'scheduled' || (outcome.state === 'processing' && !isOver)) {
    if (isOver) return stop(known, { kind: 'not-out', why: 'late' })
    const changed = state.print !== '' && outcome.fingerprint !== state.print
    const at = now < state.goesOut ? Math.min(now + LOOKS_EVERY, state.goesOut + READ_BACKS[0]) : now + READ_BACKS[0]
    return {
      delivery: {
        ...known,
        state: { ...state, at, print: outcome.fingerprint, changedThere: state.changedThere || changed },
      },
      effects: changed ? [{ kind: 'alert', about: 'not-as-meant' }] : [],
    }
  }
  const live = published(known, Math.min(now, state.goesOut))
  return live.state.kind === 'published' ? readBack(live, live.state, outcome) : same(live)
}

function readBack(d: Delivery, state: Extract<DeliveryState, { kind: 'published' }>, outcome: Seen): Next {
  const reads = state.reads + 1
  if (outcome.kind === 'trouble') return same({ ...d, state: { ...state, reads } })
  const seenAs = outcome.state
  const mark: Mark | null =
    seenAs === 'public' || seenAs === 'scheduled'
      ? state.mark?.kind === 'partial' || state.mark?.kind === 'too-late-to-cancel'
        ? state.mark
        : null
      : { kind: seenAs, because: outcome.because }
  const isNews = mark !== null && mark.kind !== state.mark?.kind
  return {
    delivery: {
      ...d,
      permalink: outcome.permalink || d.permalink,
      sent: d.sent.map((part, at) => (at === 0 && outcome.remoteId ? { ...part, remoteId: outcome.remoteId } : part)),
      state: { ...state, reads, mark },
    },
    effects: isNews ? [{ kind: 'alert', about: 'not-as-meant' }] : [],
  }
}

// What people do

function edited(d: Delivery, now: Instant, policy: Policy): Next {
  const { state } = d
  if (state.kind === 'handed-over')
    return state.pending === 'remove' ? same(d) : changeThere(d, state.goesOut, now, policy)
  if (!isUnsent(d) || hasEnded(d)) return same(d)
  const fresh = { ...unfrozen(d), mayGoAhead: true }
  // One that was refused waits for a word: half a correction must not go out by being saved.
  return same(state.kind === 'needs-you' || state.kind === 'hand-off' ? fresh : backToStart(fresh, now))
}

const isPassing = (reason: Reason): boolean =>
  reason.kind === 'missed' ||
  (reason.kind === 'trouble' &&
    ['rate-limited', 'quota-used', 'server-fault', 'no-network', 'in-between'].includes(reason.trouble.kind))

function moved(given: Delivery, dueAt: Instant, now: Instant, policy: Policy): Next {
  const d: Delivery = { ...given, dueAt, plannedFor: dueAt, askedAt: 0 }
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

function cancel(d: Delivery, by: Canceller, now: Instant, policy: Policy): Next {
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

/** What a delivery is that goes no further: cancelled, or published in part. An open question stays open. */
const stopped = (d: Delivery, by: Canceller, now: Instant): Delivery =>
  d.sent.length > 0 && !d.unanswered
    ? published(d, d.sent.at(-1)?.at ?? now)
    : { ...unfrozen(d), stop: '', state: { kind: 'cancelled', by } }

function plannedAgain(d: Delivery, by: Canceller, now: Instant): Next {
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
  return same(backToStart({ ...d, held: false }, now))
}

function hold(d: Delivery, now: Instant, policy: Policy): Next {
  const { state } = d
  if (d.held || hasEnded(d)) return same(d)
  const held = { ...d, held: true }
  if (state.kind === 'handed-over') return takeBack(held, state.goesOut, 'planned', now, policy)
  if (state.kind === 'sending' && state.step === 'preparing') return same({ ...held, state: due(now) })
  return same(held)
}

function sendNow(d: Delivery, now: Instant, policy: Policy): Next {
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
      return takeBack({ ...d, ...asked(now) }, state.goesOut, 'planned', now, policy)
    default:
      return same(d)
  }
}

function retried(d: Delivery, now: Instant): Next {
  const { state } = d
  if (state.kind === 'retrying') return same({ ...d, tries: 0, state: { ...state, at: now } })
  if (state.kind !== 'needs-you') return same(d)
  const { reason } = state
  if (reason.kind === 'stuck-there') {
    const { goesOut, wanted, afterwards } = reason
    return same({ ...d, tries: 0, state: { ...there(goesOut, now), at: now, pending: wanted, afterwards } })
  }
  if (reason.kind === 'not-out')
    return same({ ...d, tries: 0, state: there(d.aheadFor >= 0 ? d.aheadFor : d.dueAt, now) })
  if (d.unanswered)
    return reason.kind === 'unclear' && reason.why !== 'cannot-ask'
      ? same({ ...d, renewed: false, state: { kind: 'reconciling', at: now, absentAt: 0, looks: 0 } })
      : same(d)
  const isAhead = d.dueAt > now && isUnsent(d)
  return same(
    isAhead
      ? backToStart({ ...d, tries: 0, renewed: false }, now)
      : { ...d, ...asked(now), held: false, state: due(now) },
  )
}

/** A person has looked: it is not there. */
function sendAgain(d: Delivery, now: Instant): Next {
  if (d.state.kind !== 'needs-you') return same(d)
  const { reason } = d.state
  if (reason.kind === 'not-out' && reason.why === 'removed')
    return same({ ...unfrozen({ ...d, sent: [] }), ...asked(now), state: due(now) })
  return d.unanswered
    ? same({ ...d, unanswered: null, doubled: false, lost: 0, ...asked(now), state: due(now) })
    : same(d)
}

function isThere(
  d: Delivery,
  { remoteId, permalink }: Extract<DeliveryEvent, { kind: 'is-there' }>,
  now: Instant,
  policy: Policy,
): Next {
  const { state } = d
  const known = { ...d, permalink: permalink || d.permalink }
  if (state.kind === 'needs-you' && (state.reason.kind === 'stuck-there' || state.reason.kind === 'not-out'))
    return same(published({ ...known, stop: '' }, now))
  if (!d.unanswered || (state.kind !== 'needs-you' && state.kind !== 'reconciling')) return same(d)
  return out(known, remoteId, now, policy)
}

function handedOff(d: Delivery, permalink: string, now: Instant): Next {
  const { state } = d
  const byHand =
    state.kind === 'hand-off' || state.kind === 'due' || state.kind === 'planned' || state.kind === 'needs-you'
  if (!byHand || !isUnsent(d)) return same(d)
  return same(published({ ...unfrozen(d), parts: 1, permalink, sent: [{ remoteId: '', at: now }] }, now))
}

/** The account is back: what waited for it goes on by itself, as far as it is not too late. */
function reconnected(d: Delivery, now: Instant): Next {
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
