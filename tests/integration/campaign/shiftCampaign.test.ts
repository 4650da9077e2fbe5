import { beforeEach, describe, expect, it } from 'vitest'
import { createCampaign, createTask, editTask } from '../../../renderer/data/commands/campaigns.ts'
import { createPost, editPosts } from '../../../renderer/data/commands/posts.ts'
import { shiftCampaign } from '../../../renderer/data/commands/shift.ts'
import { postsOfCampaign, tasksOfCampaign } from '../../../renderer/data/queries.ts'
import type { Workspace } from '../../../renderer/data/workspace.ts'
import { planShift } from '../../../shared/domain/shift.ts'
import { aMovingClock, aWorkspace } from '../../support/workspace.ts'

const at = (date: string) => ({ date, time: '09:00', zone: 'Europe/Berlin' })
let workspace: Workspace
let campaignId: string
let teaser: string

beforeEach(async () => {
  workspace = await aWorkspace({ clock: aMovingClock(Date.UTC(2026, 9, 14, 8)) })
  const { store } = workspace
  campaignId = await createCampaign(store, { name: 'Tarn 28', launchOn: '2026-10-20' })
  teaser = await createPost(store, { title: 'Teaser', campaignId, planned: at('2026-10-19'), dueOn: '2026-10-16' })
  await createPost(store, { title: 'Launch', campaignId, planned: at('2026-10-20'), status: 'scheduled' })
  await createPost(store, { title: 'Fixed', campaignId, planned: at('2026-10-21'), pinned: true })
  await createTask(store, { title: 'Book the hall', campaignId, dueOn: '2026-10-15' })
})

const preview = async (days: number) => {
  const { db } = workspace
  const campaign = await db.campaigns.get(campaignId)
  if (!campaign) throw new Error('no campaign')
  return planShift(
    {
      campaign,
      posts: await postsOfCampaign(db, campaignId),
      tasks: await tasksOfCampaign(db, campaignId),
      blackouts: [],
      others: new Map(),
      dayLimit: 6,
      now: Date.parse('2026-10-14T08:00:00Z'),
    },
    { days, skipWeekends: false, keepWeekday: true, skipBlackouts: false },
  )
}
const everything = async () => ({
  posts: (await postsOfCampaign(workspace.db, campaignId)).map(({ title, planned, publishAt, plannedAt, dueOn }) => ({
    title,
    planned,
    publishAt,
    plannedAt,
    dueOn,
  })),
  launchOn: (await workspace.db.campaigns.get(campaignId))?.launchOn,
  tasks: (await tasksOfCampaign(workspace.db, campaignId)).map(({ dueOn }) => dueOn),
})

describe('shifting a campaign', () => {
  it('moves posts, their deadlines and publishing times, the launch and the tasks', async () => {
    const result = await shiftCampaign(workspace.store, workspace.db, await preview(7))
    expect(result.ok).toBe(true)
    const after = await everything()
    expect(after.posts.map(({ title, planned }) => [title, planned?.date])).toEqual([
      ['Fixed', '2026-10-21'],
      ['Teaser', '2026-10-26'],
      ['Launch', '2026-10-27'],
    ])
    expect(after.posts.find(({ title }) => title === 'Teaser')?.dueOn).toBe('2026-10-23')
    expect(after.posts.find(({ title }) => title === 'Launch')?.publishAt).toEqual(at('2026-10-27'))
    expect(after.launchOn).toBe('2026-10-27')
    expect(after.tasks).toEqual(['2026-10-22'])
  })

  it('is one entry of the log and one undo', async () => {
    const before = await everything()
    const entries = await workspace.db.changes.count()
    await shiftCampaign(workspace.store, workspace.db, await preview(7))
    expect(await workspace.db.changes.count()).toBe(entries + 1)
    expect(workspace.store.history().undo).toBe('Shifted “Tarn 28” 7 days later')
    await workspace.store.undo()
    expect(await everything()).toEqual(before)
  })

  it('refuses when a post changed since the preview, and moves nothing', async () => {
    const plan = await preview(7)
    await editPosts(workspace.store, [teaser], { title: 'Teaser, again' }, 'Title')
    const before = await everything()
    const refused = await shiftCampaign(workspace.store, workspace.db, plan)
    expect(refused).toMatchObject({ ok: false, error: { kind: 'changed', posts: [{ title: 'Teaser, again' }] } })
    expect(await everything()).toEqual(before)
  })

  it('refuses when a post joined the campaign or a task moved since the preview', async () => {
    const plan = await preview(7)
    const [task] = await tasksOfCampaign(workspace.db, campaignId)
    await editTask(workspace.store, task?.id ?? '', { dueOn: '2026-10-17' })
    expect(await shiftCampaign(workspace.store, workspace.db, plan)).toMatchObject({
      ok: false,
      error: { kind: 'changed', posts: [] },
    })
    const second = await preview(7)
    await createPost(workspace.store, { title: 'Late guest', campaignId })
    expect(await shiftCampaign(workspace.store, workspace.db, second)).toMatchObject({
      ok: false,
      error: { kind: 'changed', posts: [{ title: 'Late guest' }] },
    })
  })

  it('refuses to write a log entry for nothing', async () => {
    expect(await shiftCampaign(workspace.store, workspace.db, await preview(0))).toMatchObject({
      ok: false,
      error: { kind: 'nothing-moves' },
    })
  })
})
