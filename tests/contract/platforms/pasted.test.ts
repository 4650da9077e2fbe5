/** An access that was pasted: how long it lasts is told from the first day, and what it may not do before anything is due. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Account } from '../../../electron/platforms/adapter.ts'
import { doubtsOf } from '../../../renderer/features/settings/channels/accountWords.ts'
import { isToRenew, isToTellEnd, standingOf } from '../../../shared/domain/accountStanding.ts'
import { blankChannel, type NetworkId } from '../../../shared/domain/channel.ts'
import { instead } from '../../sandbox/server.ts'
import { anAccount } from '../../support/publishing.ts'
import { testTools } from './deliver.ts'
import { EVERY_NETWORK, type Started } from './everyNetwork.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let started: Started
afterEach(() => started.sandbox.close())

async function connecting(network: NetworkId, given: (given: Started['given']) => Started['given']) {
  const start = EVERY_NETWORK[network]
  if (!start) throw new Error(`There is no sandbox of ${network}.`)
  started = await start()
  const { adapter, sandbox } = started
  return adapter.connect(given(started.given), testTools(sandbox.clock, {}))
}

async function connected(...how: Parameters<typeof connecting>): Promise<Account> {
  const answer = await connecting(...how)
  if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer.trouble))
  return answer.account
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10)
/** The account of a channel `after` so long. */
function standing(account: Account, after: number) {
  const row = { ...anAccount('dock', account.network), ...account, id: 'dock' }
  const now = started.sandbox.now() + after
  return {
    ...standingOf({ network: account.network, name: 'Dock' }, row, now, day),
    tell: isToTellEnd(row, now),
    row,
    now,
  }
}

describe('without what renews it', () => {
  it.each([
    ['youtube', HOUR],
    ['snapchat', HOUR],
    ['x', 2 * HOUR],
    ['tiktok', DAY],
    ['pinterest', DAY],
  ] as const)('on %s: is told to end, and to have ended', async (network, lasts) => {
    const account = await connected(network, ({ accessToken = '' }) => ({ accessToken }))
    expect(account.expiresAt).toBe(started.sandbox.now() + lasts)
    const soon = standing(account, 0)
    expect(soon).toMatchObject({ kind: 'ends', tell: true })
    expect(isToRenew(soon.row, soon.now)).toBe(false)
    expect(standing(account, lasts)).toMatchObject({
      kind: 'reconnect',
      sentence: expect.stringContaining('Connect it again'),
      tell: true,
    })
  })

  it.each(['youtube', 'snapchat', 'x', 'tiktok', 'pinterest'] as const)(
    'on %s: with it, it stays connected',
    async (network) => {
      const account = await connected(network, (given) => given)
      expect(standing(account, 0)).toMatchObject({ kind: 'well', tell: false })
      expect(standing(account, 2 * DAY)).toMatchObject({ kind: 'well', tell: false })
    },
  )
})

describe('whose whole end a network tells with each renewal', () => {
  it.each([
    ['tiktok', 365 * DAY],
    ['pinterest', 60 * DAY],
  ] as const)('on %s: it ends then, and a shorter one earlier than what is usual', async (network, lasts) => {
    const account = await connected(network, (given) => given)
    const { adapter, sandbox } = started
    const tools = testTools(sandbox.clock, started.given)
    const renewed = await adapter.refresh?.(account, tools)
    if (renewed?.kind !== 'connected') throw new Error(JSON.stringify(renewed))
    expect(renewed.account.facts.lastsUntil).toBe(sandbox.now() + lasts)
    expect(standing(renewed.account, lasts - 15 * DAY)).toMatchObject({ kind: 'well', tell: false })
    expect(standing(renewed.account, lasts - 13 * DAY)).toMatchObject({ kind: 'ends', tell: true })
    const shorter = {
      ...renewed.account,
      expiresAt: sandbox.now() + DAY,
      facts: { lastsUntil: sandbox.now() + 10 * DAY },
    }
    expect(standing(shorter, 0)).toMatchObject({ kind: 'ends', short: `Ends ${day(sandbox.now() + 10 * DAY)}` })
    expect(standing(shorter, 11 * DAY).kind).toBe('reconnect')
    // Each renewal gives another date of its own: the end is the same, and told once.
    const { row, now } = standing(shorter, 0)
    const told = { ...row, toldEnd: sandbox.now() + 10 * DAY }
    expect(isToTellEnd({ ...told, expiresAt: now + 60_000 }, now)).toBe(false)
  })
})

describe('that may be older than its pasting', () => {
  it.each(['instagram', 'threads'] as const)('on %s: is renewed once it is a day old', async (network) => {
    const account = await connected(network, ({ accessToken = '' }) => ({ accessToken }))
    const { adapter, sandbox } = started
    const fresh = standing(account, HOUR)
    expect(isToRenew(fresh.row, fresh.now)).toBe(false)
    const later = standing(account, 25 * HOUR)
    expect(isToRenew(later.row, later.now)).toBe(true)
    sandbox.clock.pass(25 * HOUR)
    const renewed = await adapter.refresh?.(account, testTools(sandbox.clock, started.given))
    if (renewed?.kind !== 'connected') throw new Error(JSON.stringify(renewed))
    const after = standing(renewed.account, 25 * HOUR)
    expect(isToRenew(after.row, after.now)).toBe(false)
  })

  it('on LinkedIn: is told to end at the latest then', async () => {
    const account = await connected('linkedin', ({ accessToken = '', as = '' }) => ({ accessToken, as }))
    expect(standing(account, 50 * DAY)).toMatchObject({
      kind: 'ends',
      sentence: expect.stringMatching(/ends .* at the latest, as its days are counted from when it was pasted\./),
    })
  })

  it('is certain where a sign-in tells when it ends', async () => {
    const expiresAt = String(Date.UTC(2026, 11, 1))
    const account = await connected('threads', ({ accessToken = '' }) => ({ accessToken, expiresAt }))
    expect(account.expiresAt).toBe(Number(expiresAt))
    expect(account.facts).toEqual({})
  })
})

describe('of Instagram, over Facebook', () => {
  const overFacebook = () => ({ accessToken: 'user-token', login: 'facebook' })
  const inspected = (data: object) => instead({ status: 200, body: { data } })

  it('ends when Facebook says, and nothing renews it', async () => {
    started = (await EVERY_NETWORK.instagram?.()) as Started
    const { adapter, sandbox } = started
    const end = Math.floor(sandbox.now() / 1000) + 5 * 3600
    sandbox.fail('GET /graph.facebook.com/*/debug_token', inspected({ app_id: '77', expires_at: end }))
    const answer = await adapter.connect(overFacebook(), testTools(sandbox.clock, {}))
    if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer.trouble))
    expect(answer.account.expiresAt).toBe(end * 1000)
    const soon = standing(answer.account, 0)
    expect(soon.kind).toBe('ends')
    expect(isToRenew(soon.row, soon.now)).toBe(false)
    expect(standing(answer.account, 6 * HOUR).kind).toBe('reconnect')
  })

  it('stays connected where Facebook tells no end', async () => {
    expect(standing(await connected('instagram', overFacebook), 300 * DAY)).toMatchObject({ kind: 'well', tell: false })
  })
})

describe('that may not do enough', () => {
  it.each([
    ['mastodon', 'GET /api/v1/apps/verify_credentials', { scopes: ['read'] }, 'write:statuses'],
    ['mastodon', 'GET /api/v1/apps/verify_credentials', { scopes: ['read', 'write:statuses'] }, 'write:media'],
    [
      'facebook',
      'GET /graph.facebook.com/*/me/permissions',
      { data: [{ permission: 'pages_manage_posts', status: 'declined' }] },
      'pages_manage_posts',
    ],
  ] as const)('on %s (%s, %j) is not taken, and %s is named', async (network, asked, body, right) => {
    started = (await EVERY_NETWORK[network]?.()) as Started
    const { adapter, sandbox } = started
    sandbox.fail(asked, instead({ status: 200, body }))
    const given = network === 'facebook' ? { accessToken: 'user-token' } : started.given
    expect(await adapter.connect(given, testTools(sandbox.clock, {}))).toMatchObject({
      trouble: { kind: 'not-permitted', right },
    })
  })

  it.each([
    ['mastodon', 'GET /api/v1/apps/verify_credentials', { status: 403, body: { error: 'No' } }],
    ['mastodon', 'GET /api/v1/apps/verify_credentials', { status: 200, body: { name: 'Outpost' } }],
    ['mastodon', 'GET /api/v1/apps/verify_credentials', { status: 200, body: { scopes: ['write', 'read'] } }],
    ['facebook', 'GET /graph.facebook.com/*/me/permissions', { status: 400, body: { error: { code: 100 } } }],
    ['facebook', 'GET /graph.facebook.com/*/me/permissions', { status: 200, body: { data: [] } }],
  ] as const)('on %s (%s, %j): nothing is concluded where nothing is told', async (network, asked, reply) => {
    started = (await EVERY_NETWORK[network]?.()) as Started
    const { adapter, sandbox } = started
    sandbox.fail(asked, instead(reply))
    const given = network === 'facebook' ? { accessToken: 'user-token' } : started.given
    expect((await adapter.connect(given, testTools(sandbox.clock, {}))).kind).toBe('connected')
  })

  it('on WordPress is asked about, since such a user may send for review', async () => {
    const channel = blankChannel('wordpress', { id: 'dock', zone: 'UTC', name: 'Blog' })
    const account = await connected('wordpress', (given) => ({ ...given, login: 'helper' }))
    expect(doubtsOf(channel, account, undefined, [])).toEqual([
      expect.stringMatching(/may not publish .*review.* Ask an admin/),
      expect.stringMatching(/may not upload files.* Ask an admin/),
    ])
    await started.sandbox.close()
    expect(doubtsOf(channel, await connected('wordpress', (given) => given), undefined, [])).toEqual([])
  })

  it('on a WordPress that tells no rights: nothing is concluded', async () => {
    const channel = blankChannel('wordpress', { id: 'dock', zone: 'UTC', name: 'Blog' })
    started = (await EVERY_NETWORK.wordpress?.()) as Started
    const { adapter, sandbox, given } = started
    sandbox.fail(
      ({ path }) => path.endsWith('/users/me'),
      instead({ status: 200, body: { id: 3, name: 'E', slug: 'e' } }),
    )
    const answer = await adapter.connect(given, testTools(sandbox.clock, {}))
    if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer.trouble))
    expect(doubtsOf(channel, answer.account, undefined, [])).toEqual([])
  })
})
