import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SentMedium, Tools } from '../../../electron/platforms/adapter.ts'
import { articleHtml, escapeHtml, ownSlug, topLevel, trailing } from '../../../electron/platforms/shared/article.ts'
import { serverAddress } from '../../../electron/platforms/shared/host.ts'
import { partMemory, withPart } from '../../../electron/platforms/shared/memory.ts'
import { fileName, formBody, rawBody } from '../../../electron/platforms/shared/upload.ts'
import { anything, ask, createFetch } from '../../../electron/services/http.ts'
import { silentLog } from '../../../electron/services/log.ts'
import { aJob, aPicture } from '../../contract/platforms/deliver.ts'
import { projectRoot } from '../../support/project.ts'

describe('the address of a server', () => {
  it.each([
    ['blog.example', 'https://blog.example'],
    [' https://Blog.Example/ ', 'https://blog.example'],
    ['https://blog.example/sub/', 'https://blog.example/sub'],
    ['https://blog.example:8443/?x=1#y', 'https://blog.example:8443'],
    ['http://127.0.0.1:2368', 'http://127.0.0.1:2368'],
    ['http://192.168.1.4/wp', 'http://192.168.1.4/wp'],
    ['http://nas.local', 'http://nas.local'],
    ['bücher.example', 'https://xn--bcher-kva.example'],
  ])('%s is %s', (typed, address) => expect(serverAddress(typed)).toEqual({ ok: true, value: address }))

  it.each([
    '',
    'two words',
    'http://blog.example',
    'ftp://blog.example',
    'https://kim:secret@blog.example',
    'javascript:alert(1)',
    'http://127.0.0.1.evil.example',
    'http://10.evil.example',
  ])('refuses %s', (typed) => expect(serverAddress(typed).ok).toBe(false))
})

describe('an article', () => {
  const tag = fc.constantFrom('p', 'ul', 'blockquote', 'div', 'h2')
  const element: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.string().map(escapeHtml),
      fc.constantFrom('<br>', '<hr>', '<img src="a" alt="b">', '<img src="a"/>'),
      fc
        .tuple(tag, fc.array(tie('node'), { maxLength: 3 }))
        .map(([name, inside]) => `<${name} class="x">${inside.join('')}</${name}>`),
    ),
  })).node

  it('falls apart into its pieces and nothing gets lost', () => {
    fc.assert(
      fc.property(fc.array(element), (pieces) => {
        const html = pieces.join('')
        expect(topLevel(html).join('').replace(/\s/g, '')).toBe(html.replace(/\s/g, ''))
      }),
    )
  })

  it('falls apart between its elements only', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(tag, element).map(([name, inside]) => `<${name}>${inside}</${name}>`)),
        (pieces) => {
          expect(topLevel(pieces.join(''))).toEqual(pieces)
        },
      ),
    )
  })

  it('gives its pictures the addresses they got, and names those that stand nowhere', () => {
    const media = [aPicture('one'), aPicture('two'), aPicture('cover')]
    const html = '<p><img src="medium:one" alt="&quot;x"><img src="https://example.org/medium:two"></p>'
    const job = aJob('', { fields: { cover: 'cover' }, parts: [{ kind: 'post', text: '', html, media }] })
    expect(articleHtml(job, (id) => `https://site.example/${id}?a&b`)).toBe(
      '<p><img src="https://site.example/one?a&amp;b" alt="&quot;x"><img src="https://example.org/medium:two"></p>',
    )
    expect(trailing(job).map(({ id }) => id)).toEqual(['two'])
  })

  it('of plain words has paragraphs', () => {
    const job = aJob('', { parts: [{ kind: 'post', text: 'One & <two>\nthree\n\n\nfour', html: '', media: [] }] })
    expect(articleHtml(job, () => '')).toBe('<p>One &amp; &lt;two&gt;<br>three</p><p>four</p>')
  })

  it('has an address of its own: the same for its delivery, another for the next', () => {
    const job = aJob('x', { title: 'Größe & “Mut”!' })
    expect(ownSlug(job)).toMatch(/^große-mut-[0-9a-f]{8}$|^gro-e-mut-[0-9a-f]{8}$/)
    expect(ownSlug(job)).toBe(ownSlug({ ...job, title: job.title }))
    expect(ownSlug(aJob('x', { title: job.title }))).not.toBe(ownSlug(job))
    expect(ownSlug(aJob('x', { title: '日本' }))).toMatch(/^[0-9a-f]{8}$/)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => /^[a-z0-9-]{1,120}$/.test(ownSlug(aJob('', { title })))),
    )
  })
})

describe('what is remembered of parts', () => {
  it('survives the beginning anew of one of them', () => {
    const memory = withPart(withPart({}, 0, { id: 'a' }), 1, { id: 'b' })
    const { 1: _gone, ...rest } = memory
    expect([partMemory(rest, 0), partMemory(rest, 1)]).toEqual([{ id: 'a' }, {}])
    expect(withPart(memory, 1, { more: 1 })).toEqual({ 0: { id: 'a' }, 1: { id: 'b', more: 1 } })
  })
})

describe('an upload', () => {
  let server: Server
  let address: string
  let arrived: { bytes: number; length: string | undefined; chunked: boolean }

  beforeAll(async () => {
    server = createServer((request, response) => {
      arrived = {
        bytes: 0,
        length: request.headers['content-length'],
        chunked: 'transfer-encoding' in request.headers,
      }
      request.on('data', (part: Buffer) => {
        arrived.bytes += part.length
      })
      request.on('end', () => response.end('{}'))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })
  afterAll(() => server.close())

  const film = (size: number): SentMedium => aPicture('film', size, { type: 'video/mp4' })
  const MB = 1024 * 1024

  it.each(['raw', 'form'] as const)(
    'of a film goes out piece by piece, its length said ahead, and is never held whole (%s)',
    async (way) => {
      const size = 48 * MB + 17
      arrived = { bytes: 0, length: '', chunked: true }
      let taken = 0
      let most = 0
      const tools: Tools = {
        fetch: createFetch(silentLog, {}),
        now: Date.now,
        secrets: {},
        read: async (_id, _from, length) => {
          // Read, and not there yet: this much is held in between.
          taken += length
          most = Math.max(most, taken - arrived.bytes)
          return new Uint8Array(length).fill(7)
        },
        progress: () => undefined,
      }
      const medium = film(size)
      const sent =
        way === 'raw'
          ? rawBody(medium, tools)
          : formBody({ description: 'Words', empty: '' }, { field: 'file', name: fileName('d', medium), medium }, tools)
      const told = await ask(tools, {
        address,
        method: 'POST',
        ...sent,
        read: anything,
        refused: ({ details }) => ({ kind: 'refused', field: '', reason: '', details }),
      })
      expect(told.ok).toBe(true)
      expect(arrived.chunked).toBe(false)
      expect(arrived.length).toBe(String(arrived.bytes))
      expect(arrived.bytes - size).toBeGreaterThanOrEqual(way === 'raw' ? 0 : 100)
      expect(most).toBeLessThan(16 * MB)
    },
  )

  it('ends in a fault of ours where the medium is shorter than was said', async () => {
    const tools = { read: async () => new Uint8Array(), progress: () => undefined } as unknown as Tools
    await expect(new Response(rawBody(film(10), tools).body).text()).rejects.toThrow('ends after 0 of 10 bytes')
  })

  it('has a name that is the same for the same medium of the same delivery', () => {
    const medium = aPicture('a/b "c"')
    expect(fileName('one', medium)).toBe(fileName('one', medium))
    expect(fileName('two', medium)).not.toBe(fileName('one', medium))
    expect(fileName('one', medium)).toMatch(/^outpost-[0-9a-f]{20}\.png$/)
    expect(fileName('one', { id: 'x', type: 'nonsense' })).toMatch(/\.bin$/)
  })
})

it('addresses of networks stand in their facts, in no adapter', () => {
  const folder = join(projectRoot, 'electron/platforms')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('facts'))
    .filter((name) => /^[^*]*['"`]https?:\/\/\w/m.test(readFileSync(join(folder, name), 'utf8')))
  expect(files).toEqual([])
})
