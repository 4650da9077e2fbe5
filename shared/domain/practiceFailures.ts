/** What can go wrong on purpose with a practice account. Apart from the rest of practising, since only its page needs it. Pure. */
import type { NetworkId } from './channel.ts'

/** What a person can have go wrong with what is sent next. */
export const FAILURES = [
  'lost-answer',
  'half-open',
  'refused',
  'too-many',
  'away',
  'slow',
  'media-refused',
  'unreadable',
  'cut',
  'sign-in-page',
  'proxy',
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

/** What somebody may do at a network behind the back of Outpost: to what waits there, to anything, or to what is out. */
export const DEEDS = ['change', 'take-away', 'answer'] as const
export type Deed = (typeof DEEDS)[number]

/** What not every network knows, or can be asked for before it has the post. Absent: all do. */
const KNOWN_TO: Readonly<Partial<Record<Failure, readonly NetworkId[]>>> = {
  // The others fetch files from their addresses.
  cut: [
    'facebook',
    'youtube',
    'linkedin',
    'x',
    'tiktok',
    'snapchat',
    'pinterest',
    'bluesky',
    'mastodon',
    'wordpress',
    'ghost',
  ],
  // The others work on nothing, or tell nobody how that went.
  unreadable: [
    'facebook',
    'instagram',
    'youtube',
    'linkedin',
    'x',
    'tiktok',
    'threads',
    'pinterest',
    'bluesky',
    'mastodon',
  ],
  duplicate: ['facebook', 'linkedin', 'x', 'snapchat'],
  quota: ['instagram', 'youtube', 'tiktok'],
  locked: ['youtube'],
  'in-review': ['tiktok', 'snapchat'],
  'thread-cut': ['x', 'threads', 'bluesky', 'mastodon'],
  expired: ['youtube', 'linkedin', 'x', 'tiktok', 'snapchat', 'pinterest', 'bluesky'],
  gone: ['facebook', 'instagram', 'youtube', 'linkedin', 'x', 'snapchat', 'threads', 'pinterest', 'mastodon'],
  outdated: ['instagram', 'linkedin', 'snapchat', 'threads', 'tiktok', 'ghost'],
  clock: ['ghost'],
}

/** Those that say of pictures too how working on them went. */
const WORKS_ON_PICTURES: ReadonlySet<NetworkId> = new Set(['instagram', 'linkedin', 'threads'])

/** What a post has to have for that to go wrong with it: the next one without goes out as if nothing were. Absent: nothing. */
export const waitsFor = (failure: Failure, network: NetworkId): string | null => {
  if (failure === 'thread-cut') return 'a post with a thread or a comment'
  // Snapchat shows stories at once.
  if (failure === 'in-review' && network === 'snapchat') return 'a Spotlight'
  if (failure === 'cut' && network === 'tiktok') return 'a post with a film'
  if (failure === 'unreadable') return WORKS_ON_PICTURES.has(network) ? 'a post with a file' : 'a post with a film'
  return failure === 'media-refused' || failure === 'cut' ? 'a post with a file' : null
}

/** What can go wrong on a network on purpose. */
export const failuresOf = (network: NetworkId): readonly Failure[] =>
  FAILURES.filter((failure) => KNOWN_TO[failure]?.includes(network) ?? true)
