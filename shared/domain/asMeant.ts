/** What a network shows of a post, beside how it was meant: what ended in its time and what only some were to see is nothing to tell of. Pure. */
import type { Job, Seen } from './publishing.ts'
import type { Instant } from './time.ts'
import { SECOND } from './waiting.ts'

const DAY = 86_400_000
/** A clock of theirs and one of ours may be so far apart. */
const LEEWAY = 600 * SECOND

/** How long a format stays, in days, as far as its fields say; else as long as stories do everywhere. */
const LIVES: Readonly<Record<string, number>> = { ONE_DAY: 1, TWO_DAYS: 2, THREE_DAYS: 3, ONE_WEEK: 7 }

/** When a post that went out at `at` ends by itself; Infinity: never. */
export const endOf = ({ format, fields }: Pick<Job, 'format' | 'fields'>, at: Instant): Instant =>
  format === 'story' ? at + (LIVES[String(fields.lifetime)] ?? 1) * DAY : Number.POSITIVE_INFINITY

/** Values of `visibility` that keep a post from the public, and what networks show of it then. */
const CHOSEN: Readonly<Record<string, 'private' | 'in-review'>> = {
  private: 'private',
  direct: 'private',
  SELF_ONLY: 'private',
  MUTUAL_FOLLOW_FRIENDS: 'private',
  FOLLOWER_OF_CREATOR: 'private',
  pending: 'in-review',
}

/** What was seen, with `public` for what is as it was meant. `at`: when it went out. */
export function asMeant(seen: Seen, job: Pick<Job, 'format' | 'fields'>, at: Instant, now: Instant): Seen {
  if (seen.kind !== 'seen') return seen
  const isOver = seen.state === 'removed' && now >= endOf(job, at) - LEEWAY
  const isChosen = CHOSEN[String(job.fields.visibility)] === seen.state
  return isOver || isChosen ? { ...seen, state: 'public', because: '' } : seen
}
