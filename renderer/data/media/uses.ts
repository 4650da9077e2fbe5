/** Where media are used: by a post, by one of its placements, or in the text of a post, a brief or a template. Asked of indexes; only the texts of
 * templates, which are few, are read. */
import type { Campaign } from '../../../shared/domain/campaign.ts'
import { postIdIn } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { mediaInTemplate, type Template } from '../../../shared/domain/template.ts'
import type { WorkspaceDb } from '../db.ts'

export type User =
  | { readonly kind: 'post'; readonly row: Post }
  | { readonly kind: 'campaign'; readonly row: Campaign }
  | { readonly kind: 'template'; readonly row: Template }

/** Who shows each of some media; those nobody shows are not in it. What lies in the trash is named, too. */
export async function usersOf(db: WorkspaceDb, ids: readonly string[]): Promise<ReadonlyMap<string, readonly User[]>> {
  const owners = new Map(
    await Promise.all(
      ids.map(async (id) => {
        const shown = await Promise.all(
          [db.posts, db.placements, db.documents].map((table) => table.where('mediaIds').equals(id).primaryKeys()),
        )
        return [id, [...new Set((shown.flat() as string[]).map(ownerOf))]] as const
      }),
    ),
  )
  const all = [...new Set([...owners.values()].flat())]
  const [posts, campaigns] = await Promise.all([db.posts.bulkGet(all), db.campaigns.bulkGet(all)])
  const users = new Map<string, User>()
  for (const row of posts) if (row) users.set(row.id, { kind: 'post', row })
  for (const row of campaigns) if (row) users.set(row.id, { kind: 'campaign', row })
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
  return new Set([...(shown.flat() as string[]), ...templates.flatMap(mediaInTemplate)])
}
