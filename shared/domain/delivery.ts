/**
 * A delivery: one post on its way to one channel, as it is stored. What becomes of it is decided in `deliveryNext.ts`. Pure.
 */
import type { Instant } from './time.ts'
import type { Trouble } from './trouble.ts'
import { PUNCTUAL, READ_BACKS } from './waiting.ts'

export const DELIVERY_KINDS = [
  'planned',
  'due',
  'sending',
  'retrying',
  'reconciling',
  'needs-you',
  'handed-over',
  'hand-off',
  'published',
  'cancelled',
] as const
export type DeliveryKind = (typeof DELIVERY_KINDS)[number]

export type DeliveryState =
  | { readonly kind: 'planned' }
  /**
   * Its time has come: it waits for its turn, the network, a pause to end. `because`: what came in between when it was tried. `over`: its grace is
   * over, and what comes of that when the network is back. Absent: it may still go out by itself.
   */
  | {
      readonly kind: 'due'
      readonly after: Instant
      readonly because: Trouble | null
      readonly over?: 'asks' | 'moves'
    }
  /** The part after those in `sent`. Preparing may be repeated, not before `after`; committing may not. */
  | { readonly kind: 'sending'; readonly step: 'preparing'; readonly after: Instant }
  | { readonly kind: 'sending'; readonly step: 'committing'; readonly since: Instant }
  | { readonly kind: 'retrying'; readonly at: Instant; readonly because: Trouble }
  /** The answer to the commit was lost: it is looked for. `absentAt`: when a listing first did not have it, 0: none yet. */
  | { readonly kind: 'reconciling'; readonly at: Instant; readonly absentAt: Instant; readonly looks: number }
  | { readonly kind: 'needs-you'; readonly reason: Reason }
  /** The network makes it visible at `goesOut`. `pending`: what is to be changed there, and what the delivery is afterwards. */
  | {
      readonly kind: 'handed-over'
      readonly goesOut: Instant
      readonly at: Instant
      readonly pending: '' | 'edit' | 'remove'
      readonly afterwards: 'planned' | 'cancelled' | 'handed-over'
      /** Of what the network held when it was first read back, '' before: another one means that somebody changed it there. */
      readonly print: string
      readonly changedThere: boolean
      /** Nobody knows what became of the last try to change it: it is looked at before the next. */
      readonly unsure?: true
      /** Attempt that holds what the last try to change it said: what lies there may be that. Absent: there was none. */
      readonly tried?: string
      /** When it was first not found there. Absent: it was. */
      readonly missingAt?: Instant
    }
  /** A person was asked to post it. */
  | { readonly kind: 'hand-off'; readonly since: Instant }
  | {
      readonly kind: 'published'
      readonly at: Instant
      readonly late: boolean
      readonly reads: number
      /** It is not read back before: something came in between. Absent: nothing did. */
      readonly readAt?: Instant
      readonly mark: Mark | null
      /** What a person wants done with it there; absent: nothing. */
      readonly change?: Change
    }
  | { readonly kind: 'cancelled'; readonly by: Canceller }

/**
 * What is to become of a post that is out. Asking for it twice changes nothing there, so it is repeated until it is done. `at`: when it is tried
 * next, -1: it could not be done, and waits for a person. `because`: what came in between.
 */
export interface Change {
  readonly what: 'edit' | 'remove'
  readonly at: Instant
  readonly because: Trouble | null
  /** Of an edit: the parts before it say what they are to say. Absent: 0. */
  readonly from?: number
}

/** A person in the outbox, or the plan: the post is not scheduled any more, or does not go to this channel. */
export type Canceller = 'you' | 'plan'

/** Why a delivery waits for a person. */
export type Reason =
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  /** It may be out. `why`: the network cannot be asked, did not show it clearly, or does not let us in to look. */
  | { readonly kind: 'unclear'; readonly why: 'cannot-ask' | 'not-seen' | 'no-access' }
  /**
   * The row that said so is lost: `rebuilt`: it may be out, `rebuilt-ahead`: it may lie at the network, `begun-before`: a commit was begun that the
   * row does not know of. `in-between`: something on the way, or a certificate, let nothing through. `planned-late`: its grace was over before it was scheduled.
   */
  | {
      readonly kind: 'missed'
      readonly because:
        | 'asleep'
        | 'offline'
        | 'in-between'
        | 'paused'
        | 'held'
        | 'limit'
        | 'queue'
        | 'planned-late'
        | 'rebuilt'
        | 'begun-before'
        | 'rebuilt-ahead'
    }
  | { readonly kind: 'not-approved' }
  /** What was handed over could not be changed or taken back at the network. */
  | {
      readonly kind: 'stuck-there'
      readonly wanted: 'edit' | 'remove'
      readonly afterwards: 'planned' | 'cancelled' | 'handed-over'
      readonly goesOut: Instant
    }
  /** The network did not make it visible in time, or it was taken away there. */
  | { readonly kind: 'not-out'; readonly why: 'late' | 'removed' }
  | { readonly kind: 'our-fault'; readonly details: string }

/** Published, but not as it was meant. `because`: a sentence, '' when the network says nothing. */
export interface Mark {
  readonly kind: 'private' | 'in-review' | 'processing' | 'removed' | 'deleted' | 'partial' | 'too-late-to-cancel'
  readonly because: string
}

export interface SentPart {
  /** '' where nobody told. */
  readonly remoteId: string
  readonly at: Instant
  /** It is not there any more, while other parts are. */
  readonly gone?: true
}

export interface Delivery {
  /** That of the placement: asking for it twice finds the same row. */
  readonly id: string
  readonly postId: string
  readonly channelId: string
  /** When it is meant to go out, and what the plan said when that was last taken from it. */
  readonly dueAt: Instant
  readonly plannedFor: Instant
  /** When it was planned for that, where that was over by then. Absent: before. */
  readonly plannedAt?: Instant
  /** When the text was last touched, as far as this delivery has heard. */
  readonly contentAt: Instant
  readonly state: DeliveryState
  /** Id of the frozen content, '' while there is none; later edits of the post do not reach it. */
  readonly attempt: string
  /** When the text had been touched that this holds. Absent: what was last heard of. */
  readonly takenAt?: Instant
  /** Milliseconds its files took to be made once it was due: its grace is longer by that. Absent: none to speak of. */
  readonly madeIn?: number
  /** How many parts that has. */
  readonly parts: number
  readonly sent: readonly SentPart[]
  /** The commit of the next part that nobody answered; null: all that was said is known. */
  readonly unanswered: { readonly since: Instant } | null
  /** Commits made so far: an answer names the one it belongs to. */
  readonly commits: number
  /** The account that the last commit was made as (`keyOf`). Absent: nobody told. */
  readonly sentBy?: string
  /** Commits of the part on its way whose answers were lost. */
  readonly lost: number
  /** The network says it has this already; not seeing it then allows nothing. */
  readonly doubled: boolean
  /** Failures in a row. */
  readonly tries: number
  /** The access was renewed for the step that is tried. */
  readonly renewed: boolean
  /** When a person last asked for it, 0: never. Lateness is counted from then on. */
  readonly askedAt: Instant
  readonly held: boolean
  /** The content is made to be handed over and to go out then; -1: to go out at once. */
  readonly aheadFor: Instant
  /** The database was brought back when it may have been out there: what comes under it is asked about, as that may be out, too. Absent: it was not. */
  readonly asksFirst?: true
  /** false once it turned out that this content cannot be handed over. */
  readonly mayGoAhead: boolean
  /** The network does not take it ahead yet, and is asked again then. Absent: it said nothing of the kind. */
  readonly aheadAfter?: Instant
  /** Cancelled while it could not be stopped any more. */
  readonly stop: '' | Canceller
  /** '' until the network told. */
  readonly permalink: string
  /** Derived, so that they can be indexed: when to look at it again (-1: when something happens), the channel while it stands in its queue, its place there. */
  readonly wakeAt: Instant
  readonly queue: string
  readonly place: Instant
}

export interface Abilities {
  readonly find: boolean
  readonly see: boolean
  readonly edit: boolean
  readonly remove: boolean
  /** Removing a post takes what answers it along. */
  readonly takesAlong?: boolean
  /** Milliseconds ahead within which the network takes a post to publish by itself; null: it does not. */
  readonly schedules: { readonly soonest: number; readonly latest: number } | null
}

/** Of who cannot be asked. */
export const NO_ABILITIES: Abilities = { find: false, see: false, edit: false, remove: false, schedules: null }

/** The circumstances of one delivery, read together with its row. */
export interface Policy {
  readonly way: 'network' | 'by-hand'
  /** The account of the channel, as the network knows it (`keyOf`). Absent: nobody told. */
  readonly account?: string
  readonly abilities: Abilities
  /** Milliseconds it may be late and still go out by itself. */
  readonly grace: number
  /** When the grace is over: ask, or take the next slot of the channel. */
  readonly late: 'ask' | { readonly slot: Instant }
  /** The post is (still) meant to go out on this channel. */
  readonly approved: boolean
  readonly paused: boolean
  /** A person paused it: nothing of it is to go out, nor at the network by itself. Absent: no. */
  readonly heldBack?: boolean
  readonly limitedUntil: Instant
  readonly online: boolean
  /** No delivery of the channel stands before it. */
  readonly turn: boolean
  /** 0 up to 1, for the jitter. */
  readonly random: number
  /** What Outpost's own waits for the network are multiplied by: 1, with a practice account less. A wait the network asks for is kept as it is. */
  readonly pace: number
}

/** A delivery that nothing has happened to yet. */
export const newDelivery = (fields: Pick<Delivery, 'id' | 'postId' | 'channelId' | 'dueAt' | 'contentAt'>): Delivery =>
  derived({
    ...fields,
    plannedFor: fields.dueAt,
    state: { kind: 'planned' },
    attempt: '',
    parts: 0,
    sent: [],
    unanswered: null,
    commits: 0,
    lost: 0,
    doubled: false,
    tries: 0,
    renewed: false,
    askedAt: 0,
    held: false,
    aheadFor: -1,
    mayGoAhead: true,
    stop: '',
    permalink: '',
    wakeAt: fields.dueAt,
    queue: '',
    place: fields.dueAt,
  })

/** Nothing more happens to it by itself, but that it is read back. */
export const hasEnded = ({ state }: Pick<Delivery, 'state'>): boolean =>
  state.kind === 'published' || state.kind === 'cancelled'

const ON_THE_WAY: ReadonlySet<DeliveryKind> = new Set(['due', 'sending', 'retrying', 'reconciling'])
/** Whether those after it in its channel wait for it. What is handed over ahead is put in order by the network. */
export const standsInQueue = ({ state, held, aheadFor }: Delivery): boolean =>
  ON_THE_WAY.has(state.kind) && aheadFor < 0 && (!held || state.kind === 'reconciling' || state.kind === 'sending')

/**
 * Whether its network has published the post by itself, and what comes under it, a first comment, is what is on its way, or waits for a person. No time of
 * the plan is its own.
 */
export const isFollowing = ({ state, sent, aheadFor }: Pick<Delivery, 'state' | 'sent' | 'aheadFor'>): boolean =>
  aheadFor >= 0 &&
  sent.length > 0 &&
  (ON_THE_WAY.has(state.kind) ||
    (state.kind === 'needs-you' && state.reason.kind !== 'stuck-there' && state.reason.kind !== 'not-out'))

/**
 * Whether it is to be handed over before its time, and something came in between: it is not late. What waits until its time, or longer, is not handed
 * over any more.
 */
export const isHandingOver = ({ state, sent, aheadFor }: Pick<Delivery, 'state' | 'sent' | 'aheadFor'>): boolean =>
  sent.length === 0 &&
  ((state.kind === 'due' && state.after < aheadFor) || (state.kind === 'retrying' && state.at < aheadFor))

/** When its grace is over: the moment after which it does not go out by itself any more. */
export const lateEnd = ({ dueAt, askedAt, sent, madeIn = 0 }: Delivery, { grace }: Pick<Policy, 'grace'>): Instant =>
  Math.max(dueAt, askedAt, sent.at(-1)?.at ?? 0) + Math.max(grace, PUNCTUAL) + madeIn

/** When what went out is read back next; Infinity: it has been, often enough. */
export const nextRead = ({ state }: Delivery): Instant =>
  state.kind === 'published' && state.reads < READ_BACKS.length
    ? Math.max(state.at + (READ_BACKS[state.reads] ?? 0), state.readAt ?? 0)
    : Infinity

/** What the network calls it; '' before it is there, or where it does not say. */
export const remoteOf = (d: Delivery): string => d.sent[0]?.remoteId ?? ''

/** It was taken away before, and that was told. */
export const isGone = ({ state }: Pick<Delivery, 'state'>): boolean =>
  state.kind === 'published' && state.mark?.kind === 'removed'

/** Nothing is wanted of it there, and for all that is known it is there: its network can be asked how. */
export const isStillThere = (d: Delivery): boolean => {
  const { state } = d
  if (remoteOf(d) === '') return false
  if (state.kind === 'handed-over') return state.pending === ''
  return state.kind === 'published' && !state.change && state.mark?.kind !== 'deleted' && !isGone(d)
}

/** The row with what is derived from it. */
export function derived(d: Delivery, policy?: Policy): Delivery {
  const place = Math.max(d.dueAt, d.askedAt)
  return { ...d, place, queue: standsInQueue(d) ? d.channelId : '', wakeAt: wakeOf(d, policy) }
}

function wakeOf(d: Delivery, policy?: Policy): Instant {
  const { state } = d
  switch (state.kind) {
    case 'planned': {
      const latest = policy?.way === 'network' && d.mayGoAhead ? (policy.abilities.schedules?.latest ?? 0) : 0
      return Math.min(d.dueAt, Math.max(0, d.dueAt - latest, d.aheadAfter ?? 0))
    }
    case 'due':
      return state.after
    case 'sending':
      return state.step === 'preparing' ? state.after : -1
    case 'retrying':
    case 'reconciling':
    case 'handed-over':
      return state.at
    case 'needs-you':
      return state.reason.kind === 'stuck-there' ? state.reason.goesOut + READ_BACKS[0] : -1
    case 'published': {
      if (state.change) return state.change.at
      const at = policy?.abilities.see && remoteOf(d) !== '' ? nextRead(d) : Infinity
      return Number.isFinite(at) ? at : -1
    }
    case 'hand-off':
    case 'cancelled':
      return -1
  }
}
