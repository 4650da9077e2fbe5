import type { ConnectedAccount } from '../../shared/contract/publishing.ts'
import type { Account } from '../../shared/domain/publishing.ts'
import { ok } from '../../shared/lib/result.ts'
import type { Connected } from '../platforms/adapter.ts'
import type { Handlers } from './handlers.ts'
import { adapterOf, type Publisher, secretsOf, toolsFor, UNSUPPORTED, vaultKey } from './tools.ts'

type AccountCall = 'accounts:warning' | 'accounts:connect' | 'accounts:refresh' | 'accounts:forget'

/** Access to accounts. What a user gives is tried and put away; only whose account it is goes back to the page. */
export function accountsHandlers(machine: Publisher): Pick<Handlers, AccountCall> {
  const { vault } = machine
  const refreshing = new Map<string, Promise<ConnectedAccount>>()

  /** The new access is on the disk before anybody uses it. */
  async function kept(connected: Connected): Promise<ConnectedAccount> {
    if (connected.kind === 'trouble') return connected
    const stored = await vault.put(vaultKey(connected.account), connected.secrets)
    return stored.ok ? { kind: 'connected', account: connected.account } : { kind: 'not-kept', failure: stored.error }
  }

  async function renew(account: Account): Promise<ConnectedAccount> {
    const adapter = adapterOf(machine, account)
    if (!adapter?.refresh) return UNSUPPORTED
    const secrets = await secretsOf(machine, account)
    return secrets.kind === 'trouble'
      ? secrets
      : kept(await adapter.refresh(account, toolsFor(machine, secrets.secrets, '')))
  }

  return {
    'accounts:warning': () => vault.warning(),
    'accounts:connect': async ({ network, given }) => {
      const adapter = adapterOf(machine, { network })
      return adapter ? kept(await adapter.connect(given, toolsFor(machine, given, ''))) : UNSUPPORTED
    },
    // Where a renewal can be used once only, two at a time would lock the account out.
    'accounts:refresh': async (account) => {
      const key = vaultKey(account)
      const running = refreshing.get(key) ?? renew(account).finally(() => refreshing.delete(key))
      refreshing.set(key, running)
      return running
    },
    'accounts:forget': async (account) => {
      const dropped = await vault.drop(vaultKey(account))
      return dropped.ok ? ok(null) : dropped
    },
  }
}
