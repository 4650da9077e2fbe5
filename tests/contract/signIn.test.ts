/** Signing in in the browser, against networks in small: what is asked for, what is kept, and a sentence for every way it can end. */
import { get } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SIGN_IN } from '../../electron/platforms/facts/signIn.ts'
import { ADAPTERS } from '../../electron/platforms/index.ts'
import { createFetch } from '../../electron/services/http.ts'
import { createSignIn, type SignedIn, type SignInRequest } from '../../electron/services/signIn.ts'
import { type Kept, nameOf, type Vault } from '../../electron/services/vault.ts'
import type { NetworkId } from '../../shared/domain/channel.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { ok } from '../../shared/lib/result.ts'
import { type FacebookSandbox, startFacebook } from '../sandbox/facebook.ts'
import { startMastodon } from '../sandbox/mastodon.ts'
import { startBroker } from '../sandbox/oauth.ts'
import { rerouted } from '../sandbox/reroute.ts'
import { type Clock, garbage, instead, type Reply, type Sandbox, startSandbox } from '../sandbox/server.ts'
import { startX } from '../sandbox/x.ts'
import { startYouTube } from '../sandbox/youtube.ts'

const realClock: Clock = { now: Date.now, pass: () => undefined }
const open: Sandbox[] = []
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close()
})
async function running<T extends Sandbox>(starting: Promise<T>): Promise<T> {
  const sandbox = await starting
  open.push(sandbox)
  return sandbox
}

/** What a person does with the page of consent. */
type Person = (page: string) => unknown

let kept: Map<string, Kept>
let logged: string[]
let opened: string[]
beforeEach(() => {
  kept = new Map()
  logged = []
  opened = []
})

/** `at`: where the networks of the real world are. */
function shell(at: string, person: Person, patience = 10_000) {
  const log = {
    info: (text: string) => void logged.push(text),
    error: (...all: unknown[]) => void logged.push(String(all)),
  }
  const vault: Vault = {
    warning: async () => '',
    get: async (account) => ok(kept.get(nameOf(account)) ?? null),
    put: async (access) => {
      kept.set(nameOf(access.account), access)
      return ok(null)
    },
    drop: async (account) => {
      kept.delete(nameOf(account))
      return ok(null)
    },
  }
  const plain = (secrets: Kept['secrets']) => ({
    fetch: createFetch(log, secrets),
    now: Date.now,
    secrets,
    read: async () => new Uint8Array(),
    progress: () => undefined,
  })
  return createSignIn({
    vault,
    // An adapter makes tools of its own from those it gets, so its way is turned from outside.
    adapters: ADAPTERS,
    tools: (secrets) => {
      const tools = plain(secrets)
      const turned = rerouted(tools, at)
      return {
        ...tools,
        fetch: (address, init) => (/^http:\/\/127/.test(address) ? tools : turned).fetch(address, init),
      }
    },
    openExternal: async (url) => {
      opened.push(url)
      const { host, pathname, search } = new URL(url)
      void person(url.startsWith('http://127') ? url : `${at}/${host}${pathname}${search}`)
    },
    patience,
  })
}

/** As a person's browser goes to a page; `fetch` says of itself that it is none. */
const visit = (address: string) =>
  new Promise<void>((resolve, reject) => {
    get(address, (response) => response.resume().on('end', resolve)).on('error', reject)
  })

/** Presses a button of the page and goes where that leads. */
const pressing =
  (decision: 'allow' | 'deny', before: () => unknown = () => undefined): Person =>
  async (page) => {
    const answer = await fetch(page, {
      method: 'POST',
      body: new URLSearchParams({ decision }),
      redirect: 'manual',
    })
    before()
    const to = answer.headers.get('location')
    if (to) await visit(to)
  }
const allow = pressing('allow')
/** A network that refuses before anybody could press anything. */
const looking: Person = async (page) => {
  const to = (await fetch(page, { redirect: 'manual' })).headers.get('location')
  if (to) await visit(to)
}

const request = (network: NetworkId, given: Record<string, string>): SignInRequest => ({
  network,
  session: 'one',
  given,
})
const sentenceOf = (answer: SignedIn): unknown =>
  answer.kind === 'trouble' && answer.trouble.kind === 'refused' ? answer.trouble.reason : answer
const secretsOf = (network: string, id: string) =>
  [...kept.values()].find(({ account }) => account.network === network && account.remoteId === id)?.secrets

const BACK = 'http://127.0.0.1:53682/callback'
async function withX(person: Person = allow, patience?: number) {
  const sandbox = await running(startX({ clock: realClock }))
  sandbox.oauth.apps.set('my-app', { secret: null, redirects: [BACK] })
  return { sandbox, signIn: shell(sandbox.url, person, patience) }
}

describe('signing in to X, with an app of one’s own', () => {
  it('asks for what posting needs, with a proof, and comes back with an access that renews itself', async () => {
    const { sandbox, signIn } = await withX()
    expect(await signIn.options('x')).toMatchObject({ by: 'app', secret: 'optional', redirect: BACK, clientId: '' })
    const answer = await signIn.begin(request('x', { clientId: 'my-app' }))
    expect(answer).toMatchObject({ kind: 'connected', account: { network: 'x', handle: 'harbour' } })
    if (answer.kind !== 'connected') return
    expect(answer.secrets).toMatchObject({
      clientId: 'my-app',
      refreshToken: expect.stringContaining('x-refresh-canary'),
    })
    expect(answer.account.expiresAt).toBeGreaterThan(Date.now() + 7_000_000)
    const page = new URL(opened[0] ?? '')
    expect(`${page.origin}${page.pathname}`).toBe('https://x.com/i/oauth2/authorize')
    expect(page.searchParams.get('scope')).toBe('tweet.read tweet.write users.read media.write offline.access')
    expect(page.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/)
    const exchange = sandbox.calls.find(({ path }) => path.endsWith('/oauth2/token'))
    expect(exchange?.headers.authorization).toBeUndefined()
    // Neither codes nor tokens stand in the log.
    expect(logged.join('\n')).not.toMatch(/canary/)
    // The app is kept for the next account, and only once it has worked.
    expect((await signIn.options('x'))?.clientId).toBe('my-app')
    expect(await signIn.begin(request('x', {}))).toMatchObject({ kind: 'connected' })
  })

  it('shows the secret of a confidential app in a header, and keeps it from everybody', async () => {
    const { sandbox, signIn } = await withX()
    sandbox.oauth.apps.set('mine', { secret: 'app-secret-canary', redirects: [BACK] })
    const given = { clientId: 'mine', clientSecret: 'app-secret-canary' }
    expect(await signIn.begin(request('x', given))).toMatchObject({ kind: 'connected' })
    expect(JSON.stringify([opened, logged, await signIn.options('x')])).not.toContain('app-secret-canary')
    expect(secretsOf('x', ':app')).toEqual(given)
    expect(await signIn.options('x')).toMatchObject({ clientId: given.clientId })
    expect(await signIn.forgetApp('x')).toEqual({ ok: true, value: null })
    expect(await signIn.options('x')).toMatchObject({ clientId: '' })
  })

  const ends: [string, (of: Awaited<ReturnType<typeof withX>>) => void, Person, Record<string, string>, RegExp][] = [
    ['a no', () => {}, pressing('deny'), {}, /You did not allow it at X.*Sign in again/],
    [
      'an app nobody knows the secret of',
      ({ sandbox }) => sandbox.oauth.apps.set('my-app', { secret: 's', redirects: null }),
      allow,
      {},
      /does not know this app\. Look at its id and secret/,
    ],
    [
      'a code that ran out',
      ({ sandbox }) => {
        sandbox.oauth.codeLives = -1
      },
      allow,
      {},
      /has run out or was used before\. Sign in again/,
    ],
    [
      'rights the app lacks',
      ({ sandbox }) => {
        sandbox.oauth.refusal = 'invalid_scope'
      },
      looking,
      {},
      /may not ask for what Outpost needs/,
    ],
    [
      'rights a person unticked',
      ({ sandbox }) => {
        sandbox.oauth.withheld.add('tweet.write')
      },
      allow,
      {},
      /“tweet\.write” is missing\. Sign in again/,
    ],
    [
      'an address that is not registered',
      ({ sandbox }) =>
        sandbox.fail(
          'POST /api.x.com/2/oauth2/token',
          instead({
            status: 400,
            body: { error: 'invalid_request', error_description: 'Value passed for the redirect uri did not match' },
          }),
        ),
      allow,
      {},
      /Add http:\/\/127\.0\.0\.1:53682\/callback to your app there/,
    ],
    ['no app at all', () => {}, allow, { clientId: '' }, /id of your app is missing/],
  ]
  it.each(ends)('ends in a sentence: %s', async (_name, prepare, person, given, sentence) => {
    const x = await withX(person)
    prepare(x)
    expect(sentenceOf(await x.signIn.begin(request('x', { clientId: 'my-app', ...given })))).toMatch(sentence)
    expect([...kept.keys()]).toEqual([])
  })

  it('tells a clock that is off, a network in between and a server that is down as such', async () => {
    const { sandbox, signIn } = await withX()
    const token = 'POST /api.x.com/2/oauth2/token'
    const troubleAfter = async () => {
      const answer = await signIn.begin(request('x', { clientId: 'my-app' }))
      return answer.kind === 'trouble' ? answer.trouble.kind : answer.kind
    }
    sandbox.skew(20 * 60_000)
    sandbox.fail(token, instead({ status: 400, body: { error: 'invalid_grant' } }))
    expect(await troubleAfter()).toBe('clock-off')
    sandbox.skew(0)
    sandbox.fail(token, instead({ status: 511, body: 'sign in to the hotel' }))
    expect(await troubleAfter()).toBe('in-between')
    sandbox.fail(token, instead({ status: 503, body: '' }))
    expect(await troubleAfter()).toBe('server-fault')
    expect(await troubleAfter()).toBe('connected')
  })

  const met: [string, Reply, { kind: Trouble['kind']; by?: string }][] = [
    ['a proxy that wants a password', { status: 407 }, { kind: 'in-between', by: 'proxy' }],
    ['a captive portal', { status: 302, headers: { location: '/wifi' } }, { kind: 'in-between', by: 'portal' }],
    ['a page of a hotel', garbage['a sign-in page instead of JSON'] as Reply, { kind: 'in-between', by: 'portal' }],
    ['an empty answer', garbage['an empty answer'] as Reply, { kind: 'server-fault' }],
    ['half an answer', garbage['half an answer'] as Reply, { kind: 'server-fault' }],
    ['10 MB', garbage['10 MB'] as Reply, { kind: 'changed' }],
    ['a picture', garbage['a picture'] as Reply, { kind: 'changed' }],
  ]
  it.each(met)(
    'is met by %s where the code is exchanged: named, nothing kept, and the next one connects',
    async (_what, reply, trouble) => {
      const { sandbox, signIn } = await withX()
      sandbox.fail('POST /api.x.com/2/oauth2/token', instead(reply))
      const answer = await signIn.begin(request('x', { clientId: 'my-app' }))
      expect(answer).toMatchObject({ kind: 'trouble', trouble })
      expect([...kept.keys()]).toEqual([])
      expect((await signIn.begin(request('x', { clientId: 'my-app' }))).kind).toBe('connected')
    },
  )

  it('is cancelled at once, ends by itself, and a newer one ends an older', async () => {
    const arrived = Promise.withResolvers<string>()
    const { sandbox, signIn } = await withX((page) => arrived.resolve(page))
    const waiting = signIn.begin(request('x', { clientId: 'my-app' }))
    await arrived.promise
    signIn.cancel('another')
    signIn.cancel('one')
    expect(await waiting).toEqual({ kind: 'cancelled' })
    const older = signIn.begin(request('x', { clientId: 'my-app' }))
    const newer = signIn.begin({ ...request('x', { clientId: 'my-app' }), session: 'two' })
    expect(await older).toEqual({ kind: 'cancelled' })
    signIn.cancel('two')
    expect(await newer).toEqual({ kind: 'cancelled' })
    const late = shell(sandbox.url, () => undefined, 1)
    expect(sentenceOf(await late.begin(request('x', { clientId: 'my-app' })))).toMatch(
      /within five minutes.*Sign in again/,
    )
  })

  it('says that the browser could not be opened, and which address is taken', async () => {
    const { sandbox } = await withX()
    const broken = shell(sandbox.url, () => {
      throw new Error('spawn xdg-open ENOENT')
    })
    expect(sentenceOf(await broken.begin(request('x', { clientId: 'my-app' })))).toMatch(/browser could not be opened/)
    const first = shell(sandbox.url, () => undefined)
    const holding = first.begin(request('x', { clientId: 'my-app' }))
    await expect.poll(() => opened.length).toBe(2)
    const second = shell(sandbox.url, allow)
    expect(sentenceOf(await second.begin(request('x', { clientId: 'my-app' })))).toMatch(
      /53682.*Close it.*sign in again/,
    )
    first.cancel('one')
    await holding
  })
})

describe('signing in to a Mastodon server', () => {
  it('registers there once, also for the next account', async () => {
    const server = await running(startMastodon({ clock: realClock }))
    const signIn = shell('', allow)
    for (const _ of [1, 2])
      expect(await signIn.begin(request('mastodon', { host: server.url }))).toMatchObject({
        kind: 'connected',
        account: { handle: '@outpost@social.example', host: server.url },
        secrets: { token: expect.stringContaining('mastodon-issued') },
      })
    expect(server.calls.filter(({ path }) => path === '/api/v1/apps')).toHaveLength(1)
    expect(logged.join('\n')).not.toMatch(/canary/)
    // A server that has lost it says so in the browser only: whoever gives up and tries again is registered anew.
    server.oauth.apps.clear()
    const giving = shell('', looking, 50)
    expect(sentenceOf(await giving.begin(request('mastodon', { host: server.url })))).toMatch(/Sign in again/)
    expect(await signIn.begin(request('mastodon', { host: server.url }))).toMatchObject({ kind: 'connected' })
  })

  it('says that none is there, that it is away, and that it takes no programs', async () => {
    const site = await running(startSandbox({}))
    const signIn = shell('', allow)
    const said = async (host: string) => signIn.begin(request('mastodon', { host }))
    expect(sentenceOf(await said(site.url))).toMatch(/No Mastodon answers there/)
    expect(sentenceOf(await said('http://social.example'))).toMatch(/not encrypted/)
    site.fail('POST /api/v1/apps', instead({ status: 403, body: { error: 'no' } }))
    expect(sentenceOf(await said(site.url))).toMatch(/Paste an access token instead/)
    await site.close()
    // A line that was open is cut, a new one is refused.
    expect(await said(site.url)).toMatchObject({ trouble: { kind: expect.stringMatching(/no-network|server-fault/) } })
    expect(opened).toEqual([])
  })
})

describe('signing in over a token broker', () => {
  let facebook: FacebookSandbox
  beforeEach(async () => {
    facebook = await running(startFacebook({ clock: realClock }))
    const tasks = ['CREATE_CONTENT']
    facebook.pages.push({ id: '1002', name: 'Dock Café', username: 'dock', token: 'page-token-1002', tasks })
  })
  const tokens = () => ({ facebook: { access_token: facebook.userToken, expires_in: 5_184_000 } })

  it('offers the Pages of a person, and connects the one that is meant', async () => {
    const broker = await running(startBroker(tokens()))
    const signIn = shell(facebook.url, allow)
    expect(await signIn.options('facebook')).toMatchObject({ by: 'broker', broker: '' })
    const answer = await signIn.begin(request('facebook', { broker: broker.url }))
    if (answer.kind !== 'choose') throw new Error(JSON.stringify(answer))
    expect(answer.from.length).toBeGreaterThan(1)
    const [first] = answer.from
    expect(await signIn.choose('another', first?.id ?? '')).toMatchObject({ trouble: { kind: 'refused' } })
    const connected = await signIn.choose('one', first?.id ?? '')
    expect(connected).toMatchObject({ kind: 'connected', account: { remoteId: first?.id, name: first?.name } })
    // The others of the same sign-in can be had too, until it is ended.
    for (const { id, name } of answer.from.slice(1))
      expect(await signIn.choose('one', id)).toMatchObject({ kind: 'connected', account: { remoteId: id, name } })
    signIn.cancel('one')
    expect(sentenceOf(await signIn.choose('one', first?.id ?? ''))).toMatch(/Sign in again/)
    // Its address is known from now on, for every network; connected again, the same Page is taken without asking.
    expect(await signIn.options('threads')).toMatchObject({ by: 'broker', broker: broker.url })
    const again = await signIn.begin(request('facebook', { known: first?.id ?? '' }))
    expect(again).toMatchObject({ kind: 'connected', account: { remoteId: first?.id } })
  })

  it('asks besides for what tells numbers and answers, and lets in who keeps that back', async () => {
    const broker = await running(startBroker(tokens()))
    const signIn = shell(facebook.url, allow)
    broker.kit.withheld.add('read_insights').add('pages_read_user_content')
    expect(await signIn.begin(request('facebook', { broker: broker.url }))).toMatchObject({ kind: 'choose' })
    expect(new URL(opened[0] ?? '').searchParams.get('scope')).toMatch(/ read_insights pages_read_user_content$/)
    broker.kit.withheld.add('pages_manage_posts')
    expect(sentenceOf(await signIn.begin(request('facebook', { broker: broker.url })))).toMatch(
      /gave less than Outpost needs: “pages_manage_posts” is missing/,
    )
  })

  it('is known by its address before anybody signed in, told when that is none, and forgotten', async () => {
    const signIn = shell(facebook.url, allow)
    expect(await signIn.broker()).toBe('')
    expect(await signIn.setBroker('not an address')).toMatchObject({ ok: false })
    expect(await signIn.broker()).toBe('')
    expect(await signIn.setBroker(' https://broker.example/ ')).toEqual({ ok: true, value: 'https://broker.example' })
    for (const network of ['facebook', 'instagram', 'threads'] as const)
      expect(await signIn.options(network)).toMatchObject({ broker: 'https://broker.example' })
    expect(await signIn.setBroker('')).toEqual({ ok: true, value: '' })
    expect(await signIn.options('facebook')).toMatchObject({ broker: '' })
    expect(kept.size).toBe(0)
  })

  it('renews there, since the secret of the app is there', async () => {
    const youtube = await running(startYouTube({ clock: realClock }))
    const broker = await running(
      startBroker({
        youtube: {
          access_token: 'ya29.first-access',
          refresh_token: 'broker-refresh-1',
          expires_in: 3600,
          refresh_token_expires_in: 604_800,
        },
      }),
    )
    const signIn = shell(youtube.url, allow)
    const answer = await signIn.begin(request('youtube', { over: 'broker', broker: broker.url }))
    if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer))
    const aWeek = expect.closeTo(Date.now() + 604_800_000, -5)
    expect(answer.account.facts.lastsUntil).toEqual(aWeek)
    broker.refreshTokens.add('broker-refresh-1')
    const adapter = ADAPTERS.find(({ network }) => network === 'youtube')
    const tools = {
      fetch: createFetch({ info: () => {}, error: () => {} }, {}),
      now: Date.now,
      secrets: answer.secrets,
      read: async () => new Uint8Array(),
      progress: () => {},
    }
    expect(await adapter?.refresh?.(answer.account, tools)).toMatchObject({
      kind: 'connected',
      account: { facts: { lastsUntil: aWeek } },
    })
    broker.refreshTokens.clear()
    expect(await adapter?.refresh?.(answer.account, tools)).toMatchObject({ trouble: { kind: 'access-withdrawn' } })
  })

  it('says what is wrong with it before the browser opens', async () => {
    const broker = await running(startBroker(tokens()))
    const other = await running(startSandbox({}, { missing: { status: 200, body: { hello: 'world' } } }))
    const signIn = shell(facebook.url, allow)
    const said = async (network: NetworkId, address: string) =>
      sentenceOf(await signIn.begin(request(network, { broker: address })))
    expect(await said('threads', broker.url)).toMatch(/does not serve Threads/)
    expect(await said('facebook', other.url)).toMatch(/No token broker answers/)
    expect(await said('facebook', 'http://broker.example')).toMatch(/not encrypted/)
    expect(await said('facebook', '')).toMatch(/address of the token broker is missing/)
    await broker.close()
    expect(await said('facebook', broker.url)).toMatch(/cannot be reached/)
    expect(opened).toEqual([])
  })
})

describe('the table of sign-ins', () => {
  it.each(Object.entries(SIGN_IN))(
    '%s: encrypted addresses, rights, and a way back to this computer',
    (_network, facts) => {
      expect(Object.values(facts.scopes).every((scopes) => scopes.length > 0)).toBe(true)
      if (facts.by === 'broker') return
      const base = facts.by === 'server' ? 'https://social.example' : ''
      for (const address of [facts.authorize, facts.token]) expect(new URL(`${base}${address}`).protocol).toBe('https:')
      // Registered at the network, it has to be the same every time.
      expect(facts.redirect.ports.length > 0 ? facts.redirect.path : '').not.toBeNull()
    },
  )
})
