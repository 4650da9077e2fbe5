import { beforeEach, describe, expect, it } from 'vitest'
import { createPost, trashPosts } from '../../../renderer/data/commands/posts.ts'
import { rowsOfList, weeksFrom } from '../../../renderer/features/composer/groups.ts'
import { listPosts, passing, postToOpen, unindexed } from '../../../renderer/features/composer/queries.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { NO_FILTER, type PostFilter } from '../../../shared/domain/workspace.ts'
import { aMovingClock, aWorkspace, type TestWorkspace } from '../../support/workspace.ts'

const ZONE = 'Europe/Berlin'
const WEEKS = weeksFrom('2026-11-23', ZONE)

describe('the list beside the text', () => {
  let workspace: TestWorkspace
  const add = (title: string, date?: string, fields: Partial<Post> = {}) =>
    createPost(workspace.store, { title, planned: date ? { date, time: '09:00', zone: ZONE } : null, ...fields })
  const titles = async (filter: PostFilter = NO_FILTER, limit = 50) => {
    const listed = await listPosts(workspace.db, filter, WEEKS, limit)
    const rows = rowsOfList(listed)
    const posts = new Map((await workspace.db.posts.toArray()).map((post) => [post.id, post.title]))
    return { rows: rows.map((row) => (row.kind === 'head' ? `# ${row.words}` : posts.get(row.key))), more: listed.more }
  }

  beforeEach(async () => {
    workspace = await aWorkspace({ zone: ZONE, clock: aMovingClock() })
    await add('Mon', '2026-11-23', { labels: ['autumn'], ownerId: 'ida', status: 'published' })
    await add('Sun', '2026-11-29', { labels: ['moss'], ownerId: 'ida' })
    await add('Next', '2026-11-30', { labels: ['autumn'], campaignId: 'mend' })
    await add('Far', '2027-01-04', { labels: ['autumn'], ownerId: 'ida', pillarId: 'seam' })
    await add('Some day', undefined, { labels: ['autumn'], ownerId: 'ida' })
    await add('Any day', undefined, { channelIds: ['ig'] })
    await add('Old', '2026-11-22', { labels: ['autumn'], ownerId: 'ida' })
    await add('Older', '2026-11-20', { labels: ['autumn'], ownerId: 'ida' })
    await trashPosts(workspace.store, [await add('Gone', '2026-11-24', { labels: ['autumn'], ownerId: 'ida' })])
  })

  it('has posts under the week they are planned in', async () => {
    expect((await titles()).rows).toEqual(
      ['# This week', 'Mon', 'Sun', '# Next week', 'Next', '# No date', 'Any day', 'Some day', '# Later', 'Far'].concat(
        ['# Earlier', 'Old', 'Older'],
      ),
    )
  })

  it('has those a filter leaves, all its lists holding', async () => {
    const filter = { ...NO_FILTER, labels: ['autumn', 'moss'], ownerIds: ['ida'] }
    expect((await titles(filter)).rows).toEqual([
      '# This week',
      'Mon',
      'Sun',
      '# No date',
      'Some day',
      '# Later',
      'Far',
      '# Earlier',
      'Old',
      'Older',
    ])
    expect((await titles({ ...NO_FILTER, campaignIds: ['mend'] })).rows).toEqual(['# Next week', 'Next'])
    expect((await titles({ ...NO_FILTER, channelIds: ['ig'] })).rows).toEqual(['# No date', 'Any day'])
  })

  it('ends at the limit and says so, with a filter as without', async () => {
    expect(await titles(NO_FILTER, 1)).toEqual({
      rows: ['# This week', 'Mon', '# Next week', 'Next', '# No date', 'Any day', '# Later', 'Far', '# Earlier', 'Old'],
      more: true,
    })
    expect(await titles({ ...NO_FILTER, ownerIds: ['ida'] }, 1)).toMatchObject({ more: true })
    expect(await titles({ ...NO_FILTER, ownerIds: ['ida'] }, 50)).toMatchObject({ more: false })
  })

  it('asks rows only for what no index knows', async () => {
    expect(unindexed({ ...NO_FILTER, labels: ['autumn'] })).toBeNull()
    const filter = { ...NO_FILTER, labels: ['autumn'], pillarIds: ['seam'], text: 'far' }
    const rest = unindexed(filter)
    const { later } = await listPosts(workspace.db, filter, WEEKS, 50)
    expect((await passing(workspace.db, later, rest ?? NO_FILTER)).map(({ title }) => title)).toEqual(['Far'])
  })

  it('opens the next post that is not out yet', async () => {
    const opened = async (filter: PostFilter) =>
      (await workspace.db.posts.get((await postToOpen(workspace.db, '', filter, WEEKS)) ?? ''))?.title
    expect(await opened(NO_FILTER)).toBe('Sun')
    expect(await opened({ ...NO_FILTER, labels: ['autumn'] })).toBe('Next')
    expect(await opened({ ...NO_FILTER, statuses: ['cancelled'] })).toBeUndefined()
  })
})
