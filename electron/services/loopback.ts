/**
 * Where a browser comes back to after a sign-in (RFC 8252, section 7.3): a listener on the loopback address that answers one exact path,
 * takes one answer, and is gone afterwards. It shows people a page that loads nothing and runs nothing.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Redirect } from '../platforms/facts/signIn.ts'

/** Milliseconds a person has. */
export const SIGN_IN_PATIENCE = 5 * 60_000

/** What the browser brought back, or did not. */
export type Return =
  | { readonly kind: 'code'; readonly code: string }
  /** In the words of the network. */
  | { readonly kind: 'denied'; readonly error: string; readonly description: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'late' }

export interface Loopback {
  /** What the network is told, and what is registered there. */
  readonly address: string
  /** Settles once, and the listener is closed by then. */
  readonly answer: Promise<Return>
  cancel(): void
}

/** Proof that who brings the code is who asked for it (RFC 7636). */
export const newVerifier = (): string => randomBytes(32).toString('base64url')
export const challengeOf = (verifier: string, written: 'base64url' | 'hex' = 'base64url'): string =>
  createHash('sha256').update(verifier, 'ascii').digest(written)

/** What is registered at a network where ports do not matter or are any. */
export const shownRedirect = ({ host, ports, path }: Redirect): string =>
  `http://${host}${ports[0] ? `:${ports[0]}` : ''}${path ?? ''}`

/** Listens; null when every port that is registered is taken. `state`: what an answer has to carry. */
export async function listenFor(
  { host, ports, path }: Redirect,
  state: string,
  patience = SIGN_IN_PATIENCE,
): Promise<Loopback | null> {
  const own = path ?? `/${randomBytes(12).toString('base64url')}`
  const settled = Promise.withResolvers<Return>()
  const server = createServer((request, response) => receive(request, response))
  // Somebody who says half a sentence does not hold it open.
  server.headersTimeout = 10_000
  server.requestTimeout = 10_000
  let name = ''

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const { status, sentence, answer } = judge(request, { name, path: own, state })
    show(response, status, sentence)
    if (answer) end(answer)
  }
  function end(answer: Return): void {
    clearTimeout(timer)
    settled.resolve(answer)
    server.close()
    server.closeIdleConnections()
  }
  const timer = setTimeout(() => end({ kind: 'late' }), patience)
  timer.unref()

  for (const port of ports.length === 0 ? [0] : ports) {
    if (!(await listens(server, port))) continue
    const { port: taken } = server.address() as AddressInfo
    name = `${host}:${taken}`
    return {
      address: `http://${name}${own}`,
      answer: settled.promise,
      cancel: () => {
        end({ kind: 'cancelled' })
        server.closeAllConnections()
      },
    }
  }
  clearTimeout(timer)
  return null
}

const listens = (server: ReturnType<typeof createServer>, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const refused = () => resolve(false)
    server.once('error', refused)
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.removeListener('error', refused)
      resolve(true)
    })
  })

/** Whether a person's browser goes there as to a page; browsers that do not say are believed. */
const isVisit = ({ headers }: IncomingMessage): boolean =>
  ['navigate', undefined].includes(headers['sec-fetch-mode'] as string | undefined) &&
  ['document', undefined].includes(headers['sec-fetch-dest'] as string | undefined)

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

interface Judged {
  readonly status: number
  readonly sentence: string
  /** Null: it was none, and the listener goes on waiting. */
  readonly answer: Return | null
}

/** What a request to the listener is. `name`: its own host and port. */
function judge(
  request: IncomingMessage,
  { name, path, state }: { readonly name: string; readonly path: string; readonly state: string },
): Judged {
  const no = (status: number, sentence: string): Judged => ({ status, sentence, answer: null })
  // A page elsewhere may lead its own name to this computer, or ask in the background.
  if (request.headers.host !== name || !isVisit(request)) return no(403, 'This address is for signing in only.')
  const asked = `http://${name}${request.url ?? ''}`
  const url = URL.canParse(asked) ? new URL(asked) : null
  if (request.method !== 'GET' || url?.pathname !== (path || '/')) return no(404, 'There is nothing here.')
  const told = (key: string) => url.searchParams.get(key) ?? ''
  if (!isSame(told('state'), state))
    return no(400, 'This answers another sign-in. Go back to Outpost, press Cancel there and sign in again.')
  if (url.searchParams.has('error'))
    return {
      status: 200,
      sentence: 'Nothing was connected. You can go back to Outpost, which says what to do next.',
      answer: { kind: 'denied', error: told('error'), description: told('error_description') },
    }
  // Meta puts a mark behind its codes.
  const code = told('code').replace(/#_$/, '')
  if (code === '') return no(400, 'The answer is incomplete. Go back to Outpost, press Cancel and sign in again.')
  return {
    status: 200,
    sentence: 'You can go back to Outpost. This page may be closed.',
    answer: { kind: 'code', code },
  }
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:26rem;padding:0 1.5rem;color-scheme:light dark}h1{font-size:1.25rem}'

/** Of our own words only: nothing of the address is repeated in it. */
function show(response: ServerResponse, status: number, sentence: string): void {
  const style = createHash('sha256').update(STYLE).digest('base64')
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${style}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  })
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Outpost</title><style>${STYLE}</style><h1>Outpost</h1><p>${sentence}</p></html>`,
  )
}
