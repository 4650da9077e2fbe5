/** Practising: accounts of networks in small on this computer. Their names say so, so that neither side can take one for the other. Pure. */
import type { NetworkId } from './channel.ts'

/** No real address can end so (RFC 2606). */
const PRACTICE_HOST = '.practice.invalid'

/** Where the practice account of a network is said to live. Nothing is ever sent there: the shell knows what it stands for. */
export const practiceHost = (network: NetworkId): string => `https://${network}${PRACTICE_HOST}`

export const isPractice = ({ host }: { readonly host: string }): boolean => host.endsWith(PRACTICE_HOST)

const PREFIX = 'practice-'

/** The channel of the practice account of a network: a workspace has one. */
export const practiceChannelId = (network: NetworkId): string => `${PREFIX}${network}`

/** Whether a channel was made for practising. It connects to nothing else, and no other channel to what it does. */
export const isPracticeChannel = ({ id }: { readonly id: string }): boolean => id.startsWith(PREFIX)

/** Whether an account is on the side of its channel: practice with practice, real with real. */
export const isOnItsSide = (channel: { readonly id: string }, account: { readonly host: string }): boolean =>
  isPracticeChannel(channel) === isPractice(account)
