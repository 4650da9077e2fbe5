import { strToU8, unzipSync } from 'fflate'
import { beforeEach, describe, expect, it } from 'vitest'
import { addMedia } from '../../../renderer/data/commands/media.ts'
import { changePlacement } from '../../../renderer/data/commands/placements.ts'
import { createPost, duplicatePosts } from '../../../renderer/data/commands/posts.ts'
import { keepBytes } from '../../../renderer/data/media/originals.ts'
import { unsealed } from '../../../renderer/data/sums.ts'
import { shelfOf } from '../../../renderer/data/workspace.ts'
import { bringIn } from '../../../renderer/features/transfer/bringIn.ts'
import { type ExportChoice, makeExport } from '../../../renderer/features/transfer/exportFiles.ts'
import { readFiles } from '../../../renderer/features/transfer/reading.ts'
import { blankChannel } from '../../../shared/domain/channel.ts'
import type { Medium } from '../../../shared/domain/medium.ts'
import { type PlacedMedium, withMedia } from '../../../shared/domain/placement.ts'
import type { SourceFile } from '../../../shared/interchange/model.ts'
import { safeSvg } from '../../../shared/media/svg.ts'
import { exportedFile } from '../../support/exporting.ts'
import { aMedium, aText } from '../../support/library.ts'
import { aBoxedPicture, aMovie, aPdf, aPng, aSvg, sound } from '../../support/mediaFiles.ts'
import { aWorkspace, type TestWorkspace } from '../../support/workspace.ts'

const ZONE = 'Europe/Berlin'
const about = { name: 'Fernhollow', now: Date.UTC(2026, 10, 24), settings: { zone: ZONE } }
/** The browser that brings it in decodes no HEIC. */
const measure = async (picture: Blob) => {
  const bytes = new Uint8Array(await picture.arrayBuffer())
  return picture.type === 'image/png' ? { width: bytes[19] ?? 0, height: bytes[23] ?? 0 } : null
}

async function add(workspace: TestWorkspace, bytes: Uint8Array<ArrayBuffer>, fields: Partial<Medium>): Promise<Medium> {
  const medium = aMedium({ size: bytes.length, hash: `hash of ${fields.name}`, ...fields })
  const blob = new Blob([bytes], { type: medium.type })
  const kept = await keepBytes(shelfOf(workspace), workspace.shell, { id: medium.id, bytes: blob })
  if (!kept.ok) throw new Error(kept.error.message)
  await addMedia(workspace.store, [medium])
  return medium
}

/** A post with a picture, a film, audio, a document and a drawing, each of them said everything about that can be said. */
async function aLibrary() {
  const workspace = await aWorkspace({ zone: ZONE })
  const lake = await add(workspace, aPng(200, 100), {
    name: 'image.png',
    width: 200,
    height: 100,
    shape: 'wide',
    folder: 'Tarn 28/Studio',
    labels: ['autumn', 'pack'],
    rating: 4,
    alt: 'The tarn at dawn',
    credit: 'Fernhollow',
    licence: 'Press, with credit',
    licenceUntil: '2027-05-31',
    release: 'Two hikers',
    releaseUntil: '2028-01-01',
    edits: {
      turn: 90,
      point: { x: 0.25, y: 0.75 },
      frames: { '4:5': { x: 0.1, y: 0.2, width: 0.5, height: 0.4 } },
    },
  })
  const hut = await add(workspace, aPng(30, 10), { name: 'image.png', width: 30, height: 10, alt: 'A hut' })
  const film = await add(workspace, aMovie({ seconds: 9, width: 192, height: 108 }), {
    name: 'walk.mp4',
    kind: 'video',
    type: 'video/mp4',
    folder: 'Films',
  })
  const deck = await add(workspace, aPdf(), { name: 'deck.pdf', kind: 'document', type: 'application/pdf' })
  const call = await add(workspace, sound('tone.mp3'), {
    name: 'call.mp3',
    kind: 'audio',
    type: 'audio/mpeg',
    alt: 'A heron calls',
  })
  // As the library keeps it: made safe.
  const drawing = safeSvg(new TextDecoder().decode(aSvg()))
  if (!drawing.ok) throw new Error(drawing.error)
  const mark = await add(workspace, new Uint8Array(strToU8(drawing.value.text)), {
    name: 'mark.svg',
    type: 'image/svg+xml',
    width: 640,
    height: 360,
  })
  const photo = await add(workspace, aBoxedPicture('heic', 4032, 3024), {
    name: 'IMG_1.HEIC',
    type: 'image/heic',
    preview: false,
  })
  const spare = await add(workspace, aPng(60, 10), { name: 'spare.png', width: 60, height: 10, labels: ['spare'] })
  const media: PlacedMedium[] = [
    { mediumId: hut.id, alt: 'A hut in the snow, in this post', ratio: '' },
    { mediumId: lake.id, alt: '', ratio: '4:5' },
    { mediumId: film.id, alt: 'A walk', ratio: '' },
    { mediumId: deck.id, alt: '', ratio: '' },
    { mediumId: call.id, alt: '', ratio: '' },
    { mediumId: mark.id, alt: '', ratio: '' },
    { mediumId: photo.id, alt: '', ratio: '' },
  ]
  const planned = { date: '2026-10-01', time: '09:00', zone: ZONE }
  const postId = await createPost(workspace.store, { title: 'All of it', planned, ...withMedia(media) }, aText(lake))
  return { workspace, media, postId, lake, hut, film, deck, call, mark, photo, spare }
}
type Library = Awaited<ReturnType<typeof aLibrary>>

const filesOf = async ({ db }: TestWorkspace, choice: ExportChoice): Promise<SourceFile[]> => {
  const { name, bytes } = await exportedFile(db, choice, about)
  return name.endsWith('.zip')
    ? Object.entries(unzipSync(bytes)).map(([path, content]) => ({ path, bytes: content }))
    : [{ path: name, bytes }]
}

async function bring(workspace: TestWorkspace, files: readonly SourceFile[]) {
  const reading = readFiles(files, { zone: ZONE, time: '09:00' })
  expect(reading.problems.filter(({ severity }) => severity !== 'note')).toEqual([])
  const done = await bringIn(
    { workspace, shell: workspace.shell, clock: workspace.clock, measure },
    {
      ...reading,
      from: 'a folder',
      zone: ZONE,
      channelId: '',
      campaignId: '',
      files: files.map(({ path, bytes }) => ({ path, file: new File([new Uint8Array(bytes)], path) })),
    },
    () => {},
    new AbortController().signal,
  )
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}

const bytesOf = async ({ db }: TestWorkspace, id: string) => {
  const stored = await db.blobs.get(id)
  return stored ? new Uint8Array(await new Blob([stored.bytes]).arrayBuffer()) : null
}

/** The media of the one post, in order, with everything people said about them, however they are called inside. */
async function mediaOf(workspace: TestWorkspace) {
  const [post] = await workspace.db.posts.toArray()
  return Promise.all(
    (post?.media ?? []).map(async ({ mediumId, alt, ratio }) => {
      const row = await workspace.db.media.get(mediumId)
      if (!row) throw new Error('a medium is gone')
      const { name, kind, type, folder, labels, rating, credit, licence, licenceUntil, release, releaseUntil } = row
      const said = { folder, labels, rating, credit, licence, licenceUntil, release, releaseUntil, edits: row.edits }
      const bytes = (await bytesOf(workspace, mediumId))?.length
      return { name, kind, type, ...said, alt: alt || row.alt, ratio, bytes }
    }),
  )
}

describe('a post with a picture, a film, audio, a document, a drawing and a HEIC', () => {
  let first: Library
  beforeEach(async () => {
    first = await aLibrary()
  })

  it('is the same after the export of the workspace, the whole library with it', async () => {
    const files = await filesOf(first.workspace, { format: 'json', library: true })
    expect(files.map(({ path }) => path.slice(path.lastIndexOf('.'))).sort()).toEqual(
      ['.heic', '.json', '.mp3', '.mp4', '.pdf', '.png', '.png', '.png', '.svg'].sort(),
    )
    const second = await aWorkspace({ zone: ZONE })
    expect((await bring(second, files)).leftOut).toEqual([])
    const rows = async ({ db }: TestWorkspace, table: 'posts' | 'documents' | 'media') =>
      (await db.table<{ id: string }>(table).orderBy('id').toArray()).map((row) => unsealed<object>(row))
    for (const table of ['posts', 'documents', 'media'] as const)
      expect(await rows(second, table)).toEqual(await rows(first.workspace, table))
    for (const { id } of await first.workspace.db.media.toArray())
      expect((await bytesOf(second, id))?.length, id).toBe((await bytesOf(first.workspace, id))?.length)
  })

  it('goes out with what the posts show where no more is asked for', async () => {
    const files = await filesOf(first.workspace, { format: 'json' })
    expect(files.some(({ path }) => path.includes(first.spare.id))).toBe(false)
    expect(files.length).toBe(8)
  })

  it('is the same after Markdown: order, words, crops, and all the library said', async () => {
    const files = await filesOf(first.workspace, { format: 'markdown' })
    expect(files.map(({ path }) => path).sort()).toEqual([
      '2026-10-01-all-of-it.md',
      'media/call.mp3',
      'media/deck.pdf',
      'media/image-2.png',
      'media/image.png',
      'media/img-1.heic',
      'media/library.json',
      'media/mark.svg',
      'media/walk.mp4',
    ])
    const second = await aWorkspace({ zone: ZONE })
    expect((await bring(second, files)).leftOut).toEqual([])
    expect(await mediaOf(second)).toEqual(await mediaOf(first.workspace))
    const again = await filesOf(second, { format: 'markdown' })
    expect(again.map(({ path, bytes }) => [path, bytes.length]).sort()).toEqual(
      files.map(({ path, bytes }) => [path, bytes.length]).sort(),
    )
  })

  it('comes in a second time without one file twice', async () => {
    const files = await filesOf(first.workspace, { format: 'markdown' })
    const second = await aWorkspace({ zone: ZONE })
    await bring(second, files)
    const count = await second.db.media.count()
    await bring(second, files)
    expect([await second.db.posts.count(), await second.db.media.count()]).toEqual([2, count + 3])
  })

  it('is the same in its copy', async () => {
    const [id = ''] = await duplicatePosts(
      first.workspace.store,
      [{ id: first.postId, to: null }],
      first.workspace.clock.now(),
    ).then((copied) => (copied.ok ? copied.value : []))
    const copy = await first.workspace.db.posts.get(id)
    expect(copy?.media).toEqual(first.media)
    expect(copy?.coverId).toBe(first.hut.id)
  })

  it('takes the cover of a film along, which a channel alone shows', async () => {
    const { workspace, postId, spare } = first
    await workspace.db.channels.put(blankChannel('youtube', { id: 'yt', name: 'Films', zone: ZONE, order: 0 }))
    await changePlacement(workspace.store, { postId, channelId: 'yt' }, { fields: { cover: spare.id } }, 'Cover')
    const files = await filesOf(workspace, { format: 'json' })
    expect(files.some(({ path }) => path.includes(spare.id))).toBe(true)
    const second = await aWorkspace({ zone: ZONE })
    await bring(second, files)
    expect((await second.db.placements.toArray()).map(({ fields }) => fields)).toEqual([{ cover: spare.id }])
    expect(await second.db.media.get(spare.id)).toBeDefined()
  })

  it('shows what is there already under another id, and the export of elsewhere takes it', async () => {
    const files = await filesOf(first.workspace, { format: 'markdown' })
    const second = await aWorkspace({ zone: ZONE })
    await bring(second, files)
    const hashes = new Map((await second.db.media.toArray()).map(({ hash, id }) => [hash, id]))
    const third = await aWorkspace({ zone: ZONE })
    await bring(third, await filesOf(second, { format: 'json' }))
    await bring(third, files)
    const pictures = (await third.db.media.toArray()).filter(({ kind }) => kind === 'image')
    expect(pictures.map(({ id, hash }) => [id, hashes.get(hash)])).toEqual(pictures.map(({ id }) => [id, id]))
  })
})

describe('an export', () => {
  it('that is too large for one file is refused before a byte of its media is read', async () => {
    const workspace = await aWorkspace({ zone: ZONE })
    const film = await add(workspace, aMovie({ seconds: 9, width: 192, height: 108 }), {
      kind: 'video',
      type: 'video/mp4',
      size: 1_500_000_000,
    })
    await createPost(workspace.store, { title: 'Long', ...withMedia([{ mediumId: film.id, alt: '', ratio: '' }]) })
    await workspace.db.blobs.clear()
    for (const format of ['json', 'markdown'] as const)
      expect(await makeExport(workspace.db, { format }, about)).toEqual({
        ok: false,
        error: { kind: 'too-large', bytes: 1_500_000_000 },
      })
  })

  it('whose library is no such list is brought in all the same, and the file is named', async () => {
    const workspace = await aWorkspace({ zone: ZONE })
    const { leftOut } = await bring(workspace, [
      { path: 'a.md', bytes: strToU8('---\ntitle: A\nimage: media/a.png\n---\n') },
      { path: 'media/a.png', bytes: aPng(20, 10) },
      { path: 'media/library.json', bytes: strToU8('{"no": "list"}') },
    ])
    expect(leftOut).toEqual(['media/library.json'])
    expect(await workspace.db.media.count()).toBe(1)
  })

  it('of another program that calls something else media keeps that as it was', async () => {
    const workspace = await aWorkspace({ zone: ZONE })
    const text = '---\ntitle: A\ndate: 2026-01-02\nmedia: press\n---\n\nWords\n'
    await bring(workspace, [{ path: 'a.md', bytes: strToU8(text) }])
    const [file] = await filesOf(workspace, { format: 'markdown' })
    expect(new TextDecoder().decode(file?.bytes)).toBe(text)
  })
})
