/** A delivery as time passes, and what becomes of each step towards the network. Pure. */
import {
  type Delivery,
  type DeliveryState,
  hasEnded,
  lateEnd,
  nextRead,
  type Policy,
  type Reason,
  remoteOf,
} from './delivery.ts'
import type { DeliveryEvent, Effect, Next } from './deliveryEvents.ts'
import {
  addTo,
  backToStart,
  type DueState,
  due,
  isUnsent,
  limitOf,
  MOST_TRIES,
  mayGoAheadAnew,
  outAt,
  pauseFor,
  plannedAt,
  preparing,
  published,
  same,
  stop,
  stopped,
  there,
  unfrozen,
  unsure,
} from './deliveryMoves.ts'
import { hindered, wakeOut } from './deliveryOut.ts'
import { changeThere, takeBack, unread, wakeRead, wakeThere } from './deliveryThere.ts'
import type { Begun, Memory } from './publishing.ts'
import type { Instant } from './time.ts'
import { isOfLine, PART_BEFORE, type Trouble } from './trouble.ts'
import { backOff, LISTING_SETTLES, PUNCTUAL, READ_BACKS, SECOND, SOONEST_AHEAD } from './waiting.ts'

/** Whether an unsent delivery would be handed over to the network at `now`. */
export function goesAhead(
  { dueAt, mayGoAhead, aheadAfter = 0, askedAt }: Delivery,
  now: Instant,
  policy: Policy,
): boolean {
  const { schedules } = policy.abilities
  if (!schedules || policy.way !== 'network' || !mayGoAhead || now < aheadAfter || askedAt > 0) return false
  const ahead = dueAt - now
  return ahead >= soonestAhead(policy) + 2 * PUNCTUAL && ahead <= schedules.latest
}

const soonestAhead = ({ abilities }: Policy) => Math.max(abilities.schedules?.soonest ?? 0, SOONEST_AHEAD)

export function wake(d: Delivery, now: Instant, policy: Policy): Next {
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
            effects: [{ kind: 'find', attempt: d.attempt, part: d.sent.length, since: sinceOn(d.unanswered, now) }],
          }
        : same(d)
    case 'handed-over':
      return wakeThere(d, state, now, policy)
    case 'needs-you':
      // Whatever was wanted there, the network has published it by now.
      if (state.reason.kind !== 'stuck-there' || now < state.reason.goesOut + READ_BACKS[0]) return same(d)
      return same({ ...d, state: there(state.reason.goesOut, now) })
    case 'published':
      if (state.change) return wakeOut(d, state.change, now, policy)
      return policy.abilities.see && policy.online && now >= nextRead(d) && remoteOf(d) !== ''
        ? wakeRead(d, state, now, policy)
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
    // It was being handed over ahead of its time.
    if (d.dueAt > now && d.askedAt === 0) return same(backToStart(d, now))
    // Whoever holds everything is not told to post either.
    if (d.held || policy.paused) return same({ ...d, state: waiting(d, now) })
    return {
      delivery: { ...d, state: { kind: 'hand-off', since: now } },
      effects: [{ kind: 'alert', about: 'hand-off' }],
    }
  }
  if (now > lateEnd(d, policy))
    return policy.online ? missed(d, now, policy) : same({ ...d, state: overdue(d, now, policy) })
  const after = waitsUntil(d)
  if (d.held || after > now || !isFree(now, policy) || !(policy.turn || d.aheadFor >= 0))
    return same({ ...d, state: after > now ? d.state : waiting(d, now) })
  if (!policy.approved) return stop(d, { kind: 'not-approved' })
  if (isToBegin(d)) return { delivery: { ...d, state: waiting(d, now) }, effects: [{ kind: 'begin', aheadFor: -1 }] }
  const begun = d.state.kind === 'sending' ? d : { ...d, state: preparing(now) }
  return { delivery: begun, effects: [{ kind: 'prepare', attempt: d.attempt, part: d.sent.length }] }
}

/** Whether it waits for its content to be written down. */
export const isToBegin = (d: Delivery): boolean => (d.attempt === '' && isUnsent(d) && !hasEnded(d)) || isStale(d)

/** What follows a post that its network published by itself is written anew where it was touched since: hours may lie between. */
const isStale = ({ state, sent, unanswered, aheadFor, contentAt, takenAt = contentAt }: Delivery): boolean =>
  ON_ITS_WAY.has(state.kind) && !unanswered && sent.length > 0 && aheadFor >= 0 && contentAt !== takenAt

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
function waiting({ state }: Delivery, now: Instant): DeliveryState {
  if (state.kind !== 'due') return due(now, state.kind === 'retrying' ? state.because : null)
  return state.over ? due(state.after, state.because) : state
}

/** What came in between when it was tried; null: nothing did. */
const hindering = ({ state }: Delivery): Trouble | null =>
  state.kind === 'retrying' || state.kind === 'due' ? state.because : null

/** Whether a delivery that comes too late may take another time by itself: nobody holds it back, and nothing was wrong but the line. */
export function mayMove(d: Delivery, { paused, approved }: Pick<Policy, 'paused' | 'approved'>): boolean {
  const trouble = hindering(d)
  return isUnsent(d) && !d.held && !paused && approved && (trouble === null || isOfLine(trouble))
}

/** Too late, and no network: nobody is asked and nothing is moved before it is back. Why it was missed is kept until then. */
function overdue(d: Delivery, now: Instant, policy: Policy): DueState {
  const { state } = d
  const over = policy.late !== 'ask' && mayMove(d, policy) ? 'moves' : 'asks'
  if (state.kind === 'due' && state.over) return state.over === over ? state : { ...state, over }
  // What was not looked at before it was too late was slept over, whatever the network is now.
  const wasAwake = state.kind !== 'due' || state.after <= lateEnd(d, policy)
  const noNetwork: Trouble | null = wasAwake ? { kind: 'no-network', details: '' } : null
  return { ...due(now, hindering(d) ?? noNetwork), over }
}

function missed(d: Delivery, now: Instant, policy: Policy): Next {
  if (policy.late !== 'ask' && policy.late.slot > now && mayMove(d, policy)) {
    const { slot } = policy.late
    // The plan is moved together with it.
    return {
      delivery: backToStart(plannedAt({ ...mayGoAheadAnew(d), dueAt: slot, plannedFor: slot, askedAt: 0 }, now), now),
      effects: [{ kind: 'alert', about: 'moved' }],
    }
  }
  const trouble = hindering(d)
  if (trouble && !isOfLine(trouble)) return stop(d, { kind: 'trouble', trouble })
  return stop(d, { kind: 'missed', because: whyMissed(d, trouble, now, policy) })
}

function whyMissed(d: Delivery, trouble: Trouble | null, now: Instant, policy: Policy): Missed {
  if ((d.plannedAt ?? 0) > lateEnd(d, policy)) return 'planned-late'
  if (d.held) return 'held'
  if (policy.paused) return 'paused'
  if (trouble?.kind === 'no-network') return 'offline'
  if (trouble) return 'in-between'
  if (policy.limitedUntil > now) return 'limit'
  return policy.turn || d.aheadFor >= 0 ? 'asleep' : 'queue'
}

type Missed = Extract<Reason, { kind: 'missed' }>['because']

export function begun(
  d: Delivery,
  event: Extract<DeliveryEvent, { kind: 'begun' }>,
  now: Instant,
  policy: Policy,
): Next {
  const waits = d.state.kind === 'due' || (d.state.kind === 'planned' && event.aheadFor >= 0)
  if (!waits || !isToBegin(d) || event.contentAt < d.contentAt) return same(d)
  // A thread is not handed over: its later parts answer posts that are not there yet, and do not come hours later.
  const isWhole = event.parts === 1 || event.follows === true
  if (event.aheadFor >= 0 && (!isWhole || event.aheadFor !== d.dueAt || d.held))
    return same({ ...d, mayGoAhead: isWhole })
  const { attempt, parts, aheadFor, contentAt, took } = event
  if (d.sent.length > 0) {
    const rest = { ...d, attempt, parts, contentAt, takenAt: contentAt }
    return isWhole && parts > d.sent.length ? goOn(rest, now, policy) : same(published(rest, outAt(d, now)))
  }
  const { madeIn: _before, ...bare } = d
  const frozen: Delivery = {
    ...bare,
    attempt,
    parts,
    aheadFor,
    contentAt,
    takenAt: contentAt,
    ...(took !== undefined && aheadFor < 0 ? { madeIn: took } : {}),
    state: preparing(now),
  }
  return goOn(frozen, now, policy)
}

export function prepared(
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
    return {
      delivery: {
        ...d,
        tries: 0,
        state: preparing(now + Math.max(Math.round((event.outcome.after - now) * policy.pace), SECOND)),
      },
      effects: [remember],
    }
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
      ...(policy.account === undefined ? {} : { sentBy: policy.account }),
      unanswered: { since: now },
      state: { kind: 'sending', step: 'committing', since: now },
    },
    effects: [{ kind: 'commit', attempt: d.attempt, part: d.sent.length, commit }],
  }
}

export function committed(
  d: Delivery,
  event: Extract<DeliveryEvent, { kind: 'committed' }>,
  now: Instant,
  policy: Policy,
): Next {
  const { outcome } = event
  if (event.attempt !== d.attempt || event.part !== d.sent.length) return same(d)
  // However late it comes: it is out.
  if (outcome.kind === 'done') {
    const { remoteId, memory, near } = outcome
    return addTo(out(d, remoteId, now, policy, memory), near ? [{ kind: 'limit', ...near }] : [])
  }
  const isAwaited = d.state.kind === 'sending' && d.state.step === 'committing' && event.commit === d.commits
  if (!isAwaited) return same(d)
  if (outcome.kind === 'begun-before') return notBegun(d, outcome.begun, now, policy)
  const { trouble } = outcome
  switch (trouble.kind) {
    // What came in between on the way there, before anything was sent, is no doubt: a page of a portal comes as unknown.
    case 'unknown':
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

/** The shell has begun that commit before, for a database that knew more than this one: now nothing was. */
function notBegun(given: Delivery, begun: Begun, now: Instant, policy: Policy): Next {
  const d: Delivery = { ...given, unanswered: null, commits: begun.commit - 1, state: preparing(now) }
  if (d.stop !== '') return same(stopped({ ...d, stop: '' }, d.stop, now))
  return rebuilt(d, { kind: 'rebuilt', begun }, now, policy)
}

/** Nobody knows whether the part is out: it is looked for from `at` on, where the network can be asked. */
function lose(d: Delivery, at: Instant, { abilities }: Policy): Next {
  const delivery = { ...d, lost: d.lost + 1, renewed: false }
  return abilities.find
    ? same({ ...delivery, state: { kind: 'reconciling', at, absentAt: 0, looks: 0 } })
    : stop(delivery, { kind: 'unclear', why: 'cannot-ask' })
}

/** What was wanted of it while nobody knew yet that it lies at the network is done there. */
function asMeantBy(d: Delivery, now: Instant, policy: Policy): Next {
  if (d.stop !== '') return takeBack(d, d.aheadFor, 'cancelled', now, policy)
  if (d.held) return takeBack(d, d.aheadFor, 'planned', now, policy)
  const isOther = d.dueAt !== d.aheadFor || d.contentAt !== (d.takenAt ?? d.contentAt)
  if (!isOther) return same(d)
  const { delivery, effects } = changeThere(d, d.aheadFor, now, policy)
  const { state } = delivery
  // Nobody has seen yet what lies there.
  return state.kind === 'handed-over'
    ? { delivery: { ...delivery, state: unsure(state) }, effects }
    : { delivery, effects }
}

/** A part is out, or lies at the network to go out by itself. */
export function out(d: Delivery, remoteId: string, now: Instant, policy: Policy, memory?: Memory): Next {
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
  if (d.aheadFor >= 0 && d.sent.length === 0) {
    const handed = { ...delivery, state: there(d.aheadFor, now) }
    const { delivery: settled, effects: more } = asMeantBy(handed, now, policy)
    return { delivery: settled, effects: [...effects, ...more] }
  }
  if (delivery.sent.length < delivery.parts && d.stop === '') {
    const { delivery: further, effects: more } = goOn({ ...delivery, state: preparing(now) }, now, policy)
    return { delivery: further, effects: [...effects, ...more] }
  }
  const whole = published(delivery, outAt(d, now))
  return { delivery: d.aheadFor >= 0 ? lookedAt(whole) : whole, effects }
}

/** What its network published by itself was seen to be out before its comment was made. */
const lookedAt = (d: Delivery): Delivery =>
  d.state.kind === 'published' ? { ...d, state: { ...d.state, reads: 1 } } : d

export function found(
  d: Delivery,
  event: Extract<DeliveryEvent, { kind: 'found' }>,
  now: Instant,
  policy: Policy,
): Next {
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
      const settles = LISTING_SETTLES * policy.pace
      if (state.absentAt === 0)
        return same({ ...d, state: { ...state, absentAt: now, at: now + settles, looks: state.looks + 1 } })
      if (now - state.absentAt < settles) return same({ ...d, state: { ...state, at: state.absentAt + settles } })
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

function lookAgain(d: Delivery, now: Instant, policy: Policy): Next {
  if (d.state.kind !== 'reconciling') return same(d)
  const looks = d.state.looks + 1
  if (looks > MOST_LOOKS) return stop(d, { kind: 'unclear', why: 'not-seen' })
  const wait = Math.max(15 * SECOND * policy.pace, backOff(looks - 1, policy))
  return same({ ...d, state: { ...d.state, looks, at: now + wait } })
}

function lookFailed(d: Delivery, said: Trouble, now: Instant, policy: Policy): Next {
  if (d.state.kind !== 'reconciling') return same(d)
  const trouble = ofThisPart(said, d)
  const at = (until: Instant): Delivery => ({ ...d, state: { ...(d.state as ReconcilingState), at: until } })
  switch (trouble.kind) {
    case 'no-network':
    case 'in-between':
      return same(at(now + 30 * SECOND * policy.pace))
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

export function notRenewed(before: Delivery, trouble: Trouble, now: Instant, policy: Policy): Next {
  // What passes says nothing of the access: renewing it is tried again with the next step.
  const d = pauseFor(trouble).length === 0 ? { ...before, renewed: false } : before
  switch (d.state.kind) {
    case 'due':
    case 'sending':
    case 'retrying':
      return d.unanswered ? same(d) : troubled(d, trouble, now, policy)
    case 'reconciling':
      return lookFailed(d, trouble, now, policy)
    case 'handed-over':
      return { delivery: { ...d, state: { ...d.state, at: now + READ_BACKS[1] } }, effects: pauseFor(trouble) }
    case 'published':
      return d.state.change ? hindered(d, d.state, trouble, now, policy) : unread(d, d.state, trouble, now, policy)
    default:
      return same(d)
  }
}

/** Whether the network takes a post, and only not yet: its date, or how many already wait there. The post is sent when it is due. */
const isTooEarly = (d: Delivery, trouble: Trouble, now: Instant): boolean =>
  trouble.kind === 'refused' &&
  trouble.field === 'publishAt' &&
  isUnsent(d) &&
  (d.aheadFor >= 0 || (d.state.kind === 'planned' && d.dueAt > now))

const DAY = 86_400 * SECOND

/**
 * Never, or not yet. How much waits at the network, or how early it is, is another matter later: it is asked again when half of the time to it is
 * over, so that hundreds that wait for a place there are not all asked about every day.
 */
const notAhead = (d: Delivery, trouble: Trouble, now: Instant, { pace }: Policy): Delivery =>
  trouble.kind === 'refused' && trouble.notYet
    ? { ...d, aheadAfter: now + Math.max(DAY * pace, Math.round((d.dueAt - now) / 2)) }
    : { ...d, mayGoAhead: false }

const MOST_BEGINNINGS = 3

/** Where parts are out, a network that finds nothing means the one before, which somebody deleted there: the account is well. */
const ofThisPart = (trouble: Trouble, { sent }: Delivery): Trouble =>
  trouble.kind === 'target-gone' && sent.length > 0
    ? { kind: 'refused', field: PART_BEFORE, reason: '', details: trouble.details }
    : trouble

/** A step was refused, or failed, and nothing became visible by it: every class of trouble has its rule here. */
export function troubled(d: Delivery, said: Trouble, now: Instant, policy: Policy): Next {
  const trouble = ofThisPart(said, d)
  if (d.stop !== '') return same(stopped({ ...d, stop: '' }, d.stop, now))
  if (isTooEarly(d, trouble, now)) return same(backToStart(notAhead(d, trouble, now, policy), now))
  const wait = (until: Instant, effects: readonly Effect[] = []): Next =>
    until > lateEnd(d, policy) || d.tries >= MOST_TRIES
      ? addTo(stop(d, { kind: 'trouble', trouble }), effects)
      : { delivery: { ...d, tries: d.tries + 1, state: { kind: 'retrying', at: until, because: trouble } }, effects }
  const forGood = () => addTo(stop(d, { kind: 'trouble', trouble }), pauseFor(trouble))
  switch (trouble.kind) {
    // Nothing arrived anywhere, so nothing was tried.
    case 'no-network':
    case 'in-between':
      return same({ ...d, state: due(now + 30 * SECOND * policy.pace, trouble) })
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
      return wait(Math.max(trouble.kind === 'server-fault' ? (trouble.until ?? 0) : 0, now + backOff(d.tries, policy)))
    case 'clock-off':
      // The adapter goes by the network's clock from now on; a second time it would be no use.
      return d.tries > 0 ? forGood() : wait(now + SECOND)
    case 'begin-again':
      return d.tries >= MOST_BEGINNINGS
        ? forGood()
        : addTo(wait(now + backOff(d.tries, policy)), [{ kind: 'forget', part: d.sent.length }])
    case 'access-withdrawn':
    case 'not-permitted':
    case 'refused':
    case 'duplicate':
    case 'target-gone':
    case 'changed':
      return forGood()
  }
}

export function broke(d: Delivery, details: string, now: Instant, policy: Policy): Next {
  if (d.state.kind === 'published') {
    const trouble: Trouble = { kind: 'unknown', details }
    return d.state.change ? hindered(d, d.state, trouble, now, policy) : unread(d, d.state, trouble, now, policy)
  }
  if (hasEnded(d)) return same(d)
  if (d.state.kind === 'sending' && d.state.step === 'committing') return lose(d, now + 5 * SECOND, policy)
  if (d.state.kind === 'reconciling') return stop(d, { kind: 'unclear', why: 'not-seen' })
  if (d.state.kind === 'handed-over') return same({ ...d, state: unsure({ ...d.state, at: now + READ_BACKS[1] }) })
  return d.unanswered ? same(d) : stop(d, { kind: 'our-fault', details })
}

/** From when to look. Asked for later than it is, the clock was set back since: nobody knows how far. */
const sinceOn = ({ since }: NonNullable<Delivery['unanswered']>, now: Instant): Instant =>
  since > now ? now - 3600 * SECOND : since

export function restarted(d: Delivery, now: Instant, policy: Policy): Next {
  const { state } = d
  // The call may still be on its way: nobody saw it end.
  if (state.kind === 'sending' && state.step === 'committing') return lose(d, now + LISTING_SETTLES, policy)
  if (state.kind === 'sending') return same({ ...d, state: due(now) })
  if (state.kind === 'handed-over') return clockJumped({ ...d, state: unsure(state) }, now)
  return clockJumped(d, now)
}

const ON_ITS_WAY: ReadonlySet<DeliveryState['kind']> = new Set(['due', 'sending', 'retrying'])

/** Whether it stands where nothing was tried: planned, or held for what was foreseen. */
const isUntried = ({ state }: Delivery): boolean =>
  state.kind === 'planned' ||
  (state.kind === 'needs-you' &&
    state.reason.kind === 'trouble' &&
    state.reason.trouble.kind === 'refused' &&
    state.reason.trouble.ours === true)

/** Whether it was handed over, as far as the row knows. */
const isThere = ({ state }: Delivery): boolean =>
  state.kind === 'handed-over' ||
  (state.kind === 'needs-you' && (state.reason.kind === 'stuck-there' || state.reason.kind === 'not-out'))

/** Whether it was on its way; or a person was asked, and may have answered since: that was not kept. */
const wasTried = (d: Delivery): boolean =>
  ON_ITS_WAY.has(d.state.kind) || (d.state.kind === 'needs-you' && !isThere(d) && !isUntried(d))

/** What happened last was not kept: the network may have it, or its next part, without the row saying so. */
export function rebuilt(
  d: Delivery,
  { begun }: Extract<DeliveryEvent, { kind: 'rebuilt' }>,
  now: Instant,
  { way, abilities }: Policy,
): Next {
  // A commit that the row does not know of. Once a person was asked, it counts as known.
  const unknown = begun && begun.commit > d.commits ? begun : null
  const ask = (delivery: Delivery, because: 'rebuilt' | 'rebuilt-ahead' | 'begun-before') =>
    stop({ ...delivery, commits: unknown?.commit ?? d.commits }, { kind: 'missed', because })
  const where = unknown && unknown.goesOut <= now ? 'begun-before' : 'rebuilt-ahead'
  // A whole post is looked for. Of a thread, what comes after the part that is looked for may be out, too.
  if (d.unanswered) return d.parts > 1 ? ask({ ...d, unanswered: null }, 'rebuilt') : same(d)
  const { state } = d
  const isToComeBack = state.kind === 'handed-over' && state.pending === 'remove' && state.afterwards === 'planned'
  // Taken back there, it may lie there anew under another name, or be out.
  if (isToComeBack || (unknown && isThere(d))) return ask(unfrozen({ ...d, sent: [] }), where)
  // What comes under it may have followed since, unless the shell knows of no commit but that which handed it over.
  if (state.kind === 'handed-over' && d.parts > 1 && !begun) return same({ ...d, asksFirst: true })
  const isTried = wasTried(d)
  if (!isTried && !isUntried(d)) return same(d)
  if (d.sent.length > 0 || (d.dueAt <= now && !unknown)) return ask(d, 'rebuilt')
  // A person sent it ahead of its time.
  if (isTried && d.aheadFor < 0) return ask(unfrozen(d), 'begun-before')
  // Whatever lay within its reach may have been handed over; what is too near for that by now, too.
  const latest = way === 'network' && d.mayGoAhead ? (abilities.schedules?.latest ?? 0) : 0
  return isTried || unknown || d.dueAt - now <= latest ? ask(unfrozen(d), where) : same(d)
}

export function clockJumped(before: Delivery, now: Instant, back = 0): Next {
  // When it was asked for is told by the clock as it is now.
  const d =
    before.unanswered && back > 0 ? { ...before, unanswered: { since: before.unanswered.since - back } } : before
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
    case 'handed-over': {
      const { missingAt: _anew, ...waits } = state
      return same({ ...d, state: { ...waits, at: Math.min(state.at, now + 30 * SECOND) } })
    }
    case 'published': {
      const { change, readAt } = state
      const soon = (at: Instant) => Math.min(at, now + 30 * SECOND)
      const waits = {
        ...(readAt === undefined ? {} : { readAt: soon(readAt) }),
        ...(change ? { change: { ...change, at: soon(change.at) } } : {}),
      }
      // Nothing went out later than now, whatever the clock said then.
      return same({ ...d, state: { ...state, at: Math.min(state.at, now), ...waits } })
    }
    default:
      return same(d)
  }
}
