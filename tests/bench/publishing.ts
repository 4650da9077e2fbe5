/** What publishing must reach: what the engine adds to the network's time, nothing twice and nothing lost, a long film in pieces. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { mastodon } from '../../electron/platforms/mastodon.ts'
import { aJob, deliver, testTools } from '../contract/platforms/deliver.ts'
import { lift } from '../sandbox/limits.ts'
import { MASTODON_TOKEN, startMastodon } from '../sandbox/mastodon.ts'
import { cutAfter, lostAnswer, type Matcher, matching } from '../sandbox/server.ts'
import { startYouTube } from '../sandbox/youtube.ts'
import { projectRoot } from '../support/project.ts'
import { round } from './measures.ts'
import type { OutboxBench } from './outbox/main.ts'
import { BEAT_MS, REWORDED, TIMES_FASTER } from './outbox/pace.ts'

const ACCOUNTS = 20
const LEASE_MS = 90_000
/** After a lost answer the engine looks as soon as that. */
const FIRST_LOOK_MS = 5_000

export interface Network {
  /** Milliseconds it takes for an answer. */
  readonly answersIn: number
  /** The share of answers to what is published that never arrive. */
  readonly lost: number
}

/** Twenty servers on one clock, which may jump; none of them knows keys, so a second call is a second post. */
async function startServers() {
  let ahead = 0
  const real = Date.now
  // The shell runs in this process and tells the time to adapters: it jumps along.
  Date.now = () => real() + ahead
  const clock = {
    now: Date.now,
    pass: (by: number) => {
      ahead += Math.max(0, by)
    },
  }
  const servers = await Promise.all(Array.from({ length: ACCOUNTS }, () => startMastodon({ clock })))
  for (const server of servers) {
    server.forget()
    server.rules.keepsKeys = false
    lift(server.limits)
  }
  const out = () => servers.reduce((sum, { statuses }) => sum + statuses.length, 0)
  return {
    clock,
    ahead: () => ahead,
    /** Puts the clock forward and gives how much is out. */
    jump: (by: number) => {
      clock.pass(by)
      return out()
    },
    urls: servers.map(({ url }) => url),
    out,
    mostOfOne: () => Math.max(...servers.map(({ statuses }) => statuses.length)),
    texts: () => servers.flatMap(({ statuses }) => statuses.map(({ text }) => text)),
    /** A share of the answers to what is published gets lost from now on: any one of so many, so that no run has more of them than another. */
    lose: (share: number) => {
      if (share === 0) return
      const posts = matching('POST /api/v1/statuses')
      for (const server of servers)
        server.fail(oneOf(Math.round(1 / share), posts), lostAnswer, Number.POSITIVE_INFINITY)
    },
    /** Every answer takes so many milliseconds from now on. */
    takes: (milliseconds: number) => {
      for (const server of servers) server.takes(milliseconds)
    },
    servers,
    close: async () => {
      Date.now = real
      for (const server of servers) await server.close()
    },
  }
}

/** Of every so many calls that match, one, chosen at random. */
function oneOf(many: number, matches: Matcher): Matcher {
  let at = 0
  let chosen = 0
  return (call) => {
    if (!matches(call)) return false
    if (at === 0) chosen = Math.floor(Math.random() * many)
    const isChosen = at === chosen
    at = (at + 1) % many
    return isChosen
  }
}

type Servers = Awaited<ReturnType<typeof startServers>>

declare const window: { outboxBench: OutboxBench }

const ready = (page: Page) => page.waitForFunction(() => 'outboxBench' in window)

const seed = (page: Page, { urls }: Servers, posts: number) =>
  page.evaluate(([urls, token, posts]) => window.outboxBench.seed(urls, token, posts), [
    urls,
    MASTODON_TOKEN,
    posts,
  ] as const)

/** Bytes of the page's own heap after everything that is not used was thrown away. */
async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number }
  await session.detach()
  return usedSize / 1024 / 1024
}

/**
 * Milliseconds of the network for a placement: the same adapter on as many accounts, with as many lost answers and the wait before each is looked for,
 * and nothing beside it - no plan, no database, no page. Measured as the engine is: in runs of `posts`, from when one is in full swing.
 */
async function networkAlone({ answersIn, lost }: Network, posts: number, runs: number): Promise<number> {
  const { servers, clock, lose, takes, out, close } = await startServers()
  takes(answersIn)
  lose(lost)
  const beat = setInterval(() => clock.pass(BEAT_MS * TIMES_FASTER), BEAT_MS)
  const swing = { milliseconds: 0, posts: 0 }
  for (let run = 1; run <= runs; run++) {
    const ends = run * posts
    const began = Promise.withResolvers<number>()
    const lanes = servers.map(({ url }, at) =>
      sendAlone(url, `alone ${run} ${at}`, clock, {
        mayGoOn: () => out() < ends,
        sent: () => out() >= ends - posts + STARTING && began.resolve(performance.now()),
      }),
    )
    const ended = Promise.race(lanes).then(() => performance.now())
    const from = await began.promise
    swing.milliseconds += (await ended) - from
    swing.posts += posts - STARTING
    await Promise.all(lanes)
  }
  clearInterval(beat)
  await close()
  return swing.milliseconds / swing.posts
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

interface Alone {
  readonly mayGoOn: () => boolean
  readonly sent: () => void
}

/** One account's posts by the adapter alone; a lost answer is looked for. */
async function sendAlone(host: string, name: string, clock: Servers['clock'], { mayGoOn, sent }: Alone): Promise<void> {
  const given = { host, token: MASTODON_TOKEN }
  const connected = await mastodon.connect(given, testTools(clock, given))
  if (connected.kind !== 'connected') throw new Error('Not connected.')
  const { account, secrets } = connected
  const tools = testTools(clock, secrets)
  for (let made = 0; mayGoOn(); made++) {
    const job = aJob(`${name} ${made}`)
    const since = clock.now()
    const { trouble, memory } = await deliver({ adapter: mastodon, job, account, tools, clock })
    sent()
    if (!trouble) continue
    const looks = clock.now() + FIRST_LOOK_MS
    await pause(FIRST_LOOK_MS / TIMES_FASTER)
    while (clock.now() < looks && mayGoOn()) await pause(BEAT_MS / 4)
    if (mayGoOn()) await mastodon.find?.(job, 0, memory, since, account, tools)
  }
}

/** Posts after which a run is in full swing again. */
const STARTING = 2 * ACCOUNTS
const ALONE_POSTS = 500
const ALONE_RUNS = 8

/**
 * So many placements, the engine dropped in mid-flight after every so many. What the engine takes for one is measured while it
 * runs and every account has something to send; opening the workspace again and waiting out the minutes after a kill are told apart.
 */
export async function measurePlacements(
  page: Page,
  { placements, killAfter, ...network }: Network & { readonly placements: number; readonly killAfter: number },
) {
  const servers = await startServers()
  await page.exposeFunction('jumped', servers.jump)
  await ready(page)
  await seed(page, servers, placements)
  servers.takes(network.answersIn)
  servers.lose(network.lost)
  const before = await heapMb(page)
  let most = before
  const began = performance.now()
  let measuring = 0
  const swing = { milliseconds: 0, posts: 0 }
  for (let kills = 1; ; kills++) {
    const run = page
      .evaluate((ahead) => window.outboxBench.run(ahead), servers.ahead())
      .then(
        () => 'ended' as const,
        () => 'killed' as const,
      )
    const enough = Promise.withResolvers<'enough'>()
    const first = servers.out()
    let full = 0
    let base = 0
    let last = { at: 0, out: 0 }
    const watch = setInterval(() => {
      const out = servers.out()
      // In the end accounts run out of posts, one after the other.
      const isInSwing = out >= first + STARTING && servers.mostOfOne() < placements / ACCOUNTS
      if (isInSwing && full === 0) {
        full = performance.now()
        base = out
      }
      if (isInSwing && out > last.out) last = { at: performance.now(), out }
      if (out >= kills * killAfter) enough.resolve('enough')
    }, 10)
    const how = await Promise.race([run, enough.promise])
    clearInterval(watch)
    if (full > 0) {
      swing.milliseconds += last.at - full
      swing.posts += last.out - base
    }
    if (how === 'ended') break
    if (how === 'killed') throw new Error('The page fell over.')
    const looked = performance.now()
    most = Math.max(most, await heapMb(page))
    measuring += performance.now() - looked
    await page.reload()
    await run
    await ready(page)
    // The lease of the one that is gone runs out.
    servers.clock.pass(LEASE_MS + 1000)
  }
  const seconds = (performance.now() - began - measuring) / 1000
  const states = await page.evaluate(() => window.outboxBench.states())
  const texts = servers.texts()
  await servers.close()
  const alone = await networkAlone(network, ALONE_POSTS, ALONE_RUNS)
  const different = new Set(texts).size
  const perPlacement = swing.milliseconds / swing.posts
  return {
    placements,
    seconds: round(seconds),
    /** Opening again after a kill, and the waits after it. */
    restartSeconds: round(seconds - (placements * perPlacement) / 1000),
    networkMs: round(alone),
    engineMs: round(perPlacement - alone),
    grownMb: round(most - before),
    doubles: texts.length - different,
    lost: placements - different,
    states,
  }
}

/** What was planned, moved, reworded and cancelled offline, from the moment the network is back. */
export async function measureReplay(page: Page, operations: number) {
  const servers = await startServers()
  await page.exposeFunction('jumped', servers.jump)
  await ready(page)
  await seed(page, servers, 0)
  const { milliseconds, done } = await page.evaluate(
    ([operations, accounts]) => window.outboxBench.replay(operations, accounts),
    [operations, ACCOUNTS] as const,
  )
  const texts = servers.texts()
  const waiting = servers.servers.flatMap(({ waiting }) => waiting)
  await servers.close()
  const reworded = waiting.filter(({ params }) => String(params.text).includes(REWORDED)).length
  const latest = Math.max(...waiting.map(({ at }) => at))
  const moved = waiting.filter(({ at }) => at === latest).length
  // Two fifths waited there; a third each was moved, reworded and taken back.
  const third = Math.round(Math.round(operations * 0.4) / 3)
  const out = operations - Math.round(operations * 0.4)
  const wrong =
    Math.abs(texts.length - out) +
    (texts.length - new Set(texts).size) +
    Math.abs(waiting.length - 2 * third) +
    Math.abs(reworded - third) +
    Math.abs(moved - third)
  return {
    operations,
    seconds: round(milliseconds / 1000),
    done,
    out: texts.length,
    waiting: waiting.length,
    moved,
    reworded,
    wrong,
  }
}

const FILM_BYTES = 500 * 1024 * 1024
/** In the middle of a piece in the middle of the film. */
const CUT_AT_PIECE = 31
const CUT_AFTER = 3_000_000

/**
 * A long film goes up in pieces by the adapter, in a process of its own that does nothing else; the line is cut in the middle. Bytes are
 * counted where they arrive.
 */
export async function measureFilm() {
  const sandbox = await startYouTube({ clock: { now: Date.now, pass: () => undefined }, keepsFilms: false })
  sandbox.forget()
  lift(sandbox.limits)
  let pieces = 0
  sandbox.fail(
    (call) => /^bytes \d+-/.test(call.headers['content-range'] ?? '') && ++pieces === CUT_AT_PIECE,
    cutAfter(CUT_AFTER),
  )
  const child = spawn(
    process.execPath,
    ['--expose-gc', join(projectRoot, 'tests', 'bench', 'upload.ts'), sandbox.url, String(FILM_BYTES)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let said = ''
  child.stdout.on('data', (part: Buffer) => {
    said += part.toString('utf8')
  })
  await new Promise((resolve) => child.once('close', resolve))
  const { extraMb, seconds, cuts } = JSON.parse(said) as { extraMb: number; seconds: number; cuts: number }
  const films = [...sandbox.films.values()].filter(({ size }) => size === FILM_BYTES).length
  const again = sandbox.filmBytes() - FILM_BYTES
  await sandbox.close()
  return { megabytes: FILM_BYTES / 1024 / 1024, seconds, extraMb, cuts, films, sentAgainBytes: again }
}
