/** The rows of placements inside a command: changed, taken along when posts move, copied with them. */
import { fieldsOfCopy } from '../../../shared/domain/mailing.ts'
import {
  followed,
  isPlain,
  ownTime,
  type Placement,
  placementId,
  plainPlacement,
} from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { WallTime } from '../../../shared/domain/time.ts'
import type { Tx } from '../recorder.ts'
import type { Rows } from '../tables.ts'

export interface PlacementRef {
  readonly postId: string
  readonly channelId: string
}

/** Changes a placement; makes its row, or takes it away with its text when nothing is different any more. */
export async function settle(
  tx: Tx<Rows>,
  { postId, channelId }: PlacementRef,
  fields: Partial<Placement>,
): Promise<void> {
  const id = placementId(postId, channelId)
  const row = await tx.get('placements', id)
  const next = { ...(row ?? plainPlacement(postId, channelId, tx.now)), ...fields }
  if (!next.detached) await tx.remove('documents', id)
  if (isPlain(next)) await tx.remove('placements', id)
  else if (row) await tx.update('placements', id, fields)
  else await tx.create('placements', next)
  // The post was touched: lists of what changed last and its activity read this.
  await tx.update('posts', postId, { updatedAt: tx.now })
}

const rowsOf = (tx: Tx<Rows>, posts: readonly Post[]): Promise<Placement[]> =>
  tx.getMany(
    'placements',
    posts.flatMap(({ id, channelIds }) => channelIds.map((channelId) => placementId(id, channelId))),
  )

/**
 * Takes the own times of moved posts along, inside the command that moves them. Posts are as they were before; a post that loses
 * its date takes those of its channels with it.
 */
export async function moveOwnTimes(
  tx: Tx<Rows>,
  moves: readonly { readonly post: Post; readonly to: WallTime | null }[],
): Promise<void> {
  const rows = await rowsOf(
    tx,
    moves.map(({ post }) => post),
  )
  const byPost = new Map(moves.map((move) => [move.post.id, move]))
  for (const row of rows) {
    const move = byPost.get(row.postId)
    if (!row.planned || !move?.post.planned) continue
    await settle(tx, row, ownTime(move.to && followed(row.planned, move.post.planned, move.to)))
  }
}

/** Copies what posts are on their channels to copies of them, inside the command that makes those. `copies`: original -> copy. */
export async function copyPlacements(
  tx: Tx<Rows>,
  copies: readonly { readonly from: Post; readonly to: Post }[],
): Promise<void> {
  const originals = new Map(copies.map(({ from }) => [from.id, from]))
  const rows = await rowsOf(tx, [...originals.values()])
  const texts = await tx.getMany(
    'documents',
    rows.filter(({ detached }) => detached).map(({ id }) => id),
  )
  const made = copies.flatMap(({ from, to }) =>
    rows
      .filter(({ postId, channelId }) => postId === from.id && to.channelIds.includes(channelId))
      .flatMap((row) => {
        const planned =
          row.planned && from.planned && to.planned ? followed(row.planned, from.planned, to.planned) : null
        const placement = {
          ...row,
          ...ownTime(planned),
          fields: fieldsOfCopy(row.fields),
          id: placementId(to.id, row.channelId),
          postId: to.id,
          updatedAt: tx.now,
        }
        return isPlain(placement) ? [] : [{ placement, content: texts.find(({ id }) => id === row.id)?.content ?? [] }]
      }),
  )
  await tx.createMany(
    'placements',
    made.map(({ placement }) => placement),
  )
  await tx.createMany(
    'documents',
    made.flatMap(({ placement, content }) => (placement.detached ? [{ id: placement.id, content }] : [])),
  )
}

/** Makes posts on their channels what one of them is, inside the command that gives them its content. Whom they are mailed to stays theirs. */
export async function replacePlacements(tx: Tx<Rows>, from: Post, others: readonly Post[]): Promise<void> {
  const before = await rowsOf(tx, others)
  for (const row of before) {
    await tx.remove('documents', row.id)
    await tx.remove('placements', row.id)
  }
  await copyPlacements(
    tx,
    others.map((to) => ({ from, to: { ...to, channelIds: from.channelIds } })),
  )
  for (const { id, postId, channelId, fields } of before) {
    const { emailSegment } = fields
    if (emailSegment === undefined || !from.channelIds.includes(channelId)) continue
    const row = await tx.get('placements', id)
    await settle(tx, { postId, channelId }, { fields: { ...row?.fields, emailSegment } })
  }
}
