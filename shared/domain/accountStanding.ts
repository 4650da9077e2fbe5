/** How the account of a channel stands, in a sentence: what happened, why, what to do. Pure. */
import { type Account, isConnected, isHeldBack, isOfChange, type Pause } from './account.ts'
import { type Channel, NETWORKS, type NetworkId } from './channel.ts'
import { explainTrouble } from './deliveryWords.ts'
import type { Account as RemoteAccount } from './publishing.ts'
import type { Instant } from './time.ts'

const DAY = 86_400_000

/**
 * Networks whose access is over once its date has passed, so that a person is told before. Elsewhere what a person pastes never ends, or
 * (unless it came without what renews it) is renewed whenever it is needed, even after it ran out: a date near at hand is no reason to warn.
 */
const ENDS: ReadonlySet<NetworkId> = new Set(['facebook', 'instagram', 'linkedin', 'threads'])
/** Those of them that give a longer access for one that still holds. */
const RENEWABLE: ReadonlySet<NetworkId> = new Set(['facebook', 'instagram', 'threads'])

/**
 * Elsewhere an access is renewed whenever it is used, and dies when it is not: so long after its date what renews it is over. Sources: notes on
 * each network, section 1 (Pinterest 60 days, 30 of them its access; TikTok a year; Google half a year). What a network tells of it with an access
 * counts more (`lastsUntil`). Where none is known, none is guessed.
 */
const LIVES_ON: Partial<Record<NetworkId, number>> = { pinterest: 30 * DAY, tiktok: 364 * DAY, youtube: 180 * DAY }

/** How long before an access ends a person is told. */
const TOLD_AHEAD = 14 * DAY

export interface Standing {
  readonly kind: 'none' | 'by-hand' | 'well' | 'ends' | 'reconnect' | 'paused'
  /** For a cell of a table. */
  readonly short: string
  /** What happened, why, what to do. */
  readonly sentence: string
  /** The network's own words; '' when it said nothing. */
  readonly details: string
}

/** What the account is called: the handle where there is one. */
export const calledAs = ({ handle, name }: Pick<RemoteAccount, 'handle' | 'name'>): string => handle || name

/** `day`: a moment as a day on the clock of the reader, with or without its hour. */
export function standingOf(
  { network, name }: Pick<Channel, 'network' | 'name'>,
  account: Account | undefined,
  now: Instant,
  day: (at: Instant) => string,
): Standing {
  const networkName = NETWORKS[network].name
  if (!account)
    return {
      kind: 'none',
      short: 'Not connected',
      sentence: `“${name}” is not connected: nothing is sent, and nobody is reminded. Connect it, or switch on “I post it myself”.`,
      details: '',
    }
  if (!isConnected(account) && account.pause)
    return {
      kind: 'paused',
      short: 'Paused',
      sentence: `You post on “${name}” yourself, and it is paused: you are not reminded${untilLetGo(account.pause)}`,
      details: '',
    }
  if (!isConnected(account))
    return {
      kind: 'by-hand',
      short: 'By hand',
      sentence: `You post on “${name}” yourself. Outpost reminds you when it is time, with everything ready.`,
      details: '',
    }
  const who = calledAs(account)
  const { pause } = account
  if (pause?.why === 'trouble') {
    const { trouble } = pause
    const sentence = explainTrouble(trouble, {
      network: networkName,
      account: who,
      time: day,
      online: true,
      paused: true,
    })
    return {
      kind: 'reconnect',
      short: isStopped(account) ? 'Stopped there' : isOfChange(account) ? 'Update Outpost' : 'Connect again',
      sentence: isHeldBack(account)
        ? `${sentence} It is paused, too: nothing goes out until you let it go on.`
        : sentence,
      details: trouble.details,
    }
  }
  if (endsWithin(account, now, 0))
    return {
      kind: 'reconnect',
      short: 'Connect again',
      sentence: `The access to ${who} ended ${day(endOf(account))}. Connect it again; its posts wait.`,
      details: '',
    }
  if (endsWithin(account, now, TOLD_AHEAD))
    return {
      kind: 'ends',
      short: `Ends ${day(endOf(account))}`,
      sentence: `The access to ${who} ends ${day(endOf(account))}${atLatest(account)}${pause ? ', and it is paused' : ''}. Connect it again before; everything stays.`,
      details: '',
    }
  if (pause)
    return {
      kind: 'paused',
      short: 'Paused',
      sentence: `Connected as ${who}, and paused: nothing goes out${untilLetGo(pause)}`,
      details: '',
    }
  if (account.byHand)
    return {
      kind: 'by-hand',
      short: 'By hand',
      sentence: `Connected as ${who}, and you post yourself: Outpost reminds you when it is time.`,
      details: '',
    }
  return { kind: 'well', short: 'Connected', sentence: `Connected as ${who}.`, details: '' }
}

/** How a sentence about a paused account ends: why it is, and what lifts that. */
const untilLetGo = ({ why }: Pause): string =>
  why === 'copy'
    ? '. This workspace was made of a copy, and the other one may post the same: let it go on only where one of them does.'
    : ' until you let it go on.'

type Ending = Pick<Account, 'network' | 'expiresAt' | 'facts'>

/** Whether anything could renew its access: an adapter says where it has nothing for that. */
const isLasting = ({ facts }: Pick<Account, 'facts'>): boolean => facts.lasting !== false

/** When an access is over for good unless it is renewed before; Infinity: never, as far as is known. */
export function endOf({ network, expiresAt, facts }: Ending): Instant {
  if (!ENDS.has(network) && isLasting({ facts }) && typeof facts.lastsUntil === 'number')
    return Math.max(facts.lastsUntil, expiresAt ?? 0)
  const livesOn = ENDS.has(network) || !isLasting({ facts }) ? 0 : LIVES_ON[network]
  return expiresAt === null || livesOn === undefined ? Number.POSITIVE_INFINITY : expiresAt + livesOn
}

/** Nobody can see when what was pasted was made. */
const atLatest = ({ facts }: Pick<Account, 'facts'>): string =>
  countedFrom(facts) === null ? '' : ' at the latest, as its days are counted from when it was pasted'

const countedFrom = ({ countedFrom: from }: Account['facts']): Instant | null =>
  typeof from === 'number' ? from : null

const endsWithin = (account: Ending, now: Instant, milliseconds: number): boolean =>
  endOf(account) - now <= milliseconds

/** Whether a person is to be notified that an access ends, or has ended: once for each end. */
export const isToTellEnd = (account: Account, now: Instant): boolean =>
  isConnected(account) &&
  !account.practice &&
  account.pause?.why !== 'trouble' &&
  endsWithin(account, now, TOLD_AHEAD) &&
  account.toldEnd !== endOf(account)

/** Its network lets it post nothing for now, whatever access it is given. */
export const isStopped = ({ pause }: Pick<Account, 'pause'>): boolean =>
  pause?.why === 'trouble' && pause.trouble.kind === 'access-withdrawn' && pause.trouble.stopped !== undefined

/** Whether a person may let it go on as it is: what paused it is theirs to lift, and no other access is needed. */
export const mayGoOn = (account: Pick<Account, 'pause'>): boolean =>
  account.pause !== null && (account.pause.why !== 'trouble' || isStopped(account) || isOfChange(account))

/** Whether a person can have the access made longer without pasting anything. */
export const canRenew = ({ network, expiresAt, facts }: RemoteAccount): boolean =>
  expiresAt !== null && RENEWABLE.has(network) && isLasting({ facts })

/** How long before its end an access is renewed by itself: sooner than a person is told. */
const RENEWED_AHEAD = 20 * DAY

/** Networks renew no younger one. Source: notes on Instagram and Threads, section 1. */
const RENEWED_FROM = DAY

/** Whether its end is only counted, and a renewal would tell it. */
const isUncertain = ({ network, facts }: Ending, now: Instant): boolean => {
  const from = countedFrom(facts)
  return RENEWABLE.has(network) && from !== null && now >= from + RENEWED_FROM
}

/** Whether the access is to be renewed now, while it still holds; whether it can be is its network's to say. */
export const isToRenew = (account: Ending & Pick<Account, 'pause'>, now: Instant): boolean =>
  isLasting(account) &&
  (account.pause === null || account.pause.why === 'you') &&
  (endsWithin(account, now, RENEWED_AHEAD) || isUncertain(account, now)) &&
  endOf(account) > now

/** What a post takes from its time until it is out, and clocks differ by; milliseconds. */
const TAKES = 300_000

/** Whether an access that can be renewed is over before a post that is due at `at` is out. */
export const runsOutBefore = (account: Ending & Pick<Account, 'pause' | 'byHand'>, at: Instant): boolean =>
  isLasting(account) &&
  account.pause === null &&
  !account.byHand &&
  account.expiresAt !== null &&
  account.expiresAt <= at + TAKES
