import { type DocNode, mediaIn } from '../../../shared/domain/document.ts'
import type { Migration } from './index.ts'

interface Text {
  readonly content?: readonly DocNode[]
  readonly mediaIds?: readonly string[]
}

/** A text with the ids of the media it shows, each once; a text without any has no such list. */
export function withMedia({ mediaIds: _before, ...text }: Text): Text {
  const mediaIds = [...new Set(mediaIn(text.content ?? []))]
  return mediaIds.length > 0 ? { ...text, mediaIds } : text
}

interface OldMedium {
  readonly width: number
  readonly height: number
}
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
function shapeOf({ width, height }: OldMedium): string {
  const ratio = width > 0 && height > 0 ? width / height : Number.NaN
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
  upgrade: async (transaction) => {
    const media = transaction.table<OldMedium, string>('media')
    await media.bulkPut((await media.toArray()).map((medium) => ({ ...NEW_FIELDS, shape: shapeOf(medium), ...medium })))
    const documents = transaction.table<Text, string>('documents')
    const ids = await documents.toCollection().primaryKeys()
    for (let at = 0; at < ids.length; at += 500) {
      const texts = (await documents.bulkGet(ids.slice(at, at + 500))).filter((text) => text !== undefined)
      await documents.bulkPut(texts.map(withMedia).filter((text) => 'mediaIds' in text))
    }
  },
}
