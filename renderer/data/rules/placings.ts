/** Posts with all that goes to their channels, as stored: what the rules of the networks are asked about. */

import { mediaIn } from '../../../shared/domain/document.ts'
import type { Medium } from '../../../shared/domain/medium.ts'
import { shownOn } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { DEFAULT_VOCABULARY, vocabularyOf } from '../../../shared/domain/utm.ts'
import { docOf } from '../../../shared/domain/workspace.ts'
import type { Placings } from '../../../shared/platforms/assess.ts'
import type { Wording } from '../../../shared/platforms/content.ts'
import type { WorkspaceDb } from '../db.ts'

/** A post as stored, with what goes to its channels. */
export interface StoredPlacings extends Placings {
  readonly post: Post
}

/** Every medium that may go out with a post. */
export const mediaOf = ({ post, placements, base, own }: StoredPlacings): string[] => [
  ...post.media.map(({ mediumId }) => mediumId),
  ...[...placements.values()].flatMap(shownOn),
  ...[base, ...own.values()].flatMap(({ content }) => mediaIn(content)),
]

/** Posts that are there, in the order of `ids`. Reads each table once. */
export async function readPlacings(
  db: WorkspaceDb,
  ids: readonly string[],
  wording?: Wording,
): Promise<StoredPlacings[]> {
  const posts = (await db.posts.bulkGet([...ids])).flatMap((post) => (post && post.trashedAt === 0 ? [post] : []))
  const known = posts.map(({ id }) => id)
  const rows = await db.placements.where('postId').anyOf(known).toArray()
  const detached = rows.filter((row) => row.detached).map(({ id }) => id)
  const [documents, channels] = await Promise.all([
    db.documents.bulkGet([...known, ...detached]),
    db.channels.bulkGet([...new Set(posts.flatMap(({ channelIds }) => channelIds))]),
  ])
  const texts = new Map(documents.flatMap((document) => (document ? [[document.id, docOf(document)] as const] : [])))
  const byPost = Map.groupBy(rows, ({ postId }) => postId)
  const channelsById = new Map(channels.flatMap((channel) => (channel ? [[channel.id, channel] as const] : [])))
  const without = posts.map((post): StoredPlacings => {
    const own = (byPost.get(post.id) ?? []).filter(({ channelId }) => post.channelIds.includes(channelId))
    return {
      post,
      channels: post.channelIds.flatMap((id) => channelsById.get(id) ?? []),
      placements: new Map(own.map((row) => [row.channelId, row])),
      base: texts.get(post.id) ?? docOf(undefined),
      own: new Map(own.flatMap(({ id, channelId, detached: apart }) => textOf(texts, apart ? id : '', channelId))),
      media: NO_MEDIA,
      wording,
    }
  })
  const media = await db.media.bulkGet([...new Set(without.flatMap(mediaOf))])
  const mediaById = new Map(media.flatMap((medium) => (medium ? [[medium.id, medium] as const] : [])))
  return without.map((placings) => ({ ...placings, media: mediaById }))
}

const NO_MEDIA: ReadonlyMap<string, Medium> = new Map()

function textOf<T>(texts: ReadonlyMap<string, T>, id: string, channelId: string): (readonly [string, T])[] {
  const text = texts.get(id)
  return text ? [[channelId, text]] : []
}

/** How the workspace names people and tags links. */
export async function readWording(db: WorkspaceDb): Promise<Wording> {
  const [mentions, row] = await Promise.all([
    db.mentions.where('trashedAt').equals(0).toArray(),
    db.vocabulary.get(DEFAULT_VOCABULARY.id),
  ])
  return { mentions, vocabulary: vocabularyOf(row) }
}
