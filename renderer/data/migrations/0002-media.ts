import type { Row } from '../patches.ts'
import type { Migration } from './index.ts'

/** Of a picture as it was kept before: looked at no further, with nothing said about it. Written out, since this is history. */
const NEW_FIELDS = {
  kind: 'image',
  orientation: 1,
  animated: false,
  seconds: 0,
  pages: 0,
  preview: true,
  hash: '',
  folder: '',
  labels: [],
  rating: 0,
  alt: '',
  credit: '',
  licence: '',
  licenceUntil: '',
  release: '',
  releaseUntil: '',
  edits: { turn: 0, point: { x: 0.5, y: 0.5 }, frames: {} },
}
function shapeOf({ width, height }: Row): string {
  const ratio = Number(width) / Number(height)
  return ratio > 1.05 ? 'wide' : ratio < 0.95 ? 'tall' : ratio > 0 ? 'square' : ''
}

/**
 * The media library: files get a kind, a place, labels, rights and what is done to them; small pictures get a table; where a file is
 * used is answered by two indexes, of the covers of posts and of the pictures in texts.
 */
export const library: Migration = {
  version: 2,
  stores: {
    posts:
      'id, plannedAt, status, campaignId, ownerId, updatedAt, dueOn, trashedAt, coverId, *channelIds, *labels, ' +
      '[status+trashedAt+order], [campaignId+trashedAt+status+order]',
    documents: 'id, *mediaIds',
    media:
      'id, trashedAt, hash, kind, shape, folder, rating, alt, licenceUntil, releaseUntil, *labels, ' +
      // The library in its orders: ids alone are read, the rows only of what is in sight.
      '[trashedAt+createdAt], [trashedAt+name], [trashedAt+size], [trashedAt+folder]',
    thumbs: 'id',
  },
  complete: {
    media: (row) => ('edits' in row ? row : { ...NEW_FIELDS, shape: shapeOf(row), ...row }),
    // Written once more, so that the database puts in which media each text shows.
    documents: (row) => ({ ...row }),
  },
}
