import { describe, expect, it } from 'vitest'
import {
  connectAccount,
  pauseAccounts,
  releaseAccounts,
  resumeAccounts,
} from '../../../renderer/data/commands/accounts.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { aChannel, anAccount, anOffice, aScheduledPost } from '../../support/publishing.ts'
import { aWorkspace } from '../../support/workspace.ts'

it('an account that is connected again in place keeps everything: what is out, what waits, the channel and its settings', async () => {
  const workspace = await aWorkspace()
  const { db, store } = workspace
  const office = await anOffice(workspace)
  const slots = [{ weekday: 2, time: '10:00' as const }]
  await aChannel(workspace, office.outbox, 'ma', { grace: 30, late: 'slot', slots })
  await office.outbox.start()
  const [out, waits, later] = [
    await aScheduledPost(workspace, ['ma'], 5, 'out'),
    await aScheduledPost(workspace, ['ma'], 10, 'waits'),
    await aScheduledPost(workspace, ['ma'], 600, 'later'),
  ]
  await office.pass(6)
  let revoked = true
  office.publisher.fault = () => (revoked ? { kind: 'access-withdrawn', reason: 'revoked', details: '' } : null)
  await office.pass(6)
  const kept = async () => ({
    channel: await db.channels.get('ma'),
    published: await db.deliveries.get(placementId(out, 'ma')),
    planned: await db.deliveries.get(placementId(later, 'ma')),
    connectedAt: (await db.accounts.get('ma'))?.connectedAt,
    attempts: (await db.attempts.where('deliveryId').equals(placementId(out, 'ma')).toArray()).length,
  })
  const before = await kept()
  expect(before.published?.state.kind).toBe('published')
  expect((await db.accounts.get('ma'))?.pause?.why).toBe('trouble')

  revoked = false
  const { connectedAt: _at, pause: _pause, limitedUntil: _until, ...again } = anAccount('ma', 'mastodon')
  await connectAccount(store, db, office.outbox.surroundings, { ...again, handle: '@renamed' })
  await office.pass(2)
  expect(await db.accounts.get('ma')).toMatchObject({ handle: '@renamed', pause: null })
  expect(await kept()).toEqual(before)
  expect((await db.deliveries.get(placementId(waits, 'ma')))?.state.kind).toBe('published')
  expect(office.publisher.visible().map(({ text }) => text)).toEqual(['out', 'waits'])
})

it('an account that a person paused stays paused when it is connected again', async () => {
  const workspace = await aWorkspace()
  const { db, store } = workspace
  const office = await anOffice(workspace)
  await aChannel(workspace, office.outbox, 'ma')
  await office.outbox.start()
  await aScheduledPost(workspace, ['ma'], 5)
  await pauseAccounts(store, db, office.outbox.surroundings, ['ma'])
  const { connectedAt: _at, pause: _pause, limitedUntil: _until, ...again } = anAccount('ma', 'mastodon')
  await connectAccount(store, db, office.outbox.surroundings, again)
  await office.pass(10)
  expect(office.publisher.visible()).toEqual([])
  await resumeAccounts(store, db, office.outbox.surroundings, ['ma'])
  await office.pass(1)
  expect(office.publisher.visible()).toHaveLength(1)
})

describe('an account that is held while its network has stopped it', () => {
  const { connectedAt: _at, pause: _pause, limitedUntil: _until, ...again } = anAccount('ma', 'mastodon')
  async function aStoppedOffice() {
    const workspace = await aWorkspace()
    const { db, store } = workspace
    const office = await anOffice(workspace)
    await aChannel(workspace, office.outbox, 'ma')
    await office.outbox.start()
    await aScheduledPost(workspace, ['ma'], 5)
    let revoked = true
    office.publisher.fault = () => (revoked ? { kind: 'access-withdrawn', reason: 'revoked', details: '' } : null)
    await office.pass(6)
    await pauseAccounts(store, db, office.outbox.surroundings, ['ma'])
    return Object.assign(office, {
      pause: async () => (await db.accounts.get('ma'))?.pause,
      letGo: () => releaseAccounts(store, db, office.outbox.surroundings, ['ma']),
      connectAgain: () => {
        revoked = false
        return connectAccount(store, db, office.outbox.surroundings, again)
      },
    })
  }

  it('sends nothing once it is connected again, before it is let go', async () => {
    const office = await aStoppedOffice()
    expect(await office.pause()).toMatchObject({ why: 'trouble', trouble: { kind: 'access-withdrawn' } })
    await office.connectAgain()
    await office.pass(10)
    expect(office.publisher.visible()).toEqual([])
    expect(await office.pause()).toMatchObject({ why: 'you' })
    await office.letGo()
    await office.pass(1)
    expect(office.publisher.visible()).toHaveLength(1)
  })

  it('is still stopped when it is let go before, and goes on once it is connected again', async () => {
    const office = await aStoppedOffice()
    await office.letGo()
    expect(await office.pause()).toMatchObject({ why: 'trouble', trouble: { kind: 'access-withdrawn' } })
    await office.connectAgain()
    expect(await office.pause()).toBeNull()
    await office.pass(1)
    expect(office.publisher.visible()).toHaveLength(1)
  })
})
