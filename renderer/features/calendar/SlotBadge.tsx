import { Plus } from 'lucide-react'
import { type CSSProperties, memo } from 'react'
import { NETWORKS } from '../../../shared/domain/channel.ts'
import type { OpenMoment } from '../../../shared/domain/slots.ts'
import { ChannelSigns } from '../../parts/index.ts'
import { useReference } from '../../ports/reference.tsx'
import styles from './SlotBadge.module.css'
import { useUi } from './uiState.ts'

/** Open moments a week may show without being asked; more only under the pointer, or while a post that fits is in the hand. */
const QUIET_SLOTS = 4
/** `asked`: only on hover. Goes to `data-slots` of the day. */
export const slotsShown = (moments: number): 'always' | 'asked' => (moments <= QUIET_SLOTS ? 'always' : 'asked')

interface SlotBadgeProps {
  slot: OpenMoment
  style?: CSSProperties | undefined
}

/** An open slot: pressing it starts a post there, a post dropped on it goes out at that time. */
export const SlotBadge = memo(function SlotBadge({ slot, style }: SlotBadgeProps) {
  const { channels } = useReference()
  const { time, date, channelIds } = slot
  const fits = useUi(({ hand }) => hand?.anchor.channelIds.some((id) => channelIds.includes(id)) ?? false)
  const known = channelIds.flatMap((id) => channels.get(id) ?? [])
  const networks = new Set(known.map(({ network }) => NETWORKS[network].name))
  return (
    <button
      type="button"
      className={styles.slot}
      tabIndex={-1}
      data-slot={time}
      data-slot-channels={channelIds.join(' ')}
      data-drop="slot"
      data-slot-day={date}
      data-fits={fits || undefined}
      style={style}
      aria-label={`Open slot ${time}, ${[...networks].join(', ')}`}
      title={`${time} is open on ${known.map(({ name }) => name).join(', ')}`}
    >
      <Plus aria-hidden size={12} />
      {time} <ChannelSigns ids={channelIds} max={2} letters />
      <span className={styles.word}>open</span>
    </button>
  )
})
