import { type Channel, NETWORKS } from '../../../shared/domain/channel.ts'
import { newDelivery } from '../../../shared/domain/delivery.ts'
import { placementId, postOf } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { type Instant, toInstant, toWall, type Zone } from '../../../shared/domain/time.ts'
import { wayOf } from '../../../shared/domain/wayWords.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useOnline } from '../../ports/online.ts'
import { useSettings } from '../../ports/reference.tsx'
import { PropertyRow } from '../../ui/index.ts'
import { formatWhen } from '../format.ts'
import styles from './Late.module.css'
import { useLateWords } from './useLateWords.ts'
import { useSchedules } from './useSchedules.ts'

/** What becomes of a scheduled post if this computer sleeps at its time: once, or for each channel where they differ. */
export function LateRow({ post }: { post: Post }) {
  const { clock } = useDeps()
  const { zone } = useSettings()
  const schedules = useSchedules()
  const online = useOnline()
  const waiting = useQuery((db) => readWaiting(db, post), [post.id, post.status, post.publishAt, post.channelIds])
  if (!waiting || !schedules || waiting.length === 0) return null
  const lines = waiting.map(({ channel, account, delivery, placement }): Line => {
    const facts = {
      network: NETWORKS[channel.network].name,
      schedules: schedules.get(channel.network) ?? null,
      placement,
      refused: '',
      online,
      paused: account.pause !== null,
      limitedUntil: account.limitedUntil,
      time: (at: Instant) => formatWhen(toWall(at, zone)),
    }
    const { ahead, notYet = false, sentence } = wayOf(delivery, facts, clock.now())
    return { channel, dueAt: delivery.dueAt, ahead, said: ahead || notYet ? sentence : '' }
  })
  const saysTheSame = ({ channel, said }: Line) => said === '' && channel.late === 'ask'
  const groups = [...Map.groupBy(lines.filter(saysTheSame), ({ channel }) => channel.grace).values()]
  const shown = [...groups, ...lines.filter((line) => !saysTheSame(line)).map((line) => [line])]
  return (
    <PropertyRow label="If asleep then">
      <ul className={styles.lines}>
        {shown.flatMap((same) => {
          const [first] = same
          const names = shown.length > 1 ? `${same.map(({ channel }) => channel.name).join(', ')}: ` : ''
          return first ? [<LateLine key={first.channel.id} {...first} zone={zone} names={names} />] : []
        })}
      </ul>
    </PropertyRow>
  )
}

interface Line {
  readonly channel: Channel
  readonly dueAt: Instant
  readonly ahead: boolean
  /** How it goes out all the same, or will once its network has got it; '' where this computer must be awake. */
  readonly said: string
}

const LateLine = ({ channel, dueAt, ahead, said, zone, names }: Line & { zone: Zone; names: string }) => {
  const late = useLateWords(channel, dueAt, zone)
  return (
    <li>
      {names}
      {said}
      {!ahead && (said === '' ? late : late && ` Until then: ${late}.`)}
    </li>
  )
}

/** Where a scheduled post waits for its time here: not where it is posted by hand, which only reminds, nor what lies at a network already. */
async function readWaiting(db: WorkspaceDb, { id, publishAt, status, channelIds }: Post) {
  if (!publishAt || status !== 'scheduled') return []
  const placed = channelIds.map((channelId) => placementId(postOf(id), channelId))
  const [accounts, channels, placements, deliveries] = await Promise.all([
    db.accounts.bulkGet([...channelIds]),
    db.channels.bulkGet([...channelIds]),
    db.placements.bulkGet(placed),
    db.deliveries.bulkGet(placed),
  ])
  return channels.flatMap((channel, at) => {
    const [account, placement] = [accounts[at], placements[at]]
    if (!channel || !account || account.byHand) return []
    const dueAt = toInstant(placement?.planned ?? publishAt)
    const delivery =
      deliveries[at] ??
      newDelivery({ id: placementId(id, channel.id), postId: id, channelId: channel.id, dueAt, contentAt: 0 })
    return delivery.state.kind === 'planned' ? [{ channel, account, placement, delivery: { ...delivery, dueAt } }] : []
  })
}
