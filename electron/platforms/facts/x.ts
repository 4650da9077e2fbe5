/** What changes at X without asking us. */
export const X = {
  version: '2',
  asOf: '2026-10',
  /** What people open in a browser; the account is known by it. */
  site: 'https://x.com',
  /** Between a handle and the id of a post. */
  status: '/status/',
  host: 'https://api.x.com/2',
  /** Bytes: pieces of a megabyte are proven, a thousand of them at most; larger ones up to this. */
  piece: { proven: 1_000_000, most: 5_000_000, count: 1_000 },
  /** Milliseconds media live that are in no post, where the answer does not say. */
  mediaLives: 86_400_000,
  /** Milliseconds an access lasts, where the answer does not say. */
  accessLives: 7_200_000,
  /** Minutes a poll runs where nobody chose. */
  poll: 1_440,
  scopes: ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'],
  metrics: {
    impression_count: 'views',
    like_count: 'likes',
    reply_count: 'comments',
    repost_count: 'reposts',
    retweet_count: 'reposts',
    quote_count: 'quotes',
    bookmark_count: 'saves',
    url_link_clicks: 'clicks',
  },
  /** Posts of a page, the most X gives. */
  page: 100,
  /** Milliseconds that the search for answers looks back. */
  searches: 7 * 86_400_000,
} as const
