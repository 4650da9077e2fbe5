/** The media host as it is kept on this computer, and what a person typed about it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../../electron/services/log.ts'
import { settingsFrom } from '../../../electron/services/mediaHost/settings.ts'
import { createMediaHosts, hostFrom, keptHost } from '../../../electron/services/mediaHost/store.ts'
import { createSealed, fileSealer } from '../../../electron/services/vault.ts'
import { type HostSettings, publicPrefix, type S3Settings } from '../../../shared/domain/mediaHost.ts'
import { removeFolder, temporaryFolder } from '../../support/project.ts'

const s3: S3Settings = {
  kind: 's3',
  endpoint: 'https://s3.example.org',
  region: 'eu-1',
  bucket: 'press',
  prefix: '',
  style: 'path',
  keyId: 'AKID',
  links: 'public',
  publicBase: '',
}
const dav: HostSettings = {
  kind: 'webdav',
  folder: 'https://dav.example.org/p',
  user: 'me',
  publicBase: 'm.example.org/p',
}
const own: HostSettings = { kind: 'server', template: 'https://m.example.org/p/{name}', publicBase: '' }

describe('is kept', () => {
  let folder: string
  beforeEach(() => {
    folder = temporaryFolder().path
  })
  afterEach(() => removeFolder(folder))
  const list = () => join(folder, 'media-host.json')
  const hosts = () =>
    createMediaHosts(
      createSealed(
        'media host',
        keptHost,
        join(folder, 'vault'),
        async () => fileSealer(join(folder, 'key')),
        silentLog,
      ),
      list(),
    )
  const file = (name: string, deliveryId = 'd1') => ({ host: 'h', name, shelf: 'ws', deliveryId })

  it('sealed, and read again at the next start; nothing of it is readable in any file', async () => {
    const host = hostFrom(s3, 'CANARY-secret', null)
    if (!host) throw new Error('Not made.')
    await hosts().put(host)
    expect(await hosts().get()).toEqual({ ok: true, value: host })
    const written = readdirSync(join(folder, 'vault')).map((name) => readFileSync(join(folder, 'vault', name), 'utf8'))
    for (const words of ['CANARY', host.nameKey, 'press']) expect(written.join()).not.toContain(words)
    await hosts().drop()
    expect(await hosts().get()).toEqual({ ok: true, value: null })
  })

  it('with a list of what lies there, each once, whoever writes at the same time', async () => {
    const kept = hosts()
    await Promise.all([kept.note(file('a')), kept.note(file('b', 'd2')), kept.note(file('a'))])
    expect(await hosts().lying()).toEqual([file('a'), file('b', 'd2')])
    await kept.forget([file('a')])
    expect(await hosts().lying()).toEqual([file('b', 'd2')])
  })

  it('without a list that was damaged: it begins anew', async () => {
    writeFileSync(list(), '{"version":1,"files":[{"ho')
    expect(await hosts().lying()).toEqual([])
    await hosts().note(file('a'))
    expect(await hosts().lying()).toEqual([file('a')])
  })

  it('as the same place with a new secret, as another where files go elsewhere', () => {
    const first = hostFrom(s3, 'one', null)
    expect(hostFrom({ ...s3, publicBase: 'https://cdn.example.org/' }, '', first)).toMatchObject({
      id: first?.id,
      nameKey: first?.nameKey,
      secret: 'one',
    })
    expect(hostFrom(s3, 'two', first)).toMatchObject({ id: first?.id, secret: 'two' })
    for (const other of [{ ...s3, bucket: 'b' }, { ...s3, endpoint: 'https://x.example' }, { ...s3, keyId: 'K' }, own])
      expect(hostFrom(other, '', first)).toBeNull()
    expect(hostFrom({ ...s3, bucket: 'b' }, 'two', first)?.id).not.toBe(first?.id)
  })
})

describe('what is typed', () => {
  const read = (settings: HostSettings) => {
    const answer = settingsFrom(settings)
    return answer.ok ? answer.value : answer.error
  }

  it('becomes addresses that can be worked with', () => {
    expect(
      read({ ...s3, endpoint: ' s3.example.org/ ', prefix: '/a/b/', publicBase: 'cdn.example.org' }),
    ).toMatchObject({
      endpoint: 'https://s3.example.org',
      prefix: 'a/b/',
      publicBase: 'https://cdn.example.org/',
    })
    expect(read({ ...s3, links: 'signed', publicBase: 'https://cdn.example.org' })).toMatchObject({ publicBase: '' })
    expect(read(dav)).toMatchObject({ folder: 'https://dav.example.org/p/', publicBase: 'https://m.example.org/p/' })
    expect(read(own)).toMatchObject({ publicBase: 'https://m.example.org/p/' })
    expect(read({ ...own, template: 'm.example.org/p/{name}' })).toMatchObject({
      template: 'https://m.example.org/p/{name}',
    })
  })

  it('is refused at its field, in a sentence', () => {
    const wrong: readonly (readonly [HostSettings, string])[] = [
      [{ ...s3, endpoint: 'http://s3.example.org' }, 'endpoint'],
      [{ ...s3, endpoint: '' }, 'endpoint'],
      [{ ...s3, bucket: 'a b' }, 'bucket'],
      [{ ...s3, region: '' }, 'region'],
      [{ ...s3, keyId: ' ' }, 'keyId'],
      [{ ...s3, publicBase: 'https://user:pass@cdn.example' }, 'publicBase'],
      [{ ...dav, user: 'a:b' }, 'user'],
      [{ ...dav, publicBase: '' }, 'publicBase'],
      [{ ...own, template: 'https://m.example.org/p/' }, 'template'],
      [{ ...own, template: 'https://m.example.org/{name}/{name}' }, 'template'],
      [{ ...own, template: 'https://m.example.org/p?file={name}' }, 'publicBase'],
    ]
    for (const [settings, field] of wrong)
      expect(read(settings), field).toEqual({ field, sentence: expect.stringMatching(/\w[.”]$/) })
  })

  it('tells what the address of every file begins with', () => {
    expect(publicPrefix(s3)).toBe('https://s3.example.org/press/')
    expect(publicPrefix({ ...s3, style: 'virtual' })).toBe('https://press.s3.example.org/')
    expect(publicPrefix({ ...s3, publicBase: 'https://cdn.example.org/' })).toBe('https://cdn.example.org/')
  })
})
