import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { challengeOf, type Loopback, listenFor, newVerifier } from '../../../electron/services/loopback.ts'

const ANY = { host: '127.0.0.1', ports: [], path: null } as const
const STATE = 'the-state-of-this-sign-in'
const open: Loopback[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.cancel()
})
async function listening(redirect: Parameters<typeof listenFor>[0] = ANY, patience?: number): Promise<Loopback> {
  const loopback = await listenFor(redirect, STATE, patience)
  if (!loopback) throw new Error('No port is free.')
  open.push(loopback)
  return loopback
}
const with_ = (address: string, query: Readonly<Record<string, string>>) => `${address}?${new URLSearchParams(query)}`

/** `fetch` sets some headers by itself. */
function ask(address: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>((resolve, reject) => {
    const asking = request(address, { method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    asking.on('error', reject)
    asking.end()
  })
}

describe('the proof that who brings a code asked for it', () => {
  it('is that of RFC 7636, appendix B', () => {
    expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    )
  })
  it('is another one each time, of letters every network takes', () => {
    const verifiers = new Set(Array.from({ length: 50 }, newVerifier))
    expect(verifiers.size).toBe(50)
    for (const verifier of verifiers) expect(verifier).toMatch(/^[\w-]{43}$/)
  })
})

describe('where the browser comes back to', () => {
  it('takes a code with the right state once, and is gone then', async () => {
    const loopback = await listening()
    expect(loopback.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{16}$/)
    const address = with_(loopback.address, { code: 'abc', state: STATE })
    const { status, text, headers } = await ask(address)
    expect([status, text]).toEqual([200, expect.stringContaining('You can go back to Outpost')])
    expect(text).not.toContain('abc')
    expect(text).not.toMatch(/<script|https?:/)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['cache-control']).toBe('no-store')
    expect(await loopback.answer).toEqual({ kind: 'code', code: 'abc' })
    await expect(ask(address)).rejects.toThrow('ECONNREFUSED')
  })

  it('has no ear for anything else, and goes on waiting', async () => {
    const loopback = await listening()
    const good = with_(loopback.address, { code: 'abc', state: STATE })
    const other = await listening()
    expect((await ask(new URL('/', loopback.address).href)).status).toBe(404)
    expect((await ask(`${loopback.address}/more?code=abc&state=${STATE}`)).status).toBe(404)
    expect((await ask(good, {}, 'POST')).status).toBe(404)
    for (const state of ['', 'another', `${STATE}x`, STATE.replace('t', 'ü')]) {
      const { status, text } = await ask(with_(loopback.address, { code: 'abc', state }))
      expect([state, status, text]).toEqual([state, 400, expect.stringContaining('another sign-in')])
    }
    expect((await ask(with_(loopback.address, { state: STATE }))).status).toBe(400)
    // Another name that leads here, another page in the background, a picture of one.
    expect((await ask(good, { host: 'evil.example' })).status).toBe(403)
    expect((await ask(good, { host: 'localhost' })).status).toBe(403)
    expect((await ask(good, { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' })).status).toBe(403)
    expect((await ask(good, { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })).status).toBe(403)
    expect((await ask(good, { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })).status).toBe(200)
    expect(await loopback.answer).toEqual({ kind: 'code', code: 'abc' })
    expect(await Promise.race([other.answer, Promise.resolve('waits')])).toBe('waits')
  })

  it('hears a no, takes off the mark of Meta, and can be called off at once', async () => {
    const denied = await listening()
    await ask(with_(denied.address, { error: 'access_denied', error_description: 'no', state: STATE }))
    expect(await denied.answer).toEqual({ kind: 'denied', error: 'access_denied', description: 'no' })
    const marked = await listening()
    await ask(with_(marked.address, { code: 'abc#_', state: STATE }))
    expect(await marked.answer).toEqual({ kind: 'code', code: 'abc' })
    const cancelled = await listening()
    cancelled.cancel()
    expect(await cancelled.answer).toEqual({ kind: 'cancelled' })
    await expect(ask(cancelled.address)).rejects.toThrow('ECONNREFUSED')
  })

  it('does not wait for ever', async () => {
    const late = await listening(ANY, 1)
    expect(await late.answer).toEqual({ kind: 'late' })
    await expect(ask(late.address)).rejects.toThrow('ECONNREFUSED')
  })

  it('takes the next of the addresses that are registered, and says when none is free', async () => {
    const first = await listening()
    const taken = Number(new URL(first.address).port)
    const registered = { host: 'localhost', ports: [taken], path: '/callback' } as const
    expect(await listenFor(registered, STATE)).toBeNull()
    const second = await listening({ ...registered, ports: [taken, 0] })
    expect(second.address).toMatch(/^http:\/\/localhost:\d+\/callback$/)
    const bare = await listening({ ...ANY, path: '' })
    expect(bare.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect((await ask(with_(`${bare.address}/`, { code: 'abc', state: STATE }))).status).toBe(200)
  })
})
