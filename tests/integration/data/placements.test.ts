import { describe, expect, it } from 'vitest'
import {
  changeMedia,
  changePlacement,
  detachText,
  mendPlacement,
  rejoinText,
  setField,
  setMedia,
  setOwnTimes,
  writeVariant,
} from '../../../renderer/data/commands/placements.ts'
import { createPost, duplicatePosts, reschedulePosts, trashPosts } from '../../../renderer/data/commands/posts.ts'
import { cardsBetween, postsPlannedBetween } from '../../../renderer/data/queries.ts'
import { purge } from '../../../renderer/features/trash/commands.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import { isApart, placementId } from '../../../shared/domain/placement.ts'
import { toInstant } from '../../../shared/domain/time.ts'
import { createMemoryShell } from '../../support/memoryShell.ts'
import { aWorkspace } from '../../support/workspace.ts'

const paragraph = (text: string): Doc => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})
const BASE = paragraph('Three pockets, no secrets.')
const SHORT = paragraph('Three pockets.')
const planned = { date: '2026-11-27', time: '09:00', zone: 'Europe/Berlin' }

async function aPostOnTwo() {
  const workspace = await aWorkspace()
  const { store, db } = workspace
  const id = await createPost(store, { title: 'Pockets', channelIds: ['x', 'li'], planned }, BASE)
  const ref = { postId: id, channelId: 'x' }
  const own = placementId(id, 'x')
  return { workspace, store, db, id, ref, own }
}

describe('the text of a channel', () => {
  it('is fed by the base until it is detached, and begins as the base', async () => {
    const { store, db, ref, own } = await aPostOnTwo()
    expect(await db.placements.count()).toBe(0)
    await detachText(store, ref, 'X')
    expect(await db.placements.get(own)).toMatchObject({ detached: true, words: 4 })
    expect((await db.documents.get(own))?.content).toEqual(BASE.content)
  })

  it('rejoins the base with one press, and comes back with one undo', async () => {
    const { store, db, ref, own } = await aPostOnTwo()
    await detachText(store, ref, 'X')
    await writeVariant(store, ref, SHORT, 'X', 'g1')
    await rejoinText(store, ref, 'X')
    expect(await db.placements.get(own)).toBeUndefined()
    expect(await db.documents.get(own)).toBeUndefined()
    await store.undo()
    expect((await db.documents.get(own))?.content).toEqual(SHORT.content)
    expect(await db.placements.get(own)).toMatchObject({ detached: true, words: 2 })
  })

  it('is written like any text: a stretch of typing is one undo, the base stays', async () => {
    const { store, db, id, ref, own } = await aPostOnTwo()
    await detachText(store, ref, 'X')
    await writeVariant(store, ref, paragraph('Three'), 'X', 'g1')
    await writeVariant(store, ref, SHORT, 'X', 'g1')
    await store.undo()
    expect((await db.documents.get(own))?.content).toEqual(BASE.content)
    expect((await db.documents.get(id))?.content).toEqual(BASE.content)
  })

  it('touches the post, so that its activity tells of it', async () => {
    const { workspace, store, db, id, ref } = await aPostOnTwo()
    workspace.clock.tick(1_000)
    await detachText(store, ref, 'X')
    const [latest] = await db.changes.where('entities').equals(id).reverse().sortBy('id')
    expect(latest?.label).toBe('Own text for X, “Pockets”')
  })
})

describe('what is different on a channel', () => {
  it('has a row for as long as something is', async () => {
    const { store, db, ref, own } = await aPostOnTwo()
    await changePlacement(store, ref, { format: 'thread', fields: { title: 'A film' } }, 'Format')
    expect(await db.placements.get(own)).toMatchObject({ format: 'thread', fields: { title: 'A film' } })
    await changePlacement(store, ref, { format: '', fields: {} }, 'Format')
    expect(await db.placements.get(own)).toBeUndefined()
  })

  it('keeps every field beside the one that is set, and loses the one that is taken away', async () => {
    const { store, db, ref, own } = await aPostOnTwo()
    // Both on their way at once, as a title that saves itself while a switch is pressed.
    await Promise.all([
      setField(store, ref, 'title', 'A film', 'Title'),
      setField(store, ref, 'madeForKids', false, 'Made for kids'),
    ])
    expect((await db.placements.get(own))?.fields).toEqual({ title: 'A film', madeForKids: false })
    await setField(store, ref, 'title', undefined, 'Title')
    expect((await db.placements.get(own))?.fields).toEqual({ madeForKids: false })
    await setField(store, ref, 'madeForKids', undefined, 'Made for kids')
    expect(await db.placements.get(own)).toBeUndefined()
  })

  it('has pictures of its own from the first change to them on; those of the post stay', async () => {
    const { store, db, id, own } = await aPostOnTwo()
    const [a, b] = ['a', 'b'].map((mediumId) => ({ mediumId, alt: '', ratio: '' }))
    if (!a || !b) throw new Error('two pictures')
    await changeMedia(store, id, null, () => [a, b], 'Pictures')
    await Promise.all([
      changeMedia(store, id, 'x', (list) => list.map((one) => ({ ...one, alt: 'A zip' })), 'Alt text'),
      changeMedia(store, id, 'x', (list) => list.toReversed(), 'Order of pictures'),
    ])
    expect((await db.placements.get(own))?.media).toEqual([
      { ...b, alt: 'A zip' },
      { ...a, alt: 'A zip' },
    ])
    expect(await db.posts.get(id)).toMatchObject({ media: [a, b], coverId: 'a' })
  })

  it('is mended in one step, text and format together, and one undo takes both back', async () => {
    const { store, db, ref, own } = await aPostOnTwo()
    await mendPlacement(store, ref, { doc: SHORT, format: 'thread' }, 'Make a thread of 2', 'X')
    expect(await db.placements.get(own)).toMatchObject({ detached: true, format: 'thread', words: 2 })
    expect((await db.documents.get(own))?.content).toEqual(SHORT.content)
    expect(store.history().undo).toBe('Make a thread of 2 for X, “Pockets”')
    await store.undo()
    expect(await db.placements.get(own)).toBeUndefined()
    expect(await db.documents.get(own)).toBeUndefined()
  })

  it('is copied with its post: text, format, pictures and their order', async () => {
    const { store, db, id, ref } = await aPostOnTwo()
    const pictures = [
      { mediumId: 'b', alt: 'The zip', ratio: '4:5' },
      { mediumId: 'a', alt: '', ratio: '' },
    ]
    await setMedia(store, id, pictures)
    await writeVariant(store, ref, SHORT, 'X', 'g1')
    await changePlacement(store, ref, { format: 'thread', media: [...pictures].reverse() }, 'Format')
    const copied = await duplicatePosts(store, [{ id, to: { ...planned, date: '2026-11-30' } }], store ? 1 : 0)
    const copyId = copied.ok ? copied.value[0] : undefined
    if (!copyId) throw new Error('not copied')
    expect(await db.posts.get(copyId)).toMatchObject({ media: pictures, coverId: 'b' })
    expect(await db.placements.get(placementId(copyId, 'x'))).toMatchObject({
      detached: true,
      format: 'thread',
      media: [...pictures].reverse(),
    })
    expect((await db.documents.get(placementId(copyId, 'x')))?.content).toEqual(SHORT.content)
  })

  it('is copied but for whom it is mailed to: that is said of each by itself', async () => {
    const { store, db, id, ref } = await aPostOnTwo()
    await changePlacement(store, ref, { fields: { emailSegment: 'all', emailSubject: 'Read me' } }, 'Newsletter')
    const copied = await duplicatePosts(store, [{ id, to: null }], 1)
    const copyId = copied.ok ? copied.value[0] : undefined
    if (!copyId) throw new Error('not copied')
    expect((await db.placements.get(placementId(copyId, 'x')))?.fields).toEqual({ emailSubject: 'Read me' })
  })

  it('goes for good with its post', async () => {
    const { store, db, id, ref, own } = await aPostOnTwo()
    await writeVariant(store, ref, SHORT, 'X', 'g1')
    await trashPosts(store, [id])
    await purge(store, db, { postIds: [id], campaignIds: [] })
    expect(await db.placements.get(own)).toBeUndefined()
    expect(await db.documents.get(own)).toBeUndefined()
  })

  it('comes back from the journal when the browser lost the database', async () => {
    const shell = createMemoryShell()
    const first = await aWorkspace({ shell })
    const id = await createPost(first.store, { title: 'Pockets', channelIds: ['x'] }, BASE)
    await writeVariant(first.store, { postId: id, channelId: 'x' }, SHORT, 'X', 'g1')
    first.close()
    await first.db.delete()
    const again = await aWorkspace({ shell, entry: first.entry })
    expect((await again.db.documents.get(placementId(id, 'x')))?.content).toEqual(SHORT.content)
  })
})

describe('times of their own', () => {
  it('are set for all markets in one gesture, and move with their post', async () => {
    const { store, db, id } = await aPostOnTwo()
    const newYork = { ...planned, zone: 'America/New_York' }
    const set = await setOwnTimes(store, id, [{ channelId: 'x', to: newYork }], '9:00 in each market')
    expect(set.ok).toBe(true)
    expect(await db.placements.get(placementId(id, 'x'))).toMatchObject({
      planned: newYork,
      plannedAt: toInstant(newYork),
    })
    await reschedulePosts(store, [{ id, to: { ...planned, date: '2026-11-30', time: '11:00' } }], 'to Monday')
    expect((await db.placements.get(placementId(id, 'x')))?.planned).toEqual({
      ...newYork,
      date: '2026-11-30',
      time: '11:00',
    })
    await store.undo()
    expect((await db.placements.get(placementId(id, 'x')))?.planned).toEqual(newYork)
  })

  it('are gone with the date of the post', async () => {
    const { store, db, id } = await aPostOnTwo()
    await setOwnTimes(store, id, [{ channelId: 'x', to: { ...planned, zone: 'Asia/Tokyo', date: '2026-11-28' } }], 'x')
    await reschedulePosts(store, [{ id, to: null }], 'off')
    expect(await db.placements.count()).toBe(0)
  })

  it('cannot lie in the past, and none is set then', async () => {
    const { store, db, id } = await aPostOnTwo()
    const past = { date: '2026-11-20', time: '09:00', zone: 'Asia/Tokyo' }
    const set = await setOwnTimes(
      store,
      id,
      [
        { channelId: 'li', to: { ...planned, zone: 'Asia/Tokyo', date: '2026-11-29' } },
        { channelId: 'x', to: past },
      ],
      'x',
    )
    expect(set).toEqual({ ok: false, error: { kind: 'in-the-past', to: past } })
    expect(await db.placements.count()).toBe(0)
  })
})

describe('what goes out in some days', () => {
  const november = (day: number, time = '09:00', zone = 'Europe/Berlin') => ({
    date: `2026-11-${String(day).padStart(2, '0')}`,
    time,
    zone,
  })
  const span = (from: number, to: number) =>
    [toInstant(november(from, '00:00')), toInstant(november(to + 1, '00:00'))] as const

  it('has a channel at its own time, where the plan of its post is in other days, and the post without it', async () => {
    const { store, db } = await aWorkspace()
    const id = await createPost(store, { title: 'Pockets', channelIds: ['x', 'li'], planned: november(25) })
    await setOwnTimes(store, id, [{ channelId: 'x', to: november(29) }], 'x')
    const cards = async (from: number, to: number) =>
      (await cardsBetween(db, ...span(from, to))).map((card) => [card.id, card.channelIds])
    const [post, own] = [
      [id, ['li']],
      [placementId(id, 'x'), ['x']],
    ]
    expect(await cards(25, 26)).toEqual([post])
    expect(await cards(28, 29)).toEqual([own])
    expect(await cards(25, 29)).toEqual([post, own])
    await trashPosts(store, [id])
    expect(await cards(25, 29)).toEqual([])
    expect(await cards(28, 29)).toEqual([])
  })

  it('is every card once, and as many posts as are planned then: what a plan counts', async () => {
    const { store, db } = await aWorkspace()
    const posts: { id: string; plan: number; own: number | null }[] = []
    for (const [index, own] of [null, 26, 30, 25, null, 28].entries()) {
      const plan = 25 + (index % 4)
      const id = await createPost(store, { title: `P${index}`, channelIds: ['x', 'li'], planned: november(plan) })
      if (own) await setOwnTimes(store, id, [{ channelId: 'x', to: november(own, '18:00') }], 'x')
      posts.push({ id, plan, own })
    }
    for (const from of [25, 26, 27, 28])
      for (const to of [from, from + 1]) {
        const within = (day: number | null) => day !== null && day >= from && day <= to
        const cards = await cardsBetween(db, ...span(from, to))
        const wanted = posts.flatMap(({ id, plan, own }) => [
          ...(within(plan) ? [id] : []),
          ...(within(own) ? [placementId(id, 'x')] : []),
        ])
        expect(cards.map(({ id }) => id).sort()).toEqual(wanted.sort())
        expect(cards.filter(({ id }) => !isApart(id))).toHaveLength(
          (await postsPlannedBetween(db, ...span(from, to))).length,
        )
      }
  })
})
