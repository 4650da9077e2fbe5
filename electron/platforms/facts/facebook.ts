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
  /** Milliseconds. Of Reels the end is 29 days; of the rest pages of Meta disagree (30 days, 75 days, 6 months). The shortest counts for all. */
  schedules: { soonest: 10 * 60_000, latest: 29 * 86_400_000 },
  /** Milliseconds an unpublished photo lives. */
  photoLives: 24 * 3_600_000,
  /** Milliseconds between two questions about a film. */
  pollEvery: 5_000,
  task: 'CREATE_CONTENT',
  /** What a person's access has to be given to publish to their Page and to read back. */
  rights: ['pages_manage_posts', 'pages_read_engagement'],
  /** Fields that are told as a summary, which takes `pages_read_user_content` besides. */
  summaries: ['comments', 'reactions'],
  /**
   * Names of numbers. Insights of a film tell its comments and shares as one number, which is neither, so its comments are counted as those of a
   * post are; that Facebook does so is not confirmed by the notes.
   */
  metrics: {
    post: {
      edge: 'insights',
      fields: { shares: 'shares', comments: 'comments', reactions: 'likes' },
      insights: {
        post_media_view: 'views',
        post_total_media_view_unique: 'reach',
        post_clicks: 'clicks',
        post_reactions_by_type_total: 'likes',
      },
    },
    film: {
      edge: 'video_insights',
      fields: { comments: 'comments' },
      insights: { fb_reels_total_plays: 'views', post_video_likes_by_reaction_type: 'likes' },
    },
  },
  /** Comments of a page, the most Facebook gives. */
  page: 100,
} as const
