/** What every network of a post says about it. Pure: runs in a worker while one types, on the page when a fix is pressed. */
import type { Channel } from '../../../../shared/domain/channel.ts'
import type { Doc } from '../../../../shared/domain/document.ts'
import type { Medium } from '../../../../shared/domain/medium.ts'
import type { Placement } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { isLength } from '../../../../shared/platforms/checks/text.ts'
import { contentOf } from '../../../../shared/platforms/content.ts'
import { count } from '../../../../shared/platforms/count.ts'
import {
  applyFix,
  type Content,
  type Counter,
  counters,
  type Finding,
  validate,
} from '../../../../shared/platforms/index.ts'

/** A post with all that goes to its channels, as it stands this moment. */
export interface Placings {
  readonly post: Pick<Post, 'id' | 'title' | 'summary' | 'media'>
  readonly channels: readonly Pick<Channel, 'id' | 'network'>[]
  readonly placements: ReadonlyMap<string, Placement>
  readonly base: Doc
  /** Texts of their own, by channel. */
  readonly own: ReadonlyMap<string, Doc>
  readonly media: ReadonlyMap<string, Medium>
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

export const placedOn = (
  { post, placements, base, own, media }: Placings,
  channel: Pick<Channel, 'id' | 'network'>,
) => ({
  post,
  channel,
  placement: placements.get(channel.id),
  doc: own.get(channel.id) ?? base,
  media,
})

export const assessAll = (placings: Placings): Assessments =>
  Object.fromEntries(placings.channels.map((channel) => [channel.id, assess(contentOf(placedOn(placings, channel)))]))

function assess(content: Content): Assessment {
  const findings = validate(content)
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
