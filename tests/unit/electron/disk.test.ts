import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDisk } from '../../../electron/services/disk.ts'
import { createJournals } from '../../../electron/services/journal.ts'
import { temporaryFolder } from '../../support/project.ts'

const MB = 1024 * 1024

describe('the disk', () => {
  it('says how much is free, and leaves nothing of its test behind', async () => {
    using folder = temporaryFolder()
    const room = await createDisk(folder.path).room()
    expect(room.ok && room.value.free).toBeGreaterThan(MB)
    expect(readdirSync(folder.path)).toEqual(['reserve'])
  })

  it('says the same to all who ask at the same time, and asks anew for those who come after', async () => {
    using folder = temporaryFolder()
    let free = 400 * MB
    const disk = createDisk(folder.path, async () => free)
    const rooms = await Promise.all(Array.from({ length: 40 }, () => disk.room()))
    expect(rooms).toEqual(rooms.map(() => ({ ok: true, value: { free } })))
    free = 300 * MB
    expect(await disk.room()).toEqual({ ok: true, value: { free } })
  })

  it('has a reserve while there is room to spare, which no compression makes smaller', async () => {
    using folder = temporaryFolder()
    let free = 40 * MB
    const disk = createDisk(folder.path, async () => free)
    await disk.room()
    expect(existsSync(join(folder.path, 'reserve'))).toBe(false)
    free = 400 * MB
    await disk.room()
    expect(statSync(join(folder.path, 'reserve')).size).toBe(16 * MB)
    const bytes = readFileSync(join(folder.path, 'reserve'))
    expect(new Set(bytes.subarray(0, 4096)).size).toBeGreaterThan(200)
    expect([await disk.release(), await disk.release()]).toEqual([true, false])
    expect(existsSync(join(folder.path, 'reserve'))).toBe(false)
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'that takes nothing is said in words',
    async () => {
      using folder = temporaryFolder()
      chmodSync(folder.path, 0o500)
      const room = await createDisk(folder.path).room()
      chmodSync(folder.path, 0o700)
      expect(room).toMatchObject({ ok: false, error: { kind: 'no-permission' } })
    },
  )

  it('that is not there is said in words', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'blocked'), 'a file')
    const room = await createDisk(join(folder.path, 'blocked', 'data')).room()
    expect(room).toMatchObject({ ok: false, error: { kind: 'not-found' } })
  })

  it('that is full gives up its reserve for the line that is under way', async () => {
    using folder = temporaryFolder()
    const disk = createDisk(folder.path, async () => 400 * MB)
    await disk.room()
    const journals = createJournals(join(folder.path, 'journal'), disk.release, async (...how) => {
      const file = await open(...how)
      const append = file.appendFile.bind(file)
      file.appendFile = async (content) => {
        if (existsSync(join(folder.path, 'reserve'))) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
        return append(content)
      }
      return file
    })
    expect(await journals.append('plan', ['saved after all'])).toEqual({ ok: true, value: { lines: 1 } })
    expect(await journals.read('plan', 0)).toMatchObject({ value: [{ text: 'saved after all' }] })
    await journals.close()
  })
})
