/**
 * Every network counts as its notes say. Where something is used up the adapter says until when and for whom, and at that time it goes on.
 */
import { afterEach, describe, expect, it } from 'vitest'
import type { Account, Secrets } from '../../../electron/platforms/adapter.ts'
import { facebook } from '../../../electron/platforms/facebook.ts'
import { nearLimit } from '../../../electron/services/http.ts'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import { startFacebook } from '../../sandbox/facebook.ts'
import { dayIn, every, type Limit, limit, rolling } from '../../sandbox/limits.ts'
import type { startPinterest } from '../../sandbox/pinterest.ts'
import { startNetworks } from '../../sandbox/practice.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import type { Sandbox } from '../../sandbox/server.ts'
import { bytesFor, deliver, testTools } from './deliver.ts'
import { EVERY_NETWORK, plainPost, type Started } from './everyNetwork.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

interface Case {
  readonly network: NetworkId
  /** Of its sandbox. */
  readonly name: string
  readonly kind: 'rate-limited' | 'quota-used'
  readonly shared: 'account' | 'app'
  /** Until when, by the clock at which it was refused. Absent: until there is more, which the network tells. */
  readonly until?: (now: number) => number
  /** A header of every answer that tells what is left. */
  readonly left?: string
}
const CASES: readonly Case[] = [
  { network: 'facebook', name: 'page', kind: 'rate-limited', shared: 'account' },
  { network: 'instagram', name: 'calls', kind: 'rate-limited', shared: 'account' },
  // Within 24 hours: something leaves that window any time, so it is asked every hour.
  { network: 'instagram', name: 'posts', kind: 'quota-used', shared: 'account', until: (now) => now + HOUR },
  { network: 'threads', name: 'calls', kind: 'rate-limited', shared: 'account' },
  { network: 'threads', name: 'posts', kind: 'rate-limited', shared: 'account', until: (now) => now + HOUR },
  { network: 'youtube', name: 'films', kind: 'quota-used', shared: 'app', until: dayIn('America/Los_Angeles') },
  { network: 'linkedin', name: 'member', kind: 'rate-limited', shared: 'account', until: every(DAY) },
  { network: 'linkedin', name: 'app', kind: 'rate-limited', shared: 'account', until: every(DAY) },
  { network: 'x', name: 'posts', kind: 'rate-limited', shared: 'account', left: 'x-rate-limit-remaining' },
  { network: 'x', name: 'app', kind: 'rate-limited', shared: 'app', left: 'x-app-limit-24hour-remaining' },
  { network: 'tiktok', name: 'init', kind: 'rate-limited', shared: 'account', until: (now) => now + MINUTE },
  { network: 'tiktok', name: 'creator', kind: 'rate-limited', shared: 'account', until: (now) => now + MINUTE },
  { network: 'tiktok', name: 'posts', kind: 'quota-used', shared: 'account', until: (now) => now + DAY },
  { network: 'snapchat', name: 'token', kind: 'rate-limited', shared: 'account' },
  { network: 'snapchat', name: 'app', kind: 'rate-limited', shared: 'account' },
  { network: 'pinterest', name: 'writes', kind: 'rate-limited', shared: 'account' },
  { network: 'pinterest', name: 'second', kind: 'rate-limited', shared: 'account', left: 'x-ratelimit-remaining' },
  { network: 'bluesky', name: 'hour', kind: 'rate-limited', shared: 'account' },
  { network: 'bluesky', name: 'day', kind: 'rate-limited', shared: 'account' },
  { network: 'bluesky', name: 'calls', kind: 'rate-limited', shared: 'account', left: 'ratelimit-remaining' },
  { network: 'mastodon', name: 'calls', kind: 'rate-limited', shared: 'account', left: 'x-ratelimit-remaining' },
  { network: 'mastodon', name: 'posts', kind: 'rate-limited', shared: 'account' },
]

let sandbox: Sandbox | undefined
afterEach(() => sandbox?.close())

interface Connected extends Started {
  readonly account: Account
  secrets: Secrets
}

async function connected(network: NetworkId): Promise<Connected> {
  const started = await EVERY_NETWORK[network]?.()
  if (!started) throw new Error(`There is no sandbox of ${network}.`)
  sandbox = started.sandbox
  const made = await started.adapter.connect(started.given, testTools(started.sandbox.clock, {}))
  if (made.kind !== 'connected') throw new Error(JSON.stringify(made.trouble))
  return { ...started, ...made, account: { ...made.account, facts: { ...made.account.facts, ...started.facts } } }
}

/** Sends posts by an account, and keeps the headers of what was answered. */
function sending(there: Connected) {
  const { sandbox: at, adapter, account, host } = there
  const answers: Headers[] = []
  const send = (text: string) => {
    const { job, media } = plainPost(account.network, text)
    host(media)
    const tools = testTools(at.clock, there.secrets, bytesFor(...media))
    const heard: typeof tools = {
      ...tools,
      fetch: async (address, init) => {
        const answer = await tools.fetch(address, init)
        answers.push(answer.headers)
        return answer
      },
    }
    return deliver({ adapter, job, account, tools: heard, clock: at.clock })
  }
  return { send, answers }
}

/** An access that may have run out while one waited. */
async function renewed(there: Connected): Promise<void> {
  const { adapter, account, sandbox: at } = there
  if (account.expiresAt === null || account.expiresAt > at.clock.now()) return
  const made = await adapter.refresh?.(account, testTools(at.clock, there.secrets))
  if (made?.kind === 'connected') there.secrets = made.secrets
}

const limitOf = ({ sandbox: { limits = {} } }: Started, name: string): Limit => {
  const found = limits[name]
  if (!found) throw new Error(`Nothing is counted as ${name}.`)
  return found
}
/** No more than what is used so far. */
const useUp = (one: Limit): void => {
  one.most -= one.left()
}

describe('what is used up', () => {
  it.each(CASES)('$network, $name', async ({ network, name, kind, shared, until, left }) => {
    const there = await connected(network)
    const { sandbox: at } = there
    const { send, answers } = sending(there)
    const one = limitOf(there, name)
    expect((await send('One')).trouble).toBeNull()
    if (left) expect(answers.findLast((headers) => headers.has(left))?.get(left)).toBe(String(one.left()))
    useUp(one)
    expect(one.most).toBeGreaterThan(0)
    const { trouble } = await send('Two')
    expect(trouble?.kind).toBe(kind)
    if (trouble?.kind !== 'rate-limited' && trouble?.kind !== 'quota-used') return
    expect(trouble.shared ?? 'account').toBe(shared)
    const ends = until ? until(at.clock.now()) : one.ends()
    // Meta tells it in whole minutes.
    expect(trouble.until - ends).toBeGreaterThanOrEqual(0)
    expect(trouble.until - ends).toBeLessThanOrEqual(MINUTE)
    let again = trouble.until
    for (let waits = 0; ; waits++) {
      at.clock.pass(again - at.clock.now())
      await renewed(there)
      const { trouble: after } = await send(`Three ${waits}`)
      if (!after) return
      // What was used bit by bit comes back bit by bit.
      expect(after.kind).toBe(kind)
      expect(waits).toBeLessThan(30)
      again = 'until' in after && after.until ? after.until : 0
    }
  })

  it.each(['facebook', 'instagram', 'threads'] as const)(
    'is seen coming on %s, from 90 percent on',
    async (network) => {
      const there = await connected(network)
      const { sandbox: at } = there
      const one = limitOf(there, network === 'facebook' ? 'page' : 'calls')
      const { send, answers } = sending(there)
      const near = () => nearLimit(answers.at(-1) ?? new Headers(), at.clock.now())
      expect((await send('One')).trouble).toBeNull()
      expect(near()).toBeNull()
      one.most = 1_000
      one.count(940 - (one.most - one.left()))
      await send('Two')
      const minutes = Math.floor((one.most - one.left()) / 10) - 89
      expect(near()).toEqual({ shared: 'account', until: at.clock.now() + minutes * MINUTE })
    },
  )

  it('of a person on Facebook holds for the whole app', async () => {
    const at = await startFacebook()
    sandbox = at
    at.limits.app.most = 0
    const made = await inSandbox(facebook, () => at.url).connect({ accessToken: at.userToken }, testTools(at.clock, {}))
    expect(made).toMatchObject({ kind: 'trouble', trouble: { kind: 'rate-limited', shared: 'app' } })
  })

  it('of questions about people and films at TikTok holds for the whole app', async () => {
    const there = await connected('tiktok')
    const { adapter, sandbox: at } = there
    limitOf(there, 'info').most = 0
    const again = () => adapter.connect(there.given, testTools(at.clock, {}))
    const until = at.clock.now() + MINUTE
    expect(await again()).toMatchObject({ kind: 'trouble', trouble: { kind: 'rate-limited', shared: 'app', until } })
    at.clock.pass(MINUTE)
    limitOf(there, 'info').most = 1
    expect(await again()).toMatchObject({ kind: 'connected' })
  })

  it('of the units of a day at YouTube holds for the whole app, and films have a budget of their own', async () => {
    const there = await connected('youtube')
    const { adapter, account, sandbox: at } = there
    useUp(limitOf(there, 'units'))
    const { remoteIds, trouble } = await sending(there).send('One')
    expect(trouble).toBeNull()
    const look = async () => adapter.see?.(remoteIds[0] ?? '', account, testTools(at.clock, there.secrets))
    const until = dayIn('America/Los_Angeles')(at.clock.now())
    expect(await look()).toMatchObject({ kind: 'trouble', trouble: { kind: 'quota-used', shared: 'app', until } })
    at.clock.pass(until - at.clock.now())
    expect(await look()).toMatchObject({ kind: 'seen' })
  })

  it('of a day at Pinterest, where the app is on trial', async () => {
    const there = await connected('pinterest')
    const at = there.sandbox as Awaited<ReturnType<typeof startPinterest>>
    at.tier = 'trial'
    at.limits.trialWrites.most = 1
    const { send } = sending(there)
    expect((await send('One')).trouble).toBeNull()
    const { trouble } = await send('Two')
    expect(trouble).toMatchObject({ kind: 'rate-limited', until: every(DAY)(at.clock.now()) })
  })

  it('says what is used at Instagram and Threads, as they are asked for it', async () => {
    for (const [network, path] of [
      ['instagram', 'graph.instagram.com/v26.0/17841400000000001/content_publishing_limit'],
      ['threads', 'graph.threads.net/v1.0/26000000000001/threads_publishing_limit'],
    ] as const) {
      const there = await connected(network)
      expect((await sending(there).send('One')).trouble).toBeNull()
      const answer = await fetch(`${there.sandbox.url}/${path}?fields=quota_usage,config`, {
        headers: { authorization: `Bearer ${there.given.accessToken}` },
      })
      expect(await answer.json()).toMatchObject({ data: [{ quota_usage: 1, config: { quota_duration: 86_400 } }] })
      await there.sandbox.close()
    }
  })
})

it('is met by nobody who only practises', async () => {
  const networks = await startNetworks()
  const { url = '', given = {} } = networks.find(({ network }) => network === 'tiktok') ?? {}
  const ask = () =>
    fetch(`${url}/open.tiktokapis.com/v2/post/publish/creator_info/query/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${given.accessToken}` },
    })
  const answers: number[] = []
  for (let asked = 0; asked < 25; asked++) answers.push((await ask()).status)
  for (const network of networks) await network.close()
  expect(new Set(answers)).toEqual(new Set([200]))
})

describe('a limit of a sandbox', () => {
  const at = Date.UTC(2026, 9, 14, 9, 10)
  it.each([
    ['windows that follow each other', every(15 * MINUTE), Date.UTC(2026, 9, 14, 9, 15)],
    ['a day of Greenwich', every(DAY), Date.UTC(2026, 9, 15)],
    ['a window that goes along', rolling(DAY), at + DAY],
    ['a day of California', dayIn('America/Los_Angeles'), Date.UTC(2026, 9, 15, 7)],
    [
      'the day the clocks go back there',
      dayIn('America/Los_Angeles'),
      Date.UTC(2026, 10, 2, 8),
      Date.UTC(2026, 10, 1, 9),
    ],
  ])('counts in %s', (_, window, ends, from = at) => {
    let now = from
    const one = limit(() => now, 2, window)
    one.count(1)
    one.count(1)
    expect([one.left(), one.percent(), one.ends()]).toEqual([0, 100, ends])
    now = ends - 1
    expect(one.left()).toBe(0)
    now = ends
    expect(one.left()).toBe(2)
  })
})
