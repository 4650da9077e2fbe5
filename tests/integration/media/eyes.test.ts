import { describe, expect, it } from 'vitest'
import { addMedia, editMedia, trashMedia } from '../../../renderer/data/commands/media.ts'
import { thumbOf } from '../../../renderer/data/media/eyes.ts'
import { lookAt } from '../../../renderer/data/media/look.ts'
import type { OrderKind, Orders, Picture } from '../../../renderer/data/media/messages.ts'
import { keepBytes } from '../../../renderer/data/media/originals.ts'
import type { MediaWorkers } from '../../../renderer/data/media/workers.ts'
import { shelfOf } from '../../../renderer/data/workspace.ts'
import { purgeOldMedia } from '../../../renderer/features/trash/media.ts'
import type { Medium } from '../../../shared/domain/medium.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { turnOnce } from '../../../shared/media/crop.ts'
import { OWN_SHAPE } from '../../../shared/media/shapes.ts'
import { aMedium } from '../../support/library.ts'
import { aPng } from '../../support/mediaFiles.ts'
import type { MemoryShell } from '../../support/memoryShell.ts'
import { aWorkspace, type TestWorkspace } from '../../support/workspace.ts'

const picture = (turn: Picture['turn']): Picture => ({ type: 'image/webp', bytes: new ArrayBuffer(3), turn })

/** Workers that decode nothing: they look, and draw three bytes. `asked` is what they were asked. */
function workersThat(draw = true) {
  const asked: OrderKind[] = []
  const workers: MediaWorkers = {
    lanes: 1,
    ask: async (kind, order) => {
      asked.push(kind)
      if (kind === 'thumb') return (draw ? picture((order as Orders['thumb']['order']).turn) : null) as never
      const looked = await lookAt((order as Orders['read']['order']).file)
      return (looked.ok ? { ok: true, value: { ...looked.value, thumb: draw ? picture(0) : null } } : looked) as never
    },
  }
  return { asked, workers }
}

/** A picture as an import brings it: its bytes are kept, nobody has looked at it, and it has no small picture. */
async function anUnseenPicture(workspace: TestWorkspace, bytes = aPng(40, 30)): Promise<Medium> {
  const medium = aMedium({ id: newId(), width: 0, height: 0, hash: '' })
  const blob = new Blob([bytes], { type: medium.type })
  await keepBytes(shelfOf(workspace), workspace.shell, { id: medium.id, bytes: blob })
  await addMedia(workspace.store, [medium])
  return medium
}
const rowOf = async ({ db }: TestWorkspace, { id }: Medium): Promise<Medium> => {
  const row = await db.media.get(id)
  if (!row) throw new Error('gone')
  return row
}

describe('the small picture of a file', () => {
  it('is made once, and what the file is gets noted where nobody had looked', async () => {
    const workspace = await aWorkspace()
    const medium = await anUnseenPicture(workspace)
    const { asked, workers } = workersThat()
    const eyes = { workspace, port: workspace.shell, workers }
    expect(await thumbOf(eyes, medium)).toEqual(picture(0))
    expect(asked).toEqual(['read', 'thumb'])
    const seen = await rowOf(workspace, medium)
    expect(seen).toMatchObject({ width: 40, height: 30, shape: 'wide', preview: true, type: 'image/png' })
    expect(seen.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(await thumbOf(eyes, seen)).toMatchObject(picture(0))
    expect(asked).toEqual(['read', 'thumb'])
    expect(workspace.store.history().undo).toBe('Added “harbour.png”')
  })

  it('is made anew once the file is turned, and again when that is undone', async () => {
    const workspace = await aWorkspace()
    const medium = await anUnseenPicture(workspace)
    const { asked, workers } = workersThat()
    const eyes = { workspace, port: workspace.shell, workers }
    await thumbOf(eyes, medium)
    await editMedia(workspace.store, [medium.id], ({ edits }) => ({ edits: turnOnce(edits, OWN_SHAPE) }), 'Turn')
    expect(await thumbOf(eyes, await rowOf(workspace, medium))).toEqual(picture(90))
    expect((await workspace.db.thumbs.get(medium.id))?.turn).toBe(90)
    await workspace.store.undo()
    expect(await thumbOf(eyes, await rowOf(workspace, medium))).toEqual(picture(0))
    expect(asked.filter((kind) => kind === 'thumb').length).toBe(3)
  })

  it('comes from the second copy where the database has lost the bytes', async () => {
    const workspace = await aWorkspace()
    const medium = await anUnseenPicture(workspace)
    await workspace.db.blobs.clear()
    const { workers } = workersThat()
    expect(await thumbOf({ workspace, port: workspace.shell, workers }, medium)).toEqual(picture(0))
    expect(await workspace.db.blobs.count()).toBe(1)
  })

  it('is none of audio, and nobody asks for it', async () => {
    const workspace = await aWorkspace()
    const medium = aMedium({ kind: 'audio', type: 'audio/mpeg', hash: 'looked at' })
    await addMedia(workspace.store, [medium])
    const { asked, workers } = workersThat()
    expect(await thumbOf({ workspace, port: workspace.shell, workers }, medium)).toBeNull()
    expect(asked).toEqual([])
  })

  it('is none for a file that turns out damaged, which is noted and not asked for again', async () => {
    const workspace = await aWorkspace()
    const medium = await anUnseenPicture(workspace, aPng(40, 30).slice(0, 50))
    const { asked, workers } = workersThat()
    const eyes = { workspace, port: workspace.shell, workers }
    expect(await thumbOf(eyes, medium)).toBeNull()
    const seen = await rowOf(workspace, medium)
    expect(seen.preview).toBe(false)
    expect(await thumbOf(eyes, seen)).toBeNull()
    expect(asked).toEqual(['read'])
  })

  it('is none where both copies of the bytes are gone', async () => {
    const workspace = await aWorkspace()
    const medium = await anUnseenPicture(workspace)
    await workspace.db.blobs.clear()
    ;(workspace.shell as MemoryShell).originals.clear()
    const { workers } = workersThat()
    expect(await thumbOf({ workspace, port: workspace.shell, workers }, medium)).toBeNull()
  })
})

describe('files in the trash', () => {
  it('go for good after thirty days, with their bytes, and not a day before', async () => {
    const workspace = await aWorkspace()
    const { db, store, clock } = workspace
    const shell = workspace.shell as MemoryShell
    const medium = await anUnseenPicture(workspace)
    await trashMedia(store, db, [medium.id])
    clock.tick(29 * 86_400_000)
    await purgeOldMedia(workspace, shell, clock.now())
    expect(await db.media.count()).toBe(1)
    clock.tick(2 * 86_400_000)
    await purgeOldMedia(workspace, shell, clock.now())
    expect([await db.media.count(), await db.blobs.count(), shell.originals.size]).toEqual([0, 0, 0])
  })
})
