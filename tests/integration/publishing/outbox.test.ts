import { describe, expect, it } from 'vitest'
import {
  connectAccount,
  disconnectAccount,
  pauseAccounts,
  refreshAccount,
  resumeAccounts,
  setByHand,
} from '../../../renderer/data/commands/accounts.ts'
import { changePlacement } from '../../../renderer/data/commands/placements.ts'
import { reschedulePosts, setStatus, trashPosts, writeText } from '../../../renderer/data/commands/posts.ts'
import { todayFacts } from '../../../renderer/features/today/queries.ts'
import { stillOut } from '../../../renderer/parts/stillOut.ts'
import { createCompose, createDiffers } from '../../../renderer/sync/compose.ts'
import type { Compose } from '../../../renderer/sync/publisher.ts'
import { createTheirs } from '../../../renderer/sync/theirs.ts'
import type { Abilities } from '../../../shared/domain/delivery.ts'
import { plainText } from '../../../shared/domain/document.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import type { Part } from '../../../shared/domain/publishing.ts'
import { toWall } from '../../../shared/domain/time.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { patienceFor } from '../../../shared/domain/waiting.ts'
import { createMemoryShell } from '../../support/memoryShell.ts'
import {
  aChannel,
  anAccount,
  anOffice,
  aScheduledPost,
  memoryLocks,
  type Office,
  plainDoc,
  settle,
  ZONE,
} from '../../support/publishing.ts'
import { aWorkspace } from '../../support/workspace.ts'

const said = { details: '' }
const HOUR = 3_600_000
/** Minutes. */
const MONTH = 30 * 24 * 60

async function anOfficeOf(channels: readonly string[], abilities: Partial<Abilities> = {}, options = {}) {
  const workspace = await aWorkspace()
  const office = await anOffice(workspace, { abilities, ...options })
  for (const id of channels) await aChannel(workspace, office.outbox, id)
  await office.outbox.start()
  const stateOf = async (postId: string, channelId = channels[0] ?? '') =>
    (await workspace.db.deliveries.get(placementId(postId, channelId)))?.state
  return Object.assign(office, { stateOf })
}
/** Whatever the post says: two parts. */
const aThread: Compose = async ({ id: deliveryId, contentAt }, publishAt) => {
  const part = (kind: Part['kind'], text: string): Part => ({ kind, text, html: '', media: [] })
  const parts = [part('post', 'one'), part('thread', 'two')]
  const job = { deliveryId, fingerprint: 'f', format: 'thread', title: '', fields: {}, parts, publishAt }
  return { kind: 'job', job, contentAt }
}
const order = ({ publisher }: Office) => publisher.visible().map(({ text }) => text)
const commits = ({ publisher }: Office) => publisher.calls.filter(({ call }) => call === 'commit').length

/** Gives a post a first comment, or another one. */
const commenting =
  ({ workspace: { store } }: Office, postId: string, channelId: string) =>
  (firstComment: string) =>
    changePlacement(store, { postId, channelId }, { firstComment }, 'First comment')

/** Whatever the post says: a story. */
const aStory: Compose = async ({ id: deliveryId, contentAt }, publishAt) => {
  const parts: Part[] = [{ kind: 'post', text: '', html: '', media: [] }]
  const job = { deliveryId, fingerprint: 'f', format: 'story', title: '', fields: {}, parts, publishAt }
  return { kind: 'job', job, contentAt }
}

describe('the outbox', () => {
  it('sends at the due time, once, and not before; the post is published then', async () => {
    const office = await anOfficeOf(['ma'])
    const id = await aScheduledPost(office.workspace, ['ma'], 30)
    await office.pass(29)
    expect(commits(office)).toBe(0)
    await office.pass(40)
    expect(order(office)).toEqual(['Three pockets'])
    expect(commits(office)).toBe(1)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'published', late: false })
    expect((await office.workspace.db.posts.get(id))?.status).toBe('published')
    const [attempt] = await office.workspace.db.attempts.toArray()
    expect(attempt?.log.map(({ what }) => what)).toEqual(['begun', 'prepared', 'commits', 'done'])
    expect(attempt?.job.parts[0]?.text).toBe('Three pockets')
  })

  it('keeps the order of a channel, and all of many at nine go out', async () => {
    const office = await anOfficeOf(['ma', 'bs', 'th'])
    for (const text of ['one', 'two', 'three']) await aScheduledPost(office.workspace, ['ma', 'bs', 'th'], 30, text)
    await office.pass(32)
    for (const channel of ['ma', 'bs', 'th'])
      expect(
        office.publisher.visible().flatMap(({ accountId, text }) => (accountId === channel ? [text] : [])),
      ).toEqual(['one', 'two', 'three'])
  })

  it('tries nothing without a connection, turns nothing red, and sends when it is back', async () => {
    const office = await anOfficeOf(['ma'])
    const id = await aScheduledPost(office.workspace, ['ma'], 5)
    office.online = false
    await office.pass(60)
    expect(office.publisher.calls).toEqual([])
    expect(await office.stateOf(id)).toMatchObject({ kind: 'due', because: null })
    expect(office.alerts).toEqual([])
    office.online = true
    await office.sign()
    expect(await office.stateOf(id)).toMatchObject({ kind: 'published', late: true })
  })

  it('turns nothing red without a connection when the grace is over either: it asks when it is back', async () => {
    const office = await anOfficeOf(['ma'])
    const id = await aScheduledPost(office.workspace, ['ma'], 5)
    office.online = false
    await office.pass(300)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'due', over: 'asks' })
    expect(office.alerts).toEqual([])
    const before = await office.workspace.db.changes.count()
    await office.pass(10)
    expect(await office.workspace.db.changes.count()).toBe(before)
    office.online = true
    await office.sign()
    expect(await office.stateOf(id)).toEqual({ kind: 'needs-you', reason: { kind: 'missed', because: 'offline' } })
    expect(office.alerts).toEqual([`needs-you ${placementId(id, 'ma')}`])
    expect(office.publisher.calls).toEqual([])
  })

  it('asks when the grace is over, and sends then when it is told to', async () => {
    const office = await anOfficeOf(['ma'])
    const id = await aScheduledPost(office.workspace, ['ma'], 5)
    office.workspace.clock.tick(5 * HOUR)
    await office.sign()
    expect(await office.stateOf(id)).toEqual({ kind: 'needs-you', reason: { kind: 'missed', because: 'asleep' } })
    expect(office.alerts).toEqual([`needs-you ${placementId(id, 'ma')}`])
    expect(await office.outbox.commands.sendNow([placementId(id, 'ma')])).toBe(1)
    await settle(office.outbox)
    expect(order(office)).toHaveLength(1)
  })

  it.each<[string, 'lost' | Trouble, number]>([
    ['it took effect', 'lost', 1],
    ['it did not arrive', { kind: 'unknown', ...said }, 2],
  ])('looks before it sends again when an answer is lost and %s', async (_what, fault, expected) => {
    const office = await anOfficeOf(['ma'])
    const id = await aScheduledPost(office.workspace, ['ma'], 5)
    office.publisher.fault = (call) => (call === 'commit' && commits(office) === 1 ? fault : null)
    await office.pass(5)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'reconciling' })
    await office.pass(10)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'published' })
    expect(office.publisher.posts).toHaveLength(1)
    expect(commits(office)).toBe(expected)
    const looks = office.publisher.calls.filter(({ call }) => call === 'find').length
    expect(looks).toBe(expected)
  })

  it('looks for a lost answer as soon as it is time to, however many wait behind it', async () => {
    const timers = new Set<() => void>()
    const timer = (work: () => void, milliseconds: number) => {
      // The others say how long a call may take.
      if (milliseconds <= 30_000) timers.add(work)
      return () => void timers.delete(work)
    }
    const office = await anOfficeOf(['ma'], {}, { timer })
    const waiting = 120
    for (let made = 0; made < waiting; made++) await aScheduledPost(office.workspace, ['ma'], 5, `post ${made}`)
    office.publisher.fault = (call) => (call === 'commit' && commits(office) === 1 ? 'lost' : null)
    await office.pass(5)
    expect(commits(office)).toBe(1)
    office.workspace.clock.tick(6_000)
    for (const work of timers) work()
    await office.outbox.idle()
    expect(order(office)).toHaveLength(waiting)
  })

  it('begins a part again without forgetting those that are out', async () => {
    const office = await anOfficeOf(['ma'], {}, { compose: aThread })
    const id = await aScheduledPost(office.workspace, ['ma'], 5)
    let failed = false
    office.publisher.fault = (call, _delivery, part) => {
      if (call !== 'commit' || part !== 1 || failed) return null
      failed = true
      return { kind: 'begin-again', ...said }
    }
    await office.pass(5)
    const memory = async () => (await office.workspace.db.attempts.toArray())[0]?.memory
    expect(await memory()).toEqual({ 0: { handle: 0 } })
    await office.pass(10)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'published' })
    expect(await memory()).toEqual({ 0: { handle: 0 }, 1: { handle: 1 } })
    expect(office.publisher.posts.map(({ part }) => part)).toEqual([0, 1])
  })

  it('asks a person where the network cannot be asked, and believes them', async () => {
    const office = await anOfficeOf(['x'], { find: false })
    const [one, two] = [
      await aScheduledPost(office.workspace, ['x'], 5, 'one'),
      await aScheduledPost(office.workspace, ['x'], 6, 'two'),
    ]
    office.publisher.fault = (call) =>
      call === 'commit' && commits(office) < 3 ? (commits(office) === 1 ? 'lost' : { kind: 'unknown', ...said }) : null
    await office.pass(60, 5)
    for (const id of [one, two])
      expect(await office.stateOf(id)).toEqual({ kind: 'needs-you', reason: { kind: 'unclear', why: 'cannot-ask' } })
    expect(commits(office)).toBe(2)
    await office.outbox.commands.itIsThere(placementId(one, 'x'), 'https://x.example/1')
    await office.outbox.commands.sendAgain(placementId(two, 'x'))
    await office.pass(10)
    expect(order(office)).toEqual(['one', 'two'])
    expect(await office.workspace.db.deliveries.get(placementId(one, 'x'))).toMatchObject({
      permalink: 'https://x.example/1',
      state: { kind: 'published' },
    })
  })

  it('waits as it is asked to, for that account only', async () => {
    const office = await anOfficeOf(['ma', 'bs'])
    const until = office.workspace.clock.now() + HOUR
    const id = await aScheduledPost(office.workspace, ['ma', 'bs'], 5, 'one')
    await aScheduledPost(office.workspace, ['ma'], 6, 'two')
    office.publisher.fault = (call, delivery) =>
      call === 'prepare' && delivery === placementId(id, 'ma') && office.workspace.clock.now() < until
        ? { kind: 'rate-limited', until, shared: 'account', ...said }
        : null
    await office.pass(10)
    expect(
      office.publisher.calls.filter(({ call, deliveryId }) => call === 'prepare' && deliveryId.endsWith('~ma')),
    ).toHaveLength(1)
    expect(order(office)).toEqual(['one'])
    await office.pass(60)
    expect(order(office)).toEqual(['one', 'one', 'two'])
  })

  it.each([
    ['has to', { kind: 'rate-limited', shared: 'app' }],
    ['has used up its day', { kind: 'quota-used', of: 'calls', shared: 'app' }],
  ] as const)('waits with every account of an app that %s', async (_, limit) => {
    const office = await anOfficeOf(['ma', 'bs'])
    const until = office.workspace.clock.now() + HOUR
    await aScheduledPost(office.workspace, ['ma'], 5, 'one')
    await aScheduledPost(office.workspace, ['bs'], 10, 'two')
    office.publisher.fault = (call) =>
      call === 'prepare' && office.workspace.clock.now() < until ? { ...limit, until, ...said } : null
    await office.pass(30)
    expect(office.publisher.calls).toHaveLength(1)
    await office.pass(40)
    expect(order(office).toSorted()).toEqual(['one', 'two'])
  })

  it('stops an account that was shut out, tells once, and goes on when it is connected again', async () => {
    const office = await anOfficeOf(['ma', 'bs'])
    const ids = [
      await aScheduledPost(office.workspace, ['ma', 'bs'], 5, 'one'),
      await aScheduledPost(office.workspace, ['ma'], 6, 'two'),
    ]
    let revoked = true
    office.publisher.fault = (_call, delivery) =>
      revoked && delivery.endsWith('~ma') ? { kind: 'access-withdrawn', reason: 'revoked', ...said } : null
    await office.pass(20)
    expect(office.alerts).toHaveLength(1)
    expect(order(office)).toEqual(['one'])
    expect(await office.stateOf(ids[1] ?? '')).toMatchObject({ kind: 'due' })
    revoked = false
    const { store, db } = office.workspace
    await resumeAccounts(store, db, office.outbox.surroundings, ['ma'])
    await office.pass(2)
    expect(order(office)).toEqual(['one', 'one', 'two'])
  })

  it('renews an access that ran out, and repeats the step', async () => {
    const office = await anOfficeOf(['ma'])
    await aScheduledPost(office.workspace, ['ma'], 5)
    let expired = true
    office.publisher.fault = (call) => {
      if (call === 'renew') expired = false
      return call === 'commit' && expired ? { kind: 'access-expired', ...said } : null
    }
    await office.pass(6)
    expect(order(office)).toHaveLength(1)
    expect(office.alerts).toEqual([])
  })

  it.each([
    ['no line', { kind: 'no-network', details: '' }],
    ['a fault there', { kind: 'server-fault', until: null, details: '' }],
  ] as const)(
    'tries to renew it again where that failed for what passes (%s), and pauses nobody',
    async (_what, why) => {
      const office = await anOfficeOf(['ma'])
      const id = await aScheduledPost(office.workspace, ['ma'], 5)
      let [expired, fails] = [true, true]
      office.publisher.fault = (call) => {
        if (call === 'renew' && fails) return why
        if (call === 'renew') expired = false
        return call === 'prepare' && expired ? { kind: 'access-expired', details: '' } : null
      }
      await office.pass(7)
      expect((await office.workspace.db.accounts.get('ma'))?.pause).toBeNull()
      fails = false
      await office.pass(10)
      expect(await office.stateOf(id)).toMatchObject({ kind: 'published' })
    },
  )

  it('renews ahead what can be renewed only while it holds, once a day, with nothing to send', async () => {
    const office = await anOfficeOf([])
    const { db, store, clock } = office.workspace
    const now = clock.now()
    office.publisher.fault = (call) => (call === 'renew' ? { kind: 'server-fault', until: null, ...said } : null)
    const ends = async (network: 'instagram' | 'threads' | 'x', days: number) => {
      await aChannel(office.workspace, office.outbox, network, { network })
      await refreshAccount(store, network, { expiresAt: now + days * 24 * HOUR })
    }
    await ends('instagram', 19)
    await ends('threads', 40)
    await ends('x', 0.1)
    const renewals = () => office.publisher.calls.filter(({ call }) => call === 'renew').length
    await office.pass(90, 30)
    expect(renewals()).toBe(1)
    expect(await db.accounts.get('instagram')).toMatchObject({ pause: null, expiresAt: now + 19 * 24 * HOUR })
    office.publisher.fault = () => null
    await office.pass(25 * 60, 300)
    expect(renewals()).toBe(2)
    expect((await db.accounts.get('instagram'))?.expiresAt).toBeNull()
    expect(office.alerts).toEqual([])
  })

  it('renews an access of hours before a post that it would not last for, once, and none that nothing needs', async () => {
    const office = await anOfficeOf([])
    const { store, clock } = office.workspace
    const renewals = () =>
      office.publisher.calls.filter(({ call }) => call === 'renew').map(({ deliveryId }) => deliveryId)
    office.publisher.fault = (call) => (call === 'renew' ? { kind: 'server-fault', until: null, ...said } : null)
    const lasts = async (id: string, network: 'x' | 'snapchat' | 'bluesky', minutes: number, facts = {}) => {
      await aChannel(office.workspace, office.outbox, id, { network })
      await refreshAccount(store, id, { expiresAt: clock.now() + minutes * 60_000, facts })
    }
    await lasts('over', 'x', 118)
    await lasts('ended', 'bluesky', -600)
    await lasts('idle', 'snapchat', -600)
    await lasts('long', 'bluesky', 600)
    await lasts('pasted', 'x', 118, { lasting: false })
    const due = ['over', 'ended', 'long', 'pasted']
    const ids = await Promise.all(due.map((id) => aScheduledPost(office.workspace, [id], 120, id)))
    await office.pass(100, 1)
    expect(renewals()).toEqual([])
    await office.pass(18, 1)
    expect(renewals().toSorted()).toEqual(['ended', 'over'])
    expect(office.publisher.visible()).toEqual([])
    await office.pass(4, 1)
    expect(renewals().length).toBe(2)
    expect(office.publisher.visible().length).toBe(ids.length)
  })

  it('renews what dies when nobody uses it, before it does', async () => {
    const office = await anOfficeOf([])
    const { store, clock } = office.workspace
    for (const [network, days] of [
      ['pinterest', -5],
      ['tiktok', -345],
      ['youtube', -2],
    ] as const) {
      await aChannel(office.workspace, office.outbox, network, { network })
      await refreshAccount(store, network, { expiresAt: clock.now() + days * 24 * HOUR })
    }
    const renewals = () => office.publisher.calls.filter(({ call }) => call === 'renew').length
    await office.pass(60, 30)
    expect(renewals()).toBe(1)
    await office.pass(6 * 24 * 60, 720)
    expect(renewals()).toBe(2)
  })

  it('goes on after an update of Outpost when a person tries again', async () => {
    const office = await anOfficeOf(['ma'])
    const id = await aScheduledPost(office.workspace, ['ma'], 5)
    office.publisher.fault = () => ({ kind: 'changed', ...said })
    await office.pass(6)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'needs-you' })
    office.publisher.fault = () => null
    await office.outbox.commands.retry([placementId(id, 'ma')])
    await office.pass(1)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'published' })
  })

  it('lets every account of that network go on with the one that was tried again, and no other network', async () => {
    const office = await anOfficeOf(['one', 'two'])
    const { db } = office.workspace
    await aChannel(office.workspace, office.outbox, 'ghost', { network: 'ghost' })
    const [first, second] = [
      await aScheduledPost(office.workspace, ['one'], 5),
      await aScheduledPost(office.workspace, ['two'], 5),
    ]
    await aScheduledPost(office.workspace, ['ghost'], 5)
    office.publisher.fault = () => ({ kind: 'changed', ...said })
    await office.pass(6)
    expect((await db.accounts.toArray()).every(({ pause }) => pause?.why === 'trouble')).toBe(true)
    office.publisher.fault = () => null
    expect(await office.outbox.commands.retry([placementId(first, 'one')])).toBe(1)
    await office.pass(1)
    expect(await office.stateOf(first, 'one')).toMatchObject({ kind: 'published' })
    expect(await office.stateOf(second, 'two')).toMatchObject({ kind: 'published' })
    expect((await db.accounts.get('ghost'))?.pause).toMatchObject({ trouble: { kind: 'changed' } })
  })

  it.each([
    ['goes on by itself with another version of Outpost', '2.0.0', 'published'],
    ['waits for a person with the same version', '1.0.0', 'needs-you'],
  ] as const)('%s', async (_what, version, kind) => {
    const office = await anOfficeOf(['ma'], {}, { version: '1.0.0' })
    const id = await aScheduledPost(office.workspace, ['ma'], 5)
    office.publisher.fault = () => ({ kind: 'changed', ...said })
    await office.pass(6)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'needs-you' })
    await office.outbox.stop()
    const updated = await anOffice(office.workspace, { version })
    await updated.outbox.start()
    await updated.pass(1)
    expect(await office.stateOf(id)).toMatchObject({ kind })
  })

  it('tells of an access that ends once for each end, paused or not, and only when renewing did not help', async () => {
    const office = await anOfficeOf([])
    const { store, clock } = office.workspace
    const DAY = 24 * HOUR
    const ends = async (network: 'instagram' | 'threads' | 'linkedin', days: number) => {
      await aChannel(office.workspace, office.outbox, network, { network })
      await refreshAccount(store, network, { expiresAt: clock.now() + days * DAY })
    }
    office.publisher.fault = (call, account) =>
      call === 'renew' && account === 'linkedin' ? { kind: 'access-withdrawn', reason: '', ...said } : null
    await ends('instagram', 10)
    await ends('linkedin', 20)
    await office.pass(5)
    expect(office.ends).toEqual([])
    await ends('threads', 9)
    await pauseAccounts(store, office.workspace.db, office.outbox.surroundings, ['linkedin'])
    office.online = false
    await office.pass(6.5 * 24 * 60, 12 * 60)
    expect(office.ends).toEqual([])
    office.online = true
    await office.pass(3)
    expect(office.ends).toEqual(['linkedin'])
    // Opened again, it is not said again; another end is.
    office.window()
    await office.pass(DAY / 60_000, 60)
    expect(office.ends).toEqual(['linkedin'])
    await refreshAccount(store, 'linkedin', { expiresAt: clock.now() + 2 * DAY })
    await office.pass(60)
    expect(office.ends).toEqual(['linkedin', 'linkedin'])
  })

  it('holds, cancels and lets go as it is told', async () => {
    const office = await anOfficeOf(['ma'])
    const ids = await Promise.all(
      ['held', 'cancelled', 'paused'].map((text) => aScheduledPost(office.workspace, ['ma'], 30, text)),
    )
    const [held = '', gone = ''] = ids.map((id) => placementId(id, 'ma'))
    await settle(office.outbox)
    await office.outbox.commands.hold([held])
    await office.outbox.commands.cancel([gone])
    await pauseAccounts(office.workspace.store, office.workspace.db, office.outbox.surroundings, ['ma'])
    await office.pass(40)
    expect(office.publisher.calls).toEqual([])
    const { store, db } = office.workspace
    await resumeAccounts(store, db, office.outbox.surroundings, ['ma'])
    await office.pass(2)
    expect(order(office)).toEqual(['paused'])
    await office.outbox.commands.release([held])
    await office.pass(2)
    expect(order(office)).toEqual(['paused', 'held'])
  })

  it('takes back what lies at networks while everything is held, and hands it over again', async () => {
    const office = await anOfficeOf(['ma', 'pa'], { schedules: { soonest: 5 * 60_000, latest: 24 * HOUR } })
    const id = await aScheduledPost(office.workspace, ['ma', 'pa'], 300)
    await settle(office.outbox)
    for (const channel of ['ma', 'pa']) expect(await office.stateOf(id, channel)).toMatchObject({ kind: 'handed-over' })
    const { store, db } = office.workspace
    const { surroundings } = office.outbox
    expect(await pauseAccounts(store, db, surroundings, ['ma'])).toEqual({ takenBack: 1, goOut: 0 })
    await office.pass(310, 10)
    expect(office.publisher.visible().map(({ accountId }) => accountId)).toEqual(['pa'])
    await resumeAccounts(store, db, surroundings, ['ma'])
    await office.pass(2)
    expect(office.publisher.visible()).toHaveLength(2)
  })

  it('asks for approval once more right before the commit', async () => {
    const office = await anOfficeOf(['ma'])
    const id = await aScheduledPost(office.workspace, ['ma'], 5)
    office.publisher.step = async (where) => {
      if (where === 'after prepare') await setStatus(office.workspace.store, [id], 'changes', 'Changes asked')
    }
    await office.pass(60)
    expect(commits(office)).toBe(0)
  })

  it.each(['written', 'taken back'])('sends what was %s while it was being prepared', async (what) => {
    const office = await anOfficeOf(['ma'])
    const { clock, db, store } = office.workspace
    const id = await aScheduledPost(office.workspace, ['ma'], 5)
    const write = () => {
      clock.tick(1)
      return writeText(store, id, plainDoc('Four pockets'), '')
    }
    if (what === 'taken back') await write()
    let isOther = false
    office.publisher.step = async (where) => {
      if (where !== 'after prepare' || isOther) return
      isOther = true
      await (what === 'written' ? write() : store.undo())
    }
    await office.pass(10)
    expect(order(office)).toEqual([what === 'written' ? 'Four pockets' : 'Three pockets'])
    expect(await db.attempts.count()).toBe(2)
  })

  it.each(['written', 'taken back'])('sends what was %s while those before it went out', async (what) => {
    const office = await anOfficeOf(['ma'])
    const { clock, store } = office.workspace
    office.publisher.preparesAlone = true
    const ids: string[] = []
    for (const text of ['one', 'two', 'three', 'four'])
      ids.push(await aScheduledPost(office.workspace, ['ma'], 5, text))
    const third = ids[2] ?? ''
    const write = (text: string) => {
      clock.tick(1)
      return writeText(store, third, plainDoc(text), '')
    }
    if (what === 'taken back') await write('not yet')
    office.publisher.step = async (where) => {
      if (where !== 'before commit' || office.publisher.calls.length > 0) return
      await (what === 'written' ? write('by now') : store.undo())
    }
    await office.pass(6)
    expect(order(office)).toEqual(['one', 'two', what === 'written' ? 'by now' : 'three', 'four'])
  })

  it('goes on with a first comment where it was cut, and never repeats what is out', async () => {
    const office = await anOfficeOf(['li'])
    const id = await aScheduledPost(office.workspace, ['li'], 5)
    await commenting(office, id, 'li')('The link')
    let isCut = true
    office.publisher.fault = (call, _delivery, part) =>
      isCut && call === 'prepare' && part === 1 ? { kind: 'not-permitted', right: 'comments', ...said } : null
    await office.pass(10)
    expect(order(office)).toEqual(['Three pockets'])
    isCut = false
    await office.outbox.commands.retry([placementId(id, 'li')])
    await office.pass(2)
    expect(office.publisher.posts.map(({ part, text }) => [part, text])).toEqual([
      [0, 'Three pockets'],
      [1, 'The link'],
    ])
  })

  it('does not send what the network would refuse, and names the place', async () => {
    const office = await anOfficeOf(['ma'])
    const id = await aScheduledPost(office.workspace, ['ma'], 5, 'x'.repeat(600))
    await office.pass(6)
    expect(office.publisher.calls).toEqual([])
    expect(await office.stateOf(id)).toMatchObject({
      kind: 'needs-you',
      reason: { kind: 'trouble', trouble: { kind: 'refused', field: 'text' } },
    })
  })

  it('begins anew when a person tries again what the network refused, as that may be what it made of an upload', async () => {
    const office = await anOfficeOf(['ma'])
    const { publisher, outbox, workspace } = office
    const id = await aScheduledPost(workspace, ['ma'], 5, 'With a film')
    const remembered: unknown[] = []
    const { prepare } = publisher
    let isRead = false
    publisher.prepare = async (account, job, part, memory) => {
      remembered.push(memory)
      const step = await prepare(account, job, part, memory)
      if (!('upload' in memory)) return { kind: 'again', memory: { upload: remembered.length }, after: 0 }
      const trouble: Trouble = { kind: 'refused', field: '', reason: 'It could not be read.', details: 'failed' }
      return isRead ? step : { kind: 'trouble', trouble }
    }
    await office.pass(6)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'needs-you', reason: { trouble: { kind: 'refused' } } })
    isRead = true
    await outbox.commands.retry([placementId(id, 'ma')])
    await office.pass(3)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'published' })
    expect(remembered).toEqual([{}, { upload: 1 }, {}, { upload: 3 }])
  })

  it('survives what throws: nothing of it is sent twice, and the others go on', async () => {
    const office = await anOfficeOf(['ma', 'bs'])
    const id = await aScheduledPost(office.workspace, ['ma', 'bs'], 5)
    office.publisher.fault = (call, delivery) => (delivery.endsWith('~ma') && call === 'prepare' ? 'throws' : null)
    await office.pass(10)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'needs-you', reason: { kind: 'our-fault' } })
    expect(await office.stateOf(id, 'bs')).toMatchObject({ kind: 'published' })
    expect(office.reports).toHaveLength(1)
  })

  it('sends nothing it could not write down, and goes on when the disk has room again', async () => {
    const shell = createMemoryShell()
    const workspace = await aWorkspace({ shell })
    const office = await anOffice(workspace)
    await aChannel(workspace, office.outbox, 'ma')
    await office.outbox.start()
    await aScheduledPost(workspace, ['ma'], 5)
    await office.pass(1)
    shell.free = 1
    await workspace.guard.refresh()
    await office.pass(10)
    expect(office.publisher.calls).toEqual([])
    expect(office.reports.length).toBeGreaterThan(0)
    shell.free = 100_000_000_000
    await workspace.guard.refresh()
    await office.pass(1)
    expect(order(office)).toHaveLength(1)
  })

  it('begins its looks anew when the clock was set, so that a minute is a minute', async () => {
    let steady = 0
    const workspace = await aWorkspace()
    const office = await anOffice(workspace, { monotonic: () => steady })
    const pass = async (seconds: number) => {
      workspace.clock.tick(seconds * 1_000)
      steady += seconds * 1_000
      await office.sign()
    }
    await aChannel(workspace, office.outbox, 'ma')
    await office.outbox.start()
    const id = await aScheduledPost(workspace, ['ma'], 5)
    office.publisher.fault = (call) => (call === 'commit' ? { kind: 'unknown', ...said } : null)
    for (let step = 0; step < 5; step += 1) await pass(62)
    await pass(10)
    const state = async () => (await workspace.db.deliveries.get(placementId(id, 'ma')))?.state
    expect(await state()).toMatchObject({ kind: 'reconciling', looks: 1 })
    workspace.clock.tick(HOUR)
    await office.sign()
    expect(await state()).toMatchObject({ kind: 'reconciling', absentAt: 0 })
    expect(commits(office)).toBe(1)
  })

  it('gives a post that is out what could not go with it, once, and says when that was not taken', async () => {
    for (const refuses of [false, true]) {
      const office = await anOfficeOf(['yt'], { see: true })
      const asked: string[] = []
      office.publisher.complete = async (_account, remoteId, job) => {
        asked.push(`${remoteId} ${job.deliveryId}`)
        const trouble: Trouble = {
          kind: 'refused',
          field: 'cover',
          reason: 'the thumbnail is too tall',
          details: '403',
        }
        return refuses ? { kind: 'trouble', trouble } : { kind: 'done' }
      }
      const id = await aScheduledPost(office.workspace, ['yt'], 5)
      await office.pass(130, 5)
      expect(asked).toEqual([`r1 ${placementId(id, 'yt')}`])
      expect(commits(office)).toBe(1)
      expect(await office.stateOf(id)).toMatchObject({
        kind: 'published',
        reads: 2,
        mark: refuses ? { kind: 'partial', because: 'the thumbnail is too tall' } : null,
      })
      const [attempt] = await office.workspace.db.attempts.toArray()
      expect(attempt?.log.some(({ what }) => what === 'trouble')).toBe(refuses)
    }
  })

  it('pauses the accounts of a server that has changed, and none of another server', async () => {
    const office = await anOfficeOf([])
    const { db, store } = office.workspace
    for (const [id, host] of [
      ['one', 'https://a.example'],
      ['two', 'https://a.example'],
      ['far', 'https://b.example'],
    ] as const) {
      await aChannel(office.workspace, office.outbox, id, { connected: false })
      await connectAccount(store, db, office.outbox.surroundings, anAccount(id, 'mastodon', { host }))
    }
    await aScheduledPost(office.workspace, ['one'], 5)
    office.publisher.fault = (call) => (call === 'prepare' ? { kind: 'changed', ...said } : null)
    await office.pass(10)
    const paused = (await db.accounts.toArray()).filter(({ pause }) => pause).map(({ id }) => id)
    expect(paused.sort()).toEqual(['one', 'two'])
  })

  it('reminds a person of what goes out by hand', async () => {
    const office = await anOfficeOf([])
    await aChannel(office.workspace, office.outbox, 'sc', { network: 'snapchat', byHand: true })
    const id = await aScheduledPost(office.workspace, ['sc'], 5)
    await office.pass(10)
    expect(office.alerts).toEqual([`hand-off ${placementId(id, 'sc')}`])
    await office.outbox.commands.handedOff(placementId(id, 'sc'), 'https://s.example/1')
    expect(await office.stateOf(id, 'sc')).toMatchObject({ kind: 'published' })
    expect((await office.workspace.db.posts.get(id))?.status).toBe('published')
  })

  it.each(['disconnects it first', 'posts by hand first'])(
    'asks no network of a channel that is only posted by hand, and goes on reminding, where a person %s',
    async (order) => {
      const office = await anOfficeOf(['ma'], { see: true })
      const { workspace, publisher, outbox } = office
      const { db, store } = workspace
      const out = await aScheduledPost(workspace, ['ma'], 0, 'out')
      await settle(outbox)
      expect(await office.stateOf(out)).toMatchObject({ kind: 'published', reads: 0 })
      // There is no secret under its id any more.
      publisher.fault = () => ({ kind: 'access-withdrawn', reason: 'not-given', details: '' })
      const channel = await db.channels.get('ma')
      if (!channel) throw new Error('no channel')
      const byHand = () => setByHand(store, db, outbox.surroundings, channel, true)
      if (order === 'posts by hand first') await byHand()
      await disconnectAccount(store, 'ma')
      if (order === 'disconnects it first') await byHand()
      const calls = publisher.calls.length
      const id = await aScheduledPost(workspace, ['ma'], 30, 'by hand')
      await office.pass(90, 10)
      expect(await outbox.lookThere('ma')).toBe(false)
      expect(await db.accounts.get('ma')).toMatchObject({ remoteId: '', pause: null })
      expect(await office.stateOf(id)).toMatchObject({ kind: 'hand-off' })
      expect(await office.stateOf(out)).toMatchObject({ kind: 'published', mark: null })
      expect(publisher.calls).toHaveLength(calls)
    },
  )

  it('asks no network for an answer that was lost, once its channel is only posted by hand', async () => {
    const office = await anOfficeOf(['ma'])
    const { workspace, publisher, outbox } = office
    const { db, store } = workspace
    publisher.fault = (call) => (call === 'commit' ? 'lost' : null)
    const id = await aScheduledPost(workspace, ['ma'], 0)
    await settle(outbox)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'reconciling' })
    publisher.fault = () => ({ kind: 'access-withdrawn', reason: 'not-given', details: '' })
    const channel = await db.channels.get('ma')
    if (!channel) throw new Error('no channel')
    await setByHand(store, db, outbox.surroundings, channel, true)
    await disconnectAccount(store, 'ma')
    await office.pass(5)
    expect(await db.accounts.get('ma')).toMatchObject({ pause: null })
    expect(await office.stateOf(id)).toMatchObject({ kind: 'needs-you', reason: { kind: 'unclear' } })
  })

  it('says that it was not read back where nothing was looked at, or looking broke', async () => {
    const office = await anOfficeOf(['ma'], { see: true })
    const { workspace, publisher, outbox } = office
    const id = placementId(await aScheduledPost(workspace, ['ma'], 0), 'ma')
    await settle(outbox)
    expect(await outbox.lookThere('ma', id)).toBe(true)
    publisher.fault = (call) => (call === 'see' ? 'throws' : null)
    expect(await outbox.lookThere('ma', id)).toBe(false)
    expect(office.reports).toHaveLength(1)

    // What is wanted of it cannot be asked for yet.
    publisher.fault = (call) => (call === 'remove' ? { kind: 'server-fault', until: null, ...said } : null)
    await outbox.commands.changeOut(id, 'remove')
    expect(await outbox.lookThere('ma', id)).toBe(false)
    publisher.fault = () => null
    await office.pass(5)
    expect((await workspace.db.deliveries.get(id))?.state).toMatchObject({ mark: { kind: 'deleted' } })
    const { length } = publisher.calls
    expect(await outbox.lookThere('ma', id)).toBe(false)
    expect(publisher.calls).toHaveLength(length)
  })

  it('uploads a refused part anew when it is tried again, and keeps what is known of the parts that are out', async () => {
    const office = await anOfficeOf(['ma'], {}, { compose: aThread })
    const { workspace, publisher, outbox } = office
    const { db } = workspace
    publisher.fault = (call, _id, part) =>
      call === 'commit' && part === 1 ? { kind: 'refused', field: '', reason: 'The picture is broken.', ...said } : null
    const id = placementId(await aScheduledPost(workspace, ['ma'], 0), 'ma')
    await settle(outbox)
    const known = async () => {
      const { attempt = '' } = (await db.deliveries.get(id)) ?? {}
      return Object.keys((await db.attempts.get(attempt))?.memory ?? {})
    }
    expect((await db.deliveries.get(id))?.state).toMatchObject({ kind: 'needs-you' })
    expect(await known()).toEqual(['0', '1'])
    publisher.fault = () => null
    await outbox.commands.retry([id])
    expect(await known()).toEqual(['0'])
    await settle(outbox)
    expect(order(office)).toEqual(['one', 'two'])
  })

  it('waits for an upload as long as the shell does, and tries again when no answer comes', async () => {
    const size = 500_000_000
    const aFilm: Compose = async ({ id: deliveryId, contentAt }, publishAt) => {
      const film = { id: 'f', type: 'video/mp4', size, width: 1, height: 1, duration: 60, alt: '', address: '' }
      const parts: Part[] = [{ kind: 'post', text: 'one', html: '', media: [film] }]
      const job = { deliveryId, fingerprint: 'f', format: 'video', title: '', fields: {}, parts, publishAt }
      return { kind: 'job', job, contentAt }
    }
    const timers: { work: () => void; milliseconds: number }[] = []
    const timer = (work: () => void, milliseconds: number) => {
      timers.push({ work, milliseconds })
      return () => {}
    }
    const office = await anOfficeOf(['ma'], {}, { compose: aFilm, timer })
    const { publisher, outbox } = office
    let begun = () => {}
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve
    })
    publisher.prepare = () => {
      begun()
      return new Promise(() => {})
    }
    const id = await aScheduledPost(office.workspace, ['ma'], 0)
    void outbox.look()
    await isBegun
    const { work, milliseconds } = timers.at(-1) ?? { work: () => {}, milliseconds: 0 }
    expect(milliseconds).toBeGreaterThan(patienceFor(size))
    work()
    await outbox.idle()
    expect(await office.stateOf(id)).toMatchObject({ kind: 'retrying', because: { kind: 'server-fault' } })
  })

  it.each(['see', 'complete'] as const)('does not ask without end where %s throws', async (what) => {
    const office = await anOfficeOf(['ma'], { see: true })
    const { publisher } = office
    if (what === 'see') publisher.fault = (call) => (call === 'see' ? 'throws' : null)
    else
      publisher.complete = async () => {
        throw new Error('It fell over.')
      }
    const id = await aScheduledPost(office.workspace, ['ma'], 5)
    await office.pass(10)
    expect(publisher.calls.filter(({ call }) => call === 'see').length).toBeLessThan(6)
    expect(await office.stateOf(id)).toMatchObject(
      what === 'see' ? { kind: 'published', reads: 0 } : { kind: 'published', reads: 1, mark: { kind: 'partial' } },
    )
    publisher.fault = () => null
    await office.pass(120, 10)
    expect((await office.workspace.db.deliveries.get(placementId(id, 'ma')))?.permalink).toBe('https://example.org/r1')
  })

  it('is no news on Today: what people did stands there', async () => {
    const office = await anOfficeOf(['ma'])
    const id = await aScheduledPost(office.workspace, ['ma'], 5)
    await office.pass(10)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'published' })
    const { changes } = await todayFacts(office.workspace.db, '2026-01-01', ZONE)
    expect(changes.map(({ command }) => command)).toContain('createPost')
    expect(changes.filter(({ command }) => /deliver|follow/i.test(command))).toEqual([])
  })

  it('writes nothing while it has nothing to do', async () => {
    const office = await anOfficeOf(['ma'])
    await aScheduledPost(office.workspace, ['ma'], 300)
    await settle(office.outbox)
    const before = await office.workspace.db.changes.count()
    office.online = false
    await office.pass(20)
    expect(await office.workspace.db.changes.count()).toBe(before)
  })
})

describe('a network that publishes by itself', () => {
  const ahead = { schedules: { soonest: 5 * 60_000, latest: 24 * HOUR }, see: true }

  it('gets the post while there is time, is told of edits and moves, and is asked whether it is out', async () => {
    const office = await anOfficeOf(['ma'], ahead)
    const id = await aScheduledPost(office.workspace, ['ma'], 120)
    await office.pass(1)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'handed-over' })
    expect(office.publisher.visible()).toEqual([])
    await writeText(office.workspace.store, id, plainDoc('Four pockets'), 'g')
    await reschedulePosts(
      office.workspace.store,
      [{ id, to: toWall(office.workspace.clock.now() + 3 * HOUR, ZONE) }],
      'later',
    )
    await office.pass(5)
    expect(office.publisher.posts).toMatchObject([
      { text: 'Four pockets', visibleAt: office.workspace.clock.now() - 5 * 60_000 + 3 * HOUR },
    ])
    expect(commits(office)).toBe(1)
    // The laptop sleeps over the moment.
    office.workspace.clock.tick(8 * HOUR)
    await office.sign()
    expect(await office.stateOf(id)).toMatchObject({ kind: 'published', late: false })
    expect((await office.workspace.db.deliveries.get(placementId(id, 'ma')))?.permalink).toMatch(/^https:/)
  })

  it('gets a post with a first comment, which follows when the laptop is awake again', async () => {
    const office = await anOfficeOf(['fb'], ahead)
    const id = await aScheduledPost(office.workspace, ['fb'], 120)
    const comment = commenting(office, id, 'fb')
    await comment('The link')
    await office.pass(2)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'handed-over' })
    expect(commits(office)).toBe(1)
    await comment('Where to get them')
    await office.pass(5)
    office.workspace.clock.tick(8 * HOUR)
    await office.sign()
    await office.pass(3)
    expect(office.publisher.posts.map(({ part, text }) => [part, text])).toEqual([
      [0, 'Three pockets'],
      [1, 'Where to get them'],
    ])
    expect(await office.stateOf(id)).toMatchObject({ kind: 'published', late: false, mark: null })
    const [post, under] = office.publisher.posts
    expect(under?.under).toBe(post?.remoteId)
  })

  it('puts the comment as it is by then under a post that was edited while nothing could be changed there', async () => {
    const office = await anOfficeOf(['fb'], ahead)
    const id = await aScheduledPost(office.workspace, ['fb'], 120)
    const comment = commenting(office, id, 'fb')
    await comment('The link')
    await office.pass(2)
    office.online = false
    await comment('Where to get them')
    await writeText(office.workspace.store, id, plainDoc('Four pockets'), 'g')
    await office.pass(130)
    office.online = true
    await office.pass(5)
    expect(office.publisher.posts.map(({ part, text }) => [part, text])).toEqual([
      [0, 'Three pockets'],
      [1, 'Where to get them'],
    ])
    expect(await office.stateOf(id)).toMatchObject({ kind: 'published', mark: null })
    // What is known to be out is what is there.
    const { attempt } = (await office.workspace.db.deliveries.get(placementId(id, 'fb'))) ?? { attempt: '' }
    const sent = (await office.workspace.db.attempts.get(attempt))?.job
    expect(sent?.parts.map(({ text }) => text)).toEqual(['Three pockets', 'Where to get them'])
  })

  it('gives it back when it is cancelled or taken out of the schedule', async () => {
    const office = await anOfficeOf(['ma'], ahead)
    const id = await aScheduledPost(office.workspace, ['ma'], 120)
    await office.pass(1)
    await setStatus(office.workspace.store, [id], 'draft', 'Draft')
    await office.pass(2)
    expect(await office.stateOf(id)).toEqual({ kind: 'cancelled', by: 'plan' })
    await setStatus(office.workspace.store, [id], 'scheduled', 'Scheduled')
    await office.pass(200, 10)
    expect(office.publisher.visible()).toHaveLength(1)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'published' })
  })

  it('has our version put back there when somebody changed it and we ask for it, without a second post', async () => {
    const office = await anOfficeOf(['ma'], ahead)
    const id = await aScheduledPost(office.workspace, ['ma'], 1_200)
    await office.pass(3)
    const [there] = office.publisher.posts
    if (!there) throw new Error('Nothing was handed over.')
    const ours = there.text
    there.text = 'Changed by somebody'
    await office.pass(400, 10)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'handed-over', changedThere: true })
    expect(await office.outbox.commands.putOursBack(placementId(id, 'ma'))).toBe(1)
    await office.pass(3)
    expect(office.publisher.posts.map(({ text }) => text)).toEqual([ours])
    expect(await office.stateOf(id)).toMatchObject({ kind: 'handed-over', changedThere: false, pending: '' })
    expect(commits(office)).toBe(1)
    await office.pass(1_000, 10)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'published' })
    expect(office.publisher.visible()).toHaveLength(1)
  })

  describe('when the answer to a change there is lost', () => {
    const unsure = async (fault: 'lost' | Trouble) => {
      const office = await anOfficeOf(['ma'], ahead)
      const id = await aScheduledPost(office.workspace, ['ma'], 1_200)
      await office.pass(3)
      await writeText(office.workspace.store, id, plainDoc('Four pockets'), 'g')
      let left = 1
      office.publisher.fault = (call) => (call === 'edit' && left-- > 0 ? fault : null)
      while (!office.publisher.calls.some(({ call }) => call === 'edit')) await office.pass(1)
      const [there] = office.publisher.posts
      if (!there) throw new Error('Nothing was handed over.')
      const edits = () => office.publisher.calls.filter(({ call }) => call === 'edit').length
      return Object.assign(office, { id, there, edits })
    }

    it.each<[string, 'lost' | Trouble]>([
      ['took effect', 'lost'],
      ['did not', { kind: 'server-fault', until: null, ...said }],
    ])('it is looked at, and changed again, where it %s and nobody else changed it', async (_what, fault) => {
      const office = await unsure(fault)
      await office.pass(20)
      expect(office.there.text).toBe('Four pockets')
      expect(office.edits()).toBe(2)
      expect(await office.stateOf(office.id)).toMatchObject({ pending: '', changedThere: false })
    })

    it('it is known as ours where the post was edited again before', async () => {
      const office = await unsure('lost')
      await writeText(office.workspace.store, office.id, plainDoc('Five pockets'), 'h')
      await office.pass(20)
      expect(office.there.text).toBe('Five pockets')
      expect(await office.stateOf(office.id)).toMatchObject({ pending: '', changedThere: false })
      expect(office.alerts).toEqual([])
    })

    it.each<[string, 'lost' | Trouble]>([
      ['took effect', 'lost'],
      ['did not', { kind: 'server-fault', until: null, ...said }],
    ])('and it %s, what somebody changed meanwhile is not written over but asked about', async (_what, fault) => {
      const office = await unsure(fault)
      office.there.text = 'Changed by somebody'
      await office.pass(60)
      expect([office.there.text, office.edits()]).toEqual(['Changed by somebody', 1])
      expect(await office.stateOf(office.id)).toMatchObject({ kind: 'handed-over', pending: '', changedThere: true })
      expect(office.alerts).toEqual([`not-as-meant ${placementId(office.id, 'ma')}`])
      await office.outbox.commands.putOursBack(placementId(office.id, 'ma'))
      await office.pass(3)
      expect(office.there.text).toBe('Four pockets')
    })
  })

  describe('takes over what somebody changed there', () => {
    const changed = async (channels: readonly string[]) => {
      const office = await anOfficeOf(channels, ahead)
      const { db, store, clock } = office.workspace
      const id = await aScheduledPost(office.workspace, [...channels], 1_200)
      await office.pass(3)
      const there = office.publisher.posts.find(({ accountId }) => accountId === 'ma')
      if (!there) throw new Error('Nothing was handed over.')
      there.text = 'Changed by somebody\n\nand said twice'
      there.visibleAt += HOUR
      await office.pass(400, 10)
      const theirs = createTheirs({
        db,
        store,
        publisher: office.publisher,
        compose: createCompose({ db, html: () => '', media: async () => ({ kind: 'unknown', details: '' }) }),
        surroundings: office.outbox.surroundings,
        now: clock.now,
      })
      const row = async () => {
        const found = await db.deliveries.get(placementId(id, 'ma'))
        if (!found) throw new Error('The delivery is gone.')
        return found
      }
      const look = async () => {
        const looked = await theirs.look(await row())
        if (!looked.ok) throw new Error(looked.error.kind)
        return looked.value
      }
      const take = async () => {
        const both = await look()
        expect(await theirs.takeOver(await row(), both)).toBe(1)
        await settle(office.outbox)
      }
      const edits = () => office.publisher.calls.filter(({ call }) => call === 'edit').length
      return Object.assign(office, { id, db, store, there, theirs, row, look, take, edits })
    }

    it('shows both versions, and none where it waits no more', async () => {
      const office = await changed(['ma'])
      const { here, there } = await office.look()
      expect(here.text).toBe('Three pockets')
      expect(there).toEqual({ text: office.there.text, publishAt: office.there.visibleAt })
      expect(here.publishAt).toBe(office.there.visibleAt - HOUR)
      office.there.removed = true
      expect(await office.theirs.look(await office.row())).toEqual({ ok: false, error: { kind: 'waits-no-more' } })
    })

    it('makes it the post where that goes nowhere else, sends nothing, and it is out once', async () => {
      const office = await changed(['ma'])
      const at = office.there.visibleAt
      await office.take()
      expect((await office.db.posts.get(office.id))?.publishAt).toEqual(toWall(at, ZONE))
      expect(plainText((await office.db.documents.get(office.id)) ?? {})).toContain('and said twice')
      expect(await office.db.placements.count()).toBe(0)
      expect(await office.stateOf(office.id)).toMatchObject({ goesOut: at, changedThere: false, pending: '' })
      await office.pass(1_000, 10)
      expect(office.edits()).toBe(0)
      expect(commits(office)).toBe(1)
      expect(office.publisher.visible().map(({ text }) => text)).toEqual(['Changed by somebody\n\nand said twice'])
      const out = await office.row()
      expect(out.state.kind).toBe('published')
      expect(await createDiffers(office.db)(out)).toBe('same')
    })

    it('makes it the text and time of that channel where the post goes to others, too', async () => {
      const office = await changed(['ma', 'bs'])
      const before = await office.db.posts.get(office.id)
      const at = office.there.visibleAt
      await office.take()
      expect((await office.db.posts.get(office.id))?.publishAt).toEqual(before?.publishAt)
      expect(await office.db.placements.get(placementId(office.id, 'ma'))).toMatchObject({
        detached: true,
        planned: toWall(at, ZONE),
      })
      await office.pass(1_000, 10)
      expect(office.publisher.visible().map(({ accountId, text }) => [accountId, text])).toEqual(
        expect.arrayContaining([
          ['ma', office.there.text],
          ['bs', 'Three pockets'],
        ]),
      )
      expect(office.publisher.visible()).toHaveLength(2)
      expect(office.there.visibleAt).toBe(at)
    })

    it('is one step of undo, after which ours is sent there again', async () => {
      const office = await changed(['ma'])
      const ours = office.there.visibleAt - HOUR
      await office.take()
      await office.store.undo()
      await office.pass(10)
      expect(office.there).toMatchObject({ text: 'Three pockets', visibleAt: ours })
      expect(commits(office)).toBe(1)
    })

    it('takes nothing over that was answered otherwise meanwhile', async () => {
      const office = await changed(['ma'])
      const both = await office.look()
      await office.outbox.commands.keepTheirs(placementId(office.id, 'ma'))
      expect(await office.theirs.takeOver(await office.row(), both)).toBe(0)
      expect(plainText((await office.db.documents.get(office.id)) ?? {})).toBe('Three pockets')
    })
  })
})

describe('a story that is out', () => {
  it.each([
    ['tells nobody that it ended after a day', 23 * 60 + 58, 0],
    ['tells that it was taken away before', 30, 1],
  ])('%s', async (_, minutes, told) => {
    const office = await anOfficeOf(['ma'], { see: true }, { compose: aStory })
    const id = await aScheduledPost(office.workspace, ['ma'], 1)
    await office.pass(2)
    await office.pass(minutes, 2)
    office.publisher.posts.length = 0
    await office.pass(26 * 60 - minutes, 2)
    expect(office.alerts.filter((alert) => alert.startsWith('not-as-meant'))).toHaveLength(told)
    expect(await office.stateOf(id)).toMatchObject({ kind: 'published', mark: told ? { kind: 'removed' } : null })
  })
})

describe('what is out', () => {
  const text = {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Said better' }] }],
  } as const
  const out = async () => {
    const office = await anOfficeOf(['ma'])
    const id = await aScheduledPost(office.workspace, ['ma'], 1)
    await office.pass(3)
    return Object.assign(office, { id, row: placementId(id, 'ma') })
  }

  it('is changed there when a person asks for it, again where the answer was lost, and never sent twice', async () => {
    const office = await out()
    await writeText(office.workspace.store, office.id, text, 'typing')
    await office.pass(10)
    expect(office.publisher.calls.filter(({ call }) => call === 'edit')).toEqual([])
    let lost = 1
    office.publisher.fault = (call) => (call === 'edit' && lost-- > 0 ? 'lost' : null)
    expect(await office.outbox.commands.changeOut(office.row, 'edit')).toBe(1)
    await office.pass(10)
    expect(office.publisher.posts.map(({ text }) => text)).toEqual(['Said better'])
    expect(office.publisher.calls.filter(({ call }) => call === 'edit')).toHaveLength(2)
    const state = await office.stateOf(office.id)
    expect(state).toMatchObject({ kind: 'published' })
    expect(state).not.toHaveProperty('change')
    expect(commits(office)).toBe(1)
  })

  it('goes there when a person asks for it, offline as soon as there is a network', async () => {
    const office = await out()
    office.online = false
    await office.outbox.commands.changeOut(office.row, 'remove')
    await office.pass(10)
    expect(office.publisher.visible()).toHaveLength(1)
    office.online = true
    await office.pass(3)
    expect(office.publisher.visible()).toEqual([])
    expect(await office.stateOf(office.id)).toMatchObject({ kind: 'published', mark: { kind: 'deleted' } })
    await office.pass(3_000, 60)
    expect(office.publisher.calls.filter(({ call }) => call === 'remove')).toHaveLength(1)
    expect(commits(office)).toBe(1)
  })

  it('stays out when its post is deleted here, and that is known', async () => {
    const office = await out()
    const { db, store } = office.workspace
    await trashPosts(store, [office.id])
    await office.pass(10)
    expect(office.publisher.visible()).toHaveLength(1)
    expect([...(await stillOut(db, [office.id, 'another']))]).toEqual([
      [office.id, { networks: 'Mastodon', deliveryId: office.row }],
    ])
    // Taken off another channel, it is none of its business.
    expect(await stillOut(db, [office.id], new Map([[office.id, ['bs']]]))).toEqual(new Map())
    await office.outbox.commands.changeOut(office.row, 'remove')
    await office.pass(3)
    expect(office.publisher.visible()).toEqual([])
    expect(await stillOut(db, [office.id])).toEqual(new Map())
  })

  it('waits for a person where the network does not take the change', async () => {
    const office = await out()
    office.publisher.fault = (call) =>
      call === 'edit' ? { kind: 'refused', field: 'text', reason: 'it is too old', details: '' } : null
    await office.outbox.commands.changeOut(office.row, 'edit')
    await office.pass(30)
    expect(await office.stateOf(office.id)).toMatchObject({ kind: 'published', change: { what: 'edit', at: -1 } })
    expect(office.publisher.calls.filter(({ call }) => call === 'edit')).toHaveLength(1)
    expect(await office.outbox.commands.leaveOut(office.row)).toBe(1)
    expect(await office.stateOf(office.id)).not.toHaveProperty('change')
  })
})

describe('two windows', () => {
  it('over one workspace send once, and the other takes over when one is closed', async () => {
    const workspace = await aWorkspace()
    const locks = memoryLocks()
    const office = await anOffice(workspace, { locks })
    await aChannel(workspace, office.outbox, 'ma')
    const other = office.window()
    await Promise.all([office.outbox.start(), other.start()])
    await aScheduledPost(workspace, ['ma'], 5, 'one')
    await aScheduledPost(workspace, ['ma'], 30, 'two')
    for (let minute = 0; minute < 10; minute += 1) {
      workspace.clock.tick(60_000)
      await Promise.all([settle(office.outbox), settle(other)])
    }
    expect(order(office)).toEqual(['one'])
    await office.outbox.stop()
    for (let minute = 0; minute < 30; minute += 1) {
      workspace.clock.tick(60_000)
      await settle(other)
    }
    expect(order(office)).toEqual(['one', 'two'])
    expect(commits(office)).toBe(2)
  })
})

describe('a window that is loaded anew', () => {
  it('sends at once: the lock of the browser says that the one before is gone, though its lease still runs', async () => {
    const workspace = await aWorkspace()
    const before = await anOffice(workspace)
    await aChannel(workspace, before.outbox, 'ma')
    await before.outbox.start()
    await settle(before.outbox)
    await aScheduledPost(workspace, ['ma'], 5, 'one')
    workspace.clock.tick(5 * 60_000)
    await before.sign()
    expect(order(before)).toEqual(['one'])
    await aScheduledPost(workspace, ['ma'], 0, 'two')
    // Gone without a word: its lock with it, not its lease.
    const anew = await anOffice(workspace, { publisher: before.publisher, locks: memoryLocks() })
    await anew.outbox.start()
    await settle(anew.outbox)
    expect(order(anew)).toEqual(['one', 'two'])
  })
})

describe('a workspace that is a copy, or was brought back', () => {
  it('asks about what may be out already', async () => {
    const workspace = await aWorkspace()
    const office = await anOffice(workspace, { rebuilt: true })
    await aChannel(workspace, office.outbox, 'ma')
    const first = await anOffice(workspace)
    await aScheduledPost(workspace, ['ma'], 5)
    await first.outbox.start()
    await settle(first.outbox)
    await first.outbox.stop()
    workspace.clock.tick(10 * 60_000)
    await office.outbox.start()
    await settle(office.outbox)
    const [row] = await workspace.db.deliveries.toArray()
    expect(row?.state).toEqual({ kind: 'needs-you', reason: { kind: 'missed', because: 'rebuilt' } })
    expect(anAccount('ma').pause).toBeNull()
  })

  it('asks about what the plan makes anew, as its row is lost', async () => {
    const workspace = await aWorkspace()
    const first = await anOffice(workspace)
    await aChannel(workspace, first.outbox, 'ma')
    await aScheduledPost(workspace, ['ma'], 5)
    await first.outbox.start()
    await settle(first.outbox)
    await first.outbox.stop()
    await workspace.db.deliveries.clear()
    workspace.clock.tick(10 * 60_000)
    const office = await anOffice(workspace, { rebuilt: true, publisher: first.publisher })
    await office.outbox.start()
    await settle(office.outbox)
    expect(order(office)).toEqual([])
    const [row] = await workspace.db.deliveries.toArray()
    expect(row?.state).toEqual({ kind: 'needs-you', reason: { kind: 'missed', because: 'rebuilt' } })
  })

  /** A post of the next month was sent by hand, and the database that knows it is lost. */
  async function sentAndLost() {
    const workspace = await aWorkspace()
    const first = await anOffice(workspace)
    await aChannel(workspace, first.outbox, 'ma')
    const [sent = '', other = ''] = [
      await aScheduledPost(workspace, ['ma'], MONTH, 'sent'),
      await aScheduledPost(workspace, ['ma'], MONTH + 60, 'not sent'),
    ].map((id) => placementId(id, 'ma'))
    await first.outbox.start()
    await settle(first.outbox)
    const { posts, deliveries } = workspace.db
    const before = { posts: await posts.toArray(), deliveries: await deliveries.toArray() }
    await first.outbox.commands.sendNow([sent])
    await settle(first.outbox)
    expect(order(first)).toEqual(['sent'])
    await first.outbox.stop()
    await posts.bulkPut(before.posts)
    await deliveries.bulkPut(before.deliveries)
    const office = await anOffice(workspace, { rebuilt: true, publisher: first.publisher })
    const stateOf = async (id: string) => (await workspace.db.deliveries.get(id))?.state
    return { workspace, office, sent, other, stateOf, publisher: first.publisher }
  }

  it('asks about what was sent ahead of its time, which the shell knows, and about nothing else', async () => {
    const { workspace, office, sent, other, stateOf } = await sentAndLost()
    await office.outbox.start()
    await settle(office.outbox)
    expect(await stateOf(sent)).toEqual({ kind: 'needs-you', reason: { kind: 'missed', because: 'begun-before' } })
    expect(await stateOf(other)).toEqual({ kind: 'planned' })
    workspace.clock.tick((MONTH + 61) * 60_000)
    await settle(office.outbox)
    expect(order(office)).toEqual(['sent', 'not sent'])
  })

  it('plans what a person says is not there, and asks no more about it the next time', async () => {
    const { workspace, office, sent, stateOf, publisher } = await sentAndLost()
    await office.outbox.start()
    await settle(office.outbox)
    await office.outbox.commands.retry([sent])
    expect(await stateOf(sent)).toEqual({ kind: 'planned' })
    await office.outbox.stop()
    const next = await anOffice(workspace, { rebuilt: true, publisher })
    await next.outbox.start()
    await settle(next.outbox)
    expect(await stateOf(sent)).toEqual({ kind: 'planned' })
  })

  it('goes by its rows where the shell cannot tell, and says so; what was sent is not sent again at its time all the same', async () => {
    const { workspace, office, sent, stateOf, publisher } = await sentAndLost()
    publisher.begun = async () => {
      throw new Error('The file cannot be read.')
    }
    await office.outbox.start()
    await settle(office.outbox)
    expect(await stateOf(sent)).toEqual({ kind: 'planned' })
    expect(office.reports).toEqual([new Error('The file cannot be read.')])
    workspace.clock.tick((MONTH + 1) * 60_000)
    await settle(office.outbox)
    expect(order(office)).toEqual(['sent'])
    expect(await stateOf(sent)).toMatchObject({ reason: { kind: 'missed', because: 'begun-before' } })
  })

  it('asks at its time about what the workspace it is a copy of has sent since, and sends what a person says is not there', async () => {
    const { workspace, sent, stateOf, publisher } = await sentAndLost()
    const copy = await anOffice(workspace, { publisher })
    await copy.outbox.start()
    workspace.clock.tick((MONTH + 1) * 60_000)
    await settle(copy.outbox)
    expect(order(copy)).toEqual(['sent'])
    expect(await stateOf(sent)).toMatchObject({ reason: { kind: 'missed', because: 'begun-before' } })
    expect(copy.alerts).toEqual([`needs-you ${sent}`])
    await copy.outbox.commands.retry([sent])
    await settle(copy.outbox)
    expect(order(copy)).toEqual(['sent', 'sent'])
  })
})

it('forgets how long a network asked to wait where the clock was set back while nobody looked', async () => {
  const workspace = await aWorkspace()
  const before = await anOffice(workspace)
  await aChannel(workspace, before.outbox, 'ma')
  await before.outbox.start()
  await settle(before.outbox)
  const { clock, store } = workspace
  await refreshAccount(store, 'ma', { limitedUntil: clock.now() + 60_000 })
  await before.outbox.stop()
  clock.tick(-72 * HOUR)
  const office = await anOffice(workspace, { publisher: before.publisher })
  await aScheduledPost(workspace, ['ma'], 5, 'one')
  await office.outbox.start()
  await settle(office.outbox)
  await office.pass(6)
  expect(order(office)).toEqual(['one'])
})
