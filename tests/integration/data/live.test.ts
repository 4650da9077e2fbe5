import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import { createPost, editPosts, trashPosts, writeText } from '../../../renderer/data/commands/posts.ts'
import type { WorkspaceDb } from '../../../renderer/data/db.ts'
import { listPosts } from '../../../renderer/features/composer/queries.ts'
import { watch } from '../../../renderer/ports/live.ts'
import { NO_FILTER } from '../../../shared/domain/workspace.ts'
import { aText } from '../../support/library.ts'
import { aWorkspace } from '../../support/workspace.ts'

const WEEKS = { thisWeek: 0, nextWeek: 7, later: 14 }

/** What a watched query has answered last. */
function follow<T>(db: WorkspaceDb, query: (db: WorkspaceDb) => Promise<T>) {
  let last: T | undefined
  const { unsubscribe } = watch(db, query).subscribe((answer) => {
    last = answer
  })
  return { last: () => last, unsubscribe }
}

describe('a watched query', () => {
  it('is asked again when what it read changes, also after it has waited for something else', async () => {
    const { store, db } = await aWorkspace()
    const id = await createPost(store, { title: 'Untitled' })
    const titles = follow(db, async (open) => {
      await null
      return (await open.posts.toArray()).map(({ title }) => title)
    })
    await vi.waitFor(() => expect(titles.last()).toEqual(['Untitled']))
    await editPosts(store, [id], { title: 'Second' }, 'Title')
    await vi.waitFor(() => expect(titles.last()).toEqual(['Second']))
    titles.unsubscribe()
  })

  it('keeps the list beside the text as the posts are: new ones, deleted ones, those that pass; and is not asked again by typing', async () => {
    const { store, db } = await aWorkspace()
    const first = await createPost(store, { title: 'First', labels: ['autumn'] })
    const asked = vi.fn()
    const filter = { ...NO_FILTER, labels: ['autumn'] }
    const follows = [NO_FILTER, filter].map((wanted) =>
      follow(db, (open) => {
        asked()
        return listPosts(open, wanted, WEEKS, 50)
      }),
    )
    const ids = () => follows.map((list) => list.last()?.undated)
    await vi.waitFor(() => expect(ids()).toEqual([[first], [first]]))
    asked.mockClear()
    await writeText(store, first, aText(), 'typing')
    await editPosts(store, [first], { title: 'Longer' }, 'Title')
    const second = await createPost(store, { title: 'Second' })
    await vi.waitFor(() => expect(ids()).toEqual([[second, first], [first]]))
    expect(asked.mock.calls.length).toBeLessThanOrEqual(2)
    await editPosts(store, [second], { labels: ['autumn'] }, 'Labels')
    await vi.waitFor(() =>
      expect(ids()).toEqual([
        [second, first],
        [second, first],
      ]),
    )
    await trashPosts(store, [first])
    await vi.waitFor(() => expect(ids()).toEqual([[second], [second]]))
    for (const { unsubscribe } of follows) unsubscribe()
  })
})
