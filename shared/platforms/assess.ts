/** What every network of a post says about it: the one road of all who ask, and what they get. Pure: it runs in a worker. */
import type { Channel } from '../domain/channel.ts'
import type { Doc } from '../domain/document.ts'
import type { Medium } from '../domain/medium.ts'
import type { Placement } from '../domain/placement.ts'
import type { Post } from '../domain/post.ts'
import type { Instant } from '../domain/time.ts'
import { isLength } from './checks/text.ts'
import { contentOf, type Wording } from './content.ts'
import { count } from './count.ts'
import { asSent } from './files.ts'
import { applyFix, type Content, type Counter, counters, type Finding, validate, type When } from './index.ts'

type ChannelOf = Pick<Channel, 'id' | 'network' | 'kind'>
type PostOf = Pick<Post, 'id' | 'title' | 'summary' | 'media' | 'plannedAt'>

/** A post with all that goes to its channels, as it stands this moment. */
export interface Placings {
  readonly post: PostOf
  readonly channels: readonly ChannelOf[]
  readonly placements: ReadonlyMap<string, Placement>
  readonly base: Doc
  /** Texts of their own, by channel. */
  readonly own: ReadonlyMap<string, Doc>
  readonly media: ReadonlyMap<string, Medium>
  readonly wording?: Wording
  /** The moment it is asked about; absent: times are not checked. */
  readonly now?: Instant
}

export interface Assessment {
  readonly content: Content
  readonly findings: readonly Finding[]
  readonly counters: readonly Counter[]
  /** How many posts the text makes where it may be split; 0 where nobody asks. */
  readonly posts: number
  /** From where on each post is too long, in UTF-16 units; -1 where it is not. */
  readonly spills: readonly number[]
}
/** By channel. */
export type Assessments = Readonly<Record<string, Assessment>>

export const placedOn = ({ post, placements, base, own, media, wording }: Placings, channel: ChannelOf) => ({
  post,
  channel,
  placement: placements.get(channel.id),
  doc: own.get(channel.id) ?? base,
  media,
  wording,
})

export const assessAll = (placings: Placings): Assessments =>
  Object.fromEntries(
    placings.channels.map((channel) => [
      channel.id,
      assess(contentOf(placedOn(placings, channel)), whenOn(placings, channel)),
    ]),
  )

/** When a post goes out on a channel: at the channel's own time, else at its own. Undefined without one. */
function whenOn({ post, placements, now }: Placings, { id }: ChannelOf): When | undefined {
  const placement = placements.get(id)
  const at = placement?.planned ? placement.plannedAt : post.plannedAt
  return now === undefined || at < 0 ? undefined : { at, now }
}

const found = (content: Content, when: When | undefined) => asSent(content, validate(content, when))

/** Something found on one channel of a post. */
export interface FoundOn {
  readonly channelId: string
  readonly finding: Finding
}

/** What is found on any channel of a post, notes left out but for those about its time. */
export interface Verdict {
  readonly postId: string
  readonly found: readonly FoundOn[]
}

const matters = ({ severity, place }: Finding): boolean => severity !== 'note' || place.at === 'time'

export const judge = (placings: Placings): Verdict => ({
  postId: placings.post.id,
  found: placings.channels.flatMap((channel) =>
    found(contentOf(placedOn(placings, channel)), whenOn(placings, channel))
      .filter(matters)
      .map((finding) => ({ channelId: channel.id, finding })),
  ),
})

/** What keeps a post from going out. */
export const stopsIn = ({ found }: Verdict): FoundOn[] => found.filter(({ finding }) => finding.severity === 'error')

const keyOf = ({ channelId, finding: { rule, severity, place } }: FoundOn): string =>
  [channelId, rule, severity, JSON.stringify(place)].join(' ')

/** What a change brings: found after it and not before. */
export function broughtBy(before: Verdict, after: Verdict): FoundOn[] {
  const known = new Set(before.found.map(keyOf))
  return after.found.filter((found) => !known.has(keyOf(found)))
}

function assess(content: Content, when: When | undefined): Assessment {
  const findings = found(content, when)
  const counted = counters(content)
  const split = findings.flatMap(({ fixes }) => fixes).find(({ kind }) => kind === 'split')
  return {
    content,
    findings,
    counters: counted,
    posts: split?.kind === 'split' ? 1 + (applyFix(content, split).parts?.length ?? 0) : 0,
    spills: [content, ...(content.parts ?? [])].map(({ text }, part) => spillOf(text, part, counted)),
  }
}

/** Where the longest beginning that still fits ends; hashtags and the like have no such place. */
function spillOf(text: string, part: number, counted: readonly Counter[]): number {
  const over = counted.filter(({ place, state }) => place.at === 'text' && place.part === part && state === 'over')
  const ends = over.flatMap(({ unit, limit }) =>
    isLength({ of: unit, source: '' }) ? [lastWithin(text, unit, limit)] : [],
  )
  return ends.length > 0 ? wordAt(text, Math.min(...ends)) : -1
}

/** Where the word begins that a place is in: a link counts as one, so half of it is never what is too much. */
function wordAt(text: string, place: number): number {
  const start = text.slice(0, place).search(/\S+$/)
  return start > 0 ? start : place
}

function lastWithin(text: string, unit: Counter['unit'], limit: number): number {
  let [low, high] = [0, text.length]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (count(text.slice(0, middle), unit) <= limit) low = middle
    else high = middle - 1
  }
  return low
}
