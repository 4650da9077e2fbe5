import { useMemo } from 'react'
import type { NetworkId } from '../../../../shared/domain/channel.ts'
import type { Deed } from '../../../../shared/domain/practiceFailures.ts'
import { addPractice, endPractice } from '../../../data/commands/practice.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { outbox } from '../../../ports/outbox.ts'
import { bareAccount } from '../../../ports/publishing.ts'
import { useSettings } from '../../../ports/reference.tsx'

/** Beginning and ending to practise. Both throw what a person is to be told. */
export function usePractice() {
  const { shell, store, db, clock } = useDeps()
  const { zone } = useSettings()
  return useMemo(
    () => ({
      /** Connects the practice account of a network, or connects it again; false: its server did not let us. */
      async connect(network: NetworkId): Promise<boolean> {
        const { practice } = await shell.publishing()
        const answer = await practice.connect(network)
        if (answer.kind !== 'connected') return false
        const { surroundings } = await outbox()
        await addPractice(store, db, surroundings, answer.account, zone)
        return true
      },
      /**
       * Has somebody at the network do something to what waits or is out there, and looks: before, since only what was seen can be seen to be
       * another, and after. Gives whether it was seen.
       */
      async meddle(channelId: string, network: NetworkId, postId: string, deed: Deed): Promise<boolean> {
        const { practice } = await shell.publishing()
        const { lookThere } = await outbox()
        // What people answer is asked for by whoever wants to read it.
        if (deed !== 'answer') await lookThere(channelId)
        await practice.meddle({ network, postId, deed })
        return deed === 'answer' || lookThere(channelId)
      },
      /** Takes the practice channels away, the secrets of their accounts, and the servers behind them. */
      async end(): Promise<void> {
        const publishing = await shell.publishing()
        for (const account of await db.accounts.filter(({ practice }) => practice).toArray()) {
          const gone = await publishing.forget(bareAccount(account))
          if (!gone.ok) throw new Error(gone.error.message)
        }
        await endPractice(store, db, clock.now())
        await publishing.practice.end()
      },
    }),
    [shell, store, db, clock, zone],
  )
}
