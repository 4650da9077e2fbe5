/**
 * Reads what a public web page says of itself, for the card of a link. The address comes out of somebody's text, so it may lead nowhere but into
 * the open web: https, public addresses only, also after each redirect, and the address that was checked is the one that is connected to.
 */
import { lookup as resolve } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { type Card, cardIn } from './card.ts'

const LIMITS = { redirects: 3, patience: 5_000, bytes: 2_000_000 }

export interface Web {
  /** Whether an address (IPv4 or IPv6) belongs to the open web. */
  readonly isPublic: (address: string) => boolean
  readonly resolve: typeof resolve
  /** What is trusted beside the authorities of the system; for tests. */
  readonly ca?: Buffer
}

export const OPEN_WEB: Web = { isPublic, resolve }

/** Trouble is a sentence for the person who asked. */
export async function readCard(address: string, web: Web = OPEN_WEB): Promise<Result<Card, string>> {
  const until = AbortSignal.timeout(LIMITS.patience)
  let url = URL.parse(address)
  for (let hop = 0; hop <= LIMITS.redirects; hop += 1) {
    if (url?.protocol !== 'https:' || url.username !== '')
      return err('Only pages with an https address can be read. Fill the card in by hand.')
    const answer = await ask(url, until, web)
    if (!answer.ok) return answer
    if (answer.value.kind === 'page') return ok(cardIn(answer.value.text))
    url = URL.parse(answer.value.to, url)
  }
  return err('The page leads from one address to the next. Fill the card in by hand.')
}

type Answer = { readonly kind: 'page'; readonly text: string } | { readonly kind: 'elsewhere'; readonly to: string }

const NOT_PUBLIC = 'This address leads into a private network, so it is not read. Fill the card in by hand.'

function ask(url: URL, signal: AbortSignal, web: Web): Promise<Result<Answer, string>> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // Nobody is asked for the address of an address.
  if (isIP(host) && !web.isPublic(host)) return Promise.resolve(err(NOT_PUBLIC))
  return new Promise((settle) => {
    const headers = { accept: 'text/html', 'accept-encoding': 'identity', 'user-agent': 'Outpost' }
    const asked = request(url, { signal, headers, agent: false, lookup: publicOnly(web), ca: web.ca }, (response) =>
      pageOf(response).then(settle, (error: unknown) => settle(err(sentenceOf(error, signal)))),
    )
    asked.on('error', (error) => settle(err(sentenceOf(error, signal))))
    asked.end()
  })
}

class Private extends Error {}

/** A name that stands for any address that is not public is not connected to, whichever of them would have been taken. */
const publicOnly =
  ({ isPublic, resolve }: Web): LookupFunction =>
  (name, options, done) =>
    resolve(name, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '')
      if (found.some(({ address }) => !isPublic(address))) return done(new Private(), '')
      const [first] = found
      return options.all ? done(null, found) : done(null, first?.address ?? '', first?.family)
    })

const sentenceOf = (error: unknown, signal: AbortSignal): string => {
  if (error instanceof Private) return NOT_PUBLIC
  return signal.aborted
    ? 'The page did not answer in time. Try again, or fill the card in by hand.'
    : 'The page could not be reached. Check the address, try again, or fill the card in by hand.'
}

async function pageOf(response: IncomingMessage): Promise<Result<Answer, string>> {
  const { statusCode = 0, headers } = response
  const type = headers['content-type'] ?? ''
  const isPage = statusCode === 200 && /^(text\/html|application\/xhtml\+xml)\b/i.test(type)
  if (!isPage) response.destroy()
  if (statusCode >= 300 && statusCode < 400 && headers.location) return ok({ kind: 'elsewhere', to: headers.location })
  if (!isPage)
    return err(
      statusCode === 200
        ? 'This address is no web page, so it says nothing of itself. Fill the card in by hand.'
        : `The page answered ${statusCode}. Check the address, or fill the card in by hand.`,
    )
  const head = await headOf(response)
  return ok({ kind: 'page', text: textOf(head, type) })
}

/** As much of a page as its head takes; what comes after is not fetched. */
async function headOf(response: IncomingMessage): Promise<Buffer> {
  let head = Buffer.alloc(0)
  for await (const piece of response as AsyncIterable<Buffer>) {
    head = Buffer.concat([head, piece])
    if (head.length >= LIMITS.bytes || head.includes('</head>')) break
  }
  response.destroy()
  return head.subarray(0, LIMITS.bytes)
}

/** In the letters the page says it is written in; UTF-8 where it does not, or names none we know. */
function textOf(bytes: Buffer, type: string): string {
  const said = /charset=["']?([\w-]+)/i
  const name = said.exec(type)?.[1] ?? said.exec(bytes.subarray(0, 1024).toString('latin1'))?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(name).decode(bytes)
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder().decode(bytes)
    throw error
  }
}

const CLOSED = new BlockList()
// RFC 6890: what is not to be reached from the open web, and what is said to many.
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  CLOSED.addSubnet(net, bits, 'ipv4')
// Of the second kind of addresses only what is given out, without the ways back into the first.
const OPEN = new BlockList()
OPEN.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  CLOSED.addSubnet(net, bits, 'ipv6')

function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !CLOSED.check(address, 'ipv4')
  return family === 6 && OPEN.check(address, 'ipv6') && !CLOSED.check(address, 'ipv6')
}
