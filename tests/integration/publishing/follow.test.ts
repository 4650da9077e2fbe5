import { describe, expect, it, vi } from 'vitest'
import { connectAccount, disconnectAccount } from '../../../renderer/data/commands/accounts.ts'
import { setOwnTimes } from '../../../renderer/data/commands/placements.ts'
import {
  createPost,
  editPosts,
  reschedulePosts,
  setStatus,
  trashPosts,
  writeText,
} from '../../../renderer/data/commands/posts.ts'
import type { WorkspaceDb } from '../../../renderer/data/db.ts'
import { type Names, sentenceOf } from '../../../shared/domain/deliveryWords.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { toInstant, toWall } from '../../../shared/domain/time.ts'
import { aChannel, anAccount, anOffice, aScheduledPost, plainDoc, settle, ZONE } from '../../support/publishing.ts'
import { aWorkspace } from '../../support/workspace.ts'

const names: Names = { network: 'Mastodon', account: '@ma', time: String, online: true, paused: false }
const cancelled = (by: 'you' | 'plan') => ({ state: { kind: 'cancelled', by } })

async function aPostOnTwo(minutes = 60) {
  const workspace = await aWorkspace()
  const office = await anOffice(workspace)
  await aChannel(workspace, office.outbox, 'ma')
  await aChannel(workspace, office.outbox, 'bs')
  await office.outbox.start()
  const id = await aScheduledPost(workspace, ['ma', 'bs'], minutes)
  await settle(office.outbox)
  const row = (channelId = 'ma') => workspace.db.deliveries.get(placementId(id, channelId))
  return { ...office, workspace, id, row, store: workspace.store, db: workspace.db, clock: workspace.clock }
}

describe('deliveries follow the plan', () => {
  it('and there is one for every channel of a scheduled post, at its own time', async () => {
    const { db, id, row, store, outbox, clock } = await aPostOnTwo()
    expect(await db.deliveries.count()).toBe(2)
    expect(await row()).toMatchObject({ state: { kind: 'planned' }, dueAt: clock.now() + 60 * 60_000 })
    const tokyo = toWall(clock.now() + 180 * 60_000, 'Asia/Tokyo')
    await setOwnTimes(store, id, [{ channelId: 'bs', to: tokyo }], '9:00 there')
    await settle(outbox)
    expect((await row('bs'))?.dueAt).toBe(toInstant(tokyo))
    expect((await row())?.dueAt).toBe(clock.now() + 60 * 60_000)
  })

  it('when the post moves, by whatever road, and back with undo', async () => {
    const { id, row, store, outbox, clock } = await aPostOnTwo()
    const before = (await row())?.dueAt
    await reschedulePosts(store, [{ id, to: toWall(clock.now() + 90 * 60_000, ZONE) }], 'later')
    await settle(outbox)
    expect((await row())?.dueAt).toBe(clock.now() + 90 * 60_000)
    await store.undo()
    await settle(outbox)
    expect((await row())?.dueAt).toBe(before)
  })

  it.each<[string, (at: Awaited<ReturnType<typeof aPostOnTwo>>) => Promise<unknown>]>([
    ['is taken out of the schedule', ({ store, id }) => setStatus(store, [id], 'approved', 'Approved')],
    ['is deleted', ({ store, id }) => trashPosts(store, [id])],
    [
      'does not go to the channel any more',
      ({ store, id }) => editPosts(store, [id], { channelIds: ['bs'] }, 'Channels'),
    ],
    ['loses its date', ({ store, id }) => reschedulePosts(store, [{ id, to: null }], 'off')],
  ])('are cancelled when the post %s, and planned again with undo', async (_what, change) => {
    const at = await aPostOnTwo()
    await change(at)
    await settle(at.outbox)
    expect(await at.row()).toMatchObject(cancelled('plan'))
    await at.store.undo()
    await settle(at.outbox)
    expect((await at.row())?.state).toEqual({ kind: 'planned' })
    await at.pass(62)
    expect(at.publisher.visible()).toHaveLength(2)
  })

  it('but what a person cancelled in the outbox stays cancelled', async () => {
    const { id, row, store, outbox, clock } = await aPostOnTwo()
    await outbox.commands.cancel([placementId(id, 'ma')])
    await reschedulePosts(store, [{ id, to: toWall(clock.now() + 90 * 60_000, ZONE) }], 'later')
    await settle(outbox)
    expect(await row()).toMatchObject(cancelled('you'))
    expect(await outbox.commands.planAgain([placementId(id, 'ma')])).toBe(1)
    expect((await row())?.state.kind).toBe('planned')
  })

  it('are no step of undo: what went out is not taken back, nor sent again', async () => {
    const { id, row, store, pass, publisher, db, outbox } = await aPostOnTwo()
    await pass(62)
    expect((await db.posts.get(id))?.status).toBe('published')
    while (await store.undo()) await settle(outbox)
    expect((await row())?.state.kind).toBe('published')
    while (await store.redo()) await settle(outbox)
    await pass(300, 20)
    expect(publisher.posts).toHaveLength(2)
  })

  it('go out as the text was last saved', async () => {
    const { id, store, pass, publisher } = await aPostOnTwo()
    await writeText(store, id, plainDoc('Four pockets'), 'g')
    await pass(62)
    expect(publisher.visible().map(({ text }) => text)).toEqual(['Four pockets', 'Four pockets'])
  })

  it('only where an account is connected: elsewhere a post is planned, and nobody is reminded of it', async () => {
    const workspace = await aWorkspace()
    const office = await anOffice(workspace)
    await aChannel(workspace, office.outbox, 'ma', { connected: false })
    await office.outbox.start()
    const [early, late] = [await aScheduledPost(workspace, ['ma'], 30), await aScheduledPost(workspace, ['ma'], 600)]
    await office.pass(60)
    expect(await workspace.db.deliveries.count()).toBe(0)
    expect(office.alerts).toEqual([])

    await connectAccount(workspace.store, workspace.db, office.outbox.surroundings, anAccount('ma'))
    await settle(office.outbox)
    expect(await workspace.db.deliveries.get(placementId(early, 'ma'))).toBeUndefined()
    const row = () => workspace.db.deliveries.get(placementId(late, 'ma'))
    expect(await row()).toMatchObject({ state: { kind: 'planned' } })

    await disconnectAccount(workspace.store, 'ma')
    await settle(office.outbox)
    expect(await row()).toMatchObject(cancelled('plan'))
    await office.pass(30)
    await connectAccount(workspace.store, workspace.db, office.outbox.surroundings, anAccount('ma'))
    await settle(office.outbox)
    expect(await row()).toMatchObject({ state: { kind: 'planned' } })
    await disconnectAccount(workspace.store, 'ma')
    await office.pass(600, 30)
    expect(office.publisher.calls).toEqual([])
    expect(office.alerts).toEqual([])
    await connectAccount(workspace.store, workspace.db, office.outbox.surroundings, anAccount('ma'))
    await settle(office.outbox)
    expect(await row()).toMatchObject(cancelled('plan'))
  })

  describe('again', () => {
    /** Several that move in one go; `before` happens when that is about to be followed for the first time. */
    async function movedPosts(before: (db: WorkspaceDb, ids: readonly string[]) => Promise<unknown>) {
      const at = await aPostOnTwo()
      const { store, db, outbox, clock, workspace } = at
      const ids = [at.id]
      for (const minutes of [90, 120, 150]) ids.push(await aScheduledPost(workspace, ['ma'], minutes))
      await settle(outbox)
      const change = store.change.bind(store)
      let times = 0
      vi.spyOn(store, 'change').mockImplementation(async (meta, decide) => {
        if ('command' in meta && meta.command === 'followPlan' && times++ === 0) await before(db, ids)
        return change(meta, decide)
      })
      const later = toWall(clock.now() + 300 * 60_000, ZONE)
      await reschedulePosts(
        store,
        ids.map((id) => ({ id, to: later })),
        'later',
      )
      await settle(outbox)
      const followed = async () => {
        const rows = await db.deliveries.bulkGet(ids.map((id) => placementId(id, 'ma')))
        return rows.map((row) => row?.dueAt === toInstant(later))
      }
      return { ...at, ids, followed }
    }

    it('when it could not be written down', async () => {
      const { outbox, reports, followed } = await movedPosts(async () => {
        throw new Error('The disk is full.')
      })
      await outbox.look()
      await settle(outbox)
      expect(await followed()).toEqual([true, true, true, true])
      expect(reports).toHaveLength(1)
    })

    it('where one of them is damaged: the others at once, that one when it is mended', async () => {
      const titles: string[] = []
      const { db, ids, outbox, reports, followed } = await movedPosts(async (db, ids) => {
        const [, second = ''] = ids
        titles.push((await db.posts.get(second))?.title ?? '')
        await db.posts.update(second, { title: 'garbled' })
      })
      expect(await followed()).toEqual([true, false, true, true])
      expect(reports.length).toBeGreaterThan(0)
      await db.posts.update(ids[1] ?? '', { title: titles[0] ?? '' })
      await outbox.look()
      await settle(outbox)
      expect(await followed()).toEqual([true, true, true, true])
    })
  })

  it('and what was scheduled only after its time is asked about beyond its grace, in words that say so', async () => {
    const at = await aPostOnTwo()
    const { store, clock, outbox, pass, publisher } = at
    await setStatus(store, [at.id], 'approved', 'Approved')
    // Was never scheduled before.
    const planned = toWall(clock.now() + 30 * 60_000, ZONE)
    const fresh = await createPost(store, { title: 'New', channelIds: ['ma'], planned }, plainDoc('New'))
    await settle(outbox)
    await pass(240, 20)
    await setStatus(store, [at.id, fresh], 'scheduled', 'Scheduled')
    await settle(outbox)
    for (const id of [at.id, fresh]) {
      const row = await at.db.deliveries.get(placementId(id, 'ma'))
      if (!row) throw new Error('Nobody follows it.')
      expect(row.state).toEqual({ kind: 'needs-you', reason: { kind: 'missed', because: 'planned-late' } })
      expect(sentenceOf(row, names)).toBe(
        `It was due ${row.dueAt}, and was scheduled only after that. Send it now, or give it a new time.`,
      )
    }
    expect(publisher.visible()).toEqual([])
    // A new time is a time like any other: what is missed then was slept through.
    await reschedulePosts(store, [{ id: fresh, to: toWall(clock.now() + 30 * 60_000, ZONE) }], 'later')
    await settle(outbox)
    clock.tick(5 * 3_600_000)
    await at.sign()
    expect((await at.db.deliveries.get(placementId(fresh, 'ma')))?.state).toMatchObject({
      reason: { because: 'asleep' },
    })
  })

  it('and what was scheduled a little after its time goes out at once, late', async () => {
    const { store, id, row, outbox, pass } = await aPostOnTwo()
    await setStatus(store, [id], 'approved', 'Approved')
    await pass(120, 20)
    await setStatus(store, [id], 'scheduled', 'Scheduled')
    await settle(outbox)
    expect((await row())?.state).toMatchObject({ kind: 'published', late: true })
  })

  it('and what a person plans again in the outbox after its time says so, too', async () => {
    const { id, row, outbox, pass } = await aPostOnTwo()
    await outbox.commands.cancel([placementId(id, 'ma')])
    await pass(240, 20)
    await outbox.commands.planAgain([placementId(id, 'ma')])
    await settle(outbox)
    expect((await row())?.state).toMatchObject({ kind: 'needs-you', reason: { because: 'planned-late' } })
  })

  it('hundreds of a channel at a time', async () => {
    const workspace = await aWorkspace()
    const { db, store, clock } = workspace
    const { outbox, reports } = await anOffice(workspace)
    await aChannel(workspace, outbox, 'ma')
    await outbox.start()
    const ids: string[] = []
    for (let at = 0; at < 250; at += 1) ids.push(await aScheduledPost(workspace, ['ma'], 60 + at))
    await settle(outbox)
    expect(await outbox.commands.hold(ids.map((id) => placementId(id, 'ma')))).toBe(0)
    expect(await db.deliveries.filter(({ held }) => held).count()).toBe(250)
    const later = toWall(clock.now() + 600 * 60_000, ZONE)
    await reschedulePosts(
      store,
      ids.map((id) => ({ id, to: later })),
      'later',
    )
    await settle(outbox)
    expect(
      await db.deliveries
        .where('[channelId+wakeAt]')
        .equals(['ma', toInstant(later)])
        .count(),
    ).toBe(250)
    expect(reports).toEqual([])
  })

  it('and a time that was over before anything could be sent there makes none', async () => {
    const workspace = await aWorkspace()
    const office = await anOffice(workspace)
    const id = await aScheduledPost(workspace, ['ma'], -60)
    await aChannel(workspace, office.outbox, 'ma')
    await office.outbox.start()
    await settle(office.outbox)
    expect(await workspace.db.deliveries.get(placementId(id, 'ma'))).toBeUndefined()
  })
})
