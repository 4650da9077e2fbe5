/**
 * A placement: one post on one channel. A post goes everywhere as it is; a placement only says what is different there - a text of its
 * own, a format, fields of that network, pictures, a time. Where nothing is different there is no row. Pure.
 */
import type { Post } from './post.ts'
import { addDays, clockOf, daysBetween, type Instant, minutesOf, toInstant, type WallTime, type Zone } from './time.ts'

/** A picture or film where it is used. The order in its list is the order it is shown in. */
export interface PlacedMedium {
  readonly mediumId: string
  /** Alternative text for this use; '': that of the library. */
  readonly alt: string
  /** Shape it is cut to, such as `4:5`; '': as it is. The cut itself belongs to the medium. */
  readonly ratio: string
}

/** Values of a network's own fields: a title, tags, a board, made for kids ... Which there are, `shared/platforms` says. */
export type FieldValue = string | boolean | readonly string[]
export type FieldValues = Readonly<Record<string, FieldValue>>

export interface Placement {
  /** `placementId(postId, channelId)`: asking for it twice finds the same row. */
  readonly id: string
  readonly postId: string
  readonly channelId: string
  /** Format on the network (`feed`, `story`, `reel` ...); '': the one its content asks for. */
  readonly format: string
  /** A text of its own, in `documents` under the id of the placement; false: the base text feeds it. */
  readonly detached: boolean
  /** First words and length of its own text, '' and 0 while it is fed by the base. */
  readonly excerpt: string
  readonly words: number
  readonly fields: FieldValues
  readonly firstComment: string
  /** Pictures of its own; null: those of the post. */
  readonly media: readonly PlacedMedium[] | null
  /** A time of its own; null: that of the post. */
  readonly planned: WallTime | null
  /** Derived from `planned`; -1 without one, so that it can be indexed. */
  readonly plannedAt: Instant
  readonly updatedAt: Instant
}

export const placementId = (postId: string, channelId: string): string => `${postId}~${channelId}`

/** The post a placement belongs to, by its id; null for an id of something else. */
export const postIdIn = (id: string): string | null => (id.includes('~') ? id.slice(0, id.indexOf('~')) : null)

/** The post an id stands for: its own, or that of one of its placements. */
export const postOf = (id: string): string => postIdIn(id) ?? id

/** Whether an id is that of a card of one channel, apart from its post. */
export const isApart = (id: string): boolean => id.includes('~')

/** The channel of a placement, by its id. */
export const channelOf = (id: string): string => id.slice(id.indexOf('~') + 1)

/**
 * A post as the calendar shows it: the post with the channels that go out at its time, and each channel with a time of its own as a
 * post of that channel alone, under the id of its placement. The post itself is always there, for the plan is its.
 */
export function cardsOf(post: Post, placements: readonly Placement[]): readonly Post[] {
  const apart = placements.filter(({ planned, channelId }) => planned !== null && post.channelIds.includes(channelId))
  if (apart.length === 0) return [post]
  const away = new Set(apart.map(({ channelId }) => channelId))
  return [
    { ...post, channelIds: post.channelIds.filter((id) => !away.has(id)) },
    ...apart.map(
      ({ id, channelId, planned, plannedAt }): Post => ({
        ...post,
        id,
        channelIds: [channelId],
        planned,
        plannedAt,
        publishAt: post.publishAt && planned,
      }),
    ),
  ]
}

/** A placement on which nothing is different yet. */
export const plainPlacement = (postId: string, channelId: string, now: Instant): Placement => ({
  id: placementId(postId, channelId),
  postId,
  channelId,
  format: '',
  detached: false,
  excerpt: '',
  words: 0,
  fields: {},
  firstComment: '',
  media: null,
  planned: null,
  plannedAt: -1,
  updatedAt: now,
})

/** Whether a placement says nothing that its post does not say already. */
export const isPlain = (placement: Placement): boolean =>
  !placement.detached &&
  placement.format === '' &&
  placement.firstComment === '' &&
  placement.media === null &&
  placement.planned === null &&
  Object.keys(placement.fields).length === 0

/** A medium as it is put into a post, if there is one: whole, with the words of the library. */
export const placed = (medium: { readonly id: string } | undefined): PlacedMedium[] =>
  medium ? [{ mediumId: medium.id, alt: '', ratio: '' }] : []

/** Ids of the media a placement shows itself, those of its fields included: the picture before a film is one. */
export const shownOn = ({ media, fields }: Pick<Placement, 'media' | 'fields'>): string[] => [
  ...(media ?? []).map(({ mediumId }) => mediumId),
  ...(typeof fields.cover === 'string' && fields.cover !== '' ? [fields.cover] : []),
]

/** The pictures of a post, with its cover: the first of them. */
export const withMedia = (media: readonly PlacedMedium[]): Pick<Post, 'media' | 'coverId'> => ({
  media,
  coverId: media[0]?.mediumId ?? '',
})

/** A time of a placement as fields; null: that of the post again. */
export const ownTime = (planned: WallTime | null): Pick<Placement, 'planned' | 'plannedAt'> => ({
  planned,
  plannedAt: planned ? toInstant(planned) : -1,
})

/**
 * The same clock time in the zone of a market: 9:00 in Berlin becomes 9:00 in New York. Null where the zone is that of the plan, so
 * that the placement goes on following its post.
 */
export const inMarket = (plan: WallTime, zone: Zone): WallTime | null =>
  zone === plan.zone ? null : { date: plan.date, time: plan.time, zone }

const DAY_MINUTES = 1_440

/** Where a time of its own goes when the post moves: as far on the clock of its own zone as the plan moved on its clock. */
export function followed(own: WallTime, from: WallTime, to: WallTime): WallTime {
  const moved = daysBetween(from.date, to.date) * DAY_MINUTES + minutesOf(to.time) - minutesOf(from.time)
  const minutes = minutesOf(own.time) + moved
  const days = Math.floor(minutes / DAY_MINUTES)
  return { date: addDays(own.date, days), time: clockOf(minutes - days * DAY_MINUTES), zone: own.zone }
}
