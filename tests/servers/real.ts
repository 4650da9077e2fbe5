/** What tests against real servers have in common: pictures that are pictures, an answer that is lost on its way back. */
import { deflateSync } from 'node:zlib'
import type { Account, Adapter, Connected, Job, Secrets, SentMedium, Tools } from '../../electron/platforms/adapter.ts'
import { deliver, type Preparing, type TestTools, testTools } from '../contract/platforms/deliver.ts'
import type { Clock } from '../sandbox/server.ts'
import { NotHere } from './process.ts'

/** The time of this computer; the servers have no other. */
export const realClock: Clock = {
  now: Date.now,
  pass: () => undefined,
}

/** A PNG of one colour, so large that a server makes smaller ones of it where it does that. */
export function png(width: number, height: number, colour: readonly [number, number, number]): Uint8Array<ArrayBuffer> {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3).fill(Buffer.from(colour))])
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  const rows = Buffer.concat(Array.from({ length: height }, () => row))
  return new Uint8Array(
    Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]),
  )
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(data.length + 12)
  whole.writeUInt32BE(data.length, 0)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc(named), whole.length - 4)
  return whole
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

export const PICTURES: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map([
  ['dawn', png(640, 480, [230, 120, 60])],
  ['dusk', png(400, 500, [40, 50, 110])],
])

export const picture = (id: 'dawn' | 'dusk'): SentMedium => ({
  id,
  type: 'image/png',
  size: PICTURES.get(id)?.length ?? 0,
  width: id === 'dawn' ? 640 : 400,
  height: id === 'dawn' ? 480 : 500,
  duration: 0,
  alt: `A plain ${id === 'dawn' ? 'orange' : 'blue'} sky “${id}”`,
  address: '',
})

/** An account at a real server, and what is done with it. */
export interface Connection {
  readonly account: Account
  readonly tools: TestTools
  preparing(job: Job, over?: Partial<Preparing>): Preparing
  publish(job: Job): ReturnType<typeof deliver>
}

export async function connection(adapter: Adapter, given: Secrets): Promise<Connection> {
  const connected: Connected = await adapter.connect(given, testTools(realClock, {}))
  if (connected.kind !== 'connected') throw new Error(`Not connected: ${JSON.stringify(connected)}`)
  const { account, secrets } = connected
  const tools = testTools(realClock, secrets, PICTURES)
  const preparing = (job: Job, over: Partial<Preparing> = {}) => ({
    adapter,
    job,
    account,
    tools,
    clock: realClock,
    ...over,
  })
  return { account, tools, preparing, publish: (job) => deliver(preparing(job)) }
}

/** The same tools, but the answer to requests that fit gets lost on its way back: the server has done what it was asked. */
export const losing = (tools: Tools, fits: (method: string, address: string) => boolean): Tools => ({
  ...tools,
  fetch: async (address, init) => {
    const answer = await tools.fetch(address, init)
    if (!fits(init?.method ?? 'GET', address)) return answer
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) })
  },
})

/** Starts a server; null where this computer cannot have it, which is said. */
export async function startedOr<T>(name: string, start: () => Promise<T>): Promise<T | null> {
  try {
    return await start()
  } catch (error) {
    if (!(error instanceof NotHere)) throw error
    console.log(`${name} is not here: ${error.message}`)
    return null
  }
}
