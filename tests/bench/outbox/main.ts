/** The outbox as the app wires it, without screens and on a clock that jumps over the waits; driven by `publishing.ts`. */
import { createContractPublisher } from '../../../renderer/app/contractPublisher.ts'
import { createPublishing } from '../../../renderer/app/publishing.ts'
import { bridgeOf, createShell } from '../../../renderer/app/shell.ts'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import { openWorkspace, type Workspace } from '../../../renderer/data/workspace.ts'
import { createCompose } from '../../../renderer/sync/compose.ts'
import { browserLocks } from '../../../renderer/sync/locks.ts'
import { createOutbox, type Outbox } from '../../../renderer/sync/outbox.ts'
import { blankChannel } from '../../../shared/domain/channel.ts'
import type { DeliveryKind } from '../../../shared/domain/delivery.ts'
import { toWall } from '../../../shared/domain/time.ts'
import { LONGEST_TIMER } from '../../../shared/domain/waiting.ts'

const ENTRY = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'Bench',
  createdAt: 0,
  openedAt: 0,
  trashedAt: 0,
}
/** None of them is late before the last one is out. */
const GRACE_MINUTES = 60 * 24 * 30

const BEAT_MS = 200
const TIMES_FASTER = 25
const BEATS_TO_COUNT = 5
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const shell = await createShell(bridgeOf(window))
const publishing = createPublishing(bridgeOf(window))
let ahead = 0
let online = true
let sign = () => {}
const clock = { now: () => Date.now() + ahead }

async function open(): Promise<Workspace> {
  const opened = await openWorkspace(ENTRY, { clock, port: shell, zone: 'UTC' })
  if (!opened.ok) throw new Error(`Not opened: ${opened.error.kind}`)
  return opened.value
}

async function start({ db, store }: Workspace): Promise<Outbox> {
  const publisher = await createContractPublisher(publishing, `ws-${ENTRY.id}`)
  const outbox = createOutbox({
    db,
    store,
    // Not read back: that is for later, and no part of sending.
    publisher: { ...publisher, abilities: (network) => ({ ...publisher.abilities(network), see: false }) },
    compose: createCompose({
      db,
      html: () => '',
      media: async () => ({ kind: 'refused', field: '', reason: '', details: '' }),
    }),
    clock,
    monotonic: () => performance.now() + ahead,
    locks: browserLocks(navigator.locks),
    online: () => online,
    random: Math.random,
    // What is waited for between calls passes as fast as the clock runs; how long a call may take does not.
    timer: (work, milliseconds) => {
      const timer = setTimeout(work, milliseconds > LONGEST_TIMER ? milliseconds : milliseconds / TIMES_FASTER)
      return () => clearTimeout(timer)
    },
    onSign: (listener) => {
      sign = listener
      return () => {}
    },
    alert: () => {},
    report: (thrown) => console.error(thrown),
    rebuilt: false,
  })
  await outbox.start()
  return outbox
}

const ENDS: readonly DeliveryKind[] = ['published', 'cancelled', 'needs-you']

const bench = {
  /** Accounts at these servers, and so many posts of theirs that are due. */
  async seed(servers: readonly string[], token: string, posts: number): Promise<void> {
    const { db, close } = await open()
    const accounts = await Promise.all(
      servers.map(async (host, at) => {
        const answer = await publishing.connect({ network: 'mastodon', given: { host, token } })
        if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer))
        return { ...answer.account, id: `account-${at}` }
      }),
    )
    await db.channels.bulkPut(
      accounts.map(({ id }) => blankChannel('mastodon', { id, name: id, zone: 'UTC', grace: GRACE_MINUTES })),
    )
    await db.accounts.bulkPut(
      accounts.map((account) => ({
        ...account,
        connectedAt: 0,
        pause: null,
        limitedUntil: 0,
        byHand: false,
        practice: false,
      })),
    )
    const rows = Array.from({ length: posts }, (_, at) => {
      const planned = toWall(clock.now() - (posts - at + 60) * 60_000, 'UTC')
      const channelIds = [`account-${at % servers.length}`]
      return blankPost(0, {
        id: `post-${at}`,
        title: `${at}`,
        status: 'scheduled',
        channelIds,
        planned,
        publishAt: planned,
      })
    })
    await db.posts.bulkPut(rows)
    await db.documents.bulkPut(
      rows.map(({ id }) => ({
        id,
        content: [{ type: 'paragraph', content: [{ type: 'text', text: `${id} says what it has to say.` }] }],
      })),
    )
    close()
  },
  /** Sends until everything has ended. `offset`: how far the clock has jumped so far. */
  async run(offset: number): Promise<void> {
    ahead = offset
    const workspace = await open()
    const outbox = await start(workspace)
    // Time runs faster, or most of the bench were the wait after a lost answer; no faster than a call could outlast its fence by.
    for (let beat = 1; ; beat += 1) {
      await pause(BEAT_MS)
      await jump(BEAT_MS * TIMES_FASTER)
      if (beat % BEATS_TO_COUNT === 0 && (await bench.left(workspace)) === 0) break
    }
    await outbox.idle()
    await outbox.stop()
    workspace.close()
  },
  left: ({ db }: Workspace) => db.deliveries.where('state.kind').noneOf(ENDS).count(),
  /** Plans offline, then gives the milliseconds from the network's return until everything is out. */
  async replay(): Promise<number> {
    online = false
    const workspace = await open()
    const outbox = await start(workspace)
    await outbox.idle()
    await outbox.look()
    await outbox.idle()
    const began = performance.now()
    online = true
    sign()
    while ((await bench.left(workspace)) > 0) {
      await outbox.look()
      await outbox.idle()
    }
    const milliseconds = performance.now() - began
    await outbox.stop()
    workspace.close()
    return milliseconds
  },
  /** How many deliveries are in which state. */
  async states(): Promise<Record<string, number>> {
    const { db, close } = await open()
    const rows = await db.deliveries.toArray()
    close()
    return Object.fromEntries([...Map.groupBy(rows, ({ state }) => state.kind)].map(([kind, of]) => [kind, of.length]))
  },
}

const jump = (milliseconds: number): Promise<void> =>
  (window as unknown as { jumped(by: number): Promise<void> }).jumped(milliseconds).then(() => {
    ahead += Math.max(0, milliseconds)
  })

Object.assign(window, { outboxBench: bench })
export type OutboxBench = typeof bench
