/** What changes at TikTok without asking us. */
export const TIKTOK = {
  version: 'v2',
  asOf: '2026-10',
  /** What people open in a browser; the account is known by it. */
  site: 'https://www.tiktok.com',
  host: 'https://open.tiktokapis.com/v2',
  /** Bytes of a chunk: 5 to 64 MB are taken; the last one carries the rest, so it may be nearly twice as long. */
  chunk: 8 * 1024 * 1024,
  /** Milliseconds the address of an upload lives. */
  uploadLives: 3_600_000,
  /** Milliseconds an access lasts, where the answer does not say. Its refresh token lasts a year and may change with every use. */
  accessLives: 86_400_000,
  /** Milliseconds to wait when it is asked too often: no answer says how long. */
  limitWait: 60_000,
  /** Milliseconds until a day's number of posts is counted anew; at which hour is nowhere said. */
  capWait: 86_400_000,
  /** Posts that are listed at once. */
  page: 20,
  scopes: ['user.info.basic', 'user.info.profile', 'video.publish', 'video.list'],
  metrics: { view_count: 'views', like_count: 'likes', comment_count: 'comments', share_count: 'shares' },
} as const
