/** Whether a network takes as many posts as are planned around one of them. Read by the index of their times: a day to each side, no more. */
import { type Channel, NETWORKS } from '../../../shared/domain/channel.ts'
import { cardsOf, postOf } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { Instant } from '../../../shared/domain/time.ts'
import { type FoundOn, placedOn } from '../../../shared/platforms/assess.ts'
import { contentOf } from '../../../shared/platforms/content.ts'
import { fullestAt, PER_DAY, type PerDay, perDayWords, REACH } from '../../../shared/platforms/perDay.ts'
import type { WorkspaceDb } from '../db.ts'
import { cardsBetween } from '../queries.ts'
import { readPlacings } from './placings.ts'

type Limited = readonly [Channel, readonly PerDay[]]

/**
 * What speaks against so many posts around the times of a post, by channel. Nothing for what is out, cancelled or has no date, and for
 * channels a person posts on, which no program is counted for. Of several limits of a channel the one that is surer is told.
 */
export async function tooManyAround(db: WorkspaceDb, postId: string): Promise<readonly FoundOn[]> {
  const post = await db.posts.get(postId)
  if (post?.trashedAt !== 0 || !isToCome(post)) return []
  const limited = await limitedOf(db, post.channelIds)
  if (limited.length === 0) return []
  const least = Math.min(...limited.flatMap(([, limits]) => limits.map(({ most }) => most)))
  const found: FoundOn[] = []
  for (const card of cardsOf(post, await db.placements.where('postId').equals(postId).toArray())) {
    const at = card.plannedAt
    if (at < 0 || card.channelIds.length === 0) continue
    // Keys of an index are counted before any row is read: few days hold so many posts.
    if ((await plannedNear(db, at)) <= least) continue
    const cards = (await cardsBetween(db, at - REACH, at + REACH)).filter(({ status }) => status !== 'cancelled')
    for (const [channel, limits] of limited) {
      if (!card.channelIds.includes(channel.id)) continue
      const tooMany = await tooManyOn(db, postId, channel, limits, at, cards)
      if (tooMany) found.push({ channelId: channel.id, finding: tooMany })
    }
  }
  return found
}

const isToCome = ({ status }: Post): boolean => status !== 'published' && status !== 'cancelled'

async function limitedOf(db: WorkspaceDb, ids: readonly string[]): Promise<Limited[]> {
  const [channels, accounts] = await Promise.all([db.channels.bulkGet([...ids]), db.accounts.bulkGet([...ids])])
  return channels.flatMap((channel, at): Limited[] => {
    const limits = channel && PER_DAY[channel.network]
    return limits && !accounts[at]?.byHand ? [[channel, limits]] : []
  })
}

async function plannedNear(db: WorkspaceDb, at: Instant): Promise<number> {
  const [from, to] = [Math.max(0, at - REACH), at + REACH]
  const [posts, apart] = await Promise.all([
    db.posts.where('plannedAt').between(from, to).count(),
    db.placements.where('plannedAt').between(from, to).count(),
  ])
  return posts + apart
}

async function tooManyOn(
  db: WorkspaceDb,
  postId: string,
  channel: Channel,
  limits: readonly PerDay[],
  at: Instant,
  cards: readonly Post[],
): Promise<FoundOn['finding'] | null> {
  const { network } = channel
  for (const limit of [...limits].sort((a, b) => b.most - a.most)) {
    const ids = limit.ofApp ? new Set(await channelsOf(db, channel)) : new Set([channel.id])
    const counted = cards.filter(({ channelIds }) => channelIds.some((id) => ids.has(id)))
    if (fullestAt(limit, at, timesOf(counted, ids)) <= limit.most) continue
    const those = limit.formats ? await ofFormats(db, counted, channel, limit.formats) : counted
    if (!those.some(({ id }) => postOf(id) === postId)) continue
    const planned = fullestAt(limit, at, timesOf(those, ids))
    if (planned <= limit.most) continue
    return {
      rule: 'per-day',
      severity: limit.severity ?? 'warning',
      place: { at: 'time' },
      sentence: perDayWords(limit, planned, NETWORKS[network].name),
      source: limit.source,
      fixes: [],
    }
  }
  return null
}

const channelsOf = async (db: WorkspaceDb, { network }: Channel): Promise<string[]> =>
  (await db.channels.toArray()).filter((channel) => channel.network === network).map(({ id }) => id)

/** A post on several channels that count together goes out once on each. */
const timesOf = (cards: readonly Post[], ids: ReadonlySet<string>): Instant[] =>
  cards.flatMap(({ channelIds, plannedAt }) => channelIds.filter((id) => ids.has(id)).map(() => plannedAt))

/** Those that go there in one of these formats: read only once there are too many of any. */
async function ofFormats(
  db: WorkspaceDb,
  cards: readonly Post[],
  channel: Channel,
  formats: NonNullable<PerDay['formats']>,
): Promise<readonly Post[]> {
  const placings = await readPlacings(db, [...new Set(cards.map(({ id }) => postOf(id)))])
  const such = new Set(
    placings.flatMap((one) => (formats.includes(contentOf(placedOn(one, channel)).format) ? [one.post.id] : [])),
  )
  return cards.filter((card) => such.has(postOf(card.id)))
}
