import { type DocNode, mediaIn } from '../../../shared/domain/document.ts'
import { type Medium, plainMedium } from '../../../shared/domain/medium.ts'
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
    const media = transaction.table<Medium, string>('media')
    await media.bulkPut((await media.toArray()).map(plainMedium))
    const documents = transaction.table<Text, string>('documents')
    const ids = await documents.toCollection().primaryKeys()
    for (let at = 0; at < ids.length; at += 500) {
      const texts = (await documents.bulkGet(ids.slice(at, at + 500))).filter((text) => text !== undefined)
      await documents.bulkPut(texts.map(withMedia).filter((text) => 'mediaIds' in text))
    }
  },
}
