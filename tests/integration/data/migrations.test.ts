import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WorkspaceDb } from '../../../renderer/data/db.ts'
import { migrations } from '../../../renderer/data/migrations/index.ts'
import { TABLE_NAMES } from '../../../renderer/data/tables.ts'
import { newId } from '../../../shared/lib/ids.ts'

const folder = join(import.meta.dirname, '../../../renderer/data/migrations')

describe('schema changes', () => {
  it('have one file each, numbered without a hole, and each has a test below', () => {
    const files = readdirSync(folder)
      .filter((name) => /^\d{4}-/.test(name))
      .sort()
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(migrations.map(({ version }) => version))
    expect(Object.keys(tested).map(Number)).toEqual(migrations.map(({ version }) => version))
  })
})

const tested: Record<number, () => Promise<void>> = {
  1: async () => {
    const db = new WorkspaceDb(`schema-${newId()}`, 1)
    await db.open()
    const names = db.tables.map(({ name }) => name)
    for (const name of [...TABLE_NAMES, 'blobs', 'changes', 'patches']) expect(names).toContain(name)
    await db.posts.add({ id: 'a', plannedAt: -1, labels: ['x', 'y'], channelIds: ['c'] } as never)
    expect(await db.posts.where('labels').equals('y').count()).toBe(1)
    expect(await db.posts.where('plannedAt').equals(-1).count()).toBe(1)
  },
}

describe.each(Object.entries(tested))('migration %s', (_version, check) => {
  it('opens the database of the version before', check)
})
