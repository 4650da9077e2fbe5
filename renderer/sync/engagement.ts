/** What came of a post that is out: numbers and answers, read at its network when somebody wants to see them. Nothing of it is kept. */
import { type Account, isConnected, mayAskAbout } from '../../shared/domain/account.ts'
import type { NetworkId } from '../../shared/domain/channel.ts'
import { type Delivery, remoteOf } from '../../shared/domain/delivery.ts'
import { limitOf } from '../../shared/domain/deliveryMoves.ts'
import type { Counted, Heard } from '../../shared/domain/publishing.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { refreshAccount } from '../data/commands/accounts.ts'
import { limitAccount } from '../data/commands/deliveries.ts'
import type { PostStore } from '../data/commands/posts.ts'
import type { WorkspaceDb } from '../data/db.ts'
import type { Publisher } from './publisher.ts'

/** What a network tells programs of a post. */
export interface Tells {
  readonly metrics: boolean
  readonly inbox: boolean
}

/** Asks networks. Trouble is a value; what a network does not tell anybody is not asked of it. */
export interface EngagementReader {
  tells(network: NetworkId): Tells
  metrics(account: Account, remoteId: string): Promise<Counted>
  inbox(account: Account, remoteId: string, page: string): Promise<Heard>
}

export interface EngagementDeps {
  readonly db: WorkspaceDb
  readonly store: PostStore
  readonly reader: EngagementReader
  readonly publisher: Pick<Publisher, 'renew'>
  readonly now: () => Instant
}

const NOT_CONNECTED: Trouble = {
  kind: 'access-withdrawn',
  reason: 'No account is connected to this channel.',
  here: true,
  details: '',
}

const OF_ANOTHER: Trouble = {
  kind: 'server-fault',
  until: null,
  here: 'It went out as another account than the one that is connected now. Only the account of then can be asked about it.',
  details: '',
}

/** Milliseconds. A wait no longer than this is kept to by publishing, too: numbers hold no post back for hours. */
const SHORT = 15 * 60_000

export function createEngagement({ db, store, reader, publisher, now }: EngagementDeps) {
  /** Until when accounts are not asked for numbers and answers, where that is longer. */
  const askedAgainAt = new Map<string, Instant>()
  /** Asks about the first part of a delivery. What limits the account keeps this away, too. */
  async function about<T extends Counted | Heard>(
    delivery: Delivery,
    ask: (account: Account, remoteId: string) => Promise<T>,
  ): Promise<T | Extract<Counted, { kind: 'untold' | 'trouble' }>> {
    const account = await db.accounts.get(delivery.channelId)
    const remoteId = remoteOf(delivery)
    if (!account || !isConnected(account)) return { kind: 'trouble', trouble: NOT_CONNECTED }
    if (!mayAskAbout(account, delivery)) return { kind: 'trouble', trouble: OF_ANOTHER }
    if (remoteId === '') return { kind: 'untold' }
    const until = Math.max(account.limitedUntil, askedAgainAt.get(account.id) ?? 0)
    if (until > now())
      return { kind: 'trouble', trouble: { kind: 'rate-limited', until, shared: 'account', details: '' } }
    const answer = await asRenewed(account, (one) => ask(one, remoteId))
    if (answer.kind === 'trouble') await heed(account, answer.trouble)
    return answer
  }

  /** Asks, once more where the access had run out. */
  async function asRenewed<T extends Counted | Heard>(
    account: Account,
    ask: (account: Account) => Promise<T>,
  ): Promise<T | Extract<Counted, { kind: 'trouble' }>> {
    const answer = await ask(account)
    if (answer.kind !== 'trouble' || answer.trouble.kind !== 'access-expired') return answer
    const renewed = await publisher.renew(account)
    if (renewed.kind === 'trouble') return renewed
    await refreshAccount(store, account.id, renewed.told)
    return ask(account)
  }

  /** Nothing is asked inside a wait that its network asked for. */
  async function heed({ id }: Account, trouble: Trouble): Promise<void> {
    if (trouble.kind !== 'rate-limited' && trouble.kind !== 'quota-used') return
    if (trouble.until - now() <= SHORT) await limitAccount(store, id, limitOf(trouble))
    else askedAgainAt.set(id, trouble.until)
  }

  return {
    tells: reader.tells,
    numbers: (delivery: Delivery) => about(delivery, (account, remoteId) => reader.metrics(account, remoteId)),
    answers: (delivery: Delivery, page: string) =>
      about(delivery, (account, remoteId) => reader.inbox(account, remoteId, page)),
  }
}
