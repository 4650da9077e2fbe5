/** An account: a channel that is connected to its network. What is secret about it lies in the vault of the shell, under its id. */
import { type Channel, OWN_SERVER } from './channel.ts'
import type { Delivery } from './delivery.ts'
import type { Account as RemoteAccount } from './publishing.ts'
import type { Instant } from './time.ts'
import type { Trouble } from './trouble.ts'

export interface Account extends RemoteAccount {
  /** That of its channel: connecting it again keeps everything. */
  readonly id: string
  readonly connectedAt: Instant
  /** Nothing goes out while it is paused. */
  readonly pause: Pause | null
  /** The network asked not to be called before. */
  readonly limitedUntil: Instant
  /** Posts are made by a person, who is reminded of them. */
  readonly byHand: boolean
  /** Speaks to the practice networks, never to real ones. */
  readonly practice: boolean
  /** The end of its access that a person was notified of; absent: of none. */
  readonly toldEnd?: Instant
}

/**
 * `you`: a person paused it. `trouble`: what the network said stops everything of it. `copy`: this workspace is a copy of another,
 * which may be publishing the same posts. `version`: of the Outpost that was told so; absent: of one that did not write it down.
 * `held`: when a person paused it as well; absent: nobody did.
 */
export type Pause =
  | { readonly why: 'you'; readonly since: Instant }
  | { readonly why: 'copy'; readonly since: Instant; readonly held?: Instant }
  | {
      readonly why: 'trouble'
      readonly since: Instant
      readonly trouble: Trouble
      readonly version?: string
      readonly held?: Instant
    }

type Paused = Pick<Account, 'pause'>

const heldSince = (pause: Pause | null): Instant | undefined => (pause?.why === 'you' ? pause.since : pause?.held)

/** Whether a person holds it back, whatever else stops it. */
export const isHeldBack = ({ pause }: Paused): boolean => heldSince(pause) !== undefined

/** Held back by a person from now on. What stops it already stays known. */
export function heldBack({ pause }: Paused, now: Instant): Pause {
  if (!pause) return { why: 'you', since: now }
  return pause.why === 'you' || pause.held !== undefined ? pause : { ...pause, held: now }
}

/** No person holds it back any more. What else stops it stops it still. */
export function letGo({ pause }: Paused): Pause | null {
  if (!pause || pause.why === 'you') return null
  const { held: _over, ...left } = pause
  return left
}

/** What else stopped it is over. A person who holds it back holds it still. */
export function mended({ pause }: Paused): Pause | null {
  const since = heldSince(pause)
  return since === undefined ? null : { why: 'you', since }
}

/** Its network speaks a newer language than the Outpost that met it: another access is no help, another Outpost is. */
export const isOfChange = ({ pause }: Paused): boolean => pause?.why === 'trouble' && pause.trouble.kind === 'changed'

/** Whether an Outpost of this version may try again what an earlier one could not speak to. */
export const isOfOtherVersion = ({ pause }: Paused, version: string): boolean =>
  pause?.why === 'trouble' && pause.version !== undefined && pause.version !== version

/** Whether there is anything at the network behind it: a channel that is only posted by hand has an account that names nobody. */
export const isConnected = ({ remoteId }: Pick<Account, 'remoteId'>): boolean => remoteId !== ''

/** What a delivery remembers an account by: its network's own key of it, never its name. */
export const keyOf = ({ network, host, remoteId }: RemoteAccount): string => `${network} ${host} ${remoteId}`

/**
 * Whether the network can be asked about a delivery as this account: what went out as another one it does not know, and would call taken away. What
 * nothing is out of goes out as whichever is connected.
 */
export const mayAskAbout = (account: RemoteAccount, d: Pick<Delivery, 'sent' | 'unanswered' | 'sentBy'>): boolean =>
  isConnected(account) &&
  (d.sentBy === undefined || d.sentBy === keyOf(account) || (d.sent.length === 0 && d.unanswered === null))

/** The account of a channel that is posted by hand and connected with nothing. */
export const handAccount = (
  { id, network, name, handle }: Pick<Channel, 'id' | 'network' | 'name' | 'handle'>,
  connectedAt: Instant,
): Account => ({
  id,
  network,
  remoteId: '',
  handle,
  name,
  host: '',
  facts: {},
  expiresAt: null,
  connectedAt,
  pause: null,
  limitedUntil: 0,
  byHand: true,
  practice: false,
})

/**
 * The server an account is on, as a sentence names it; nothing where its network is one for all. The host of Bluesky's own accounts is one of its
 * many machines, which nobody needs to read.
 */
export const serverOf = (account: Pick<Account, 'network' | 'host'> | undefined): { readonly server?: string } =>
  account && account.host !== '' && account.network !== 'bluesky' && OWN_SERVER.has(account.network)
    ? { server: account.host.replace(/^https:\/\//, '') }
    : {}
