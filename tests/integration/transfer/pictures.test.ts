import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { createPost } from '../../../renderer/data/commands/posts.ts'
import type { Measure } from '../../../renderer/data/pictures.ts'
import { unsealed } from '../../../renderer/data/sums.ts'
import { bringIn } from '../../../renderer/features/transfer/bringIn.ts'
import type { ExportFormat } from '../../../renderer/features/transfer/exportFiles.ts'
import { readFiles } from '../../../renderer/features/transfer/reading.ts'
import { createSample } from '../../../renderer/features/welcome/sample.ts'
import { type Doc, type DocNode, imagesIn } from '../../../shared/domain/document.ts'
import type { SourceFile } from '../../../shared/interchange/model.ts'
import { exportedFile } from '../../support/exporting.ts'
import { addMedium } from '../../support/library.ts'
import { aPng, aPngBomb, aSvg } from '../../support/mediaFiles.ts'
import { createMemoryShell } from '../../support/memoryShell.ts'
import { aWorkspace, type TestWorkspace } from '../../support/workspace.ts'
import { textFile } from './posts18f.ts'

const ZONE = 'Europe/Berlin'
/** Pictures that can be told apart by their width. */
const lake = aPng(20, 10)
const hut = aPng(30, 10)
const map = aPng(40, 10)
const measure = async (picture: Blob) => {
  const bytes = new Uint8Array(await picture.arrayBuffer())
  const { width, height } = { width: bytes[19] ?? 0, height: bytes[23] ?? 0 }
  return width > 0 ? { width, height } : null
}

async function bring(
  workspace: TestWorkspace,
  files: readonly SourceFile[],
  signal = new AbortController().signal,
  size: Measure = measure,
) {
  const reading = readFiles(files, { zone: ZONE, time: '09:00' })
  const picked = files.map(({ path, bytes }) => ({ path, file: new File([new Uint8Array(bytes)], path) }))
  return bringIn(
    { workspace, shell: workspace.shell, clock: workspace.clock, measure: size },
    { ...reading, from: 'a folder', zone: ZONE, channelId: '', campaignId: '', files: picked },
    () => {},
    signal,
  )
}

const exported = async ({ db, clock }: TestWorkspace, format: ExportFormat) => {
  const { name, bytes } = await exportedFile(
    db,
    { format },
    { name: 'Fernhollow', now: clock.now(), settings: { zone: ZONE } },
  )
  const files = name.endsWith('.zip')
    ? Object.entries(unzipSync(bytes)).map(([path, content]) => ({ path, bytes: content }))
    : [{ path: name, bytes }]
  return { name, files, paths: files.map(({ path }) => path).sort() }
}

const widthOf = async ({ db }: TestWorkspace, id: unknown) => {
  const blob = await db.blobs.get(String(id))
  return blob ? (await measure(new Blob([blob.bytes])))?.width : undefined
}

/** Per post its title, lead picture and the pictures of its text: width of the stored one, and its words. */
async function picturesOf(workspace: TestWorkspace) {
  const { db } = workspace
  const posts = await db.posts.orderBy('plannedAt').toArray()
  return Promise.all(
    posts.map(async ({ id, title, coverId, media: [lead] }) => {
      const images = imagesIn((await db.documents.get(id))?.content ?? [])
      return {
        title,
        cover: lead ? [await widthOf(workspace, coverId), lead.alt || (await db.media.get(coverId))?.alt] : null,
        text: await Promise.all(
          images.map(async ({ attrs }) => [await widthOf(workspace, attrs?.mediumId), attrs?.alt, attrs?.title]),
        ),
      }
    }),
  )
}

const picture = (mediumId: string, alt: string, title: string | null = null): DocNode => ({
  type: 'image',
  attrs: { src: 'image.png', alt, title, mediumId },
})
const withPictures = (...images: DocNode[]): Doc => ({
  type: 'doc',
  content: [
    { type: 'paragraph', content: [{ type: 'text', text: 'Look: ' }, ...images] },
    {
      type: 'bulletList',
      content: [{ type: 'listItem', content: [{ type: 'paragraph', content: images.slice(0, 1) }] }],
    },
  ],
})

/** Posts written here: pasted pictures are all called alike, and one is shown in two posts. */
async function aWrittenWorkspace() {
  const workspace = await aWorkspace({ zone: ZONE })
  const { store, shell } = workspace
  const add = async (bytes: Uint8Array<ArrayBuffer>, alt: string) => {
    const added = await addMedium(workspace, shell, bytes, {
      name: 'image.png',
      type: 'image/png',
      width: bytes[19] ?? 0,
      height: 10,
      alt,
    })
    if (!added.ok) throw new Error(added.error.message)
    return added.value
  }
  const ids = { lake: await add(lake, 'The tarn at dawn'), hut: await add(hut, ''), map: await add(map, '') }
  const on = (day: number) => ({ date: `2026-10-0${day}`, time: '09:00', zone: ZONE })
  await createPost(
    store,
    { title: 'First', planned: on(1), coverId: ids.lake },
    withPictures(picture(ids.lake, 'The tarn, [again]', 'Dawn'), picture(ids.hut, 'A hut “in” snow')),
  )
  await createPost(
    store,
    { title: 'Second', planned: on(2) },
    withPictures(picture(ids.map, ''), picture(ids.hut, 'Hut')),
  )
  await createPost(store, { title: 'Third', planned: on(3), coverId: ids.map })
  return workspace
}

describe('pictures of an import', () => {
  test('meet no decoder when they are cut off or would unfold to more than fits, and a drawing comes in made safe', async () => {
    const post = (title: string, image: string) =>
      textFile(`${title}.md`, `---\ntitle: ${title}\nimage: ${image}\n---\nWords.\n`)
    const workspace = await aWorkspace({ zone: ZONE })
    await bring(workspace, [
      post('Whole', 'lake.png'),
      post('Cut off', 'half.png'),
      post('Too large', 'bomb.png'),
      post('Drawn', 'mark.svg'),
      { path: 'lake.png', bytes: lake },
      { path: 'half.png', bytes: lake.subarray(0, lake.length - 8) },
      { path: 'bomb.png', bytes: aPngBomb(40_000, 40_000) },
      { path: 'mark.svg', bytes: aSvg('<script>alert(1)</script><path d="M0 0h9v9z"/>') },
    ])
    const media = await workspace.db.media.toArray()
    expect(media.map(({ type }) => type).sort()).toEqual(['image/png', 'image/svg+xml'])
    expect(media.every(({ hash }) => hash !== '')).toBe(true)
    const drawing = await workspace.db.blobs.get(media.find(({ type }) => type === 'image/svg+xml')?.id ?? '')
    expect(await new Blob([drawing?.bytes ?? '']).text()).not.toContain('script')
  })
})

describe('pictures of posts written here', () => {
  test('lie in the Markdown folder once each, and come in again with their words', async () => {
    const first = await aWrittenWorkspace()
    const { name, files, paths } = await exported(first, 'markdown')
    expect(name).toBe('fernhollow-2026-11-24-markdown.zip')
    expect(paths).toEqual([
      '2026-10-01-first.md',
      '2026-10-02-second.md',
      '2026-10-03-third.md',
      'media/image-2.png',
      'media/image-3.png',
      'media/image.png',
    ])
    const second = await aWorkspace({ zone: ZONE })
    await bring(second, files)
    expect(await picturesOf(second)).toEqual(await picturesOf(first))
    expect((await exported(second, 'markdown')).files).toEqual(files)
  })

  test('lie beside the export of the workspace, and come in again under their ids', async () => {
    const first = await aWrittenWorkspace()
    const { name, files, paths } = await exported(first, 'json')
    expect(name).toBe('fernhollow-2026-11-24-outpost.zip')
    const media = await first.db.media.toArray()
    expect(paths).toEqual([...media.map(({ id }) => `media/${id}.png`).sort(), 'workspace.json'])
    const second = await aWorkspace({ zone: ZONE })
    await bring(second, files)
    for (const table of ['posts', 'documents', 'media'] as const)
      expect((await second.db[table].toArray()).map(unsealed)).toEqual((await first.db[table].toArray()).map(unsealed))
    expect(await picturesOf(second)).toEqual(await picturesOf(first))
    await second.store.undo()
    expect([await second.db.posts.count(), await second.db.media.count()]).toEqual([0, 0])
    await second.store.redo()
    expect(await picturesOf(second)).toEqual(await picturesOf(first))
  })

  test('brought in twice are copies of the posts with the same pictures', async () => {
    const first = await aWrittenWorkspace()
    const { files } = await exported(first, 'json')
    await bring(first, files)
    expect([await first.db.posts.count(), await first.db.media.count()]).toEqual([6, 3])
  })

  test('without a picture the export is the one file it was', async () => {
    const workspace = await aWorkspace({ zone: ZONE })
    await createPost(workspace.store, { title: 'Words only' })
    expect((await exported(workspace, 'json')).name).toBe('fernhollow-2026-11-24.json')
  })
})

describe('pictures of a site', () => {
  const site: SourceFile[] = [
    textFile(
      '_posts/2026-10-01-tarn.md',
      '---\ntitle: The tarn\nimage: /assets/lake.png\nimage_alt: Water\n---\n\nSee ![A hut](../assets/my%20hut.png "Winter") and ![gone](../assets/gone.png)\n',
    ),
    textFile(
      '_posts/2026-10-02-bundle/index.md',
      '---\ntitle: A bundle\nimage: /assets/lake.png\n---\n\n![The way](map.png)\n\n![Far away](https://a.example/far.png)\n',
    ),
    { path: 'assets/lake.png', bytes: lake },
    { path: 'assets/my hut.png', bytes: hut },
    { path: '_posts/2026-10-02-bundle/map.png', bytes: map },
    { path: 'assets/unused.png', bytes: aPng(50, 10) },
    textFile('assets/gone.png', 'no picture'),
  ]

  test('come in with the posts that show them, in texts too; what is none stays an address', async () => {
    const workspace = await aWorkspace({ zone: ZONE })
    expect((await bring(workspace, site)).ok).toBe(true)
    expect(await picturesOf(workspace)).toEqual([
      {
        title: 'The tarn',
        cover: [20, 'Water'],
        text: [
          [30, 'A hut', 'Winter'],
          [undefined, 'gone', null],
        ],
      },
      {
        title: 'A bundle',
        cover: [20, ''],
        text: [
          [40, 'The way', null],
          [undefined, 'Far away', null],
        ],
      },
    ])
    await workspace.store.undo()
    expect(await workspace.db.media.count()).toBe(0)
  })

  test('go back to where the posts say they are, and not a letter of the posts changes', async () => {
    const workspace = await aWorkspace({ zone: ZONE })
    await bring(workspace, site)
    const { files } = await exported(workspace, 'markdown')
    const written = new Map(
      files.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, bytes }) => [path, bytes]),
    )
    for (const { path, bytes } of site.slice(0, 5)) expect(written.get(path), path).toEqual(bytes)
    expect(written.size).toBe(5)
  })

  test('leave nothing behind when the import is stopped, or its second copy cannot be written', async () => {
    const stopping = new AbortController()
    stopping.abort()
    const shell = createMemoryShell()
    const workspace = await aWorkspace({ zone: ZONE, shell })
    expect((await bring(workspace, site, stopping.signal)).ok).toBe(false)
    shell.mediaFault = { kind: 'disk-full', message: 'The disk is full.' }
    expect(await bring(workspace, site)).toMatchObject({ ok: false, error: { kind: 'failed' } })
    expect([
      await workspace.db.posts.count(),
      await workspace.db.media.count(),
      await workspace.db.blobs.count(),
    ]).toEqual([0, 0, 0])
  })
})

describe('the sample workspace', () => {
  const aSample = async () => {
    const workspace = await aWorkspace({ zone: ZONE })
    const folder = new URL('../../../assets/sample/', import.meta.url)
    const load = async (name: string) => new Uint8Array(await readFile(new URL(`${name}.jpg`, folder)))
    await createSample(workspace, workspace.shell, '2026-11-24', load)
    return workspace
  }
  const bytesIn = async (stored: Blob | ArrayBuffer = new ArrayBuffer()) =>
    new Uint8Array(await new Blob([stored]).arrayBuffer())
  const rowsOf = async ({ db }: TestWorkspace, table: (typeof TABLES)[number]) =>
    (await db[table].toArray()).toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((row) => unsealed<object>(row))

  test('is the same after it went out as one file and came in again: every table, every picture', async () => {
    const first = await aSample()
    const second = await aWorkspace({ zone: ZONE })
    expect((await bring(second, (await exported(first, 'json')).files, undefined, anySize)).ok).toBe(true)
    for (const table of TABLES) expect(await rowsOf(second, table), table).toEqual(await rowsOf(first, table))
    for (const { id, bytes } of await first.db.blobs.toArray())
      expect(await bytesIn((await second.db.blobs.get(id))?.bytes)).toEqual(await bytesIn(bytes))
  })

  test('gives the same table after it came in from one', async () => {
    const text = ({ files }: { files: readonly SourceFile[] }) =>
      new TextDecoder().decode(files[0]?.bytes).split('\n').toSorted()
    const first = await exported(await aSample(), 'csv')
    const second = await aWorkspace({ zone: ZONE })
    await bring(second, first.files)
    expect(text(await exported(second, 'csv'))).toEqual(text(first))
  })

  test('gives the same Markdown folder after it came in from one', async () => {
    const first = await exported(await aSample(), 'markdown')
    const second = await aWorkspace({ zone: ZONE })
    await bring(second, first.files, undefined, anySize)
    const texts = ({ files }: typeof first) =>
      files
        .toSorted((a, b) => (a.path < b.path ? -1 : 1))
        .map(({ path, bytes }) => [path, path.endsWith('.md') ? new TextDecoder().decode(bytes) : bytes.length])
    expect(texts(await exported(second, 'markdown'))).toEqual(texts(first))
  })
})

const TABLES = [
  'posts',
  'documents',
  'campaigns',
  'channels',
  'people',
  'pillars',
  'tasks',
  'dayNotes',
  'views',
  'media',
] as const
/** The sizes the sample gives its pictures. */
const anySize = async () => ({ width: 640, height: 480 })
