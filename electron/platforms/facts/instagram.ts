/** What changes at Instagram without asking us. */
export const INSTAGRAM = {
  version: 'v26.0',
  asOf: '2026-10',
  /** An account is connected over one of the two. */
  hosts: { instagram: 'https://graph.instagram.com', facebook: 'https://graph.facebook.com' },
  /** Milliseconds a container lives. */
  containerLives: 24 * 3_600_000,
  /** Milliseconds between two questions about a container: Meta advises a minute for films; pictures are ready at once. */
  pollEvery: { picture: 5_000, film: 60_000 },
  /** Milliseconds a token lasts after it was renewed, where the answer does not say. */
  tokenLives: 60 * 86_400_000,
  /** Kinds of account that may publish. */
  professional: ['BUSINESS', 'MEDIA_CREATOR'],
  /** Numbers a medium tells itself, which takes no right besides. */
  fields: { like_count: 'likes', comments_count: 'comments' },
  /** Insights by where a medium is shown: a name of another one fails the whole call. */
  insights: {
    FEED: {
      views: 'views',
      reach: 'reach',
      likes: 'likes',
      comments: 'comments',
      saved: 'saves',
      shares: 'shares',
    },
    REELS: {
      views: 'views',
      reach: 'reach',
      likes: 'likes',
      comments: 'comments',
      saved: 'saves',
      shares: 'shares',
      reposts: 'reposts',
    },
    STORY: { views: 'views', reach: 'reach', replies: 'comments', shares: 'shares', link_clicks: 'clicks' },
  },
  /** Comments of a page. */
  page: 50,
} as const
