import type { Migration } from './index.ts'

/** The first schema: posts apart from their text, so that a calendar page never reads a document. */
export const start: Migration = {
  version: 1,
  stores: {
    posts:
      'id, plannedAt, status, campaignId, ownerId, updatedAt, dueOn, trashedAt, *channelIds, *labels, ' +
      // A board column is a range of one of these: counting it or reading its first page never touches the rest.
      '[status+trashedAt+order], [campaignId+trashedAt+status+order]',
    documents: 'id',
    campaigns: 'id, stage, trashedAt',
    channels: 'id, trashedAt',
    people: 'id, trashedAt',
    pillars: 'id, trashedAt',
    tasks: 'id, campaignId, dueOn, trashedAt',
    dayNotes: 'id, on, until, trashedAt',
    media: 'id, trashedAt',
    blobs: 'id',
    views: 'id, trashedAt',
    settings: 'id',
    changes: 'id, group, *entities',
    patches: 'key, entity',
  },
}
