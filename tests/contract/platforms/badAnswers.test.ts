/**
 * What no network should answer and some do, for all of them: each ends in one sentence that says what happened, why and what to do,
 * with the words that came kept beside it. What a lost commit does stands in `platformContract.ts`.
 */
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Account, Adapter, Secrets } from '../../../electron/platforms/adapter.ts'
import { ADAPTERS } from '../../../electron/platforms/index.ts'
import { doubtsOf, explainConnect, isSameAccount } from '../../../renderer/features/settings/channels/accountWords.ts'
import { calledAs } from '../../../shared/domain/accountStanding.ts'
import { blankChannel, NETWORKS, type NetworkId } from '../../../shared/domain/channel.ts'
import { pauseFor } from '../../../shared/domain/deliveryMoves.ts'
import { explainTrouble } from '../../../shared/domain/deliveryWords.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { graphError } from '../../sandbox/graph.ts'
import { linkedInError } from '../../sandbox/linkedin.ts'
import { pinterestError } from '../../sandbox/pinterest.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { garbage, instead, type Reply } from '../../sandbox/server.ts'
import { snapError } from '../../sandbox/snapchat.ts'
import { tiktokError } from '../../sandbox/tiktok.ts'
import { xProblem } from '../../sandbox/x.ts'
import { youtubeError } from '../../sandbox/youtube.ts'
import { bytesFor, deliver, prepare, type TestTools, testTools } from './deliver.ts'
import { EVERY_NETWORK, plainPost, type Started } from './everyNetwork.ts'

/** Before a site of one's own stand firewalls that refuse with a page, and a host that knows no such site: to it a page is a word too. */
const PAGES: ReadonlySet<NetworkId> = new Set(['wordpress', 'ghost'])
const META: ReadonlySet<NetworkId> = new Set(['facebook', 'instagram', 'threads'])
const networks = ADAPTERS.map(({ network }) => network)
const time = (at: number) => new Date(at).toISOString()
let started: Started
afterEach(() => started.sandbox.close())

async function begin(network: NetworkId): Promise<Started> {
  const start = EVERY_NETWORK[network]
  if (!start) throw new Error(`There is no sandbox of ${network}.`)
  started = await start()
  return started
}

interface Connection {
  readonly account: Account
  readonly secrets: Secrets
  readonly tools: TestTools
}
async function connected(network: NetworkId, { adapter, given, sandbox, host }: Started): Promise<Connection> {
  const answer = await adapter.connect(given, testTools(sandbox.clock, {}))
  if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer.trouble))
  const { media } = plainPost(network)
  host(media)
  const { account, secrets } = answer
  return { account, secrets, tools: testTools(sandbox.clock, secrets, bytesFor(...media)) }
}

/** One sentence or two, none of them about our insides, and something to do or to wait for. */
function expectsAnAnswer(sentence: string): void {
  expect(sentence).toMatch(/^\S.*\.$/)
  expect(sentence).not.toMatch(/undefined|null|\[object|\.\.|http \d|TypeError/i)
  expect(sentence).toMatch(
    /try again|goes out|connect|change|update|open a web page|give it|check|look|ask|wait|set it|switch on|make a new/i,
  )
}
const expectsWordsOnConnect = (trouble: Trouble, network: NetworkId): void =>
  expectsAnAnswer(explainConnect(trouble, network, time).sentence)
function expectsWords(trouble: Trouble, network: NetworkId, account?: Account): void {
  const name = NETWORKS[network].name
  expectsWordsOnConnect(trouble, network)
  const names = {
    network: name,
    account: account ? calledAs(account) : '@dock',
    time,
    online: true,
    paused: false,
  }
  expectsAnAnswer(explainTrouble(trouble, names))
}

const html = { 'content-type': 'text/html' }
interface Bad {
  readonly what: string
  readonly reply: Reply
  readonly kind: Trouble['kind']
  readonly by?: string
  /** It may be a refusal of a site. */
  readonly refuses?: true
}
const bad: readonly Bad[] = [
  { what: 'a web page', reply: garbage['a sign-in page instead of JSON'] as Reply, kind: 'in-between', by: 'portal' },
  {
    what: 'a captive portal',
    reply: { status: 302, headers: { location: '/wifi' } },
    kind: 'in-between',
    by: 'portal',
  },
  { what: 'a network that wants a sign-in', reply: { status: 511, headers: html }, kind: 'in-between', by: 'portal' },
  ...[400, 401, 403, 404].map((status) => ({
    what: `the page of a filter (${status})`,
    reply: { status, headers: html, body: '<html><title>Blocked by your company</title>' },
    kind: 'in-between' as const,
    by: 'portal',
    refuses: true as const,
  })),
  { what: 'a proxy that wants a password', reply: { status: 407 }, kind: 'in-between', by: 'proxy' },
  { what: 'nothing at all', reply: garbage['an empty answer'] as Reply, kind: 'server-fault' },
  { what: 'half an answer', reply: garbage['half an answer'] as Reply, kind: 'server-fault' },
  { what: '10 MB', reply: garbage['10 MB'] as Reply, kind: 'changed' },
  { what: 'a picture', reply: garbage['a picture'] as Reply, kind: 'changed' },
  { what: 'a list where an object was agreed', reply: { status: 200, body: [[]] }, kind: 'changed' },
  { what: 'an error of the server', reply: { status: 503, headers: html, body: '<html>' }, kind: 'server-fault' },
]

const notThere = graphError({ code: 100, subcode: 33, message: 'Object does not exist or was deleted' })
const page404: Reply = { status: 404, headers: html, body: '<html><title>Nothing here</title>' }
/** How a network says that an account, a page or a site is there no more, or is locked. */
const GONE: Partial<Record<NetworkId, readonly (readonly [what: string, reply: Reply])[]>> = {
  facebook: [['deleted', notThere]],
  instagram: [['deleted', notThere]],
  threads: [['deleted', notThere]],
  youtube: [
    ['closed', youtubeError(403, 'authenticatedUserAccountClosed')],
    ['suspended', youtubeError(403, 'authenticatedUserAccountSuspended')],
  ],
  linkedin: [['deleted', linkedInError(404, 'NOT_FOUND', 'Entity not found')]],
  x: [['suspended', xProblem(403, '', 'Your account is suspended and is not permitted to access this feature.')]],
  pinterest: [['deleted', pinterestError(404, 30, 'User not found.')]],
  snapchat: [['deleted', snapError(404, 'RESOURCE_NOT_FOUND', 'It is not there')]],
  tiktok: [['banned', tiktokError(200, 'spam_risk_user_banned_from_posting', 'Banned')]],
  bluesky: [
    ['deleted', { status: 400, body: { error: 'RepoNotFound', message: 'Could not find repo' } }],
    ['switched off', { status: 400, body: { error: 'AccountDeactivated', message: 'Account is deactivated' } }],
    ['taken down', { status: 401, body: { error: 'AccountTakedown', message: 'Account has been taken down' } }],
  ],
  mastodon: [
    ['suspended', { status: 403, body: { error: 'Your login is currently disabled' } }],
    ['deleted', { status: 410, body: { error: 'Gone' } }],
  ],
  wordpress: [['the site', page404]],
  ghost: [['the site', page404]],
}

/** Codes and sentences that say no and name no right. */
const FORBIDDEN: Partial<Record<NetworkId, Reply>> = {
  mastodon: { status: 403, body: { error: 'This action is not allowed' } },
  bluesky: { status: 403, body: { error: 'Forbidden', message: 'This is not allowed here' } },
  wordpress: { status: 403, body: { code: 'rest_forbidden', message: 'Sorry, that is <b>not</b> allowed.' } },
  ghost: {
    status: 403,
    body: { errors: [{ message: 'Permission error', context: 'You may not do this', type: 'NoPermissionError' }] },
  },
}

describe.each(networks)('%s', (network) => {
  it.each(bad)('connecting, met by $what', async ({ reply, kind, by }) => {
    const { adapter, sandbox, given } = await begin(network)
    sandbox.fail(() => true, instead(reply), 50)
    const answer = await adapter.connect(given, testTools(sandbox.clock, {}))
    if (answer.kind !== 'trouble') throw new Error('It was connected.')
    const { trouble } = answer
    // On a server of one's own it is most often the wrong address.
    if (trouble.kind === 'refused') expect([trouble.field, by === 'proxy']).toEqual(['host', false])
    else expect(trouble.kind).toBe(kind)
    if (trouble.kind === 'in-between') expect(trouble.by).toBe(by)
    expectsWordsOnConnect(trouble, network)
  })

  it.each(bad)('on the way, met by $what: nothing is lost by it', async ({ reply, kind, by, refuses }) => {
    const running = await begin(network)
    const { adapter, sandbox } = running
    const { account, tools } = await connected(network, running)
    const { job } = plainPost(network)
    sandbox.fail(() => true, instead(reply), 50)
    const prepared = await prepare({ adapter, job, account, tools, clock: sandbox.clock }, 0, {})
    const isWord = refuses && PAGES.has(network)
    // Some have nothing to ask before the commit.
    if (prepared.kind === 'trouble' && !isWord) {
      // Where the body says nothing, as of an upload that is begun, what is wrong with it is not looked at.
      expect(kind === 'in-between' ? [kind] : ['server-fault', kind]).toContain(prepared.trouble.kind)
      if (prepared.trouble.kind === 'in-between') expect(prepared.trouble.by).toBe(by)
      expectsWords(prepared.trouble, network, account)
    }
    sandbox.heal()
    const { trouble } = await deliver({ adapter, job, account, tools, clock: sandbox.clock }, prepared.memory)
    expect(trouble).toBeNull()
  })

  it('met by a wrong certificate: nothing was sent, and it says what to check', async () => {
    const running = await begin(network)
    const { account, tools, secrets } = await connected(network, running)
    const pem = readFileSync(new URL('../../fixtures/tls/self-signed.pem', import.meta.url))
    let asked = 0
    const server: Server = createServer({ key: pem, cert: pem }, (_request, response) => {
      asked += 1
      response.end('{}')
    })
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    })
    const url = `https://127.0.0.1:${port}`
    const plain = ADAPTERS.find((one) => one.network === network) as Adapter
    const own = 'host' in running.given
    const adapter = own ? plain : inSandbox(plain, () => url)
    const given = own ? { ...running.given, host: url } : running.given
    const answer = await adapter.connect(given, testTools(running.sandbox.clock, {}))
    const { job } = plainPost(network)
    const moved = own ? { ...account, host: url, facts: { ...account.facts, api: `${url}/wp-json/` } } : account
    const prepared = await prepare({ adapter, job, account: moved, tools, clock: running.sandbox.clock }, 0, {})
    const committed = await adapter.commit(job, 0, prepared.memory, moved, tools)
    server.close()
    for (const said of [answer, ...(prepared.kind === 'trouble' ? [prepared] : [committed])]) {
      if (said.kind !== 'trouble') throw new Error('It was taken.')
      expect(said.trouble).toMatchObject({ kind: 'in-between', by: 'certificate' })
      expect(said.trouble.details).toMatch(/self.signed/i)
      expectsWords(said.trouble, network, account)
    }
    expect(Object.values(secrets).some((secret) => JSON.stringify(answer).includes(secret))).toBe(false)
    expect(asked).toBe(0)
  })

  /** Renewed once, as the outbox does it, before a person is asked. */
  async function troubleOf({ adapter, sandbox }: Started, { account, tools }: Connection): Promise<Trouble> {
    const { job } = plainPost(network)
    const { trouble } = await deliver({ adapter, job, account, tools, clock: sandbox.clock })
    if (!trouble) throw new Error('It went out.')
    if (trouble.kind !== 'access-expired') return trouble
    const renewed = await adapter.refresh?.(account, tools)
    return renewed?.kind === 'trouble' ? renewed.trouble : trouble
  }

  it.runIf(FORBIDDEN[network])('may not do this: what is no name of a right is not told as one', async () => {
    const running = await begin(network)
    const connection = await connected(network, running)
    running.sandbox.fail(() => true, instead(FORBIDDEN[network] as Reply), 50)
    const trouble = await troubleOf(running, connection)
    expect(trouble).toMatchObject({ kind: 'not-permitted', right: '', details: expect.stringMatching(/^403 ./) })
    expectsWords(trouble, network, connection.account)
  })

  it('with its app revoked: the account waits for a person, with its queue', async () => {
    const running = await begin(network)
    const connection = await connected(network, running)
    running.withdraw()
    const trouble = await troubleOf(running, connection)
    expect(trouble.kind, JSON.stringify(trouble)).toBe('access-withdrawn')
    expect(trouble.details).not.toBe('')
    expectsWords(trouble, network, connection.account)
    const names = { network: NETWORKS[network].name, account: '@dock', time, online: true, paused: false }
    expect(explainTrouble(trouble, names)).toContain('Connect the account again; everything waits for it.')
  })

  it.runIf(META.has(network))(
    'with its account stopped by Meta: it waits until a person has seen to it there',
    async () => {
      const running = await begin(network)
      const connection = await connected(network, running)
      const blocked = graphError({
        code: 368,
        subcode: 1_404_102,
        message: 'The action attempted has been deemed abusive.',
      })
      running.sandbox.fail(({ method }) => method === 'POST', instead(blocked), 50)
      const trouble = await troubleOf(running, connection)
      expect(pauseFor(trouble)).toMatchObject([{ kind: 'pause', scope: 'account' }])
      expectsWords(trouble, network, connection.account)
      const names = { network: NETWORKS[network].name, account: '@dock', time, online: true, paused: false }
      expect(explainTrouble(trouble, names)).toMatch(
        /has stopped @dock .* Look in Account Quality .*let the account go on/,
      )
    },
  )

  it.each(GONE[network] ?? [])(
    'with its page or account gone (%s): one notice for the account, none for each post',
    async (_what, reply) => {
      const running = await begin(network)
      const connection = await connected(network, running)
      running.sandbox.fail(() => true, instead(reply), 50)
      const trouble = await troubleOf(running, connection)
      expect(['target-gone', 'access-withdrawn'], JSON.stringify(trouble)).toContain(trouble.kind)
      expect(trouble.details).not.toBe('')
      expectsWords(trouble, network, connection.account)
    },
  )

  it('with another name: it is the same account, known by its key', async () => {
    const running = await begin(network)
    const { adapter, sandbox, given } = running
    const { account, tools } = await connected(network, running)
    // A site is known by its address; its title is what changes.
    const old = network === 'ghost' ? account.name : account.handle.replace(/^@/, '').split('@')[0] || account.name
    const renaming = (plain: TestTools): TestTools => ({
      ...plain,
      fetch: async (address, init) => {
        const answer = await plain.fetch(address, init)
        const body = (await answer.text()).replaceAll(`"${old}"`, '"renamed"').replaceAll(`"@${old}"`, '"@renamed"')
        return new Response(answer.status === 204 ? null : body, { status: answer.status, headers: answer.headers })
      },
    })
    const again = await adapter.connect(given, renaming(testTools(sandbox.clock, {})))
    if (again.kind !== 'connected') throw new Error(JSON.stringify(again.trouble))
    const now = again.account
    expect(now.remoteId).toBe(account.remoteId)
    expect([now.handle, now.name].join(' ')).toContain('renamed')
    expect(isSameAccount(account, now)).toBe(true)
    // A person is told of it; what is planned goes on with what was known before.
    const channel = blankChannel(network, { id: 'dock', zone: 'UTC', name: 'Dock', handle: account.handle })
    const doubts = doubtsOf(channel, now, account, [])
    if (now.handle !== account.handle && network !== 'wordpress' && network !== 'ghost')
      expect(doubts).toEqual([expect.stringMatching(/^“Dock” .*renamed.*\.$/)])
    const { job } = plainPost(network)
    const delivered = await deliver({ adapter, job, account, tools: renaming(tools), clock: sandbox.clock })
    expect(delivered.trouble).toBeNull()
    expect(await adapter.see?.(delivered.remoteIds[0] ?? '', account, renaming(tools))).toMatchObject({
      state: 'public',
    })
  })
})
