/** What every network of a post says about it. Pure: runs in a worker while one types, on the page when a fix is pressed. */
import type { Channel } from '../../../../shared/domain/channel.ts'
import type { Doc } from '../../../../shared/domain/document.ts'
import type { Placement } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import type { Medium } from '../../../../shared/domain/workspace.ts'
import { contentOf } from '../../../../shared/platforms/content.ts'
import { applyFix, type Content, type Counter, counters, type Finding, validate } from '../../../../shared/platforms/index.ts'

/** A post with all that goes to its channels, as it stands this moment. */
export interface Placings {
  readonly post: Pick<Post, 'title' | 'summary' | 'media'>
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
}
export type Assessments = ReadonlyMap<string, Assessment>

export const placedOn = ({ post, placements, base, own, media }: Placings, channel: Pick<Channel, 'id' | 'network'>) => ({
  post,
  channel,
  placement: placements.get(channel.id),
  doc: own.get(channel.id) ?? base,
  media,
})

export const assessAll = (placings: Placings): Assessments =>
  new Map(placings.channels.map((channel) => [channel.id, assess(contentOf(placedOn(placings, channel)))]))

function assess(content: Content): Assessment {
  const findings = validate(content)
  const split = findings.flatMap(({ fixes }) => fixes).find(({ kind }) => kind === 'split')
  return {
    content,
    findings,
    counters: counters(content),
    posts: split?.kind === 'split' ? 1 + (applyFix(content, split).parts?.length ?? 0) : 0,
  }
}
