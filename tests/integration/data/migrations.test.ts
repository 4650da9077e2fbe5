import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { WorkspaceDb } from '../../../renderer/data/db.ts'
import { completed, migrations } from '../../../renderer/data/migrations/index.ts'
import { TABLE_NAMES } from '../../../renderer/data/tables.ts'
import { newDelivery } from '../../../shared/domain/delivery.ts'
import { plainMedium } from '../../../shared/domain/medium.ts'
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
    await db.posts.add({ id: 'a', plannedAt: -1, labels: ['x', 'y'], channelIds: ['c'] } as never)
    expect(await db.posts.where('labels').equals('y').count()).toBe(1)
    expect(await db.posts.where('plannedAt').equals(-1).count()).toBe(1)
  },
  2: async () => {
    const name = `schema-${newId()}`
    const before = new Dexie(name)
    const [first] = migrations
    before.version(1).stores(first?.stores as Record<string, string>)
    const picture = { id: 'm', name: 'a.png', type: 'image/png', size: 9, width: 4, height: 3, alt: 'A', createdAt: 5 }
    const image = { type: 'image', attrs: { src: 'a.png', mediumId: 'm' } }
    await before.table('media').add({ ...picture, trashedAt: 0 })
    await before.table('documents').bulkAdd([
      { id: 'p', content: [{ type: 'paragraph', content: [image, image] }] },
      { id: 'q', content: [] },
    ])
    await before.table('posts').add({ id: 'p', plannedAt: -1, coverId: 'm', labels: [], channelIds: [] })
    before.close()
    const db = new WorkspaceDb(name, 2)
    expect(await db.media.toArray()).toEqual([plainMedium({ ...picture, trashedAt: 0 })])
    expect(await db.media.where('shape').equals('wide').primaryKeys()).toEqual(['m'])
    expect(await db.media.where('[trashedAt+createdAt]').between([0, 0], [0, 9]).primaryKeys()).toEqual(['m'])
    expect(await db.documents.where('mediaIds').equals('m').primaryKeys()).toEqual(['p'])
    expect(await db.posts.where('coverId').equals('m').primaryKeys()).toEqual(['p'])
    expect(await db.documents.get('q')).toEqual({ id: 'q', content: [] })
  },
  3: async () => {
    const name = `schema-${newId()}`
    const before = new WorkspaceDb(name, 1)
    await before.posts.bulkAdd([
      { id: 'covered', coverId: 'm1' },
      { id: 'plain', coverId: '' },
    ] as never[])
    before.close()
    const db = new WorkspaceDb(name)
    expect((await db.posts.get('covered'))?.media).toEqual([{ mediumId: 'm1', alt: '', ratio: '' }])
    expect((await db.posts.get('plain'))?.media).toEqual([])
    expect(await db.placements.count()).toBe(0)
  },
  4: async () => {
    const name = `schema-${newId()}`
    const before = new WorkspaceDb(name, 3)
    await before.campaigns.add({ id: 'tarn', name: 'Tarn 28', trashedAt: 0 } as never)
    before.close()
    const db = new WorkspaceDb(name)
    expect(await db.campaigns.get('tarn')).toMatchObject({ name: 'Tarn 28', personaIds: [] })
    for (const table of [db.snippets, db.mentions, db.vocabulary, db.brandWords, db.personas, db.templates])
      expect(await table.count()).toBe(0)
  },
  5: async () => {
    const name = `schema-${newId()}`
    const before = new WorkspaceDb(name, 3)
    await before.channels.bulkAdd([
      { id: 'a', network: 'linkedin' },
      { id: 'b', network: 'mastodon' },
    ] as never[])
    before.close()
    const db = new WorkspaceDb(name)
    expect(await db.channels.get('a')).toMatchObject({ kind: 'page', quiet: null, grace: 120 })
    expect(await db.channels.get('b')).toMatchObject({ kind: 'profile', handle: '', perDay: 0 })
  },
  6: async () => {
    const name = `schema-${newId()}`
    const before = new WorkspaceDb(name, 5)
    await before.posts.add({ id: 'a', media: [], coverId: '' } as never)
    before.close()
    const db = new WorkspaceDb(name)
    expect(await db.posts.get('a')).toMatchObject({ seriesId: '', evergreen: null, inPool: 0 })
    expect(await db.posts.where('inPool').equals(0).count()).toBe(1)
    expect(await db.series.count()).toBe(0)
  },
  8: async () => {
    const name = `schema-${newId()}`
    const before = new WorkspaceDb(name, 6)
    await before.posts.add({ id: 'a', media: [], coverId: '' } as never)
    before.close()
    const db = new WorkspaceDb(name)
    const delivery = newDelivery({ id: 'a~c', postId: 'a', channelId: 'c', dueAt: 7, contentAt: 0 })
    await db.deliveries.add({ ...delivery, queue: 'c', state: { kind: 'due', after: 7, because: null } })
    expect(await db.posts.count()).toBe(1)
    expect(await db.deliveries.where('state.kind').equals('due').count()).toBe(1)
    expect(await db.deliveries.where('[queue+place+id]').between(['c', 0, ''], ['c', 7, 'b']).count()).toBe(1)
    expect(await db.accounts.count()).toBe(0)
  },
  9: async () => {
    const name = `schema-${newId()}`
    const before = new WorkspaceDb(name, 8)
    await before.deliveries.add(newDelivery({ id: 'a~c', postId: 'a', channelId: 'c', dueAt: 7, contentAt: 0 }))
    before.close()
    const db = new WorkspaceDb(name)
    expect(await db.deliveries.where('[channelId+wakeAt]').between(['c', 0], ['c', 7], true, true).count()).toBe(1)
  },
  10: async () => {
    const name = `schema-${newId()}`
    const before = new WorkspaceDb(name, 9)
    await before.channels.bulkAdd([
      { id: 'a', grace: 30 },
      { id: 'b', late: 'slot' },
    ] as never[])
    before.close()
    const db = new WorkspaceDb(name)
    expect(await db.channels.get('a')).toMatchObject({ grace: 30, late: 'ask' })
    expect(await db.channels.get('b')).toMatchObject({ late: 'slot' })
  },
  11: async () => {
    const name = `schema-${newId()}`
    const before = new WorkspaceDb(name, 10)
    const out = newDelivery({ id: 'a~c', postId: 'a', channelId: 'c', dueAt: 7, contentAt: 0 })
    const published = { kind: 'published', at: 8, late: false, reads: 1, mark: null } as const
    await before.deliveries.bulkAdd([
      { ...out, state: published },
      { ...out, id: 'b~c', state: { ...published, mark: { kind: 'private', because: '' } } },
    ])
    before.close()
    const db = new WorkspaceDb(name)
    expect(await db.deliveries.where('[dueAt+state.mark.kind]').between([7], [8]).primaryKeys()).toEqual(['b~c'])
    expect(await db.deliveries.where('state.goesOut').above(0).count()).toBe(0)
  },
}

describe('the latest schema', () => {
  it('has every table that commands write to', async () => {
    const db = new WorkspaceDb(`schema-${newId()}`)
    await db.open()
    const names = db.tables.map(({ name }) => name)
    for (const name of [...TABLE_NAMES, 'blobs', 'changes', 'patches']) expect(names).toContain(name)
  })
})

describe('a row of an earlier version that comes back from the log', () => {
  it('is completed, and one that is complete stays as it is', () => {
    const old = completed('posts', { id: 'a', coverId: 'm1' })
    expect(old).toMatchObject({ media: [{ mediumId: 'm1' }] })
    expect(completed('posts', old)).toBe(old)
    expect(completed('campaigns', { id: 'c' })).toEqual({ id: 'c', personaIds: [] })
    expect(completed('people', { id: 'b' })).toEqual({ id: 'b' })
  })
})

describe.each(Object.entries(tested))('migration %s', (_version, check) => {
  it('opens the database of the version before', check)
})
