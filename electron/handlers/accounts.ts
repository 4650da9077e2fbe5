import type { ConnectedAccount } from '../../shared/contract/publishing.ts'
import { isPractice } from '../../shared/domain/practice.ts'
import type { Account } from '../../shared/domain/publishing.ts'
import { ok } from '../../shared/lib/result.ts'
import type { Connected, Secrets } from '../platforms/adapter.ts'
import { nameOf } from '../services/vault.ts'
import type { Handlers } from './handlers.ts'
import { accessOf, adapterOf, keep, keepGiven, type Publisher, toolsFor, UNSUPPORTED, vaultOf } from './tools.ts'

type AccountCall = 'accounts:warning' | 'accounts:connect' | 'accounts:refresh' | 'accounts:forget'

/** What people tell everybody; the rest of what they give is kept out of the log. */
const OPEN = new Set(['host', 'identifier', 'login'])
const hidden = (given: Secrets): Secrets =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !OPEN.has(name)))

/** Access to accounts. What a user gives is tried and put away; only whose account it is goes back to the page. */
export function accountsHandlers(machine: Publisher): Pick<Handlers, AccountCall> {
  const { vault } = machine
  const refreshing = new Map<string, Promise<ConnectedAccount>>()
  /** Renewed, and not on the disk yet: where the old access died of it, this is the only one. */
  const unkept = new Map<string, Connected>()

  async function renew(account: Account): Promise<ConnectedAccount> {
    const adapter = adapterOf(machine, account)
    if (!adapter?.refresh) return UNSUPPORTED
    const access = await accessOf(machine, account)
    if (access.kind === 'trouble') return access
    const key = nameOf(account)
    const renewed =
      unkept.get(key) ??
      onItsSide(account, await adapter.refresh(access.account, toolsFor(machine, access.account, access.secrets, '')))
    const answer = await keep(machine, renewed)
    if (answer.kind === 'not-kept') unkept.set(key, renewed)
    else unkept.delete(key)
    return answer
  }

  return {
    'accounts:warning': () => vault.warning(),
    'accounts:connect': async ({ network, given }) => {
      const adapter = adapterOf(machine, { network })
      return adapter
        ? keepGiven(machine, await adapter.connect(given, toolsFor(machine, null, hidden(given), '')))
        : UNSUPPORTED
    },
    // Where a renewal can be used once only, two at a time would lock the account out.
    'accounts:refresh': async (account) => {
      const key = nameOf(account)
      const running = refreshing.get(key) ?? renew(account).finally(() => refreshing.delete(key))
      refreshing.set(key, running)
      return running
    },
    'accounts:forget': async (account) => {
      const dropped = await vaultOf(machine, account).drop(account)
      return dropped.ok ? ok(null) : dropped
    },
  }
}

/** A network in small calls itself what it likes; which side it is on is not for it to say. */
const onItsSide = (account: Account, renewed: Connected): Connected =>
  renewed.kind === 'connected' && isPractice(account)
    ? { ...renewed, account: { ...renewed.account, host: account.host } }
    : renewed
