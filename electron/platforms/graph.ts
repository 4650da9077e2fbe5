/**
 * Meta's Graph: how Facebook, Instagram and Threads say that something went wrong, sorted into what is to be done next.
 * The code decides, never the status: a limit comes as 400 or 403.
 */
import * as z from 'zod/mini'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { ok, type Result } from '../../shared/lib/result.ts'
import { as, ask, type Refusal, type Told, waitOf } from '../services/http.ts'
import type { Counted, Message, Tools } from './adapter.ts'
import { countsOf, type MetricNames } from './shared/engagement.ts'
import { troubled } from './shared/said.ts'

export interface GraphFault {
  readonly message: string
  readonly code: number
  readonly subcode: number
  /** Graph's own mark of a passing fault. */
  readonly transient: boolean
  readonly title: string
}

const HOUR = 3_600_000

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** The fault an answer tells of; null where it tells of none. A success may carry one as well. */
export function graphFault(body: unknown): GraphFault | null {
  const { error } = record(body)
  if (typeof error !== 'object' || error === null) return null
  const said = record(error)
  return {
    message: text(said.error_user_msg) || text(said.message),
    code: number(said.code),
    subcode: number(said.error_subcode),
    transient: said.is_transient === true,
    title: text(said.error_user_title),
  }
}

const within = (code: number, from: number, to: number) => code >= from && code <= to

/** 4 and 341 are said to the app, the others to the account. */
const APP_LIMITS = [4, 341]
const LIMITS = [...APP_LIMITS, 17, 32, 613]

const WITHDRAWN: Readonly<Record<number, string>> = {
  458: 'the app was removed from the account',
  459: 'the account has to be checked at facebook.com first',
  460: 'the password was changed',
  464: 'the account has to be confirmed at facebook.com first',
  467: 'the access is no longer valid',
  492: 'the role on the Page was taken away',
}
const EXPIRED = 463

/** Subcodes of 368, where Meta stops an account for a while. */
const TOO_FAST = 1_390_008
const STOPPED: Readonly<Record<number, string>> = {
  1346003: 'it found something there abusive',
  1404102: 'something there is against its Community Standards',
  4854002: 'it wants to know first who runs the account',
}
/** Of code 100: the thing asked for is not there, or not for this account. */
const NOT_THERE = 33
const PAGE_AUTHORIZATION = 1_404_078

/** What a right is called in Meta's words: `pages_manage_posts`, `instagram_content_publish` ... */
const rightIn = (message: string): string => /\b[a-z]+(?:_[a-z]+)+\b/.exec(message)?.[0] ?? ''

/** Which field of a post a refusal is about; '' where neither code nor words tell. Sources: notes on Facebook, section 7. */
function fieldOf({ code, subcode, message }: GraphFault): string {
  if (code === 1_609_005 || code === 1_609_008 || code === 2_061_006) return 'link'
  if ([1_366_046, 2_069_019, 1_363_040, 1_363_127, 1_363_128, 1_363_129].some((it) => it === code || it === subcode))
    return 'media'
  const named = /\(#\d+\)\s*(?:param(?:eter)?\s+)?['"]?(message|link|title|description|caption)\b/i.exec(message)?.[1]
  if (!named) return ''
  return named === 'link' || named === 'title' ? named : 'text'
}

/** Every further post would meet the same: the account waits until a person has seen to it there. */
export const stoppedByMeta = (reason: string, details: string): Trouble => ({
  kind: 'access-withdrawn',
  reason,
  stopped: 'Account Quality or the Support Inbox of Meta',
  details,
})

/** Sorts a fault of Graph. What is particular to one network is sorted by that one first. `commit`: what is passing leaves it open. */
export function sortGraph(
  { status, headers, details }: Refusal,
  fault: GraphFault,
  commit: boolean,
  now: number,
): Trouble {
  const { code, subcode } = fault
  const limited = (shared: 'account' | 'app'): Trouble => ({
    kind: 'rate-limited',
    // Without an estimate an hour, as other programs wait.
    until: waitOf(headers, now) ?? now + HOUR,
    shared,
    details,
  })

  if (code === 190 || code === 102)
    return subcode === EXPIRED
      ? { kind: 'access-expired', details }
      : { kind: 'access-withdrawn', reason: WITHDRAWN[subcode] ?? 'the access is no longer valid', details }
  if (code === PAGE_AUTHORIZATION || subcode === PAGE_AUTHORIZATION)
    return { kind: 'not-permitted', right: 'Page Publishing Authorization', details }
  if (code === 3 || code === 10 || within(code, 200, 299))
    return { kind: 'not-permitted', right: rightIn(fault.message), details }
  if (LIMITS.includes(code) || within(code, 80_000, 80_099))
    return limited(APP_LIMITS.includes(code) ? 'app' : 'account')
  if (code === 368) {
    if (subcode === TOO_FAST) return limited('account')
    return stoppedByMeta(STOPPED[subcode] ?? '', details)
  }
  if (code === 506 || code === 1_366_051) return { kind: 'duplicate', remoteId: '', details }
  if ((code === 100 && subcode === NOT_THERE) || status === 404) return { kind: 'target-gone', details }
  if (code === 1 || code === 2 || fault.transient)
    return commit ? { kind: 'unknown', details } : { kind: 'server-fault', until: null, details }
  return { kind: 'refused', field: fieldOf(fault), reason: fault.message, details }
}

/** The dialect of Graph for `ask`. `first` sorts what only one network knows; undefined: it does not. */
export const graphDialect =
  (
    tools: Tools,
    commit: boolean,
    first: (fault: GraphFault, refusal: Refusal) => Trouble | undefined = () => undefined,
  ) =>
  (refusal: Refusal): Trouble => {
    const fault = graphFault(refusal.body) ?? NO_WORDS
    return first(fault, refusal) ?? sortGraph(refusal, fault, commit, tools.now())
  }

const NO_WORDS: GraphFault = { message: '', code: 0, subcode: 0, transient: false, title: '' }

/**
 * The app behind a token, which large films are uploaded to, and when the token ends; null: never, or it is not told, which is no fault.
 * `graph`: where it is asked, with the version.
 */
export async function tokenFacts(
  graph: string,
  token: string,
  tools: Tools,
): Promise<{ app: string; expiresAt: Instant | null }> {
  const answer = await ask(tools, {
    address: `${graph}/debug_token?${formBodyOf({ input_token: token })}`,
    headers: { authorization: `Bearer ${token}` },
    read: as(z.object({ data: z.object({ app_id: z.string(), expires_at: z.optional(z.number()) }) })),
    refused: graphDialect(tools, false),
  })
  if (!answer.ok) return { app: '', expiresAt: null }
  const { app_id, expires_at = 0 } = answer.value.value.data
  return { app: app_id, expiresAt: expires_at === 0 ? null : expires_at * 1000 }
}

/** A page of a listing: `next` is missing on the last one. */
export const listingOf = <T extends z.ZodMiniType>(one: T) =>
  z.object({
    data: z.array(one),
    paging: z.optional(
      z.object({ next: z.optional(z.string()), cursors: z.optional(z.object({ after: z.string() })) }),
    ),
  })

/** Where the next page begins; '' when there is none. */
export const nextPage = ({ paging }: z.infer<ReturnType<typeof listingOf>>): string =>
  paging?.next ? (paging.cursors?.after ?? '') : ''

/** Fields of a call as Graph takes them; what is undefined is left out. */
export const formBodyOf = (fields: Readonly<Record<string, string | undefined>>): URLSearchParams =>
  new URLSearchParams(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined))

/* ---- what people do with a post ---- */

export type Numbers = Readonly<Record<string, unknown>>

const valued = z.object({ value: z.optional(z.unknown()) })
/** Insights: numbers by name. Source: notes on Facebook, Instagram and Threads, section 5. */
export const insights = as(
  z.object({
    data: z.array(z.object({ name: z.string(), values: z.nullish(z.array(valued)), total_value: z.nullish(valued) })),
  }),
)
type Insights = NonNullable<ReturnType<typeof insights>>

/** A number, or one that is told in parts: reactions by kind, views as paid and organic. */
function wholeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.values(value).filter((part) => typeof part === 'number')
  return parts.length > 0 ? parts.reduce((sum, part) => sum + part, 0) : undefined
}

const numbersOf = ({ data }: Insights): Numbers =>
  Object.fromEntries(
    data.map(({ name, values, total_value }) => [name, wholeOf(values?.[0]?.value ?? total_value?.value)]),
  )

/**
 * One name that is not known there, or no longer, fails the whole call: what is refused is asked for in halves until what there is has
 * answered. `asking` gets names with commas between.
 */
export async function insightsOf(
  names: readonly string[],
  asking: (names: string) => Promise<Result<Told<Insights>, Trouble>>,
): Promise<Result<Numbers, Trouble>> {
  const all = await asking(names.join(','))
  if (all.ok) return ok(numbersOf(all.value.value))
  if (all.error.kind !== 'refused' || names.length < 2) return all
  const middle = Math.ceil(names.length / 2)
  const one = await insightsOf(names.slice(0, middle), asking)
  if (!one.ok && one.error.kind !== 'refused') return one
  const other = await insightsOf(names.slice(middle), asking)
  if (!other.ok) return other.error.kind === 'refused' ? one : other
  return ok({ ...(one.ok ? one.value : {}), ...other.value })
}

/**
 * What is told in several ways, each with a right of its own. One that lacks, or is not known there, is trouble only where no other told
 * anything; whatever else is wrong is wrong with all.
 */
export async function countedIn(
  names: MetricNames,
  ways: readonly (() => Promise<Result<Numbers, Trouble>>)[],
): Promise<Counted> {
  let numbers: Numbers = {}
  let lacks: Trouble | undefined
  for (const way of ways) {
    const told = await way()
    if (told.ok) numbers = { ...numbers, ...told.value }
    else if (told.error.kind === 'not-permitted' || told.error.kind === 'refused') lacks = told.error
    else return troubled(told.error)
  }
  const counts = countsOf(names, numbers)
  return lacks && Object.keys(counts).length === 0 ? troubled(lacks) : { kind: 'counted', counts }
}

export const newestFirst = (messages: readonly Message[]): Message[] =>
  messages.toSorted((one, other) => other.at - one.at)
