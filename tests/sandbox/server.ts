/**
 * A small network on loopback: routes that behave as the notes of a network say, a clock of their own, and faults in front of them.
 * Each network writes its routes and its memory; everything that goes wrong between two machines is here, once.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it arrived. */
export interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** All of it, or what had arrived when the line was cut. */
  readonly body: Buffer<ArrayBuffer>
  /** The line was cut while the body came. */
  readonly cut: boolean
  /** Named parts of the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>
}

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** A string or bytes go out as they are, anything else as JSON; absent: no body. */
  readonly body?: unknown
}

export type Route = (call: Call) => Reply | Promise<Reply>

/**
 * What goes wrong with one request. `happened`: whether the network did what it was asked before it went wrong, which the other side
 * cannot know.
 */
export type Fault =
  /** The connection ends without an answer. */
  | { readonly kind: 'reset'; readonly happened: boolean }
  /** The connection stays open and nothing ever comes. */
  | { readonly kind: 'silent'; readonly happened: boolean }
  /** Another answer comes instead. */
  | { readonly kind: 'instead'; readonly happened: boolean; readonly reply: Reply }
  /** The answer comes after so many milliseconds. */
  | { readonly kind: 'slow'; readonly by: number }
  /** The connection ends after so many bytes of the body; routes that keep partial bodies get them, with `cut`. */
  | { readonly kind: 'cut'; readonly after: number }

export const lostAnswer: Fault = { kind: 'reset', happened: true }
export const reset: Fault = { kind: 'reset', happened: false }
export const halfOpen: Fault = { kind: 'silent', happened: true }
export const cutAfter = (bytes: number): Fault => ({ kind: 'cut', after: bytes })
export const slow = (by: number): Fault => ({ kind: 'slow', by })
/** `happened` false: the network answered so and did nothing. */
export const instead = (reply: Reply, happened = false): Fault => ({ kind: 'instead', happened, reply })

const PAGE =
  '<!doctype html><html><head><title>Sign in</title></head><body>Please sign in to this network.</body></html>'
const html = { 'content-type': 'text/html; charset=utf-8' }
const NOTHING = Buffer.alloc(0)
const json = { 'content-type': 'application/json' }

/** Answers that are no answers, by name. */
export const garbage: Readonly<Record<string, Reply>> = {
  'a sign-in page instead of JSON': { status: 200, headers: html, body: PAGE },
  'an empty answer': { status: 200, headers: json, body: '' },
  'half an answer': { status: 200, headers: json, body: '{"id":"1' },
  '10 MB': { status: 200, headers: json, body: `"${'x'.repeat(10 * 1024 * 1024)}"` },
  'a picture': { status: 200, headers: { 'content-type': 'image/png' }, body: Buffer.from([137, 80, 78, 71]) },
}

/** Which request a fault is meant for. For one that cuts it, decided before its body comes: that is empty then. */
export type Matcher = (call: Pick<Call, 'method' | 'path' | 'query' | 'headers' | 'body'>) => boolean

/** `POST /a/b`; a star stands for any step of the path or a part of one, two at the end for the rest. */
export function matching(pattern: string): Matcher {
  const [method, path] = splitPattern(pattern)
  const expression = expressionOf(path)
  return (call) => call.method === method && expression.test(call.path)
}

/** The next file a network works on turns out to be none it can read. */
export interface Spoiling {
  next: boolean
}

/** Whether the file that is worked on is that one: once. */
export function isSpoilt(spoiling: Spoiling): boolean {
  const { next } = spoiling
  spoiling.next = false
  return next
}

/** One of several. */
export const anyOf = (...patterns: readonly (string | Matcher)[]): Matcher => {
  const all = patterns.map((one) => (typeof one === 'string' ? matching(one) : one))
  return (call) => all.some((one) => one(call))
}

/** Of those that fit, what says so in its body. */
export const saying = (pattern: string | Matcher, words: RegExp): Matcher => {
  const fits = anyOf(pattern)
  return (call) => fits(call) && words.test(call.body.toString('latin1'))
}

/** Of those that fit, what brings a piece of a file (RFC 9110, 14.4), `last`: the one it ends with. */
export const pieceOf = (pattern: string, last = false): Matcher => {
  const fits = matching(pattern)
  return (call) => {
    const [, to, total] = /^bytes \d+-(\d+)\/(\d+)$/.exec(call.headers['content-range'] ?? '') ?? []
    return to !== undefined && fits(call) && (!last || Number(to) + 1 === Number(total))
  }
}

export interface Clock {
  now(): number
  /** Time goes on by so many milliseconds. */
  pass(milliseconds: number): void
}

/** A clock that stands still until it is told to go on: no test waits for it. */
export function standingClock(at = Date.UTC(2026, 9, 14, 9, 0, 0)): Clock {
  let time = at
  return {
    now: () => time,
    pass: (milliseconds) => {
      time += milliseconds
    },
  }
}

export interface Sandbox {
  /** `http://127.0.0.1:port`, no slash at the end. */
  readonly url: string
  readonly clock: Clock
  /** Everything that arrived, in order. */
  readonly calls: Call[]
  /** Calls are not kept from now on: for a sandbox that runs for long, or is sent films. */
  forget(): void
  /** Bytes of bodies that arrived so far. */
  arrived(): number
  /** The next request that fits meets this fault, and as many after it as `times` says. */
  fail(match: string | Matcher, fault: Fault, times?: number): void
  /** Done before every answer: for what a network does by itself in the meantime. */
  onAsked(work: () => void): void
  /** Every answer takes so many milliseconds from now on, lost ones too: the way there and back, and the work. */
  takes(milliseconds: number): void
  /** Faults nobody has met yet are forgotten. */
  heal(): void
  /** Whether a fault waits for its request. */
  waits(): boolean
  /** The network's clock runs ahead of ours by so many milliseconds: in `Date` and in `now`. */
  skew(milliseconds: number): void
  /** The network's own time. */
  now(): number
  close(): Promise<void>
}

export interface SandboxOptions {
  readonly clock?: Clock
  /** Asked before every route: a reply here is the answer (access, rate limits). */
  readonly before?: (call: Call) => Reply | undefined
  /** What a path that is not there is answered with. */
  readonly missing?: Reply
  /** Headers of every answer. */
  readonly headers?: (call: Call) => Readonly<Record<string, string>>
}

/**
 * Starts a sandbox. Routes are named `METHOD /path/:part`; a `:part` is one step of the path, `:rest*` at the end all that follows.
 * They may be given as a function that gets the sandbox, for routes that need its clock or its address.
 */
export async function startSandbox(
  routes: Readonly<Record<string, Route>> | ((sandbox: Sandbox) => Readonly<Record<string, Route>>),
  { clock = standingClock(), before, missing = { status: 404 }, headers = () => ({}) }: SandboxOptions = {},
): Promise<Sandbox> {
  let ahead = 0
  const faults: { match: Matcher; fault: Fault; left: number }[] = []
  const silent = new Set<ServerResponse>()
  const now = () => clock.now() + ahead
  let keeps = true
  let lag = 0
  let meanwhile = () => {}
  let bytes = 0

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A fault of the sandbox itself must not look like one of the network.
      console.error('sandbox:', error)
      response.destroy()
    })
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', 'http://sandbox')
    const head = {
      method: request.method ?? 'GET',
      path: address.pathname,
      query: address.searchParams,
      headers: plain(request),
    }
    const cutting = meet({ ...head, body: NOTHING }, ({ kind }) => kind === 'cut')
    const { socket } = request
    const { body, cut } = await read(request, cutting?.kind === 'cut' ? cutting.after : Number.POSITIVE_INFINITY)
    const fault = cutting ?? meet({ ...head, body }, ({ kind }) => kind !== 'cut')
    const call: Call = { ...head, body, cut, params: {} }
    bytes += body.length
    if (keeps) sandbox.calls.push(call)
    meanwhile()
    const happens = fault === undefined || fault.kind === 'slow' || fault.kind === 'cut' || fault.happened
    const reply = happens ? await answer(call) : { status: 500 }
    if (lag > 0) await new Promise((resolve) => setTimeout(resolve, lag))
    switch (fault?.kind) {
      case 'reset':
      case 'cut':
        socket.destroy()
        return
      case 'silent':
        silent.add(response)
        return
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, fault.by))
        return send(response, reply, call)
      case 'instead':
        return send(response, fault.reply, call)
      default:
        return send(response, reply, call)
    }
  }

  function meet(call: Parameters<Matcher>[0], isMeant: (fault: Fault) => boolean): Fault | undefined {
    const index = faults.findIndex(({ match, fault }) => isMeant(fault) && match(call))
    const found = faults[index]
    if (!found) return undefined
    found.left -= 1
    if (found.left === 0) faults.splice(index, 1)
    return found.fault
  }

  async function answer(call: Call): Promise<Reply> {
    const stopped = before?.(call)
    if (stopped) return stopped
    for (const { method, expression, names, route, partial } of table) {
      const found = method === call.method ? expression.exec(call.path) : null
      if (!found) continue
      if (call.cut && !partial) return { status: 400 }
      const params = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]))
      return route({ ...call, params })
    }
    return missing
  }

  function send(response: ServerResponse, { status, headers: own = {}, body }: Reply, call: Call): void {
    const raw = typeof body === 'string' || body instanceof Uint8Array
    const type = body === undefined || raw ? {} : { 'content-type': 'application/json; charset=utf-8' }
    response.writeHead(status, { date: new Date(now()).toUTCString(), ...type, ...headers(call), ...own })
    response.end(body === undefined ? undefined : raw ? body : JSON.stringify(body))
  }

  const sandbox: Sandbox = {
    url: await new Promise<string>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
    }),
    clock,
    calls: [],
    forget: () => {
      keeps = false
      sandbox.calls.length = 0
    },
    arrived: () => bytes,
    fail: (match, fault, times = 1) => {
      faults.push({ match: typeof match === 'string' ? matching(match) : match, fault, left: times })
    },
    onAsked: (work) => {
      meanwhile = work
    },
    takes: (milliseconds) => {
      lag = milliseconds
    },
    heal: () => {
      faults.length = 0
    },
    waits: () => faults.length > 0,
    skew: (milliseconds) => {
      ahead = milliseconds
    },
    now,
    close: () =>
      new Promise((resolve) => {
        for (const response of silent) response.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  const table = compile(typeof routes === 'function' ? routes(sandbox) : routes)
  return sandbox
}

const partialRoutes = new WeakSet<Route>()

/** A route that also keeps what arrived of a body that was cut. */
export function keepsParts(route: Route): Route {
  partialRoutes.add(route)
  return route
}

function compile(routes: Readonly<Record<string, Route>>) {
  return Object.entries(routes).map(([pattern, route]) => {
    const [method, path] = splitPattern(pattern)
    const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
    return { method, expression: expressionOf(path), names, route, partial: partialRoutes.has(route) }
  })
}

function splitPattern(pattern: string): [method: string, path: string] {
  const space = pattern.indexOf(' ')
  return [pattern.slice(0, space), pattern.slice(space + 1)]
}

const expressionOf = (path: string): RegExp => new RegExp(`^${path.split('/').map(stepOf).join('/')}$`)

function stepOf(step: string): string {
  if (step === '**' || /^:\w+\*$/.test(step)) return '(.+)'
  if (step === '*' || step.startsWith(':')) return '([^/]+)'
  return step.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')
}

/** Reads a body; after `limit` bytes no more is taken. */
async function read(request: IncomingMessage, limit: number): Promise<{ body: Buffer<ArrayBuffer>; cut: boolean }> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      parts.push(part.subarray(0, limit - size))
      size += part.length
      if (size >= limit) return { body: Buffer.concat(parts), cut: true }
    }
  } catch {
    return { body: Buffer.concat(parts), cut: true } // the other side went away
  }
  return { body: Buffer.concat(parts), cut: false }
}

const plain = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))

/** The JSON body of a call; `{}` when there is none. Throws on anything else, as a bug of the client. */
export const jsonOf = (call: Call): Record<string, unknown> =>
  call.body.length === 0 ? {} : (JSON.parse(call.body.toString('utf8')) as Record<string, unknown>)

/** Fields and files of a form, sent either way. */
export const formOf = (call: Call): Promise<FormData> =>
  new Response(call.body, { headers: { 'content-type': call.headers['content-type'] ?? '' } }).formData()

/** The token of `Authorization: Bearer ...` (or another scheme); '' when there is none. */
export function tokenOf(call: Call, scheme = 'Bearer'): string {
  const header = call.headers.authorization ?? ''
  return header.startsWith(`${scheme} `) ? header.slice(scheme.length + 1) : ''
}
