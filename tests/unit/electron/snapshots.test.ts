import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSnapshots, outdated, type Snapshots } from '../../../electron/services/snapshots.ts'
import type { SnapshotHead } from '../../../shared/contract/contract.ts'
import { temporaryFolder } from '../../support/project.ts'

const HOUR = 3_600_000
const NOON = Date.UTC(2026, 10, 24, 12)

async function copy(snapshots: Snapshots, lines: readonly string[], kind: SnapshotHead['kind'] = 'hourly') {
  await snapshots.write('plan', lines, true)
  return snapshots.finish('plan', kind)
}
const heads = async (snapshots: Snapshots) => {
  const found = await snapshots.heads()
  if (!found.ok) throw new Error(found.error.message)
  return found.value
}

describe('a copy', () => {
  it('has its name only once it was read back, and says what it holds', async () => {
    using folder = temporaryFolder()
    const snapshots = createSnapshots(folder.path, () => NOON)
    await snapshots.write('plan', ['about', 'first'], true)
    expect(await heads(snapshots)).toEqual([])
    const finished = await snapshots.finish('plan', 'hourly')
    expect(finished).toMatchObject({ ok: true, value: { name: 'plan', at: NOON, kind: 'hourly', about: 'about' } })
    expect(await heads(createSnapshots(folder.path))).toEqual(finished.ok ? [finished.value] : [])
    expect(readdirSync(join(folder.path, 'plan'))).toEqual([`${NOON}-hourly.jsonl`])
  })

  it('does not count when the disk gives back something else than was written', async () => {
    using folder = temporaryFolder()
    const snapshots = createSnapshots(folder.path, () => NOON)
    await snapshots.write('plan', ['about', 'first'], true)
    const file = join(folder.path, 'plan', 'unfinished.jsonl')
    const bytes = readFileSync(file)
    bytes.writeUInt8(bytes.readUInt8(14) ^ 1, 14)
    writeFileSync(file, bytes)
    expect(await snapshots.finish('plan', 'hourly')).toMatchObject({ ok: false, error: { kind: 'failed' } })
    expect([await heads(snapshots), existsSync(file)]).toEqual([[], false])
  })

  it('is none while it is unfinished, and the next one takes its place', async () => {
    using folder = temporaryFolder()
    const before = createSnapshots(folder.path, () => NOON)
    await before.write('plan', ['half'], true)
    const after = createSnapshots(folder.path, () => NOON)
    expect(await heads(after)).toEqual([])
    await copy(after, ['whole'])
    expect(await after.read('plan', NOON, 0)).toEqual({ ok: true, value: [{ sequence: 0, text: 'whole' }] })
    await before.close()
  })

  it('whose line is damaged later gives the others, and the one before it is there still', async () => {
    using folder = temporaryFolder()
    let now = NOON
    const snapshots = createSnapshots(folder.path, () => now)
    await copy(snapshots, ['about', 'first', 'second'])
    now += HOUR
    await copy(snapshots, ['about', 'first', 'second'])
    const file = join(folder.path, 'plan', `${now}-hourly.jsonl`)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"first"', '"fihst"'))
    const texts = async (at: number) => {
      const page = await snapshots.read('plan', at, 0)
      return page.ok && page.value.map(({ text }) => text)
    }
    expect(await texts(now)).toEqual(['about', 'second'])
    expect(await texts(NOON)).toEqual(['about', 'first', 'second'])
  })

  it.skipIf(process.platform === 'win32')('can be read by its owner only', async () => {
    using folder = temporaryFolder()
    const inside = join(folder.path, 'snapshots')
    await copy(
      createSnapshots(inside, () => NOON),
      ['about'],
    )
    expect([inside, join(inside, 'plan')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700])
    expect(statSync(join(inside, 'plan', `${NOON}-hourly.jsonl`)).mode & 0o777).toBe(0o600)
  })

  it('that finds no room says so, and leaves nothing half made', async () => {
    using folder = temporaryFolder()
    const snapshots = createSnapshots(
      folder.path,
      () => NOON,
      async (...how) => {
        const file = await open(...how)
        file.appendFile = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }))
        return file
      },
    )
    expect(await snapshots.write('plan', ['about'], true)).toMatchObject({ ok: false, error: { kind: 'disk-full' } })
    expect(await snapshots.finish('plan', 'hourly')).toMatchObject({ ok: false })
    expect(readdirSync(join(folder.path, 'plan'))).toEqual([])
  })

  it('says what is wrong when its folder cannot be made', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'blocked'), 'a file')
    const snapshots = createSnapshots(join(folder.path, 'blocked', 'snapshots'))
    expect(await snapshots.write('plan', ['x'], true)).toMatchObject({ ok: false, error: { kind: 'not-found' } })
  })

  it('is not taken for one when it only lies there', async () => {
    using folder = temporaryFolder()
    const snapshots = createSnapshots(folder.path, () => NOON)
    await copy(snapshots, ['about'])
    appendFileSync(join(folder.path, 'plan', 'notes.txt'), 'x')
    appendFileSync(join(folder.path, 'README'), 'x')
    expect((await heads(snapshots)).map(({ at }) => at)).toEqual([NOON])
  })
})

describe('copies', () => {
  const hourly = (at: number) => ({ at, kind: 'hourly' as const })
  const aside = (at: number) => ({ at, kind: 'before' as const })

  it('are kept for the last 24 hours of work, and one for each of the last 14 days of it', () => {
    // Four weeks at the desk, eight copies a day.
    const all = Array.from({ length: 28 }, (_, day) =>
      Array.from({ length: 8 }, (_none, hour) => hourly(NOON - day * 24 * HOUR - hour * HOUR)),
    ).flat()
    const kept = all.filter((each) => !outdated(all).includes(each))
    expect(kept.slice(0, 24)).toEqual(all.slice(0, 24))
    expect(kept.slice(24)).toEqual(Array.from({ length: 11 }, (_, day) => hourly(NOON - (day + 3) * 24 * HOUR)))
  })

  it('are not thrown away for being old', () => {
    const all = [hourly(NOON), hourly(NOON - 400 * 24 * HOUR)]
    expect(outdated(all)).toEqual([])
  })

  it('that were made before something was replaced are not pushed out by the hours', () => {
    const all = [...Array.from({ length: 30 }, (_, hour) => hourly(NOON - hour * HOUR)), aside(NOON - 40 * HOUR)]
    expect(outdated(all)).not.toContainEqual(aside(NOON - 40 * HOUR))
    const many = Array.from({ length: 7 }, (_, index) => aside(NOON - index))
    expect(outdated(many)).toEqual(many.slice(5))
  })

  it('older than those kept go when the next one is finished', async () => {
    using folder = temporaryFolder()
    let now = NOON
    const snapshots = createSnapshots(folder.path, () => now)
    for (let hour = 0; hour < 7; hour++) {
      await copy(snapshots, ['about'], 'before')
      now += HOUR
    }
    expect((await heads(snapshots)).map(({ at }) => (at - NOON) / HOUR)).toEqual([6, 5, 4, 3, 2])
  })
})
