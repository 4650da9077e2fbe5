/** What changes at Snapchat without asking us. */
export const SNAPCHAT = {
  version: 'v1',
  asOf: '2026-10',
  /** What people open in a browser; the account is known by it. */
  site: 'https://www.snapchat.com',
  host: 'https://businessapi.snapchat.com',
  token: 'https://accounts.snapchat.com/login/oauth2/access_token',
  /** An upload comes in at most so many parts. */
  parts: 35,
  /** Bytes: parts are as small as their number allows, never smaller; the network takes 32 MB. */
  part: 4 * 1024 * 1024,
  /** Milliseconds media live that are in no post: a day, less what an upload and a look take. */
  mediaLives: 82_800_000,
  /** Milliseconds an access lasts, where the answer does not say. */
  accessLives: 3_600_000,
  /** Snaps that are listed at once. */
  page: 25,
  locale: 'en_US',
  scopes: ['snapchat-profile-api'],
  /** Milliseconds a story is shown at most. */
  storyLives: 7 * 86_400_000,
  /** Those that name what is counted come first. */
  metrics: {
    SPOTLIGHT_VIEWS: 'views',
    STORY_VIEWS: 'views',
    SAVED_STORY_VIEWS: 'views',
    VIEWS: 'views',
    SPOTLIGHT_SHARES: 'shares',
    SPOTLIGHT_FAVORITES: 'likes',
    STORY_FAVORITES: 'likes',
    SAVED_STORY_FAVORITES: 'likes',
  },
} as const
