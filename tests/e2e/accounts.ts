/** What the page would ask of the shell about accounts, asked beside the screens. */
import type { Page } from '@playwright/test'
import { type ArgsOf, BRIDGE_KEY, type ResultOf } from '../../shared/contract/contract.ts'
import type { publishingContract } from '../../shared/contract/publishing.ts'
import type { Account as AccountRow } from '../../shared/domain/account.ts'
import type { Account } from '../../shared/domain/publishing.ts'
import { MASTODON_TOKEN } from '../sandbox/mastodon.ts'

/** Calls the shell as the page does. */
export const ask = <N extends keyof typeof publishingContract>(
  page: Page,
  name: N,
  ...args: ArgsOf<N>
): Promise<ResultOf<N>> =>
  page.evaluate(
    ({ key, call, given }) => {
      const bridge = (window as unknown as Record<string, { call(name: string, args: unknown): Promise<unknown> }>)[key]
      return bridge?.call(call, given)
    },
    { key: BRIDGE_KEY, call: name as string, given: args as unknown },
  ) as Promise<ResultOf<N>>

/** The row of an account that was connected, for the channel of that id. */
export const accountRow = (account: Account, id: string): AccountRow => ({
  ...account,
  id,
  connectedAt: 0,
  pause: null,
  limitedUntil: 0,
  byHand: false,
  practice: false,
})

/** Connects the account of a Mastodon sandbox. Throws when it was not. */
export async function connectMastodon(page: Page, host: string): Promise<Account> {
  const answer = await ask(page, 'accounts:connect', { network: 'mastodon', given: { host, token: MASTODON_TOKEN } })
  if (answer.kind !== 'connected') throw new Error(`Not connected: ${JSON.stringify(answer)}`)
  return answer.account
}
