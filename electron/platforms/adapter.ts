/**
 * What Outpost asks of a network. One file per network implements it over Node's own `fetch` (which never repeats a request by
 * itself) and nothing else; every one passes the same contract suite in `tests/contract/platforms`.
 *
 * What is sent and what comes back is described in `shared/domain/publishing.ts`.
 */
import type { NetworkId } from '../../shared/domain/channel.ts'
import type {
  Account,
  Committed,
  Counted,
  Done,
  Found,
  Heard,
  Job,
  Memory,
  Seen,
  Step,
} from '../../shared/domain/publishing.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import type { Result } from '../../shared/lib/result.ts'

export type { FieldValue } from '../../shared/domain/placement.ts'
export type {
  Account,
  Committed,
  Counted,
  Counts,
  Done,
  Found,
  Heard,
  Job,
  Memory,
  Message,
  Metric,
  Part,
  Seen,
  SentMedium,
  Step,
} from '../../shared/domain/publishing.ts'

/** Only ever in the shell: in the vault, and in the memory of an adapter while it works. */
export type Secrets = Readonly<Record<string, string>>

export interface Tools {
  /** Node's fetch with a time limit, no redirects followed; throws as fetch does. Every exchange is logged with secrets masked. */
  fetch(address: string, init?: RequestInit & { readonly timeout?: number }): Promise<Response>
  now(): Instant
  readonly secrets: Secrets
  /** Bytes of a medium from a byte on, put `into` an array of that length where one is given; films are never held whole. */
  read(mediumId: string, from: number, length: number, into?: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>
  /** Percent of the part that is sent. */
  progress(percent: number): void
}

export type Connected =
  | { readonly kind: 'connected'; readonly account: Account; readonly secrets: Secrets }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

export interface Adapter {
  readonly network: NetworkId
  readonly api: { readonly version: string; readonly asOf: string }
  /** Checks pasted secrets or the answer of a sign-in and says whose account it is. */
  connect(given: Secrets, tools: Tools): Promise<Connected>
  /** The accounts a person's access reaches, where it may be several; one of their ids is then given as `page`. */
  choices?(
    given: Secrets,
    tools: Tools,
  ): Promise<Result<readonly { readonly id: string; readonly name: string }[], Trouble>>
  /** Renews an access; what it gives is stored before it is used. Absent: it does not run out or cannot be renewed. */
  refresh?(account: Account, tools: Tools): Promise<Connected>
  /**
   * Ids of the media of a part that the network fetches itself: their `address` is filled in before the part is prepared, and is there
   * when it is committed. Absent: it is sent bytes.
   */
  fetches?(job: Job, part: number, account: Account): readonly string[]
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
  /**
   * Changes a part of what is out, or what waits there: text, fields, time. May be repeated. `remoteId`: that of the part; `sent`: what is
   * there. What of it the network cannot change is refused (`shared/reach.ts`), never answered with `done`.
   */
  edit?(
    remoteId: string,
    sent: Job,
    job: Job,
    part: number,
    memory: Memory,
    account: Account,
    tools: Tools,
  ): Promise<Done>
  /**
   * Takes one part away, or back; done where it is not there. `target-gone` of what waited, where it may be out under another id: only a look
   * (`see`) tells then.
   */
  remove?(remoteId: string, account: Account, tools: Tools): Promise<Done>
  /** What is counted of a part that is out. What is not told is left out, never 0. Reads only. */
  metrics?(remoteId: string, account: Account, tools: Tools): Promise<Counted>
  /**
   * What people wrote under a part that is out, the newest first, each once; `page`: '' or the `next` of the page before. Reads only. Absent: the
   * network lets no program read it.
   */
  inbox?(remoteId: string, page: string, account: Account, tools: Tools): Promise<Heard>
  /** Removing a post takes what answers it along, such as its first comment. Absent: each part is removed by itself. */
  readonly takesAlong?: true
}
