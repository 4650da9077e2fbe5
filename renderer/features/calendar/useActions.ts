/** What a gesture on the calendar does, whichever hand made it: pointer, keyboard or menu. */
import { channelOf, followed, isApart, ownTime, postOf } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { proposeTime } from '../../../shared/domain/slots.ts'
import type { ClockTime, IsoDate, WallTime } from '../../../shared/domain/time.ts'
import { correctPublishedDate, duplicatePosts, named, reschedulePosts } from '../../data/commands/posts.ts'
import { changeSettings } from '../../data/commands/workspace.ts'
import { explain, formatWhen, useUndo } from '../../parts/index.ts'
import { useMoveFollowing } from '../../parts/repeat/useMoveFollowing.ts'
import { useOwnTimes } from '../../parts/useMarkets.ts'
import { useSayStillOut } from '../../parts/useSayStillOut.ts'
import { useSayUnfit } from '../../parts/useUnfit.ts'
import { useDeps } from '../../ports/deps.tsx'
import { select } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { toast } from '../../ui/index.ts'
import { corrected, judge, movesTo, type Target } from './moves.ts'
import { expect, settle } from './uiState.ts'
import type { Page } from './usePage.ts'

/** A change that is stored but that no live query concerns (its post is not on the page) is forgotten after this, in milliseconds. */
const CONFIRM_MS = 2_000

/** Why a channel apart from its post is not copied. */
export const WHOLE_ONLY = 'Only the post is copied, not one channel of it.'

export function useActions(page: Page | null) {
  const { store, db, clock } = useDeps()
  const { settings, channels } = useReference()
  const { undo } = useUndo()
  const following = useMoveFollowing()
  const setTimes = useOwnTimes()
  const sayUnfit = useSayUnfit()
  const sayStillOut = useSayStillOut()
  const zone = settings.zone

  /** The time an undated post gets on a day: its channels' next slot, else the last time used. */
  const timeFor = (post: Post, day: IsoDate): ClockTime => {
    const own = channels.list.filter(({ id }) => post.channelIds.includes(id))
    const near = page ? [...page.known.values()] : []
    return proposeTime(day, own, near, settings.lastTime, zone, clock.now())?.wall.time ?? settings.lastTime
  }

  /** Posts by id: from memory, or read when the selection reaches beyond the page. */
  const postsOf = async (ids: readonly string[], known: ReadonlyMap<string, Post>): Promise<Post[]> => {
    const missing = ids.filter((id) => !known.has(id))
    const read = missing.length > 0 ? await db.posts.bulkGet(missing) : []
    const found = new Map([...known, ...read.flatMap((post) => (post ? [[post.id, post] as const] : []))])
    return ids.flatMap((id) => found.get(id) ?? [])
  }

  const plan = (posts: readonly Post[], anchor: Post, target: Target, copy = false) =>
    judge(posts, movesTo(posts, anchor, target, zone, timeFor), clock.now(), copy)

  /** The channels apart from moved posts, which go along with them. */
  const along = (posts: readonly Post[], next: readonly Post[]) =>
    posts.flatMap((post, index) => {
      const [from, to] = [post.planned, next[index]?.planned]
      if (!from || !to) return []
      return (page?.apart.get(post.id) ?? []).map((before) => ({
        before,
        after: before.planned ? { ...before, ...ownTime(followed(before.planned, from, to)) } : before,
      }))
    })

  /** Keeps the screen at the result until the query says so, or takes it back. */
  const settleSoon = (ids: readonly string[]) => window.setTimeout(() => settle(ids), CONFIRM_MS)

  /** The result leaves the screen again when it could not be written. */
  const orBack = <T>(ids: readonly string[], storing: Promise<T>): Promise<T> =>
    storing.catch((thrown: unknown) => {
      settle(ids)
      throw thrown
    })

  /** Gives a channel that goes out apart from its post another time of its own; at the time of its post, or off the page, it joins it. */
  async function moveApart(card: Post, target: Target): Promise<boolean> {
    const judged = plan([card], card, target)
    if (!judged.ok) {
      toast({ text: explain(judged.error), tone: 'refused' })
      return false
    }
    const [next] = judged.value.posts
    const together = !next?.planned || page?.known.get(postOf(card.id))?.plannedAt === next.plannedAt
    if (next?.plannedAt === card.plannedAt) return true
    const to = together ? null : (next?.planned ?? null)
    const name = channels.get(channelOf(card.id))?.name ?? 'The channel'
    const words = to ? `Moved ${name} alone to ${formatWhen(to)}` : `${name} goes with its post again`
    if (next && to) expect([card], [next])
    const set = await orBack([card.id], setTimes(postOf(card.id), [{ channelId: channelOf(card.id), to }], words))
    if (!set) settle([card.id])
    else {
      settleSoon([card.id])
      if (to) void sayUnfit([card])
    }
    return set
  }

  /** Moves posts by a gesture: painted at once, stored, undone in one step. Gives false when it was refused. */
  async function move(posts: readonly Post[], anchor: Post, target: Target): Promise<boolean> {
    if (isApart(anchor.id)) return moveApart(anchor, target)
    const judged = plan(posts, anchor, target)
    if (!judged.ok) {
      toast({ text: explain(judged.error), tone: 'refused' })
      return false
    }
    const { moves, posts: next } = judged.value
    const ids = posts.map(({ id }) => id)
    if (
      posts.every(
        (post, index) => post.plannedAt === next[index]?.plannedAt && post.planned?.zone === next[index]?.planned?.zone,
      )
    )
      return true
    const first = next.find(({ id }) => id === anchor.id) ?? next[0]
    const where = first?.planned ? `to ${formatWhen(first.planned)}` : 'to Undated'
    // Begun before the screen is drawn anew: the database reads while the page paints.
    const storing = reschedulePosts(store, moves, where)
    const others = along(posts, next)
    const carried = [...ids, ...others.map(({ before }) => before.id)]
    expect([...posts, ...others.map(({ before }) => before)], [...next, ...others.map(({ after }) => after)])
    const stored = await orBack(carried, storing)
    if (!stored.ok) {
      settle(carried)
      toast({ text: explain(stored.error), tone: 'refused' })
      return false
    }
    settleSoon(carried)
    void sayUnfit(posts)
    if (target.kind === 'time' && first?.planned) void changeSettings(store, { lastTime: first.planned.time })
    toast({
      id: 'moved',
      text: first?.planned ? `Moved ${named(posts)} ${where}` : `Took the date off ${named(posts)}`,
      action: first?.planned && posts.length === 1 ? following(first) : undefined,
      undo,
    })
    if (!first?.planned) void sayStillOut(posts)
    return true
  }

  /** Puts copies where the gesture points; the copies are selected. */
  async function copy(posts: readonly Post[], anchor: Post, target: Target): Promise<boolean> {
    if (isApart(anchor.id)) {
      toast({ text: WHOLE_ONLY, tone: 'refused' })
      return false
    }
    const judged = plan(posts, anchor, target, true)
    if (!judged.ok) {
      toast({ text: explain(judged.error), tone: 'refused' })
      return false
    }
    const made = await duplicatePosts(store, judged.value.moves, clock.now())
    if (!made.ok) return false
    select(made.value)
    toast({
      id: 'undo',
      text: made.value.length === 1 ? 'Made a copy, as a draft' : `Made ${made.value.length} copies, as drafts`,
      undo,
    })
    return true
  }

  /** Corrects the date shown on a post that is out. */
  async function correct(post: Post, to: WallTime): Promise<void> {
    const storing = correctPublishedDate(store, post.id, to)
    expect([post], [corrected(post, to)])
    const stored = await orBack([post.id], storing)
    if (stored.ok) {
      settleSoon([post.id])
      toast({ id: 'undo', text: `Corrected the date of ${named([post])} to ${formatWhen(to)}`, undo })
    } else {
      settle([post.id])
      toast({ text: explain(stored.error), tone: 'refused' })
    }
  }

  return { postsOf, plan, along, move, copy, correct, timeFor }
}
export type Actions = ReturnType<typeof useActions>
