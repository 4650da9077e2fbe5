import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillFromPool, readPool, setEvergreen } from '../../../renderer/data/commands/evergreen.ts'
import { setField, writeVariant } from '../../../renderer/data/commands/placements.ts'
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
import { addDays, daysBetween, toInstant } from '../../../shared/domain/time.ts'
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

  it('is mailed by none of the others, and whom they are mailed to stays as it was said of each', async () => {
    const { store, db, made, all } = await aSeries()
    const [second, third] = made
    if (!second || !third) throw new Error('none made')
    const mail = (postId: string, group: string) =>
      setField(store, { postId, channelId: 'x' }, 'emailSegment', group, 'Send as a newsletter')
    await mail(second.id, 'all')
    await mail(third.id, 'status:free')
    await editPosts(store, [second.id], { title: 'New' }, 'Title')
    await spreadToSeries(store, db, second.id, 'all', { content: true, time: false })
    const posts = await all()
    expect(posts.map(({ title }) => title)).toEqual(['New', 'New', 'New', 'New'])
    const rows = await db.placements.bulkGet(posts.map(({ id }) => placementId(id, 'x')))
    expect(rows.map((row) => row?.fields.emailSegment)).toEqual([undefined, 'all', 'status:free', undefined])
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

describe('a series that goes on', () => {
  const weekly = everyRule('weekly')

  it('goes on as it was, whatever was done to one alone', async () => {
    const { workspace, store, db, id, all } = await aSeries(weekly)
    await editPosts(store, [id], { title: 'Friday desk, the first' }, 'Title')
    await reschedulePosts(store, [{ id, to: { ...planned, date: '2026-11-28', time: '18:00' } }], 'to Saturday')
    workspace.clock.tick(14 * 86_400_000)
    await extendSeries(db, store, 'Europe/Berlin', workspace.clock.now())
    const last = (await all()).at(-1)
    expect(last).toMatchObject({ title: 'Friday desk', planned: { date: '2027-03-05', time: '09:00' } })
  })

  it('goes on as what was given to those that follow: text, hour and distance from the day of the rule', async () => {
    const { workspace, store, db, made, all } = await aSeries(weekly)
    const second = made[0]
    if (!second) throw new Error('none made')
    await editPosts(store, [second.id], { title: 'Saturday desk' }, 'Title')
    const to = { ...planned, date: '2026-12-05', time: '10:30' }
    await reschedulePosts(store, [{ id: second.id, to }], 'to Saturday')
    await spreadToSeries(store, db, second.id, 'following', { content: true, time: false })
    await spreadToSeries(store, db, second.id, 'following', { content: false, time: true })
    workspace.clock.tick(14 * 86_400_000)
    await extendSeries(db, store, 'Europe/Berlin', workspace.clock.now())
    const last = (await all()).at(-1)
    expect(last).toMatchObject({
      title: 'Saturday desk',
      occursOn: '2027-03-05',
      planned: { date: '2027-03-06', time: '10:30' },
    })
  })

  it('makes up for nothing after months without anybody', async () => {
    const { workspace, store, db, dates } = await aSeries(weekly)
    workspace.clock.tick(365 * 86_400_000)
    await extendSeries(db, store, 'Europe/Berlin', workspace.clock.now())
    const later = (await dates()).filter((date) => date !== undefined && date > '2027-02-26')
    expect(later[0]).toBe('2027-11-26')
  })

  it('stands on the 31st, and on 29 February, only where there is one', async () => {
    const { store, db } = await aWorkspace()
    const dates = async (date: string, rule: typeof weekly) => {
      const id = await createPost(store, { planned: { ...planned, date } })
      const made = await repeatPost(store, id, rule, '')
      return made.ok && made.value.map((post) => post.planned?.date)
    }
    expect(await dates('2027-01-31', everyRule('monthly', { count: 4 }))).toEqual([
      '2027-03-31',
      '2027-05-31',
      '2027-07-31',
    ])
    expect(await dates('2028-02-29', everyRule('yearly', { count: 2 }))).toEqual(['2032-02-29'])
    expect(await db.series.count()).toBe(2)
  })

  it('keeps its clock time where the clocks jump over it, and asks anew where it exists twice', async () => {
    const { store } = await aWorkspace()
    const at = { date: '2026-10-25', time: '02:30', zone: 'Europe/Berlin', fold: 'later' as const }
    const clock = { date: '2027-03-21', time: '02:30', zone: 'Europe/Berlin' }
    const jump = await repeatPost(
      store,
      await createPost(store, { planned: clock }),
      everyRule('weekly', { count: 3 }),
      '',
    )
    expect(jump.ok && jump.value.map((post) => [post.planned, post.plannedAt])).toEqual(
      ['2027-03-28', '2027-04-04'].map((date) => [{ ...clock, date }, toInstant({ ...clock, date })]),
    )
    const twice = await repeatPost(
      store,
      await createPost(store, { planned: { ...at, date: '2027-10-31' } }),
      everyRule('weekly', { count: 2 }),
      '',
    )
    expect(twice.ok && twice.value[0]?.planned).toEqual({ ...clock, date: '2027-11-07' })
  })
})

describe('giving a time to the others', () => {
  it('leaves those whose day is over, those without a date, those that are out and those in the trash', async () => {
    const { workspace, store, db, id, made, all } = await aSeries(everyRule('weekly', { count: 6 }))
    const [second, third, fourth, fifth] = made
    if (!second || !third || !fourth || !fifth) throw new Error('none made')
    workspace.clock.tick(10 * 86_400_000)
    await reschedulePosts(store, [{ id: third.id, to: null }], 'to Undated')
    await trashPosts(store, [fifth.id])
    await reschedulePosts(store, [{ id: second.id, to: { ...planned, date: '2026-12-06' } }], 'to Sunday')
    const given = await spreadToSeries(store, db, second.id, 'all', { content: false, time: true })
    expect(given.ok && given.value.map(({ occursOn }) => occursOn)).toEqual(['2026-12-18', '2027-01-01'])
    expect((await all()).map((post) => post.planned?.date)).toEqual([
      '2026-11-27',
      '2026-12-06',
      '2026-12-20',
      '2027-01-03',
    ])
    expect((await db.posts.get(third.id))?.planned).toBeNull()
    await store.undo()
    expect((await db.posts.get(fourth.id))?.planned?.date).toBe('2026-12-18')
    expect((await db.posts.get(id))?.planned?.date).toBe('2026-11-27')
  })

  it('and whatever was done to single ones, one undo brings back what was before it', async () => {
    const step = fc.record({
      on: fc.nat(4),
      what: fc.constantFrom('move', 'hour', 'title', 'trash', 'undate', 'publish'),
      by: fc.integer({ min: 1, max: 3 }),
    })
    const give = fc.record({
      from: fc.nat(4),
      scope: fc.constantFrom('following' as const, 'all' as const),
      content: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 5 }), give, async (steps, { from, scope, content }) => {
        const { workspace, store, db, id, made } = await aSeries(everyRule('weekly', { count: 5 }))
        const ids = [id, ...made.map((post) => post.id)]
        const of = async (at: number) => {
          const post = await db.posts.get(ids[at] ?? '')
          if (!post) throw new Error('gone')
          return post
        }
        for (const { on, what, by } of steps) {
          const post = await of(on)
          const wall = post.planned ?? planned
          if (what === 'move')
            await reschedulePosts(store, [{ id: post.id, to: { ...wall, date: addDays(wall.date, by) } }], '')
          if (what === 'hour') await reschedulePosts(store, [{ id: post.id, to: { ...wall, time: `1${by}:00` } }], '')
          if (what === 'title') await editPosts(store, [post.id], { title: `Title ${by}` }, 'Title')
          if (what === 'trash') await trashPosts(store, [post.id])
          if (what === 'undate') await reschedulePosts(store, [{ id: post.id, to: null }], '')
          if (what === 'publish') await setStatus(store, [post.id], 'published', '')
        }
        const before = await db.posts.toArray()
        const source = await of(from)
        const given = await spreadToSeries(store, db, source.id, scope, { content, time: !content })
        if (!given.ok) {
          expect(await db.posts.toArray()).toEqual(before)
          expect(source.planned).toBeNull()
          return
        }
        const offset = source.planned ? daysBetween(source.occursOn, source.planned.date) : 0
        for (const old of before) {
          const now = await db.posts.get(old.id)
          const still = old.trashedAt > 0 || old.status === 'published' || (!content && !old.planned)
          const wanted = old.id !== source.id && !still && (scope === 'all' || old.occursOn > source.occursOn)
          if (!wanted) expect(now).toEqual(old)
          else if (content) expect(now).toMatchObject({ title: source.title, planned: old.planned, status: old.status })
          else
            expect(now).toMatchObject({
              title: old.title,
              planned: { ...source.planned, date: addDays(old.occursOn, offset) },
            })
        }
        // Where all were so already, there is nothing to take back.
        if (store.history().undo?.startsWith('Changed ')) await store.undo()
        expect(await db.posts.toArray()).toEqual(before)
        workspace.close()
      }),
      { numRuns: 40 },
    )
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
