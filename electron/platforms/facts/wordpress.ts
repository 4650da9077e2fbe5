/** What changes at WordPress without asking us. */
export const WORDPRESS = {
  version: 'wp/v2, WordPress 5.6 and later',
  asOf: '2026-10',
  routes: 'wp/v2',
  /** Milliseconds; below a minute a site publishes at once. It names no latest time. */
  schedules: { soonest: 6 * 60_000, latest: 5 * 365 * 86_400_000 },
  /** Milliseconds after its time that a waiting post is let be before the site is asked to look. */
  late: 60_000,
  /** How often core tries to make the smaller pictures of an upload. */
  smallerPictures: 5,
  /** Comments of a page, the most a site gives. */
  page: 100,
  /** By the header of a list: core counts nothing else. */
  metrics: { 'x-wp-total': 'comments' },
} as const
