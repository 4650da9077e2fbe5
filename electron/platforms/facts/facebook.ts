/** What changes at Facebook without asking us. A new version or number is a change here and nowhere else. */
export const FACEBOOK = {
  version: 'v26.0',
  asOf: '2026-10',
  /** What people open in a browser: films come with a link without a host, and at times with none. */
  site: 'https://www.facebook.com',
  reel: '/reel/',
  hosts: {
    graph: 'https://graph.facebook.com',
    video: 'https://graph-video.facebook.com',
  },
  /** Milliseconds. Pages of Meta disagree about the end (30 days, 75 days, 6 months); the shortest counts. */
  schedules: { soonest: 10 * 60_000, latest: 30 * 86_400_000, latestReel: 29 * 86_400_000 },
  /** Milliseconds an unpublished photo lives. */
  photoLives: 24 * 3_600_000,
  /** Milliseconds between two questions about a film. */
  pollEvery: 5_000,
  task: 'CREATE_CONTENT',
  /** What a person's access has to be given to publish to their Page and to read back. */
  rights: ['pages_manage_posts', 'pages_read_engagement'],
  metrics: {
    post: [
      'post_media_view',
      'post_total_media_view_unique',
      'post_clicks',
      'post_reactions_by_type_total',
      'post_activity_by_action_type',
    ],
    page: ['page_media_view', 'page_total_media_view_unique', 'page_post_engagements', 'page_follows'],
  },
} as const
