/** The outbox as the app wires it, without screens and on a clock that jumps over the waits; driven by `publishing.ts`. */
import { createContractPublisher } from '../../../renderer/app/contractPublisher.ts'
import { createPublishing } from '../../../renderer/app/publishing.ts'
import { bridgeOf, createShell } from '../../../renderer/app/shell.ts'
import { blankPost, reschedulePosts, setStatus, writeText } from '../../../renderer/data/commands/posts.ts'
import type { WorkspaceDb } from '../../../renderer/data/db.ts'
import { openWorkspace, type Workspace } from '../../../renderer/data/workspace.ts'
import { createCompose } from '../../../renderer/sync/compose.ts'
import { browserLocks } from '../../../renderer/sync/locks.ts'
import { createOutbox, type Outbox } from '../../../renderer/sync/outbox.ts'
import type { Pause } from '../../../shared/domain/account.ts'
import { blankChannel } from '../../../shared/domain/channel.ts'
import type { Delivery, DeliveryKind } from '../../../shared/domain/delivery.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import type { PostStatus } from '../../../shared/domain/status.ts'
import { type Instant, toInstant, toWall } from '../../../shared/domain/time.ts'
import { LONGEST_TIMER } from '../../../shared/domain/waiting.ts'
import { BEAT_MS, REWORDED, TIMES_FASTER } from './pace.ts'

const ENTRY = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'Bench',
  createdAt: 0,
  openedAt: 0,
  trashedAt: 0,
}
/** None of them is late before the last one is out. */
const GRACE_MINUTES = 60 * 24 * 30

/** Nothing went out for so many beats: perhaps everything has ended. Counting while it sends were a good part of the load. */
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

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const wordsOf = (id: string, what: string): Doc => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: `${id} ${what}.` }] }],
})

/** So many scheduled posts, one after the other on each channel in turn. */
async function plan(
  db: WorkspaceDb,
  posts: number,
  channels: number,
  one: (place: number) => { readonly id: string; readonly at: Instant; readonly status?: PostStatus },
): Promise<void> {
  const rows = Array.from({ length: posts }, (_, place) => {
    const { id, at, status = 'scheduled' } = one(place)
    const planned = toWall(at, 'UTC')
    const channelIds = [`account-${place % channels}`]
    return blankPost(0, { id, title: id, status, channelIds, planned, publishAt: planned })
  })
  await db.posts.bulkPut(rows)
  await db.documents.bulkPut(rows.map(({ id }) => ({ id, ...wordsOf(id, 'says what it has to say') })))
}

const ENDS: readonly DeliveryKind[] = ['published', 'cancelled', 'needs-you']

const left = async ({ db }: Workspace) => {
  const countOf = (kind: DeliveryKind) => db.deliveries.where('state.kind').equals(kind).count()
  const ended = await Promise.all(ENDS.map(countOf))
  return (await db.deliveries.count()) - ended.reduce((sum, count) => sum + count, 0)
}

/**
 * What was under way when the one before was killed is looked for after a minute, and where it is not there a minute later again. Call while
 * the accounts are paused: what is on its way when the clock jumps comes too late.
 */
async function waitForWhatWasUnderWay({ db }: Workspace, outbox: Outbox): Promise<void> {
  const lost = db.deliveries.where('state.kind').equals('reconciling')
  const isToLookFor = async () => (await lost.toArray()).some(({ wakeAt }) => wakeAt <= clock.now())
  for (const _ of ['once', 'twice']) {
    await jump(MINUTE)
    await outbox.look()
    while (await isToLookFor()) await pause(BEAT_MS / 10)
  }
}

const pauseAccounts = ({ db }: Workspace, pause: Pause | null) => db.accounts.toCollection().modify({ pause })

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
    await plan(db, posts, servers.length, (at) => ({ id: `post-${at}`, at: clock.now() - (posts - at + 60) * MINUTE }))
    close()
  },
  /** Sends until everything has ended. `offset`: how far the clock has jumped so far. */
  async run(offset: number): Promise<void> {
    ahead = offset
    const workspace = await open()
    await pauseAccounts(workspace, { why: 'you', since: clock.now() })
    const outbox = await start(workspace)
    await waitForWhatWasUnderWay(workspace, outbox)
    await pauseAccounts(workspace, null)
    await outbox.look()
    let last = 0
    for (let still = 0; ; ) {
      await pause(BEAT_MS)
      const out = await jump(BEAT_MS * TIMES_FASTER)
      still = out === last ? still + 1 : 0
      last = out
      if (still >= BEATS_TO_COUNT && (await left(workspace)) === 0) break
    }
    await outbox.idle()
    await outbox.stop()
    workspace.close()
  },
  /**
   * A third of it lies at the servers already and is moved, reworded or cancelled offline; the rest becomes due offline. Gives the milliseconds from
   * the network's return until everything is as it was planned last, and how much of it is.
   */
  async replay(operations: number, lanes: number): Promise<{ milliseconds: number; done: number }> {
    const workspace = await open()
    const { db, store } = workspace
    const ahead = Array.from({ length: Math.round(operations * 0.4) }, (_, at) => `ahead-${at}`)
    const at = clock.now() + DAY
    // Its server takes 25 a day ahead, whatever hour it is now.
    await plan(db, ahead.length, lanes, (place) => ({ id: ahead[place] ?? '', at: at + place * 3 * MINUTE }))
    const due = Array.from({ length: operations - ahead.length }, (_, place) => `due-${place}`)
    await plan(db, due.length, lanes, (place) => ({
      id: due[place] ?? '',
      at: clock.now() - DAY + place * 1000,
      status: 'approved',
    }))
    const outbox = await start(workspace)
    const until = async (isThere: () => Promise<boolean>) => {
      while (!(await isThere())) {
        await outbox.look()
        await outbox.idle()
      }
    }
    const lying = () => db.deliveries.filter(({ state }) => state.kind === 'handed-over' && state.pending === '')
    await until(async () => (await lying().count()) === ahead.length)

    online = false
    const third = Math.round(ahead.length / 3)
    const [moved, reworded, cancelled] = [ahead.slice(0, third), ahead.slice(third, 2 * third), ahead.slice(2 * third)]
    const later = toWall(at + 2 * DAY, 'UTC')
    const moves = moved.map((id) => ({ id, to: later }))
    await reschedulePosts(store, moves, 'Later')
    for (const id of reworded) await writeText(store, id, wordsOf(id, REWORDED), `typing ${id}`)
    await setStatus(store, cancelled, 'approved', 'Not yet')
    await setStatus(store, due, 'scheduled', 'Scheduled')
    const pending = db.deliveries.filter(({ state }) => state.kind === 'handed-over' && state.pending !== '')
    await until(async () => (await pending.count()) === ahead.length)
    await until(async () => (await db.deliveries.count()) === operations)
    // What lies there is changed when nobody has touched it for a while.
    await jump(10 * MINUTE)

    const began = performance.now()
    online = true
    sign()
    const wanted = new Set(moved)
    const isSettled = (row: Delivery) => !wanted.has(row.postId) || row.aheadFor === toInstant(later)
    const count = async () => {
      const there = (await lying().toArray()).filter(isSettled).length
      return there + (await db.deliveries.where('state.kind').anyOf('published', 'cancelled').count())
    }
    await until(async () => (await count()) === operations)
    const milliseconds = performance.now() - began
    const done = await count()
    await outbox.stop()
    workspace.close()
    return { milliseconds, done }
  },
  /** How many deliveries are in which state. */
  async states(): Promise<Record<string, number>> {
    const { db, close } = await open()
    const rows = await db.deliveries.toArray()
    close()
    return Object.fromEntries([...Map.groupBy(rows, ({ state }) => state.kind)].map(([kind, of]) => [kind, of.length]))
  },
}

/** Puts all clocks forward. Gives how much is out by then. */
const jump = (milliseconds: number): Promise<number> =>
  (window as unknown as { jumped(by: number): Promise<number> }).jumped(milliseconds).then((out) => {
    ahead += Math.max(0, milliseconds)
    return out
  })

Object.assign(window, { outboxBench: bench })
export type OutboxBench = typeof bench
