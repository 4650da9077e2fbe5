/**
 * The one way to a network. Node's own `fetch`, because it never sends a request twice by itself, with a time limit, no redirects and
 * a limit on what comes back; and one place that sorts what came back, or did not, before an adapter looks at it.
 */
import type * as z from 'zod/mini'
import type { Near } from '../../shared/domain/publishing.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { Secrets, Tools } from '../platforms/adapter.ts'
import { type Log, maskSecrets } from './log.ts'

/** Milliseconds for a whole exchange, answer read. */
export const PATIENCE = 30_000
/** Bytes of an answer. No call of any network that Outpost makes has one near this. */
export const LARGEST_ANSWER = 2 * 1024 * 1024
/** Clocks that differ by less are told the same time. */
const SAME_TIME = 2 * 60_000
/** Where a network asks to wait and does not say how long. */
const UNTOLD_WAIT = 60_000

class TooLarge extends Error {
  constructor() {
    super(`The answer has more than ${LARGEST_ANSWER} bytes.`)
  }
}

/** Text without the secrets given here and without what looks like one. */
export const hideSecrets = (text: string, secrets: Secrets): string => maskSecrets(hideKnown(text, secrets))

function hideKnown(text: string, secrets: Secrets): string {
  const known = Object.values(secrets)
    .filter((secret) => secret.length >= 6)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .sort((a, b) => b.length - a.length)
  return known.reduce((hidden, secret) => hidden.replaceAll(secret, '•••'), text)
}

/** `fetch` for adapters. Throws as `fetch` does, also when the answer is too large or stops half-way. */
export function createFetch(log: Log, secrets: Secrets): Tools['fetch'] {
  return async (address, { timeout = PATIENCE, signal, ...init } = {}) => {
    const began = performance.now()
    const note = (outcome: string) => {
      const what = `${init.method ?? 'GET'} ${withoutQuery(address)}`
      log.info(hideSecrets(`${what}: ${outcome} after ${Math.round(performance.now() - began)} ms`, secrets))
    }
    const limit = AbortSignal.timeout(timeout)
    try {
      const response = await fetch(address, {
        ...init,
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      })
      const body = await readAll(response)
      note(`${response.status}, ${body.length} bytes`)
      const bare = [204, 205, 304].includes(response.status)
      return new Response(bare ? null : body, { status: response.status, headers: response.headers })
    } catch (error) {
      note(wordsOf(error))
      // The words of our own mistakes may quote what was to be sent.
      throw isOurs(error) ? new Error(hideSecrets(wordsOf(error), secrets)) : error
    }
  }
}

async function readAll(response: Response): Promise<Buffer<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > LARGEST_ANSWER) throw new TooLarge() // leaving the loop ends the connection
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Queries may hold keys; the path says enough. */
const withoutQuery = (address: string): string => address.replace(/[?#].*$/, '')

/** What a network said no with. */
export interface Refusal {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON without our secrets; undefined when it was none. */
  readonly body: unknown
  /** Its own words, secrets masked. */
  readonly details: string
}

/** What a network said, read as agreed. */
export interface Told<T> {
  readonly status: number
  readonly headers: Headers
  readonly value: T
}

export interface Question<T> {
  readonly address: string
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'MKCOL'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: BodyInit
  /** Sent as JSON in place of `body`. */
  readonly json?: unknown
  /** Milliseconds. */
  readonly timeout?: number
  /** This request makes something visible: what cannot be told afterwards is `unknown`, never a fault to be tried again. */
  readonly commit?: boolean
  /** The access is signed with the time of day, so a clock that is off looks like a wrong key. */
  readonly signedByClock?: boolean
  /** Statuses outside of 200 to 299 that are an answer too. */
  readonly takes?: readonly number[]
  /** Undefined: not what the network agreed to answer. An empty body is undefined, one that is no JSON is the text itself. */
  readonly read: (body: unknown) => T | undefined
  /** The network's dialect: what its refusals (400 to 499) mean. */
  readonly refused: (refusal: Refusal) => Trouble
  /** Whether an answer that looks well (200) tells of a refusal inside; it is then sorted as one. */
  readonly denied?: (body: unknown) => boolean
  /** Its servers refuse with web pages too, so such a page is a refusal; absent: it is from something in between. */
  readonly inPages?: boolean
  /** What a 429 means where it may be more than haste: a day's quota, a cap. Undefined: haste. */
  readonly limited?: (refusal: Refusal) => Trouble | undefined
}

/** Reads an answer by a schema. */
export const as =
  <T>(schema: z.ZodMiniType<T>) =>
  (body: unknown): T | undefined => {
    const parsed = schema.safeParse(body)
    return parsed.success ? parsed.data : undefined
  }

/** For answers nobody reads. */
export const anything = (): null => null

/** Asks a network once. What comes back is sorted here; only refusals go to the dialect of the network. */
export async function ask<T>(tools: Tools, question: Question<T>): Promise<Result<Told<T>, Trouble>> {
  const { address, method = 'GET', headers, body, json, timeout, commit = false } = question
  let response: Response
  let text: string
  try {
    response = await tools.fetch(address, {
      method,
      headers: { accept: 'application/json', ...(json === undefined ? {} : JSON_TYPE), ...headers },
      ...(json !== undefined ? { body: JSON.stringify(json) } : body !== undefined ? { body } : {}),
      ...(body instanceof ReadableStream ? { duplex: 'half' as const } : {}),
      ...(timeout === undefined ? {} : { timeout }),
    })
    text = await response.text()
  } catch (error) {
    if (isOurs(error)) throw error
    return err(sortFault(error, commit, tools.secrets))
  }
  return sortAnswer(response, text, question, tools)
}

const JSON_TYPE = { 'content-type': 'application/json' }

/** Said of a line that could not be made, and of nothing else. */
const NEVER_REACHED = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT'])
/** Said of a line that could not be made, and of one that was there and went away, as when a laptop falls asleep: the request may have arrived then. */
const LINE_DOWN = new Set(['ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL'])
/** Undici's code for what ended before it began; only its words say that a proxy did. */
const TUNNEL = 'UND_ERR_ABORTED'
const isCertificate = (code: string): boolean =>
  /^(CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH$)/.test(code)
/** What encrypts the line went wrong: at its beginning, which is the certificate or a portal as a rule, or on the way. */
const isEncryption = (code: string): boolean => isCertificate(code) || /^(ERR_SSL_|EPROTO$)/.test(code)

/** What a `fetch` that threw means. `commit`: once a request may have left, nobody knows what became of it. */
export function sortFault(error: unknown, commit: boolean, secrets: Secrets = {}): Trouble {
  const details = hideSecrets(wordsOf(error), secrets)
  const faults = [...causesOf(error)]
  const codes = faults.flatMap(({ code }) => code ?? [])
  // A handshake that failed over a certificate has sent nothing of the request.
  if (codes.some(commit ? isCertificate : isEncryption)) return { kind: 'in-between', by: 'certificate', details }
  // Asked to lead to the network and refusing that, a proxy has passed nothing on.
  const refusedBy = /^Proxy response \((\d+)\)/.exec(faults.find(({ code }) => code === TUNNEL)?.message ?? '')?.[1]
  if (refusedBy === '407') return { kind: 'in-between', by: 'proxy', details }
  if (refusedBy !== undefined) return { kind: 'no-network', details }
  const unconnected = faults.some(
    ({ code = '', syscall }) => syscall === 'connect' && (code === 'ETIMEDOUT' || LINE_DOWN.has(code)),
  )
  if (unconnected || codes.some((code) => NEVER_REACHED.has(code))) return { kind: 'no-network', details }
  if (commit) return { kind: 'unknown', details }
  if (codes.some((code) => LINE_DOWN.has(code))) return { kind: 'no-network', details }
  if (isNameless(error)) return { kind: 'in-between', by: 'proxy', details }
  return error instanceof TooLarge ? { kind: 'changed', details } : { kind: 'server-fault', until: null, details }
}

/** `fetch` hands out no answer with status 407; the error in its place is the only one that says nothing. */
function isNameless(error: unknown): boolean {
  const causes = [...causesOf(error)].slice(1)
  return causes.length > 0 && causes.every(({ message, code }) => message === '' && code === undefined)
}

/** Neither a line nor a network: a mistake of the program, or a medium that cannot be read. */
const isOurs = (error: unknown): boolean =>
  !(error instanceof TooLarge) &&
  !(error instanceof DOMException) &&
  !isNameless(error) &&
  [...causesOf(error)].every(({ code = 'ERR_' }) => code.startsWith('ERR_') && !isEncryption(code))

interface Cause {
  readonly code?: string
  readonly syscall?: string
  readonly message: string
}

/** An error, what caused it, and all of several at once (a name with more than one address). */
function* causesOf(error: unknown): Generator<Cause> {
  if (!(error instanceof Error)) return
  const { code, syscall } = error as NodeJS.ErrnoException
  yield {
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(syscall === undefined ? {} : { syscall }),
  }
  if (error instanceof AggregateError) for (const one of error.errors) yield* causesOf(one)
  yield* causesOf(error.cause)
}

function wordsOf(error: unknown): string {
  const words = [...causesOf(error)].map(({ code, message }) =>
    code && !message.includes(code) ? `${code} ${message}` : message,
  )
  return words.filter((word) => word !== '').join(': ') || String(error)
}

/** What an answer means: as agreed, refused in the network's dialect, or no answer of the network at all. */
export function sortAnswer<T>(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  text: string,
  { commit = false, signedByClock = false, takes = [], inPages = false, read, refused, denied, limited }: Question<T>,
  { now, secrets }: Pick<Tools, 'now' | 'secrets'>,
): Result<Told<T>, Trouble> {
  const page = isPage(headers, text)
  const details = hideSecrets(`${status} ${page ? titleOf(text) : text}`.slice(0, 600).trim(), secrets)
  const trouble = (before: Trouble) => err<Trouble>(commit ? { kind: 'unknown', details } : before)
  const here = now()
  const until = waitOf(headers, here, status === 429)

  if (!takes.includes(status)) {
    if (status === 407) return trouble({ kind: 'in-between', by: 'proxy', details })
    if (status === 511 || (status >= 300 && status < 400)) return trouble({ kind: 'in-between', by: 'portal', details })
    if (status === 408 || status >= 500) return trouble({ kind: 'server-fault', until, details })
    // Refused before anything was done: no doubt about it, not even of a commit.
    if (status === 429)
      return err(
        limited?.({ status, headers, body: parse(hideKnown(text, secrets)), details }) ?? {
          kind: 'rate-limited',
          until: until ?? here + UNTOLD_WAIT,
          shared: 'account',
          details,
        },
      )
    if (status >= 400) {
      // A filter of the network one is in: nothing was passed on. Files too large are refused by whatever stands in front of a server.
      if (page && !inPages && status !== 413 && isRead(text)) return err({ kind: 'in-between', by: 'portal', details })
      const off = clockOff(headers, here)
      if (signedByClock && off !== 0 && (status === 400 || status === 401 || status === 403))
        return err({ kind: 'clock-off', by: off, details })
      return err(refused({ status, headers, body: parse(hideKnown(text, secrets)), details }))
    }
  }
  if (page && !takes.includes(status)) return trouble({ kind: 'in-between', by: 'portal', details })
  const body = parse(text)
  if (denied?.(body)) return err(refused({ status, headers, body: parse(hideKnown(text, secrets)), details }))
  const value = read(body ?? (text || undefined))
  if (value !== undefined) return ok({ status, headers, value })
  // Cut short, it may be whole the next time; whole and in other words, it will stay so.
  const cut = text === '' || (body === undefined && /^\s*[[{"]/.test(text))
  return trouble(cut ? { kind: 'server-fault', until: null, details } : { kind: 'changed', details })
}

/** Signs of a page for people, where a program asked for data. */
const isPage = (headers: Headers, text: string): boolean =>
  /^\s*(text\/html|application\/xhtml)/i.test(headers.get('content-type') ?? '') || /^\s*<(!doctype|html)/i.test(text)

/** Whether something for people stands in it: refusals without a body, and JSON, are called pages by some servers. */
const isRead = (text: string): boolean => text.trim() !== '' && parse(text) === undefined

const titleOf = (page: string): string => /<title[^>]*>([^<]*)/i.exec(page)?.[1]?.trim() || 'a web page'

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text, keepingDigits)
  } catch {
    return undefined
  }
}

/** A whole number that JavaScript cannot hold is an id: its digits are kept, as text. */
const keepingDigits = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/.test(context?.source ?? '')
    ? context?.source
    : value

/**
 * Their clock minus ours in milliseconds, from the header `Date`; 0 when it is not there or about the same. An answer out of a cache says how old
 * it is (RFC 9111, 5.1).
 */
export function clockOff(headers: Headers, now: Instant): number {
  const age = Number(headers.get('age') ?? 0) || 0
  const off = Date.parse(headers.get('date') ?? '') + age * 1000 - now
  return Math.abs(off) > SAME_TIME ? off : 0
}

/** A moment on the clock of the network that answered, on ours; none lies in the past. */
function clockOf(headers: Headers, now: Instant) {
  const date = Date.parse(headers.get('date') ?? '')
  const theirs = Number.isNaN(date) ? now : date
  return { theirs, carried: (at: Instant): Instant => Math.max(now, now + (at - theirs)) }
}

/** Windows networks count in, by what their headers begin with, and over whom. */
const WINDOWS = [
  ['ratelimit', 'account'],
  ['x-ratelimit', 'account'],
  ['x-rate-limit', 'account'],
  ['x-user-limit-24hour', 'account'],
  ['x-app-limit-24hour', 'app'],
] as const
const USAGES = [
  ['x-business-use-case-usage', 'account'],
  ['x-page-usage', 'account'],
  ['x-app-usage', 'app'],
] as const

/**
 * When a network lets us ask again, on our clock: it says so in seconds, as an HTTP date, as Unix time, as an ISO time or in minutes.
 * Null when it does not say. Of several the latest counts, unless one is `Retry-After`, which is meant for this very answer. `refused`:
 * this is a 429; any other answer tells of a window only to say how much is left, and asks for nothing before that is 0.
 */
export function waitOf(headers: Headers, now: Instant, refused = true): Instant | null {
  const { theirs, carried } = clockOf(headers, now)
  const after = timeOf(headers.get('retry-after'), theirs)
  if (after !== null) return carried(after)
  const told = [
    ...['ratelimit', 'x-ratelimit', 'x-rate-limit'].map((name) =>
      refused || (headers.get(`${name}-remaining`) ?? '0') === '0'
        ? timeOf(headers.get(`${name}-reset`), theirs)
        : null,
    ),
    ...USAGES.map(([name]) => usageOf(headers.get(name), theirs)),
  ].flatMap((at) => at ?? [])
  return told.length > 0 ? carried(Math.max(...told)) : null
}

/** The window that is full by this answer, whatever else it says: the next call would be refused. Of several the one that stays so longest. */
export function fullWindow(headers: Headers, now: Instant): Near | null {
  const { theirs, carried } = clockOf(headers, now)
  const full = WINDOWS.flatMap(([name, shared]): Near[] => {
    const reset = headers.get(`${name}-remaining`) === '0' ? timeOf(headers.get(`${name}-reset`), theirs) : null
    return reset === null ? [] : [{ until: carried(reset), shared }]
  })
  return latest(full)
}

/** Percent from which on Meta wants to be asked less. */
const NEARLY = 90

/**
 * The limit an answer that was none comes near to: a window with nothing left, or Meta's usage. That is told in percent, and no time with it, so
 * the wait grows with it: a minute from 90 on, one more with each percent, an hour where all is used.
 */
export function nearLimit(headers: Headers, now: Instant): Near | null {
  const near = USAGES.flatMap(([name, shared]): Near[] => {
    const value = headers.get(name)
    const percent = Math.max(0, ...numbersIn(value, /"(?:call_count|total_cputime|total_time)"\s*:\s*(\d+)/g))
    if (percent < NEARLY) return []
    const minutes = percent >= 100 ? 60 : percent - NEARLY + 1
    return [{ until: usageOf(value, now) ?? now + minutes * 60_000, shared }]
  })
  return latest([fullWindow(headers, now) ?? [], near].flat())
}

const latest = (all: readonly Near[]): Near | null =>
  all.reduce<Near | null>((last, one) => (last && last.until >= one.until ? last : one), null)

/** Numbers below this are seconds to wait, above it seconds since 1970. */
const UNIX = 1_000_000_000

function timeOf(value: string | null, now: Instant): Instant | null {
  if (value === null || value.trim() === '') return null
  const number = Number(value)
  if (Number.isFinite(number))
    return number < UNIX ? now + number * 1000 : number < UNIX * 1000 ? number * 1000 : number
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : date
}

/** Meta's header of usage: minutes until access comes back, per business and kind of call. */
function usageOf(value: string | null, now: Instant): Instant | null {
  const most = Math.max(0, ...numbersIn(value, /"estimated_time_to_regain_access"\s*:\s*(\d+)/g))
  return most > 0 ? now + most * 60_000 : null
}

const numbersIn = (value: string | null, pattern: RegExp): number[] =>
  [...(value ?? '').matchAll(pattern)].map((match) => Number(match[1]))
