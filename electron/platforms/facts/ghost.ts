/** What changes at Ghost without asking us. */
export const GHOST = {
  /** One fixed major: a site may mail its owner about a program that asks for others. */
  version: 'v6.0',
  /** The oldest major that takes these calls. */
  oldest: 5,
  asOf: '2026-10',
  /** Milliseconds; up to two minutes ago a site publishes at once. It names no latest time. */
  schedules: { soonest: 6 * 60_000, latest: 5 * 365 * 86_400_000 },
  /** Seconds a signature is good for; the site takes up to 300. */
  signed: 240,
  /** Milliseconds after its time that a waiting post is late: the site publishes by asking its own address. */
  late: 2 * 60_000,
  /** What it offers is found by a person only: it mails again when such a post is published once more. */
  notMailed: 'mailing its newsletter failed. Ghost offers to try again where the post is edited.',
  /** The first version whose source was seen to have a list of all comments; that of 6.10 has none. */
  comments: [6, 16],
  /** Comments of a page, the most a site gives. */
  page: 100,
  metrics: { signups: 'signups', email_count: 'mailed', opened_count: 'opens', clicks: 'clicks' },
} as const
