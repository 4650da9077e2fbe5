/** Where posts stand that were deleted here: at a network nothing goes by itself. */
import { NETWORKS } from '../../shared/domain/channel.ts'
import type { Delivery } from '../../shared/domain/delivery.ts'
import type { WorkspaceDb } from '../data/db.ts'

const GONE: ReadonlySet<string> = new Set(['removed', 'deleted'])

const isOut = ({ state }: Delivery): boolean => state.kind === 'published' && !GONE.has(state.mark?.kind ?? '')

const list = new Intl.ListFormat('en')

/** The networks each of some posts is on, as words; a post that is on none is left out. */
export async function stillOut(db: WorkspaceDb, postIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = (await db.deliveries.where('postId').anyOf(postIds).toArray()).filter(isOut)
  const ids = [...new Set(rows.map(({ channelId }) => channelId))]
  const networks = new Map(
    (await db.channels.bulkGet(ids)).flatMap((channel) =>
      channel ? [[channel.id, NETWORKS[channel.network].name]] : [],
    ),
  )
  const words = [...Map.groupBy(rows, ({ postId }) => postId)].map(([postId, of]): [string, string] => [
    postId,
    list.format(new Set(of.flatMap(({ channelId }) => networks.get(channelId) ?? []))),
  ])
  return new Map(words.filter(([, names]) => names !== ''))
}
