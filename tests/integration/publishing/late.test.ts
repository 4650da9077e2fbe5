import { describe, expect, it } from 'vitest'
import { pauseAccounts, resumeAccounts } from '../../../renderer/data/commands/accounts.ts'
import type { PostingSlot } from '../../../shared/domain/channel.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { toInstant, toWall, weekday } from '../../../shared/domain/time.ts'
import { aChannel, anOffice, aScheduledPost, settle, ZONE } from '../../support/publishing.ts'
import { aWorkspace } from '../../support/workspace.ts'

const MINUTE = 60_000

/** An office with channels that take the next slot; they are open so many minutes from now. */
async function anOfficeWithSlots(channels: readonly string[], ...openIn: readonly number[]) {
  const workspace = await aWorkspace()
  const office = await anOffice(workspace)
  const walls = openIn.map((minutes) => toWall(workspace.clock.now() + minutes * MINUTE, ZONE))
  const slots: PostingSlot[] = walls.map(({ date, time }) => ({ weekday: weekday(date), time }))
  for (const id of channels) await aChannel(workspace, office.outbox, id, { grace: 15, late: 'slot', slots })
  await office.outbox.start()
  return Object.assign(office, { opens: walls.map(toInstant) })
}
const rowOf = ({ workspace }: Awaited<ReturnType<typeof anOfficeWithSlots>>, id: string, channel = 'ma') =>
  workspace.db.deliveries.get(placementId(id, channel))

describe('a channel that takes the next slot', () => {
  it('sends within its grace, and moves what is later than that: in the plan too, with an alert', async () => {
    const office = await anOfficeWithSlots(['ma'], 120)
    const { db, clock } = office.workspace
    const soon = await aScheduledPost(office.workspace, ['ma'], 30, 'soon')
    const early = await aScheduledPost(office.workspace, ['ma'], 5, 'early')
    clock.tick(40 * MINUTE)
    await office.sign()
    const [slot] = office.opens
    expect((await rowOf(office, soon))?.state).toMatchObject({ kind: 'published', late: true })
    expect(await rowOf(office, early)).toMatchObject({ state: { kind: 'planned' }, dueAt: slot, plannedFor: slot })
    expect(await db.posts.get(early)).toMatchObject({ plannedAt: slot, status: 'scheduled' })
    expect(office.alerts).toEqual([`moved ${placementId(early, 'ma')}`])
    expect(office.publisher.visible().map(({ text }) => text)).toEqual(['soon'])
    await office.pass(85)
    expect(office.publisher.visible().map(({ text }) => text)).toEqual(['soon', 'early'])
    expect(office.reports).toEqual([])
  })

  it('gives each of many a slot of its own, in their order, and none that is taken', async () => {
    const office = await anOfficeWithSlots(['ma'], 120, 180, 240)
    const ids = []
    for (const [at, text] of ['one', 'two'].entries())
      ids.push(await aScheduledPost(office.workspace, ['ma'], 5 + at, text))
    await aScheduledPost(office.workspace, ['ma'], 180, 'stands there already')
    office.workspace.clock.tick(60 * MINUTE)
    await office.sign()
    const rows = await Promise.all(ids.map((id) => rowOf(office, id)))
    expect(rows.map((row) => row?.dueAt)).toEqual([office.opens[0], office.opens[2]])
  })

  it('moves one channel of a post, and leaves the others where they are', async () => {
    const office = await anOfficeWithSlots(['ma'], 120)
    const { db, clock } = office.workspace
    await aChannel(office.workspace, office.outbox, 'bs', { network: 'bluesky' })
    const id = await aScheduledPost(office.workspace, ['ma', 'bs'], 5)
    const before = await db.posts.get(id)
    clock.tick(60 * MINUTE)
    await office.sign()
    expect((await rowOf(office, id, 'bs'))?.state).toMatchObject({ kind: 'published', late: true })
    expect(await db.placements.get(placementId(id, 'ma'))).toMatchObject({ plannedAt: office.opens[0] })
    expect((await db.posts.get(id))?.planned).toEqual(before?.planned)
  })

  it('takes its slot when the network is back, not before', async () => {
    const office = await anOfficeWithSlots(['ma'], 120)
    const id = await aScheduledPost(office.workspace, ['ma'], 5)
    office.online = false
    await office.pass(60, 5)
    expect((await rowOf(office, id))?.state).toMatchObject({ kind: 'due', over: 'moves' })
    expect(office.alerts).toEqual([])
    office.online = true
    await office.sign()
    expect(await rowOf(office, id)).toMatchObject({ state: { kind: 'planned' }, dueAt: office.opens[0] })
    expect(office.alerts).toEqual([`moved ${placementId(id, 'ma')}`])
  })

  it('asks where no slot is set up', async () => {
    const office = await anOfficeWithSlots(['ma'])
    const id = await aScheduledPost(office.workspace, ['ma'], 5)
    office.workspace.clock.tick(60 * MINUTE)
    await office.sign()
    expect((await rowOf(office, id))?.state).toMatchObject({ kind: 'needs-you', reason: { kind: 'missed' } })
  })
})

describe('everything is held', () => {
  it('nobody is reminded to post by hand before it is let go', async () => {
    const workspace = await aWorkspace()
    const office = await anOffice(workspace)
    await aChannel(workspace, office.outbox, 'sc', { network: 'snapchat', byHand: true })
    await office.outbox.start()
    const id = await aScheduledPost(workspace, ['sc'], 5)
    await pauseAccounts(workspace.store, workspace.db, office.outbox.surroundings, ['sc'])
    await office.pass(10)
    expect(office.alerts).toEqual([])
    await resumeAccounts(workspace.store, workspace.db, office.outbox.surroundings, ['sc'])
    await settle(office.outbox)
    expect(office.alerts).toEqual([`hand-off ${placementId(id, 'sc')}`])
  })
})
