import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keyFile } from '../../../electron/services/dataFolder.ts'
import { silentLog } from '../../../electron/services/log.ts'
import { createVault, fileSealer, type Kept, type Sealer } from '../../../electron/services/vault.ts'
import { systemSealer } from '../../../electron/shells/electron/sealer.ts'
import type { Account } from '../../../shared/domain/publishing.ts'
import { type TemporaryFolder, temporaryFolder } from '../../support/project.ts'

const CANARY = 'canary-token-5e0f'
let folder: TemporaryFolder
let key: string
let data: string

beforeEach(() => {
  folder = temporaryFolder()
  key = join(folder.path, 'elsewhere', 'vault.key')
  data = join(folder.path, 'data', 'vault')
})
afterEach(() => folder[Symbol.dispose]())

const vault = (sealer: Sealer = fileSealer(key), log = silentLog) => createVault(data, async () => sealer, log)
const files = () => readdirSync(data).map((name) => join(data, name))
const mode = (path: string) => statSync(path).mode & 0o777

const account = (remoteId: string): Account => ({
  network: 'mastodon',
  remoteId,
  handle: '@kim',
  name: 'Kim',
  host: 'https://social.example',
  facts: { limits: { characters: 500 } },
  expiresAt: null,
})
const access = (remoteId: string, secrets: Record<string, string>): Kept => ({ account: account(remoteId), secrets })

/** What is promised whoever seals. */
function keepsSecrets(name: string, sealerOf: () => Promise<Sealer>): void {
  describe(`a vault sealed by ${name}`, () => {
    it('gives back what was put there, to the same account only, also after a restart', async () => {
      const sealer = await sealerOf()
      await vault(sealer).put(access('a', { token: CANARY, other: 'ünïcode 🎉' }))
      await vault(sealer).put(access('b', { token: 'b' }))
      expect(await vault(sealer).get(account('a'))).toMatchObject({
        ok: true,
        value: { secrets: { token: CANARY, other: 'ünïcode 🎉' } },
      })
      expect(await vault(sealer).get(account('c'))).toEqual({ ok: true, value: null })
    })

    it('keeps the newest, and forgets for good', async () => {
      const one = vault(await sealerOf())
      await one.put(access('a', { token: 'old' }))
      await one.put(access('a', { token: 'new' }))
      expect(await one.get(account('a'))).toMatchObject({ ok: true, value: { secrets: { token: 'new' } } })
      await one.drop(account('a'))
      expect(await one.get(account('a'))).toEqual({ ok: true, value: null })
      expect(await one.drop(account('a'))).toEqual({ ok: true, value: null })
      expect(files()).toEqual([])
    })

    it('opens no file for another account, and says so of a damaged one without touching it', async () => {
      const one = vault(await sealerOf())
      await one.put(access('a', { token: CANARY }))
      await one.put(access('b', { token: 'b' }))
      const [first = '', second = ''] = files()
      const kept = readFileSync(first)
      cpSync(first, `${second}.copy`)
      renameSync(`${second}.copy`, second)
      const both = [await one.get(account('a')), await one.get(account('b'))]
      expect(both.filter(({ ok }) => !ok)).toHaveLength(1)
      const file = JSON.parse(kept.toString('utf8')) as { sealed: string }
      const bytes = Buffer.from(file.sealed, 'base64')
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
      const damaged = JSON.stringify({ ...file, sealed: bytes.toString('base64') })
      for (const content of [damaged, '{', '']) {
        writeFileSync(first, content)
        const answers = [await one.get(account('a')), await one.get(account('b'))]
        expect(answers.some(({ ok }) => !ok)).toBe(true)
        expect(readFileSync(first, 'utf8')).toBe(content)
      }
    })

    it('writes no secret in the open, not even into the log', async () => {
      const logged: string[] = []
      const log = {
        info: (text: string) => void logged.push(text),
        error: (...all: unknown[]) => void logged.push(String(all)),
      }
      const one = vault(await sealerOf(), log)
      await one.put(access(`${CANARY}-name`, { token: CANARY }))
      const [file = ''] = files()
      expect(readFileSync(file, 'utf8')).not.toContain(CANARY)
      expect(readFileSync(file, 'utf8')).not.toContain(Buffer.from(CANARY).toString('base64').slice(0, -4))
      expect(file).not.toContain(CANARY)
      writeFileSync(file, `{"version":1,"by":"file","sealed":"${CANARY}"}`)
      await one.get(account(`${CANARY}-name`))
      expect(logged).toHaveLength(1)
      expect(logged.join()).not.toContain(CANARY)
    })

    it.skipIf(process.platform === 'win32')('is for its owner only', async () => {
      await vault(await sealerOf()).put(access('a', { token: 'x' }))
      expect([mode(data), ...files().map(mode)]).toEqual([0o700, 0o600])
    })
  })
}

keepsSecrets('a file', async () => fileSealer(key))

/** The key ring of a system, as Electron shows it. */
function keyRing(over: { available?: boolean; backend?: string; turned?: boolean } = {}) {
  const turn = (text: string) => Buffer.from([...Buffer.from(text, 'utf8')].map((byte) => byte ^ 0x5a))
  return {
    isAsyncEncryptionAvailable: async () => over.available ?? true,
    encryptStringAsync: async (text: string) => turn(text),
    decryptStringAsync: async (sealed: Buffer) => ({
      result: Buffer.from([...sealed].map((byte) => byte ^ 0x5a)).toString('utf8'),
      shouldReEncrypt: over.turned ?? false,
    }),
    getSelectedStorageBackend: () => (over.backend ?? 'gnome_libsecret') as 'gnome_libsecret',
  }
}
keepsSecrets('the key ring of the system', () => systemSealer('linux', keyRing()))

describe('the key of the file', () => {
  it('lies outside of the data, is made once, and is for its owner only', async () => {
    await vault().put(access('a', { token: 'x' }))
    const made = readFileSync(key, 'utf8')
    expect(Buffer.from(made, 'base64')).toHaveLength(32)
    await vault().put(access('b', { token: 'y' }))
    expect(readFileSync(key, 'utf8')).toBe(made)
    if (process.platform !== 'win32') {
      chmodSync(key, 0o644)
      await vault().get(account('a'))
      expect(mode(key)).toBe(0o600)
    }
  })

  it('is never in the folder of the data, on any system', () => {
    const home = join('/home', 'kim')
    expect(keyFile({ platform: 'linux', env: {}, home })).toBe(join(home, '.config', 'outpost', 'vault.key'))
    expect(keyFile({ platform: 'linux', env: { XDG_CONFIG_HOME: '/cfg' }, home })).toBe(
      join('/cfg', 'outpost', 'vault.key'),
    )
    expect(keyFile({ platform: 'darwin', env: {}, home })).not.toContain('Application Support')
    expect(keyFile({ platform: 'win32', env: { APPDATA: 'R', LOCALAPPDATA: 'L' }, home })).toContain('L')
  })

  it('once lost opens nothing, and what it had closed stays for the day it is found', async () => {
    await vault().put(access('a', { token: 'x' }))
    renameSync(key, `${key}.away`)
    expect(await vault().get(account('a'))).toMatchObject({ ok: false, error: { kind: 'failed' } })
    renameSync(`${key}.away`, key)
    expect(await vault().get(account('a'))).toMatchObject({ ok: true, value: { secrets: { token: 'x' } } })
  })

  it('is not made anew over a file that holds something else', async () => {
    await vault().put(access('a', { token: 'x' }))
    writeFileSync(key, 'not a key')
    expect(await vault().put(access('b', { token: 'y' }))).toMatchObject({ ok: false })
    expect(readFileSync(key, 'utf8')).toBe('not a key')
  })

  it('is one where two begin at once', async () => {
    await Promise.all([vault().put(access('a', { token: 'x' })), vault().put(access('b', { token: 'y' }))])
    expect(await vault().get(account('a'))).toMatchObject({ ok: true })
    expect(await vault().get(account('b'))).toMatchObject({ ok: true })
    expect(existsSync(key)).toBe(true)
  })
})

describe('the warning', () => {
  it('is plain where only a file protects', async () => {
    expect(await vault().warning()).toContain('Whoever can read your files can read them too')
  })

  it('is there where the desktop has no key ring, and nowhere else', async () => {
    const warning = async (platform: NodeJS.Platform, ring: ReturnType<typeof keyRing>) =>
      (await systemSealer(platform, ring)).warning
    expect(await warning('linux', keyRing())).toBe('')
    expect(await warning('darwin', keyRing({ backend: 'unknown' }))).toBe('')
    for (const backend of ['basic_text', 'unknown'])
      expect(await warning('linux', keyRing({ backend }))).toMatch(/are kept with a key that every program/)
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      expect(await warning(platform, keyRing({ available: false }))).toMatch(/^The key ring .* nothing .* is kept\. /)
  })
})

it('seals anew what the system wants to be sealed anew', async () => {
  await vault(await systemSealer('linux', keyRing())).put(access('a', { token: 'x' }))
  const [file = ''] = files()
  const before = statSync(file).ino
  expect(await vault(await systemSealer('linux', keyRing({ turned: true }))).get(account('a'))).toMatchObject({
    ok: true,
    value: { secrets: { token: 'x' } },
  })
  expect(statSync(file).ino).not.toBe(before)
})

it('says why it cannot keep anything', async () => {
  writeFileSync(join(folder.path, 'data'), 'a file where the folder should be')
  expect(await vault().put(access('a', { token: 'x' }))).toMatchObject({ ok: false })
})
