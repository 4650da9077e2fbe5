/** The networks for the outbox, over the calls of the contract: the shell has the secrets and speaks, the page decides. */

import type { Failure } from '../../shared/contract/contract.ts'
import type { Account } from '../../shared/domain/account.ts'
import type { Abilities } from '../../shared/domain/delivery.ts'
import { isOnItsSide } from '../../shared/domain/practice.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { bareAccount, type Publishing } from '../ports/publishing.ts'
import type { EngagementReader } from '../sync/engagement.ts'
import type { Publisher, Renewed } from '../sync/publisher.ts'
import { together } from '../sync/together.ts'

const NOTHING: Abilities = { find: false, see: false, edit: false, remove: false, schedules: null }

/** `shelf`: where the media of the workspace lie as they are sent. Asks once what the networks can do. */
export async function createContractPublisher(publishing: Publishing, shelf: string): Promise<Publisher> {
  const told = await publishing.abilities()
  const abilities = new Map(
    told.map(({ network, finds: find, sees: see, edits: edit, removes: remove, takesAlong, schedules }) => [
      network,
      { find, see, edit, remove, takesAlong, schedules },
    ]),
  )
  const renewing = new Set(told.flatMap(({ network, refreshes }) => (refreshes ? [network] : [])))
  const completing = new Set(told.flatMap(({ network, completes }) => (completes ? [network] : [])))
  const prepareHere = together(publishing.prepareHere)
  return {
    abilities: (network) => abilities.get(network) ?? NOTHING,
    // Everything that goes out begins here: a row that is on the wrong side, whoever made it, ends here and says so.
    prepare: async (account, job, part, memory) =>
      isOnItsSide(account, account)
        ? publishing.prepare({ account: named(account), shelf, job, part, memory })
        : withdrawn('practice accounts and real ones are kept apart'),
    prepareHere: async (account, job) =>
      isOnItsSide(account, account) ? ((await prepareHere([{ account: named(account), job }]))[0] ?? null) : null,
    commit: (account, job, part, memory, commit, notAfter) =>
      publishing.commit({ account: named(account), shelf, job, part, memory, commit, notAfter }),
    begun: publishing.commits,
    find: (account, job, part, memory, since) =>
      publishing.find({ account: named(account), shelf, job, part, memory, since }),
    complete: async (account, remoteId, job, memory) =>
      completing.has(account.network)
        ? publishing.complete({ account: named(account), shelf, remoteId, job, memory })
        : null,
    see: (account, remoteId) => publishing.see({ account: named(account), remoteId }),
    edit: (account, remoteId, sent, job, part, memory) =>
      publishing.edit({ account: named(account), shelf, remoteId, sent, job, part, memory }),
    remove: (account, remoteId) => publishing.remove({ account: named(account), remoteId }),
    async renew(account) {
      // A pasted token of a network that renews none: only its owner can give another.
      if (!renewing.has(account.network)) return withdrawn('')
      const renewed = await publishing.refresh(named(account))
      if (renewed.kind === 'connected') return { kind: 'renewed', told: toldOf(renewed.account) }
      return renewed.kind === 'not-kept' ? notKept(renewed.failure) : renewed
    },
  }
}

/** What networks tell of posts that are out, over the same calls. */
export async function createContractReader(publishing: Publishing): Promise<EngagementReader> {
  const told = new Map(
    (await publishing.abilities()).map(({ network, metrics, inbox }) => [network, { metrics, inbox }]),
  )
  return {
    tells: (network) => told.get(network) ?? { metrics: false, inbox: false },
    metrics: (account, remoteId) => publishing.metrics({ account: named(account), remoteId }),
    inbox: (account, remoteId, page) => publishing.inbox({ account: named(account), remoteId, page }),
  }
}

/** The account as the shell takes it. Throws for one that is on the wrong side: nothing is asked of a network for it. */
const named = (account: Account) => {
  if (!isOnItsSide(account, account)) throw new Error('Practice accounts and real ones are kept apart.')
  return bareAccount(account)
}

const toldOf = ({ handle, name, facts, expiresAt }: Pick<Account, 'handle' | 'name' | 'facts' | 'expiresAt'>) => ({
  handle,
  name,
  facts,
  expiresAt,
})

/** The network did renew it, and this computer could not write it down: the shell still has it, and keeps it once it can. */
const notKept = ({ message }: Failure): Extract<Renewed, { kind: 'trouble' }> => {
  const here = `The renewed access could not be kept on this computer. ${message}`
  return { kind: 'trouble', trouble: { kind: 'server-fault', until: null, here, details: '' } }
}

const withdrawn = (reason: string): Extract<Renewed, { kind: 'trouble' }> => {
  const trouble: Trouble = { kind: 'access-withdrawn', reason, details: '' }
  return { kind: 'trouble', trouble }
}
