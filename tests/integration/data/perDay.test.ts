/** As many posts as a network takes in a day are planned in silence; one more is told, on every one of them. */
import { describe, expect, it } from 'vitest'
import { changePlacement, setOwnTimes } from '../../../renderer/data/commands/placements.ts'
import { blankPost, reschedulePosts, trashPosts } from '../../../renderer/data/commands/posts.ts'
import { createRulesEngine } from '../../../renderer/data/rules/engine.ts'
import { tooManyAround } from '../../../renderer/data/rules/perDay.ts'
import { handAccount } from '../../../shared/domain/account.ts'
import { blankChannel, type NetworkId } from '../../../shared/domain/channel.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { toInstant } from '../../../shared/domain/time.ts'
import { aWorkspace } from '../../support/workspace.ts'

const ZONE = 'Europe/Berlin'
const at = (date: string, time: string) => ({ date, time, zone: ZONE })
const clockOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** A workspace with channels, each called as it is. */
async function planning(...channels: (readonly [id: string, network: NetworkId])[]) {
  const { db, store, clock } = await aWorkspace()
  await db.channels.bulkPut(channels.map(([id, network]) => blankChannel(network, { id, name: id, zone: ZONE })))
  const put = async (channelIds: string[], date: string, minutes: number) => {
    const planned = at(date, clockOf(minutes))
    const post = { ...blankPost(clock.now()), title: 'Moss', channelIds, planned, plannedAt: toInstant(planned) }
    await db.posts.put(post)
    return post.id
  }
  const many = (number: number, channelIds: string[], date = '2026-12-03', from = 8 * 60) =>
    Promise.all(Array.from({ length: number }, (_, index) => put(channelIds, date, from + index)))
  const told = async (id: string) => (await tooManyAround(db, id)).map(({ channelId }) => channelId)
  return { db, store, clock, put, many, told }
}

describe('posts on one channel in a day', () => {
  it('as many as it takes are fine; with one more each says so, and one that goes away makes it quiet again', async () => {
    const { db, store, many, put, told } = await planning(['clips', 'tiktok'])
    const ids = await many(15, ['clips'])
    expect(await told(ids[0] ?? '')).toEqual([])
    const last = await put(['clips'], '2026-12-04', 7 * 60 + 59)
    expect(await Promise.all([ids[0] ?? '', ids[14] ?? '', last].map(told))).toEqual([['clips'], ['clips'], ['clips']])
    const [found] = await tooManyAround(db, last)
    expect(found?.finding).toMatchObject({
      rule: 'per-day',
      severity: 'warning',
      place: { at: 'time' },
      sentence: expect.stringContaining('TikTok takes 15 posts in 24 hours, and 16 are planned around then.'),
    })
    // A whole day after the first it stands with fourteen others.
    await reschedulePosts(store, [{ id: last, to: at('2026-12-04', '08:00') }], 'to then')
    expect(await told(last)).toEqual([])
    await reschedulePosts(store, [{ id: last, to: at('2026-12-03', '20:00') }], 'to then')
    expect(await told(last)).toEqual(['clips'])
    for (const away of [
      () => trashPosts(store, [ids[3] ?? '']),
      () => db.posts.update(ids[4] ?? '', { status: 'cancelled' }),
    ]) {
      await away()
      expect(await told(last)).toEqual([])
      await put(['clips'], '2026-12-03', 21 * 60)
      expect(await told(last)).toEqual(['clips'])
    }
  })

  it('on other channels do not count, unless all share an app', async () => {
    const { many, put, told } = await planning(
      ['clips', 'tiktok'],
      ['other', 'tiktok'],
      ['films', 'youtube'],
      ['shows', 'youtube'],
    )
    await many(15, ['clips'])
    await many(15, ['other'])
    const both = await put(['clips', 'other'], '2026-12-03', 900)
    expect(await told(both)).toEqual(['clips', 'other'])
    const [one = ''] = await many(60, ['films'], '2026-12-10', 600)
    await many(40, ['shows'], '2026-12-10', 600)
    expect(await told(one)).toEqual([])
    await put(['shows'], '2026-12-10', 1_000)
    expect(await told(one)).toEqual(['films'])
  })

  it('counts a channel at its own time, and not at that of its post', async () => {
    const { db, store, many, put, told } = await planning(['clips', 'tiktok'], ['site', 'wordpress'])
    await many(15, ['clips'])
    const post = await put(['site', 'clips'], '2026-12-09', 600)
    expect(await told(post)).toEqual([])
    await setOwnTimes(store, post, [{ channelId: 'clips', to: at('2026-12-03', '12:00') }], 'Own time')
    expect((await db.placements.get(placementId(post, 'clips')))?.planned).toMatchObject({ date: '2026-12-03' })
    expect(await told(post)).toEqual(['clips'])
  })

  it('counts Reels only where Reels are counted', async () => {
    const { db, store, many, told } = await planning(['page', 'facebook'])
    const ids = await many(32, ['page'])
    expect(await told(ids[0] ?? '')).toEqual([])
    for (const postId of ids.slice(0, 30))
      await changePlacement(store, { postId, channelId: 'page' }, { format: 'reel' }, 'Reel')
    expect(await told(ids[0] ?? '')).toEqual([])
    await changePlacement(store, { postId: ids[30] ?? '', channelId: 'page' }, { format: 'reel' }, 'Reel')
    expect(await told(ids[0] ?? '')).toEqual(['page'])
    // The one that is no Reel has nothing to do with it.
    expect(await told(ids[31] ?? '')).toEqual([])
    expect(await db.placements.count()).toBe(31)
  })

  it('is nothing for what is out, and where a person posts', async () => {
    const { db, clock, many, told } = await planning(['clips', 'tiktok'])
    const [first = '', second = ''] = await many(16, ['clips'])
    await db.posts.update(first, { status: 'published' })
    expect([await told(first), await told(second)]).toEqual([[], ['clips']])
    await db.accounts.put(handAccount(blankChannel('tiktok', { id: 'clips', zone: ZONE }), clock.now()))
    expect(await told(second)).toEqual([])
  })

  it('is told of a post that was moved there', async () => {
    const { db, store, clock, many, put } = await planning(['clips', 'tiktok'])
    await many(15, ['clips'])
    const late = await put(['clips'], '2026-12-20', 600)
    const rules = createRulesEngine(db)
    const before = await db.posts.get(late)
    await reschedulePosts(store, [{ id: late, to: at('2026-12-03', '18:00') }], 'to then')
    const verdicts = await rules.moved(before ? [before] : [], clock.now())
    expect(verdicts.flatMap(({ found }) => found.map(({ finding }) => finding.rule))).toContain('per-day')
    rules.dispose()
  })

  it('reads no row where few posts stand, and only those of two days where many do', async () => {
    const { db, many, put, told } = await planning(['clips', 'tiktok'])
    const read: number[] = []
    const counting = (posts: typeof db.posts) =>
      posts.hook('reading', (post) => {
        read.push(post.plannedAt)
        return post
      })
    await many(200, ['clips'], '2026-11-28', 0)
    const alone = await put(['clips'], '2026-12-03', 600)
    counting(db.posts)
    expect(await told(alone)).toEqual([])
    expect(read).toHaveLength(1) // the post itself
    await many(20, ['clips'])
    read.length = 0
    expect(await told(alone)).toEqual(['clips'])
    expect(read).toHaveLength(22)
  })
})
