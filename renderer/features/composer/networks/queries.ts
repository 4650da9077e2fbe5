/** What a post is on its channels, as stored. */
import { mediaIn } from '../../../../shared/domain/document.ts'
import type { Medium } from '../../../../shared/domain/medium.ts'
import { type PlacedMedium, type Placement, shownOn } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { docOf, type StoredDocument } from '../../../../shared/domain/workspace.ts'
import type { WorkspaceDb } from '../../../data/db.ts'

export interface Placements {
  readonly byChannel: ReadonlyMap<string, Placement>
  /** Texts of their own, by channel. */
  readonly own: ReadonlyMap<string, StoredDocument>
  /** Every medium that is used, by id. */
  readonly media: ReadonlyMap<string, Medium>
}

export const NO_PLACEMENTS: Placements = { byChannel: new Map(), own: new Map(), media: new Map() }

/** Reads placements of the post's channels, their texts and all media used. The base text only where pictures in it count. */
export async function readPlacements(
  db: WorkspaceDb,
  { id, media, channelIds }: Pick<Post, 'id' | 'media' | 'channelIds'>,
): Promise<Placements> {
  const placements = (await db.placements.where('postId').equals(id).toArray()).filter(({ channelId }) =>
    channelIds.includes(channelId),
  )
  const detached = placements.filter((placement) => placement.detached)
  const stored = await db.documents.bulkGet(detached.map((placement) => placement.id))
  const own = new Map(
    detached.flatMap(({ channelId }, at) => {
      const document = stored[at]
      return document ? [[channelId, document] as const] : []
    }),
  )
  const fedThread = placements.some(({ format, detached: apart }) => format === 'thread' && !apart)
  const texts = [...own.values(), ...(fedThread ? [await db.documents.get(id)] : [])].map(docOf)
  const ids = new Set([
    ...idsOf(media),
    ...placements.flatMap(shownOn),
    ...texts.flatMap(({ content }) => mediaIn(content)),
  ])
  const rows = await db.media.bulkGet([...ids])
  return {
    byChannel: new Map(placements.map((placement) => [placement.channelId, placement])),
    own,
    media: new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : []))),
  }
}

const idsOf = (list: readonly PlacedMedium[]) => list.map(({ mediumId }) => mediumId)
