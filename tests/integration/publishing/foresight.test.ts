import { expect, it } from 'vitest'
import { reschedulePosts, writeText } from '../../../renderer/data/commands/posts.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { toWall } from '../../../shared/domain/time.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
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
