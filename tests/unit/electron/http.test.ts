import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import type { Tools } from '../../../electron/platforms/adapter.ts'
import {
  anything,
  as,
  ask,
  createFetch,
  nearLimit,
  type Question,
  sortFault,
  waitOf,
} from '../../../electron/services/http.ts'
import { silentLog } from '../../../electron/services/log.ts'
import {
  type Fault,
  garbage,
  halfOpen,
  instead,
  lostAnswer,
  type Reply,
  type Sandbox,
  startSandbox,
} from '../../sandbox/server.ts'

const HOUR = 60 * 60_000
let sandbox: Sandbox
let logged: string[]

beforeEach(async () => {
  logged = []
  sandbox = await startSandbox({
    'GET /thing': () => ({ status: 200, body: { id: '1' } }),
    'POST /thing': () => ({ status: 201, body: { id: '1' } }),
    'DELETE /thing': () => ({ status: 204 }),
  })
})
afterEach(() => sandbox.close())

function tools(over: Partial<Tools> = {}): Tools {
  const secrets = { token: 'canary-token-7f3a' }
  const log = { info: (text: string) => void logged.push(text), error: (text: string) => void logged.push(text) }
  return {
    fetch: createFetch(log, secrets),
    now: sandbox.clock.now,
    secrets,
    read: async () => new Uint8Array(),
    progress: () => undefined,
    ...over,
  }
}

const thing = as(z.object({ id: z.string() }))
const question = (over: Partial<Question<unknown>> = {}): Question<unknown> => ({
  address: `${sandbox.url}/thing`,
  read: thing,
  refused: ({ status, details }) => ({ kind: 'refused', field: '', reason: String(status), details }),
  timeout: 300,
  ...over,
})
const commit = (over: Partial<Question<unknown>> = {}) => question({ method: 'POST', json: {}, commit: true, ...over })

/** What comes of a request that may be repeated, and of a commit, under the same fault. */
async function both(fault: Fault): Promise<[before: string, commit: string]> {
  sandbox.fail(() => true, fault, 2)
  const kinds = []
  for (const one of [question(), commit()]) {
    const told = await ask(tools(), one)
    kinds.push(told.ok ? 'ok' : told.error.kind)
  }
  return [kinds[0] ?? '', kinds[1] ?? '']
}

describe('what came back', () => {
  it('is read as agreed, with and without a body', async () => {
    expect(await ask(tools(), question())).toMatchObject({ ok: true, value: { status: 200, value: { id: '1' } } })
    expect(await ask(tools(), commit())).toMatchObject({ ok: true, value: { status: 201 } })
    expect(await ask(tools(), question({ method: 'DELETE', read: anything }))).toMatchObject({ ok: true })
  })

  const html = { 'content-type': 'text/html' }
  const rows: readonly [what: string, fault: Fault, before: string, commit: string][] = [
    ['the line ended', lostAnswer, 'server-fault', 'unknown'],
    ['nothing came in time', halfOpen, 'server-fault', 'unknown'],
    ['the answer came too late', { kind: 'slow', by: 600 }, 'server-fault', 'unknown'],
    ['the network gave up waiting', instead({ status: 408 }), 'server-fault', 'unknown'],
    ['it failed', instead({ status: 500, body: { error: 'x' } }), 'server-fault', 'unknown'],
    ['a gateway failed', instead({ status: 502, headers: html, body: '<html>' }), 'server-fault', 'unknown'],
    ['it is down', instead({ status: 503 }), 'server-fault', 'unknown'],
    ['a page to sign in', instead(garbage['a sign-in page instead of JSON'] as Reply), 'in-between', 'unknown'],
    ['it leads elsewhere', instead({ status: 302, headers: { location: '/login' } }), 'in-between', 'unknown'],
    ['the network wants a sign-in', instead({ status: 511 }), 'in-between', 'unknown'],
    ['a proxy wants a password', instead({ status: 407 }), 'in-between', 'unknown'],
    ['an empty answer', instead(garbage['an empty answer'] as Reply), 'server-fault', 'unknown'],
    ['half an answer', instead(garbage['half an answer'] as Reply), 'server-fault', 'unknown'],
    ['10 MB', instead(garbage['10 MB'] as Reply), 'changed', 'unknown'],
    ['a picture', instead(garbage['a picture'] as Reply), 'changed', 'unknown'],
    ['JSON of another shape', instead({ status: 200, body: { other: 1 } }), 'changed', 'unknown'],
    ['a list where an object was agreed', instead({ status: 200, body: [] }), 'changed', 'unknown'],
    ['asked to wait', instead({ status: 429, headers: { 'retry-after': '9' } }), 'rate-limited', 'rate-limited'],
    ['refused', instead({ status: 422, body: { error: 'x' } }), 'refused', 'refused'],
    ['a filter shows its page', instead({ status: 403, headers: html, body: '<html>' }), 'in-between', 'in-between'],
    [
      'a filter hides the network',
      instead({ status: 404, headers: html, body: 'Blocked' }),
      'in-between',
      'in-between',
    ],
    ['a file is too large', instead({ status: 413, headers: html, body: '<html>' }), 'refused', 'refused'],
    ['refused in JSON called a page', instead({ status: 403, headers: html, body: '{"a":1}' }), 'refused', 'refused'],
    ['refused with nothing called a page', instead({ status: 404, headers: html, body: '' }), 'refused', 'refused'],
  ]
  for (const [what, fault, before, after] of rows)
    it(`${what}: ${before} before the commit, ${after} in it`, async () =>
      expect(await both(fault)).toEqual([before, after]))

  it('is a refusal, page or not, of a network that refuses with pages', async () => {
    sandbox.fail(() => true, instead({ status: 404, headers: html, body: '<html>' }), 1)
    expect(await ask(tools(), question({ inPages: true }))).toMatchObject({ ok: false, error: { kind: 'refused' } })
  })

  it('of what was never reached is safe to repeat, in a commit too', async () => {
    const port = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = server.address()
        server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
      })
    })
    for (const address of [`http://127.0.0.1:${port}/`, 'http://no-such-host.invalid/']) {
      for (const one of [question({ address }), commit({ address })])
        expect(await ask(tools(), one)).toMatchObject({ ok: false, error: { kind: 'no-network' } })
    }
  })

  it('of a handshake that failed names the certificate: nothing was sent', async () => {
    for (const code of [
      'CERT_HAS_EXPIRED',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ]) {
      const fault = new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
      for (const inCommit of [false, true])
        expect(sortFault(fault, inCommit)).toMatchObject({ kind: 'in-between', by: 'certificate' })
    }
  })

  it('is no fault of a network where the program was wrong: that is thrown', async () => {
    await expect(ask(tools(), question({ address: 'no address' }))).rejects.toThrow()
    const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: () => {
        throw new Error('The medium is gone.')
      },
    })
    await expect(ask(tools(), question({ method: 'POST', body: broken }))).rejects.toThrow()
  })

  it('of a name with several addresses, none of which answers, is no network', () => {
    const refusedBy = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    const cause = new AggregateError([refusedBy, refusedBy], '')
    expect(sortFault(new TypeError('fetch failed', { cause }), true)).toMatchObject({ kind: 'no-network' })
    const connecting = Object.assign(new Error('x'), { code: 'ETIMEDOUT', syscall: 'connect' })
    expect(sortFault(new TypeError('fetch failed', { cause: connecting }), true)).toMatchObject({ kind: 'no-network' })
    const reading = Object.assign(new Error('x'), { code: 'ETIMEDOUT', syscall: 'read' })
    expect(sortFault(new TypeError('fetch failed', { cause: reading }), true)).toMatchObject({ kind: 'unknown' })
  })

  it.each(['ENETDOWN', 'ENETUNREACH', 'EHOSTUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'ETIMEDOUT', 'EPIPE'])(
    'may have arrived where a line that was there went away (%s), as when a laptop falls asleep',
    (code) => {
      const of = (syscall: string) =>
        new TypeError('fetch failed', { cause: Object.assign(new Error(`${syscall} ${code}`), { code, syscall }) })
      for (const syscall of ['read', 'write']) expect(sortFault(of(syscall), true)).toMatchObject({ kind: 'unknown' })
      if (code !== 'EPIPE') expect(sortFault(of('connect'), true)).toMatchObject({ kind: 'no-network' })
    },
  )

  it.each(['ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC', 'ERR_SSL_WRONG_VERSION_NUMBER', 'EPROTO'])(
    'may have arrived where what encrypts the line went wrong on the way (%s)',
    (code) => {
      const broken = new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) })
      expect(sortFault(broken, true)).toMatchObject({ kind: 'unknown' })
      expect(sortFault(broken, false)).toMatchObject({ kind: 'in-between', by: 'certificate' })
    },
  )

  it('is sent once, whatever happens to the line', async () => {
    sandbox.fail(() => true, lostAnswer, 1)
    await ask(tools(), question()) // the line that is kept open for the next
    await ask(tools(), question())
    const before = sandbox.calls.length
    sandbox.fail(() => true, lostAnswer, 1)
    await ask(tools(), commit())
    expect(sandbox.calls.length - before).toBe(1)
  })

  it('tells a clock that is off from a wrong key, where the access is signed with the time', async () => {
    const refusal = instead({ status: 401, body: {} })
    for (const [skew, kind] of [
      [0, 'refused'],
      [100_000, 'refused'],
      [14 * 60_000, 'clock-off'],
      [-14 * 60_000, 'clock-off'],
    ] as const) {
      sandbox.skew(skew)
      sandbox.fail(() => true, refusal)
      const told = await ask(tools(), question({ signedByClock: true }))
      expect(told).toMatchObject({ ok: false, error: kind === 'clock-off' ? { kind, by: skew } : { kind } })
    }
    sandbox.fail(() => true, refusal)
    expect(await ask(tools(), question())).toMatchObject({ ok: false, error: { kind: 'refused' } })
  })

  it('may be a refusal inside of an answer that looks well: no doubt then, not even of a commit', async () => {
    const denied = (body: unknown) => JSON.stringify(body ?? '').includes('ERROR')
    for (const one of [question({ denied }), commit({ denied })]) {
      sandbox.fail(() => true, instead({ status: 200, body: { status: 'ERROR', id: '1' } }))
      expect(await ask(tools(), one)).toMatchObject({ ok: false, error: { kind: 'refused', reason: '200' } })
      expect(await ask(tools(), one)).toMatchObject({ ok: true })
    }
  })

  it('keeps every digit of an id that JavaScript cannot hold as a number', async () => {
    const body = '{"id":7301234567890123459,"small":[12,1.5,-3]}'
    const reply = { status: 200, headers: { 'content-type': 'application/json' }, body }
    sandbox.fail(() => true, instead(reply))
    expect(await ask(tools(), question({ read: (told) => told }))).toMatchObject({
      value: { value: { id: '7301234567890123459', small: [12, 1.5, -3] } },
    })
  })

  it('may be a status that only this network calls an answer', async () => {
    sandbox.fail(() => true, instead({ status: 308, headers: { range: 'bytes=0-99' } }))
    const told = await ask(tools(), question({ takes: [308], read: anything }))
    expect(told).toMatchObject({ ok: true, value: { status: 308 } })
  })
})

describe('how long to wait', () => {
  const now = Date.UTC(2026, 9, 14, 9)
  const wait = (headers: Record<string, string>, at = now) => {
    const until = waitOf(new Headers(headers), at)
    return until === null ? null : (until - at) / 1000
  }
  const date = (at: number) => ({ date: new Date(at).toUTCString() })

  it.each([
    ['seconds', { 'retry-after': '120' }, 120],
    ['an HTTP date', { 'retry-after': 'Wed, 14 Oct 2026 09:02:00 GMT' }, 120],
    ['Unix time', { 'x-rate-limit-reset': String(now / 1000 + 120) }, 120],
    ['Unix time in milliseconds', { 'x-ratelimit-reset': String(now + 120_000) }, 120],
    ['an ISO time', { 'x-ratelimit-reset': '2026-10-14T09:02:00.000000Z' }, 120],
    ['seconds in a header of limits', { 'x-ratelimit-reset': '120' }, 120],
    [
      'minutes in a header of usage',
      { 'x-business-use-case-usage': '{"17":[{"type":"pages","estimated_time_to_regain_access":2}]}' },
      120,
    ],
    ['a time that has passed', { 'retry-after': 'Wed, 14 Oct 2026 08:00:00 GMT' }, 0],
    ['nothing', {}, null],
    ['nonsense', { 'retry-after': 'soon' }, null],
    ['no minutes', { 'x-app-usage': '{"call_count":10}' }, null],
    ['the nearest for this answer', { 'retry-after': '5', 'ratelimit-reset': String(now / 1000 + 900) }, 5],
  ])('is said as %s', (_what, headers, seconds) => expect(wait(headers)).toBe(seconds))

  it('is measured by the clock of the network and carried over to ours', () => {
    for (const off of [-3 * HOUR, -60_000, 0, 60_000, 3 * HOUR]) {
      const theirs = now + off
      expect(wait({ ...date(theirs), 'x-ratelimit-reset': new Date(theirs + 90_000).toISOString() })).toBe(90)
      expect(wait({ ...date(theirs), 'ratelimit-reset': String((theirs + 90_000) / 1000) })).toBe(90)
      expect(wait({ ...date(theirs), 'retry-after': '90' })).toBe(90)
    }
  })
})

describe('a limit that is all but met', () => {
  const now = Date.UTC(2026, 9, 14, 9)
  const MINUTE = 60_000
  const unix = (at: number) => String(at / 1000)
  const usage = (percent: number, minutes = 0) =>
    JSON.stringify({ 17: [{ call_count: 3, total_time: percent, estimated_time_to_regain_access: minutes }] })

  it.each<[string, Record<string, string>, number | null, string?]>([
    ['a window with nothing left', { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': unix(now + 5 * MINUTE) }, 5],
    ['seconds to wait', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '120' }, 2],
    [
      'an ISO time, by a clock of their own',
      {
        date: new Date(now + HOUR).toUTCString(),
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': new Date(now + HOUR + 3 * MINUTE).toISOString(),
      },
      3,
    ],
    [
      'the day of an app, and a window that ends sooner',
      {
        'ratelimit-remaining': '0',
        'ratelimit-reset': unix(now + 5 * MINUTE),
        'x-app-limit-24hour-remaining': '0',
        'x-app-limit-24hour-reset': unix(now + 90 * MINUTE),
      },
      90,
      'app',
    ],
    ['90 percent', { 'x-app-usage': '{"call_count":90,"total_cputime":1,"total_time":1}' }, 1, 'app'],
    ['99 percent of an account', { 'x-business-use-case-usage': usage(99) }, 10],
    ['all of it', { 'x-business-use-case-usage': usage(100) }, 60],
    ['minutes that are told', { 'x-business-use-case-usage': usage(100, 25) }, 25],
    ['a window with something left', { 'x-rate-limit-remaining': '1', 'x-rate-limit-reset': unix(now + MINUTE) }, null],
    ['89 percent', { 'x-app-usage': '{"call_count":89}', 'x-business-use-case-usage': usage(89) }, null],
    ['nothing left and no end', { 'ratelimit-remaining': '0' }, null],
    ['nothing at all', {}, null],
  ])('is told by %s', (_what, headers, minutes, shared = 'account') => {
    const near = nearLimit(new Headers(headers), now)
    expect(near).toEqual(minutes === null ? null : { until: now + minutes * MINUTE, shared })
  })

  it('is none of a fault of the server, which is tried again soon', async () => {
    const headers = { 'x-rate-limit-remaining': '40', 'x-rate-limit-reset': unix(sandbox.now() + 14 * MINUTE) }
    sandbox.fail(() => true, instead({ status: 503, headers }))
    expect(await ask(tools(), question())).toMatchObject({ ok: false, error: { kind: 'server-fault', until: null } })
    const until = sandbox.now() + 14 * MINUTE
    sandbox.fail(() => true, instead({ status: 429, headers }))
    expect(await ask(tools(), question())).toMatchObject({ ok: false, error: { kind: 'rate-limited', until } })
  })
})

describe('the log', () => {
  it('says what was asked and what came, and no secret', async () => {
    const address = `${sandbox.url}/thing?access_token=canary-token-7f3a&code=abc`
    await ask(tools(), question({ address, headers: { authorization: 'Bearer canary-token-7f3a' } }))
    sandbox.fail(
      () => true,
      instead({ status: 400, body: { error: 'canary-token-7f3a is no token', accessJwt: 'fresh-secret-value' } }),
    )
    const told = await ask(
      tools(),
      question({
        refused: (refusal) => ({
          kind: 'refused',
          field: '',
          reason: JSON.stringify(refusal.body),
          details: refusal.details,
        }),
      }),
    )
    await ask(tools(), question({ address: 'http://canary-token-7f3a.invalid/' }))
    expect(logged).toHaveLength(3)
    expect(logged[0]).toMatch(/^GET http:\/\/127\.0\.0\.1:\d+\/thing: 200, 10 bytes after \d+ ms$/)
    expect(JSON.stringify([logged, told])).not.toContain('canary-token')
    expect(told.ok ? '' : told.error.details).toMatch(/^400 .*is no token/)
    expect(told.ok ? '' : told.error.details).not.toContain('fresh-secret')
  })

  it('is not needed', async () => {
    const fetch = createFetch(silentLog, {})
    expect(await ask(tools({ fetch }), question())).toMatchObject({ ok: true })
  })
})
