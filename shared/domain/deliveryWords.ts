/**
 * What a delivery is doing, and what came in between, in a sentence: what happened, why, what to do. Made from the kind of a trouble; where a
 * network says why, its words stand in quotes, and all of them in `details`. Pure.
 */
import {
  type Change,
  type Delivery,
  isFollowing,
  isHandingOver,
  type Mark,
  type Policy,
  type Reason,
  remoteOf,
} from './delivery.ts'
import { mayChangeOut } from './deliveryOut.ts'
import { MEDIA_HOST } from './mediaHost.ts'
import type { Instant } from './time.ts'
import { isOfLine, isPortal, PART_BEFORE, type Trouble } from './trouble.ts'

export interface Names {
  /** The network, e.g. `Mastodon`. */
  readonly network: string
  /** The server the account is on, where everybody chooses their own; absent: the network is one. */
  readonly server?: string
  /** The account as people call it. */
  readonly account: string
  /** A moment on the clock of the reader, with its zone where that is not plain. */
  readonly time: (at: Instant) => string
  readonly online: boolean
  readonly paused: boolean
  /** What the network said that paused it; absent: it is not, or a person did. */
  readonly pausedBy?: Trouble
  /** Until when the network is not to be asked; absent: it may be. */
  readonly limitedUntil?: Instant
  /** Absent: the network is sent it. */
  readonly way?: Policy['way']
}

/** What a person can do about a delivery that waits for one. The first is the likeliest. */
export type Answer =
  | 'open-page'
  | 'reconnect'
  | 'open-channel'
  | 'open-post'
  | 'set-up-host'
  | 'retry'
  | 'send-now'
  | 'new-time'
  | 'is-there'
  | 'send-again'
  | 'continue'
  | 'leave'
  | 'post-by-hand'
  | 'done-by-hand'
  | 'ours-back'
  | 'theirs-kept'
  | 'plan-again'
  | 'change-out'
  | 'delete-out'
  | 'leave-out'
  | 'cancel'

/** Nothing answered. While this computer is online it is the other side that does not. */
export const unreached = ({ network, server, online }: Pick<Names, 'network' | 'server' | 'online'>): string =>
  !online ? `No connection to ${network}.` : server ? `Nothing answers at ${server}.` : `${network} cannot be reached.`

/** A server of one's own may have let its certificate run out; a network that all share has not. */
export const badCertificate = ({ network, server }: Pick<Names, 'network' | 'server'>, not: 'sent' | 'read'): string =>
  `The certificate that ${server ?? network} showed is not right, so nothing was ${not}. ${
    server
      ? `Have it renewed by whoever runs ${server}, or check the clock of this computer.`
      : 'Check the clock of this computer, or ask whoever runs the network you are in.'
  }`

/** Which of both it is, its page alone could tell; without a full stop. */
export const strangePage = (network: string): string =>
  `A web page answered in place of ${network}. Either the network you are in wants you to sign in first, or ${network} itself keeps Outpost out. Open a web page to see which, and to sign in`

/** What came in between, by itself: what follows from that is said where it is known. */
export function explainTrouble(trouble: Trouble, names: Names): string {
  const { network, account, time } = names
  switch (trouble.kind) {
    case 'no-network':
      return unreached(names)
    case 'in-between':
      if (trouble.here) return trouble.here
      return trouble.by === 'portal'
        ? `${strangePage(network)}.`
        : trouble.by === 'proxy'
          ? 'The proxy of this network asks for a password. Write it into HTTPS_PROXY (http://name:password@proxy:port), then start Outpost again.'
          : badCertificate(names, 'sent')
    case 'access-expired':
    case 'access-withdrawn': {
      if (trouble.kind === 'access-withdrawn' && trouble.here)
        return `${trouble.reason} Connect ${account} again; everything waits for it.`
      const why =
        trouble.kind === 'access-withdrawn' && trouble.reason !== '' ? ` (${trouble.reason.replace(/\.$/, '')})` : ''
      if (trouble.kind === 'access-withdrawn' && trouble.stopped)
        return `${network} has stopped ${account} from posting for now${why}. Look in ${trouble.stopped} for what lifts that; then let the account go on. Everything waits for it.`
      return `${network} no longer lets Outpost post as ${account}${why}. Connect the account again; everything waits for it.`
    }
    case 'not-permitted':
      return `${account} may not publish this${trouble.right === '' ? '' : `: the right “${trouble.right}” is missing`}. Ask an admin of the account for it, then try again.`
    case 'rate-limited':
      return `${network} asks us to wait until ${time(trouble.until)}.`
    case 'quota-used':
      return `${account} has used ${trouble.of === '' ? 'what it may post for now' : `its ${trouble.of}`}. Next: ${time(trouble.until)}.`
    case 'refused':
      if (trouble.field === PART_BEFORE)
        return `What this part belongs to is not there on ${network} any more. Leave it so, or go on if it is back.`
      if (trouble.field === MEDIA_HOST) return `${trouble.reason.replace(/\.$/, '')}.`
      return `${refusalOf(trouble, network)} Change the post, then try again.`
    case 'duplicate':
      return `${network} already has this text. Change it, or cancel it here.`
    case 'server-fault':
    case 'unknown':
      return `${faultOf(trouble, network)} Try again.`
    case 'target-gone':
      return `${account} is no longer there on ${network}. Connect another account; everything waits for it.`
    case 'clock-off':
      return `The clock of this computer is ${minutesOff(trouble.by)} ${trouble.by > 0 ? 'slow' : 'fast'}, and ${network} does not accept that. Set it, then try again.`
    case 'changed':
      return `${network} has changed and this version of Outpost cannot speak to it any more. Update Outpost; your posts wait.`
    case 'begin-again':
      return `${network} could not finish what was uploaded. Try again.`
  }
}

/** A fault at the network, or one of this computer. */
const faultOf = (trouble: Trouble, network: string): string =>
  (trouble.kind === 'server-fault' && trouble.here) || `Trouble reaching ${network}.`

/** Longer words of a network are cut; its `details` have them all. */
const LONGEST = 160

function shortened(words: string): string {
  if (words.length <= LONGEST) return words
  const space = words.lastIndexOf(' ', LONGEST)
  // Not every script has spaces.
  return `${words.slice(0, space > 0 ? space : LONGEST).trimEnd()} …`
}

/** That it is not taken, and why: in quotes where those are the words of the network. Without any there are no `details`. */
function refusalOf({ reason, ours, details }: Extract<Trouble, { kind: 'refused' }>, network: string): string {
  const words = reason.replace(/\.$/, '')
  const why = words === '' ? '' : ours || details === '' ? `: ${words}` : `: “${shortened(words)}”`
  return `${network} does not take this${why}.`
}

/** What came in between of what goes on by itself. `next`: when it does. */
function explainWait(trouble: Trouble, names: Names, next: string): string {
  const { network } = names
  switch (trouble.kind) {
    case 'server-fault':
      return trouble.here
        ? `${trouble.here} ${next.slice(0, 1).toUpperCase()}${next.slice(1)}.`
        : `Trouble reaching ${network}; ${next}.`
    case 'unknown':
      return `Trouble reaching ${network}; ${next}.`
    case 'begin-again':
      return `${network} could not finish what was uploaded; ${next}.`
    default:
      return explainTrouble(trouble, names)
  }
}

/** When what waits for such a trouble goes on. */
const onceOver = ({ kind }: Trouble, { online }: Names): string =>
  kind === 'no-network'
    ? online
      ? 'once it gets through'
      : 'when you are back online'
    : kind === 'in-between'
      ? 'afterwards'
      : 'then'

/** That it goes out, where that is not said by when it is tried next. */
const goesOutOnce = (trouble: Trouble, names: Names): string =>
  isOfLine(trouble) || isLimit(trouble)
    ? `${trouble.kind === 'no-network' && names.online ? ' It is tried again, and goes' : ' It goes'} out ${onceOver(trouble, names)}.`
    : ''

/** At least a minute, since nobody is told of seconds. */
export const minutesOff = (milliseconds: number): string =>
  `${Math.max(1, Math.round(Math.abs(milliseconds) / 60_000))} min`

const isLimit = ({ kind }: Trouble): boolean => kind === 'rate-limited' || kind === 'quota-used'

type Missed = Extract<Reason, { kind: 'missed' }>['because']

/** A new time is no answer to that: what was asked about would go out then, whether it is out already or not. */
const mayBeOut = (because: Missed): because is 'begun-before' | 'rebuilt' =>
  because === 'begun-before' || because === 'rebuilt'

const MISSED: Readonly<Record<Exclude<Missed, 'offline' | 'in-between'>, string>> = {
  asleep: 'while this computer slept or Outpost was closed',
  paused: 'while the account was paused',
  held: 'while it was held',
  limit: 'while the network asked us to wait',
  queue: 'while another post of this channel was in front of it',
  'planned-late': 'and was scheduled only after that',
  'begun-before':
    'it was begun to be sent before, and what became of that is not known here, so it may be out already: look there first',
  'rebuilt-ahead': 'and the database was brought back or copied since, so it may lie there already: look there first',
  rebuilt: 'and the database was brought back or copied since, so it may be out already: look there first',
}

/** Which end of the line it was is not known any more. */
const whyMissed = (because: Missed, network: string): string =>
  because === 'offline'
    ? `while there was no connection to ${network}`
    : because === 'in-between'
      ? `while nothing got through to ${network}`
      : MISSED[because]

/** How much of it is out, where that is not all; '' where nothing is. What follows a post that its network published is its first comment. */
const outSoFar = ({ sent, parts, aheadFor }: Delivery): string =>
  sent.length === 0 || parts < 2
    ? ''
    : aheadFor >= 0
      ? 'The post is out. '
      : `${sent.length} of ${parts} parts are out. `

/** What stops it when it is sent. */
function explainStop(trouble: Trouble, delivery: Delivery, names: Names): string {
  const { network } = names
  const follows = isFollowing(delivery)
  if (follows && trouble.kind === 'refused' && trouble.field === PART_BEFORE)
    return `The post is not there on ${network} any more, so its first comment cannot follow. Leave it so, or go on if it is back.`
  const out = follows ? 'The post is out, its first comment is not. ' : outSoFar(delivery)
  if (isLost(trouble))
    return `${out}${faultOf(trouble, network)} ${out === '' ? 'Nothing' : 'Nothing more'} was sent; try again.`
  return `${out}${explainTrouble(trouble, names)}${isLimit(trouble) ? ' Try again then.' : ''}`
}

export function explainReason(reason: Reason, delivery: Delivery, names: Names): string {
  const { dueAt, sent } = delivery
  const { network, time } = names
  const out = outSoFar(delivery)
  const follows = isFollowing(delivery)
  switch (reason.kind) {
    case 'trouble':
      return explainStop(reason.trouble, delivery, names)
    case 'unclear':
      return `${out}We could not see whether ${network} took ${follows ? 'its first comment' : 'this'}${
        reason.why === 'cannot-ask'
          ? `, because ${network} cannot be asked`
          : reason.why === 'no-access'
            ? ', because it does not let us in to look'
            : ''
      }. Look there, and say whether it is.`
    case 'missed':
      if (mayBeOut(reason.because) && sent.length === 0)
        return `Planned for ${time(dueAt)}, ${MISSED[reason.because]}. If it is out, say so; if not, try again.`
      if (reason.because === 'rebuilt-ahead')
        return `It goes out ${time(dueAt)}, ${MISSED[reason.because]}. If ${network} has it, say so; if not, try again.`
      return `${out}${follows ? 'Its first comment was to follow' : `It was due ${time(dueAt)},`} ${whyMissed(reason.because, network)}. ${
        sent.length > 0 ? 'Send the rest, or leave it so.' : 'Send it now, or give it a new time.'
      }`
    case 'not-approved':
      return `${out}It is not approved any more, so ${out === '' ? 'it was not' : 'nothing more was'} sent. Approve it, then try again.`
    case 'stuck-there':
      return `${network} has it and publishes it ${time(reason.goesOut)}, and what you changed could not be ${
        reason.wanted === 'remove' ? 'taken back' : 'changed'
      } there. Do it on ${network} itself, or try again.`
    case 'not-out':
      return reason.why === 'removed'
        ? `It was handed to ${network} and is not there any more. Send it again, or cancel it here.`
        : `${network} should have published it ${time(dueAt)} and has not. Look there.`
    case 'our-fault':
      return `${out}Something broke on our side, and ${out === '' ? 'nothing' : 'nothing more'} was sent. Try again.`
  }
}

/** How it is there, or was. */
const MARKS: Readonly<Record<Exclude<Mark['kind'], 'deleted'>, readonly ['is' | 'was', string]>> = {
  private: ['is', 'but only you can see it'],
  'in-review': ['is', 'and it is under review there'],
  processing: ['is', 'and it is still being worked on there'],
  removed: ['was', 'and was taken away there'],
  partial: ['is', 'but not all of its parts'],
  'too-late-to-cancel': ['is', 'it was too late to cancel'],
}

/** One line for the list. */
export function sentenceOf(delivery: Delivery, names: Names): string {
  const { state, dueAt, sent, parts } = delivery
  const { network, time } = names
  const follows = isFollowing(delivery)
  const out = follows ? outSoFar(delivery) : ''
  const part = follows ? 'its first comment ' : parts > 1 ? `part ${sent.length + 1} of ${parts} ` : ''
  switch (state.kind) {
    case 'planned':
      if (delivery.held || names.paused) return heldSentence(delivery, names)
      return names.way === 'by-hand'
        ? `You post it on ${network} ${time(dueAt)}, and are reminded then.`
        : `Will go to ${network} ${time(dueAt)}.`
    case 'due':
    case 'retrying':
      if (delivery.held || names.paused) return heldSentence(delivery, names)
      if (state.kind === 'due' && state.over) return overSentence(delivery, state.over, names)
      return state.because
        ? `${follows ? FOLLOWS : ''}${explainWait(state.because, names, state.kind === 'retrying' ? `next try ${time(state.at)}` : 'it is tried again')}${
            isHandingOver(delivery)
              ? ` It is handed over ${onceOver(state.because, names)}, and goes out ${time(delivery.aheadFor)}.`
              : goesOutOnce(state.because, names)
          }`
        : waitSentence(delivery, names)
    case 'sending':
      return `${out}${state.step === 'preparing' ? `Getting ${part}ready for` : `Sending ${part}to`} ${network}.`
    case 'reconciling':
      return `${out}Asking ${network} whether ${follows ? 'its first comment' : 'it'} arrived, before anything is sent again.`
    case 'needs-you':
      return explainReason(state.reason, delivery, names)
    case 'handed-over':
      if (state.pending !== '') return pendingSentence(state, names)
      return `${network} has it and publishes it ${time(state.goesOut)}${
        state.changedThere ? '; somebody changed it there' : ''
      }.${parts > 1 && remoteOf(delivery) !== '' ? ' Its first comment follows once Outpost is open and online.' : ''}`
    case 'hand-off':
      return `It is time: post it on ${network} yourself, then say so here.`
    case 'published': {
      if (state.change) return changeSentence(state.change, sent, names)
      if (state.mark?.kind === 'deleted') return `You deleted it on ${network}.`
      const late = state.late ? ', late' : ''
      if (!state.mark) return `Published ${time(state.at)}${late}.`
      const why = state.mark.because === '' ? '' : `: ${state.mark.because}`
      // What a network could not make visible never was.
      if (state.mark.kind === 'removed' && why !== '')
        return `It is not on ${network}${why}${why.endsWith('.') ? '' : '.'}`
      const [stands, how] = MARKS[state.mark.kind]
      return `It ${stands} on ${network}, ${how}${why}${why.endsWith('.') ? '' : '.'}`
    }
    case 'cancelled':
      if (delivery.unanswered)
        return `${outSoFar(delivery)}Cancelled here; ${sent.length > 0 ? 'the next part' : 'it'} may be out on ${network} all the same. Look there.`
      return state.by === 'you' ? 'Cancelled before it was sent.' : 'Not sent: the post is not scheduled any more.'
  }
}

const FOLLOWS = 'The post is out; its first comment follows. '

/** A person holds it back, or its account is paused, by a person or by what the network said. */
function heldSentence(delivery: Delivery, names: Names): string {
  const follows = isFollowing(delivery)
  if (delivery.held)
    return follows
      ? 'The post is out. Its first comment waits until you let it go.'
      : 'Held. It waits until you let it go.'
  const waits = follows
    ? 'The post is out. Its first comment waits'
    : delivery.state.kind === 'planned'
      ? 'Held'
      : 'Waits'
  return names.pausedBy ? `${waits}. ${explainTrouble(names.pausedBy, names)}` : `${waits}: ${names.account} is paused.`
}

/** Its time has come, and nothing came in between. */
function waitSentence(delivery: Delivery, { network, online, limitedUntil, time }: Names): string {
  const follows = isFollowing(delivery)
  const isEarly = isHandingOver(delivery)
  const goesOut = `and goes out ${time(delivery.aheadFor)}.`
  if (online && limitedUntil)
    return `${follows ? 'The post is out. Its first comment waits' : 'Waits'} until ${time(limitedUntil)}, because ${network} lets Outpost in only so often.${
      isEarly && limitedUntil < delivery.aheadFor ? ` It is handed over then, ${goesOut}` : ''
    }`
  if (isEarly) return `It is handed to ${network} ${online ? 'next' : 'when you are back online'}, ${goesOut}`
  if (follows) return `The post is out; its first comment follows${online ? '' : ' when you are back online'}.`
  return online ? `Waits for its turn on ${network}.` : `Goes to ${network} when you are back online.`
}

/** It is too late, and nobody is asked before there is a network again. */
function overSentence(delivery: Delivery, over: 'asks' | 'moves', { time }: Names): string {
  if (over === 'moves')
    return `It was due ${time(delivery.dueAt)} and is too late for that. It takes the next free slot when you are back online.`
  const what = isFollowing(delivery)
    ? 'Its first comment is too late to follow by itself.'
    : delivery.sent.length > 0
      ? 'The rest is too late to go out by itself.'
      : `It was due ${time(delivery.dueAt)} and is too late to go out by itself.`
  return `${outSoFar(delivery)}${what} You are asked about it when you are back online.`
}

/** What a person wanted of it does not reach a network that nobody reaches, which keeps its time. */
function pendingSentence(
  { pending, goesOut }: Extract<Delivery['state'], { kind: 'handed-over' }>,
  { network, online, time }: Names,
): string {
  if (online) return pending === 'edit' ? `Is being changed on ${network}.` : `Is being taken back from ${network}.`
  const doing = pending === 'edit' ? 'changed' : 'taken back'
  return `Is ${doing} on ${network} when you are back online; until then it goes out there ${time(goesOut)}${pending === 'edit' ? ' as it was' : ''}.`
}

function changeSentence({ what, at, because }: Change, sent: Delivery['sent'], names: Names): string {
  const { network } = names
  const doing = what === 'edit' ? 'changed' : 'deleted'
  const gone = sent.filter((one) => one.gone).length
  const far = gone > 0 ? ` ${gone} of ${sent.length} parts are gone.` : ''
  if (because === null) return `Is being ${doing} on ${network}.${far}`
  const why = at < 0 ? whyNotChanged(because, names) : whyNotYet(because, names)
  return at < 0
    ? `It is on ${network} and could not be ${doing} there.${far} ${why}`
    : `Is to be ${doing} on ${network}.${far} ${why}`
}

/** Why what is out is not changed yet: it goes on by itself. */
const whyNotYet = (because: Trouble, names: Names): string => explainWait(because, names, 'it is tried again')

/** Why it could not be changed. The post itself is well as it is, so nobody is asked to change that. */
function whyNotChanged(because: Trouble, names: Names): string {
  const { network } = names
  if (because.kind === 'refused') return because.ours ? `${because.reason}.` : refusalOf(because, network)
  if (because.kind === 'duplicate') return `${network} does not take this.`
  return isLost(because)
    ? `Trouble reaching ${network}: it may have arrived all the same. Look there, or try again.`
    : explainTrouble(because, names)
}

/** What was asked for last was not answered, or not heard. */
const isLost = ({ kind }: Trouble): boolean => kind === 'server-fault' || kind === 'unknown'

/** Only another access, or another account, helps. */
const isOfAccess = (trouble: Trouble | null): boolean =>
  trouble?.kind === 'access-withdrawn' || trouble?.kind === 'access-expired' || trouble?.kind === 'target-gone'

/** Where that is found, first of all; one that its network has stopped is let go on beside its channel. */
const toAccess = (trouble: Trouble | null): readonly Answer[] =>
  !isOfAccess(trouble) ? [] : trouble?.kind === 'access-withdrawn' && trouble.stopped ? ['open-channel'] : ['reconnect']

/** What can be done about it. Empty where nothing needs a person. `abilities`: of its network, for what is out; absent: nothing is asked of it. */
export function answersTo(
  delivery: Delivery,
  { way = 'network', pausedBy }: Pick<Names, 'way' | 'pausedBy'> = {},
  abilities?: Policy['abilities'],
): readonly Answer[] {
  const { state, sent, unanswered } = delivery
  const [access] = toAccess(pausedBy ?? null)
  const end: Answer = sent.length > 0 ? 'leave' : 'cancel'
  switch (state.kind) {
    case 'planned':
    case 'due':
      return [
        ...(access ? [access] : []),
        ...(state.kind === 'due' && isPortal(state.because) ? (['open-page'] as const) : []),
        // What has begun to go out goes on the way it came.
        way === 'by-hand' && sent.length === 0 ? 'post-by-hand' : 'send-now',
        end,
      ]
    case 'retrying':
      return [...(access ? [access] : []), 'retry', end]
    case 'handed-over':
      if (state.pending === 'remove') return ['cancel']
      return state.changedThere && state.pending === ''
        ? ['ours-back', 'theirs-kept', 'send-now', 'cancel']
        : ['send-now', 'cancel']
    case 'sending':
    case 'reconciling':
      return ['cancel']
    case 'hand-off':
      return ['post-by-hand', 'done-by-hand', 'cancel']
    case 'published': {
      const again: readonly Answer[] = state.change?.what === 'remove' ? ['delete-out'] : ['change-out']
      if (state.change) {
        if (state.change.at >= 0) return ['leave-out']
        return [...toAccess(state.change.because), ...again, 'leave-out']
      }
      if (!abilities) return []
      return [
        ...(mayChangeOut(delivery, 'edit', abilities) ? (['change-out'] as const) : []),
        ...(mayChangeOut(delivery, 'remove', abilities) ? (['delete-out'] as const) : []),
      ]
    }
    case 'cancelled':
      return ['plan-again']
    case 'needs-you': {
      const { reason } = state
      if (unanswered)
        return reason.kind === 'unclear' && reason.why === 'no-access'
          ? [access ?? 'reconnect', 'is-there', 'send-again', 'cancel']
          : ['is-there', 'send-again', 'cancel']
      const onward: readonly Answer[] = sent.length > 0 ? ['continue', 'leave'] : ['retry', 'cancel', 'post-by-hand']
      switch (reason.kind) {
        case 'missed':
          if (reason.because === 'rebuilt-ahead') return ['is-there', 'retry', 'cancel']
          if (mayBeOut(reason.because) && sent.length === 0) return ['done-by-hand', 'retry', 'cancel']
          return sent.length > 0 ? onward : ['send-now', 'new-time', 'post-by-hand', 'done-by-hand', 'cancel']
        case 'not-out':
          return reason.why === 'removed' ? ['send-again', 'cancel'] : ['is-there', 'retry', 'cancel']
        case 'stuck-there':
          return ['retry', 'is-there']
        case 'not-approved':
          return ['open-post', ...onward]
        case 'trouble': {
          const { kind } = reason.trouble
          if (isOfAccess(reason.trouble)) return [...toAccess(reason.trouble), end]
          if (kind === 'refused' && reason.trouble.field === MEDIA_HOST) return ['set-up-host', ...onward]
          if (kind === 'refused' && reason.trouble.field === PART_BEFORE) return onward
          return kind === 'refused' || kind === 'duplicate' ? ['open-post', ...onward] : onward
        }
        default:
          return onward
      }
    }
  }
}
