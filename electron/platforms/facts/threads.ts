/** What changes at Threads without asking us. */
export const THREADS = {
  version: 'v1.0',
  asOf: '2026-10',
  /** An account is known by it, and its secrets lie under it, so it stays as it is though people are led to threads.com by now. */
  site: 'https://www.threads.net',
  host: 'https://graph.threads.net',
  /** Milliseconds a container lives. */
  containerLives: 24 * 3_600_000,
  /** Milliseconds between two questions about a container. */
  pollEvery: { text: 2_000, media: 30_000 },
  /** Milliseconds an access lasts, where nobody says. */
  accessLives: 60 * 86_400_000,
  metrics: {
    views: 'views',
    likes: 'likes',
    replies: 'comments',
    reposts: 'reposts',
    quotes: 'quotes',
    shares: 'shares',
  },
  /** Answers of a page. */
  page: 100,
} as const
