/** What stays at its network though it was deleted, unscheduled, set back or taken off a channel here: nothing goes from there by itself. */
import { Globe } from 'lucide-react'
import { NETWORKS } from '../../shared/domain/channel.ts'
import type { Delivery } from '../../shared/domain/delivery.ts'
import type { Post } from '../../shared/domain/post.ts'
import type { WorkspaceDb } from '../data/db.ts'
import { go } from '../ports/navigation.ts'
import { toast } from '../ui/index.ts'

export interface StillOut {
  /** The networks, as words. */
  readonly networks: string
  /** The first of its deliveries that is out. */
  readonly deliveryId: string
}

const GONE: ReadonlySet<string> = new Set(['removed', 'deleted'])

/** What is being taken down is as good as gone. A part of it may be out while others are still to come. */
function isOut({ state, sent }: Delivery): boolean {
  switch (state.kind) {
    case 'published':
      return !GONE.has(state.mark?.kind ?? '') && !(state.change?.what === 'remove' && state.change.at >= 0)
    case 'needs-you':
      return sent.length > 0 && state.reason.kind !== 'stuck-there' && state.reason.kind !== 'not-out'
    case 'handed-over':
    case 'cancelled':
      return false
    default:
      return sent.length > 0
  }
}

const list = new Intl.ListFormat('en')

/** Where each of some posts is out; a post that is on no network is left out. `left`: the channels asked about, by post; absent: all. */
export async function stillOut(
  db: WorkspaceDb,
  postIds: readonly string[],
  left?: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, StillOut>> {
  const rows = (await db.deliveries.where('postId').anyOf(postIds).toArray()).filter(
    (row) => isOut(row) && (left?.get(row.postId)?.includes(row.channelId) ?? true),
  )
  const ids = [...new Set(rows.map(({ channelId }) => channelId))]
  const networks = new Map(
    (await db.channels.bulkGet(ids)).flatMap((channel) =>
      channel ? [[channel.id, NETWORKS[channel.network].name]] : [],
    ),
  )
  const out = [...Map.groupBy(rows, ({ postId }) => postId)].flatMap(([postId, of]): [string, StillOut][] => {
    const names = list.format(new Set(of.flatMap(({ channelId }) => networks.get(channelId) ?? [])))
    const [first] = of
    return first && names !== '' ? [[postId, { networks: names, deliveryId: first.id }]] : []
  })
  return new Map(out)
}

/** Says of posts that were just taken out of the plan, or (`left`) off channels, which of them stay out, and leads to where they are deleted there. */
export async function sayStillOut(
  db: WorkspaceDb,
  posts: readonly Pick<Post, 'id' | 'title'>[],
  left?: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const out = await stillOut(
    db,
    posts.map(({ id }) => id),
    left,
  )
  const [first] = out
  if (!first) return
  const [postId, { networks, deliveryId }] = first
  const title = posts.find(({ id }) => id === postId)?.title || 'Untitled'
  toast({
    id: 'still-out',
    icon: Globe,
    text:
      out.size > 1
        ? `${out.size} of them stay published at their networks.`
        : `${posts.length === 1 ? 'It' : `“${title}”`} stays published on ${networks}.`,
    action: { label: 'Open in the outbox', onSelect: () => go({ screen: 'outbox', deliveryId }) },
  })
}
