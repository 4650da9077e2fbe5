/** Whether networks that fetch files find some: the media host of this computer. */
import type { Account } from '../../shared/domain/account.ts'
import { isPractice } from '../../shared/domain/practice.ts'
import { outbox } from './outbox.ts'
import type { Shell } from './shell.ts'

/** Another window may have set one up, or given it up. */
const ASKED_AGAIN_MS = 60_000
let known: { readonly isSet: Promise<boolean>; readonly at: number } | null = null

/** Practice networks have a host of their own. */
export async function hasPlace(shell: Pick<Shell, 'publishing'>, account: Account): Promise<boolean> {
  if (isPractice(account)) return true
  const now = performance.now()
  if (!known || now - known.at > ASKED_AGAIN_MS) {
    const isSet = shell.publishing().then(async ({ mediaHost }) => (await mediaHost.get()).kind === 'set')
    known = { isSet, at: now }
  }
  return known.isSet
}

/** It was set up or given up: what is held for want of it goes on, or is held from now on. */
export async function mediaHostChanged(): Promise<void> {
  known = null
  await (await outbox()).reconsider()
}
