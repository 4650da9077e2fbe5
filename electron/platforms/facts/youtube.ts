/** What changes at YouTube without asking us. */
export const YOUTUBE = {
  version: 'v3',
  asOf: '2026-10',
  /** What people open in a browser; the account is known by it. */
  site: 'https://www.youtube.com',
  watch: 'https://www.youtube.com/watch?v=',
  hosts: {
    data: 'https://www.googleapis.com/youtube/v3',
    upload: 'https://www.googleapis.com/upload/youtube/v3',
    token: 'https://oauth2.googleapis.com/token',
  },
  /** Bytes of a piece: a multiple of 256 KiB. */
  piece: 8 * 1024 * 1024,
  /** Milliseconds. YouTube tells of no latest time. */
  schedules: { soonest: 6 * 60_000, latest: 365 * 86_400_000 },
  /** The day of a quota ends at midnight here. */
  quotaZone: 'America/Los_Angeles',
  scopes: ['https://www.googleapis.com/auth/youtube.upload', 'https://www.googleapis.com/auth/youtube.force-ssl'],
  /** Units of a project's day; an upload has a day's budget of its own. */
  costs: { read: 1, write: 50, upload: 1 },
  metrics: { viewCount: 'views', likeCount: 'likes', commentCount: 'comments' },
  /** Threads of comments of a page, the most YouTube gives. */
  page: 100,
} as const
