import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import { blankPost, createPost, editPosts, trashPosts, writeText } from '../../../renderer/data/commands/posts.ts'
import { WorkspaceDb } from '../../../renderer/data/db.ts'
import { ReadFault } from '../../../renderer/data/faults.ts'
import { listPosts } from '../../../renderer/features/composer/queries.ts'
import { watch } from '../../../renderer/ports/live.ts'
import { NO_FILTER } from '../../../shared/domain/workspace.ts'
import { garblePosts } from '../../support/garbled.ts'
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

  it('hears that the database did not give what was asked, which Dexie keeps to itself', async () => {
    const { db } = await aWorkspace()
    const heard = new Promise((resolve) => {
      watch(db, () => Promise.reject(new DOMException('The transaction was aborted', 'AbortError'))).subscribe({
        error: resolve,
      })
    })
    expect(await heard).toBeInstanceOf(ReadFault)
  })

  it('is asked anew once a record that came as null is mended', async () => {
    const db = new WorkspaceDb('garbled')
    let damaged = false
    garblePosts(db, (row) => (damaged ? null : row))
    const id = await db.posts.add(blankPost(0, { title: 'One' }))
    damaged = true
    const titles = async (open: WorkspaceDb) => (await open.posts.orderBy('id').toArray()).map(({ title }) => title)
    const fault = new Promise((resolve) => {
      watch(db, titles).subscribe({ error: resolve })
    })
    expect(await fault).toBeInstanceOf(ReadFault)
    damaged = false
    const mended = follow(db, titles)
    await vi.waitFor(() => expect(mended.last()).toEqual(['One']))
    await db.posts.update(id, { title: 'Two' })
    await vi.waitFor(() => expect(mended.last()).toEqual(['Two']))
    db.close()
    mended.unsubscribe()
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
