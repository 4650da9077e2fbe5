import { describe, expect, it } from 'vitest'
import {
  connectAccount,
  disconnectAccount,
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

describe('another account on the same channel', () => {
  const gone = () => ({ kind: 'target-gone' as const, details: '' })
  /** One post is out and one waits at the network, both as the first account; then the channel is given another. */
  async function aTakeover(how: 'in place' | 'after it was disconnected') {
    const workspace = await aWorkspace()
    const { db, store } = workspace
    const schedules = { soonest: 60_000, latest: 30 * 86_400_000 }
    const office = await anOffice(workspace, { abilities: { see: true, schedules } })
    const { outbox, publisher } = office
    await aChannel(workspace, outbox, 'ma')
    await outbox.start()
    const out = placementId(await aScheduledPost(workspace, ['ma'], 0, 'out'), 'ma')
    const waits = placementId(await aScheduledPost(workspace, ['ma'], 60, 'waits'), 'ma')
    await office.pass(1)
    expect((await db.deliveries.get(out))?.state.kind).toBe('published')
    expect((await db.deliveries.get(waits))?.state.kind).toBe('handed-over')
    const first = await db.accounts.get('ma')
    const connect = async (remoteId: string) => {
      const { connectedAt: _at, pause: _pause, limitedUntil: _until, ...again } = anAccount('ma', 'mastodon')
      await connectAccount(store, db, outbox.surroundings, { ...again, remoteId })
    }
    if (how === 'after it was disconnected') await disconnectAccount(store, 'ma')
    await connect('another')
    publisher.calls.splice(0)
    // The other account has neither.
    publisher.fault = (_call, deliveryId) => ([out, waits].includes(deliveryId) ? gone() : null)
    const asked = () => publisher.calls.filter(({ deliveryId }) => [out, waits].includes(deliveryId))
    const stateOf = async (id: string) => (await db.deliveries.get(id))?.state
    return Object.assign(office, { ...workspace, out, waits, first, connect, asked, stateOf })
  }

  it.each(['in place', 'after it was disconnected'] as const)(
    'is not asked about what is out as the one before (%s), and what is new goes out as it',
    async (how) => {
      const { outbox, asked, out, stateOf, db, publisher, connect, ...office } = await aTakeover(how)
      const fresh = await aScheduledPost(office.workspace, ['ma'], 90, 'fresh')
      await office.pass(180, 5)
      expect(await outbox.lookThere('ma', out)).toBe(false)
      expect(await outbox.commands.changeOut(out, 'remove')).toBe(0)
      expect(await stateOf(out)).toMatchObject({ kind: 'published', mark: null })
      expect(publisher.visible().map(({ text }) => text)).toContain('fresh')
      expect((await stateOf(placementId(fresh, 'ma')))?.kind).toBe('published')
      expect(asked()).toEqual([])
      // Once it is back it can be asked again.
      await connect((await db.deliveries.get(out))?.sentBy?.split(' ').at(-1) ?? '')
      publisher.fault = () => null
      expect(await outbox.lookThere('ma', out)).toBe(true)
    },
  )

  it('does not send again what waits at the network as the one before, which publishes it', async () => {
    const { outbox, asked, waits, stateOf, publisher, ...office } = await aTakeover('in place')
    await outbox.commands.cancel([waits])
    expect(await stateOf(waits)).toMatchObject({ kind: 'needs-you', reason: { kind: 'stuck-there' } })
    await office.pass(180, 5)
    expect(await stateOf(waits)).toMatchObject({ kind: 'published', mark: { kind: 'too-late-to-cancel' } })
    expect(asked()).toEqual([])
    expect(publisher.visible().filter(({ text }) => text === 'waits')).toHaveLength(1)
  })
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
