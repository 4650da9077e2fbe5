import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCommits } from '../../../electron/services/commits.ts'
import { type Log, silentLog } from '../../../electron/services/log.ts'
import type { Begun } from '../../../shared/domain/publishing.ts'
import { temporaryFolder } from '../../support/project.ts'

const begun = (deliveryId: string, commit = 1, goesOut = 1_000): Begun => ({ deliveryId, commit, goesOut })
const NAMES = ['one', 'two', 'three']

/** A list of three commits on the disk, and the process that wrote it gone. */
async function withThree(path: string) {
  const commits = createCommits(path, silentLog)
  for (const name of NAMES) await commits.note(begun(name))
}

describe('the list of what was begun to be sent', () => {
  it('gives the last commit of what it is asked for, after a restart too', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'inside', 'commits.jsonl')
    const before = createCommits(path, silentLog)
    expect(await before.of(['one'])).toEqual([])
    await before.note(begun('one'))
    await before.note(begun('two'))
    await before.note(begun('one', 2, 5_000))
    for (const commits of [before, createCommits(path, silentLog)])
      expect(await commits.of(['one', 'nobody'])).toEqual([begun('one', 2, 5_000)])
  })

  it('lets none be begun twice under a number, not after a restart and not of two at once', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'commits.jsonl')
    const commits = createCommits(path, silentLog)
    const [first, second] = await Promise.all([commits.note(begun('one')), commits.note(begun('one', 1, 2_000))])
    expect([first, second]).toEqual([null, begun('one')])
    expect(await commits.note(begun('one', 3))).toBeNull()
    for (const again of [commits, createCommits(path, silentLog)]) {
      expect(await again.note(begun('one', 2))).toEqual(begun('one', 3))
      expect(await again.of(['one'])).toEqual([begun('one', 3)])
    }
    expect(await commits.note(begun('one', 4))).toBeNull()
  })

  it.skipIf(process.platform === 'win32')('can be read by its owner only', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'commits.jsonl')
    await withThree(path)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('writes what comes at once in one go, and each is there when its answer comes', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'commits.jsonl')
    const commits = createCommits(path, silentLog)
    const many = Array.from({ length: 200 }, (_, at) => `delivery ${at}`)
    await Promise.all(
      many.map(async (id) => {
        await commits.note(begun(id))
        expect(readFileSync(path, 'utf8')).toContain(`${id}\\"`)
      }),
    )
    expect((await createCommits(path, silentLog).of(many)).length).toBe(200)
  })

  it('loses the line it was killed in, at whatever byte, and none before or after', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'commits.jsonl')
    await withThree(path)
    const whole = readFileSync(path)
    const starts = whole.lastIndexOf('\n', whole.length - 2) + 1
    for (let length = starts + 1; length <= whole.length; length += 1) {
      writeFileSync(path, whole)
      truncateSync(path, length)
      await createCommits(path, silentLog).note(begun('after'))
      const there = await createCommits(path, silentLog).of([...NAMES, 'after'])
      // Only its line break may be missing.
      const left = length >= whole.length - 1 ? NAMES : ['one', 'two']
      expect(there.map(({ deliveryId }) => deliveryId)).toEqual([...left, 'after'])
    }
  })

  it('skips a line that the disk has damaged', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'commits.jsonl')
    await withThree(path)
    const whole = readFileSync(path)
    const [from, to] = [whole.indexOf('\n') + 1, whole.indexOf('\n', whole.indexOf('\n') + 1)]
    for (let at = from; at < to; at += 1) {
      const damaged = Buffer.from(whole)
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0x20, at)
      writeFileSync(path, damaged)
      const there = await createCommits(path, silentLog).of(NAMES)
      expect(there.map(({ deliveryId }) => deliveryId)).toEqual(['one', 'three'])
    }
  })

  it('keeps the newer half when it has become long', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'commits.jsonl')
    await withThree(path)
    const long = createCommits(path, silentLog, 4)
    expect(await long.of(NAMES)).toHaveLength(3)
    await long.note(begun('four'))
    await long.note(begun('five'))
    const short = createCommits(path, silentLog, 4)
    const there = await short.of([...NAMES, 'four', 'five'])
    expect(there.map(({ deliveryId }) => deliveryId)).toEqual(['four', 'five'])
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3)
    expect(readdirSync(folder.path)).toEqual(['commits.jsonl'])
    // It is gone on with.
    await short.note(begun('six'))
    expect(await createCommits(path, silentLog).of(['four', 'five', 'six'])).toHaveLength(3)
  })

  it('keeps nothing from going out: what cannot be written is told to the log, and asking for it fails', async () => {
    using folder = temporaryFolder()
    const told: string[] = []
    const log: Log = { ...silentLog, error: (text) => told.push(text) }
    // A folder stands where the file should be.
    const commits = createCommits(folder.path, log)
    expect(await commits.note(begun('one'))).toBeNull()
    expect(told).toEqual(['It is not written down that a post was begun to be sent'])
    await expect(commits.of(['one'])).rejects.toThrow()
  })
})
