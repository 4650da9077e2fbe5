import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createOriginals } from '../../../electron/services/originals.ts'
import { projectRoot, temporaryFolder } from '../../support/project.ts'

const bytes = (words: string) => new TextEncoder().encode(words)

describe('second copies of the library', () => {
  it('are plain files with the very bytes, readable by their owner only', async () => {
    using folder = temporaryFolder()
    const originals = createOriginals(join(folder.path, 'media'))
    await originals.append('ws-a', 'film', { at: 0, bytes: bytes('the '), last: false })
    await originals.append('ws-a', 'film', { at: 4, bytes: bytes('film'), last: true })
    const file = join(folder.path, 'media', 'ws-a', 'film')
    expect(readFileSync(file, 'utf8')).toBe('the film')
    if (process.platform !== 'win32') {
      expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(statSync(join(folder.path, 'media', 'ws-a')).mode & 0o777).toBe(0o700)
    }
  })

  it('never put half a file in the place of a whole one', async () => {
    using folder = temporaryFolder()
    const originals = createOriginals(folder.path)
    await originals.append('ws-a', 'film', { at: 0, bytes: bytes('whole'), last: true })
    await originals.append('ws-a', 'film', { at: 0, bytes: bytes('ha'), last: false })
    const read = await originals.read('ws-a', 'film', 0)
    expect(read.ok && read.value.bytes.toString()).toBe('whole')
    expect(await originals.list('ws-a')).toEqual({ ok: true, value: [{ id: 'film', size: 5 }] })
    await originals.drop('ws-a', ['film'])
    expect(readdirSync(join(folder.path, 'ws-a'))).toEqual([])
  })

  it('that a killed process had begun are taken away when they are listed, not those being written now', async () => {
    using folder = temporaryFolder()
    const part = { at: 0, bytes: bytes('ha'), last: false }
    await createOriginals(folder.path).append('ws-a', 'film', part)
    const originals = createOriginals(folder.path)
    await originals.append('ws-a', 'song', part)
    expect(await originals.list('ws-a')).toEqual({ ok: true, value: [] })
    expect(readdirSync(join(folder.path, 'ws-a'))).toEqual(['song.part'])
    await originals.append('ws-a', 'song', { at: 2, bytes: bytes('lf'), last: true })
    expect(await originals.list('ws-a')).toEqual({ ok: true, value: [{ id: 'song', size: 4 }] })
  })

  it('are moved aside with their workspace, not deleted', async () => {
    using folder = temporaryFolder()
    const originals = createOriginals(folder.path)
    await originals.append('ws-a', 'film', { at: 0, bytes: bytes('kept'), last: true })
    await originals.retire('ws-a')
    const [aside = ''] = readdirSync(folder.path)
    expect(aside).toMatch(/^ws-a\.retired-/)
    expect(readFileSync(join(folder.path, aside, 'film'), 'utf8')).toBe('kept')
  })

  it.skipIf(process.platform === 'win32')('are not called whole where the disk took only a part', async () => {
    using folder = temporaryFolder()
    const service = pathToFileURL(join(projectRoot, 'electron', 'services', 'originals.ts')).href
    const script = `
      const { createOriginals } = await import(${JSON.stringify(service)})
      const all = { at: 0, bytes: new Uint8Array(3_000), last: true }
      console.log(JSON.stringify(await createOriginals(${JSON.stringify(folder.path)}).append('ws-a', 'film', all)))`
    // Files of no more than two blocks: the system takes what fits, and refuses the rest when it is asked for it.
    const limited = ['-c', 'ulimit -f 2; exec "$0" --input-type=module -e "$1"', process.execPath, script]
    const { stdout } = spawnSync('bash', limited, { encoding: 'utf8' })
    expect(JSON.parse(stdout)).toMatchObject({ ok: false })
    expect(readdirSync(join(folder.path, 'ws-a'))).toEqual(['film.part'])
  })

  it('say in words why one could not be written', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'media'), 'a file where the folder should be')
    const refused = await createOriginals(join(folder.path, 'media')).append('ws-a', 'film', {
      at: 0,
      bytes: bytes('x'),
      last: true,
    })
    expect(refused).toMatchObject({ ok: false, error: { message: expect.stringMatching(/second copy/) } })
  })
})
