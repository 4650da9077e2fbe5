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
    public: ['impression_count', 'like_count', 'reply_count', 'repost_count', 'quote_count', 'bookmark_count'],
    own: ['impression_count', 'engagements', 'url_link_clicks', 'user_profile_clicks'],
  },
} as const
