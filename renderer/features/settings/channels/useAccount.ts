import { useMemo } from 'react'
import { type Account, isConnected, serverOf } from '../../../../shared/domain/account.ts'
import { calledAs } from '../../../../shared/domain/accountStanding.ts'
import type { Channel } from '../../../../shared/domain/channel.ts'
import type { Account as RemoteAccount } from '../../../../shared/domain/publishing.ts'
import {
  connectAccount,
  disconnectAccount,
  pauseAccounts,
  refreshAccount,
  releaseAccounts,
  resumeAccounts,
  setByHand,
} from '../../../data/commands/accounts.ts'
import { editRow } from '../../../data/commands/workspace.ts'
import { type Deps, useDeps } from '../../../ports/deps.tsx'
import { outbox } from '../../../ports/outbox.ts'
import { bareAccount } from '../../../ports/publishing.ts'
import { explainConnect, isSameAccount } from './accountWords.ts'

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The account of a channel of the workspace that is the same at its network. */
export const takenBy = async (db: Deps['db'], account: RemoteAccount): Promise<Account | undefined> =>
  (await db.accounts.toArray()).find((one) => isSameAccount(one, account))

/** What can be done with the account of a channel. Each gives what a person is to be told when it did not work; '' when it did. */
export function useAccountActions(channel: Channel) {
  const deps = useDeps()
  return useMemo(() => accountActions(deps, channel), [deps, channel])
}

export function accountActions({ shell, store, db }: Pick<Deps, 'shell' | 'store' | 'db'>, channel: Channel) {
  /** Deletes its secrets, unless another channel of the workspace uses them. */
  async function forget(account: RemoteAccount, except: string): Promise<string> {
    const accounts = await db.accounts.toArray()
    if (accounts.some((one) => one.id !== except && isSameAccount(one, account))) return ''
    try {
      const gone = await (await shell.publishing()).forget(bareAccount(account))
      return gone.ok ? '' : gone.error.message
    } catch (error) {
      return `Outpost could not delete what it kept: ${said(error)}`
    }
  }
  return {
    /**
     * Takes an account whose secrets the shell keeps already for that of the channel. Those of the one before stay: another workspace may use
     * them, and only `disconnect` says that it deletes them for all. Who posts by hand although the channel is connected goes on doing so: Outpost
     * would publish what they post.
     */
    async take(account: RemoteAccount): Promise<void> {
      const { id } = channel
      // Asking for the outbox begins it: from now on there is something to send to.
      const { surroundings } = await outbox()
      const before = await db.accounts.get(id)
      const byHand = before !== undefined && isConnected(before) && before.byHand
      await connectAccount(store, db, surroundings, { ...account, id, byHand, practice: false })
      const handle = account.handle || channel.handle
      const address = channel.address || (serverOf(account).server ?? '')
      if (handle !== channel.handle || address !== channel.address)
        await editRow(store, 'channels', id, { handle, address }, `Handle of “${channel.name}”`)
    },
    /**
     * An account that is not to be taken after all. `known`: the shell had an access to it before, which another workspace may use, so what it has
     * now stays; else nothing of it does.
     */
    decline: async (account: RemoteAccount, known: boolean): Promise<string> => (known ? '' : forget(account, '')),
    async disconnect(account: Account): Promise<string> {
      const failed = await forget(account, account.id)
      if (failed === '') await disconnectAccount(store, account.id)
      return failed
    },
    /** Begins to take back what its network was to publish by itself, as long as there is an access: the account is paused for it. */
    async takeBack(): Promise<void> {
      const { surroundings, look } = await outbox()
      await pauseAccounts(store, db, surroundings, [channel.id])
      void look()
    },
    /** `byHand`: a person posts what goes to the channel, and is reminded of it. */
    async postBy(byHand: boolean): Promise<void> {
      const { surroundings, look } = await outbox()
      await setByHand(store, db, surroundings, channel, byHand)
      void look()
    },
    /** No person holds it any more. */
    async letGo(): Promise<void> {
      const { surroundings, look } = await outbox()
      await releaseAccounts(store, db, surroundings, [channel.id])
      void look()
    },
    /** What paused the account is over, as a person says. */
    async goOn(): Promise<void> {
      const { surroundings, look } = await outbox()
      await resumeAccounts(store, db, surroundings, [channel.id])
      void look()
    },
    async renew(account: Account, time: (at: number) => string): Promise<string> {
      try {
        const renewed = await (await shell.publishing()).refresh(bareAccount(account))
        if (renewed.kind === 'trouble') return explainConnect(renewed.trouble, account.network, time).sentence
        if (renewed.kind === 'not-kept') return renewed.failure.message
        const { handle, name, facts, expiresAt } = renewed.account
        await refreshAccount(store, account.id, { handle, name, facts, expiresAt })
        return ''
      } catch (error) {
        return `${calledAs(account)} could not be renewed: ${said(error)}`
      }
    },
  }
}
