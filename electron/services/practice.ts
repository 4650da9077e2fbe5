/**
 * Networks in small to practise with. They are the sandbox of the tests, loaded and started on loopback only when somebody practises;
 * their accounts have a vault of their own. What goes where is decided by the host of an account (`shared/domain/practice.ts`), and both
 * ways are held here: a practice account reaches these servers and nothing else, a real one everything but these.
 */

import type { NetworkId } from '../../shared/domain/channel.ts'
import type { Deed, Failure } from '../../shared/domain/practiceFailures.ts'
import { newId } from '../../shared/lib/ids.ts'
import type { ShownFile, ShownPost, StartedNetwork, WaitingPost } from '../../tests/sandbox/practice.ts'
import type { Tools } from '../platforms/adapter.ts'
import type { KeptHost } from './mediaHost/store.ts'
import type { Vault } from './vault.ts'

type Fetch = Tools['fetch']

export interface Practice {
  readonly vault: Vault
  /** The networks one can practise with; starts them. */
  start(): Promise<readonly StartedNetwork[]>
  /** Ends their servers, and all they remember; asking for one starts them anew. */
  stop(): Promise<void>
  /**
   * Whether the server of a network, as it runs now, gave the access that is kept: one that was begun since remembers nobody. `know`: it just
   * did.
   */
  knows(network: NetworkId): boolean
  know(network: NetworkId): void
  /** Sends what is meant for a network to its server in small. */
  inside(fetch: Fetch, network: NetworkId): Fetch
  /** Sends everything but what is meant for one of these servers. */
  outside(fetch: Fetch): Fetch
  /** Where practice networks fetch files from: another server in small. */
  host(): Promise<KeptHost>
  /** That one, if it runs: what lies there is gone with it. */
  hostIfRunning(): Promise<KeptHost | null>
  posts(network: NetworkId): Promise<readonly ShownPost[]>
  /** What waits there for its time. */
  waiting(network: NetworkId): Promise<readonly WaitingPost[]>
  /** Somebody there does something to a post of the account. */
  meddle(network: NetworkId, deed: Deed, postId: string): Promise<void>
  /** The file of a picture of a post; null where the network has none any more. */
  picture(network: NetworkId, postId: string, at: number): Promise<ShownFile | null>
  fail(network: NetworkId, failure: Failure | null): Promise<void>
  failing(network: NetworkId): Promise<Failure | null>
}

export function createPractice(vault: Vault): Practice {
  let started: Promise<readonly StartedNetwork[]> | null = null
  let running: readonly StartedNetwork[] = []
  const known = new Set<NetworkId>()

  const start = () => {
    started ??= import('../../tests/sandbox/practice.ts')
      .then(({ startNetworks }) => startNetworks())
      .then(
        (networks) => {
          running = networks
          return networks
        },
        (error: unknown) => {
          started = null
          throw error
        },
      )
    return started
  }
  let host: Promise<KeptHost> | null = null
  let closeHost = async () => {}
  const startHost = () => {
    host ??= import('../../tests/sandbox/practice.ts')
      .then(({ startHost }) => startHost())
      .then(({ settings, secret, close }) => {
        closeHost = close
        return { id: newId(), settings, secret, nameKey: newId() }
      })
    return host
  }
  const serverOf = async (network: NetworkId): Promise<StartedNetwork> => {
    const found = (await start()).find((one) => one.network === network)
    if (!found) throw new Error(`There is no practice network for ${network}.`)
    return found
  }

  return {
    vault,
    start,
    stop: async () => {
      const ending = started
      started = null
      known.clear()
      const networks = (await ending?.catch(() => [])) ?? []
      running = running.filter((one) => !networks.includes(one))
      await host?.catch(() => null)
      host = null
      await Promise.all([closeHost(), ...networks.map((one) => one.close())])
      closeHost = async () => {}
    },
    knows: (network) => known.has(network),
    know: (network) => void known.add(network),
    inside: (fetch, network) => async (address, init) => {
      const { url, ownHost } = await serverOf(network)
      return fetch(isAt(address, url) ? address : movedTo(url, ownHost, address), init)
    },
    outside: (fetch) => async (address, init) => {
      if (running.some(({ url }) => isAt(address, url)))
        throw new Error('A real account does not speak to a practice network.')
      return fetch(address, init)
    },
    host: startHost,
    hostIfRunning: async () => host,
    posts: async (network) => (await serverOf(network)).posts(),
    waiting: async (network) => (await serverOf(network)).waiting(),
    meddle: async (network, deed, postId) => (await serverOf(network)).meddle(deed, postId),
    picture: async (network, postId, at) => {
      const post = (await serverOf(network)).posts().find(({ id }) => id === postId)
      return post?.media[at]?.file ?? null
    },
    fail: async (network, failure) => (await serverOf(network)).fail(failure),
    failing: async (network) => (await serverOf(network)).failing(),
  }
}

const isAt = (address: string, url: string): boolean => new URL(address).origin === url

/** `https://api.example.com/2/x` is asked for at `url/api.example.com/2/x`; a server of one's own has its path as it is. */
function movedTo(url: string, ownHost: boolean, address: string): string {
  const { host, pathname, search } = new URL(address)
  return `${url}${ownHost ? '' : `/${host}`}${pathname}${search}`
}
