/** What the outbox asks of the side that speaks to networks. The shell keeps the secrets of an account; the page knows its id only. */
import type { Account } from '../../shared/domain/account.ts'
import type { NetworkId } from '../../shared/domain/channel.ts'
import type { Abilities, Delivery } from '../../shared/domain/delivery.ts'
import type { Begun, CommitAnswer, Done, Found, Job, Memory, Seen, Step } from '../../shared/domain/publishing.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'

/** Trouble is a value; a call that throws is a fault on our side. */
export interface Publisher {
  abilities(network: NetworkId): Abilities
  prepare(account: Account, job: Job, part: number, memory: Memory): Promise<Step>
  /** Prepares the first part as far as the network need not be asked for it; null where it must be. */
  prepareHere(account: Account, job: Job): Promise<Step | null>
  /** The commit of that number begins no later than `notAfter`, else not at all (`no-network`). A throw counts as `unknown`. */
  commit(
    account: Account,
    job: Job,
    part: number,
    memory: Memory,
    commit: number,
    notAfter: Instant,
  ): Promise<CommitAnswer>
  /** The last commits of these deliveries that were begun, as they were written down outside the database. */
  begun(deliveries: readonly string[]): Promise<readonly Begun[]>
  find(account: Account, job: Job, part: number, memory: Memory, since: Instant): Promise<Found>
  /** Gives a post that is out what could not go with it, such as a thumbnail; may be repeated. Absent, or null: there is no such thing. */
  complete?(account: Account, remoteId: string, job: Job, memory: Memory): Promise<Done | null>
  see(account: Account, remoteId: string): Promise<Seen>
  /** Changes one part of what is out or waits there. */
  /** `sent`: what is there by now. */
  edit(account: Account, remoteId: string, sent: Job, job: Job, part: number, memory: Memory): Promise<Done>
  remove(account: Account, remoteId: string): Promise<Done>
  /** Renews the access; the shell stores the new one before it is used. */
  renew(account: Account): Promise<Renewed>
}

export type Renewed =
  /** As the network calls the account by now, where it says so when it renews. */
  | { readonly kind: 'renewed'; readonly told: Pick<Account, 'handle' | 'name' | 'facts' | 'expiresAt'> }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

/** How a post stands to what is out of it. */
export type Differs = 'same' | 'words' | 'parts'

/**
 * Makes what is sent out of a post as it is now. `haste`: what would take longer is refused. Without it a film may be made, which takes minutes;
 * a trouble of `begin-again`: it was changed meanwhile.
 */
export type Compose = (delivery: Delivery, publishAt: Instant | null, haste?: Haste) => Promise<Composed>
/** `words`: no file is made; `quick`: no film. */
export type Haste = 'words' | 'quick'
export type Composed =
  /** `contentAt`: when the post had been touched that was read. */
  | { readonly kind: 'job'; readonly job: Job; readonly contentAt: Instant }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
