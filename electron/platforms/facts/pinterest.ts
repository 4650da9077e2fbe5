/** What changes at Pinterest without asking us. */
export const PINTEREST = {
  version: 'v5',
  asOf: '2026-10',
  /** What people open in a browser; the account is known by it. */
  site: 'https://www.pinterest.com',
  pin: 'https://www.pinterest.com/pin/',
  host: 'https://api.pinterest.com/v5',
  /** Milliseconds an access lasts that was made on the page of an app; what comes with a refresh token says itself how long. */
  pastedLives: 86_400_000,
  /** Milliseconds between two questions about a film. */
  pollEvery: 5_000,
  /** Pins and boards that are asked for at once. */
  page: 250,
  /** Clicks are those on the link: those that make a pin large are another thing (`pin_click`). */
  metrics: { impression: 'views', clickthrough: 'clicks', save: 'saves', reaction: 'likes', comment: 'comments' },
} as const
