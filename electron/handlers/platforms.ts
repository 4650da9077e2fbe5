import type { Account } from '../../shared/domain/publishing.ts'
import type { Adapter, Tools } from '../platforms/adapter.ts'
import type { Handlers } from './handlers.ts'
import { adapterOf, type Publisher, secretsOf, toolsFor, UNSUPPORTED } from './tools.ts'

type PlatformCall = Extract<keyof Handlers, `platforms:${string}`>

/** The networks. Each call goes to the adapter of its account, with the secrets of that account and of no other. */
export function platformsHandlers(machine: Publisher): Pick<Handlers, PlatformCall> {
  /** Runs what an adapter can do; what it cannot do was not offered by `platforms:abilities`. */
  async function using<T>(
    account: Account,
    shelf: string,
    use: (adapter: Adapter, tools: Tools) => Promise<T> | undefined,
  ): Promise<T | typeof UNSUPPORTED> {
    const adapter = adapterOf(machine, account)
    if (!adapter) return UNSUPPORTED
    const secrets = await secretsOf(machine, account)
    if (secrets.kind === 'trouble') return secrets as typeof UNSUPPORTED
    return (await use(adapter, toolsFor(machine, secrets.secrets, shelf))) ?? UNSUPPORTED
  }

  return {
    'platforms:abilities': async () =>
      machine.adapters.map(({ network, api, schedules = null, ...adapter }) => ({
        network,
        api,
        refreshes: adapter.refresh !== undefined,
        finds: adapter.find !== undefined,
        sees: adapter.see !== undefined,
        edits: adapter.edit !== undefined,
        removes: adapter.remove !== undefined,
        schedules,
      })),
    'platforms:prepare': ({ account, shelf, job, part, memory }) =>
      using(account, shelf, (adapter, tools) => adapter.prepare(job, part, memory, account, tools)),
    'platforms:commit': ({ account, shelf, job, part, memory }) =>
      using(account, shelf, (adapter, tools) => adapter.commit(job, part, memory, account, tools)),
    'platforms:find': ({ account, shelf, job, part, memory, since }) =>
      using(account, shelf, (adapter, tools) => adapter.find?.(job, part, memory, since, account, tools)),
    'platforms:see': ({ account, remoteId }) =>
      using(account, '', (adapter, tools) => adapter.see?.(remoteId, account, tools)),
    'platforms:edit': ({ account, shelf, remoteId, job, memory }) =>
      using(account, shelf, (adapter, tools) => adapter.edit?.(remoteId, job, memory, account, tools)),
    'platforms:remove': ({ account, remoteId }) =>
      using(account, '', (adapter, tools) => adapter.remove?.(remoteId, account, tools)),
  }
}
