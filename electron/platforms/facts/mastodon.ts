/** What changes at Mastodon without asking us; its limits are each server's own, read when an account is connected. */
export const MASTODON = {
  version: 'v1, media and instance v2',
  /** Where its calls begin; media, the instance and the search have come again. */
  api: { base: '/api/v1', later: '/api/v2' },
  asOf: '2026-10',
  /** What an access has to be given to publish and to read back. */
  rights: ['write:statuses', 'write:media', 'read:statuses', 'read:accounts'],
  /** Milliseconds. Servers name no latest time. */
  schedules: { soonest: 6 * 60_000, latest: 5 * 365 * 86_400_000 },
  /** Milliseconds between two looks at a medium the server works on. */
  processing: 3_000,
  /** Seconds a poll runs where nobody chose. */
  poll: 86_400,
  /** Version of its interface since which posts can be quoted: that of Mastodon 4.5. */
  quotes: 7,
  /** Posts of a page, the most a server gives. */
  page: 40,
  metrics: {
    favourites_count: 'likes',
    replies_count: 'comments',
    reblogs_count: 'reposts',
    quotes_count: 'quotes',
  },
} as const
