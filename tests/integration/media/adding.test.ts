import { describe, expect, it } from 'vitest'
import { trashMedia } from '../../../renderer/data/commands/media.ts'
import { type AddingDeps, type AddOptions, addFiles, type Outcome } from '../../../renderer/data/media/adding.ts'
import { lookAt } from '../../../renderer/data/media/look.ts'
import { ok } from '../../../shared/lib/result.ts'
import { FLOOR } from '../../../shared/media/room.ts'
import {
  aBoxedPicture,
  aGif,
  aJpeg,
  aMovie,
  aPng,
  aSvg,
  oneOfEach,
  sound,
  withOrientation,
} from '../../support/mediaFiles.ts'
import type { MemoryShell } from '../../support/memoryShell.ts'
import { aWorkspace, type TestWorkspace } from '../../support/workspace.ts'

const file = (bytes: Uint8Array<ArrayBuffer>, name = 'harbour.png') => ({ file: new File([bytes], name), folder: '' })
const thumb = { type: 'image/webp', bytes: new ArrayBuffer(3), turn: 0 as const }

/** Adds files with eyes that decode nothing and so see a picture in whatever is whole. */
async function adding(
  workspace: TestWorkspace,
  files: Parameters<typeof addFiles>[1],
  more: AddOptions & Partial<AddingDeps> = {},
) {
  const deps: AddingDeps = {
    workspace,
    port: workspace.shell,
    see: async (seen) => {
      const looked = await lookAt(seen)
      if (!looked.ok) return looked
      const { kind, type } = looked.value
      const preview = type !== 'image/heic'
      return ok({ ...looked.value, pages: 0, thumb: preview && kind !== 'audio' ? thumb : null, preview })
    },
    storage: { estimate: async () => ({ quota: 1e12, usage: 0 }) },
    now: workspace.clock.now,
    lanes: 2,
    ...more,
  }
  return addFiles(deps, files, more)
}
const lying = async ({ db, shell }: TestWorkspace) => [
  await db.media.count(),
  await db.blobs.count(),
  await db.thumbs.count(),
  (shell as MemoryShell).originals.size,
]
const said = (outcomes: readonly Outcome[]) =>
  outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.refusal.kind : outcome.kind))

describe('adding files', () => {
  it('keeps each twice, with a small picture, a clean name and what it is; all of it is one undo', async () => {
    const workspace = await aWorkspace()
    const files = Object.values(oneOfEach()).map((bytes, at) => file(bytes, `${at}/${'x'.repeat(300)}.bin`))
    const { outcomes } = await adding(workspace, files, { folder: 'Tarn 28' })
    expect(said(outcomes)).toEqual(files.map(() => 'added'))
    const rows = await workspace.db.media.toArray()
    expect(rows.map(({ type }) => type).sort()).toEqual(Object.keys(oneOfEach()).sort())
    expect(rows.every(({ name, folder }) => [...name].length === 120 && folder === 'Tarn 28')).toBe(true)
    expect(rows.find(({ type }) => type === 'image/heic')).toMatchObject({ preview: false, width: 4032 })
    expect(rows.find(({ type }) => type === 'image/jpeg')).toMatchObject({
      orientation: 6,
      width: 30,
      height: 40,
      preview: true,
    })
    expect(rows.find(({ type }) => type === 'video/mp4')).toMatchObject({ kind: 'video', seconds: 12, shape: 'wide' })
    expect(await lying(workspace)).toEqual([16, 16, 9, 16])
    await workspace.store.undo()
    expect(await workspace.db.media.count()).toBe(0)
    await workspace.store.redo()
    expect(await workspace.db.media.count()).toBe(16)
  })

  it('keeps the very bytes, and a drawing without what runs', async () => {
    const workspace = await aWorkspace()
    const picture = aPng(40, 30)
    const { outcomes } = await adding(workspace, [
      file(picture),
      file(aSvg('<script>alert(1)</script><path d="M0 0"/>'), 'mark.svg'),
    ])
    const [png, svg] = outcomes.map((outcome) => (outcome.kind === 'added' ? outcome.medium.id : ''))
    const bytes = async (id = '') => new Blob([(await workspace.db.blobs.get(id))?.bytes ?? '']).arrayBuffer()
    expect(new Uint8Array(await bytes(png))).toEqual(picture)
    expect(new TextDecoder().decode(await bytes(svg))).toMatch(/^<svg [^>]*>\s*<path d="M0 0"\/><\/svg>$/)
    const copies = [...(workspace.shell as MemoryShell).originals.values()]
    expect(copies.some((copy) => Buffer.from(copy).equals(Buffer.from(picture)))).toBe(true)
  })

  it('sends a large file in parts', async () => {
    const workspace = await aWorkspace()
    const sizes: number[] = []
    const port = { ...workspace.shell }
    port.appendMedia = (shelf, id, part) => {
      sizes.push(part.bytes.length)
      return workspace.shell.appendMedia(shelf, id, part)
    }
    const film = new Uint8Array([
      ...aMovie({ seconds: 9, width: 4, height: 3 }),
      0,
      0x40,
      0,
      0,
      ...Buffer.from('free'),
      ...new Uint8Array(0x40_0000),
    ])
    const parts: number[] = []
    await adding(workspace, [file(film, 'film.mp4')], { port, onProgress: ({ part }) => parts.push(part) })
    expect(sizes.length).toBe(5)
    expect(Math.max(...sizes)).toBeLessThan(1_500_000)
    expect(parts.at(-1)).toBe(1)
    const [copy] = (workspace.shell as MemoryShell).originals.values()
    expect(copy && Buffer.from(copy).equals(Buffer.from(film))).toBe(true)
  })

  it('takes the same content once, whatever it is called', async () => {
    const workspace = await aWorkspace()
    const first = await adding(workspace, [
      file(aPng(4, 4), 'a.png'),
      file(aPng(4, 4), 'b.png'),
      file(aPng(5, 4), 'c.png'),
    ])
    expect(said(first.outcomes).sort()).toEqual(['added', 'added', 'there-already'])
    const again = await adding(workspace, [file(aPng(4, 4), 'd.png')])
    expect(said(again.outcomes)).toEqual(['there-already'])
    expect(await lying(workspace)).toEqual([2, 2, 2, 2])
  })

  it('takes a file out of the trash that comes again', async () => {
    const workspace = await aWorkspace()
    await adding(workspace, [file(aPng(4, 4))])
    const [id = ''] = await workspace.db.media.toCollection().primaryKeys()
    await trashMedia(workspace.store, workspace.db, [id])
    expect(said((await adding(workspace, [file(aPng(4, 4))])).outcomes)).toEqual(['taken-out-of-trash'])
    expect((await workspace.db.media.get(id))?.trashedAt).toBe(0)
  })

  it('keeps the folders files came from below the one they go to', async () => {
    const workspace = await aWorkspace()
    await adding(workspace, [{ file: new File([aPng(4, 4)], 'a.png'), folder: 'Studio/../raw' }], { folder: 'Tarn' })
    expect((await workspace.db.media.toArray()).map(({ folder }) => folder)).toEqual(['Tarn/Studio/raw'])
  })

  it('knows audio, also in the container a phone records it in', async () => {
    const workspace = await aWorkspace()
    const { outcomes } = await adding(
      workspace,
      ['tone.mp3', 'phone.mp4'].map((name) => file(sound(name), name)),
    )
    expect(outcomes.map((one) => (one.kind === 'added' ? [one.medium.kind, one.medium.type] : one.kind))).toEqual([
      ['audio', 'audio/mpeg'],
      ['audio', 'audio/mp4'],
    ])
  })
})

describe('what is not taken', () => {
  it('leaves nothing behind, and what comes after it is taken', async () => {
    const workspace = await aWorkspace()
    const huge = { file: new File([aMovie({ seconds: 1, width: 4, height: 3 })], 'long.mp4'), folder: '' }
    Object.defineProperty(huge.file, 'size', { value: 3_000_000_000 })
    const { outcomes } = await adding(workspace, [
      huge,
      file(withOrientation(aJpeg(40, 30), 6).slice(0, 90), 'half.jpg'),
      file(aPng(1, 1).with(18, 0x9c).with(19, 0x40).with(22, 0x9c).with(23, 0x40), 'bomb.png'),
      file(aSvg('<g>&xxe;</g>'), 'mark.svg'),
      file(new Uint8Array(), 'nothing.png'),
      file(new TextEncoder().encode('#!/bin/sh'), 'picture.png'),
      file(aBoxedPicture('heic', 40, 30), 'IMG_1.HEIC'),
      file(aGif(4, 4), 'last.gif'),
    ])
    expect(said(outcomes)).toEqual([
      'too-large',
      'cut-off',
      'too-many-pixels',
      'bad-svg',
      'empty',
      'not-media',
      'added',
      'added',
    ])
    expect(await lying(workspace)).toEqual([2, 2, 1, 2])
  })

  it('is said before the disk is full, with both copies counted and a rest left free', async () => {
    const workspace = await aWorkspace()
    const shell = workspace.shell as MemoryShell
    const picture = aPng(40, 30)
    shell.free = FLOOR + picture.length * 2 - 1
    const refused = await adding(workspace, [file(picture)])
    expect(refused.outcomes[0]).toMatchObject({ refusal: { kind: 'no-room', needs: picture.length } })
    expect(await lying(workspace)).toEqual([0, 0, 0, 0])
    shell.free += 1
    expect(said((await adding(workspace, [file(picture)])).outcomes)).toEqual(['added'])
    shell.free = 1e12
    const full = { estimate: async () => ({ quota: 1000, usage: 990 }) }
    expect(said((await adding(workspace, [file(aPng(50, 50))], { storage: full })).outcomes)).toEqual(['no-room'])
  })

  it('includes what could not be written twice, in the words of whoever tried', async () => {
    const workspace = await aWorkspace()
    const shell = workspace.shell as MemoryShell
    shell.mediaFault = { kind: 'disk-full', message: 'The disk is full.' }
    const { outcomes } = await adding(workspace, [file(aPng(4, 4))])
    expect(outcomes[0]).toMatchObject({ refusal: { kind: 'no-second-copy', message: 'The disk is full.' } })
    shell.mediaFault = null
    const { put } = workspace.db.blobs
    workspace.db.blobs.put = () => Promise.reject(new DOMException('No room.', 'QuotaExceededError')) as never
    expect(said((await adding(workspace, [file(aPng(4, 4))])).outcomes)).toEqual(['no-second-copy'])
    workspace.db.blobs.put = put
    expect(await lying(workspace)).toEqual([0, 0, 0, 0])
  })

  it('is not kept as bytes without a row when the rows cannot be written', async () => {
    const workspace = await aWorkspace()
    const { bulkPut } = workspace.db.thumbs
    workspace.db.thumbs.bulkPut = () => Promise.reject(new DOMException('No room.', 'QuotaExceededError')) as never
    await expect(adding(workspace, [file(aPng(4, 4))])).rejects.toThrow('No room.')
    workspace.db.thumbs.bulkPut = bulkPut
    expect(await lying(workspace)).toEqual([0, 0, 0, 0])
  })

  it('is what one stops: what was done stays, what was begun leaves nothing', async () => {
    const workspace = await aWorkspace()
    const stop = new AbortController()
    const files = Array.from({ length: 30 }, (_, at) => file(aPng(4, 4, at + 1), `${at}.png`))
    let looked = 0
    const { outcomes, stopped } = await adding(workspace, files, {
      see: async (seen) => {
        looked += 1
        const seeing = await lookAt(seen)
        return seeing.ok ? ok({ ...seeing.value, pages: 0, thumb, preview: true }) : seeing
      },
      signal: stop.signal,
      lanes: 1,
      onProgress: ({ done }) => done === 7 && stop.abort(),
    })
    expect([stopped, looked]).toEqual([true, 7])
    expect(said(outcomes)).toEqual(Array(7).fill('added'))
    expect(await lying(workspace)).toEqual([7, 7, 7, 7])
  })

  it('includes a file that has gone meanwhile', async () => {
    const workspace = await aWorkspace()
    const gone = file(aPng(4, 4))
    const { outcomes } = await adding(workspace, [gone], {
      see: async (seen) => {
        const looked = await lookAt(seen)
        if (!looked.ok) return looked
        const bytes = looked.value.bytes
        bytes.slice = () =>
          ({ arrayBuffer: () => Promise.reject(new DOMException('Gone.', 'NotFoundError')) }) as unknown as Blob
        return ok({ ...looked.value, bytes, pages: 0, thumb, preview: true })
      },
    })
    expect(said(outcomes)).toEqual(['cannot-read'])
    expect(await lying(workspace)).toEqual([0, 0, 0, 0])
  })
})
