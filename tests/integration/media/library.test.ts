import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPost, trashPosts } from '../../../renderer/data/commands/posts.ts'
import {
  firstIds,
  foldersOf,
  libraryIds,
  librarySums,
  type MediaFilter,
  type MediaOrder,
  mediaLabels,
  NO_MEDIA_FILTER,
} from '../../../renderer/data/media/library.ts'
import { type Medium, plainMedium, rightsOf } from '../../../shared/domain/medium.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { aText, withFiles } from '../../support/library.ts'
import { aWorkspace } from '../../support/workspace.ts'

const TODAY = '2026-11-24'

const file: fc.Arbitrary<Medium> = fc
  .record({
    name: fc.constantFrom('a.jpg', 'b.png', 'c.mp4', 'd.pdf'),
    kind: fc.constantFrom('image', 'video', 'document'),
    width: fc.constantFrom(0, 30, 40),
    height: fc.constantFrom(0, 30, 40),
    size: fc.nat(9),
    folder: fc.constantFrom('', 'Tarn', 'Tarn/Studio', 'Tarnished'),
    labels: fc.uniqueArray(fc.constantFrom('moss', 'rust'), { maxLength: 2 }),
    rating: fc.nat(5),
    alt: fc.constantFrom('', 'A pack'),
    licenceUntil: fc.constantFrom('', '2026-11-01', '2026-12-01', '2027-12-01'),
    releaseUntil: fc.constantFrom('', '2026-12-24', '2026-12-25'),
    createdAt: fc.nat(5),
    trashedAt: fc.constantFrom(0, 0, 0, 7),
  })
  .map((fields) => plainMedium({ ...fields, id: newId(), type: 'image/png' }))
const filter: fc.Arbitrary<MediaFilter> = fc.record({
  folder: fc.constantFrom(null, '', 'Tarn'),
  kinds: fc.subarray(['image', 'video'] as const),
  shapes: fc.subarray(['wide', 'square'] as const),
  labels: fc.subarray(['moss', 'rust']),
  rating: fc.constantFrom(0, 0, 3),
  marks: fc.subarray(['no-alt', 'rights', 'unused'] as const),
})
const ORDER: Readonly<Record<MediaOrder, (a: Medium, b: Medium) => number>> = {
  newest: (a, b) => b.createdAt - a.createdAt,
  oldest: (a, b) => a.createdAt - b.createdAt,
  name: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  largest: (a, b) => b.size - a.size,
}

/** What the filter says, told row by row. */
const passes = (medium: Medium, asked: MediaFilter, used: ReadonlySet<string>): boolean =>
  medium.trashedAt === 0 &&
  (asked.folder === null ||
    medium.folder === asked.folder ||
    (asked.folder !== '' && medium.folder.startsWith(`${asked.folder}/`))) &&
  (asked.kinds.length === 0 || asked.kinds.includes(medium.kind)) &&
  (asked.shapes.length === 0 || asked.shapes.includes(medium.shape)) &&
  (asked.labels.length === 0 || asked.labels.some((label) => medium.labels.includes(label))) &&
  medium.rating >= asked.rating &&
  (!asked.marks.includes('no-alt') || medium.alt === '') &&
  (!asked.marks.includes('rights') || ['ending', 'ended'].includes(rightsOf(medium, TODAY).kind)) &&
  (!asked.marks.includes('unused') || !used.has(medium.id))

describe('the library', () => {
  it('shows what passes the filter, in order, whatever lies in it', async () => {
    const orders = fc.constantFrom<MediaOrder>('newest', 'oldest', 'name', 'largest')
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 25 }), filter, orders, async (media, asked, order) => {
        const { db, store, close } = await aWorkspace()
        await db.media.bulkAdd(media)
        const [cover, shown] = media
        if (cover && shown) await createPost(store, { coverId: cover.id }, aText(shown))
        const used = new Set(cover && shown ? [cover.id, shown.id] : [])
        const ids = await libraryIds(db, asked, order, TODAY)
        const wanted = media.filter((medium) => passes(medium, asked, used))
        expect([...ids].sort()).toEqual(wanted.map(({ id }) => id).sort())
        const byId = new Map(media.map((medium) => [medium.id, medium]))
        const rows = ids.flatMap((id) => byId.get(id) ?? [])
        expect(rows).toEqual(rows.toSorted(ORDER[order]))
        close()
      }),
      { numRuns: 200 },
    )
  })

  it('opens with the files the whole list begins with, in every order', async () => {
    const orders = fc.constantFrom<MediaOrder>('newest', 'oldest', 'name', 'largest')
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { maxLength: 12 }),
        orders,
        fc.integer({ min: 1, max: 6 }),
        async (media, order, most) => {
          const { db, close } = await aWorkspace()
          await db.media.bulkAdd(media)
          const all = await libraryIds(db, NO_MEDIA_FILTER, order, TODAY)
          expect(await firstIds(db, order, most)).toEqual(all.slice(0, most))
          close()
        },
      ),
      { numRuns: 50 },
    )
  })

  it('counts a use in the trash as a use: it may come back', async () => {
    const workspace = await aWorkspace()
    const [medium] = await withFiles(workspace, {})
    const post = await createPost(workspace.store, { coverId: medium?.id ?? '' })
    await trashPosts(workspace.store, [post])
    expect(await libraryIds(workspace.db, { ...NO_MEDIA_FILTER, marks: ['unused'] }, 'newest', TODAY)).toEqual([])
  })

  it('names its folders and labels, and what it takes', async () => {
    const workspace = await aWorkspace()
    const { db } = workspace
    await withFiles(
      workspace,
      { folder: 'Tarn/Studio', labels: ['moss', 'rust'], size: 5 },
      { folder: 'Tarn', labels: ['Autumn'], size: 7 },
      { folder: 'Tarn', trashedAt: 1, size: 100 },
      { folder: 'Gone', trashedAt: 1, size: 1 },
      {},
    )
    expect(await foldersOf(db)).toEqual([
      { path: 'Tarn', files: 1 },
      { path: 'Tarn/Studio', files: 1 },
    ])
    expect(await mediaLabels(db)).toEqual(['Autumn', 'moss', 'rust'])
    expect(await librarySums(db)).toEqual({ files: 3, bytes: 116 })
  })
})
