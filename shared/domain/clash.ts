/** What stands in the way of a post at a time: a neighbour on the same channel, the same text again, a day or an hour kept free. Pure. */
import { type Channel, inQuietHours, type QuietHours } from './channel.ts'
import type { Post } from './post.ts'
import { type Instant, type IsoDate, toWall, type Zone } from './time.ts'
import type { DayNote } from './workspace.ts'

export type Clash =
  | {
      readonly kind: 'spacing'
      readonly channelId: string
      readonly other: Post /** minutes apart */
      readonly apart: number
      readonly spacing: number
    }
  | { readonly kind: 'duplicate'; readonly other: AlikePost /** 0.5 ... 1, the same */; readonly likeness: number }
  | { readonly kind: 'blackout'; readonly note: DayNote }
  | { readonly kind: 'quiet'; readonly channelId: string; readonly quiet: QuietHours }
  /** A public holiday on which the channel keeps quiet. */
  | { readonly kind: 'holiday'; readonly channelId: string; readonly name: string }
  /** The channel has as many posts on that day as it takes. */
  | { readonly kind: 'full-day'; readonly channelId: string; readonly posts: number; readonly most: number }

/** What is to be known of a post that says nearly the same: there may be hundreds. */
export type AlikePost = Pick<Post, 'id' | 'title' | 'planned' | 'plannedAt' | 'status' | 'seriesId' | 'evergreenOf'>

export interface Alike {
  readonly post: AlikePost
  /** 0.5 ... 1, the same */
  readonly likeness: number
}

/** From here on two texts are the same for whoever reads them. */
export const SAME = 0.995

export interface Surroundings {
  /** Posts near that time; the post itself is skipped. */
  readonly posts: readonly Post[]
  readonly channels: readonly Channel[]
  readonly notes: readonly DayNote[]
  readonly zone: Zone
  /** Name of the public holiday a day is; '' for none. Absent: not asked. */
  readonly holidayOn?: (day: IsoDate) => string
  /** Posts anywhere that say nearly the same, the likeliest first, where somebody asked for them. */
  readonly alike?: readonly Alike[]
}

type Planned = Pick<Post, 'id' | 'channelIds' | 'title' | 'excerpt' | 'words' | 'seriesId'>

const MINUTE = 60_000
/** The same text on the same channel within this many days is a repetition nobody wanted. */
export const DUPLICATE_DAYS = 30

const plainText = ({ excerpt, title }: Planned) => (excerpt || title).toLocaleLowerCase().replace(/\s+/g, ' ').trim()
/** What is out cannot be mended any more. */
const out = ({ status }: Post) => status === 'published'
const cancelled = ({ status }: Pick<Post, 'status'>) => status === 'cancelled'
export const blackoutOn = (day: IsoDate, notes: readonly DayNote[]): DayNote | undefined =>
  notes.find((note) => note.kind === 'blackout' && note.on <= day && note.until >= day)

/** An occurrence says what the others of its series say: that is what it is for. */
export const sameSeries = (a: Pick<Post, 'seriesId'>, b: Pick<Post, 'seriesId'>) =>
  a.seriesId !== '' && a.seriesId === b.seriesId

/** Those that say nearly the same too near to an instant, on whatever channel. */
export const repeatedNear = (
  post: Pick<Post, 'id' | 'seriesId'>,
  at: Instant,
  alike: readonly Alike[],
): readonly Alike[] =>
  alike.filter(
    ({ post: other }) =>
      other.id !== post.id &&
      other.plannedAt >= 0 &&
      !cancelled(other) &&
      !sameSeries(post, other) &&
      Math.abs(other.plannedAt - at) <= DUPLICATE_DAYS * 1_440 * MINUTE,
  )

/** Everything a post would clash with at an instant. */
export function clashesAt(post: Planned, at: Instant, around: Surroundings): Clash[] {
  const { posts, channels, notes, zone, alike } = around
  const found: Clash[] = []
  const text = plainText(post)
  // Long texts with one beginning have one excerpt, but seldom as many words.
  const saysTheSame = (other: Post) => other.words === post.words && plainText(other) === text
  let duplicate: Post | undefined
  for (const other of posts) {
    if (other.id === post.id || other.plannedAt < 0 || cancelled(other)) continue
    const shared = post.channelIds.filter((id) => other.channelIds.includes(id))
    if (shared.length === 0) continue
    const apart = Math.abs(other.plannedAt - at) / MINUTE
    for (const channelId of shared) {
      const spacing = channels.find(({ id }) => id === channelId)?.spacing ?? 0
      if (apart < spacing) found.push({ kind: 'spacing', channelId, other, apart, spacing })
    }
    if (!duplicate && text && apart <= DUPLICATE_DAYS * 1_440 && saysTheSame(other) && !sameSeries(post, other))
      duplicate = other
  }
  const near = duplicate ? { post: duplicate, likeness: 1 } : alike && repeatedNear(post, at, alike)[0]
  if (near) found.push({ kind: 'duplicate', other: near.post, likeness: near.likeness })
  const day = toWall(at, zone).date
  const note = blackoutOn(day, notes)
  if (note) found.push({ kind: 'blackout', note })
  const own = channels.filter(({ id }) => post.channelIds.includes(id))
  return [...found, ...own.flatMap((channel) => ruleClashes(channel, post, at, day, around))]
}

/** What the rules of one channel say against an instant. */
function ruleClashes(channel: Channel, post: Planned, at: Instant, day: IsoDate, around: Surroundings): Clash[] {
  const { id: channelId, quiet, quietOnHolidays, perDay } = channel
  const found: Clash[] = []
  if (quiet && inQuietHours(channel, at)) found.push({ kind: 'quiet', channelId, quiet })
  const name = quietOnHolidays ? (around.holidayOn?.(day) ?? '') : ''
  if (name) found.push({ kind: 'holiday', channelId, name })
  if (perDay > 0) {
    const posts = around.posts.filter(
      (other) =>
        other.id !== post.id &&
        other.plannedAt >= 0 &&
        !cancelled(other) &&
        other.channelIds.includes(channelId) &&
        toWall(other.plannedAt, around.zone).date === day,
    ).length
    if (posts >= perDay) found.push({ kind: 'full-day', channelId, posts, most: perDay })
  }
  return found
}

/** The first instant from `at` on, in steps of minutes and within a day, at which no channel of the post is too close or quiet. Null: none. */
export function firstFree(post: Planned, at: Instant, around: Surroundings, step = 15): Instant | null {
  for (let next = at; next <= at + 1_440 * MINUTE; next += step * MINUTE) {
    if (!clashesAt(post, next, around).some(({ kind }) => kind === 'spacing' || kind === 'quiet')) return next
  }
  return null
}

/**
 * For every post of a page, what it clashes with: only spacing and blackout days, which can be told in one pass over posts
 * in order of time. Absent: nothing.
 */
export function clashesAmong(
  posts: readonly Post[],
  channels: readonly Channel[],
  notes: readonly DayNote[],
  zone: Zone,
): Map<string, Clash> {
  const found = new Map<string, Clash>()
  const last = new Map<string, Post>()
  const spacingOf = new Map(channels.map(({ id, spacing }) => [id, spacing]))
  const blackouts = notes.filter(({ kind }) => kind === 'blackout')
  for (const post of posts.filter((p) => p.plannedAt >= 0 && !cancelled(p)).sort((a, b) => a.plannedAt - b.plannedAt)) {
    const note = blackouts.length > 0 ? blackoutOn(toWall(post.plannedAt, zone).date, blackouts) : undefined
    if (note && !out(post)) found.set(post.id, { kind: 'blackout', note })
    for (const channelId of post.channelIds) {
      const before = last.get(channelId)
      const spacing = spacingOf.get(channelId) ?? 0
      const apart = before ? (post.plannedAt - before.plannedAt) / MINUTE : Number.POSITIVE_INFINITY
      if (before && apart < spacing) {
        if (!out(post)) found.set(post.id, { kind: 'spacing', channelId, other: before, apart, spacing })
        if (!out(before) && !found.has(before.id))
          found.set(before.id, { kind: 'spacing', channelId, other: post, apart, spacing })
      }
      last.set(channelId, post)
    }
  }
  return found
}
