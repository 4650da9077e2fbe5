/** Access by OAuth 2 that a refresh token renews (RFC 6749, section 6). */
import * as z from 'zod/mini'
import type { Instant } from '../../../shared/domain/time.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { as, ask } from '../../services/http.ts'
import type { Account, Connected, Secrets, Tools } from '../adapter.ts'
import { troubled } from './said.ts'

export interface Renewal {
  readonly address: string
  /** How the app shows who it is: named in the form, with its secret in the form, so but called a key, or both in a header. */
  readonly app: 'public' | 'form' | 'key' | 'basic'
  /** What is said when the network does not renew it. */
  readonly gone: string
}

export interface Access {
  readonly secrets: Secrets
  readonly expiresAt: Instant | null
  /** When what renews it is over; null: the network does not say. */
  readonly lastsUntil: Instant | null
}

/** Why an access is over although nobody withdrew it. */
const LOST = 'its answer to the last renewal was lost on the way, and it renews each access once only'

/** How many seconds what renews an access lasts, under the names that networks have for it. Source: notes on each network, section 1. */
export const renewalLasts = {
  refresh_expires_in: z.nullish(z.number()),
  refresh_token_expires_in: z.nullish(z.number()),
}

export function lastsUntilOf(
  told: { readonly [name in keyof typeof renewalLasts]?: number | null | undefined },
  now: Instant,
): Instant | null {
  const seconds = told.refresh_expires_in ?? told.refresh_token_expires_in ?? 0
  return seconds > 0 ? now + seconds * 1000 : null
}

const renewedToken = as(
  z.object({
    access_token: z.string(),
    expires_in: z.number(),
    refresh_token: z.optional(z.string()),
    ...renewalLasts,
  }),
)

/** A refusal may come with 200. Source: RFC 6749, section 5.2. */
const refusedToken = as(z.object({ error: z.string() }))

/**
 * A new access. Where a new refresh token comes with it the old one is dead, or will be; else it is kept. The one before stays beside the
 * new as a spare: which of two a network counts is not known where an answer was lost, or never reached the disk. Where an answer is lost
 * it is asked once more at once: a network that renews each access once only refuses, and that is told now, while the account can be
 * connected again, and not when the next post is due. An access over a token
 * broker is renewed there (`broker`), which shows the secret of the app in our place.
 */
export async function renewed(renewal: Renewal, tools: Tools): Promise<Result<Access, Trouble>> {
  const { refreshToken = '', spareRefreshToken = '', broker = '' } = tools.secrets
  const by: Renewal = broker ? { ...renewal, address: broker, app: 'public' } : renewal
  let first = await renewedWith(refreshToken, by, tools)
  if (!first.ok && first.error.kind === 'unknown') {
    first = await renewedWith(refreshToken, by, tools)
    if (!first.ok && first.error.kind === 'access-withdrawn') first = err({ ...first.error, reason: LOST })
    // Nothing of a post is in doubt: it is tried again as with any other trouble of a network.
    if (!first.ok && first.error.kind === 'unknown')
      first = err({ kind: 'server-fault', until: null, details: first.error.details })
  }
  if (first.ok || first.error.kind !== 'access-withdrawn' || spareRefreshToken === '') return first
  const second = await renewedWith(spareRefreshToken, by, tools)
  return second.ok ? second : first
}

async function renewedWith(refreshToken: string, renewal: Renewal, tools: Tools): Promise<Result<Access, Trouble>> {
  const { clientId = renewal.address === tools.secrets.broker ? 'outpost' : '', clientSecret = '' } = tools.secrets
  const gone = (details: string): Trouble => ({ kind: 'access-withdrawn', reason: renewal.gone, details })
  if (!refreshToken) return err(gone(''))
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')
  const answer = await ask(tools, {
    method: 'POST',
    // Whether the old access still counts cannot be told when the answer is lost.
    commit: true,
    address: renewal.address,
    headers: renewal.app === 'basic' ? { authorization: `Basic ${basic}` } : {},
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      ...(renewal.app === 'basic' ? {} : { [renewal.app === 'key' ? 'client_key' : 'client_id']: clientId }),
      ...((renewal.app === 'form' || renewal.app === 'key') && clientSecret ? { client_secret: clientSecret } : {}),
    }),
    read: renewedToken,
    denied: (body) => refusedToken(body) !== undefined,
    refused: ({ details }) => gone(details),
  })
  if (!answer.ok) return answer
  const told = answer.value.value
  const { access_token, expires_in, refresh_token = refreshToken } = told
  const rotated: Secrets = refresh_token === refreshToken ? {} : { spareRefreshToken: refreshToken }
  const secrets = { ...tools.secrets, ...rotated, accessToken: access_token, refreshToken: refresh_token }
  return ok({ secrets, expiresAt: tools.now() + expires_in * 1000, lastsUntil: lastsUntilOf(told, tools.now()) })
}

/**
 * When an access ends that lasts `lives` milliseconds from when it was made. A sign-in tells; of what a person pastes it is counted from now, and it may
 * be older (`countedFrom`).
 */
export const endOfPasted = (
  given: Secrets,
  lives: number,
  tools: Tools,
): { readonly facts: Account['facts']; readonly expiresAt: Instant } =>
  given.expiresAt
    ? { facts: {}, expiresAt: Number(given.expiresAt) }
    : { facts: { countedFrom: tools.now() }, expiresAt: tools.now() + lives }

/** `read:accounts` is within `read`. */
export const isGranted = (scope: string, granted: readonly string[]): boolean =>
  granted.includes(scope) || granted.includes(scope.split(':')[0] ?? scope) || scope === 'openid'

/** What an account tells of its access: one that came without what renews it is over once it is over. */
const factsOf = ({ refreshToken = '' }: Secrets, lastsUntil: Instant | null): Account['facts'] =>
  refreshToken === '' ? { lasting: false } : lastsUntil === null ? {} : { lastsUntil }

/**
 * Asks who is there with the access given, renewed first where there is none or it has run out. `lasts`: milliseconds an access lasts
 * where nobody says; null: unknown.
 */
export async function whoIsThere<T>(
  renewal: Renewal,
  lasts: number | null,
  given: Secrets,
  tools: Tools,
  me: (tools: Tools) => Promise<Result<T, Trouble>>,
): Promise<Result<Access & { readonly who: T; readonly facts: Account['facts'] }, Trouble>> {
  if (given.accessToken) {
    const answer = await me({ ...tools, secrets: given })
    if (answer.ok) {
      const expiresAt = Number(given.expiresAt) || (lasts === null ? null : tools.now() + lasts)
      const lastsUntil = Number(given.refreshUntil) || null
      return ok({ secrets: given, expiresAt, lastsUntil, who: answer.value, facts: factsOf(given, lastsUntil) })
    }
    if (answer.error.kind !== 'access-expired') return answer
  }
  const access = await renewed(renewal, { ...tools, secrets: given })
  if (!access.ok) return access
  const answer = await me({ ...tools, secrets: access.value.secrets })
  const { secrets, lastsUntil } = access.value
  return answer.ok ? ok({ ...access.value, who: answer.value, facts: factsOf(secrets, lastsUntil) }) : answer
}

/** `refresh` of an adapter. */
export const refreshing =
  (renewalOf: (tools: Tools) => Renewal) =>
  async (account: Account, tools: Tools): Promise<Connected> => {
    const access = await renewed(renewalOf(tools), tools)
    if (!access.ok) return troubled(access.error)
    const { secrets, expiresAt, lastsUntil } = access.value
    const { lastsUntil: before, countedFrom: _certainNow, ...rest } = account.facts
    // A network need not say anew when the same one ends.
    const known = lastsUntil ?? (secrets.refreshToken === tools.secrets.refreshToken ? before : undefined)
    const facts = known === undefined ? rest : { ...rest, lastsUntil: known }
    return { kind: 'connected', account: { ...account, facts, expiresAt }, secrets }
  }
