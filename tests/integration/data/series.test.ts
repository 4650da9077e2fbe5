import { describe, expect, it } from 'vitest'
import { fillFromPool, readPool, setEvergreen } from '../../../renderer/data/commands/evergreen.ts'
import { writeVariant } from '../../../renderer/data/commands/placements.ts'
import { createPost, editPosts, reschedulePosts, setStatus, trashPosts } from '../../../renderer/data/commands/posts.ts'
import {
  endSeries,
  extendSeries,
  leaveSeries,
  repeatPost,
  spreadToSeries,
} from '../../../renderer/data/commands/series.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import { fillGaps } from '../../../shared/domain/evergreen.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { everyRule } from '../../../shared/domain/recurrence.ts'
import { addDays, toInstant } from '../../../shared/domain/time.ts'
import { aWorkspace } from '../../support/workspace.ts'

const TEXT: Doc = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Every Friday.' }] }] }
const OTHER: Doc = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Otherwise.' }] }] }
const planned = { date: '2026-11-27', time: '09:00', zone: 'Europe/Berlin' }

async function aSeries(rule = everyRule('weekly', { count: 4 })) {
  const workspace = await aWorkspace()
  const { store, db } = workspace
  const id = await createPost(store, { title: 'Friday desk', channelIds: ['x'], planned, status: 'approved' }, TEXT)
  await writeVariant(store, { postId: id, channelId: 'x' }, OTHER, 'X', 'g')
  const made = await repeatPost(store, id, rule, 'every week')
  if (!made.ok) throw new Error(made.error.kind)
  const all = async () =>
    (await db.posts.where('plannedAt').above(0).sortBy('plannedAt')).filter(({ trashedAt }) => trashedAt === 0)
  const dates = async () => (await all()).map((post) => post.planned?.date)
  return { workspace, store, db, id, made: made.value, all, dates }
}

describe('a post that repeats', () => {
  it('is a post of its own on every day of the rule, at its clock time, with its texts; one undo takes all back', async () => {
    const { store, db, made, dates } = await aSeries()
    expect(await dates()).toEqual(['2026-11-27', '2026-12-04', '2026-12-11', '2026-12-18'])
    const last = made.at(-1)
    if (!last) throw new Error('none made')
    expect(last).toMatchObject({ title: 'Friday desk', status: 'approved', occursOn: '2026-12-18' })
    expect((await db.documents.get(last.id))?.content).toEqual(TEXT.content)
    expect((await db.documents.get(placementId(last.id, 'x')))?.content).toEqual(OTHER.content)
    await store.undo()
    expect(await dates()).toEqual(['2026-11-27'])
    expect(await db.series.count()).toBe(0)
  })

  it('keeps nine o’clock over a clock change', async () => {
    const { all } = await aSeries(everyRule('monthly', { count: 6 }))
    expect(new Set((await all()).map((post) => post.planned?.time))).toEqual(new Set(['09:00']))
    expect((await all()).map(({ plannedAt, planned: wall }) => wall && plannedAt === toInstant(wall))).not.toContain(
      false,
    )
  })

  it('goes to the first day its rule names', async () => {
    const { dates } = await aSeries(everyRule('weekly', { days: [{ weekday: 2, nth: 0 }], count: 2 }))
    expect(await dates()).toEqual(['2026-12-01', '2026-12-08'])
  })

  it('is refused without a date, twice, or by a rule that names no day', async () => {
    const { store, id } = await aSeries()
    const undated = await createPost(store, {})
    const weekly = everyRule('weekly')
    expect(await repeatPost(store, undated, weekly, '')).toEqual({ ok: false, error: { kind: 'no-date' } })
    expect(await repeatPost(store, id, weekly, '')).toEqual({ ok: false, error: { kind: 'repeats-already' } })
    const dated = await createPost(store, { planned })
    const never = everyRule('monthly', { months: [2], monthDays: [30] })
    expect(await repeatPost(store, dated, never, '')).toEqual({ ok: false, error: { kind: 'never' } })
  })

  it('that is out stays on its day, and repeats from now on only', async () => {
    const { store, db } = await aWorkspace()
    const past = { ...planned, date: '2026-11-06' }
    const id = await createPost(store, { title: 'Friday desk', planned: past, status: 'published' })
    const tuesdays = everyRule('weekly', { days: [{ weekday: 2, nth: 0 }], count: 5 })
    expect(await repeatPost(store, id, tuesdays, '')).toEqual({
      ok: false,
      error: { kind: 'is-out', on: '2026-11-06' },
    })
    await repeatPost(store, id, everyRule('weekly', { count: 5 }), '')
    const posts = await db.posts.orderBy('plannedAt').toArray()
    expect(posts.map((post) => `${post.planned?.date} ${post.status}`)).toEqual([
      '2026-11-06 published',
      '2026-11-27 draft',
      '2026-12-04 draft',
    ])
  })

  it('without an end is written out three months ahead, and further as time goes', async () => {
    const { workspace, store, db, dates } = await aSeries(everyRule('weekly'))
    expect((await dates()).at(-1)).toBe('2027-02-26')
    workspace.clock.tick(14 * 86_400_000)
    expect(await extendSeries(db, store, 'Europe/Berlin', workspace.clock.now())).toBe(1)
    expect((await dates()).at(-1)).toBe('2027-03-05')
    expect(await extendSeries(db, store, 'Europe/Berlin', workspace.clock.now())).toBe(0)
  })

  it('does not bring back one that was deleted', async () => {
    const { workspace, store, db, made } = await aSeries(everyRule('weekly'))
    const second = made[0]
    if (!second) throw new Error('none made')
    await trashPosts(store, [second.id])
    workspace.clock.tick(7 * 86_400_000)
    await extendSeries(db, store, 'Europe/Berlin', workspace.clock.now())
    const onThatDay = (await db.posts.toArray()).filter(
      ({ occursOn, trashedAt }) => occursOn === '2026-12-04' && !trashedAt,
    )
    expect(onThatDay).toEqual([])
  })
})

describe('editing one occurrence', () => {
  it('leaves the others, until it is given to those that follow', async () => {
    const { store, db, made, all } = await aSeries()
    const second = made[0]
    if (!second) throw new Error('none made')
    await editPosts(store, [second.id], { title: 'Friday desk, new' }, 'Title')
    expect((await all()).map(({ title }) => title)).toEqual([
      'Friday desk',
      'Friday desk, new',
      'Friday desk',
      'Friday desk',
    ])
    await spreadToSeries(store, db, second.id, 'following', { content: true, time: false })
    expect((await all()).map(({ title }) => title)).toEqual([
      'Friday desk',
      'Friday desk, new',
      'Friday desk, new',
      'Friday desk, new',
    ])
    await store.undo()
    expect((await all()).filter(({ title }) => title.endsWith('new'))).toHaveLength(1)
  })

  it('is given to all but those that are out', async () => {
    const { store, db, id, made, all } = await aSeries()
    await setStatus(store, [id], 'published', 'Published')
    const third = made[1]
    if (!third) throw new Error('none made')
    await editPosts(store, [third.id], { title: 'New' }, 'Title')
    await spreadToSeries(store, db, third.id, 'all', { content: true, time: false })
    expect((await all()).map(({ title }) => title)).toEqual(['Friday desk', 'New', 'New', 'New'])
  })

  it('its new day and hour are given as far as it was moved', async () => {
    const { store, db, made, all } = await aSeries()
    const second = made[0]
    if (!second) throw new Error('none made')
    await reschedulePosts(
      store,
      [{ id: second.id, to: { ...planned, date: '2026-12-05', time: '10:30' } }],
      'to Saturday',
    )
    await spreadToSeries(store, db, second.id, 'following', { content: false, time: true })
    expect((await all()).map((post) => `${post.planned?.date} ${post.planned?.time}`)).toEqual([
      '2026-11-27 09:00',
      '2026-12-05 10:30',
      '2026-12-12 10:30',
      '2026-12-19 10:30',
    ])
  })

  it('that left its series is not reached any more', async () => {
    const { store, db, id, made, all } = await aSeries()
    const second = made[0]
    if (!second) throw new Error('none made')
    await leaveSeries(store, second.id)
    await editPosts(store, [id], { title: 'New' }, 'Title')
    await spreadToSeries(store, db, id, 'all', { content: true, time: false })
    expect((await all()).map(({ title }) => title)).toEqual(['New', 'Friday desk', 'New', 'New'])
  })
})

describe('ending a series', () => {
  it('takes what follows to the trash and writes nothing out any more', async () => {
    const { workspace, store, db, made, dates } = await aSeries(everyRule('weekly'))
    const second = made[0]
    if (!second) throw new Error('none made')
    await endSeries(store, db, second.id)
    expect(await dates()).toEqual(['2026-11-27', '2026-12-04'])
    workspace.clock.tick(30 * 86_400_000)
    expect(await extendSeries(db, store, 'Europe/Berlin', workspace.clock.now())).toBe(0)
    await store.undo()
    expect((await dates()).length).toBeGreaterThan(2)
  })
})

describe('the evergreen pool', () => {
  it('fills open slots with copies in one step, and counts them as uses', async () => {
    const { store, db } = await aWorkspace()
    const tea = await createPost(store, { title: 'Tea', channelIds: ['ig'] }, TEXT)
    await setEvergreen(store, [tea], { cooldown: 10, season: null, most: 0 })
    const slots = [0, 3, 12].map((days) => {
      const date = addDays('2026-12-01', days)
      return { channelId: 'ig', date, time: '12:30', at: toInstant({ date, time: '12:30', zone: 'Europe/Berlin' }) }
    })
    const pool = (await readPool(db)).map(({ evergreen }) => evergreen)
    const fills = fillGaps(pool, slots)
    expect(fills.map(({ slot }) => slot.date)).toEqual(['2026-12-01', '2026-12-13'])
    await fillFromPool(store, fills, 'Europe/Berlin')
    const copies = await db.posts.where('evergreenOf').equals(tea).sortBy('plannedAt')
    expect(copies.map((post) => [post.title, post.planned?.date, post.status, post.inPool])).toEqual([
      ['Tea', '2026-12-01', 'draft', 0],
      ['Tea', '2026-12-13', 'draft', 0],
    ])
    expect((await readPool(db))[0]?.evergreen.uses).toHaveLength(2)
    await store.undo()
    expect(await db.posts.where('evergreenOf').equals(tea).count()).toBe(0)
  })
})
