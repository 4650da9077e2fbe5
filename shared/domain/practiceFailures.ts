/** What can go wrong on purpose with a practice account. Apart from the rest of practising, since only its page needs it. Pure. */
import type { NetworkId } from './channel.ts'

/** What a person can have go wrong with what is sent next. */
export const FAILURES = [
  'lost-answer',
  'refused',
  'too-many',
  'away',
  'slow',
  'media-refused',
  'cut',
  'sign-in-page',
  'revoked',
  'no-right',
  'duplicate',
  'quota',
  'locked',
  'in-review',
  'thread-cut',
  'expired',
  'gone',
  'outdated',
  'clock',
] as const
export type Failure = (typeof FAILURES)[number]

/** What not every network knows, or can be asked for before it has the post. Absent: all do. */
const KNOWN_TO: Readonly<Partial<Record<Failure, readonly NetworkId[]>>> = {
  duplicate: ['facebook', 'linkedin', 'x', 'snapchat'],
  quota: ['instagram', 'youtube', 'tiktok'],
  locked: ['youtube'],
  'in-review': ['tiktok'],
  'thread-cut': ['x', 'threads', 'bluesky', 'mastodon'],
  expired: ['youtube', 'linkedin', 'x', 'tiktok', 'snapchat', 'pinterest', 'bluesky'],
  gone: ['facebook', 'instagram', 'youtube', 'linkedin', 'x', 'snapchat', 'threads', 'pinterest', 'mastodon'],
  outdated: ['instagram', 'linkedin', 'snapchat', 'threads', 'tiktok', 'ghost'],
  clock: ['ghost'],
}

/** What can go wrong on a network on purpose. */
export const failuresOf = (network: NetworkId): readonly Failure[] =>
  FAILURES.filter((failure) => KNOWN_TO[failure]?.includes(network) ?? true)
