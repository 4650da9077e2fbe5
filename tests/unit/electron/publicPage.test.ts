import type { LookupAddress } from 'node:dns'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { cardIn } from '../../../electron/services/card.ts'
import { OPEN_WEB, readCard, type Web } from '../../../electron/services/publicPage.ts'

const pem = readFileSync(new URL('../../fixtures/tls/self-signed.pem', import.meta.url))
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A site whose name leads to this computer, for a web that counts it in. */
async function site(answer: Answer) {
  const asked: IncomingMessage['headers'][] = []
  const server = createServer({ key: pem, cert: pem }, (request, response) => {
    asked.push(request.headers)
    answer(request, response)
  })
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `https://nobody.invalid:${port}/post`, asked }
}

const leadingTo = (...addresses: readonly string[]): Web['resolve'] =>
  ((_name: string, _options: object, done: (error: null, found: LookupAddress[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as Web['resolve']
const here: Web = { isPublic: (address) => address === '127.0.0.1', resolve: leadingTo('127.0.0.1'), ca: pem }
const page =
  (html: string): Answer =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'set-cookie': 'a=b' }).end(html)
const CARD =
  '<head><meta property="og:title" content="Quartz &amp; heel"><meta name="description" content="Socks"></head>'

describe('the card of a page', () => {
  it('is what its head says of it, asked for once and without cookies', async () => {
    const { url, asked } = await site(page(`${CARD}<body>`))
    expect(await readCard(url, here)).toEqual({ ok: true, value: { title: 'Quartz & heel', description: 'Socks' } })
    expect(asked).toHaveLength(1)
    expect(asked[0]?.cookie).toBeUndefined()
  })

  it('is found behind three addresses, and no more', async () => {
    const behind = (hops: number) =>
      site((request, response) => {
        const hop = Number(new URL(request.url ?? '', 'https://x').searchParams.get('hop') ?? 0)
        if (hop === hops) page(CARD)(request, response)
        else response.writeHead(302, { location: `?hop=${hop + 1}` }).end()
      })
    expect(await readCard((await behind(3)).url, here)).toMatchObject({ ok: true })
    expect(await readCard((await behind(4)).url, here)).toMatchObject({ ok: false })
  })

  it('is not read in a private network: by name, by number, after a redirect, or where one of its addresses is', async () => {
    const { url, asked } = await site(page(CARD))
    const refused = { ok: false, error: expect.stringContaining('private network') }
    expect(await readCard(url.replace('nobody.invalid', 'localhost'))).toEqual(refused)
    expect(await readCard(url.replace('nobody.invalid', '127.0.0.1'))).toEqual(refused)
    expect(await readCard('https://[::1]/')).toEqual(refused)
    expect(await readCard(url, { ...here, resolve: leadingTo('127.0.0.1', '10.0.0.7') })).toEqual(refused)
    expect(asked).toHaveLength(0)
    const leading = await site((_request, response) =>
      response.writeHead(301, { location: 'https://192.168.0.1/' }).end(),
    )
    expect(await readCard(leading.url, here)).toEqual(refused)
  })

  it.each([
    ['not encrypted', 'http://example.org/', 'https'],
    ['with a name and a password', 'https://a:b@example.org/', 'https'],
    ['no address', 'quartz', 'https'],
  ])('is not read at an address that is %s', async (_what, address, word) => {
    expect(await readCard(address, here)).toEqual({ ok: false, error: expect.stringContaining(word) })
  })

  it('is not looked for in what is no page, in a page that is away, and where the certificate is wrong', async () => {
    const picture = await site((_request, response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end('x'),
    )
    expect(await readCard(picture.url, here)).toMatchObject({ error: expect.stringContaining('no web page') })
    const away = await site((_request, response) => response.writeHead(404, { 'content-type': 'text/html' }).end(CARD))
    expect(await readCard(away.url, here)).toMatchObject({ error: expect.stringContaining('404') })
    const { ca: _trusted, ...strict } = here
    const unknown = await site(page(CARD))
    expect(await readCard(unknown.url, strict)).toMatchObject({
      error: expect.stringContaining('could not be reached'),
    })
  })

  it('ends with the head of a page that never ends', async () => {
    const { url } = await site((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.write(`${CARD}<body>`)
    })
    expect(await readCard(url, here)).toMatchObject({ ok: true })
  })

  it('is read in the letters of the page', async () => {
    const { url } = await site((_request, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(Buffer.from('<meta charset="iso-8859-1"><title>Caf\xe9</title>', 'latin1')),
    )
    expect(await readCard(url, here)).toMatchObject({ value: { title: 'Café' } })
  })
})

describe('what a head says', () => {
  it.each([
    ['<title>\n Two  lines </title>', 'Two lines', ''],
    ['<meta content=Bare name=twitter:title><title>Other</title>', 'Bare', ''],
    [`<meta property='og:title' content='a > b "c"'>`, 'a > b "c"', ''],
    ['<meta property="og:title" content="&#x1F9E6; &#39;s &unknown; &#0;x">', "🧦 's &unknown; x", ''],
    ['<meta property="og:title" content=""><title>Left</title>', 'Left', ''],
    ['</head><meta property="og:title" content="Body">', '', ''],
    ['<meta name="description" content="B"><meta property="og:description" content="A">', '', 'A'],
    ['', '', ''],
  ])('%s', (html, title, description) => {
    expect(cardIn(html)).toEqual({ title, description })
  })

  it('is cut where a reader would not count it as one letter more', () => {
    const { title } = cardIn(`<title>${'👩‍👩‍👧'.repeat(300)}</title>`)
    expect(title).toBe(`${'👩‍👩‍👧'.repeat(199)}…`)
  })
})

it('the open web is neither this computer nor its house, in no way of writing it', () => {
  const closed = [
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '100.64.0.1',
    '::1',
    '::ffff:127.0.0.1',
    'fd00::1',
    'fe80::1',
  ]
  for (const address of [...closed, '2002:7f00:1::', '64:ff9b::7f00:1', '255.255.255.255', '0.0.0.0', 'localhost'])
    expect(OPEN_WEB.isPublic(address), address).toBe(false)
  for (const address of ['93.184.215.14', '1.1.1.1', '2606:4700::1111', '2a00:1450:4001::1'])
    expect(OPEN_WEB.isPublic(address), address).toBe(true)
})
