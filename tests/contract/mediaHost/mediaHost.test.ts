/** Every kind of media host keeps the same promises, and says what is wrong with it in a sentence at the right field. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { check } from '../../../electron/services/mediaHost/check.ts'
import { explainHost } from '../../../electron/services/mediaHost/explain.ts'
import { createMediaHost } from '../../../electron/services/mediaHost/host.ts'
import type { HostSettings } from '../../../shared/domain/mediaHost.ts'
import { type HostSandbox, SHARING_PAGE } from '../../sandbox/mediaHost.ts'
import { cutAfter, instead, lostAnswer, standingClock } from '../../sandbox/server.ts'
import { aPicture, testTools } from '../platforms/deliver.ts'
import { KINDS } from './hosts.ts'

const HOUR = 3_600_000
const film = aPicture('film', 9 * 1024 * 1024, { type: 'video/mp4' })
const still = aPicture('still', 40_000, { type: 'image/jpeg' })
const bytes = new Map(
  [film, still].map(({ id, size }) => [id, new Uint8Array(size).map((_, at) => (at * 7 + id.length) % 251)]),
)

describe.each(KINDS)('$name', ({ secret, start, settings: settingsFor }) => {
  let sandbox: HostSandbox
  let settings: HostSettings
  beforeEach(async () => {
    sandbox = await start({ clock: standingClock() })
    settings = settingsFor(sandbox)
  })
  afterEach(() => sandbox.close())

  const tools = (given = secret) => testTools(sandbox.clock, { secret: given }, bytes)
  const host = (given = secret, over: Partial<HostSettings> = {}) =>
    createMediaHost({ ...settings, ...over } as HostSettings, given)
  /** What a person is told about it; '' when all is well. */
  async function told(given = secret, over: Partial<HostSettings> = {}) {
    const outside = testTools(sandbox.clock, {}).fetch
    const tried = await check(host(given, over), tools(given), outside)
    return tried.ok ? { field: 'none', sentence: '' } : explainHost(tried.error)
  }
  const asked = (method: string) => sandbox.calls.filter((call) => call.method === method)

  it('gives everybody what was put there, with its type, and nothing once it is taken away', async () => {
    for (const file of [film, still]) {
      const name = `${file.id}-8f3a`
      expect(await host().put(name, file, tools())).toEqual({ ok: true, value: null })
      const answer = await fetch(host().address(name, sandbox.now()))
      expect(answer.headers.get('content-type')).toBe(file.type)
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.get(file.id) ?? Buffer.alloc(0))).toBe(true)
      expect(await host().remove(name, tools())).toEqual({ ok: true, value: null })
      expect((await fetch(host().address(name, sandbox.now()))).status).toBe(404)
      // Gone already.
      expect(await host().remove(name, tools())).toEqual({ ok: true, value: null })
    }
    expect(sandbox.files.size).toBe(0)
  })

  it('reads a film piece by piece', async () => {
    const reading = tools()
    const pieces: number[] = []
    await host().put('film', film, {
      ...reading,
      read: (id, from, length) => {
        pieces.push(length)
        return reading.read(id, from, length)
      },
    })
    expect(Math.max(...pieces)).toBeLessThanOrEqual(1024 * 1024)
    expect([...sandbox.files.values()].map((file) => file.bytes.length)).toEqual([film.size])
  })

  it('knows what lies there, and takes half a file for none', async () => {
    expect(await host().has('still', still.size, tools())).toEqual({ ok: true, value: false })
    await host().put('still', still, tools())
    const knows = settings.kind !== 'server'
    expect(await host().has('still', still.size, tools())).toEqual({ ok: true, value: knows })
    expect(await host().has('still', still.size + 1, tools())).toEqual({ ok: true, value: false })
  })

  it('sends again what was cut or got lost, as trouble that passes', async () => {
    for (const fault of [cutAfter(100), lostAnswer, instead({ status: 503 })]) {
      sandbox.fail((call) => call.method === 'PUT', fault)
      expect(await host().put('still', still, tools())).toMatchObject({ ok: false, error: { kind: 'server-fault' } })
      expect(await host().put('still', still, tools())).toEqual({ ok: true, value: null })
    }
    expect([...sandbox.files.values()].map((file) => file.bytes.length)).toEqual([still.size])
  })

  describe('tried', () => {
    it('works, and leaves nothing there', async () => {
      expect(await told()).toEqual({ field: 'none', sentence: '' })
      expect(sandbox.files.size).toBe(0)
      expect(asked('GET').every(({ headers }) => headers.authorization === undefined)).toBe(true)
    })

    it('with a wrong secret, names the secret', async () => {
      expect(await told('not-the-secret')).toMatchObject({ field: 'secret', sentence: expect.stringMatching(/\w\.$/) })
    })

    it('that gives a sharing page, another file, another type, nothing, or sends on, says so', async () => {
      const cases = [
        [SHARING_PAGE, 'web page'],
        [{ status: 200, headers: { 'content-type': 'image/png' }, body: 'other' }, 'other bytes'],
        [{ status: 404 }, 'does not lead to it'],
        [{ status: 302, headers: { location: 'https://elsewhere.example/' } }, 'sends on'],
        [{ status: 403 }, 'nobody may fetch it'],
      ] as const
      for (const [reply, words] of cases) {
        sandbox.gives = reply
        expect(await told()).toMatchObject({ field: 'publicBase', sentence: expect.stringContaining(words) })
      }
      expect(sandbox.files.size).toBe(0)
    })

    it('whose files come with another type, says which', async () => {
      const { base: _base } = sandbox
      const put = sandbox.files.set.bind(sandbox.files)
      sandbox.files.set = (name, file) => put(name, { ...file, type: 'application/octet-stream' })
      expect((await told()).sentence).toContain('“application/octet-stream”')
    })

    it('that may not delete, says so', async () => {
      sandbox.fail((call) => call.method === 'DELETE', instead({ status: 403 }))
      expect(await told()).toMatchObject({ field: 'secret', sentence: expect.stringContaining('not deleted') })
    })

    it('that is full, in trouble or no media host at all, says so', async () => {
      const put = (status: number, headers = {}, body = '') =>
        sandbox.fail((call) => call.method === 'PUT', instead({ status, headers, body }))
      put(500)
      expect((await told()).sentence).toContain('in trouble itself')
      put(200, { 'content-type': 'text/html' }, '<!doctype html><title>Sign in</title>')
      expect((await told()).sentence).toContain('A web page answered')
      put(413)
      expect((await told()).sentence).not.toBe('')
    })

    it('that nothing answers for, says so and not that the key is wrong', async () => {
      await sandbox.close()
      expect((await told()).sentence).toContain('Nothing answers')
    })

    it('writes no secret into what it reports or logs', async () => {
      const used = tools()
      sandbox.fail(
        (call) => call.method === 'PUT',
        instead({ status: 403, body: `<Error><Code>AccessDenied</Code>${secret}</Error>` }),
      )
      const refused = await host().put('still', still, used)
      await host().put('still', still, used)
      expect(used.logged.length).toBeGreaterThan(1)
      expect(JSON.stringify([refused, used.logged])).not.toContain(secret)
    })
  })

  describe.runIf(settingsFor({ url: 'https://x.example', base: '' } as HostSandbox).kind === 's3')(
    'as a bucket',
    () => {
      it('says how far the clock is off', async () => {
        sandbox.skew(40 * 60_000)
        expect((await told()).sentence).toContain('40 min slow')
      })

      it('names bucket, key and region where one of them is wrong', async () => {
        expect(await told(secret, { bucket: 'nowhere' })).toMatchObject({ field: 'bucket' })
        expect(await told(secret, { keyId: 'AKIDOTHER' })).toMatchObject({ field: 'keyId' })
        expect(await told(secret, { region: 'us-east-1' })).toMatchObject({
          field: 'region',
          sentence: expect.stringContaining('eu-test-1'),
        })
        sandbox.fail(
          (call) => call.method === 'PUT',
          instead({ status: 301, body: '<Error><Code>PermanentRedirect</Code></Error>' }),
        )
        expect(await told()).toMatchObject({ field: 'region' })
        sandbox.fail(
          (call) => call.method === 'PUT',
          instead({ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }),
        )
        expect(await told()).toMatchObject({ field: 'keyId', sentence: expect.stringContaining('rights') })
      })
    },
  )

  describe.runIf(settingsFor({ url: 'https://x.example', base: '' } as HostSandbox).kind === 'webdav')(
    'as a folder',
    () => {
      it('is made when it is not there yet', async () => {
        await host().put('still', still, tools())
        expect(asked('MKCOL')).toHaveLength(1)
        await host().put('other', still, tools())
        expect(asked('MKCOL')).toHaveLength(1)
      })
    },
  )
})

it('signed addresses let in for a day and more, and not for ever', async () => {
  const [, closed] = KINDS
  if (!closed) throw new Error('There is no closed bucket.')
  const clock = standingClock()
  const sandbox = await closed.start({ clock })
  const host = createMediaHost(closed.settings(sandbox), closed.secret)
  await host.put('still', still, testTools(clock, {}, bytes))
  const address = host.address('still', sandbox.now())
  clock.pass(26 * HOUR)
  expect((await fetch(address)).status).toBe(200)
  clock.pass(24 * HOUR)
  expect((await fetch(address)).status).toBe(403)
  expect((await fetch(address.replace('still', 'other'))).status).toBe(403)
  await sandbox.close()
})
