import type { Migration } from './index.ts'

/** What a post is on one channel got a table; a post its pictures in order, where before it had one. */
export const placements: Migration = {
  version: 3,
  stores: { placements: 'id, postId, channelId, plannedAt, *mediaIds' },
  complete: {
    posts: (row) =>
      'media' in row ? row : { ...row, media: row.coverId ? [{ mediumId: row.coverId, alt: '', ratio: '' }] : [] },
  },
}
