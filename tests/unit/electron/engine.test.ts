import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keepBeforeNewEngine, keepDamaged } from '../../../electron/services/engine.ts'
import { silentLog } from '../../../electron/services/log.ts'
import { temporaryFolder } from '../../support/project.ts'

function begin(folder: string) {
  const databases = join(folder, 'chromium', 'Default', 'IndexedDB')
  mkdirSync(join(databases, 'ours.leveldb'), { recursive: true })
  const write = (words: string) => writeFileSync(join(databases, 'ours.leveldb', '000003.log'), words)
  write('of 155')
  return {
    write,
    start: (version: string) => keepBeforeNewEngine(folder, { name: 'chromium', version, databases }, silentLog),
    kept: (major: number) => {
      const file = join(folder, 'snapshots', `chromium-${major}`, 'ours.leveldb', '000003.log')
      return existsSync(file) ? readFileSync(file, 'utf8') : null
    },
  }
}

describe('a browser of a new major version', () => {
  it('finds the databases copied as they were, and a smaller step copies nothing', async () => {
    using folder = temporaryFolder()
    const { start, kept, write } = begin(folder.path)
    await start('155.0.1.1')
    await start('155.0.2.0')
    expect(existsSync(join(folder.path, 'snapshots'))).toBe(false)
    await start('156.0.0.1')
    write('of 156')
    expect(kept(155)).toBe('of 155')
    await start('156.0.0.2')
    expect(kept(155)).toBe('of 155')
    if (process.platform !== 'win32') expect(statSync(join(folder.path, 'snapshots')).mode & 0o777).toBe(0o700)
  })

  it('is also one that is older', async () => {
    using folder = temporaryFolder()
    const { start, kept } = begin(folder.path)
    await start('156.0.0.0')
    await start('155.0.0.0')
    expect(kept(156)).toBe('of 155')
  })

  it('leaves the databases of the last two versions', async () => {
    using folder = temporaryFolder()
    const { start, kept, write } = begin(folder.path)
    for (const major of [98, 99, 100, 101]) {
      await start(`${major}.0`)
      write(`of ${major}`)
    }
    expect([98, 99, 100].map(kept)).toEqual([null, 'of 99', 'of 100'])
  })

  it('starts all the same when they cannot be copied, and that is in the log', async () => {
    using folder = temporaryFolder()
    const { start } = begin(folder.path)
    await start('155.0')
    writeFileSync(join(folder.path, 'snapshots'), 'a file where the folder should be')
    const errors: string[] = []
    const log = { ...silentLog, error: (text: string) => errors.push(text) }
    const databases = join(folder.path, 'chromium', 'Default', 'IndexedDB')
    await keepBeforeNewEngine(folder.path, { name: 'chromium', version: '156.0', databases }, log)
    expect(errors).toEqual([expect.stringContaining('could not be copied')])
    expect(readdirSync(databases)).toEqual(['ours.leveldb'])
  })
})

describe('databases that cannot be opened any more', () => {
  it('are kept aside as they are, the last two of them', async () => {
    using folder = temporaryFolder()
    const { write } = begin(folder.path)
    const databases = join(folder.path, 'chromium', 'Default', 'IndexedDB')
    const engine = { name: 'chromium', version: '156.0', databases }
    for (const time of [1, 2, 10]) {
      write(`broken ${time}`)
      expect(await keepDamaged(folder.path, engine, time)).toEqual({ ok: true, value: null })
    }
    expect(readdirSync(join(folder.path, 'snapshots'))).toEqual(['chromium-damaged-10', 'chromium-damaged-2'])
    const kept = join(folder.path, 'snapshots', 'chromium-damaged-10', 'ours.leveldb', '000003.log')
    expect(readFileSync(kept, 'utf8')).toBe('broken 10')
  })

  it('are not given up when they cannot be kept', async () => {
    using folder = temporaryFolder()
    begin(folder.path)
    writeFileSync(join(folder.path, 'snapshots'), 'a file where the folder should be')
    const databases = join(folder.path, 'chromium', 'Default', 'IndexedDB')
    const kept = await keepDamaged(folder.path, { name: 'chromium', version: '156.0', databases }, 1)
    expect(kept).toMatchObject({ ok: false })
  })
})
