import { type Channel, NETWORKS } from '../../../shared/domain/channel.ts'
import { frameOf, turnedSize } from '../../../shared/media/crop.ts'
import { CHANNEL_SHAPE } from '../../../shared/media/shapes.ts'
import { useQuery } from '../../ports/live.ts'
import { CallSign, cx, hueVar, vars } from '../../ui/index.ts'
import type { ChannelMarkProps } from '../ChannelMark.tsx'
import styles from './ChannelPicture.module.css'
import { Cut } from './Cut.tsx'

const SQUARE = { id: CHANNEL_SHAPE.id, ratio: 1 }

interface ChannelPictureProps {
  channel: Channel
  size: 20 | 24 | 32 | 56
  className?: string
}

/** The picture of a channel in a circle; without one the letters of its network. Its name stands beside it, so it says nothing itself. */
export function ChannelPicture({ channel, size, className }: ChannelPictureProps) {
  const medium = useQuery(async (db) => (await db.media.get(channel.avatarId)) ?? null, [channel.avatarId])
  return (
    <span
      aria-hidden
      data-picture={medium ? channel.avatarId : undefined}
      className={cx(styles.face, styles[`s${size}`], className)}
      style={vars({ '--ch': hueVar(channel.hue) })}
    >
      {medium ? (
        <Cut medium={medium} frame={frameOf(turnedSize(medium, medium.edits.turn), medium.edits, SQUARE)} alt="" />
      ) : (
        // Not while it is read: letters that are taken away again would flicker.
        medium === null && NETWORKS[channel.network].sign
      )}
    </span>
  )
}

/** What `ChannelMark` draws of a channel that has a picture. */
export function PicturedMark({ channel, size = 20, signed, title }: ChannelMarkProps) {
  return (
    <>
      <ChannelPicture channel={channel} size={size} />
      {signed ? (
        <CallSign sign={NETWORKS[channel.network].sign} hue={channel.hue} title={title} />
      ) : (
        title && <span className="vh">{title}</span>
      )}
    </>
  )
}
