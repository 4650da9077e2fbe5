/**
 * What is sent to a network and what it answers, as plain data: the page decides with it, the shell's adapters speak to the networks
 * (`electron/platforms/adapter.ts`).
 *
 * A delivery is a list of parts: the post, then the parts of its thread or its first comment. Each part is prepared in steps that may
 * be repeated freely, then made visible by ONE commit, which may not. What a step learns (upload handles, offsets, container ids) goes
 * into `memory`, plain JSON that is stored before the next step, so that work goes on where it stopped.
 */
import type { NetworkId } from './channel.ts'
import type { FieldValue } from './placement.ts'
import type { Instant } from './time.ts'
import type { Trouble } from './trouble.ts'

export type Memory = { readonly [key: string]: unknown }

/** A picture, film or document as the network is to get it: converted already. */
export interface SentMedium {
  readonly id: string
  readonly type: string
  readonly size: number
  readonly width: number
  readonly height: number
  /** Seconds; 0 for what does not run. */
  readonly duration: number
  readonly alt: string
  /** Where the network can fetch it; '' without a public media host. */
  readonly address: string
}

export interface Part {
  readonly kind: 'post' | 'thread' | 'comment'
  /** Plain text as it is to be seen, links and handles resolved. */
  readonly text: string
  /** Articles only. */
  readonly html: string
  readonly media: readonly SentMedium[]
}

/** What is sent, as it stood when the attempt was written down: later edits of the post do not reach it. */
export interface Job {
  readonly deliveryId: string
  /** The same content has the same one; goes where the network takes an idempotency key. */
  readonly fingerprint: string
  readonly format: string
  readonly title: string
  readonly fields: Readonly<Record<string, FieldValue>>
  readonly parts: readonly Part[]
  /** Handed over ahead: when the network is to make it visible by itself; null: now. */
  readonly publishAt: Instant | null
  /** What the first part is called there, once the network has published it by itself. Absent: it was not handed over. */
  readonly rootId?: string
}

export interface Account {
  readonly network: NetworkId
  /** The network's own key of the profile, never its name. */
  readonly remoteId: string
  readonly handle: string
  readonly name: string
  /** Server of the account (Mastodon, WordPress, Ghost, Bluesky) or the network's own. */
  readonly host: string
  /**
   * Limits and versions the server told of itself. Of the access itself: `lasting: false`, nothing renews it; `lastsUntil`, when what renews it is
   * over; `countedFrom`, from when its end is counted because it was pasted, and may be older.
   */
  readonly facts: Memory
  /** When the access runs out; null: never. */
  readonly expiresAt: Instant | null
}

export type Step =
  | { readonly kind: 'ready'; readonly memory: Memory }
  /** Ask again, not before `after`: an upload goes on, a film is being processed. */
  | { readonly kind: 'again'; readonly memory: Memory; readonly after: Instant }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

/** A limit that is all but met: whoever goes on before `until` runs into it. */
export interface Near {
  readonly until: Instant
  readonly shared: 'account' | 'app'
}

export type Committed =
  /** `near`: what the answer said besides; absent: nothing of the kind. */
  | { readonly kind: 'done'; readonly remoteId: string; readonly memory: Memory; readonly near?: Near }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

/** The last commit that was begun of a delivery, as the shell has written it down: a database that was brought back may not know of it. */
export interface Begun {
  readonly deliveryId: string
  /** Which of its commits it was. */
  readonly commit: number
  /** When that makes it visible. */
  readonly goesOut: Instant
}

/** `begun-before`: nothing was asked of the network, as a commit of that number, or of a later, was begun before. */
export type CommitAnswer = Committed | { readonly kind: 'begun-before'; readonly begun: Begun }

/** `absent` only from a listing that was read anew and reaches back to before the attempt. */
export type Found =
  | { readonly kind: 'there'; readonly remoteId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unclear' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

/** How a network shows a post. `partial`: it is out, and something that belongs to it is not. */
export const SEEN_AS = ['public', 'private', 'in-review', 'scheduled', 'processing', 'partial', 'removed'] as const

export type Seen =
  | {
      readonly kind: 'seen'
      readonly permalink: string
      readonly state: (typeof SEEN_AS)[number]
      /** Why it is not as it was meant, in a sentence. */
      readonly because: string
      /** Of what the network shows now: tells whether somebody changed it there. */
      readonly fingerprint: string
      /** What should have gone with it and did not, in a sentence; absent: nothing is known to be missing. */
      readonly lacks?: string
      /** Some networks give what they scheduled another id once it is out. */
      readonly remoteId: string
      /** What waits there, as far as the network tells: its text, of an article none; its title; when it goes out, null: it has no time. */
      readonly text?: string
      readonly title?: string
      readonly publishAt?: Instant | null
    }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

/** What networks count of a post that is out, each under one name whatever they call it: times shown, people reached, and what those did. */
export const METRICS = [
  'views',
  'reach',
  'likes',
  'comments',
  'reposts',
  'quotes',
  'shares',
  'saves',
  'clicks',
  'mailed',
  'opens',
  'signups',
] as const
export type Metric = (typeof METRICS)[number]
/** What a network does not tell is absent, which is another thing than 0. */
export type Counts = Readonly<Partial<Record<Metric, number>>>

/** `untold`: an access like this one is told none, or of posts like this one none are. */
export type Counted =
  | { readonly kind: 'counted'; readonly counts: Counts }
  | { readonly kind: 'untold' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

/** What somebody wrote under a post. */
export interface Message {
  readonly id: string
  /** As the network names them; '' where it does not say. */
  readonly author: string
  /** Plain. */
  readonly text: string
  readonly at: Instant
  /** By the account itself, such as its first comment. */
  readonly own: boolean
  /** '' where it has no address of its own. */
  readonly permalink: string
}

/** The newest first. `next`: what the page after this one is asked for by; '' after the last. */
export type Heard =
  | { readonly kind: 'heard'; readonly messages: readonly Message[]; readonly next: string }
  | { readonly kind: 'untold' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

export type Done = { readonly kind: 'done' } | { readonly kind: 'trouble'; readonly trouble: Trouble }
