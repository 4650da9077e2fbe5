/** Why an account was not connected, and what makes one ask before it is, in sentences. Pure. */

import { calledAs } from '../../../../shared/domain/accountStanding.ts'
import { type Channel, NETWORKS, type NetworkId, OWN_SERVER } from '../../../../shared/domain/channel.ts'
import { strangePage } from '../../../../shared/domain/deliveryWords.ts'
import type { Account as RemoteAccount } from '../../../../shared/domain/publishing.ts'
import type { Instant } from '../../../../shared/domain/time.ts'
import type { Trouble } from '../../../../shared/domain/trouble.ts'
import type { LeftBehind } from '../../../data/commands/accounts.ts'

/** Why an account was not connected. `field`: the one to look at, '' for none. Nothing was kept in any case. */
export function explainConnect(
  trouble: Trouble,
  networkId: NetworkId,
  time: (at: Instant) => string,
): { readonly field: string; readonly sentence: string } {
  const whole = (sentence: string) => ({ field: '', sentence })
  const network = NETWORKS[networkId].name
  /** An address is only asked for where everybody has a server of their own. */
  const hasAddress = OWN_SERVER.has(networkId)
  switch (trouble.kind) {
    case 'no-network':
      return whole(
        `${network} cannot be reached. Check ${hasAddress ? 'the address and your connection' : 'your connection'}, then try again.`,
      )
    case 'in-between':
      return whole(
        trouble.by === 'portal'
          ? `${strangePage(network)}, then try again.`
          : trouble.by === 'proxy'
            ? 'The proxy of this network asks for a password. Write it into HTTPS_PROXY (http://name:password@proxy:port), then start Outpost again.'
            : `The certificate that ${network} showed is not right, so nothing was sent. ${
                hasAddress
                  ? 'Check the address and the clock of this computer, or have the certificate renewed.'
                  : 'Check the clock of this computer, or ask whoever runs the network you are in.'
              }`,
      )
    case 'access-expired':
      return whole(`${network} says that this access has ended. Make a new one there and paste it.`)
    case 'access-withdrawn':
      if (trouble.stopped)
        return whole(
          `${network} has stopped this account for now${trouble.reason === '' ? '' : ` (${trouble.reason})`}. Look in ${trouble.stopped} for what lifts that, and connect it once it is lifted.`,
        )
      return whole(
        `${network} does not accept this${trouble.reason === '' ? '' : `: ${trouble.reason.replace(/\.$/, '')}`}. Look whether all of it was copied, or make a new one there.`,
      )
    case 'not-permitted':
      return whole(
        trouble.right === ''
          ? `This access is not enough: ${network} does not say what it lacks. Make a new one there with all the rights it needs, then paste it anew.`
          : `This access is not enough: ${network} asks for “${trouble.right}”. Give it that there, then paste it anew.`,
      )
    case 'rate-limited':
    case 'quota-used':
      return whole(`${network} asks us to wait until ${time(trouble.until)}. Try again then.`)
    case 'refused':
      return { field: trouble.field, sentence: refusedSentence(trouble, network) }
    case 'target-gone':
      return whole(
        `The account is not there on ${network} any more. ${hasAddress ? 'Look at the address, or connect' : 'Connect'} another one.`,
      )
    case 'clock-off':
      return whole(`The clock of this computer is wrong, and ${network} does not accept that. Set it, then try again.`)
    case 'server-fault':
      return whole(`${network} has trouble of its own just now. Try again in some minutes.`)
    default:
      return whole(
        `${network} answered what this version of Outpost does not understand. ${hasAddress ? 'Check the address, or update' : 'Try again later, or update'} Outpost.`,
      )
  }
}

const NEXT = 'Look at what you gave and at the settings of your app or account there, then try again.'

/** What is said of it here says what to do. The network's own words are told from that by standing in the details, and are quoted as its. */
function refusedSentence({ reason, details }: Extract<Trouble, { kind: 'refused' }>, network: string): string {
  if (reason === '') return `${network} does not take this. ${NEXT}`
  return bare(details).includes(bare(reason).slice(0, 80)) ? `${network} says: “${reason}” ${NEXT}` : reason
}

/** Answers are quoted as they came: JSON writes some characters in its own way. */
const bare = (text: string): string =>
  text
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\(.)/g, '$1')

/** Whether posting by oneself is a way on: the network lets this app, or this person, in for nothing. */
export const mayPostByHand = (trouble: Trouble): boolean =>
  trouble.kind === 'not-permitted' || (trouble.kind === 'refused' && trouble.field === '')

/**
 * What becomes of the posts of a channel that is disconnected, in sentences. `tried`: taking back what lies at the network was begun; `byHand`:
 * a person posts there and goes on doing so.
 */
export function leavingWords(
  { waiting, there, comingBack }: LeftBehind,
  { network, online, tried, byHand }: { network: string; online: boolean; tried: boolean; byHand: boolean },
): readonly string[] {
  const [posts, are, they, their] =
    there === 1 ? ['post', 'is', 'it goes', 'its'] : ['posts', 'are', 'they go', 'their']
  const lie = tried
    ? comingBack > 0
      ? `${comingBack} of the ${there} ${posts} on ${network} ${comingBack === 1 ? 'is' : 'are'} being taken back. Disconnected before that is done, ${they} out there at ${their} time.`
      : `${there} ${posts} could not be taken back: ${they} out on ${network} at ${their} time. Delete them there if they are not to.`
    : online
      ? `${network} has ${there} ${posts} already, to publish by itself: ${there === 1 ? 'it' : 'they'} ${are} taken back first.`
      : `${network} has ${there} ${posts} already, and only online can ${there === 1 ? 'it' : 'they'} be taken back: disconnected now, ${they} out there at ${their} time.`
  const wait = byHand
    ? 'You go on posting there yourself, and are reminded.'
    : waiting === 0
      ? ''
      : `${waiting === 1 ? '1 post that waits' : `${waiting} posts that wait`} to go out ${waiting === 1 ? 'is' : 'are'} cancelled, and nobody is reminded of ${waiting === 1 ? 'it' : 'them'}: switch on “I post it myself” afterwards if you want to be.`
  return [there === 0 ? '' : lie, wait].filter(Boolean)
}

/** What becomes of the key to an account. `sharing`: names of other channels of the workspace that use it. */
export function keyWords(network: string, sharing: readonly string[]): string {
  const [first] = sharing
  if (first === undefined)
    return `The key to it is deleted from this computer, for every workspace here; this cannot be undone. Posts stay in the plan. On ${network} itself the key holds until it is withdrawn there.`
  const others = sharing.length === 1 ? '' : ` and ${sharing.length - 1} more`
  return `The key to it stays on this computer, since “${first}”${others} ${sharing.length === 1 ? 'uses' : 'use'} the same account. Posts stay in the plan.`
}

const plainHandle = (text: string): string => text.trim().replace(/^@/, '').toLowerCase()
const plainAddress = (text: string): string =>
  text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '')
    .toLowerCase()

/** Sites are known by their address, whoever writes there. */
const SITES: ReadonlySet<string> = new Set(['wordpress', 'ghost'])

/**
 * What makes one ask before an account is taken for that of a channel, in sentences. `others`: accounts of the workspace, with the
 * names of their channels.
 */
export function doubtsOf(
  channel: Channel,
  account: RemoteAccount,
  before: RemoteAccount | undefined,
  others: readonly { readonly account: RemoteAccount; readonly channel: string }[],
): readonly string[] {
  const doubts: string[] = []
  const who = calledAs(account)
  const [planned, told] = SITES.has(channel.network)
    ? [channel.address, account.host]
    : [channel.handle, account.handle]
  const same = SITES.has(channel.network)
    ? plainAddress(planned) === plainAddress(told)
    : plainHandle(planned) === plainHandle(told) || plainHandle(planned) === plainHandle(told).split('@')[0]
  const renamed = before !== undefined && isSameAccount(before, account)
  if (planned !== '' && told !== '' && !same)
    doubts.push(
      renamed
        ? `“${channel.name}” is planned for ${planned}, and the same account is called ${who} there now.`
        : `“${channel.name}” is planned for ${planned}, and this is ${SITES.has(channel.network) ? told : who}.`,
    )
  if (before && !isSameAccount(before, account))
    doubts.push(
      `“${channel.name}” was connected as ${calledAs(before)}, and this is another account: ${who}. The key to ${calledAs(before)} stays on this computer, since another workspace may use it; disconnect it first to delete that. What is out or waits as ${calledAs(before)} is no longer looked at, changed or taken back from here; disconnecting first takes back what waits.`,
    )
  const taken = others.find((one) => isSameAccount(one.account, account))
  if (taken) doubts.push(`${who} is connected to “${taken.channel}” already. Posts of both would go to one account.`)
  return [...doubts, ...lackingRights(account)]
}

/** What a user of a site may not do, as far as it tells. */
function lackingRights(account: RemoteAccount): string[] {
  const { rights } = account.facts
  if (!Array.isArray(rights)) return []
  const who = calledAs(account)
  return [
    ...(rights.includes('publish_posts')
      ? []
      : [
          `${who} may not publish on this site, only send for review. Ask an admin there to make them an author or editor.`,
        ]),
    ...(rights.includes('upload_files')
      ? []
      : [
          `${who} may not upload files to this site, so nothing with a picture can go there. Ask an admin there for that right.`,
        ]),
  ]
}

/** The channel that is called as an account is, by its name or its handle. */
export const matchingChannel = (name: string, channels: readonly Channel[]): Channel | undefined =>
  channels.find((channel) =>
    [channel.name, channel.handle].some((own) => own !== '' && plainHandle(own) === plainHandle(name)),
  )

/** By what the network calls it, as the vault does. */
export const isSameAccount = (a: RemoteAccount, b: RemoteAccount): boolean =>
  a.network === b.network && a.host === b.host && a.remoteId === b.remoteId
