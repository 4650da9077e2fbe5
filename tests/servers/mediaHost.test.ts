/** The media host meets servers that others wrote: what it puts there everybody can fetch, and nothing is left behind. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SentMedium, Tools } from '../../electron/platforms/adapter.ts'
import { check } from '../../electron/services/mediaHost/check.ts'
import { explainHost } from '../../electron/services/mediaHost/explain.ts'
import { createMediaHost } from '../../electron/services/mediaHost/host.ts'
import { settingsFrom } from '../../electron/services/mediaHost/settings.ts'
import type { HostSettings } from '../../shared/domain/mediaHost.ts'
import { aPicture, testTools } from '../contract/platforms/deliver.ts'
import { removeFolder, temporaryFolder } from '../support/project.ts'
import { PICTURES, picture, realClock, startedOr } from './real.ts'
import { type S3Server, startS3Server } from './s3rver/start.ts'
import { startWebDavServer, type WebDavServer } from './webdav/start.ts'

const HOUR = 3_600_000
const film = aPicture('film', 9 * 1024 * 1024 + 1, { type: 'video/mp4' })
const media = new Map([...PICTURES, ['film', new Uint8Array(film.size).map((_, at) => (at * 7) % 251)] as const])

/** As a person types it. */
function typed(settings: HostSettings): HostSettings {
  const read = settingsFrom(settings)
  if (!read.ok) throw new Error(read.error.sentence)
  return read.value
}

/** What a host is asked, with a secret and what is wrong about it. */
function working(settings: HostSettings, secret: string, over: Partial<Tools> = {}) {
  const tools = { ...testTools(realClock, { secret }, media), ...over }
  const host = createMediaHost(typed(settings), secret)
  return {
    tools,
    host,
    put: (name: string, file: SentMedium) => host.put(name, file, tools),
    fetched: (name: string) => fetch(host.address(name, realClock.now())),
    /** What a person is told; '' when all is well, and the field it is about. */
    async told() {
      const tried = await check(host, tools, testTools(realClock, {}).fetch)
      return tried.ok ? { field: '', sentence: '' } : explainHost(tried.error)
    },
  }
}

/** What both keep, whatever they speak. */
async function goesThrough({ host, tools, put, fetched }: ReturnType<typeof working>): Promise<void> {
  for (const [name, file] of [['dawn-1.png', picture('dawn')] as const, ['film-1.mp4', film] as const]) {
    expect(await host.has(name, file.size, tools)).toEqual({ ok: true, value: false })
    expect(await put(name, file)).toEqual({ ok: true, value: null })
    expect(await host.has(name, file.size, tools)).toEqual({ ok: true, value: true })
    expect(await host.has(name, file.size - 1, tools)).toEqual({ ok: true, value: false })
    const answer = await fetched(name)
    expect(answer.headers.get('content-type')).toBe(file.type)
    expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), media.get(file.id) ?? Buffer.alloc(0))).toBe(0)
    // In the place of what has its name.
    expect(await put(name, picture('dusk'))).toEqual({ ok: true, value: null })
    expect(await host.has(name, picture('dusk').size, tools)).toEqual({ ok: true, value: true })
    for (let twice = 0; twice < 2; twice++) expect(await host.remove(name, tools)).toEqual({ ok: true, value: null })
    expect((await fetched(name)).status).toBe(404)
  }
}

describe('S3: s3rver', () => {
  const folder = temporaryFolder().path
  let server: S3Server | null = null
  beforeAll(async () => {
    server = await startedOr('s3rver', () => startS3Server(folder))
  })
  afterAll(async () => {
    await server?.stop()
    removeFolder(folder)
  })
  beforeEach(({ skip }) => {
    if (!server) skip('The server is not here.')
  })

  const at = (over: Partial<Extract<HostSettings, { kind: 's3' }>> = {}, more: Partial<Tools> = {}) => {
    if (!server) throw new Error('The server is not here.')
    const { url, bucket, region, keyId, secret } = server
    const style = 'path' as const
    const settings = { kind: 's3' as const, endpoint: url, region, bucket, prefix: 'Über (1)', style, keyId }
    return working({ ...settings, links: 'public', publicBase: '', ...over }, secret, more)
  }

  it('puts, finds, gives to everybody and takes away', () => goesThrough(at()))
  it('does so with signed addresses', async () => {
    const host = at({ links: 'signed' })
    expect(new URL(host.host.address('a.png', realClock.now())).searchParams.get('X-Amz-Signature')).toMatch(/^\w{64}$/)
    await goesThrough(host)
  })

  it('is tried and left as it was', async () => {
    expect(await at().told()).toEqual({ field: '', sentence: '' })
    const lying = readdirSync(join(folder, 's3', server?.bucket ?? ''), { recursive: true })
    expect(lying.filter((name) => name.includes('outpost'))).toEqual([])
  })

  it('says which field is wrong', async () => {
    expect(await at({ keyId: 'NOBODY' }).told()).toMatchObject({ field: 'keyId' })
    expect(await at({ bucket: 'nowhere' }).told()).toEqual({
      field: 'bucket',
      sentence: 'There is no bucket “nowhere” there. Look at its name, or create it.',
    })
    expect(await at({ publicBase: `${server?.url}/elsewhere/` }).told()).toMatchObject({ field: 'publicBase' })
  })

  it('knows a clock that is off from a wrong key', async () => {
    const late = at({}, { now: () => realClock.now() - HOUR })
    expect((await late.told()).sentence).toContain('The clock of this computer is 60 min slow')
  })
})

describe('WebDAV: Apache', () => {
  let server: WebDavServer | null = null
  beforeAll(async () => {
    server = await startedOr('Apache', () => startWebDavServer())
  })
  afterAll(async () => {
    await server?.stop()
  })
  beforeEach(({ skip }) => {
    if (!server) skip('The server is not here.')
  })

  const at = (over: Partial<Extract<HostSettings, { kind: 'webdav' }>> = {}, secret = server?.password ?? '') => {
    if (!server) throw new Error('The server is not here.')
    const { folder: place, user, publicBase } = server
    return working({ kind: 'webdav', folder: place, user, publicBase, ...over }, secret)
  }

  it('makes its folder, puts, finds, gives to everybody and takes away', async () => {
    expect(readdirSync(server?.files ?? '')).toEqual([])
    await goesThrough(at())
    expect(readdirSync(join(server?.files ?? '', 'campaign'))).toEqual([])
  })

  it('is tried and left as it was', async () => {
    expect(await at().told()).toEqual({ field: '', sentence: '' })
    expect(readdirSync(join(server?.files ?? '', 'campaign'))).toEqual([])
  })

  it('says which field is wrong', async () => {
    expect(await at({}, 'wrong').told()).toMatchObject({ field: 'secret' })
    expect(await at({ user: 'nobody' }).told()).toMatchObject({ field: 'secret' })
    const place = server?.folder ?? ''
    // A folder in one that is not there, and a place without WebDAV.
    expect(await at({ folder: `${place}none/deep/` }).told()).toMatchObject({ field: 'folder' })
    expect(await at({ folder: place.replace('/dav/', '/public/') }).told()).toMatchObject({ field: 'folder' })
    expect(await at({ publicBase: place }).told()).toMatchObject({
      field: 'publicBase',
      sentence: expect.stringContaining('nobody may fetch it'),
    })
    expect(await at({ publicBase: server?.typelessBase }).told()).toMatchObject({
      field: 'publicBase',
      sentence: expect.stringContaining('“nothing”'),
    })
  })
})
