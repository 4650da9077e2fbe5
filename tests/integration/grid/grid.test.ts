import { describe, expect, it } from 'vitest'
import { swapOnChannel } from '../../../renderer/data/commands/grid.ts'
import { changePlacement, setMedia, setOwnTimes } from '../../../renderer/data/commands/placements.ts'
import { createPost, trashPosts, writeText } from '../../../renderer/data/commands/posts.ts'
import { gridOf, tilesOf } from '../../../renderer/features/grid/queries.ts'
import { placed, placementId } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { aText, withFiles } from '../../support/library.ts'
import { aWorkspace, type TestWorkspace } from '../../support/workspace.ts'

const onDay = (day: number) => ({ date: `2026-12-${String(day).padStart(2, '0')}`, time: '09:00', zone: 'UTC' })
const post = ({ store }: TestWorkspace, title: string, day: number, fields: Partial<Post> = {}) =>
  createPost(store, { title, planned: onDay(day), channelIds: ['ig'], ...fields })
const titles = async ({ db }: TestWorkspace) => {
  const { ids } = await gridOf(db, 'ig')
  return (await db.posts.bulkGet([...ids])).map((row) => row?.title)
}

describe('the grid of a channel', () => {
  it('has the posts of the channel in its order, without stories, what is cancelled and what is in the trash', async () => {
    const workspace = await aWorkspace()
    const { store, db } = workspace
    await post(workspace, 'fifth', 5)
    await post(workspace, 'ninth', 9)
    await post(workspace, 'elsewhere', 6, { channelIds: ['fb'] })
    await post(workspace, 'cancelled', 6, { status: 'cancelled' })
    await post(workspace, 'undated', 6, { planned: null })
    await post(workspace, 'out', 30, { status: 'published' })
    await trashPosts(store, [await post(workspace, 'trashed', 6)])
    const story = await post(workspace, 'story', 6)
    await changePlacement(store, { postId: story, channelId: 'ig' }, { format: 'story' }, 'Format')
    const reel = await post(workspace, 'reel', 6)
    await changePlacement(store, { postId: reel, channelId: 'ig' }, { fields: { shareToFeed: false } }, 'Feed')
    const own = await post(workspace, 'own', 1, { channelIds: ['ig', 'fb'] })
    await setOwnTimes(store, own, [{ channelId: 'ig', to: onDay(7) }], 'Time')
    expect(await titles(workspace)).toEqual(['ninth', 'own', 'fifth', 'out'])
    expect(await gridOf(db, 'ig')).toMatchObject({ planned: 3, stories: 1, reelsOnly: 1 })
  })

  it('shows the first picture as the network cuts it, the cover of a reel, and says what is missing', async () => {
    const workspace = await aWorkspace()
    const { store, db } = workspace
    const [wide, tall, film, still] = await withFiles(
      workspace,
      { width: 4000, height: 1000 },
      { width: 1000, height: 4000 },
      { kind: 'video', width: 1080, height: 1920, seconds: 8 },
      { width: 1080, height: 1920 },
    )
    if (!wide || !tall || !film || !still) throw new Error('nothing was added')
    const one = await post(workspace, 'one', 1)
    await setMedia(store, one, [...placed(wide), ...placed(tall)])
    const reel = await post(workspace, 'reel', 2)
    await setMedia(store, reel, placed(film))
    await changePlacement(store, { postId: reel, channelId: 'ig' }, { fields: { cover: still.id } }, 'Cover')
    const text = await post(workspace, 'text', 3)
    await writeText(store, text, aText(tall), 'typing')
    const none = await post(workspace, 'none', 4)
    const gone = await post(workspace, 'gone', 5)
    await setMedia(store, gone, placed({ id: 'gone' }))
    const tiles = await tilesOf(db, 'ig', [one, reel, text, none, gone, 'nobody'])
    expect(tiles.map(({ format, count, cover, gone }) => [format, count, cover?.medium.id, gone])).toEqual([
      ['carousel', 2, wide.id, false],
      ['reel', 1, still.id, false],
      ['feed', 1, tall.id, false],
      ['feed', 0, undefined, false],
      ['feed', 0, undefined, true],
    ])
    const pixels = tiles.slice(0, 3).map(({ cover }) => {
      if (!cover) throw new Error('no cover')
      const { medium, frame } = cover
      return [frame.x + frame.width / 2, (frame.width * medium.width) / (frame.height * medium.height)]
    })
    for (const [middle, ratio] of pixels) {
      expect(middle).toBeCloseTo(0.5)
      expect(ratio).toBeCloseTo(3 / 4)
    }
  })

  it('swaps in one step that one undo takes back; of a post with other channels only this one moves', async () => {
    const workspace = await aWorkspace()
    const { store, db } = workspace
    const alone = await post(workspace, 'alone', 5, { status: 'scheduled' })
    const shared = await post(workspace, 'shared', 9, { channelIds: ['ig', 'fb'] })
    expect(await titles(workspace)).toEqual(['shared', 'alone'])
    expect((await swapOnChannel(store, 'ig', [alone, shared], '@fern')).ok).toBe(true)
    expect(await titles(workspace)).toEqual(['alone', 'shared'])
    expect(store.history().undo).toBe('Swapped “alone” and “shared” on @fern')
    expect(await db.posts.get(alone)).toMatchObject({ planned: onDay(9), publishAt: onDay(9), status: 'scheduled' })
    expect(await db.posts.get(shared)).toMatchObject({ planned: onDay(9) })
    expect(await db.placements.get(placementId(shared, 'ig'))).toMatchObject({ planned: onDay(5) })
    await store.undo()
    expect(await titles(workspace)).toEqual(['shared', 'alone'])
    expect(await db.placements.count()).toBe(0)
    await store.redo()
    // Swapped back, the channel follows its post again.
    await swapOnChannel(store, 'ig', [alone, shared], '@fern')
    expect(await db.placements.count()).toBe(0)
  })

  it('refuses what is out, and leaves both where they are', async () => {
    const workspace = await aWorkspace()
    const [planned, out] = [
      await post(workspace, 'planned', 5),
      await post(workspace, 'out', 1, { status: 'published' }),
    ]
    const steps = workspace.store.history().step
    expect(await swapOnChannel(workspace.store, 'ig', [planned, out], '@fern')).toMatchObject({
      error: { kind: 'already-published' },
    })
    expect(await swapOnChannel(workspace.store, 'ig', [planned, 'gone'], '@fern')).toMatchObject({
      error: { kind: 'missing' },
    })
    expect(workspace.store.history().step).toBe(steps)
  })
})
