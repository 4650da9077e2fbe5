/**
 * Signing in to a network in the system's browser: OAuth 2 with PKCE, `state` and a way back over the loopback address (RFC 8252). What
 * comes of it are secrets, which stay here; the page hears whose account it is. One sign-in at a time: a newer one ends the older.
 */
import { randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import type { Failure } from '../../shared/contract/contract.ts'
import type { ChosenFrom, SignInOptions } from '../../shared/contract/publishing.ts'
import { NETWORKS, type NetworkId } from '../../shared/domain/channel.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { Adapter, Connected, Secrets, Tools } from '../platforms/adapter.ts'
import { type ByApp, type ByServer, overBroker, SIGN_IN } from '../platforms/facts/signIn.ts'
import { isGranted, lastsUntilOf, renewalLasts } from '../platforms/shared/access.ts'
import { serverAddress } from '../platforms/shared/host.ts'
import { troubled } from '../platforms/shared/said.ts'
import { as, ask, type Refusal } from './http.ts'
import { challengeOf, listenFor, newVerifier, type Return, shownRedirect } from './loopback.ts'
import { mayOpenExternal } from './policy.ts'
import type { Vault } from './vault.ts'

export interface SignInDeps {
  readonly vault: Vault
  readonly adapters: readonly Adapter[]
  /** `secrets` are kept out of the log. */
  tools(secrets: Secrets): Tools
  openExternal(url: string): Promise<void>
  /** Milliseconds a person has; for tests. */
  readonly patience?: number
}

export interface SignInRequest {
  readonly network: NetworkId
  /** Named by who asks, to be cancelled by. */
  readonly session: string
  /**
   * `host`; `clientId` and `clientSecret`, or nothing for those that are kept; `over` = `broker` with its address as `broker`; `as`, the
   * kind of access; `known`, the id of the account that is to be connected again.
   */
  readonly given: Secrets
}

export type SignedIn =
  | Connected
  | { readonly kind: 'choose'; readonly from: ChosenFrom[] }
  | { readonly kind: 'cancelled' }

type Stop = { readonly kind: 'trouble'; readonly trouble: Trouble }

const refused = (reason: string, field = '', details = ''): Trouble => ({ kind: 'refused', field, reason, details })
const stop = (reason: string, field = ''): Stop => troubled(refused(reason, field))
const CANCELLED = { kind: 'cancelled' } as const

/** Milliseconds somebody may think about which of their accounts is meant. */
const CHOOSING = 10 * 60_000

/* ---- apps, as they are kept ---- */

/** Under names no account of a network has. */
const OWN_APP = ':app'
const BROKER = ':broker'
const recordOf = (network: NetworkId, remoteId: string, host = '') => ({ network, remoteId, host })

async function keptApp(vault: Vault, key: ReturnType<typeof recordOf>): Promise<Secrets> {
  const kept = await vault.get(key)
  return kept.ok ? (kept.value?.secrets ?? {}) : {}
}

const keepApp = (vault: Vault, key: ReturnType<typeof recordOf>, secrets: Secrets): Promise<Result<null, Failure>> =>
  vault.put({ account: { ...key, handle: '', name: '', facts: {}, expiresAt: null }, secrets })

/** Who asks, and where. */
interface Client {
  readonly flow: ByApp | ByServer
  readonly id: string
  readonly secret: string
  readonly host: string
  /** '' without one. */
  readonly broker: string
  /** What is kept once it has worked; forgotten once a server does not know it any more. */
  readonly record: ReturnType<typeof recordOf>
  readonly app: Secrets
}

export function createSignIn({ vault, adapters, tools, openExternal, patience }: SignInDeps) {
  let running: { readonly session: string; readonly cancel: () => void } | null = null
  let chosen: { readonly session: string; readonly network: NetworkId; readonly given: Secrets } | null = null
  let forgetting: NodeJS.Timeout | undefined

  const adapterOf = (network: NetworkId) => adapters.find((adapter) => adapter.network === network)

  /** What is known beforehand; null: this network is connected by what is pasted. */
  async function options(network: NetworkId): Promise<SignInOptions | null> {
    const facts = SIGN_IN[network]
    if (!facts || !adapterOf(network)) return null
    const broker = await knownBroker(network)
    if (facts.by === 'broker') return { by: 'broker', secret: 'needed', redirect: '', clientId: '', broker }
    if (facts.by === 'server') return { by: 'server', secret: 'needed', redirect: '', clientId: '', broker }
    const { clientId = '' } = await keptApp(vault, recordOf(network, OWN_APP))
    // Any port, any path: nothing that could be registered.
    const redirect = facts.redirect.ports.length > 0 ? shownRedirect(facts.redirect) : ''
    return { by: 'app', secret: facts.secret, redirect, clientId, broker }
  }

  /** That of the network, else that of another: most people have one. */
  async function knownBroker(network: NetworkId): Promise<string> {
    const others = (Object.keys(SIGN_IN) as NetworkId[]).filter((one) => one !== network)
    for (const one of [network, ...others]) {
      const { broker } = await keptApp(vault, recordOf(one, BROKER))
      if (broker) return broker
    }
    return ''
  }

  async function clientFor({ network, given }: SignInRequest): Promise<Result<Client, Trouble>> {
    const facts = SIGN_IN[network]
    if (!facts) return err({ kind: 'changed', details: 'This version of Outpost cannot do that.' })
    if (facts.by === 'server') return registered(network, facts, given.host ?? '')
    if (facts.by === 'broker' || given.over === 'broker') return brokered(network, given.broker ?? '')
    const record = recordOf(network, OWN_APP)
    const kept = await keptApp(vault, record)
    const id = given.clientId || kept.clientId || ''
    const secret = given.clientSecret || (id === kept.clientId ? (kept.clientSecret ?? '') : '')
    if (id === '') return err(refused('The id of your app is missing.', 'clientId'))
    if (secret === '' && facts.secret === 'needed')
      return err(refused('The secret of your app is missing.', 'clientSecret'))
    const flow = secret === '' && facts.bare ? { ...facts, ...facts.bare } : facts
    return ok({ flow, id, secret, host: '', broker: '', record, app: { clientId: id, clientSecret: secret } })
  }

  /** The app of a server, registered there the first time. */
  async function registered(network: NetworkId, flow: ByServer, typed: string): Promise<Result<Client, Trouble>> {
    const address = serverAddress(typed)
    if (!address.ok) return err(refused(address.error, 'host'))
    const host = address.value
    const record = recordOf(network, OWN_APP, host)
    const client = ({ clientId: id = '', clientSecret: secret = '' }: Secrets): Client => {
      const here = { ...flow, authorize: `${host}${flow.authorize}`, token: `${host}${flow.token}` }
      return { flow: here, id, secret, host, broker: '', record, app: { clientId: id, clientSecret: secret } }
    }
    const kept = await keptApp(vault, record)
    if (kept.clientId) return ok(client(kept))
    const { host: at, ports, path } = flow.redirect
    const name = NETWORKS[network].name
    const answer = await ask(tools({}), {
      method: 'POST',
      address: `${host}${flow.register}`,
      body: new URLSearchParams({
        client_name: 'Outpost',
        // A list in lines is what servers of every age read.
        redirect_uris: [`http://${at}${path}`, ...ports.map((port) => `http://${at}:${port}${path}`)].join('\n'),
        scopes: (flow.scopes[''] ?? []).join(flow.between),
      }),
      read: as(z.object({ client_id: z.string(), client_secret: z.string() })),
      refused: ({ status, details }) =>
        status === 404 || status === 405
          ? refused(`No ${name} answers there. Look at the address.`, 'host', details)
          : refused('This server does not let programs register. Paste an access token instead.', 'host', details),
    })
    if (!answer.ok) {
      const { kind, details } = answer.error
      const another = kind === 'changed' || (kind === 'in-between' && answer.error.by === 'portal')
      return another ? err(refused(`No ${name} answers there. Look at the address.`, 'host', details)) : answer
    }
    const app = { clientId: answer.value.value.client_id, clientSecret: answer.value.value.client_secret }
    const stored = await keepApp(vault, record, app)
    // Not kept, it is registered again the next time; nothing is lost.
    return stored.ok ? ok(client(app)) : err(refused(stored.error.message))
  }

  async function brokered(network: NetworkId, typed: string): Promise<Result<Client, Trouble>> {
    const facts = SIGN_IN[network]
    const given = typed.trim() || (await knownBroker(network))
    if (given === '' || !facts) return err(refused('The address of the token broker is missing.', 'broker'))
    const address = serverAddress(given)
    if (!address.ok) return err(refused(address.error, 'broker'))
    const broker = address.value
    const name = NETWORKS[network].name
    const flow = overBroker(broker, network, facts)
    // Asked before the browser opens: what is wrong with the address is then told beside it.
    const answer = await ask(tools({}), {
      address: flow.describe,
      read: as(z.object({ outpost_broker: z.literal(1), network: z.literal(network) })),
      refused: ({ details }) =>
        refused(
          `The token broker at ${broker} does not serve ${name}. Ask who runs it, or paste an access instead.`,
          'broker',
          details,
        ),
    })
    if (!answer.ok) return err(aboutBroker(answer.error, broker))
    return ok({ flow, id: 'outpost', secret: '', host: '', broker, record: recordOf(network, BROKER), app: { broker } })
  }

  /** Goes through with it. Every end but the good one is a sentence; nothing of it is kept here but the app. */
  async function begin(request: SignInRequest): Promise<SignedIn> {
    running?.cancel()
    forget()
    const stopped = Promise.withResolvers<typeof CANCELLED>()
    let ended = false
    let letGo = () => {}
    const own = {
      session: request.session,
      cancel: () => {
        ended = true
        letGo()
        stopped.resolve(CANCELLED)
      },
    }
    running = own
    try {
      return await Promise.race([
        stopped.promise,
        signIn(
          request,
          (cancel) => {
            if (ended) cancel()
            else letGo = cancel
          },
          () => ended,
        ),
      ])
    } finally {
      if (running === own) running = null
    }
  }

  async function signIn(
    request: SignInRequest,
    onListening: (cancel: () => void) => void,
    isEnded: () => boolean,
  ): Promise<SignedIn> {
    const { network, given } = request
    const adapter = adapterOf(network)
    if (!adapter) return troubled({ kind: 'changed', details: 'This version of Outpost cannot do that.' })
    const found = await clientFor(request)
    if (!found.ok) return troubled(found.error)
    if (isEnded()) return CANCELLED
    const client = found.value
    const { flow, host, id } = client
    const state = randomBytes(24).toString('base64url')
    const verifier = newVerifier()
    const loopback = await listenFor(flow.redirect, state, patience)
    if (!loopback)
      return stop(
        `Another program waits at ${shownRedirect(flow.redirect)}, where the browser would come back to. Close it, perhaps another Outpost, then sign in again.`,
      )
    onListening(loopback.cancel)
    const scopes = flow.scopes[given.as ?? ''] ?? Object.values(flow.scopes)[0] ?? []
    const query = new URLSearchParams({
      response_type: 'code',
      [flow.app === 'key' ? 'client_key' : 'client_id']: id,
      redirect_uri: loopback.address,
      scope: [...scopes, ...(flow.also ?? [])].join(flow.between),
      state,
      ...(flow.challenge
        ? { code_challenge: challengeOf(verifier, flow.challenge), code_challenge_method: 'S256' }
        : {}),
      ...(client.broker && given.as ? { as: given.as } : {}),
      ...flow.more,
    })
    const page = `${flow.authorize}?${query}`
    try {
      if (!mayOpenExternal(page)) throw new Error('The address is none of the web.')
      await openExternal(page)
    } catch {
      loopback.cancel()
      return stop(
        'The browser could not be opened. Choose a browser in the settings of your system, then sign in again.',
      )
    }
    const back = await loopback.answer
    if (back.kind !== 'code') {
      // A server that has forgotten the app says so in the browser only, where nobody here can read it.
      if (flow.by === 'server' && back.kind !== 'denied') await vault.drop(client.record)
      return whyNot(back, NETWORKS[network].name, flow.by)
    }
    const told = await exchange(network, client, back.code, loopback.address, verifier, scopes)
    if (!told.ok) return troubled(told.error)
    if (isEnded()) return CANCELLED
    if (flow.by !== 'server') await keepApp(vault, client.record, client.app)
    const secrets: Secrets =
      flow.by === 'server'
        ? { host, token: told.value.accessToken }
        : {
            ...Object.fromEntries(Object.entries(told.value).filter(([, value]) => value !== '')),
            ...(given.as ? { as: given.as } : {}),
            ...(client.broker ? { broker: flow.token } : client.app),
          }
    return connect(adapter, request, secrets)
  }

  interface Tokens extends Record<string, string> {
    accessToken: string
    refreshToken: string
    /** As the adapters take it: milliseconds since 1970, as text. */
    expiresAt: string
    /** When what renews it is over, likewise; '' where nobody says. */
    refreshUntil: string
  }

  async function exchange(
    network: NetworkId,
    { flow, id, secret, broker, record }: Client,
    code: string,
    redirect: string,
    verifier: string,
    scopes: readonly string[],
  ): Promise<Result<Tokens, Trouble>> {
    const name = NETWORKS[network].name
    const inHeader = flow.app === 'basic' && secret !== ''
    const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')
    const hidden = tools({ code, verifier, ...(secret ? { secret, basic } : {}) })
    const answer = await ask(hidden, {
      method: 'POST',
      address: flow.token,
      headers: inHeader ? { authorization: `Basic ${basic}` } : {},
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirect,
        ...(flow.challenge ? { code_verifier: verifier } : {}),
        ...(inHeader ? {} : { [flow.app === 'key' ? 'client_key' : 'client_id']: id }),
        ...(secret && !inHeader ? { client_secret: secret } : {}),
        ...flow.moreForToken,
      }),
      // Codes live for seconds: a clock that is off is told as such.
      signedByClock: true,
      read: tokensOrFault,
      refused: (refusal) => sortExchange(refusal, name, redirect, flow.by),
    })
    if (!answer.ok) {
      if (flow.by === 'server' && answer.error.kind === 'refused' && answer.error.field === 'clientId')
        await vault.drop(record)
      return broker ? err(aboutBroker(answer.error, broker)) : answer
    }
    const { value, status, headers } = answer.value
    // A refusal that says 200: `read` lets it through so that it is sorted as one.
    if (!('access_token' in value))
      return err(
        sortExchange({ status, headers, body: value, details: `${status} ${value.error}` }, name, redirect, flow.by),
      )
    const { access_token, refresh_token = '', expires_in, scope } = value
    const granted = scope?.split(/[ ,]+/).filter(Boolean) ?? []
    const lacking = granted.length === 0 ? [] : scopes.filter((one) => !isGranted(one, granted))
    if (lacking.length > 0)
      return err(
        refused(
          `${name} gave less than Outpost needs: “${lacking.join('”, “')}” is missing. Sign in again and leave everything ticked.`,
        ),
      )
    const expiresAt = expires_in === undefined ? '' : String(hidden.now() + expires_in * 1000)
    const refreshUntil = String(lastsUntilOf(value, hidden.now()) ?? '')
    return ok({ accessToken: access_token, refreshToken: refresh_token, expiresAt, refreshUntil })
  }

  async function connect(adapter: Adapter, { session, given }: SignInRequest, secrets: Secrets): Promise<SignedIn> {
    const access = tools(hideable(secrets))
    const listed = await adapter.choices?.(secrets, access)
    if (!listed) return adapter.connect(secrets, access)
    if (!listed.ok) return troubled(listed.error)
    const { value: from } = listed
    const { known = '' } = given
    const again = from.find(({ id }) => known === id || known.endsWith(`:${id}`))
    const only = again ?? (from.length === 1 ? from[0] : undefined)
    if (only || from.length === 0) return adapter.connect({ ...secrets, ...(only ? { page: only.id } : {}) }, access)
    chosen = { session, network: adapter.network, given: secrets }
    forgetting = setTimeout(forget, CHOOSING)
    forgetting.unref()
    return { kind: 'choose', from: [...from] }
  }

  const forget = () => {
    clearTimeout(forgetting)
    chosen = null
  }

  return {
    options,
    begin,
    /** Deletes the app of one's own that is kept for a network; what is connected with it has its own copy and stays so. */
    forgetApp: (network: NetworkId): Promise<Result<null, Failure>> => vault.drop(recordOf(network, OWN_APP)),
    /** The address of the token broker, as it is offered for every network; '' without one. */
    broker: () => knownBroker('facebook'),
    /** Takes it for all networks; '' forgets it. A refusal says what is wrong with the address, or that it could not be kept. */
    async setBroker(typed: string): Promise<Result<string, Failure>> {
      const address = typed.trim() === '' ? ok('') : serverAddress(typed.trim())
      if (!address.ok) return err({ kind: 'failed', message: address.error })
      const broker = address.value
      for (const network of Object.keys(SIGN_IN) as NetworkId[]) {
        const record = recordOf(network, BROKER)
        const done = broker === '' ? await vault.drop(record) : await keepApp(vault, record, { broker })
        if (!done.ok) return done
      }
      return ok(broker)
    },
    /** One of the accounts that a sign-in gave; each may be taken, until it is cancelled or too long ago. */
    async choose(session: string, id: string): Promise<Connected> {
      const adapter = chosen?.session === session ? adapterOf(chosen.network) : undefined
      if (!chosen || !adapter) return stop('The sign-in was too long ago. Sign in again.')
      const { given } = chosen
      return adapter.connect({ ...given, page: id }, tools(hideable(given)))
    },
    /** Lets go at once, whatever it is doing. */
    cancel(session: string): void {
      if (running?.session === session) running.cancel()
      if (chosen?.session === session) forget()
    },
  }
}
export type SignIn = ReturnType<typeof createSignIn>

/** What everybody may read stays readable in the log. */
const hideable = ({ host: _host, as: _as, broker: _broker, ...secrets }: Secrets): Secrets => secrets

const tokensOrFault = as(
  z.union([
    z.object({
      access_token: z.string(),
      refresh_token: z.optional(z.string()),
      expires_in: z.optional(z.number()),
      scope: z.optional(z.string()),
      ...renewalLasts,
    }),
    z.object({ error: z.string(), error_description: z.optional(z.string()) }),
  ]),
)
const faultOf = as(z.object({ error: z.optional(z.string()), error_description: z.optional(z.string()) }))

/** Why a code became no access (RFC 6749, section 5.2); networks put the same things in different words. */
function sortExchange(
  { status, body, details }: Refusal,
  name: string,
  redirect: string,
  by: 'app' | 'server',
): Trouble {
  const { error = '', error_description = '' } = faultOf(body) ?? {}
  const words = `${error} ${error_description}`
  if (/redirect/i.test(words) && !/invalid_grant/.test(error))
    return refused(
      `${name} does not know the address the browser came back to. Add ${redirect} to your app there, exactly so, then sign in again.`,
      '',
      details,
    )
  if (/invalid_client|unauthorized_client/.test(error) || status === 401)
    return by === 'server'
      ? refused(
          'The server has forgotten Outpost, which registers anew with the next try. Sign in again.',
          'clientId',
          details,
        )
      : refused(`${name} does not know this app. Look at its id and secret, then sign in again.`, 'clientId', details)
  if (/grant|expired|\bcode\b/i.test(words))
    return refused(`What ${name} gave for this sign-in has run out or was used before. Sign in again.`, '', details)
  return refused(`${name} did not finish the sign-in. Sign in again; the details have its own words.`, '', details)
}

/** Why the browser brought no code. */
function whyNot(back: Exclude<Return, { kind: 'code' }>, name: string, by: 'app' | 'server'): SignedIn {
  if (back.kind === 'cancelled') return CANCELLED
  if (back.kind === 'late')
    return stop('Nobody signed in within five minutes, so Outpost does not wait any more. Sign in again.')
  const { error, description } = back
  const details = `${error} ${description}`.trim().slice(0, 400)
  if (/denied|cancel/i.test(error))
    return troubled(
      refused(
        `You did not allow it at ${name}, so nothing was connected. Sign in again, or paste an access instead.`,
        '',
        details,
      ),
    )
  if (/scope/i.test(error))
    return troubled(
      refused(
        `Your app at ${name} may not ask for what Outpost needs. Give it those rights there, then sign in again.`,
        '',
        details,
      ),
    )
  if (/server_error|temporarily_unavailable/.test(error))
    return troubled({ kind: 'server-fault', until: null, details })
  return troubled(
    refused(
      by === 'app'
        ? `${name} refused the sign-in. Look at the settings of your app there, then sign in again.`
        : `${name} refused the sign-in. Sign in again, or paste an access instead.`,
      '',
      details,
    ),
  )
}

/** A broker is away, or none: not the network's fault. */
function aboutBroker(trouble: Trouble, broker: string): Trouble {
  const { kind, details } = trouble
  if (kind === 'refused' || kind === 'clock-off' || kind === 'rate-limited') return trouble
  return kind === 'changed' || (kind === 'in-between' && trouble.by === 'portal')
    ? refused(`No token broker answers at ${broker}. Look at the address.`, 'broker', details)
    : refused(
        `The token broker at ${broker} cannot be reached. Look at the address and your connection, then sign in again.`,
        'broker',
        details,
      )
}
