/** What leaves is what lies on the disk: arrays are filled again while an upload goes on, and a slow line must not see that. */
import { createHash, randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { toolsFor } from '../../../electron/handlers/tools.ts'
import { formBody, type SentBody, sliceBody } from '../../../electron/platforms/shared/upload.ts'
import { silentLog } from '../../../electron/services/log.ts'
import { createNetworkClock } from '../../../electron/services/networkClock.ts'
import { createOriginals } from '../../../electron/services/originals.ts'
import { createPractice } from '../../../electron/services/practice.ts'
import { createVault, fileSealer } from '../../../electron/services/vault.ts'
import { aPicture } from '../../contract/platforms/deliver.ts'
import { blankFilm } from '../../support/blankFilm.ts'
import { projectRoot, temporaryFolder } from '../../support/project.ts'

const folder = temporaryFolder()
const server = createServer(async (call, answer) => {
  if (call.url === '/cut') return void call.once('data', () => call.socket.destroy())
  const { sum, length } = await swallowed(call)
  answer.end(JSON.stringify({ sum, length, told: call.headers['content-length'] }))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
afterAll(() => {
  server.close()
  folder[Symbol.dispose]()
})
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

/** Takes a little, then lets everybody else have a turn: the socket fills up and the sender has to wait. */
async function swallowed(call: IncomingMessage) {
  const hash = createHash('sha256')
  let length = 0
  for await (const part of call as AsyncIterable<Buffer>) {
    hash.update(part)
    length += part.length
    await setImmediate()
  }
  return { sum: hash.digest('hex'), length }
}

const machine = {
  log: silentLog,
  originals: createOriginals(folder.path),
  practice: createPractice(createVault(folder.path, async () => fileSealer(folder.path), silentLog)),
  networkClock: createNetworkClock(),
}
const tools = toolsFor(machine, { network: 'youtube', host: '' }, {}, 'films')
mkdirSync(join(folder.path, 'films'))

function film(id: string, size: number) {
  const bytes = randomBytes(size)
  writeFileSync(join(folder.path, 'films', id), bytes)
  return { bytes, medium: aPicture(id, size, { type: 'video/mp4' }) }
}

const send = async ({ body, headers }: SentBody, path = '/') => {
  const init = { method: 'PUT', body, headers, duplex: 'half' as const }
  return (await tools.fetch(address + path, init)).json()
}

const arrived = (bytes: Uint8Array) => ({
  sum: createHash('sha256').update(bytes).digest('hex'),
  length: bytes.length,
  told: String(bytes.length),
})

test('several films at a time over a slow line arrive as they lie there, though one of them is cut again and again', async () => {
  const films = ['one', 'two', 'three'].map((id, at) => film(id, 6_000_000 + at * 131_072 + at))
  const cut = film('cut', 3_000_000)
  const cuts = (async () => {
    for (let times = 0; times < 8; times++)
      await send(sliceBody(cut.medium, 0, 3_000_000, tools), '/cut').catch(() => undefined)
  })()
  const sent = films.map(async ({ medium, bytes }) => {
    for (const [from, to] of [
      [0, medium.size],
      [1_000_001, 5_000_003],
      [262_144, 524_288],
    ] as const)
      expect(await send(sliceBody(medium, from, to, tools))).toEqual(arrived(bytes.subarray(from, to)))
  })
  await Promise.all([...sent, cuts])
})

test('a form says how long it is, and holds the bytes between its words', async () => {
  const { medium, bytes } = film('form', 700_001)
  const { body, headers } = formBody({ title: 'A film' }, { field: 'file', name: 'film.mp4', medium }, tools)
  const parts: Buffer[] = []
  // Copied one by one, as a socket takes them: an array is only good until the next is asked for.
  for await (const part of body) parts.push(Buffer.from(part))
  const whole = Buffer.concat(parts)
  expect(headers['content-length']).toBe(String(whole.length))
  expect(whole.includes(bytes)).toBe(true)
})

test('a film leaves without what the camera noted, and lies there as it was', async () => {
  const path = join(projectRoot, 'tests', 'fixtures', 'films', 'phone.mp4')
  const original = readFileSync(path)
  copyFileSync(path, join(folder.path, 'films', 'phone'))
  const bare = new Uint8Array(original)
  await blankFilm(bare, 'video/mp4')
  const medium = aPicture('phone', original.length, { type: 'video/mp4' })
  expect(await send(sliceBody(medium, 0, original.length, tools))).toEqual(arrived(bare))
  expect(await send(sliceBody(medium, 1_000, 3_000, tools))).toEqual(arrived(bare.subarray(1_000, 3_000)))
  expect(readFileSync(join(folder.path, 'films', 'phone'))).toEqual(original)
  expect(bare).not.toEqual(new Uint8Array(original))
})
