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
import type { Abilities, Change, Delivery } from '../../../shared/domain/delivery.ts'
import type { Answer } from '../../../shared/domain/deliveryWords.ts'
import type { Tone } from '../../../shared/domain/status.ts'
import type { There } from '../../data/commands/theirs.ts'

export interface Look {
  readonly word: string
  readonly tone: Tone
  readonly icon: LucideIcon
  readonly struck?: boolean
}

/** `paused`: its account is, so what waits is held. */
export function lookOf({ state, held }: Delivery, paused: boolean): Look {
  switch (state.kind) {
    case 'planned':
    case 'due':
      return held || paused
        ? { word: 'Held', tone: 'amber', icon: OctagonPause }
        : { word: state.kind === 'due' ? 'Due' : 'Scheduled', tone: 'blue', icon: Clock }
    case 'sending':
      return { word: state.step === 'preparing' ? 'Getting ready' : 'Sending', tone: 'blue', icon: Send }
    case 'retrying':
      return { word: 'Trying again', tone: 'amber', icon: RotateCw }
    case 'reconciling':
      return { word: 'Checking', tone: 'violet', icon: ScanSearch }
    case 'needs-you':
      return { word: 'Needs you', tone: 'red', icon: TriangleAlert }
    case 'handed-over':
      if (state.changedThere && state.pending === '') return { word: 'Changed there', tone: 'amber', icon: Eye }
      return { word: 'Handed over', tone: 'blue', icon: CheckCheck }
    case 'hand-off':
      return { word: 'Your turn', tone: 'red', icon: UserRound }
    case 'published':
      if (state.change) return changeLook(state.change)
      if (state.mark?.kind === 'deleted') return { word: 'Deleted there', tone: 'neutral', icon: CircleSlash }
      return state.mark
        ? { word: 'Published, but', tone: 'rust', icon: Eye }
        : { word: 'Published', tone: 'green', icon: CheckCheck }
    case 'cancelled':
      return { word: 'Cancelled', tone: 'neutral', icon: CircleSlash, struck: true }
  }
}

function changeLook({ what, at }: Change): Look {
  if (at < 0) return { word: what === 'edit' ? 'Not changed' : 'Not deleted', tone: 'rust', icon: TriangleAlert }
  return { word: what === 'edit' ? 'Being changed' : 'Being deleted', tone: 'blue', icon: Send }
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

/** What is out is not what the post says by now. */
export function differsSentence(delivery: Delivery, { edit }: Pick<Abilities, 'edit'>, network: string): string {
  const what = 'The post was changed here since it went out'
  if (!edit) return `${what}; ${network} lets no app change what is out.`
  return delivery.parts > 1 ? `${what}. It went out in parts: change it on ${network} itself.` : `${what}.`
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
