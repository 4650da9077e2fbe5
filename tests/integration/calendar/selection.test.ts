import { beforeEach, describe, expect, it } from 'vitest'
import { createPost } from '../../../renderer/data/commands/posts.ts'
import type { Workspace } from '../../../renderer/data/workspace.ts'
import { allHave, changeLists, inCommon } from '../../../renderer/parts/selection/shared.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { aMovingClock, aWorkspace } from '../../support/workspace.ts'

let workspace: Workspace
beforeEach(async () => {
  workspace = await aWorkspace({ clock: aMovingClock(Date.UTC(2026, 9, 14, 8)) })
})

describe('several selected posts', () => {
  const some = async (...lists: string[][]) => {
    const ids: string[] = []
    for (const labels of lists) ids.push(await createPost(workspace.store, { title: 'x', labels, ownerId: labels[0] }))
    return ids
  }
  const read = async (ids: readonly string[]) =>
    (await workspace.db.posts.bulkGet([...ids])).filter((post) => post !== undefined)

  it('show the value all have, else how many different ones there are', async () => {
    const posts = await read(await some(['a'], ['a', 'b'], ['c', 'a']))
    expect(inCommon(posts, ({ title }) => title)).toEqual({ value: 'x', different: 1 })
    expect(inCommon(posts, ({ ownerId }) => ownerId)).toEqual({ value: null, different: 2 })
    expect(allHave(posts, 'labels')).toEqual(['a'])
  })

  it('gain and lose what is changed in all of them and keep what is their own, in one undo', async () => {
    const { store } = workspace
    const ids = await some(['a', 'b'], ['c', 'a'])
    const labels = async () => (await read(ids)).map((post: Post) => post.labels)
    await changeLists(store, ids, 'labels', ['b'], 'Labels')
    expect(await labels()).toEqual([['b'], ['c', 'b']])
    await store.undo()
    expect(await labels()).toEqual([
      ['a', 'b'],
      ['c', 'a'],
    ])
  })
})
