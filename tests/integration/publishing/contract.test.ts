/** The outbox over the calls of the contract: the shell's own handlers and adapter, a server on loopback, a real database. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Adapter } from '../../../electron/platforms/adapter.ts'
import { bluesky } from '../../../electron/platforms/bluesky.ts'
import { mastodon } from '../../../electron/platforms/mastodon.ts'
import { createContractPublisher, createContractReader } from '../../../renderer/app/contractPublisher.ts'
import {
  connectAccount,
  disconnectAccount,
  refreshAccount,
  setByHand,
} from '../../../renderer/data/commands/accounts.ts'
import { createPost, reschedulePosts, writeText } from '../../../renderer/data/commands/posts.ts'
import { deliveryCounts, endedDeliveries, needingYou, openDeliveries } from '../../../renderer/data/deliveries.ts'
import type { Fitting } from '../../../renderer/data/media/fit.ts'
import { shelfOf } from '../../../renderer/data/workspace.ts'
import { convertFor, dropSentMedia } from '../../../renderer/ports/sentMedia.ts'
import { createCompose } from '../../../renderer/sync/compose.ts'
import { createEngagement } from '../../../renderer/sync/engagement.ts'
import { createOutbox } from '../../../renderer/sync/outbox.ts'
import { pauseFor } from '../../../shared/domain/deliveryMoves.ts'
import { explainTrouble, sentenceOf } from '../../../shared/domain/deliveryWords.ts'
import { explainRead } from '../../../shared/domain/engagementWords.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { toWall } from '../../../shared/domain/time.ts'
import { NO_EDITS } from '../../../shared/media/crop.ts'
import { MASTODON_TOKEN, type MastodonSandbox, startMastodon } from '../../sandbox/mastodon.ts'
import { withFiles } from '../../support/library.ts'
import { aJpeg, aPng, withOrientation } from '../../support/mediaFiles.ts'
import { createMemoryShell } from '../../support/memoryShell.ts'
import { aChannel, anAccount, aScheduledPost, memoryLocks, plainDoc, settle, ZONE } from '../../support/publishing.ts'
import { aClock, aWorkspace } from '../../support/workspace.ts'

const ALL = { channelIds: [], campaignIds: [] }
let server: MastodonSandbox | undefined
afterEach(() => server?.close())

/** Stands in for the canvas of a browser; the real one is met in `tests/e2e/sent-media.test.ts`. */
const fit = async (_picture: Blob, { turn }: Fitting) => (turn === 180 ? null : new Blob([aJpeg(30, 40)]))

async function aDesk(adapter: Adapter = mastodon) {
  // The shell goes by the clock of this computer.
  const clock = aClock(Date.now())
  server = await startMastodon({ clock: { now: clock.now, pass: () => undefined } })
  const shell = createMemoryShell({ adapters: [adapter] })
  const workspace = await aWorkspace({ shell, clock })
  const { db, store } = workspace
  const publishing = await shell.publishing()
  const publisher = await createContractPublisher(publishing, shelfOf(workspace).shelf)
  const outbox = createOutbox({
    db,
    store,
    publisher,
    compose: createCompose({
      db,
      html: () => '',
      media: (facts, content, { again }) => convertFor({ db, shell, workspace }, content, facts, { again, draw: fit }),
    }),
    clock,
    monotonic: clock.now,
    locks: memoryLocks(),
    online: () => true,
    random: () => 0.5,
    timer: () => () => {},
    onSign: () => () => {},
    alert: () => {},
    report: (thrown) => {
      throw thrown
    },
    rebuilt: false,
  })
  await aChannel(workspace, outbox, 'ma', { connected: false })
  const connected = await publishing.connect({
    network: 'mastodon',
    given: { host: server.url, token: MASTODON_TOKEN },
  })
  if (connected.kind !== 'connected') throw new Error(JSON.stringify(connected))
  await connectAccount(store, db, outbox.surroundings, {
    ...connected.account,
    id: 'ma',
    byHand: false,
    practice: false,
  })
  await outbox.start()
  const engagement = createEngagement({
    db,
    store,
    publisher,
    now: clock.now,
    reader: await createContractReader(publishing),
  })
  return Object.assign(workspace, { server, clock, outbox, engagement, memory: shell })
}

it('sends what is due to the server, and the lists of the outbox say where it stands', async () => {
  const desk = await aDesk()
  const { db, outbox, clock } = desk
  const id = await aScheduledPost(desk, ['ma'], 4, 'Three pockets')
  await settle(outbox)
  expect((await openDeliveries(db, ALL, 10)).waiting.map(({ postId }) => postId)).toEqual([id])
  expect((await openDeliveries(db, { ...ALL, channelIds: ['other'] }, 10)).waiting).toEqual([])
  expect(desk.server.statuses).toEqual([])

  clock.tick(4 * 60_000)
  await settle(outbox)
  expect(desk.server.statuses.map(({ text }) => text)).toEqual(['Three pockets'])
  expect((await endedDeliveries(db, 'published', ALL, 10)).map(({ postId }) => postId)).toEqual([id])
  expect(await deliveryCounts(db)).toEqual({ open: 0, published: 1, cancelled: 0 })
})

/** What the outbox says of a delivery. */
async function saidOf({ db }: Awaited<ReturnType<typeof aDesk>>, id: string): Promise<string> {
  const delivery = await db.deliveries.get(placementId(id, 'ma'))
  if (!delivery) throw new Error(`There is no delivery of ${id}.`)
  const names = { network: 'Mastodon', account: 'Harbour', time: () => 'then', online: true, paused: false }
  return sentenceOf(delivery, names)
}

it('says at once, where it is asked to look, what somebody changed of what waits, and that it was taken away', async () => {
  const desk = await aDesk()
  const { outbox, clock, server: at } = desk
  const id = await aScheduledPost(desk, ['ma'], 40, 'Later')
  await settle(outbox)
  const [{ id: waits } = { id: '' }] = at.queue()
  await outbox.lookThere('ma')
  expect(await saidOf(desk, id)).not.toContain('changed')

  at.rewrite(waits, 'Other words')
  await outbox.lookThere('ma')
  expect(await saidOf(desk, id)).toContain('somebody changed it there')

  // Between two of its lists a network may show it in none.
  at.takeAway(waits)
  await outbox.lookThere('ma')
  expect(await saidOf(desk, id)).not.toContain('not there any more')
  clock.tick(60_000)
  await settle(outbox)
  expect(await saidOf(desk, id)).toContain('is not there any more')
  await outbox.stop()
})

it('says at once, where it is asked to look, that what is out was taken away, and keeps to that', async () => {
  const desk = await aDesk()
  const { outbox, server: at } = desk
  const id = await aScheduledPost(desk, ['ma'], 4, 'Out')
  await settle(outbox)
  await outbox.commands.sendNow([placementId(id, 'ma')])
  await settle(outbox)
  at.takeAway(at.statuses[0]?.id ?? '')
  await outbox.lookThere('ma')
  expect(await saidOf(desk, id)).toContain('was taken away there')
  const { length } = at.calls
  expect(await outbox.lookThere('ma')).toBe(true)
  expect(at.calls).toHaveLength(length)
  await outbox.stop()
  expect(await outbox.lookThere('ma')).toBe(false)
})

it.each([
  ['waits there', 40],
  ['is out', 0],
])(
  'renews an access that ran out where it is asked to look at what %s, and pauses nothing',
  async (_where, minutes) => {
    const { see } = mastodon
    if (!see) throw new Error('Mastodon shows no post.')
    let isOver = false
    let renewals = 0
    const desk = await aDesk({
      ...mastodon,
      see: async (...args) =>
        isOver ? { kind: 'trouble', trouble: { kind: 'access-expired', details: '' } } : see(...args),
      refresh: async (account, { secrets }) => {
        renewals += 1
        isOver = false
        return { kind: 'connected', account, secrets }
      },
    })
    const { db, outbox } = desk
    const id = placementId(await aScheduledPost(desk, ['ma'], minutes || 4, 'Seen'), 'ma')
    await settle(outbox)
    if (minutes === 0) await outbox.commands.sendNow([id])
    await settle(outbox)
    isOver = true
    expect(await outbox.lookThere('ma', id)).toBe(true)
    await settle(outbox)
    expect(renewals).toBe(1)
    expect((await db.accounts.get('ma'))?.pause).toBe(null)
    expect((await db.deliveries.get(id))?.renewed).toBe(false)
  },
)

it('waits where a post was the last the server takes for now, and asks for no other before', async () => {
  const desk = await aDesk()
  const { db, outbox, clock, server: at } = desk
  const ids = [
    await aScheduledPost(desk, ['ma'], 4, 'The last for now'),
    await aScheduledPost(desk, ['ma'], 4, 'The first of then'),
  ]
  await settle(outbox)
  const { calls } = at.limits
  calls.most += 1 - calls.left()
  await outbox.commands.sendNow(ids.map((id) => placementId(id, 'ma')))
  await settle(outbox)
  const sent = () => at.calls.filter(({ method, path }) => method === 'POST' && path === '/api/v1/statuses')
  expect(at.statuses).toHaveLength(1)
  expect(sent()).toHaveLength(1)
  const until = calls.ends()
  expect(Math.abs(((await db.accounts.get('ma'))?.limitedUntil ?? 0) - until)).toBeLessThanOrEqual(2_000)
  calls.most = 300
  clock.tick(until - clock.now() + 2_000)
  await settle(outbox)
  expect(at.statuses).toHaveLength(2)
  expect(sent()).toHaveLength(2)
})

it('lists what was sent at once although it is planned for later, and reads no more than is asked for', async () => {
  const desk = await aDesk()
  const { db, outbox, clock } = desk
  const [now = '', never = '', later = ''] = await Promise.all(
    [40, 50, 60].map((minutes) => aScheduledPost(desk, ['ma'], minutes, `in ${minutes}`)),
  )
  await settle(outbox)
  // The server had it already, to publish by itself: it is taken back there first.
  expect(desk.server.waiting).toHaveLength(3)
  await outbox.commands.sendNow([placementId(now, 'ma')])
  await outbox.commands.cancel([placementId(never, 'ma')])
  for (let look = 0; look < 3; look += 1) {
    await settle(outbox)
    clock.tick(1_000)
  }
  expect(desk.server.statuses.map(({ text }) => text)).toEqual(['in 40'])
  expect(desk.server.waiting).toHaveLength(1)
  expect((await endedDeliveries(db, 'published', ALL, 1)).map(({ postId }) => postId)).toEqual([now])
  expect((await endedDeliveries(db, 'cancelled', ALL, 1)).map(({ postId }) => postId)).toEqual([never])
  expect((await openDeliveries(db, ALL, 1)).waiting.map(({ postId }) => postId)).toEqual([later])
})

it('sends pictures as they are meant, the same bytes again, and holds what cannot be made with its name', async () => {
  const desk = await aDesk()
  const { db, outbox, store, shell, clock } = desk
  const { shelf } = shelfOf(desk)
  const photo = withOrientation(aJpeg(40, 30), 1)
  const [whole, turned, broken] = await withFiles(
    desk,
    { type: 'image/jpeg', size: photo.length },
    { edits: { ...NO_EDITS, turn: 90 } },
    { name: 'quay.png', edits: { ...NO_EDITS, turn: 180 } },
  )
  if (!whole || !turned || !broken) throw new Error('no files')
  await db.blobs.put({ id: whole.id, type: 'image/jpeg', bytes: new Blob([photo]) })
  await db.blobs.put({ id: turned.id, type: 'image/png', bytes: new Blob([aPng(40, 30)]) })
  await shell.dropMedia(shelf, [whole.id])
  const ids: string[] = []
  for (const { id: mediumId } of [whole, turned, broken])
    ids.push(
      await createPost(
        store,
        {
          title: 'Harbour',
          status: 'scheduled',
          channelIds: ['ma'],
          planned: toWall(clock.now() + 4 * 60_000, ZONE),
          media: [{ mediumId, alt: 'The harbour', ratio: '' }],
        },
        plainDoc('The harbour'),
      ),
    )
  await settle(outbox)
  clock.tick(4 * 60_000)
  for (let look = 0; look < 6; look += 1) {
    await settle(outbox)
    clock.tick(5_000)
  }
  const rows = await Promise.all(ids.map((id) => db.deliveries.get(placementId(id, 'ma'))))
  expect(rows[0]?.state).toMatchObject({ kind: 'published' })
  expect(rows[1]?.state).toMatchObject({ kind: 'published' })
  expect(rows[2]?.state).toMatchObject({
    kind: 'needs-you',
    reason: {
      trouble: {
        kind: 'refused',
        field: expect.stringMatching(/^medium:./),
        reason: expect.stringContaining('“quay.png” could not'),
      },
    },
  })
  expect(desk.server.statuses).toHaveLength(2)
  const [bare, upright] = await Promise.all(
    rows.slice(0, 2).map(async (row) => (await db.attempts.get(row?.attempt ?? ''))?.job.parts[0]?.media[0]),
  )
  expect(bare).toMatchObject({ type: 'image/jpeg', width: 40, height: 30, alt: 'The harbour' })
  expect(upright).toMatchObject({ type: 'image/jpeg', width: 30, height: 40 })
  const lying = (id = '') => Buffer.from(desk.memory.originals.get(`${shelf}/${id}`) ?? [])
  expect(lying(bare?.id).includes('Exif')).toBe(false)
  expect(photo.length - lying(bare?.id).length).toBeGreaterThan(20)
  const sent = desk.server.calls.filter(({ path }) => path === '/api/v2/media').map(({ body }) => body)
  expect(sent.some((body) => body.includes(lying(bare?.id)))).toBe(true)
  // Until it was looked at, something may still have to go with it: a film's thumbnail.
  const out = rows[0]
  if (out?.state.kind !== 'published') throw new Error('It is not out.')
  await db.deliveries.put({ ...out, state: { ...out.state, reads: 0 } })
  await dropSentMedia({ db, shell, workspace: desk })
  expect(lying(bare?.id)).not.toHaveLength(0)
  // Nothing waits for them any more.
  await db.deliveries.put({ ...out, state: { ...out.state, reads: 1 } })
  await dropSentMedia({ db, shell, workspace: desk })
  expect(lying(bare?.id)).toHaveLength(0)
  expect(lying(turned.id)).not.toHaveLength(0)
})

it('makes a picture once for deliveries that want the same at the same time, and none takes it from another', async () => {
  const desk = await aDesk()
  const { db, memory: shell } = desk
  const [file] = await withFiles(desk, { type: 'image/jpeg', width: 40, height: 30 })
  if (!file) throw new Error('no file')
  await db.blobs.put({ id: file.id, type: 'image/jpeg', bytes: new Blob([aJpeg(40, 30)]) })
  let drawn = 0
  const draw = async () => {
    drawn += 1
    return new Blob([aJpeg(30, 40)])
  }
  const content = { network: 'mastodon', format: 'feed', fields: {} } as const
  const facts = {
    id: file.id,
    kind: 'image',
    type: 'image/jpeg',
    width: 40,
    height: 30,
    ratio: '3:4',
    alt: '',
  } as const
  const wanted = () => convertFor({ db, shell, workspace: desk }, content, facts, { draw })
  const [first, ...others] = await Promise.all([wanted(), wanted(), wanted()])
  expect(first).toMatchObject({ type: 'image/jpeg', width: 30, height: 40 })
  expect(others).toEqual([first, first])
  expect(drawn).toBe(1)
  const { shelf } = shelfOf(desk)
  const lying = await shell.listMedia(shelf)
  expect(lying.ok && lying.value.map(({ id }) => id)).toContain(first && 'id' in first ? first.id : '')
})

it('sends a picture once for each of its uses, cut and described as it is there', async () => {
  const desk = await aDesk()
  const { db, outbox, store, clock } = desk
  const [file] = await withFiles(desk, { type: 'image/jpeg', width: 40, height: 30 })
  if (!file) throw new Error('no file')
  await db.blobs.put({ id: file.id, type: 'image/jpeg', bytes: new Blob([aJpeg(40, 30)]) })
  const id = await createPost(
    store,
    {
      title: 'Harbour',
      status: 'scheduled',
      channelIds: ['ma'],
      planned: toWall(clock.now() + 4 * 60_000, ZONE),
      media: [
        { mediumId: file.id, alt: 'All of it', ratio: '' },
        { mediumId: file.id, alt: 'The boats', ratio: '3:4' },
        { mediumId: file.id, alt: 'The boats once more', ratio: '3:4' },
      ],
    },
    plainDoc('The harbour'),
  )
  await settle(outbox)
  clock.tick(4 * 60_000)
  for (let look = 0; look < 6; look += 1) {
    await settle(outbox)
    clock.tick(5_000)
  }
  const row = await db.deliveries.get(placementId(id, 'ma'))
  const sent = (await db.attempts.get(row?.attempt ?? ''))?.job.parts[0]?.media ?? []
  expect(sent.map(({ alt, width, height }) => [alt, width, height])).toEqual([
    ['All of it', 40, 30],
    ['The boats', 30, 40],
    ['The boats once more', 30, 40],
  ])
  expect(new Set(sent.map((one) => one.id)).size).toBe(3)
  expect(desk.server.statuses).toHaveLength(1)
  expect(desk.server.calls.filter(({ path }) => path === '/api/v2/media')).toHaveLength(3)
})

it('calls an account as its network does once it has renewed its access', async () => {
  let isOver = true
  const adapter: Adapter = {
    ...mastodon,
    prepare: async (...asked) =>
      isOver ? { kind: 'trouble', trouble: { kind: 'access-expired', details: '' } } : mastodon.prepare(...asked),
    refresh: async (account, { secrets }) => {
      isOver = false
      return { kind: 'connected', account: { ...account, handle: '@renamed', name: 'Renamed' }, secrets }
    },
  }
  const desk = await aDesk(adapter)
  await aScheduledPost(desk, ['ma'], 4, 'Three pockets')
  desk.clock.tick(4 * 60_000)
  await settle(desk.outbox)
  expect(desk.server.statuses.map(({ text }) => text)).toEqual(['Three pockets'])
  expect(await desk.db.accounts.get('ma')).toMatchObject({ handle: '@renamed', name: 'Renamed' })
})

it('asks a person when the access was taken away, as a pasted token cannot be renewed', async () => {
  const desk = await aDesk()
  const id = await aScheduledPost(desk, ['ma'], 4)
  desk.server.fail('POST /api/v1/statuses', {
    kind: 'instead',
    happened: false,
    reply: {
      status: 401,
      headers: { 'content-type': 'application/json' },
      body: '{"error":"The access token was revoked"}',
    },
  })
  desk.clock.tick(4 * 60_000)
  await settle(desk.outbox)
  expect((await desk.db.deliveries.get(placementId(id, 'ma')))?.state).toMatchObject({
    kind: 'needs-you',
    reason: { kind: 'trouble', trouble: { kind: 'access-withdrawn' } },
  })
  expect((await desk.db.accounts.get('ma'))?.pause).toMatchObject({ why: 'trouble' })
  expect(await needingYou(desk.db)).toBe(1)
})

it('a renewed access that this computer cannot keep passes, and is no access that was taken away', async () => {
  const publishing = await createMemoryShell({ adapters: [bluesky] }).publishing()
  const failure = { kind: 'disk-full', message: 'The disk is full.' } as const
  const refresh = async () => ({ kind: 'not-kept', failure }) as const
  const publisher = await createContractPublisher({ ...publishing, refresh }, 'shelf')
  const renewed = await publisher.renew(anAccount('dock', 'bluesky'))
  if (renewed.kind !== 'trouble') throw new Error('It was kept.')
  expect(pauseFor(renewed.trouble)).toEqual([])
  expect(renewed.trouble).toMatchObject({
    kind: 'server-fault',
    here: 'The renewed access could not be kept on this computer. The disk is full.',
  })
  const names = { network: 'Bluesky', account: '@dock', time: () => '10:05', online: true, paused: false }
  expect(explainTrouble(renewed.trouble, names)).toBe(
    'The renewed access could not be kept on this computer. The disk is full. Try again.',
  )
})

/** A post that is out, as its delivery stands. */
async function aPostThatIsOut(desk: Awaited<ReturnType<typeof aDesk>>) {
  const id = await aScheduledPost(desk, ['ma'], 4, 'Three pockets')
  await settle(desk.outbox)
  await desk.outbox.commands.sendNow([placementId(id, 'ma')])
  await settle(desk.outbox)
  const delivery = await desk.db.deliveries.get(placementId(id, 'ma'))
  if (delivery?.state.kind !== 'published') throw new Error('It is not out.')
  return delivery
}

it('tells what came of a post that is out, of what its network tells, and keeps nothing of it', async () => {
  const desk = await aDesk()
  const { engagement, db, server: at } = desk
  const delivery = await aPostThatIsOut(desk)
  const remoteId = at.statuses[0]?.id ?? ''
  at.audience.react(remoteId, { favourites_count: 12 })
  at.audience.answer(remoteId, 'ada', 'Which three?')
  expect(engagement.tells('mastodon')).toEqual({ metrics: true, inbox: true })
  expect(engagement.tells('youtube')).toEqual({ metrics: false, inbox: false })
  expect(await engagement.numbers(delivery)).toMatchObject({ counts: { likes: 12, comments: 1 } })
  expect(await engagement.answers(delivery, '')).toMatchObject({
    messages: [{ text: '@outpost Which three?', own: false }],
  })
  const rows = await Promise.all([db.deliveries, db.attempts, db.accounts].map((table) => table.toArray()))
  expect(JSON.stringify(rows)).not.toContain('Which three?')
})

it('renews an access that ran out before it asks for numbers, and asks nothing of an account that is to wait', async () => {
  let asked = 0
  const desk = await aDesk({
    ...mastodon,
    refresh: async (account, { secrets }) => ({ kind: 'connected', account: { ...account, expiresAt: 9e15 }, secrets }),
    metrics: async (...args) =>
      ++asked === 1
        ? { kind: 'trouble', trouble: { kind: 'access-expired', details: '' } }
        : ((await mastodon.metrics?.(...args)) ?? { kind: 'untold' }),
  })
  const { engagement, db, store, clock } = desk
  const delivery = await aPostThatIsOut(desk)
  expect(await engagement.numbers(delivery)).toMatchObject({ kind: 'counted' })
  expect(asked).toBe(2)
  expect((await db.accounts.get('ma'))?.expiresAt).toBe(9e15)

  const limitedUntil = clock.now() + 60_000
  await refreshAccount(store, 'ma', { limitedUntil })
  expect(await engagement.numbers(delivery)).toMatchObject({ trouble: { kind: 'rate-limited', until: limitedUntil } })
  expect(asked).toBe(2)
})

describe('what is out at its network before this computer thinks so', () => {
  /** Handed over, and published there while the clock here is behind. */
  async function anEarlyPost() {
    const desk = await aDesk()
    const id = await aScheduledPost(desk, ['ma'], 40, 'Early')
    await settle(desk.outbox)
    const [waits] = desk.server.waiting
    if (!waits) throw new Error('It was not handed over.')
    waits.at = desk.clock.now() - 1000
    desk.server.publishDue()
    expect(desk.server.statuses).toHaveLength(1)
    return { desk, id: placementId(id, 'ma'), postId: id }
  }
  const soon = async ({ outbox, clock }: Awaited<ReturnType<typeof aDesk>>) => {
    for (const _minute of [1, 2, 3]) {
      clock.tick(60_000)
      await settle(outbox)
    }
  }

  it.each(['sent now', 'cancelled', 'edited', 'moved'])('is not sent once more when it is %s', async (how) => {
    const { desk, id, postId } = await anEarlyPost()
    const { commands } = desk.outbox
    if (how === 'sent now') await commands.sendNow([id])
    else if (how === 'cancelled') await commands.cancel([id])
    else if (how === 'edited') await writeText(desk.store, postId, plainDoc('Early, said otherwise'), 'g')
    else await reschedulePosts(desk.store, [{ id: postId, to: toWall(desk.clock.now() + 90 * 60_000, ZONE) }], '')
    await settle(desk.outbox)
    await soon(desk)
    expect(desk.server.statuses).toHaveLength(1)
    expect(desk.server.waiting).toEqual([])
    expect(await desk.db.deliveries.get(id)).toMatchObject({
      state: { kind: 'published' },
      sent: [{ remoteId: desk.server.statuses[0]?.id }],
    })
  })

  it('is sent where it was taken away there, once that is sure', async () => {
    const desk = await aDesk()
    const id = placementId(await aScheduledPost(desk, ['ma'], 40, 'Gone'), 'ma')
    await settle(desk.outbox)
    desk.server.waiting.length = 0
    await desk.outbox.commands.sendNow([id])
    await settle(desk.outbox)
    expect(desk.server.statuses).toEqual([])
    await soon(desk)
    expect(desk.server.statuses).toHaveLength(1)
    expect(await desk.db.deliveries.get(id)).toMatchObject({ state: { kind: 'published' } })
  })
})

it('says that no account is connected, and not that the network tells nothing, of a post whose channel was disconnected', async () => {
  const desk = await aDesk()
  const { engagement, db, store, outbox } = desk
  const delivery = await aPostThatIsOut(desk)
  const names = { network: 'Mastodon', account: 'Harbour', time: () => 'then', online: true, paused: false }
  const said = async () => {
    const counted = await engagement.numbers(delivery)
    return counted.kind === 'trouble' ? explainRead(counted.trouble, names) : counted.kind
  }
  await disconnectAccount(store, 'ma')
  const sentence = 'No account is connected to this channel. Connect Harbour again.'
  expect(await said()).toBe(sentence)
  const channel = await db.channels.get('ma')
  if (!channel) throw new Error('no channel')
  await setByHand(store, db, outbox.surroundings, channel, true)
  expect(await said()).toBe(sentence)
  // What it went out as is not what is connected now.
  const { connectedAt: _at, pause: _pause, limitedUntil: _until, ...other } = anAccount('ma')
  await connectAccount(store, db, outbox.surroundings, other)
  expect(await said()).toBe(
    'It went out as another account than the one that is connected now. Only the account of then can be asked about it.',
  )
})

it.each(['account', 'app'] as const)(
  'asks no more of an account whose network wanted a wait when numbers were asked for, nor of others where that is of the %s',
  async (shared) => {
    let asked = 0
    let until = 0
    const desk = await aDesk({
      ...mastodon,
      metrics: async () => {
        asked += 1
        return { kind: 'trouble', trouble: { kind: 'rate-limited', until, shared, details: '' } }
      },
    })
    const { engagement, db, store, outbox, clock } = desk
    const delivery = await aPostThatIsOut(desk)
    until = clock.now() + 60_000
    await aChannel(desk, outbox, 'other', { connected: false })
    const { host = '' } = (await db.accounts.get('ma')) ?? {}
    await connectAccount(store, db, outbox.surroundings, anAccount('other', 'mastodon', { host }))
    expect(await engagement.numbers(delivery)).toMatchObject({ trouble: { kind: 'rate-limited' } })
    expect(await engagement.answers(delivery, '')).toMatchObject({ trouble: { kind: 'rate-limited', until } })
    expect(await engagement.numbers(delivery)).toMatchObject({ trouble: { kind: 'rate-limited', until } })
    expect(asked).toBe(1)
    const waits = await db.accounts.bulkGet(['ma', 'other'])
    expect(waits.map((account) => account?.limitedUntil)).toEqual([until, shared === 'app' ? until : 0])
  },
)

it('holds no post back for hours since numbers were asked for too often, and asks for none before', async () => {
  let asked = 0
  const desk = await aDesk({
    ...mastodon,
    metrics: async () => {
      asked += 1
      return { kind: 'trouble', trouble: { kind: 'quota-used', until: midnight, of: 'calls', details: '' } }
    },
  })
  const midnight = desk.clock.now() + 9 * 3_600_000
  const delivery = await aPostThatIsOut(desk)
  for (const _press of [1, 2])
    expect(await desk.engagement.numbers(delivery)).toMatchObject({ trouble: { until: midnight } })
  expect(asked).toBe(1)
  expect((await desk.db.accounts.get('ma'))?.limitedUntil).toBe(0)
})

it('leaves out an answer whose date nobody can read, and shows the others, the newest first', async () => {
  const desk = await aDesk({
    ...mastodon,
    inbox: async () => ({
      kind: 'heard',
      messages: [2, Number.NaN, 3].map((at) => ({ id: `${at}`, author: '', text: '', at, own: false, permalink: '' })),
      next: '',
    }),
  })
  const delivery = await aPostThatIsOut(desk)
  const heard = await desk.engagement.answers(delivery, '')
  expect(heard.kind === 'heard' ? heard.messages.map(({ id }) => id) : heard).toEqual(['3', '2'])
})
