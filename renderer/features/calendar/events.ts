/**
 * Post -> calendar event. Every view shows a post at its instant in the zone of the workspace, and asks the same functions which
 * posts a day has, so that Month, Week, Day and List cannot disagree.
 */
import { isApart, postOf } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import {
  type DateRange,
  type IsoDate,
  inRange,
  minutesOf,
  toWall,
  type WallTime,
  type Zone,
} from '../../../shared/domain/time.ts'
import { dayFacts } from './dayFacts.ts'
import { wallDate } from './localizer.ts'

export interface PostEvent {
  readonly kind: 'post'
  /** That of the post, or of the placement where it is a channel with a time of its own. */
  readonly id: string
  readonly postId: string
  /** A channel apart from its post. */
  readonly apart: boolean
  readonly post: Post
  /** Where it stands, in the zone of the workspace. */
  readonly wall: WallTime
  /** Minutes since midnight of `wall`. */
  readonly minutes: number
  /** For react-big-calendar: wall time written as UTC, made once per version of a post. */
  readonly start: Date
  readonly end: Date
  readonly title: string
}

const made = new WeakMap<Post, { zone: Zone; event: PostEvent | null }>()

/** The event of a post in a zone; null while it has no date. The same object for the same version of a post. */
export function eventOf(post: Post, zone: Zone): PostEvent | null {
  const kept = made.get(post)
  if (kept?.zone === zone) return kept.event
  const event = make(post, zone)
  made.set(post, { zone, event })
  return event
}

function make(post: Post, zone: Zone): PostEvent | null {
  const wall = wallIn(post, zone)
  if (!wall) return null
  const minutes = minutesOf(wall.time)
  const start = wallDate(wall.date, minutes)
  // A post has no length: it ends where it starts, and is drawn as high as a chip.
  return {
    kind: 'post',
    id: post.id,
    postId: postOf(post.id),
    apart: isApart(post.id),
    post,
    wall,
    minutes,
    start,
    end: start,
    title: post.title,
  }
}

/** The wall time a post is shown at. A time the zone skips is shown where its instant is. */
export function wallIn(post: Pick<Post, 'planned' | 'plannedAt'>, zone: Zone): WallTime | null {
  const { planned } = post
  if (!planned) return null
  // Nearly all posts: planned here, on a day without a clock change - what was typed is what is shown, without any arithmetic.
  if (planned.zone === zone && dayFacts(planned.date, zone).minutes === 1_440 && !dayFacts(planned.date, zone).shift) {
    return planned.fold ? { date: planned.date, time: planned.time, zone } : planned
  }
  return toWall(post.plannedAt, zone)
}

/** In the order of instants; posts of the same minute by id, so that nothing jumps. */
const byTime = (a: PostEvent, b: PostEvent) => a.post.plannedAt - b.post.plannedAt || (a.id < b.id ? -1 : 1)

/** Events of a range of days, in order, each on its day; days without any are absent. */
export function eventsByDay(posts: Iterable<Post>, range: DateRange, zone: Zone): Map<IsoDate, PostEvent[]> {
  const days = new Map<IsoDate, PostEvent[]>()
  for (const post of posts) {
    const event = eventOf(post, zone)
    if (!event || !inRange(event.wall.date, range)) continue
    const day = days.get(event.wall.date)
    if (day) day.push(event)
    else days.set(event.wall.date, [event])
  }
  for (const day of days.values()) day.sort(byTime)
  return days
}

/** The posts of one day. */
export const postsOnDay = (posts: Iterable<Post>, day: IsoDate, zone: Zone): readonly PostEvent[] =>
  eventsByDay(posts, { from: day, to: day }, zone).get(day) ?? []
