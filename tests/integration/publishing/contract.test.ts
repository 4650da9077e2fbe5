/** The outbox over the calls of the contract: the shell's own handlers and adapter, a server on loopback, a real database. */
import { afterEach, expect, it } from 'vitest'
import { mastodon } from '../../../electron/platforms/mastodon.ts'
import { createContractPublisher } from '../../../renderer/app/contractPublisher.ts'
import { sentMedium } from '../../../renderer/app/sentMedia.ts'
import { tidySent } from '../../../renderer/app/tidySent.ts'
import { connectAccount } from '../../../renderer/data/commands/accounts.ts'
import { createPost } from '../../../renderer/data/commands/posts.ts'
import { deliveryCounts, endedDeliveries, needingYou, openDeliveries } from '../../../renderer/data/deliveries.ts'
import { shelfOf } from '../../../renderer/data/workspace.ts'
import { createCompose } from '../../../renderer/sync/compose.ts'
import { createOutbox } from '../../../renderer/sync/outbox.ts'
import { newDelivery } from '../../../shared/domain/delivery.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { toWall } from '../../../shared/domain/time.ts'
import { NO_EDITS } from '../../../shared/media/crop.ts'
import type { Recipe } from '../../../shared/platforms/sending.ts'
import { MASTODON_TOKEN, type MastodonSandbox, startMastodon } from '../../sandbox/mastodon.ts'
import { withFiles } from '../../support/library.ts'
import { createMemoryShell } from '../../support/memoryShell.ts'
import { aChannel, aScheduledPost, memoryLocks, plainDoc, settle, ZONE } from '../../support/publishing.ts'
import { aClock, aWorkspace } from '../../support/workspace.ts'

const ALL = { channelIds: [], campaignIds: [] }
let server: MastodonSandbox | undefined
afterEach(() => server?.close())

/** Stands for the worker: what is turned cannot be drawn. */
const draw = async (bytes: Blob, { turn }: Recipe) => (turn === 0 ? { bytes, width: 8, height: 6 } : null)

async function aDesk() {
  // The shell goes by the clock of this computer.
  const clock = aClock(Date.now())
  server = await startMastodon({ clock: { now: clock.now, pass: () => undefined } })
  const shell = createMemoryShell({ adapters: [mastodon] })
  const workspace = await aWorkspace({ shell, clock })
  const { db, store } = workspace
  const publishing = await shell.publishing()
  const outbox = createOutbox({
    db,
    store,
    publisher: await createContractPublisher(publishing, shelfOf(workspace).shelf),
    compose: createCompose({
      db,
      html: () => '',
      media: (...wanted) => sentMedium({ db, shell, workspace, draw }, ...wanted),
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
  return Object.assign(workspace, { server, clock, outbox })
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

it('sends a picture made ready, also where its second copy was lost, and refuses one that cannot be drawn', async () => {
  const desk = await aDesk()
  const { db, outbox, store, shell, clock } = desk
  const [whole, turned] = await withFiles(desk, {}, { name: 'quay.png', edits: { ...NO_EDITS, turn: 90 } })
  if (!whole || !turned) throw new Error('no files')
  await shell.dropMedia(shelfOf(desk).shelf, [whole.id])
  const ids: string[] = []
  for (const { id: mediumId } of [whole, turned])
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
  for (let look = 0; look < 4; look += 1) {
    await settle(outbox)
    clock.tick(5_000)
  }
  const states = await Promise.all(ids.map(async (id) => (await db.deliveries.get(placementId(id, 'ma')))?.state))
  expect(states[0]).toMatchObject({ kind: 'published' })
  expect(states[1]).toMatchObject({
    kind: 'needs-you',
    reason: {
      trouble: {
        kind: 'refused',
        field: 'media',
        reason: expect.stringContaining('“quay.png” could not be made a picture'),
      },
    },
  })
  expect(desk.server.statuses).toHaveLength(1)
  expect(
    desk.server.calls.find(({ path }) => path === '/api/v2/media')?.body.includes(Buffer.from(whole.id.slice(0, 3))),
  ).toBe(true)
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

it('takes away what was made for sending once nothing needs it', async () => {
  const desk = await aDesk()
  const { db, shell, clock } = desk
  const { shelf } = shelfOf(desk)
  const lie = async () => {
    const listed = await shell.listMedia(shelf)
    return listed.ok ? listed.value.map(({ id }) => id).sort() : []
  }
  for (const id of ['sent-needed', 'sent-old', 'film'])
    await shell.appendMedia(shelf, id, { at: 0, bytes: 'AAAA', last: true })
  const medium = { type: 'image/png', size: 3, width: 1, height: 1, duration: 0, alt: '', address: '' }
  const media = [{ ...medium, id: 'sent-needed' }]
  const part = { kind: 'post', text: '', html: '', media } as const
  const job = {
    deliveryId: 'd',
    fingerprint: '',
    format: 'feed',
    title: '',
    fields: {},
    parts: [part],
    publishAt: null,
  }
  await db.attempts.put({ id: 'a', deliveryId: 'd', job, memory: {}, madeAt: 0, log: [] })
  const fresh = newDelivery({ id: 'd', postId: 'p', channelId: 'other', dueAt: clock.now(), contentAt: 0 })
  await db.deliveries.put({ ...fresh, attempt: 'a', state: { kind: 'due', after: 1e15, because: null } })
  const tidy = () => tidySent({ db, shell, workspace: desk, clock })
  expect(await tidy()).toBe(1)
  expect(await lie()).toEqual(['film', 'sent-needed'])
  await db.deliveries.update('d', { state: { kind: 'cancelled', by: 'you' } })
  expect(await tidy()).toBe(1)
  expect(await lie()).toEqual(['film'])
})
