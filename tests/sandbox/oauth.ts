/**
 * Signing in as networks do it (RFC 6749, 7636): a page of consent for a browser, codes that live shortly and work once, apps with and
 * without a secret, addresses to come back to that are compared. Networks in small mount it; alone it is a token broker.
 */
import { createHash } from 'node:crypto'
import { type Call, type Clock, formOf, type Reply, type Route, type Sandbox, startSandbox } from './server.ts'

export interface OAuthApp {
  /** Null: a public client. */
  readonly secret: string | null
  /** Null: any address of this computer. One without a port stands for every port, as RFC 8252 asks. */
  readonly redirects: readonly string[] | null
}

export interface OAuthKit {
  readonly apps: Map<string, OAuthApp>
  /** Milliseconds a code lives. */
  codeLives: number
  /** Rights a person unticks at the page of consent. */
  readonly withheld: Set<string>
  /** What the next page of consent answers in place of asking. */
  refusal: string
  readonly consent: { readonly show: Route; readonly decide: Route }
  /** The grant of a code; null: the form asks for another one. */
  token(call: Call): Promise<Reply | null>
  readonly register: Route
}

export interface OAuthOptions {
  now(): number
  /** What an answer says beside the rights. */
  issue(): Readonly<Record<string, unknown>>
  /** Whether the proof of RFC 7636 is insisted upon. */
  readonly pkce?: boolean
  readonly idName?: string
  readonly page?: string
}

interface Code {
  readonly client: string
  readonly redirect: string
  readonly challenge: string
  readonly scope: string
  readonly at: number
  used: boolean
}

const fault = (status: number, error: string, error_description = ''): Reply => ({
  status,
  body: { error, ...(error_description ? { error_description } : {}) },
})
const page = (status: number, body: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html><title>Sign in</title>${body}`,
})
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

export function oauthKit({ now, issue, pkce = true, idName = 'client_id', page: title = 'the network' }: OAuthOptions) {
  const codes = new Map<string, Code>()
  let last = 0

  const knows = ({ redirects }: OAuthApp, address: string): boolean => {
    const loopback = /^http:\/\/(127\.0\.0\.1|localhost):\d+(\/|$)/.test(address)
    if (redirects === null) return loopback
    return redirects.includes(address) || (loopback && redirects.includes(address.replace(/:\d+(?=\/|$)/, '')))
  }
  /** Asked for badly, nobody is sent anywhere. */
  function wrong(call: Call): Reply | null {
    const app = kit.apps.get(call.query.get(idName) ?? '')
    if (!app) return page(400, '<h1>Client authentication failed due to unknown client</h1>')
    if (!knows(app, call.query.get('redirect_uri') ?? '')) return page(400, '<h1>Error 400: redirect_uri_mismatch</h1>')
    if (call.query.get('response_type') !== 'code') return page(400, '<h1>unsupported_response_type</h1>')
    if (pkce && (!call.query.get('code_challenge') || call.query.get('code_challenge_method') !== 'S256'))
      return page(400, '<h1>code_challenge is missing</h1>')
    return null
  }
  function back(call: Call, answer: Readonly<Record<string, string>>): Reply {
    const address = new URL(call.query.get('redirect_uri') ?? '')
    for (const [key, value] of Object.entries({ ...answer, state: call.query.get('state') ?? '' }))
      address.searchParams.set(key, value)
    return { status: 302, headers: { location: address.href } }
  }

  const kit: OAuthKit = {
    apps: new Map(),
    codeLives: 30_000,
    withheld: new Set(),
    refusal: '',
    consent: {
      show: (call) => {
        const badly = wrong(call)
        if (badly) return badly
        if (kit.refusal) return back(call, { error: kit.refusal, error_description: 'It was not to be.' })
        return page(
          200,
          `<h1>Let Outpost post to ${escaped(title)}?</h1><p>${escaped(call.query.get('scope') ?? '')}</p>
           <form method="post"><button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button></form>`,
        )
      },
      decide: async (call) => {
        const badly = wrong(call)
        if (badly) return badly
        if ((await formOf(call)).get('decision') !== 'allow') return back(call, { error: 'access_denied' })
        const code = `code-canary-${++last}`
        codes.set(code, {
          client: call.query.get(idName) ?? '',
          redirect: call.query.get('redirect_uri') ?? '',
          challenge: call.query.get('code_challenge') ?? '',
          scope: call.query.get('scope') ?? '',
          at: now(),
          used: false,
        })
        return back(call, { code })
      },
    },
    async token(call) {
      const form = await formOf(call)
      if (form.get('grant_type') !== 'authorization_code') return null
      const header = /^Basic (.+)$/.exec(call.headers.authorization ?? '')?.[1]
      const [inHeader = '', shown = ''] = header
        ? Buffer.from(header, 'base64').toString('utf8').split(':').map(decodeURIComponent)
        : []
      const client = header ? inHeader : String(form.get(idName) ?? '')
      const secret = header ? shown : String(form.get('client_secret') ?? '')
      const app = kit.apps.get(client)
      if (!app || (app.secret !== null && app.secret !== secret)) return fault(401, 'invalid_client')
      const known = codes.get(String(form.get('code') ?? ''))
      if (!known || known.used || known.client !== client || now() - known.at > kit.codeLives)
        return fault(400, 'invalid_grant', 'The authorization code is invalid or has expired.')
      if (known.redirect !== form.get('redirect_uri')) return fault(400, 'invalid_request', 'redirect_uri mismatch')
      if (known.challenge) {
        const proof = createHash('sha256').update(String(form.get('code_verifier') ?? ''))
        // TikTok writes it in its own way.
        if (proof.digest(idName === 'client_key' ? 'hex' : 'base64url') !== known.challenge)
          return fault(400, 'invalid_grant', 'code_verifier does not fit.')
      }
      known.used = true
      const scope = known.scope.split(/[ ,]/).filter((one) => !kit.withheld.has(one))
      return { status: 200, body: { token_type: 'bearer', scope: scope.join(' '), ...issue() } }
    },
    register: async (call) => {
      const form = await formOf(call)
      if (!form.get('client_name') || !form.get('redirect_uris'))
        return { status: 422, body: { error: "Validation failed: Redirect URI can't be blank" } }
      const id = `registered-${++last}`
      const secret = `registered-secret-canary-${last}`
      kit.apps.set(id, { secret, redirects: String(form.get('redirect_uris')).split('\n') })
      return { status: 200, body: { id: '1', name: form.get('client_name'), client_id: id, client_secret: secret } }
    },
  }
  return kit
}

export interface BrokerSandbox extends Sandbox {
  readonly kit: OAuthKit
  /** Refresh tokens that are taken. */
  readonly refreshTokens: Set<string>
}

/** A token broker as `electron/platforms/BROKER.md` describes it. `tokens`: what it hands out for a network, by its id. */
export async function startBroker(
  tokens: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  { clock }: { readonly clock?: Clock } = {},
): Promise<BrokerSandbox> {
  let network = ''
  const refreshTokens = new Set<string>()
  const kit = oauthKit({ now: () => sandbox.now(), issue: () => tokens[network] ?? {}, page: 'the token broker' })
  kit.apps.set('outpost', { secret: null, redirects: null })
  const of =
    (route: Route): Route =>
    (call) => {
      network = call.params.network ?? ''
      return tokens[network] ? route(call) : fault(404, 'unknown_network')
    }
  const sandbox: Sandbox = await startSandbox(
    {
      'GET /v1/:network': of((call) => ({ status: 200, body: { outpost_broker: 1, network: call.params.network } })),
      'GET /v1/:network/authorize': of(kit.consent.show),
      'POST /v1/:network/authorize': of(kit.consent.decide),
      'POST /v1/:network/token': of(async (call) => {
        const answer = await kit.token(call)
        if (answer) return answer
        const form = await formOf(call)
        if (form.get('grant_type') !== 'refresh_token' || form.get('client_id') !== 'outpost')
          return fault(400, 'unsupported_grant_type')
        return refreshTokens.has(String(form.get('refresh_token')))
          ? { status: 200, body: { token_type: 'bearer', ...tokens[network] } }
          : fault(400, 'invalid_grant')
      }),
    },
    { ...(clock ? { clock } : {}), missing: fault(404, 'not_found') },
  )
  return { ...sandbox, kit, refreshTokens }
}
