/**
 * What a delivery is doing, and what came in between, in a sentence: what happened, why, what to do. Made from the kind of a trouble,
 * never from the network's own words; those stand in its `details`. Pure.
 */
import type { Change, Delivery, Mark, Policy, Reason } from './delivery.ts'
import { mayChangeOut } from './deliveryOut.ts'
import { MEDIA_HOST } from './mediaHost.ts'
import type { Instant } from './time.ts'
import { isPortal, PART_BEFORE, type Trouble } from './trouble.ts'

export interface Names {
  /** The network, e.g. `Mastodon`. */
  readonly network: string
  /** The account as people call it. */
  readonly account: string
  /** A moment on the clock of the reader, with its zone where that is not plain. */
  readonly time: (at: Instant) => string
  readonly online: boolean
  readonly paused: boolean
  /** Until when the network is not to be asked; absent: it may be. */
  readonly limitedUntil?: Instant
  /** Absent: the network is sent it. */
  readonly way?: Policy['way']
}

/** What a person can do about a delivery that waits for one. The first is the likeliest. */
export type Answer =
  | 'open-page'
  | 'reconnect'
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

export function explainTrouble(trouble: Trouble, { network, account, time }: Names): string {
  switch (trouble.kind) {
    case 'no-network':
      return `No connection to ${network}. It goes out when you are back online.`
    case 'in-between':
      return trouble.by === 'portal'
        ? 'This network wants you to sign in first. Open a web page to do so; it goes out afterwards.'
        : trouble.by === 'proxy'
          ? 'The proxy of this network asks for a password. Write it into HTTPS_PROXY (http://name:password@proxy:port), then start Outpost again; it goes out afterwards.'
          : `The certificate that ${network} showed is not right, so nothing was sent. Check the clock of this computer, or ask whoever runs this network.`
    case 'access-expired':
    case 'access-withdrawn': {
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
      return `${network} does not take this${trouble.reason === '' ? '' : `: ${trouble.reason.replace(/\.$/, '')}`}. Change the post, then try again.`
    case 'duplicate':
      return `${network} already has this text. Change it, or cancel it here.`
    case 'server-fault':
    case 'unknown':
      return `Trouble reaching ${network}. Nothing was sent; try again.`
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

/** At least a minute, since nobody is told of seconds. */
export const minutesOff = (milliseconds: number): string =>
  `${Math.max(1, Math.round(Math.abs(milliseconds) / 60_000))} min`

const isLimit = ({ kind }: Trouble): boolean => kind === 'rate-limited' || kind === 'quota-used'

const MISSED: Readonly<Record<Extract<Reason, { kind: 'missed' }>['because'], string>> = {
  asleep: 'while this computer slept or Outpost was closed',
  offline: 'while there was no connection',
  paused: 'while the account was paused',
  held: 'while it was held',
  limit: 'while the network asked us to wait',
  queue: 'while another post of this channel was in front of it',
  'begun-before':
    'it was begun to be sent before, and what became of that is not known here, so it may be out already: look there first',
  'rebuilt-ahead': 'and the database was brought back or copied since, so it may lie there already: look there first',
  rebuilt: 'and the database was brought back or copied since, so it may be out already: look there first',
}

export function explainReason(reason: Reason, { dueAt, sent, parts }: Delivery, names: Names): string {
  const { network, time } = names
  const out = sent.length > 0 && parts > 1 ? `${sent.length} of ${parts} parts are out. ` : ''
  switch (reason.kind) {
    case 'trouble':
      return `${out}${explainTrouble(reason.trouble, names)}${isLimit(reason.trouble) ? ' Try again then.' : ''}`
    case 'unclear':
      return `${out}We could not see whether ${network} took this${
        reason.why === 'cannot-ask'
          ? `, because ${network} cannot be asked`
          : reason.why === 'no-access'
            ? ', because it does not let us in to look'
            : ''
      }. Look there, and say whether it is.`
    case 'missed':
      if (reason.because === 'begun-before')
        return `Planned for ${time(dueAt)}, ${MISSED[reason.because]}. If it is out, say so; if not, try again.`
      return reason.because === 'rebuilt-ahead'
        ? `It goes out ${time(dueAt)}, ${MISSED[reason.because]}. If ${network} has it, say so; if not, try again.`
        : `${out}It was due ${time(dueAt)}, ${MISSED[reason.because]}. Send it now, or give it a new time.`
    case 'not-approved':
      return 'It is not approved any more, so it was not sent. Approve it, then try again.'
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
  const { state, held, dueAt, sent, parts } = delivery
  const { network, online, paused, time } = names
  const part = parts > 1 ? `part ${sent.length + 1} of ${parts} ` : ''
  switch (state.kind) {
    case 'planned':
      if (held) return 'Held. It waits until you let it go.'
      if (paused) return `Held: ${names.account} is paused.`
      return names.way === 'by-hand'
        ? `You post it on ${network} ${time(dueAt)}, and are reminded then.`
        : `Will go to ${network} ${time(dueAt)}.`
    case 'due':
      if (held) return 'Held. It waits until you let it go.'
      if (paused) return `Waits: ${names.account} is paused.`
      if (state.because) return explainTrouble(state.because, names)
      if (online && names.limitedUntil)
        return `Waits until ${time(names.limitedUntil)}, because ${network} lets Outpost in only so often.`
      return online ? `Waits for its turn on ${network}.` : `Goes to ${network} when you are back online.`
    case 'sending':
      return state.step === 'preparing' ? `Getting ${part}ready for ${network}.` : `Sending ${part}to ${network}.`
    case 'retrying':
      return state.because.kind === 'server-fault'
        ? `Trouble reaching ${network}; next try ${time(state.at)}.`
        : `${explainTrouble(state.because, names)}${isLimit(state.because) ? ' It goes out then.' : ''}`
    case 'reconciling':
      return `Asking ${network} whether it arrived, before anything is sent again.`
    case 'needs-you':
      return explainReason(state.reason, delivery, names)
    case 'handed-over':
      if (state.pending !== '')
        return state.pending === 'edit' ? `Is being changed on ${network}.` : `Is being taken back from ${network}.`
      return `${network} has it and publishes it ${time(state.goesOut)}${
        state.changedThere ? '; somebody changed it there' : ''
      }.${parts > 1 ? ' Its first comment follows once Outpost is open and online.' : ''}`
    case 'hand-off':
      return `It is time: post it on ${network} yourself, then say so here.`
    case 'published': {
      if (state.change) return changeSentence(state.change, sent, names)
      if (state.mark?.kind === 'deleted') return `You deleted it on ${network}.`
      const late = state.late ? ', late' : ''
      if (!state.mark) return `Published ${time(state.at)}${late}.`
      const why = state.mark.because === '' ? '' : `: ${state.mark.because}`
      const [stands, how] = MARKS[state.mark.kind]
      return `It ${stands} on ${network}, ${how}${why}${why.endsWith('.') ? '' : '.'}`
    }
    case 'cancelled':
      return state.by === 'you' ? 'Cancelled before it was sent.' : 'Not sent: the post is not scheduled any more.'
  }
}

function changeSentence({ what, at, because }: Change, sent: Delivery['sent'], names: Names): string {
  const { network } = names
  const doing = what === 'edit' ? 'changed' : 'deleted'
  const gone = sent.filter((one) => one.gone).length
  const far = gone > 0 ? ` ${gone} of ${sent.length} parts are gone.` : ''
  if (because === null) return `Is being ${doing} on ${network}.${far}`
  const why =
    because.kind === 'refused' && because.ours
      ? `${because.reason}.`
      : because.kind === 'refused' || because.kind === 'duplicate'
        ? `${network} does not take that${because.kind === 'refused' && because.reason !== '' ? `: ${because.reason.replace(/\.$/, '')}` : ''}.`
        : explainTrouble(because, names)
  return at < 0
    ? `It is on ${network} and could not be ${doing} there.${far} ${why}`
    : `Is to be ${doing} on ${network}.${far} ${why}`
}

/** Only another access, or another account, helps. */
const isOfAccess = (trouble: Trouble | null): boolean =>
  trouble?.kind === 'access-withdrawn' || trouble?.kind === 'access-expired' || trouble?.kind === 'target-gone'

/** What can be done about it. Empty where nothing needs a person. `abilities`: of its network, for what is out; absent: nothing is asked of it. */
export function answersTo(
  delivery: Delivery,
  way: Policy['way'] = 'network',
  abilities?: Policy['abilities'],
): readonly Answer[] {
  const { state, sent, unanswered } = delivery
  switch (state.kind) {
    case 'planned':
    case 'due': {
      const now: readonly Answer[] = [way === 'by-hand' ? 'post-by-hand' : 'send-now', 'cancel']
      return state.kind === 'due' && isPortal(state.because) ? ['open-page', ...now] : now
    }
    case 'retrying':
      return ['retry', 'cancel']
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
        return [...(isOfAccess(state.change.because) ? (['reconnect'] as const) : []), ...again, 'leave-out']
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
          ? ['reconnect', 'is-there', 'send-again', 'cancel']
          : ['is-there', 'send-again', 'cancel']
      const onward: readonly Answer[] = sent.length > 0 ? ['continue', 'leave'] : ['retry', 'cancel', 'post-by-hand']
      switch (reason.kind) {
        case 'missed':
          if (reason.because === 'rebuilt-ahead') return ['is-there', 'retry', 'cancel']
          if (reason.because === 'begun-before') return ['done-by-hand', 'retry', 'cancel']
          return sent.length > 0 ? onward : ['send-now', 'new-time', 'post-by-hand', 'done-by-hand', 'cancel']
        case 'not-out':
          return reason.why === 'removed' ? ['send-again', 'cancel'] : ['is-there', 'retry', 'cancel']
        case 'stuck-there':
          return ['retry', 'is-there']
        case 'not-approved':
          return ['open-post', ...onward]
        case 'trouble': {
          const { kind } = reason.trouble
          if (isOfAccess(reason.trouble)) return ['reconnect', 'cancel']
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
