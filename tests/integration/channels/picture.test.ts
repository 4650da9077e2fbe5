import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { setChannelPicture } from '../../../renderer/data/commands/channels.ts'
import { purgeMedia, replaceMedium, trashMedia } from '../../../renderer/data/commands/media.ts'
import { addRow, editRow } from '../../../renderer/data/commands/workspace.ts'
import { libraryIds, NO_MEDIA_FILTER } from '../../../renderer/data/media/library.ts'
import { usersOf } from '../../../renderer/data/media/uses.ts'
import { asWorkspace } from '../../../renderer/data/snapshots/asWorkspace.ts'
import { createCopyKeeper } from '../../../renderer/data/snapshots/keeper.ts'
import { bringIn } from '../../../renderer/features/transfer/bringIn.ts'
import { makeExport } from '../../../renderer/features/transfer/exportFiles.ts'
import { readFiles } from '../../../renderer/features/transfer/reading.ts'
import { blankChannel } from '../../../shared/domain/channel.ts'
import { CHANNEL_SHAPE } from '../../../shared/media/shapes.ts'
import { addMedium, withFiles } from '../../support/library.ts'
import { aPng } from '../../support/mediaFiles.ts'
import { createMemoryShell } from '../../support/memoryShell.ts'
import { aMovingClock, aRegistry, aWorkspace, type TestWorkspace } from '../../support/workspace.ts'

const PNG = new Uint8Array(aPng(40, 30))
const FRAME = { x: 0.1, y: 0, width: 0.75, height: 1 }

/** A channel that shows a file, cut. */
async function aFace(workspace: TestWorkspace) {
  const { id: _id, trashedAt: _none, ...fields } = blankChannel('instagram', { id: '', zone: 'UTC', name: '@fern' })
  const channelId = await addRow(workspace.store, 'channels', fields, 'Added Instagram')
  const logo = { name: 'logo.png', type: 'image/png', width: 40, height: 30, alt: '' }
  const added = await addMedium(workspace, workspace.shell, PNG, logo)
  if (!added.ok) throw new Error(added.error.message)
  await setChannelPicture(workspace.store, channelId, { mediumId: added.value, frame: FRAME })
  return { channelId, mediumId: added.value }
}
const faceOf = async ({ db }: TestWorkspace, channelId: string) => (await db.channels.get(channelId))?.avatarId
const frameOf = async ({ db }: TestWorkspace, mediumId: string) =>
  (await db.media.get(mediumId))?.edits.frames[CHANNEL_SHAPE.id]

describe('the picture of a channel', () => {
  it('is set with its cut in one step, and taken off in another; both are undone', async () => {
    const workspace = await aWorkspace()
    const { channelId, mediumId } = await aFace(workspace)
    expect([await faceOf(workspace, channelId), await frameOf(workspace, mediumId)]).toEqual([mediumId, FRAME])
    await workspace.store.undo()
    expect([await faceOf(workspace, channelId), await frameOf(workspace, mediumId)]).toEqual(['', undefined])
    await workspace.store.redo()
    await setChannelPicture(workspace.store, channelId, null)
    expect(await faceOf(workspace, channelId)).toBe('')
    await workspace.store.undo()
    expect(await faceOf(workspace, channelId)).toBe(mediumId)
  })

  it('is refused when the file is gone', async () => {
    const workspace = await aWorkspace()
    const { channelId } = await aFace(workspace)
    expect(await setChannelPicture(workspace.store, channelId, { mediumId: 'gone' })).toEqual({
      ok: false,
      error: { kind: 'missing' },
    })
  })

  it('is a use of the file: it names the channel, and cannot be deleted', async () => {
    const workspace = await aWorkspace()
    const { channelId, mediumId } = await aFace(workspace)
    const { db, store, shell } = workspace
    const [user] = (await usersOf(db, [mediumId])).get(mediumId) ?? []
    expect(user).toMatchObject({ kind: 'channel', row: { name: '@fern' } })
    expect(await libraryIds(db, { ...NO_MEDIA_FILTER, marks: ['unused'] }, 'newest', '2026-11-24')).toEqual([])
    expect(await trashMedia(store, db, [mediumId])).toMatchObject({ ok: false, error: { kind: 'in-use' } })

    // A channel in the trash may come back, and with it its picture: the file goes to the trash and no further.
    await editRow(store, 'channels', channelId, { trashedAt: 1 }, 'Deleted channel')
    expect((await trashMedia(store, db, [mediumId])).ok).toBe(true)
    expect(await purgeMedia(workspace, shell, [mediumId])).toEqual([])
    await store.undo()
    await store.undo()
    expect([await faceOf(workspace, channelId), (await db.media.get(mediumId))?.trashedAt]).toEqual([mediumId, 0])
  })

  it('is swapped with its file wherever that is shown', async () => {
    const workspace = await aWorkspace()
    const { channelId, mediumId } = await aFace(workspace)
    const [other] = await withFiles(workspace, { name: 'new-logo.png' })
    if (!other) throw new Error('nothing was added')
    await replaceMedium(workspace.store, workspace.db, mediumId, other.id)
    expect(await faceOf(workspace, channelId)).toBe(other.id)
    await workspace.store.undo()
    expect(await faceOf(workspace, channelId)).toBe(mediumId)
  })

  it('goes into a JSON export with its bytes and its cut, and comes back from it', async () => {
    const workspace = await aWorkspace()
    const { channelId, mediumId } = await aFace(workspace)
    const made = await makeExport(
      workspace.db,
      { format: 'json' },
      { name: 'Fernhollow', now: workspace.clock.now(), settings: { zone: 'UTC' } },
    )
    if (!made.ok) throw new Error(made.error.kind)
    const { name, bytes } = made.value
    expect(name).toMatch(/\.zip$/)
    const files = Object.entries(unzipSync(bytes)).map(([path, content]) => ({ path, bytes: content }))
    const bring = async (some: typeof files) => {
      const second = await aWorkspace()
      const picked = some.map((file) => ({ path: file.path, file: new File([new Uint8Array(file.bytes)], file.path) }))
      const result = await bringIn(
        {
          workspace: second,
          shell: second.shell,
          clock: second.clock,
          measure: async () => ({ width: 40, height: 30 }),
        },
        {
          ...readFiles(some, { zone: 'UTC', time: '09:00' }),
          from: 'a folder',
          zone: 'UTC',
          channelId: '',
          campaignId: '',
          files: picked,
        },
        () => {},
        new AbortController().signal,
      )
      expect(result.ok).toBe(true)
      return second
    }
    const second = await bring(files)
    expect([await faceOf(second, channelId), await frameOf(second, mediumId)]).toEqual([mediumId, FRAME])
    expect(new Blob([(await second.db.blobs.get(mediumId))?.bytes ?? '']).size).toBe(PNG.length)
    // The picture did not come along: the letters stand there, and nothing names what is not there.
    const without = await bring(files.filter(({ path }) => path.endsWith('.json')))
    expect(await faceOf(without, channelId)).toBe('')
  })

  it('is in the copies that are made every hour', async () => {
    const shell = createMemoryShell()
    const clock = aMovingClock()
    const registry = await aRegistry(shell, clock)
    const entry = await registry.create('Fernhollow')
    const workspace = await aWorkspace({ entry, shell, clock })
    const { channelId, mediumId } = await aFace(workspace)
    await createCopyKeeper(workspace, { clock, port: shell }).make()
    await setChannelPicture(workspace.store, channelId, null)
    const [made] = shell.snapshots
    if (!made) throw new Error('no copy')
    const brought = await asWorkspace(made.head, 'As it was', registry, { clock, port: shell, zone: 'UTC' })
    if (!brought.ok) throw new Error(brought.error.message)
    const copied = await aWorkspace({ entry: brought.value, shell, clock })
    expect([await faceOf(copied, channelId), await frameOf(copied, mediumId)]).toEqual([mediumId, FRAME])
    expect(new Blob([(await copied.db.blobs.get(mediumId))?.bytes ?? '']).size).toBe(PNG.length)
  })
})
