import type { Migration } from './index.ts'

const ADDED = { seriesId: '', occursOn: '', evergreen: null, inPool: 0, evergreenOf: '' }

/** Posts may repeat by a rule, or wait in a pool to go out again. */
export const repeating: Migration = {
  version: 6,
  stores: {
    posts:
      'id, plannedAt, status, campaignId, ownerId, updatedAt, dueOn, trashedAt, *mediaIds, *channelIds, *labels, ' +
      'seriesId, inPool, evergreenOf, ' +
      '[status+trashedAt+order], [campaignId+trashedAt+status+order]',
    series: 'id, trashedAt',
  },
  complete: { posts: (row) => ('inPool' in row ? row : { ...ADDED, ...row }) },
}
