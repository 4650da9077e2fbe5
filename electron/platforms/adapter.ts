/**
 * What Outpost asks of a network. One file per network implements it over Node's own `fetch` (which never repeats a request by
 * itself) and nothing else; every one passes the same contract suite in `tests/contract/platforms`.
 *
 * A delivery is a list of parts: the post, then the parts of its thread or its first comment. Each part is prepared in steps that may
 * be repeated freely, then made visible by ONE commit, which may not. What a step learns (upload handles, offsets, container ids) goes
 * into `memory`, plain JSON that is stored before the next step, so that work goes on where it stopped.
 */
import type { NetworkId } from '../../shared/domain/channel.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'

export type Memory = { readonly [key: string]: unknown }

export type FieldValue = string | boolean | readonly string[]

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
}

export interface Account {
  readonly network: NetworkId
  /** The network's own key of the profile, never its name. */
  readonly remoteId: string
  readonly handle: string
  readonly name: string
  /** Server of the account (Mastodon, WordPress, Ghost, Bluesky) or the network's own. */
  readonly host: string
  /** Limits and versions the server told of itself. */
  readonly facts: Memory
  /** When the access runs out; null: never. */
  readonly expiresAt: Instant | null
}

/** Only ever in the shell: in the vault, and in the memory of an adapter while it works. */
export type Secrets = Readonly<Record<string, string>>

export interface Tools {
  /** Node's fetch with a time limit, no redirects followed; throws as fetch does. Every exchange is logged with secrets masked. */
  fetch(address: string, init?: RequestInit & { readonly timeout?: number }): Promise<Response>
  now(): Instant
  readonly secrets: Secrets
  /** Bytes of a medium from a byte on; films are never held whole. */
  read(mediumId: string, from: number, length: number): Promise<Uint8Array<ArrayBuffer>>
  /** Percent of the part that is sent. */
  progress(percent: number): void
}

export type Step =
  | { readonly kind: 'ready'; readonly memory: Memory }
  /** Ask again, not before `after`: an upload goes on, a film is being processed. */
  | { readonly kind: 'again'; readonly memory: Memory; readonly after: Instant }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

export type Committed =
  | { readonly kind: 'done'; readonly remoteId: string; readonly memory: Memory }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

/** `absent` only from a listing that was read anew and reaches back to before the attempt. */
export type Found =
  | { readonly kind: 'there'; readonly remoteId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unclear' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

export type Seen =
  | {
      readonly kind: 'seen'
      readonly permalink: string
      readonly state: 'public' | 'private' | 'in-review' | 'scheduled' | 'processing' | 'removed'
      /** Why it is not public, in a sentence. */
      readonly because: string
      /** Of what the network shows now: tells whether somebody changed it there. */
      readonly fingerprint: string
      /** Some networks give what they scheduled another id once it is out. */
      readonly remoteId: string
    }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

export type Done = { readonly kind: 'done' } | { readonly kind: 'trouble'; readonly trouble: Trouble }

export type Connected =
  | { readonly kind: 'connected'; readonly account: Account; readonly secrets: Secrets }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

export interface Adapter {
  readonly network: NetworkId
  readonly api: { readonly version: string; readonly asOf: string }
  /** Checks pasted secrets or the answer of a sign-in and says whose account it is. */
  connect(given: Secrets, tools: Tools): Promise<Connected>
  /** Renews an access; what it gives is stored before it is used. Absent: it does not run out or cannot be renewed. */
  refresh?(account: Account, tools: Tools): Promise<Connected>
  /** One step towards the commit of a part. May be repeated. `memory` holds what earlier parts and steps left. */
  prepare(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Step>
  /** The one request that makes a part visible, or hands it over to be made so. Never repeated by anybody. */
  commit(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Committed>
  /** Looks for a part whose commit was not answered. Absent: the network cannot be asked. */
  find?(job: Job, part: number, memory: Memory, since: Instant, account: Account, tools: Tools): Promise<Found>
  /**
   * Gives a post that is out what could not go with it, such as a thumbnail. Asked once its id is stored; may be repeated, and its
   * trouble is none of the post.
   */
  complete?(remoteId: string, job: Job, memory: Memory, account: Account, tools: Tools): Promise<Done>
  /** What the network shows now. */
  see?(remoteId: string, account: Account, tools: Tools): Promise<Seen>
  /** Milliseconds ahead within which the network takes a post to publish by itself. */
  readonly schedules?: { readonly soonest: number; readonly latest: number }
  /** Changes what is out or waits there: text, fields, time. */
  edit?(remoteId: string, job: Job, memory: Memory, account: Account, tools: Tools): Promise<Done>
  remove?(remoteId: string, account: Account, tools: Tools): Promise<Done>
}
