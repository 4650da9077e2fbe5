/** Accounts of several workspaces over one vault, and what becomes of posts when an account is taken away. */
import { afterEach, describe, expect, it } from 'vitest'
import { mastodon } from '../../../electron/platforms/mastodon.ts'
import { leftBehind, pauseAccounts, setByHand } from '../../../renderer/data/commands/accounts.ts'
import { accountActions } from '../../../renderer/features/settings/channels/useAccount.ts'
import { type OpenOutbox, offerOutbox } from '../../../renderer/ports/outbox.ts'
import { bareAccount } from '../../../renderer/ports/publishing.ts'
import type { Account } from '../../../shared/domain/account.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import type { Account as RemoteAccount } from '../../../shared/domain/publishing.ts'
import { MASTODON_TOKEN, type MastodonSandbox, startMastodon } from '../../sandbox/mastodon.ts'
import { createMemoryShell, type MemoryShell } from '../../support/memoryShell.ts'
import { aChannel, anAccount, anOffice, aScheduledPost } from '../../support/publishing.ts'
import { aClock, aWorkspace } from '../../support/workspace.ts'

const open: MastodonSandbox[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})
async function aServer() {
  const server = await startMastodon({ clock: { now: Date.now, pass: () => undefined } })
  open.push(server)
  return server
}

/** A workspace with one channel, and what can be done with its account. Its outbox is the open one. */
async function aDesk(shell: MemoryShell, id: string) {
  const workspace = await aWorkspace({ shell, clock: aClock(Date.now()) })
  const office = await anOffice(workspace)
  const { outbox } = office
  await aChannel(workspace, outbox, id, { connected: false })
  offerOutbox(async () => outbox as unknown as OpenOutbox)
  const channel = await workspace.db.channels.get(id)
  if (!channel) throw new Error('no channel')
  return Object.assign(office, { db: workspace.db, actions: accountActions({ ...workspace, shell }, channel) })
}

describe('a vault that all workspaces share', () => {
  const aVault = async () => {
    const shell = createMemoryShell({ adapters: [mastodon] })
    const publishing = await shell.publishing()
    const connect = async ({ url }: MastodonSandbox) => {
      const told = await publishing.connect({ network: 'mastodon', given: { host: url, token: MASTODON_TOKEN } })
      if (told.kind !== 'connected') throw new Error(JSON.stringify(told))
      return { account: told.account, known: told.known === true }
    }
    /** Whether something can be asked of the network as this account. */
    const reaches = async (account: RemoteAccount) => {
      const seen = await publishing.see({ account: bareAccount(account as Account), remoteId: 'none' })
      return !(seen.kind === 'trouble' && seen.trouble.kind === 'access-withdrawn')
    }
    return { shell, connect, reaches }
  }

  it('keeps the access another workspace uses when the account is declined here, and drops a new one', async () => {
    const { shell, connect, reaches } = await aVault()
    const server = await aServer()
    const mine = await aDesk(shell, 'mine')
    const first = await connect(server)
    await mine.actions.take(first.account)
    const other = await aDesk(shell, 'other')
    const again = await connect(server)
    expect(await other.actions.decline(again.account, again.known)).toBe('')
    expect(await reaches(again.account)).toBe(true)

    const fresh = await connect(await aServer())
    expect(await other.actions.decline(fresh.account, fresh.known)).toBe('')
    expect(await reaches(fresh.account)).toBe(false)
  })

  it('keeps the access another workspace uses when the channel takes another account; disconnecting deletes it for all', async () => {
    const { shell, connect, reaches } = await aVault()
    const before = await connect(await aServer())
    const after = await connect(await aServer())
    await (await aDesk(shell, 'mine')).actions.take(before.account)
    const other = await aDesk(shell, 'other')
    await other.actions.take(before.account)
    await other.actions.take(after.account)
    expect(await reaches(before.account)).toBe(true)
    const row = await other.db.accounts.get('other')
    expect(row?.host).toBe(after.account.host)
    if (row) expect(await other.actions.disconnect(row)).toBe('')
    expect(await reaches(after.account)).toBe(false)
  })
})

describe('connecting again in place', () => {
  async function aSchool(connected: boolean) {
    const workspace = await aWorkspace({ shell: createMemoryShell({ adapters: [mastodon] }) })
    const office = await anOffice(workspace)
    const { outbox, publisher } = office
    await aChannel(workspace, outbox, 'ma', { connected })
    await outbox.start()
    offerOutbox(async () => outbox as unknown as OpenOutbox)
    const channel = await workspace.db.channels.get('ma')
    if (!channel) throw new Error('no channel')
    await setByHand(workspace.store, workspace.db, outbox.surroundings, channel, true)
    const post = await aScheduledPost(workspace, ['ma'], 10)
    await office.pass(1)
    const { network, remoteId, host, handle, name, facts, expiresAt } = anAccount('ma', 'mastodon')
    await accountActions(workspace, channel).take({ network, remoteId, host, handle, name, facts, expiresAt })
    await office.pass(15)
    const state = (await workspace.db.deliveries.get(placementId(post, 'ma')))?.state
    return { state, visible: publisher.visible().length, account: await workspace.db.accounts.get('ma') }
  }

  it('leaves it to a person to post who did so before', async () => {
    const { account, state, visible } = await aSchool(true)
    expect(account?.byHand).toBe(true)
    expect(state?.kind).toBe('hand-off')
    expect(visible).toBe(0)
  })

  it('is sent by Outpost where it was posted by hand for want of an account', async () => {
    const { account, state, visible } = await aSchool(false)
    expect(account?.byHand).toBe(false)
    expect(state?.kind).toBe('published')
    expect(visible).toBe(1)
  })
})

describe('taking an account away', () => {
  const schedules = { soonest: 60_000, latest: 30 * 86_400_000 }
  /** A channel with two posts: one lies at its network, one waits here. */
  async function aPlan(byHand: boolean) {
    const shell = createMemoryShell({ adapters: [mastodon] })
    const workspace = await aWorkspace({ shell })
    const office = await anOffice(workspace, { abilities: { schedules, see: true } })
    const { outbox } = office
    await aChannel(workspace, outbox, 'ma')
    await outbox.start()
    const channel = await workspace.db.channels.get('ma')
    const there = await aScheduledPost(workspace, ['ma'], 24 * 60, 'there')
    await office.pass(1)
    if (byHand && channel) await setByHand(workspace.store, workspace.db, outbox.surroundings, channel, true)
    const here = await aScheduledPost(workspace, ['ma'], byHand ? 120 : 60 * 24 * 60, 'here')
    await office.pass(1)
    offerOutbox(async () => outbox as unknown as OpenOutbox)
    const account = await workspace.db.accounts.get('ma')
    if (!channel || !account) throw new Error('no channel')
    const stateOf = async (id: string) => (await workspace.db.deliveries.get(placementId(id, 'ma')))?.state
    const left = () => leftBehind(workspace.db, 'ma', workspace.clock.now())
    return Object.assign(office, {
      ...workspace,
      account,
      there,
      here,
      stateOf,
      left,
      actions: accountActions(workspace, channel),
    })
  }

  it('tells what lies at the network from what waits, and takes that back as long as there is an access', async () => {
    const plan = await aPlan(false)
    expect(await plan.left()).toEqual({ waiting: 1, there: 1, comingBack: 0 })
    await pauseAccounts(plan.store, plan.db, plan.outbox.surroundings, ['ma'])
    expect(await plan.left()).toEqual({ waiting: 1, there: 1, comingBack: 1 })
    await plan.pass(1)
    expect(await plan.left()).toEqual({ waiting: 2, there: 0, comingBack: 0 })
    expect(await plan.actions.disconnect(plan.account)).toBe('')
    await plan.pass(1)
    expect(await plan.stateOf(plan.there)).toMatchObject({ kind: 'cancelled', by: 'plan' })
    expect(await plan.stateOf(plan.here)).toMatchObject({ kind: 'cancelled', by: 'plan' })
    expect(plan.publisher.posts.every(({ removed }) => removed)).toBe(true)
  })

  it('counts what cannot be taken back as lying there', async () => {
    const plan = await aPlan(false)
    plan.publisher.fault = (call) =>
      call === 'remove' ? { kind: 'not-permitted', right: 'delete', details: '' } : null
    await pauseAccounts(plan.store, plan.db, plan.outbox.surroundings, ['ma'])
    await plan.pass(1)
    expect(await plan.stateOf(plan.there)).toMatchObject({ kind: 'needs-you', reason: { kind: 'stuck-there' } })
    expect(await plan.left()).toEqual({ waiting: 1, there: 1, comingBack: 0 })
  })

  it('goes on reminding who posts by hand', async () => {
    const plan = await aPlan(true)
    expect(await plan.actions.disconnect(plan.account)).toBe('')
    expect(await plan.db.accounts.get('ma')).toMatchObject({ byHand: true, remoteId: '', pause: null })
    await plan.pass(120, 30)
    expect(await plan.stateOf(plan.here)).toMatchObject({ kind: 'hand-off' })
  })

  it('reminds nobody who had not said so, and ends what waits', async () => {
    const plan = await aPlan(false)
    await plan.actions.disconnect(plan.account)
    expect(await plan.db.accounts.get('ma')).toBeUndefined()
    await plan.pass(1)
    expect(plan.alerts.filter((alert) => alert.startsWith('hand-off'))).toEqual([])
    expect(await plan.stateOf(plan.here)).toMatchObject({ kind: 'cancelled' })
  })
})
