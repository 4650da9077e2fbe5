/** Signing in meets a certified server of OAuth 2 that others wrote. It stands where X would; sign-in and adapter are as in the app. */
import { get } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Secrets } from '../../electron/platforms/adapter.ts'
import { SIGN_IN } from '../../electron/platforms/facts/signIn.ts'
import { x } from '../../electron/platforms/x.ts'
import { shownRedirect } from '../../electron/services/loopback.ts'
import { createSignIn, type SignedIn } from '../../electron/services/signIn.ts'
import { type Kept, nameOf, type Vault } from '../../electron/services/vault.ts'
import { ok } from '../../shared/lib/result.ts'
import { testTools } from '../contract/platforms/deliver.ts'
import { inSandbox, rerouted } from '../sandbox/reroute.ts'
import { removeFolder, temporaryFolder } from '../support/project.ts'
import { type OidcServer, startOidcServer } from './oidc/start.ts'
import { realClock, startedOr } from './real.ts'

const facts = SIGN_IN.x
if (facts?.by !== 'app') throw new Error('X is signed in to by an app.')
const BACK = shownRedirect(facts.redirect)
const folder = temporaryFolder().path
let server: OidcServer | null = null
beforeAll(async () => {
  server = await startedOr('oidc-provider', () => startOidcServer(folder, BACK))
})
afterAll(async () => {
  await server?.stop()
  removeFolder(folder)
})

let kept: Map<string, Kept>
let logged: string[]
beforeEach(({ skip }) => {
  if (!server) skip('The server is not here.')
  kept = new Map()
  logged = []
})

const url = () => server?.url ?? ''
const tools = (secrets: Secrets) => {
  const made = testTools(realClock, secrets)
  return { ...made, fetch: rerouted(made, url()).fetch }
}

/** A browser of a person who is called `name` and allows it, or goes away; it keeps cookies and follows where it is sent. */
async function browse(page: string, { name, allows }: { readonly name: string; readonly allows: boolean }) {
  const cookies = new Map<string, string>()
  const go = async (address: string, form?: Record<string, string>): Promise<Response> => {
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(key, value)
    }
    return answer
  }
  let answer = await go(page)
  for (let steps = 0; steps < 12; steps++) {
    const to = answer.headers.get('location')
    if (to?.startsWith(BACK)) return visit(to)
    if (to) {
      answer = await go(new URL(to, url()).href)
      continue
    }
    const html = await answer.text()
    const [, action = ''] = /<form[^>]*action="([^"]+)"/.exec(html) ?? []
    const [, prompt = ''] = /name="prompt" value="([^"]+)"/.exec(html) ?? []
    const [, abort = ''] = /<a href="([^"]*abort)"/.exec(html) ?? []
    if (answer.status !== 200 || !action)
      throw new Error(`Not a page to fill in: ${answer.status} ${html.slice(0, 400)}`)
    answer = allows
      ? await go(new URL(action, url()).href, prompt === 'login' ? { prompt, login: name, password: 'x' } : { prompt })
      : await go(new URL(abort, url()).href)
  }
  throw new Error('The pages have no end.')
}

/** As a browser goes to a page; `fetch` says of itself that it is none. */
const visit = (address: string) =>
  new Promise<void>((resolve, reject) => {
    get(address, (response) => response.resume().on('end', resolve)).on('error', reject)
  })

async function signingIn(given: Record<string, string>, person = { name: 'harbour', allows: true }): Promise<SignedIn> {
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
  const browsing = Promise.withResolvers<void>()
  const signIn = createSignIn({
    vault,
    adapters: [inSandbox(x, url)],
    tools: (secrets) => {
      const made = tools(secrets)
      const { fetch } = made
      return {
        ...made,
        fetch: async (address, init) => {
          const answer = await fetch(address, init)
          logged.push(...made.logged.splice(0))
          return answer
        },
      }
    },
    openExternal: async (page) => {
      const { host, pathname, search } = new URL(page)
      browse(`${url()}/${host}${pathname}${search}`, person).then(browsing.resolve, browsing.reject)
    },
    patience: 20_000,
  })
  const [answer] = await Promise.all([signIn.begin({ network: 'x', session: 'one', given }), browsing.promise])
  return answer
}

async function connected(given: Record<string, string>) {
  const answer = await signingIn(given)
  if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer))
  return answer
}

/** Renews an access as the app does, and gives what would be kept. */
const refresh = async ({ account, secrets }: Awaited<ReturnType<typeof connected>>) =>
  (await x.refresh?.(account, tools(secrets))) ?? { kind: 'trouble' as const, trouble: null }

const works = async (secrets: Secrets) =>
  (await fetch(`${url()}/api.x.com/2/users/me`, { headers: { authorization: `Bearer ${secrets.accessToken}` } })).status

const confidential = () => ({ clientId: 'confidential', clientSecret: server?.secret ?? '' })

describe('signing in, with oidc-provider in the place of X', () => {
  it.each([
    ['a public app, by its proof alone', () => ({ clientId: 'desktop' })],
    ['a confidential app, with its secret in the header', confidential],
  ])('%s: comes back with an access that works, and renews itself', async (_name, given) => {
    const access = await connected(given())
    expect(access.account).toMatchObject({ network: 'x', handle: 'harbour' })
    const left = (access.account.expiresAt ?? 0) - Date.now()
    expect([left > 40_000, left <= 60_000]).toEqual([true, true])
    expect(await works(access.secrets)).toBe(200)
    const next = await refresh(access)
    if (next.kind !== 'connected') throw new Error(JSON.stringify(next))
    expect(next.secrets.refreshToken).not.toBe(access.secrets.refreshToken)
    expect(await works(next.secrets)).toBe(200)
    // And the one after it.
    expect(await refresh(next)).toMatchObject({ kind: 'connected' })
    const known = [access, next].flatMap(({ secrets }) => [secrets.accessToken, secrets.refreshToken, server?.secret])
    expect(logged.join('\n')).toContain('/oauth2/token')
    expect(known.filter((secret) => secret && logged.join('\n').includes(secret))).toEqual([])
  })

  it('an access that was revoked is withdrawn, and says to connect again', async () => {
    const access = await connected({ clientId: 'desktop' })
    const { refreshToken = '' } = access.secrets
    const body = new URLSearchParams({ token: refreshToken, token_type_hint: 'refresh_token', client_id: 'desktop' })
    expect((await fetch(`${url()}/api.x.com/2/oauth2/revoke`, { method: 'POST', body })).status).toBe(200)
    expect(await works(access.secrets)).toBe(401)
    expect(await refresh(access)).toMatchObject({ kind: 'trouble', trouble: { kind: 'access-withdrawn' } })
  })

  it('a refresh token that is used twice ends the whole access: two windows must not both renew', async () => {
    const access = await connected({ clientId: 'desktop' })
    const next = await refresh(access)
    if (next.kind !== 'connected') throw new Error(JSON.stringify(next))
    expect(await refresh(access)).toMatchObject({ kind: 'trouble', trouble: { kind: 'access-withdrawn' } })
    expect(await refresh(next)).toMatchObject({ kind: 'trouble', trouble: { kind: 'access-withdrawn' } })
  })

  it('an answer that is lost on its way back is told as what it is, and not when the next post is due', async () => {
    const access = await connected({ clientId: 'desktop' })
    const made = tools(access.secrets)
    let lost = false
    const lossy = {
      ...made,
      fetch: async (address: string, init?: RequestInit) => {
        const answer = await made.fetch(address, init)
        if (lost || !address.endsWith('/oauth2/token')) return answer
        lost = true
        const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
        throw new TypeError('fetch failed', { cause })
      },
    }
    expect(await x.refresh?.(access.account, lossy)).toMatchObject({
      kind: 'trouble',
      trouble: { kind: 'access-withdrawn', reason: expect.stringContaining('lost on the way') },
    })
  })

  it('a person who goes away, an app that may not ask for enough, and one nobody knows end in a sentence', async () => {
    const refused = (words: string) => ({
      kind: 'trouble',
      trouble: { kind: 'refused', reason: expect.stringContaining(words) },
    })
    expect(await signingIn({ clientId: 'desktop' }, { name: 'harbour', allows: false })).toMatchObject(
      refused('You did not allow it'),
    )
    expect(await signingIn({ clientId: 'narrow' })).toMatchObject(refused('rights'))
    expect(await signingIn({ ...confidential(), clientSecret: 'another' })).toMatchObject(
      refused('does not know this app'),
    )
    expect(kept.size).toBe(0)
  })
})
