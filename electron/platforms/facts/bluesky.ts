/** What changes at Bluesky without asking us. */
export const BLUESKY = {
  version: 'AT Protocol lexicons',
  asOf: '2026-10',
  /** Where accounts without a server of their own sign in. */
  entry: 'https://bsky.social',
  video: 'https://video.bsky.app',
  /** Where posts are seen. */
  pages: 'https://bsky.app',
  collections: { posts: 'app.bsky.feed.post', gates: 'app.bsky.feed.threadgate' },
  /** More pictures than these make a gallery, which older apps do not show. */
  images: 4,
  /** Milliseconds between two looks at a film the service works on. */
  processing: 3_000,
  /** Seconds a film may take to go up under one permission; the server gives an hour at most. */
  permitted: 1_800,
  /** How many answers deep a conversation is read; the network would give a thousand. */
  depth: 20,
  metrics: {
    likeCount: 'likes',
    replyCount: 'comments',
    repostCount: 'reposts',
    quoteCount: 'quotes',
    bookmarkCount: 'saves',
  },
} as const
