/** What an adapter works with: the way to its network, the secrets of one account, the media of one delivery. */
import type { ConnectedAccount } from '../../shared/contract/publishing.ts'
import type { NetworkId } from '../../shared/domain/channel.ts'
import { isPractice, practiceHost } from '../../shared/domain/practice.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import type { Adapter, Connected, Secrets, Tools } from '../platforms/adapter.ts'
import { bareMedia } from '../services/bareMedia.ts'
import { createFetch } from '../services/http.ts'
import type { AccountKey, Kept, Vault } from '../services/vault.ts'
import type { Machine } from './desktop.ts'

/** What publishing needs of the machine. */
export type Publisher = Pick<
  Machine,
  'vault' | 'adapters' | 'log' | 'originals' | 'practice' | 'mediaHosts' | 'networkClock' | 'commits'
>

export const adapterOf = (
  { adapters }: Pick<Machine, 'adapters'>,
  { network }: { readonly network: NetworkId },
): Adapter | undefined => adapters.find((adapter) => adapter.network === network)

const troubled = (trouble: Trouble) => ({ kind: 'trouble', trouble }) as const

/** Asked for what `platforms:abilities` does not list. */
export const UNSUPPORTED: { readonly kind: 'trouble'; readonly trouble: Trouble } = troubled({
  kind: 'changed',
  details: 'This version of Outpost cannot do that.',
})

/** Accounts to practise with have a vault of their own. */
export const vaultOf = ({ vault, practice }: Pick<Machine, 'vault' | 'practice'>, account: AccountKey): Vault =>
  isPractice(account) ? practice.vault : vault

/** The access of an account. The page names the account, and is believed no further. */
export async function accessOf(
  machine: Publisher,
  account: AccountKey,
): Promise<({ readonly kind: 'access' } & Kept) | ReturnType<typeof troubled>> {
  if (isPractice(account) && !machine.practice.knows(account.network)) {
    const again = await connectPractice(machine, account.network)
    if (again.kind === 'trouble') return again
  }
  const kept = await vaultOf(machine, account).get(account)
  if (kept.ok && kept.value) return { kind: 'access', ...kept.value }
  const reason = kept.ok ? 'No access to this account is kept on this computer.' : kept.error.message
  return troubled({ kind: 'access-withdrawn', reason, here: true, details: '' })
}

/** Connects the practice account of a network to its server as it runs now. */
export async function connectPractice(machine: Publisher, network: NetworkId): Promise<ConnectedAccount> {
  const { practice } = machine
  const found = (await practice.start()).find((one) => one.network === network)
  const adapter = adapterOf(machine, { network })
  if (!found || !adapter) return UNSUPPORTED
  const host = practiceHost(network)
  const connected = await adapter.connect(found.given, toolsFor(machine, { network, host }, found.given, ''))
  if (connected.kind === 'trouble') return connected
  // Its port is another one each time, and nothing a person would know it by.
  const handle = connected.account.handle.replace(new URL(found.url).host, new URL(host).host)
  const answer = await keep(machine, { ...connected, account: { ...connected.account, host, handle } })
  if (answer.kind === 'connected') practice.know(network)
  return answer
}

/** The new access is on the disk before anybody uses it. */
export async function keep(
  machine: Pick<Machine, 'vault' | 'practice'>,
  connected: Connected,
): Promise<ConnectedAccount> {
  if (connected.kind === 'trouble') return connected
  const stored = await vaultOf(machine, connected.account).put(connected)
  return stored.ok ? { kind: 'connected', account: connected.account } : { kind: 'not-kept', failure: stored.error }
}

/**
 * Keeps an access that a person gave. Tells, too, whether one to that account was kept before: the vault is shared by all workspaces, so another
 * of them may use it. One that cannot be read any more counts.
 */
export async function keepGiven(
  machine: Pick<Machine, 'vault' | 'practice'>,
  given: Connected,
): Promise<ConnectedAccount> {
  if (given.kind === 'trouble') return given
  const before = await vaultOf(machine, given.account).get(given.account)
  const answer = await keep(machine, given)
  return answer.kind === 'connected' ? { ...answer, known: !before.ok || before.value !== null } : answer
}

/**
 * `whose`: a practice account reaches the practice networks only, another everything but those, and so does who has no account yet (null).
 * `shelf`: where the media lie; '' when there are none.
 */
export function toolsFor(
  { log, originals, practice, networkClock }: Pick<Machine, 'log' | 'originals' | 'practice' | 'networkClock'>,
  whose: Pick<AccountKey, 'network' | 'host'> | null,
  secrets: Secrets,
  shelf: string,
): Tools {
  const fetch = createFetch(log, secrets)
  // What is practised with has no clock of its own, or a wrong one on purpose.
  const heard: Tools['fetch'] = async (address, init) => {
    const answer = await fetch(address, init)
    networkClock.hear(answer.headers, Date.now())
    return answer
  }
  const fill = bareMedia(originals, shelf)
  return {
    fetch: whose && isPractice(whose) ? practice.inside(fetch, whose.network) : practice.outside(heard),
    now: Date.now,
    secrets,
    read: async (mediumId, from, length, piece = new Uint8Array(length)) => {
      const got = await fill(mediumId, from, piece)
      if (!got.ok) throw new Error(got.error.message)
      return got.value === length ? piece : piece.slice(0, got.value)
    },
    // Whoever sends large files puts another one here.
    progress: () => undefined,
  }
}
