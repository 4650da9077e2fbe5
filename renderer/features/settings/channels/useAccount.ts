import { useMemo } from 'react'
import type { Account } from '../../../../shared/domain/account.ts'
import { calledAs } from '../../../../shared/domain/accountStanding.ts'
import { type Channel, OWN_SERVER } from '../../../../shared/domain/channel.ts'
import type { Abilities } from '../../../../shared/domain/delivery.ts'
import type { Account as RemoteAccount } from '../../../../shared/domain/publishing.ts'
import { connectAccount, disconnectAccount, refreshAccount } from '../../../data/commands/accounts.ts'
import type { Surroundings } from '../../../data/commands/deliveries.ts'
import { editRow } from '../../../data/commands/workspace.ts'
import { useDeps } from '../../../ports/deps.tsx'
import type { Publishing } from '../../../ports/publishing.ts'
import { explainConnect, isSameAccount } from './accountWords.ts'

const NOTHING: Abilities = { find: false, see: false, edit: false, remove: false, schedules: null }

async function surroundingsOf(publishing: Publishing): Promise<Surroundings> {
  const told = await publishing.abilities()
  const byNetwork = new Map(
    told.map(({ network, finds: find, sees: see, edits: edit, removes: remove, schedules }) => [
      network,
      { find, see, edit, remove, schedules },
    ]),
  )
  return {
    abilities: (network) => byNetwork.get(network) ?? NOTHING,
    online: () => navigator.onLine,
    random: Math.random,
  }
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What can be done with the account of a channel. Each gives what a person is to be told when it did not work; '' when it did. */
export function useAccountActions(channel: Channel) {
  const { shell, store, db } = useDeps()
  return useMemo(() => {
    /** Deletes its secrets, unless another channel of the workspace uses them. */
    async function forget(account: RemoteAccount, except: string): Promise<string> {
      const accounts = await db.accounts.toArray()
      if (accounts.some((one) => one.id !== except && isSameAccount(one, account))) return ''
      try {
        const gone = await (await shell.publishing()).forget(bare(account))
        return gone.ok ? '' : gone.error.message
      } catch (error) {
        return `Outpost could not delete what it kept: ${said(error)}`
      }
    }
    return {
      /** Takes an account whose secrets the shell keeps already for that of the channel. */
      async take(account: RemoteAccount): Promise<void> {
        const before = await db.accounts.get(channel.id)
        const publishing = await shell.publishing()
        const { id } = channel
        await connectAccount(store, db, await surroundingsOf(publishing), {
          ...account,
          id,
          byHand: false,
          practice: false,
        })
        const handle = account.handle || channel.handle
        // The host of Bluesky's own accounts is one of its many machines, which nobody needs to read.
        const server = OWN_SERVER.has(account.network) && account.network !== 'bluesky' ? account.host : ''
        const address = channel.address || server.replace(/^https:\/\//, '')
        if (handle !== channel.handle || address !== channel.address)
          await editRow(store, 'channels', id, { handle, address }, `Handle of “${channel.name}”`)
        if (before && !isSameAccount(before, account)) await forget(before, id)
      },
      /** An account that is not to be taken after all: nothing of it stays. */
      decline: (account: RemoteAccount) => forget(account, ''),
      async disconnect(account: Account): Promise<string> {
        const failed = await forget(account, account.id)
        if (failed === '') await disconnectAccount(store, account.id)
        return failed
      },
      async renew(account: Account, network: string, time: (at: number) => string): Promise<string> {
        try {
          const renewed = await (await shell.publishing()).refresh(bare(account))
          if (renewed.kind === 'trouble') return explainConnect(renewed.trouble, network, time).sentence
          if (renewed.kind === 'not-kept') return renewed.failure.message
          await refreshAccount(store, account.id, { expiresAt: renewed.account.expiresAt })
          return ''
        } catch (error) {
          return `${calledAs(account)} could not be renewed: ${said(error)}`
        }
      },
    }
  }, [shell, store, db, channel])
}

/** As the contract takes it. */
const bare = ({ network, remoteId, handle, name, host, facts, expiresAt }: RemoteAccount): RemoteAccount => ({
  network,
  remoteId,
  handle,
  name,
  host,
  facts,
  expiresAt,
})
