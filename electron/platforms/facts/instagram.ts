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
  metrics: {
    feed: ['views', 'reach', 'likes', 'comments', 'saved', 'shares', 'total_interactions', 'follows', 'profile_visits'],
    reel: ['views', 'reach', 'likes', 'comments', 'saved', 'shares', 'total_interactions', 'reposts'],
    story: ['views', 'reach', 'replies', 'shares', 'follows', 'navigation', 'total_interactions'],
    account: ['views', 'accounts_engaged', 'total_interactions', 'likes', 'comments', 'shares', 'saves'],
  },
} as const
