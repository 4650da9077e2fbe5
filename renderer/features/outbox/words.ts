/** How a delivery is called and shown: its state as a pill, what can be done as buttons, its ledger in lines. */
import {
  CheckCheck,
  CircleSlash,
  Clock,
  Eye,
  FileLock2,
  type LucideIcon,
  OctagonPause,
  RotateCw,
  ScanSearch,
  Send,
  TriangleAlert,
  Unplug,
  UserRound,
} from 'lucide-react'
import type { LogLine } from '../../../shared/domain/attempt.ts'
import { type Delivery, type DeliveryKind, isFollowing, isHandingOver } from '../../../shared/domain/delivery.ts'
import { atNetwork } from '../../../shared/domain/deliveryAtNetwork.ts'
import { standing } from '../../../shared/domain/deliveryOut.ts'
import type { Answer } from '../../../shared/domain/deliveryWords.ts'
import { mailedTo } from '../../../shared/domain/mailing.ts'
import type { Job } from '../../../shared/domain/publishing.ts'
import type { Tone } from '../../../shared/domain/status.ts'
import { dateAt, type Instant, type Zone } from '../../../shared/domain/time.ts'
import type { HeldThere } from '../../data/commands/accounts.ts'
import type { There } from '../../data/commands/theirs.ts'
import { AT_NETWORK_LOOK } from '../../parts/atNetwork/looks.ts'
import { formatDay, plural } from '../../parts/format.ts'
import type { Out } from './useOut.ts'

export interface Look {
  readonly word: string
  readonly tone: Tone
  readonly icon: LucideIcon
  readonly struck?: boolean
}

/** What does not go on while it is held. */
const WAITS: ReadonlySet<DeliveryKind> = new Set(['planned', 'due', 'retrying'])

const SCHEDULED: Look = { word: 'Scheduled', tone: 'blue', icon: Clock }

/** `paused`: its account is, so what waits is held. */
export function lookOf(delivery: Delivery, paused: boolean): Look {
  const { state } = delivery
  if (WAITS.has(state.kind) && (delivery.held || paused)) return { word: 'Held', tone: 'amber', icon: OctagonPause }
  if (isHandingOver(delivery)) return SCHEDULED
  switch (state.kind) {
    case 'planned':
      return SCHEDULED
    case 'due':
      return { word: isFollowing(delivery) ? 'To follow' : 'Due', tone: 'blue', icon: Clock }
    case 'sending':
      return { word: state.step === 'preparing' ? 'Getting ready' : 'Sending', tone: 'blue', icon: Send }
    case 'retrying':
      return { word: 'Trying again', tone: 'amber', icon: RotateCw }
    case 'reconciling':
      return { word: 'Checking', tone: 'violet', icon: ScanSearch }
    case 'cancelled':
      return { word: 'Cancelled', tone: 'neutral', icon: CircleSlash, struck: true }
    case 'needs-you':
    case 'handed-over':
    case 'hand-off':
    case 'published': {
      if (state.kind === 'published' && state.change && state.change.at >= 0)
        return { word: state.change.what === 'edit' ? 'Being changed' : 'Being deleted', tone: 'blue', icon: Send }
      const there = atNetwork({ state })
      return there ? AT_NETWORK_LOOK[there] : { word: 'Published', tone: 'green', icon: CheckCheck }
    }
  }
}

/** The words behind what stops or delays it: those of the network, or of our own fault. '' when there are none. */
export function detailsOf({ state }: Pick<Delivery, 'state'>): string {
  switch (state.kind) {
    case 'due':
    case 'retrying':
      return state.because?.details ?? ''
    case 'needs-you':
      if (state.reason.kind === 'trouble') return state.reason.trouble.details
      return state.reason.kind === 'our-fault' ? state.reason.details : ''
    case 'published':
      return state.change?.because?.details ?? ''
    default:
      return ''
  }
}

export const ANSWER_WORDS: Readonly<Record<Answer, string>> = {
  'open-page': 'Open a web page',
  reconnect: 'Connect again',
  'open-channel': 'Open the channel',
  'open-post': 'Open the post',
  'set-up-host': 'Set up a media host',
  retry: 'Try again',
  'send-now': 'Send now',
  'new-time': 'Give it a new time',
  'is-there': 'It is there',
  'send-again': 'Send again',
  continue: 'Send the rest',
  leave: 'Leave it so',
  'post-by-hand': 'Post it now',
  'done-by-hand': 'Done, here is the link',
  'ours-back': 'Put ours back',
  'theirs-kept': 'Keep what is there',
  'plan-again': 'Plan again',
  'change-out': 'Update it there',
  'delete-out': 'Delete it there',
  'leave-out': 'Leave it as it is there',
  cancel: 'Cancel',
}

/** What holding everything comes to, of so many accounts: what networks have already is theirs until they have given it back. */
export function heldSentence(accounts: number, { takenBack, goOut }: HeldThere, online: boolean): string {
  const held = `Nothing is sent from ${plural(accounts, 'account')} until you let it.`
  const posts = (count: number) =>
    `${plural(count, 'post')} that ${count === 1 ? 'a network has' : 'networks have'} already`
  const back =
    takenBack === 0
      ? ''
      : online
        ? ` ${posts(takenBack)} ${takenBack === 1 ? 'is' : 'are'} being taken back.`
        : ` ${posts(takenBack)} can be taken back only online: until then ${takenBack === 1 ? 'it goes' : 'they go'} out at ${takenBack === 1 ? 'its' : 'their'} time.`
  const out =
    goOut === 0 ? '' : ` ${posts(goOut)} cannot be taken back from here, and ${goOut === 1 ? 'goes' : 'go'} out.`
  return held + back + out
}

/** What cancelling came to. `left`: the delivery as it is then; undefined: it is gone. */
export function cancelledWords(left: Delivery | undefined, network: string, online: boolean): Cancelled {
  const said = (text: string, mayPlan = false): Cancelled => ({ text, mayPlan })
  if (!left) return said('It is gone already.')
  const { state, sent, parts, aheadFor, unanswered } = left
  switch (state.kind) {
    case 'cancelled':
      return unanswered
        ? said(`Cancelled here. It may be out on ${network} all the same: look there.`, true)
        : said('Cancelled. It is not sent.', true)
    case 'published':
      if (state.mark?.kind !== 'partial') return said(`It is out on ${network} already.`)
      return said(
        aheadFor >= 0
          ? 'The post stays, without its first comment.'
          : `Nothing more is sent: ${sent.length} of ${parts} parts are out.`,
      )
    case 'handed-over':
      return said(
        online
          ? `It is being taken back from ${network}.`
          : `It can be taken back from ${network} only online: until then it goes out there at its time.`,
        true,
      )
    case 'needs-you':
      return said(`It cannot be taken back from here. Do it on ${network} itself.`)
    default:
      return said('It may be out already. It is cancelled if it can still be stopped.')
  }
}

interface Cancelled {
  readonly text: string
  /** Planning it again is an answer to that. */
  readonly mayPlan: boolean
}

/** What sending now does where a network has it already; '' where it only sends. */
export const sendsNowSentence = ({ state }: Pick<Delivery, 'state'>, network: string): string =>
  state.kind === 'handed-over'
    ? `Sending now takes it back from ${network} first${state.changedThere ? ', with what was changed there,' : ''} and sends it from here.`
    : ''

/** What is out is not what the post says by now. */
export function differsSentence({ abilities, differs }: Out, network: string): string {
  const what = 'The post was changed here since it went out'
  if (!abilities.edit) return `${what}; ${network} lets no app change what is out.`
  if (differs !== 'parts') return `${what}.`
  return `${what} and has other parts by now, and none can be put in or taken out on ${network}. Delete it there and send a duplicate, or change it on ${network} itself.`
}

/** Whom it is mailed to besides; '' for nobody. `group`: whom it is to go to, in words; `job`: as it was sent last, where that is known. */
export function mailingSentence({ state }: Pick<Delivery, 'state'>, group: string, job: Job | undefined): string {
  // Of a mail that failed its mark says it.
  const reached = state.kind === 'published' && !state.mark && job ? mailedTo(job.fields) : ''
  if (reached !== '') return `It went out as a newsletter to ${reached}, too.`
  return group === '' ? '' : `It goes out as a newsletter to ${group}, too. A mail cannot be taken back.`
}

/** What goes for good when it is deleted there. `job`: as it was sent, where that is known. */
export function deletesSentence(delivery: Delivery, job: Job | null, network: string): string {
  const isComment = (part: number) => job?.parts[part]?.kind === 'comment'
  const [comments = [], posts = []] = [true, false].map((wanted) =>
    standing(delivery).filter((part) => isComment(part) === wanted),
  )
  const all = Math.max(delivery.parts - (job?.parts.filter(({ kind }) => kind === 'comment').length ?? 0), 1)
  const left = posts.length === 1 ? 'The post that is left' : `The ${posts.length} posts that are left`
  const thread = posts.length < all ? `${left} of the thread` : all === 1 ? 'It' : `All ${all} posts of the thread`
  const what = [
    ...(posts.length > 0 ? [thread] : []),
    ...(comments.length > 0 ? [posts.length > 0 ? 'its first comment' : 'Its first comment'] : []),
  ]
  const [goes, its, it] =
    posts.length + comments.length > 1 ? ['go', 'their answers', 'them'] : ['goes', 'its comments', 'it']
  return `${what.join(' and ')} ${goes} for everybody, with ${its}, likes and figures, and ${network} does not bring ${it} back. The post stays here as it is.${
    job && mailedTo(job.fields) ? ' What was mailed stays with those who have it.' : ''
  }`
}

/** What taking over takes over, in a sentence; `any`: there is something. */
export function takesWords({ there }: There, network: string): { readonly any: boolean; readonly sentence: string } {
  const parts = [
    ...(there.publishAt === undefined ? [] : ['the time']),
    ...(there.title === undefined ? [] : ['the title']),
    ...(there.text === undefined ? [] : ['the plain text']),
  ]
  const list = parts.length < 3 ? parts.join(' and ') : `${parts[0]}, ${parts[1]} and ${parts[2]}`
  return parts.length === 0
    ? { any: false, sentence: `What differs is nothing that can be taken over: look at it on ${network}.` }
    : {
        any: true,
        sentence: `Brings ${list} into the post; where it goes to other channels, too, for ${network} only. Nothing is sent. Undo sends ours again.`,
      }
}

/** Whether it can be held back, or let go again. */
export const mayHold = ({ state }: Delivery): boolean =>
  state.kind === 'planned' || state.kind === 'due' || state.kind === 'retrying' || state.kind === 'handed-over'

/** The day of a line of the ledger, where it is not that of the line before; '' where it is. */
export function ledgerDay(at: Instant, before: Instant | undefined, zone: Zone): string {
  const day = dateAt(at, zone)
  return before !== undefined && dateAt(before, zone) === day ? '' : formatDay(day)
}

export interface LedgerWords {
  readonly word: string
  readonly icon: LucideIcon
  readonly bad?: boolean
}

export function ledgerWords({ what, trouble }: LogLine, network: string): LedgerWords {
  switch (what) {
    case 'begun':
      return { word: 'Written down as it is sent', icon: FileLock2 }
    case 'prepares':
      return { word: `${network} works on it`, icon: Clock }
    case 'prepared':
      return { word: 'Ready to send', icon: FileLock2 }
    case 'commits':
      return { word: `Sent to ${network}`, icon: Send }
    case 'done':
      return { word: `${network} took it`, icon: CheckCheck }
    case 'there':
      return { word: 'Looked for it: it is there', icon: ScanSearch }
    case 'absent':
      return { word: 'Looked for it: not there', icon: ScanSearch }
    case 'unclear':
      return { word: 'Looked for it: cannot tell', icon: ScanSearch, bad: true }
    case 'changed-there':
      return { word: `Changed on ${network}`, icon: Send }
    case 'deleted-there':
      return { word: `Deleted on ${network}`, icon: CircleSlash }
    case 'seen':
      return { word: 'Read back', icon: Eye }
    case 'trouble':
      return trouble?.kind === 'unknown'
        ? { word: 'The answer was lost', icon: Unplug, bad: true }
        : { word: 'Did not work', icon: TriangleAlert, bad: true }
    case 'unseen':
      return { word: 'Outpost ended meanwhile; nobody saw how this ended', icon: Unplug, bad: true }
    case 'told':
      return { word: 'You decided', icon: UserRound }
  }
}
