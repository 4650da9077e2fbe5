import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import { createPost, editPosts, trashPosts } from '../../../renderer/data/commands/posts.ts'
import type { WorkspaceDb } from '../../../renderer/data/db.ts'
import { listPosts } from '../../../renderer/features/composer/queries.ts'
import { watch } from '../../../renderer/ports/live.ts'
import { NO_FILTER } from '../../../shared/domain/workspace.ts'
import { aWorkspace } from '../../support/workspace.ts'

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

  it('keeps the list beside the text as the posts are: titles, new ones, deleted ones', async () => {
    const { store, db } = await aWorkspace()
    const id = await createPost(store, { title: 'Untitled' })
    const list = follow(db, (open) => listPosts(open, NO_FILTER, 0, 50))
    const titles = () => list.last()?.undated.map(({ title }) => title)
    await vi.waitFor(() => expect(titles()).toEqual(['Untitled']))
    await editPosts(store, [id], { title: 'First' }, 'Title')
    await vi.waitFor(() => expect(titles()).toEqual(['First']))
    await createPost(store, { title: 'Second' })
    await vi.waitFor(() => expect(titles()?.toSorted()).toEqual(['First', 'Second']))
    await trashPosts(store, [id])
    await vi.waitFor(() => expect(titles()).toEqual(['Second']))
    list.unsubscribe()
  })
})
