/** What changes at LinkedIn without asking us. */
export const LINKEDIN = {
  /** A version lives for about a year. */
  version: '202609',
  asOf: '2026-10',
  /** What people open in a browser; the account is known by it. */
  site: 'https://www.linkedin.com',
  update: 'https://www.linkedin.com/feed/update/',
  hosts: {
    rest: 'https://api.linkedin.com/rest',
    userinfo: 'https://api.linkedin.com/v2/userinfo',
    token: 'https://www.linkedin.com/oauth/v2/accessToken',
  },
  /** Milliseconds an access lasts, where nobody says. */
  accessLives: 60 * 86_400_000,
  /** Milliseconds between two questions about a medium. */
  pollEvery: 5_000,
  /** Posts of a page that are looked through. */
  listed: 50,
  /** Pages of a person that are asked for at once: ten come where nobody says. No more than so many answers are read. */
  managed: { count: 100, answers: 5 },
  /** How long a poll runs where nobody chose. */
  poll: 'ONE_DAY',
  /** Comments that are asked for at once. */
  comments: 100,
  /** Milliseconds of the past that are counted of a page's post. */
  counted: 365 * 86_400_000,
  metrics: {
    impressionCount: 'views',
    uniqueImpressionsCount: 'reach',
    clickCount: 'clicks',
    likeCount: 'likes',
    commentCount: 'comments',
    shareCount: 'reposts',
  },
} as const
