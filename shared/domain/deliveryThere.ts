/** A delivery at the network's own scheduler, and what the network shows of one that is out. Pure. */
import {
  type Delivery,
  type DeliveryState,
  type Mark,
  nextRead,
  type Policy,
  type Reason,
  remoteOf,
} from './delivery.ts'
import type { DeliveryEvent, Next } from './deliveryEvents.ts'
import {
  addTo,
  backToStart,
  followed,
  limitOf,
  MOST_TRIES,
  pauseFor,
  published,
  same,
  stop,
  type ThereState,
  there,
  unsure,
} from './deliveryMoves.ts'
import { changedOut } from './deliveryOut.ts'
import type { Job, Seen } from './publishing.ts'
import type { Instant } from './time.ts'
import { isOfLine, type Trouble } from './trouble.ts'
import { backOff, LISTING_SETTLES, PUNCTUAL, READ_BACKS, SECOND } from './waiting.ts'

/** Before anything that was edited is sent on, its author is given time to finish. */
const EDIT_RESTS = 120 * SECOND

const LOOKS_EVERY = 6 * 3_600 * SECOND

export function wakeThere(d: Delivery, state: ThereState, now: Instant, policy: Policy): Next {
  if (policy.heldBack && state.pending !== 'remove' && now < state.goesOut)
    return takeBack(d, state.goesOut, 'planned', now, policy)
  if (state.at > now || !policy.online || policy.limitedUntil > now) return same(d)
  const remoteId = remoteOf(d)
  // Its time is here: what was not changed before cannot be any more.
  const mayLook = policy.abilities.see && remoteId !== ''
  // What somebody else made of it meanwhile is not written over, and what was not found there may be out.
  const isToLook = mayLook && ((state.pending === 'edit' && state.unsure) || state.missingAt !== undefined)
  if (state.pending !== '' && now < state.goesOut && !isToLook) {
    // A person found it there, and did not say what it is called.
    if (remoteId === '') return stuckThere(d, state, state.pending)
    return {
      delivery: d,
      effects: [state.pending === 'edit' ? { kind: 'edit' } : { kind: 'remove', part: 0, remoteId }],
    }
  }
  if (mayLook) return { delivery: d, effects: [{ kind: 'see', remoteId }] }
  return now < state.goesOut + READ_BACKS[0]
    ? same({ ...d, state: { ...state, at: state.goesOut + READ_BACKS[0] } })
    : unlooked(d, state)
}

/** It went out unseen, as nobody said what it is called there: what comes under it cannot be made. */
function unlooked(d: Delivery, { goesOut }: ThereState): Next {
  const delivery = published(d, goesOut)
  return { delivery, effects: d.parts > d.sent.length ? [{ kind: 'alert', about: 'not-as-meant' }] : [] }
}

/** Edits and moves follow it there; where they cannot, it is taken back and planned anew. */
export function changeThere(d: Delivery, goesOut: Instant, now: Instant, policy: Policy): Next {
  if (!policy.abilities.edit) return takeBack(d, goesOut, 'planned', now, policy)
  const at = Math.min(now + EDIT_RESTS, Math.max(now, goesOut - PUNCTUAL))
  const known = d.state.kind === 'handed-over' ? d.state : null
  // An edit that follows one whose answer is still out meets what that one left there.
  const tries = { ...(known?.unsure ? { unsure: known.unsure } : {}), ...(known?.tried ? { tried: known.tried } : {}) }
  return same({
    ...d,
    state: { ...there(goesOut, now), at, pending: 'edit', print: known?.print ?? '', ...tries },
  })
}

export function trying(d: Delivery, attempt: string): Next {
  const { state } = d
  return same(
    state.kind === 'handed-over' && state.pending === 'edit' ? { ...d, state: { ...state, tried: attempt } } : d,
  )
}

export function takeBack(
  d: Delivery,
  goesOut: Instant,
  afterwards: 'planned' | 'cancelled',
  now: Instant,
  policy: Policy,
): Next {
  if (!policy.abilities.remove) return stop(d, { kind: 'stuck-there', wanted: 'remove', afterwards, goesOut })
  return same({ ...d, state: { ...there(goesOut, now), at: now, pending: 'remove', afterwards } })
}

export function changedThere(
  d: Delivery,
  event: Extract<DeliveryEvent, { kind: 'changed-there' }>,
  now: Instant,
  policy: Policy,
): Next {
  const { state } = d
  const { what, outcome } = event
  if (state.kind === 'published') return changedOut(d, state, event, now, policy)
  if (state.kind !== 'handed-over') return same(d)
  if (outcome.kind === 'done') {
    if (what === 'remove') return takenBack(d, state, now)
    const { goesOut, attempt } = event
    const isCurrent = state.pending === 'edit' && goesOut === d.dueAt && event.contentAt >= d.contentAt
    const changed = { ...d, attempt, takenAt: event.contentAt, aheadFor: goesOut, tries: 0, renewed: false }
    // What lies there is known, and nobody has seen yet what it looks like.
    const { unsure: _settled, tried: _done, ...left } = state
    return same({ ...changed, state: isCurrent ? there(goesOut, now) : { ...left, goesOut, print: '' } })
  }
  const { trouble } = outcome
  const again = (at: Instant) => ({ ...d, tries: d.tries + 1, state: unsure({ ...state, at }) })
  switch (trouble.kind) {
    case 'target-gone':
      // Taken away while it waited, or out already under another id, as the clock there may be ahead of ours: a look tells.
      if (policy.abilities.see && remoteOf(d) !== '' && d.tries < MOST_TRIES)
        return same({ ...d, tries: d.tries + 1, state: { ...state, missingAt: state.missingAt ?? now, at: now } })
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
      if (d.tries < MOST_TRIES) return same(again(now + backOff(d.tries, policy)))
      break
    default:
      if (what === 'edit') return takeBack(d, state.goesOut, 'planned', now, policy)
  }
  return addTo(stuckThere(d, state, what), pauseFor(trouble))
}

function stuckThere(d: Delivery, { afterwards, goesOut }: ThereState, wanted: 'edit' | 'remove'): Next {
  const reason: Reason = { kind: 'stuck-there', wanted, afterwards, goesOut }
  return stop(d, reason)
}

function takenBack(d: Delivery, { afterwards }: ThereState, now: Instant): Next {
  const { asksFirst: _none, ...left } = d
  const clear: Delivery = { ...left, sent: [], aheadFor: -1, attempt: '', parts: 0, tries: 0, renewed: false }
  return afterwards === 'cancelled'
    ? same({ ...clear, stop: '', state: { kind: 'cancelled', by: d.stop || 'you' } })
    : same(backToStart({ ...clear, stop: '' }, now))
}

/** Whether what waits at a network is this content, as far as the network tells. */
export function isAsSent(
  { text, title, publishAt }: Pick<Extract<Seen, { kind: 'seen' }>, 'text' | 'title' | 'publishAt'>,
  { parts, title: ours }: Job,
  goesOut: Instant,
): boolean {
  return (
    (text === undefined || plain(text) === plain(parts[0]?.text ?? '')) &&
    (title === undefined || plain(title) === plain(ours)) &&
    (typeof publishAt !== 'number' || publishAt === goesOut)
  )
}

/** Networks trim texts and rewrite line ends. */
export const plain = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n').trim()

type SeenEvent = Extract<DeliveryEvent, { kind: 'seen' }>

export function seen(d: Delivery, event: SeenEvent, now: Instant, policy: Policy): Next {
  const { state } = d
  const { outcome } = event
  if (state.kind === 'published') return readBack(d, state, event, now, policy)
  if (state.kind !== 'handed-over') return same(d)
  const later = (at: number): Delivery => ({ ...d, state: { ...state, at } })
  const isOver = now > state.goesOut + Math.max(policy.grace, READ_BACKS[1])
  if (outcome.kind === 'trouble') {
    const { trouble } = outcome
    if (trouble.kind === 'target-gone') return missing(d, state, now)
    if (trouble.kind === 'rate-limited' || trouble.kind === 'quota-used')
      return { delivery: later(Math.max(trouble.until, now + SECOND)), effects: [limitOf(trouble)] }
    if (trouble.kind === 'access-expired' && !d.renewed)
      return { delivery: { ...later(now), renewed: true }, effects: [{ kind: 'renew' }] }
    // Where nothing gets through, nobody knows that it is not out.
    if (isOver && !isOfLine(trouble)) return addTo(stop(d, { kind: 'not-out', why: 'late' }), pauseFor(trouble))
    return { delivery: later(now + 5 * READ_BACKS[0]), effects: pauseFor(trouble) }
  }
  const remoteId = outcome.remoteId || remoteOf(d)
  const known: Delivery = {
    ...d,
    renewed: false,
    permalink: outcome.permalink || d.permalink,
    sent: [{ remoteId, at: d.sent[0]?.at ?? now }],
  }
  if (outcome.state === 'removed') return missing(known, state, now)
  if (outcome.state === 'scheduled' || (outcome.state === 'processing' && !isOver)) {
    if (isOver) return stop(known, { kind: 'not-out', why: 'late' })
    const { missingAt: _found, ...waits } = state
    if (state.pending !== '') return beforeChange(known, waits, outcome.fingerprint, event.holds, now)
    const changed = state.print !== '' && outcome.fingerprint !== state.print
    const at = now < state.goesOut ? Math.min(now + LOOKS_EVERY, state.goesOut + READ_BACKS[0]) : now + READ_BACKS[0]
    return {
      delivery: {
        ...known,
        state: { ...waits, at, print: outcome.fingerprint, changedThere: state.changedThere || changed },
      },
      effects: changed ? [{ kind: 'alert', about: 'not-as-meant' }] : [],
    }
  }
  // What was cancelled too late goes no further, and nobody can comment what nobody sees.
  const isLocked = outcome.state === 'private'
  if (d.parts > 1 && d.stop === '' && remoteId !== '' && !isLocked) return followed(known, state.goesOut, now)
  const live = published(d.stop === '' ? known : { ...known, parts: 1 }, Math.min(now, state.goesOut))
  return live.state.kind === 'published' ? readBack(live, live.state, event, now, policy) : same(live)
}

/** It was not found where it waits. Between two of its lists a network may show it in none, so it is looked for once more. */
function missing(d: Delivery, state: ThereState, now: Instant): Next {
  const { missingAt = now } = state
  if (now - missingAt >= LISTING_SETTLES)
    return state.pending === 'remove' && now < state.goesOut - PUNCTUAL
      ? takenBack(d, state, now)
      : stop(d, { kind: 'not-out', why: 'removed' })
  return same({ ...d, state: { ...state, missingAt, at: missingAt + LISTING_SETTLES } })
}

/** It was looked at while it is to be changed there: goes on with that, unless somebody else changed it since. */
function beforeChange(d: Delivery, state: ThereState, print: string, holds: SeenEvent['holds'], now: Instant): Next {
  if (!holds || state.pending !== 'edit') return same({ ...d, state })
  const isOurs = holds.wanted || holds.tried
  const isTheirs = !isOurs && (state.print === '' ? !holds.sent : print !== state.print)
  const { unsure: _settled, ...known } = state
  if (!isTheirs) return same({ ...d, state: { ...known, at: now, print } })
  return {
    delivery: { ...d, tries: 0, state: { ...there(state.goesOut, now), print, changedThere: true } },
    effects: [{ kind: 'alert', about: 'not-as-meant' }],
  }
}

/** What goes to a network after its post, such as a thumbnail, was not taken. */
const lacking = (trouble: Trouble): Mark => ({
  kind: 'partial',
  because:
    (trouble.kind === 'refused' && trouble.reason) || 'what goes with it, such as its thumbnail, is missing there',
})

type Published = Extract<DeliveryState, { kind: 'published' }>

/** While its account is paused it is tried later, so that no look is used up meanwhile. */
const PAUSED_FOR = READ_BACKS[1]

/** It is time to read back what went out, if the network may be asked. */
export function wakeRead(d: Delivery, state: Published, now: Instant, { paused, limitedUntil }: Policy): Next {
  const until = Math.max(limitedUntil, paused ? now + PAUSED_FOR : 0)
  if (until > now) return same({ ...d, state: { ...state, readAt: until } })
  return { delivery: d, effects: [{ kind: 'see', remoteId: remoteOf(d) }] }
}

/**
 * It could not be read back. What passes by itself is waited for as in sending; whatever does not counts as a look, so that it ends. `counts`: it was
 * time to look.
 */
export function unread(
  d: Delivery,
  state: Published,
  trouble: Trouble,
  now: Instant,
  policy: Policy,
  counts = true,
): Next {
  const soon = now + 30 * SECOND * policy.pace
  const later = (readAt: Instant, more: Partial<Delivery> = {}): Delivery => ({
    ...d,
    ...more,
    state: { ...state, readAt },
  })
  switch (trouble.kind) {
    case 'no-network':
    case 'in-between':
      return same(later(soon))
    case 'rate-limited':
    case 'quota-used':
      return { delivery: later(Math.max(trouble.until, now + SECOND)), effects: [limitOf(trouble)] }
    case 'access-expired':
      if (!d.renewed) return { delivery: later(now, { renewed: true }), effects: [{ kind: 'renew' }] }
      return { delivery: later(now + PAUSED_FOR), effects: pauseFor(trouble) }
    case 'access-withdrawn':
      return { delivery: later(now + PAUSED_FOR), effects: pauseFor(trouble) }
    case 'server-fault':
    case 'unknown':
      if (d.tries < MOST_TRIES)
        return same(later(Math.max(soon, now + backOff(d.tries, policy)), { tries: d.tries + 1 }))
  }
  if (!counts) return same({ ...d, renewed: false, state })
  return same({ ...d, tries: 0, renewed: false, state: { ...state, reads: state.reads + 1, readAt: soon } })
}

function readBack(
  given: Delivery,
  published: Published,
  { outcome, completed, asked }: SeenEvent,
  now: Instant,
  policy: Policy,
): Next {
  // Looking when a person wants it leaves what is to be looked at by itself; the first look sees to what goes with the post.
  const counts = !asked || published.reads === 0 || now >= nextRead(given)
  const lacks = completed?.kind === 'trouble' ? lacking(completed.trouble) : null
  if (outcome.kind === 'trouble')
    return unread(given, { ...published, mark: lacks ?? published.mark }, outcome.trouble, now, policy, counts)
  const d: Delivery = { ...given, tries: 0, renewed: false }
  const { readAt: _passed, ...state } = published
  const reads = counts ? state.reads + 1 : state.reads
  const seenAs = outcome.state
  const mark: Mark | null =
    seenAs === 'public' || seenAs === 'scheduled'
      ? state.mark?.kind === 'partial' || state.mark?.kind === 'too-late-to-cancel'
        ? state.mark
        : outcome.lacks
          ? { kind: 'partial', because: outcome.lacks }
          : lacks
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
