import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainFault } from '../../../electron/services/failures.ts'
import { listFolder, readBelow, saveAs, saveBeside, saveTogether } from '../../../electron/services/files.ts'
import { safeFileName, safeFolderName } from '../../../shared/lib/fileName.ts'
import { temporaryFolder } from '../../support/project.ts'

const posixOnly = process.platform === 'win32'

describe('reading a folder that the command line granted', () => {
  it('lists files in order of name and leaves out what is hidden or not ours', async () => {
    using folder = temporaryFolder()
    for (const below of ['b', '.git', 'node_modules']) mkdirSync(join(folder.path, below))
    for (const file of ['z.md', 'a.md', 'b/c.md', '.git/x', 'node_modules/y', '.draft.md']) {
      writeFileSync(join(folder.path, file), '12345')
    }
    const list = await listFolder(folder.path)
    expect(list).toEqual({ ok: true, value: ['a.md', 'b/c.md', 'z.md'].map((path) => ({ path, size: 5 })) })
  })

  it('says that a folder is not there', async () => {
    expect(await listFolder('/not/there')).toEqual({
      ok: false,
      error: { kind: 'not-found', message: '/not/there is not there.' },
    })
  })

  it.skipIf(posixOnly)('follows no link out of it', async () => {
    using folder = temporaryFolder()
    const inside = join(folder.path, 'inside')
    mkdirSync(inside)
    writeFileSync(join(folder.path, 'secret'), 'secret')
    symlinkSync(join(folder.path, 'secret'), join(inside, 'link.md'))
    symlinkSync(folder.path, join(inside, 'up'))
    expect(await listFolder(inside)).toEqual({ ok: true, value: [] })
    for (const path of ['link.md', 'up/secret']) {
      expect(await readBelow(inside, path)).toMatchObject({ ok: false, error: { kind: 'no-permission' } })
    }
  })

  it('reads nothing outside, however the path is written', async () => {
    using folder = temporaryFolder()
    const inside = join(folder.path, 'inside')
    mkdirSync(inside)
    writeFileSync(join(folder.path, 'secret'), 'secret')
    const step = fc.constantFrom('..', '.', '', 'x', 'secret', 'C:', '~', '\0', '..\\', '%2e%2e')
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('/', '\\'),
        async (steps, by) => {
          expect((await readBelow(inside, steps.join(by))).ok).toBe(false)
        },
      ),
    )
  })

  it('names the file that is too large', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'huge.md')
    writeFileSync(file, '')
    truncateSync(file, 50_000_000)
    expect(await readBelow(folder.path, 'huge.md')).toEqual({
      ok: false,
      error: { kind: 'too-large', message: 'huge.md has 50 MB; Outpost reads files up to 40 MB.' },
    })
  })
})

describe('saving a file', () => {
  it('never writes over another one', async () => {
    using folder = temporaryFolder()
    const names: string[] = []
    for (const words of ['one', 'two', 'three']) {
      const saved = await saveBeside(folder.path, 'plan.pdf', Buffer.from(words))
      if (saved.ok) names.push(saved.value)
    }
    expect(names).toEqual(['plan.pdf', 'plan (2).pdf', 'plan (3).pdf'].map((name) => join(folder.path, name)))
    expect(names.map((name) => readFileSync(name, 'utf8'))).toEqual(['one', 'two', 'three'])
  })

  it('gives every one of many at once a name of its own', async () => {
    using folder = temporaryFolder()
    const saved = await Promise.all(
      Array.from({ length: 10 }, (_, index) => saveBeside(folder.path, 'a.txt', Buffer.from(String(index)))),
    )
    expect(saved.every((result) => result.ok)).toBe(true)
    expect(readdirSync(folder.path)).toHaveLength(10)
  })

  it('leaves nothing half written behind when it fails', async () => {
    using folder = temporaryFolder()
    mkdirSync(join(folder.path, 'taken'))
    expect((await saveAs(join(folder.path, 'taken'), Buffer.from('x'))).ok).toBe(false)
    expect(readdirSync(folder.path)).toEqual(['taken'])
  })

  it('writes files that belong together all or not at all', async () => {
    using folder = temporaryFolder()
    const at = (name: string) => join(folder.path, name)
    writeFileSync(at('plan.pdf'), 'old')
    const both = (json: string) =>
      saveTogether([
        { path: at('plan.pdf'), bytes: Buffer.from('new') },
        { path: at(json), bytes: Buffer.from('{}') },
      ])
    expect(await both('gone/plan.json')).toMatchObject({ ok: false, error: { kind: 'not-found' } })
    expect(readdirSync(folder.path)).toEqual(['plan.pdf'])
    expect(readFileSync(at('plan.pdf'), 'utf8')).toBe('old')
    expect(await both('plan.json')).toEqual({ ok: true, value: null })
    expect(readdirSync(folder.path).sort()).toEqual(['plan.json', 'plan.pdf'])
    expect(readFileSync(at('plan.pdf'), 'utf8')).toBe('new')
  })

  it.skipIf(posixOnly || process.getuid?.() === 0)('says that there is no permission', async () => {
    using folder = temporaryFolder()
    chmodSync(folder.path, 0o500)
    expect(await saveAs(join(folder.path, 'x'), Buffer.from('x'))).toMatchObject({ error: { kind: 'no-permission' } })
    chmodSync(folder.path, 0o700)
  })

  it('makes a name that every system takes from any text', () => {
    expect(safeFileName('../../etc/passwd')).toBe('passwd')
    expect(safeFileName('Q3: "launch"?.pdf')).toBe('Q3- -launch--.pdf')
    expect(safeFileName('con.pdf')).toBe('file con.pdf')
    expect(safeFileName('')).toBe('file')
    expect(safeFolderName('../..')).toBe('-----')
    expect(safeFolderName('Nul')).toBe('folder Nul')
    expect(safeFolderName('Version 1.5 / “Summer”.app')).toBe('Version 1-5 - “Summer”-app')
    const text = fc.string({ unit: 'binary', maxLength: 400 })
    const awkward = fc
      .array(fc.constantFrom('.', ' ', '/', '\\', 'con', 'ü', '物', '🎉', 'a', '\0', '\ud800'), { maxLength: 200 })
      .map((parts) => parts.join(''))
    for (const safeName of [safeFileName, safeFolderName])
      fc.assert(
        fc.property(fc.oneof(text, awkward), (name) => {
          const safe = safeName(name)
          expect(safe.length).toBeGreaterThan(0)
          expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(200)
          // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
          expect(safe).not.toMatch(/[/\\:\u0000]|^\.|[. ]$/)
          expect(safe.isWellFormed()).toBe(true)
          expect(safeName(safe)).toBe(safe)
        }),
      )
  })
})

describe('a fault of the disk', () => {
  it('is told in words, with what was being used', () => {
    const fault = (code: string) => Object.assign(new Error(code), { code })
    expect(explainFault(fault('ENOSPC'), 'plan.pdf').message).toBe(
      'The disk is full, so plan.pdf was not written. Free some space and try again.',
    )
    expect(explainFault(fault('EACCES'), 'plan.pdf').kind).toBe('no-permission')
    expect(explainFault(fault('ENOENT'), 'plan.pdf').kind).toBe('not-found')
    expect(explainFault(fault('EIO'), 'plan.pdf')).toEqual({
      kind: 'failed',
      message: 'plan.pdf could not be used (EIO).',
    })
  })

  it('without a code is a bug and not hidden', () => {
    expect(() => explainFault(new TypeError('bug'), 'plan.pdf')).toThrow('bug')
  })
})
