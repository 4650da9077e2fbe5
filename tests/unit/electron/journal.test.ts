import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJournals, type Journals } from '../../../electron/services/journal.ts'
import { temporaryFolder } from '../../support/project.ts'

const texts = async (journals: Journals, from = 0): Promise<string[]> => {
  const page = await journals.read('plan', from)
  if (!page.ok) throw new Error(page.error.message)
  return page.value.map((line) => line.text)
}
const head = async (journals: Journals) => {
  const heads = await journals.heads()
  if (!heads.ok) throw new Error(heads.error.message)
  return heads.value.find(({ name }) => name === 'plan')
}

/** A journal of three lines on the disk, closed. */
async function withThreeLines(folder: string): Promise<string> {
  const journals = createJournals(folder)
  await journals.append('plan', ['first', 'second', 'third'])
  await journals.close()
  return join(folder, 'plan.jsonl')
}

describe('a journal', () => {
  it('gives back after a restart what was appended before it', async () => {
    using folder = temporaryFolder()
    await withThreeLines(folder.path)
    const journals = createJournals(folder.path)
    expect(await journals.append('plan', ['fourth'])).toEqual({ ok: true, value: { lines: 4 } })
    expect(await texts(journals)).toEqual(['first', 'second', 'third', 'fourth'])
    await journals.close()
  })

  it('is on the disk when the answer comes', async () => {
    using folder = temporaryFolder()
    const journals = createJournals(folder.path)
    await journals.append('plan', ['here'])
    expect(readFileSync(join(folder.path, 'plan.jsonl'), 'utf8')).toContain('"here"')
    await journals.close()
  })

  it.skipIf(process.platform === 'win32')('can be read by its owner only', async () => {
    using folder = temporaryFolder()
    const inside = join(folder.path, 'journal')
    const file = await withThreeLines(inside)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(inside).mode & 0o777).toBe(0o700)
  })

  it('outlives a torn last line at every byte where the power may have gone', async () => {
    using folder = temporaryFolder()
    const file = await withThreeLines(folder.path)
    const whole = readFileSync(file)
    const secondEnds = whole.indexOf('\n', whole.indexOf('\n') + 1) + 1
    for (let length = secondEnds + 1; length < whole.length; length++) {
      writeFileSync(file, whole)
      truncateSync(file, length)
      const onlyBreakMissing = length === whole.length - 1
      const left = onlyBreakMissing ? ['first', 'second', 'third'] : ['first', 'second']
      const journals = createJournals(folder.path)
      expect(await texts(journals)).toEqual(left)
      expect(await head(journals)).toMatchObject({ lines: left.length, damaged: onlyBreakMissing ? 0 : 1 })
      await journals.append('plan', ['after'])
      expect(await journals.read('plan', left.length)).toEqual({
        ok: true,
        value: [{ sequence: left.length, text: 'after' }],
      })
      expect(await texts(journals)).toEqual([...left, 'after'])
      await journals.close()
    }
  })

  it('skips and counts a line with a flipped byte, and keeps the others', async () => {
    using folder = temporaryFolder()
    const file = await withThreeLines(folder.path)
    const whole = readFileSync(file)
    const start = whole.indexOf('\n') + 1
    const end = whole.indexOf('\n', start)
    for (let at = start; at < end; at++) {
      for (const bit of [0x01, 0x20, 0x80]) {
        const damaged = Buffer.from(whole)
        damaged.writeUInt8(damaged.readUInt8(at) ^ bit, at)
        if (damaged[at] === 0x0a) continue // that splits the line, which the next test covers
        writeFileSync(file, damaged)
        const journals = createJournals(folder.path)
        expect(await texts(journals)).toEqual(['first', 'third'])
        expect(await head(journals)).toMatchObject({ lines: 2, damaged: 1 })
        await journals.close()
      }
    }
  })

  it('never gives a line that was not appended, whatever happened to the file', async () => {
    using folder = temporaryFolder()
    const file = await withThreeLines(folder.path)
    const whole = readFileSync(file)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (changes) => {
          const damaged = Buffer.from(whole)
          for (const [at, value] of changes) damaged.writeUInt8(value, at)
          writeFileSync(file, damaged)
          const journals = createJournals(folder.path)
          const read = await texts(journals)
          await journals.close()
          for (const line of read) expect(['first', 'second', 'third']).toContain(line)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('goes on after rubbish that is no text at all', async () => {
    using folder = temporaryFolder()
    const file = await withThreeLines(folder.path)
    appendFileSync(file, Buffer.from([0, 255, 254, 10, 13, 10]))
    const journals = createJournals(folder.path)
    await journals.append('plan', ['after'])
    expect(await texts(journals)).toEqual(['first', 'second', 'third', 'after'])
    await journals.close()
  })

  it('reads from the middle of a long file without going through the beginning', async () => {
    using folder = temporaryFolder()
    const journals = createJournals(folder.path)
    const filler = 'y'.repeat(2000)
    await journals.append(
      'plan',
      Array.from({ length: 5000 }, (_, index) => `${index} ${filler}`),
    )
    const page = await journals.read('plan', 4321)
    expect(page.ok && page.value[0]).toMatchObject({ sequence: 4321 })
    expect(page.ok && page.value.length).toBe(5000 - 4321)
    await journals.close()
  })

  it('is moved aside, not deleted, when its workspace is purged', async () => {
    using folder = temporaryFolder()
    const file = await withThreeLines(folder.path)
    const journals = createJournals(folder.path)
    expect(await journals.retire('plan')).toEqual({ ok: true, value: null })
    expect(existsSync(file)).toBe(false)
    expect(readdirSync(folder.path).filter((name) => name.startsWith('plan.retired-'))).toHaveLength(1)
    expect(await journals.append('plan', ['anew'])).toEqual({ ok: true, value: { lines: 1 } })
    await journals.close()
  })

  it('says what is wrong when its folder cannot be made', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'blocked'), 'a file')
    const journals = createJournals(join(folder.path, 'blocked', 'journal'))
    expect(await journals.append('plan', ['x'])).toMatchObject({ ok: false, error: { kind: 'not-found' } })
  })

  it('says that the disk is full, takes half a batch away again, and goes on once there is room', async () => {
    using folder = temporaryFolder()
    let full = false
    const journals = createJournals(folder.path, undefined, async (...how) => {
      const file = await open(...how)
      const append = file.appendFile.bind(file)
      file.appendFile = async (content) => {
        if (!full) return append(content)
        await append(String(content).slice(0, 20))
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
      }
      return file
    })
    await journals.append('plan', ['first'])
    full = true
    expect(await journals.append('plan', ['lost', 'lost too'])).toMatchObject({
      ok: false,
      error: { kind: 'disk-full' },
    })
    full = false
    expect(await journals.append('plan', ['second'])).toEqual({ ok: true, value: { lines: 2 } })
    expect(await texts(journals)).toEqual(['first', 'second'])
    expect(await head(journals)).toMatchObject({ lines: 2, damaged: 0 })
    await journals.close()
  })
})
