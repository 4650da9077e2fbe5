import { describe, expect, it } from 'vitest'
import {
  blankPost,
  correctPublishedDate,
  duplicatePosts,
  reschedulePosts,
} from '../../../renderer/data/commands/posts.ts'
import { postsPlannedBetween, undatedPosts } from '../../../renderer/data/queries.ts'
import { eventsByDay } from '../../../renderer/features/calendar/events.ts'
import { judge, movesTo } from '../../../renderer/features/calendar/moves.ts'
import { rangeOf } from '../../../renderer/features/calendar/usePage.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { instantsOf } from '../../../shared/domain/time.ts'
import { ok } from '../../../shared/lib/result.ts'
import { aWorkspace, type TestWorkspace } from '../../support/workspace.ts'
import '../../support/indexeddb.ts'

const zone = 'Europe/Berlin'
const at = (date: string, time = '09:00') => ({ date, time, zone })
const aPost = (fields: Partial<Post>) => blankPost(0, { title: 'A post', ...fields })

async function withPosts(...posts: Post[]): Promise<TestWorkspace> {
  const workspace = await aWorkspace({ zone })
  await workspace.store.change<null, never>({ command: 'seed', label: 'Seeded' }, async (tx) => {
    await tx.createMany('posts', posts)
    return ok(null)
  })
  return workspace
}
const wallOf = async ({ db }: TestWorkspace, id: string) => (await db.posts.get(id))?.planned ?? null
/** What the calendar's drop does. */
async function drop(workspace: TestWorkspace, posts: readonly Post[], day: string) {
  const anchor = posts[0]
  if (!anchor) throw new Error('nothing in the hand')
  const judged = judge(
    posts,
    movesTo(posts, anchor, { kind: 'day', day }, zone, () => '10:00'),
    workspace.clock.now(),
  )
  if (!judged.ok) return judged
  return reschedulePosts(workspace.store, judged.value.moves, 'there')
}

describe('a drop on the calendar', () => {
  it('moves a selection in one step, and one undo takes all back', async () => {
    const posts = [aPost({ planned: at('2026-11-26', '09:10') }), aPost({ planned: at('2026-11-27', '17:45') })]
    const workspace = await withPosts(...posts)
    expect((await drop(workspace, posts, '2026-12-01')).ok).toBe(true)
    expect(await Promise.all(posts.map(({ id }) => wallOf(workspace, id)))).toEqual([
      at('2026-12-01', '09:10'),
      at('2026-12-02', '17:45'),
    ])
    await workspace.store.undo()
    expect(await Promise.all(posts.map(({ id }) => wallOf(workspace, id)))).toEqual([
      at('2026-11-26', '09:10'),
      at('2026-11-27', '17:45'),
    ])
  })

  it('into the past changes nothing and says so', async () => {
    const post = aPost({ planned: at('2026-11-26') })
    const workspace = await withPosts(post)
    expect(await drop(workspace, [post], '2026-11-20')).toMatchObject({ ok: false, error: { kind: 'in-the-past' } })
    expect(await wallOf(workspace, post.id)).toEqual(at('2026-11-26'))
  })

  it('of a post that is out is refused; its date can be corrected or it can be copied, and nothing is scheduled by that', async () => {
    const out = aPost({ planned: at('2026-11-20'), status: 'published' })
    const workspace = await withPosts(out)
    expect(await drop(workspace, [out], '2026-12-01')).toMatchObject({
      ok: false,
      error: { kind: 'already-published' },
    })
    await correctPublishedDate(workspace.store, out.id, at('2026-11-21'))
    expect(await wallOf(workspace, out.id)).toEqual(at('2026-11-21'))
    const copies = await duplicatePosts(workspace.store, [{ id: out.id, to: at('2026-12-01') }], workspace.clock.now())
    const copy = copies.ok ? await workspace.db.posts.get(copies.value[0] ?? '') : undefined
    expect(copy).toMatchObject({
      status: 'draft',
      planned: at('2026-12-01'),
      publishAt: null,
      source: null,
      title: 'A post (copy)',
    })
  })

  it('from the tray and back keeps the post and its text', async () => {
    const post = aPost({})
    const workspace = await withPosts(post)
    await drop(workspace, [post], '2026-12-01')
    expect(await undatedPosts(workspace.db)).toEqual([])
    const dated = await workspace.db.posts.get(post.id)
    expect(dated?.planned).toEqual(at('2026-12-01', '10:00'))
    await reschedulePosts(workspace.store, [{ id: post.id, to: null }], 'to Undated')
    expect((await undatedPosts(workspace.db)).map(({ id }) => id)).toEqual([post.id])
  })
})

describe('a page of the calendar', () => {
  it('reads its own days and no others, to the first and last minute of the zone', async () => {
    const { from, to } = rangeOf('month', '2026-11-24', 1)
    const inside = [aPost({ planned: at(from, '00:00') }), aPost({ planned: at(to, '23:59') })]
    const outside = [
      aPost({ planned: at('2026-10-25', '23:59') }),
      aPost({ planned: at('2026-12-07', '00:00') }),
      aPost({}),
    ]
    const { db } = await withPosts(...inside, ...outside)
    const span = instantsOf({ from, to }, zone)
    const read = await postsPlannedBetween(db, span.from, span.to)
    expect(read.map(({ id }) => id).sort()).toEqual(inside.map(({ id }) => id).sort())
    expect([...eventsByDay(read, { from, to }, zone).keys()]).toEqual([from, to])
  })
})
