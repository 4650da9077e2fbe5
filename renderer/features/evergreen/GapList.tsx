import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import type { GapFill, OpenGap } from '../../../shared/domain/evergreen.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { Slot } from '../../../shared/domain/slots.ts'
import { dateAt } from '../../../shared/domain/time.ts'
import { ChannelSigns, formatDay, plural } from '../../parts/index.ts'
import { go } from '../../ports/navigation.ts'
import { useReference, useSettings } from '../../ports/reference.tsx'
import { Checkbox, EmptyState, Later, Link } from '../../ui/index.ts'
import styles from './Evergreen.module.css'
import type { Proposal } from './queries.ts'

interface GapListProps {
  readonly proposal: Proposal | undefined
  /** Unticked: the slot stays open. */
  readonly isLeft: (fill: GapFill) => boolean
  readonly onToggle: (fill: GapFill) => void
  /** Another screen was opened. */
  readonly onLeave: () => void
}

const ROW = 36

/** Every open slot in order of time, with the post that would fill it or what keeps it open. */
export function GapList({ proposal, isLeft, onToggle, onLeave }: GapListProps) {
  const { zone } = useSettings()
  const { channels } = useReference()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useMemo<readonly (GapFill | OpenGap)[]>(
    () => (proposal ? [...proposal.fills, ...proposal.open].sort((a, b) => a.slot.at - b.slot.at) : []),
    [proposal],
  )
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
  })
  if (!proposal) return <Later>{null}</Later>
  const { posts } = proposal
  if (rows.length === 0)
    return (
      <EmptyState
        compact
        illustration="calendar"
        sentence="No open slot of these channels in these days. Posting slots are set on each channel."
        link={
          <Link
            onClick={() => {
              go({ screen: 'settings', page: 'channels' })
              onLeave()
            }}
          >
            Channels
          </Link>
        }
      />
    )
  if (posts.size === 0)
    return (
      <EmptyState
        compact
        illustration="inbox"
        sentence={`${plural(rows.length, 'slot')} of these days ${rows.length === 1 ? 'is' : 'are'} open, and there is no evergreen yet to fill ${rows.length === 1 ? 'it' : 'them'}. A post becomes one by “Evergreen” among its properties.`}
      />
    )
  return (
    <div ref={scroller} className={styles.list}>
      <ul aria-label="Open slots" className={styles.rows} style={{ blockSize: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (!row) return null
          const { slot } = row
          const where = channels.get(slot.channelId)?.name ?? ''
          const style = { transform: `translateY(${start}px)` }
          if ('nearest' in row)
            return (
              <li key={keyOf(slot)} className={styles.row} style={style} data-open>
                <span />
                <When slot={slot} />
                <span className="ell">Stays open: {whyOpen(row, posts, where)}</span>
              </li>
            )
          const title = posts.get(row.postId)?.title || 'Untitled'
          const last = row.lastAt === null ? 'never there yet' : `last ${formatDay(dateAt(row.lastAt, zone))}`
          return (
            <li key={keyOf(slot)} className={styles.row} style={style} data-open={isLeft(row) || undefined}>
              <Checkbox
                label={`${formatDay(slot.date)}, ${slot.time}, ${where}: ${title}`}
                checked={!isLeft(row)}
                onChange={() => onToggle(row)}
              />
              <When slot={slot} />
              <span className="ell">{title}</span>
              <span className={styles.quiet}>{last}</span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

const keyOf = ({ channelId, at }: Slot) => `${channelId} ${at}`

const When = ({ slot }: { slot: Slot }) => (
  <>
    <span className={styles.when}>
      {formatDay(slot.date)}, {slot.time}
    </span>
    <ChannelSigns ids={[slot.channelId]} />
  </>
)

function whyOpen({ nearest }: OpenGap, posts: ReadonlyMap<string, Post>, channel: string): string {
  if (!nearest) return 'there is no evergreen yet'
  const post = posts.get(nearest.postId)
  const title = `“${post?.title || 'Untitled'}”`
  switch (nearest.unfit.kind) {
    case 'channel':
      return `no evergreen is written for ${channel || 'this channel'}`
    case 'season':
      return `${title} is out of season`
    case 'used-up':
      return `${title} is used up`
    case 'cooldown':
      return `${title} stands ${plural(nearest.unfit.days, 'day')} away and rests ${post?.evergreen?.cooldown ?? ''}`
  }
}
