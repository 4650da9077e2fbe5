/**
 * Where media are used: by a post, by one of its placements, in the text of a post, a brief or a template, or as the picture of a
 * channel. Asked of indexes; only the texts of templates and the channels, of which there are few, are read.
 */
import type { Campaign } from '../../../shared/domain/campaign.ts'
import type { Channel } from '../../../shared/domain/channel.ts'
import { postIdIn } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { mediaInTemplate, type Template } from '../../../shared/domain/template.ts'
import type { WorkspaceDb } from '../db.ts'

export type User =
  | { readonly kind: 'post'; readonly row: Post }
  | { readonly kind: 'campaign'; readonly row: Campaign }
  | { readonly kind: 'template'; readonly row: Template }
  | { readonly kind: 'channel'; readonly row: Channel }

/** Who shows each of some media; those nobody shows are not in it. What lies in the trash is named, too. */
export async function usersOf(db: WorkspaceDb, ids: readonly string[]): Promise<ReadonlyMap<string, readonly User[]>> {
  const channels = await db.channels.toArray()
  const owners = new Map(
    await Promise.all(
      ids.map(async (id) => {
        const shown = await Promise.all(
          [db.posts, db.placements, db.documents].map((table) => table.where('mediaIds').equals(id).primaryKeys()),
        )
        const faces = channels.flatMap((channel) => (channel.avatarId === id ? [channel.id] : []))
        return [id, [...new Set([...(shown.flat() as string[]).map(ownerOf), ...faces])]] as const
      }),
    ),
  )
  const all = [...new Set([...owners.values()].flat())]
  const [posts, campaigns] = await Promise.all([db.posts.bulkGet(all), db.campaigns.bulkGet(all)])
  const users = new Map<string, User>()
  for (const row of posts) if (row) users.set(row.id, { kind: 'post', row })
  for (const row of campaigns) if (row) users.set(row.id, { kind: 'campaign', row })
  for (const row of channels) users.set(row.id, { kind: 'channel', row })
  const templates = (await db.templates.toArray()).map((row) => ({ row, shown: new Set(mediaInTemplate(row)) }))
  const found = [...owners].map(([id, list]) => {
    const showing = templates.filter(({ shown }) => shown.has(id))
    return [
      id,
      [
        ...list.flatMap((owner) => users.get(owner) ?? []),
        ...showing.map(({ row }): User => ({ kind: 'template', row })),
      ],
    ] as const
  })
  return new Map(found.filter(([, list]) => list.length > 0))
}

/** A placement and its text belong to a post. */
const ownerOf = (id: string): string => postIdIn(id) ?? id

export const outOfTrash = ({ row }: User): boolean => row.trashedAt === 0

/** Ids of all media that anything shows; what lies in the trash counts as showing. */
export async function usedIds(db: WorkspaceDb): Promise<ReadonlySet<string>> {
  const shown = await Promise.all(
    [db.posts, db.placements, db.documents].map((table) => table.orderBy('mediaIds').uniqueKeys()),
  )
  const templates = await db.templates.toArray()
  const faces = (await db.channels.toArray()).flatMap(({ avatarId }) => avatarId || [])
  return new Set([...(shown.flat() as string[]), ...templates.flatMap(mediaInTemplate), ...faces])
}
