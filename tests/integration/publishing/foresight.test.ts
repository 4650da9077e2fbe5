import { expect, it } from 'vitest'
import { createPost, reschedulePosts, writeText } from '../../../renderer/data/commands/posts.ts'
import { tryFor } from '../../../renderer/ports/sentMedia.ts'
import { createForesee, createTryOut } from '../../../renderer/sync/compose.ts'
import { MEDIA_HOST } from '../../../shared/domain/mediaHost.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { toWall } from '../../../shared/domain/time.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { NO_EDITS } from '../../../shared/media/crop.ts'
import { withFiles } from '../../support/library.ts'
import { aJpeg } from '../../support/mediaFiles.ts'
import { aChannel, anOffice, aScheduledPost, plainDoc, settle, ZONE } from '../../support/publishing.ts'
import { aWorkspace } from '../../support/workspace.ts'

const DAY = 24 * 60
const late: Trouble = {
  kind: 'refused',
  field: 'media',
  reason: '“quay.heic” cannot be opened',
  details: '',
  ours: true,
}

async function anOfficeThatLooksAhead() {
  const workspace = await aWorkspace()
  let trouble: Trouble | null = late
  const office = await anOffice(workspace, { foresee: async () => trouble })
  await aChannel(workspace, office.outbox, 'ma')
  await office.outbox.start()
  const stateOf = async (id: string) => (await workspace.db.deliveries.get(placementId(id, 'ma')))?.state
  return Object.assign(office, { stateOf, mend: () => (trouble = null) })
}
const held = { kind: 'needs-you', reason: { kind: 'trouble', trouble: late } }

it('makes the films of what a person posts before its time, nothing else of it, and holds nothing', async () => {
  const workspace = await aWorkspace()
  const { db, store, clock } = workspace
  const made: string[] = []
  const office = await anOffice(workspace, {
    foresee: createForesee(db, async () => true),
    tryOut: createTryOut({
      db,
      now: clock.now,
      media: async ({ id }) => {
        made.push(id)
        return late
      },
    }),
  })
  await aChannel(workspace, office.outbox, 'by', { byHand: true })
  const files = await withFiles(
    workspace,
    { name: 'quay.png', type: 'image/png' },
    { name: 'quay.mp4', type: 'video/mp4', kind: 'video' },
  )
  const media = files.map(({ id }) => ({ mediumId: id, alt: 'The quay', ratio: '' as const }))
  const planned = toWall(clock.now() + 2 * DAY * 60_000, ZONE)
  const post = { title: 'Quay', status: 'scheduled' as const, channelIds: ['by'], planned, media }
  const id = await createPost(store, post, plainDoc('The quay'))
  await office.outbox.start()
  await settle(office.outbox)
  expect(made).toEqual([files[1]?.id])
  expect((await db.deliveries.get(placementId(id, 'by')))?.state).toEqual({ kind: 'planned' })
})

it('holds what could not go out as soon as it is planned, tells once, and lets it go by itself when it is mended', async () => {
  const office = await anOfficeThatLooksAhead()
  const id = await aScheduledPost(office.workspace, ['ma'], 2 * DAY)
  await settle(office.outbox)
  expect(await office.stateOf(id)).toEqual(held)
  await office.pass(120, 60)
  expect(office.alerts).toEqual([`needs-you ${placementId(id, 'ma')}`])

  office.mend()
  await writeText(office.workspace.store, id, plainDoc('Mended'), 'typing')
  await settle(office.outbox)
  expect(await office.stateOf(id)).toEqual({ kind: 'planned' })
  expect(office.publisher.calls).toEqual([])
})

it('looks a week ahead, and at what comes into that week', async () => {
  const office = await anOfficeThatLooksAhead()
  const id = await aScheduledPost(office.workspace, ['ma'], 8 * DAY)
  await settle(office.outbox)
  expect(await office.stateOf(id)).toEqual({ kind: 'planned' })
  await office.pass(DAY + 120, 60)
  expect(await office.stateOf(id)).toEqual(held)
})

it('lets nothing go by itself whose time has passed, and looks at what was moved', async () => {
  const office = await anOfficeThatLooksAhead()
  const id = await aScheduledPost(office.workspace, ['ma'], 60)
  await settle(office.outbox)
  await office.pass(120, 60)
  office.mend()
  await writeText(office.workspace.store, id, plainDoc('Mended'), 'typing')
  await settle(office.outbox)
  expect(await office.stateOf(id)).toEqual(held)
  const to = toWall(office.workspace.clock.now() + DAY * 60_000, ZONE)
  await reschedulePosts(office.workspace.store, [{ id, to }], 'to tomorrow')
  await settle(office.outbox)
  expect(await office.stateOf(id)).toEqual({ kind: 'planned' })
})

it('names the file that cannot be made ready, and says where a network wants an address', async () => {
  const workspace = await aWorkspace()
  const { db, store, clock } = workspace
  let hasHost = false
  const office = await anOffice(workspace, { foresee: createForesee(db, async () => hasHost) })
  await aChannel(workspace, office.outbox, 'ma')
  await aChannel(workspace, office.outbox, 'th', { network: 'threads' })
  await aChannel(workspace, office.outbox, 'by', { network: 'threads', byHand: true })
  const [moving, still] = await withFiles(workspace, { name: 'wave.gif', type: 'image/gif', animated: true }, {})
  const aPost = (channelIds: readonly string[], mediumId = '', ratio = '') =>
    createPost(
      store,
      {
        title: 'Harbour',
        status: 'scheduled',
        channelIds,
        planned: toWall(clock.now() + 2 * DAY * 60_000, ZONE),
        media: [{ mediumId, alt: 'The harbour', ratio }],
      },
      plainDoc('The harbour'),
    )
  const cut = await aPost(['ma'], moving?.id, '1:1')
  const fine = await aPost(['ma', 'th', 'by'], still?.id)
  await office.outbox.start()
  await settle(office.outbox)
  const stateOf = async (id: string, channel: string) => (await db.deliveries.get(placementId(id, channel)))?.state
  const held = (words: string, field: string) => ({
    kind: 'needs-you',
    reason: { trouble: { kind: 'refused', field, ours: true, reason: expect.stringContaining(words) } },
  })
  expect(await stateOf(cut, 'ma')).toMatchObject(held('“wave.gif” moves', `medium:${moving?.id}`))
  expect(await stateOf(fine, 'ma')).toEqual({ kind: 'planned' })
  expect(await stateOf(fine, 'th')).toMatchObject(held('public address', MEDIA_HOST))
  expect(await stateOf(fine, 'by')).toEqual({ kind: 'planned' })

  // Let go as soon as there is a media host, and held again when it is given up; nobody touched the post.
  hasHost = true
  await office.outbox.reconsider()
  await settle(office.outbox)
  expect(await stateOf(fine, 'th')).toEqual({ kind: 'planned' })
  await office.outbox.reconsider()
  await settle(office.outbox)
  hasHost = false
  await office.outbox.reconsider()
  await settle(office.outbox)
  expect(await stateOf(fine, 'th')).toMatchObject(held('public address', MEDIA_HOST))
})

it('opens the files of the coming week, one at a time and each once, and holds what cannot be made of them', async () => {
  const workspace = await aWorkspace()
  const { db, store, clock, shell } = workspace
  const tried: string[] = []
  let atOnce = 0
  let most = 0
  const draw = async (picture: Blob) => {
    most = Math.max(most, ++atOnce)
    await Promise.resolve()
    atOnce -= 1
    tried.push(await picture.text())
    return (await picture.text()) === 'noise' ? null : new Blob([aJpeg(30, 40)])
  }
  const office = await anOffice(workspace, {
    foresee: createForesee(db, async () => false),
    tryOut: createTryOut({
      db,
      now: clock.now,
      media: (facts, content) => tryFor({ db, shell, workspace }, content, facts, { draw }),
    }),
  })
  for (const id of ['ma', 'mb']) await aChannel(workspace, office.outbox, id)
  await aChannel(workspace, office.outbox, 'by', { byHand: true })
  const files = await withFiles(
    workspace,
    { name: 'fine.png', type: 'image/png', edits: { ...NO_EDITS, turn: 90 } },
    { name: 'torn.png', type: 'image/png', edits: { ...NO_EDITS, turn: 90 } },
  )
  for (const [at, words] of ['sound', 'noise'].entries())
    await db.blobs.put({ id: files[at]?.id ?? '', type: 'image/png', bytes: new Blob([words]) })
  const aPost = (mediumId = '') =>
    createPost(
      store,
      {
        title: 'Harbour',
        status: 'scheduled',
        channelIds: ['ma', 'mb', 'by'],
        planned: toWall(clock.now() + 2 * DAY * 60_000, ZONE),
        media: [{ mediumId, alt: 'The harbour', ratio: '' }],
      },
      plainDoc('The harbour'),
    )
  const [fine, torn] = [await aPost(files[0]?.id), await aPost(files[1]?.id)]
  await office.outbox.start()
  await settle(office.outbox)
  const stateOf = async (id: string, channel: string) => (await db.deliveries.get(placementId(id, channel)))?.state
  const cannot = {
    kind: 'needs-you',
    reason: {
      trouble: {
        kind: 'refused',
        field: `medium:${files[1]?.id}`,
        ours: true,
        reason: expect.stringContaining('“torn.png” could not be'),
      },
    },
  }
  expect(await stateOf(fine, 'ma')).toEqual({ kind: 'planned' })
  for (const channel of ['ma', 'mb']) expect(await stateOf(torn, channel)).toMatchObject(cannot)
  expect(await stateOf(torn, 'by')).toEqual({ kind: 'planned' })
  expect(most).toBe(1)
  expect(tried.sort()).toEqual(['noise', 'sound'])

  // Looked at again it is not let go and held once more: nobody is told twice.
  const told = office.alerts.length
  await writeText(store, torn, plainDoc('Other words'), 'typing')
  await office.pass(30, 5)
  expect(await stateOf(torn, 'ma')).toMatchObject(cannot)
  expect(office.alerts).toHaveLength(told)

  await db.blobs.put({ id: files[1]?.id ?? '', type: 'image/png', bytes: new Blob(['sound']) })
  await office.pass(130, 10)
  expect(await stateOf(torn, 'ma')).toEqual({ kind: 'planned' })
  expect(office.reports).toEqual([])
})
