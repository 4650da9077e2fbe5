/** What can happen to a delivery, and what is to be done about it. */
import type { Canceller, Delivery } from './delivery.ts'
import type { Begun, CommitAnswer, Done, Found, Memory, Seen, Step } from './publishing.ts'
import type { Instant } from './time.ts'
import type { Trouble } from './trouble.ts'

export type DeliveryEvent =
  /** Time has passed, the network is there, a pause is over: look what is to be done. */
  | { readonly kind: 'wake' }
  /** Its content is written down. `aheadFor`: made to be handed over, -1: to go out at once. */
  | {
      readonly kind: 'begun'
      readonly attempt: string
      readonly parts: number
      /** What comes after its first part may wait until the network has published that: a comment, not the parts of a thread. Absent: it may not. */
      readonly follows?: true
      readonly aheadFor: Instant
      /** When the text had been touched that was taken. */
      readonly contentAt: Instant
      /** Milliseconds its files took to be made; absent: no time to speak of. */
      readonly took?: number
    }
  | { readonly kind: 'not-begun'; readonly trouble: Trouble }
  | { readonly kind: 'prepared'; readonly attempt: string; readonly part: number; readonly outcome: Step }
  | {
      readonly kind: 'committed'
      readonly attempt: string
      readonly part: number
      readonly commit: number
      readonly outcome: CommitAnswer
    }
  | { readonly kind: 'found'; readonly attempt: string; readonly part: number; readonly outcome: Found }
  /**
   * `completed`: how it went to add what could not go with the post; absent: nothing was tried. `holds`: whether what waits there is what was sent
   * last, what the last try to change it said, and what is to be sent now, as far as the network tells; absent: nobody asked. `asked`: a person wanted
   * it looked at; absent: it was time to.
   */
  | {
      readonly kind: 'seen'
      readonly outcome: Seen
      readonly completed?: Done
      readonly asked?: true
      readonly holds?: { readonly sent: boolean; readonly tried: boolean; readonly wanted: boolean }
    }
  /** What a change of what waits there says is written down: it is asked for next. */
  | { readonly kind: 'trying'; readonly attempt: string }
  | {
      readonly kind: 'changed-there'
      readonly what: 'edit' | 'remove'
      readonly part: number
      /** Of an edit: other parts are still to be changed. */
      readonly more?: boolean
      /** What is there now and when that had been touched; of a removal '' and 0. */
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
  /**
   * The database was brought back from outside: what happened last may be missing. `begun`: the last commit that the shell knows of; absent: none,
   * or it cannot tell.
   */
  | { readonly kind: 'rebuilt'; readonly begun?: Begun }
  /** The clock of this computer was set, or it slept. `back`: milliseconds by which it was set back; 0 or absent: it was not. */
  | { readonly kind: 'clock-jumped'; readonly back?: number }
  | { readonly kind: 'edited'; readonly contentAt: Instant }
  | { readonly kind: 'moved'; readonly dueAt: Instant }
  | { readonly kind: 'cancelled'; readonly by: Canceller }
  | { readonly kind: 'planned-again'; readonly by: Canceller }
  | { readonly kind: 'held' }
  | { readonly kind: 'released' }
  | { readonly kind: 'send-now' }
  | { readonly kind: 'retried' }
  /** `parts`: how many it was to have, where it lies there and the row does not know; absent: 1. */
  | { readonly kind: 'is-there'; readonly remoteId: string; readonly permalink: string; readonly parts?: number }
  | { readonly kind: 'send-again' }
  | { readonly kind: 'handed-off'; readonly permalink: string }
  /** What was changed at the network while it waits there: ours is put back, or theirs may stay. */
  | { readonly kind: 'ours-back' }
  | { readonly kind: 'theirs-kept' }
  /** The post here has become what waits there, so nothing is sent for it. */
  | {
      readonly kind: 'theirs-taken'
      /** Of what was taken over. */
      readonly print: string
      /** When it goes out there, and what the plan says of it: a plan has no seconds. */
      readonly goesOut: Instant
      readonly plannedFor: Instant
      /** The content as it is by now and when that had been touched; '': the one that was sent stays. */
      readonly attempt: string
      readonly contentAt: Instant
    }
  /** A person wants what is out changed to what the post is now, or taken away; or wants it no more. */
  | { readonly kind: 'change-out'; readonly what: 'edit' | 'remove' }
  | { readonly kind: 'leave-out' }
  | { readonly kind: 'reconnected' }

export type Effect =
  /** Calls: at most one comes out of an event, and its answer comes back as an event. */
  | { readonly kind: 'begin'; readonly aheadFor: Instant }
  | { readonly kind: 'prepare'; readonly attempt: string; readonly part: number }
  | { readonly kind: 'commit'; readonly attempt: string; readonly part: number; readonly commit: number }
  | { readonly kind: 'find'; readonly attempt: string; readonly part: number; readonly since: Instant }
  | { readonly kind: 'see'; readonly remoteId: string }
  /** Of the part that says something else by now (`nextEdit`). */
  | { readonly kind: 'edit' }
  | { readonly kind: 'remove'; readonly part: number; readonly remoteId: string }
  | { readonly kind: 'renew' }
  /** Written together with the row. */
  | { readonly kind: 'remember'; readonly memory: Memory }
  /** What was learned about this part is worth nothing any more; the others hold what a thread goes on from. */
  | { readonly kind: 'forget'; readonly part: number }
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
