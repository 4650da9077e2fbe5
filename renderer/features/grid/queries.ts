/** What the grid reads: its order as ids from indexes alone, and the rows of the tiles in sight. */
import { mediaIn } from '../../../shared/domain/document.ts'
import { inGridOrder, type Placing, type Spot } from '../../../shared/domain/grid.ts'
import type { Medium } from '../../../shared/domain/medium.ts'
import { type Placement, placementId } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { type Frame, frameWithin, turnedSize } from '../../../shared/media/crop.ts'
import { cutOf, factsOf, formatFor, ratioIn } from '../../../shared/platforms/content.ts'
import type { FormatId, MediaFacts } from '../../../shared/platforms/index.ts'
import { PROFILE_GRID, shownRatio } from '../../../shared/platforms/shows.ts'
import type { WorkspaceDb } from '../../data/db.ts'

export interface Grid {
  /** Newest first. */
  readonly ids: readonly string[]
  /** How many of them are still to come; they are the first. */
  readonly planned: number
  /** Posts the grid of the profile does not show. */
  readonly stories: number
  readonly reelsOnly: number
}

/** The grid of a channel. Keys and the placements of the channel are read, no post. */
export async function gridOf(db: WorkspaceDb, channelId: string): Promise<Grid> {
  const dated = () => db.posts.where('plannedAt').aboveOrEqual(0)
  const withStatus = (status: string) => db.posts.where('status').equals(status).primaryKeys()
  const [onChannel, ids, times, published, cancelled, trashed, placements] = await Promise.all([
    db.posts.where('channelIds').equals(channelId).primaryKeys(),
    dated().primaryKeys(),
    dated().keys() as Promise<unknown> as Promise<number[]>,
    withStatus('published'),
    withStatus('cancelled'),
    db.posts.where('trashedAt').above(0).primaryKeys(),
    db.placements.where('channelId').equals(channelId).toArray(),
  ])
  const here = new Set(onChannel)
  for (const id of [...cancelled, ...trashed]) here.delete(id)
  const own = new Map(placements.map((placement) => [placement.postId, placement]))
  const out = new Set(published)
  const spots: Spot[] = []
  let [stories, reelsOnly] = [0, 0]
  ids.forEach((id, at) => {
    if (!here.has(id)) return
    const placement = own.get(id)
    if (placement?.format === 'story') stories += 1
    else if (placement?.fields.shareToFeed === false) reelsOnly += 1
    else spots.push({ id, at: placement?.planned ? placement.plannedAt : (times[at] ?? 0), out: out.has(id) })
  })
  const ordered = inGridOrder(spots)
  return { ids: ordered.map(({ id }) => id), planned: spots.filter((spot) => !spot.out).length, stories, reelsOnly }
}

/** A post as a tile of the grid shows it. */
export interface TileRow extends Placing {
  readonly id: string
  readonly placement: Placement | undefined
  readonly format: FormatId
  /** How many pictures and films it has. */
  readonly count: number
  /** What the tile shows of it; null: nothing is there to be shown. */
  readonly cover: { readonly medium: Medium; readonly frame: Frame } | null
  /** A picture is named, and its file is gone. */
  readonly gone: boolean
}

/** The tiles of some posts; those that are gone are left out. */
export async function tilesOf(db: WorkspaceDb, channelId: string, ids: readonly string[]): Promise<TileRow[]> {
  const [posts, placements] = await Promise.all([
    db.posts.bulkGet([...ids]),
    db.placements.bulkGet(ids.map((id) => placementId(id, channelId))),
  ])
  const shown = await Promise.all(
    posts.map(async (post, at) =>
      post ? { post, placement: placements[at], ...(await listed(db, post, placements[at])) } : null,
    ),
  )
  const rows = shown.filter((row) => row !== null)
  const wanted = [...new Set(rows.flatMap(({ list, coverId }) => [...list.map(({ mediumId }) => mediumId), coverId]))]
  const found = await db.media.bulkGet(wanted.filter(Boolean))
  const media = new Map(found.flatMap((medium) => (medium ? [[medium.id, medium] as const] : [])))
  return rows.map(({ post, placement, list, coverId, inText }): TileRow => {
    const facts = list.flatMap((one) => factsOf(one, media) ?? [])
    // Pictures of the text make no carousel by themselves: they are no list of the post.
    const format = formatFor('instagram', placement?.format ?? '', inText ? [] : facts)
    const first = list.find(({ mediumId }) => media.has(mediumId))
    const medium = media.get(format === 'reel' ? coverId : '') ?? (first && media.get(first.mediumId))
    return {
      id: post.id,
      post,
      placement,
      format,
      count: facts.length,
      cover: medium && medium.width > 0 ? { medium, frame: tileFrame(medium, format, first?.ratio ?? '') } : null,
      gone: list.length > 0 && facts.length === 0,
    }
  })
}

/** Its own media or those of its post; where there are none, the pictures of its text. */
async function listed(db: WorkspaceDb, post: Post, placement: Placement | undefined) {
  const cover = placement?.fields.cover
  const coverId = typeof cover === 'string' ? cover : ''
  const list = placement?.media ?? post.media
  if (list.length > 0) return { list, coverId, inText: false }
  const text = await db.documents.get(placement?.detached ? placement.id : post.id)
  const inText = mediaIn(text?.content ?? [])
  return { list: inText.map((mediumId) => ({ mediumId, alt: '', ratio: '' })), coverId, inText: true }
}

/** The middle of what the feed shows of it. `shape`: what it was cut to for the post; '' as it is. */
function tileFrame(medium: Medium, format: FormatId, shape: string): Frame {
  const size = turnedSize(medium, medium.edits.turn)
  const facts: Pick<MediaFacts, 'kind' | 'width' | 'height'> = { kind: medium.kind, ...size }
  const feed = () => shownRatio({ network: 'instagram', format, text: '', media: [], fields: {} }, facts)
  return frameWithin(cutOf(medium, format === 'reel' ? 9 / 16 : ratioIn(shape) || feed()), size, PROFILE_GRID.ratio)
}
