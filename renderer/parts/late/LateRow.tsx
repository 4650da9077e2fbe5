import type { Channel } from '../../../shared/domain/channel.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { Zone } from '../../../shared/domain/time.ts'
import { toInstant } from '../../../shared/domain/time.ts'
import { useQuery } from '../../ports/live.ts'
import { useSettings } from '../../ports/reference.tsx'
import { PropertyRow } from '../../ui/index.ts'
import styles from './Late.module.css'
import { useLateWords } from './useLateWords.ts'

/** What becomes of a scheduled post if this computer sleeps at its time: once, or for each channel where they differ. */
export function LateRow({ post }: { post: Post }) {
  const { zone } = useSettings()
  const lines = useQuery(
    async (db) => {
      const wall = post.publishAt
      if (!wall || post.status !== 'scheduled') return []
      const [accounts, deliveries] = await Promise.all([
        db.accounts.bulkGet([...post.channelIds]),
        db.deliveries.where('postId').equals(post.id).toArray(),
      ])
      const waiting = new Map(deliveries.map(({ channelId, state }) => [channelId, state.kind === 'planned']))
      // A channel without an account sends nothing, one that is posted by hand only reminds, and what lies at a network needs no computer.
      const sent = accounts.flatMap((one) => (one && !one.byHand && (waiting.get(one.id) ?? true) ? [one.id] : []))
      const [channels, placements] = await Promise.all([
        db.channels.bulkGet(sent),
        db.placements.bulkGet(sent.map((id) => placementId(post.id, id))),
      ])
      return channels.flatMap((channel, at) =>
        channel ? [{ channel, dueAt: toInstant(placements[at]?.planned ?? wall) }] : [],
      )
    },
    [post.id, post.status, post.publishAt, post.channelIds],
  )
  if (!lines || lines.length === 0) return null
  const asks = lines.filter(({ channel }) => channel.late === 'ask')
  const groups = [...Map.groupBy(asks, ({ channel }) => channel.grace).values()]
  const shown = [...groups, ...lines.filter(({ channel }) => channel.late === 'slot').map((line) => [line])]
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

interface LateLineProps {
  channel: Channel
  dueAt: number
  zone: Zone
  names: string
}

const LateLine = ({ channel, dueAt, zone, names }: LateLineProps) => (
  <li>
    {names}
    {useLateWords(channel, dueAt, zone)}
  </li>
)
