import { type Channel, NETWORKS } from '../../shared/domain/channel.ts'
import { isPracticeChannel } from '../../shared/domain/practice.ts'
import { late } from '../ports/late.tsx'
import { CallSign } from '../ui/index.ts'

// Pictures are no part of the first screen.
const PicturedMark = late(async () => (await import('./media/ChannelPicture.tsx')).PicturedMark)

export interface ChannelMarkProps {
  channel: Channel
  /** Pixels of the picture; the letters are as large as they always are. */
  size?: 20 | 24 | 32
  large?: boolean
  /** The letters of the network stand beside the picture, too. */
  signed?: boolean
  title?: string
}

/** A channel in a list: its picture, else the letters of its network. */
export function ChannelMark(props: ChannelMarkProps) {
  const { channel, large, title } = props
  if (channel.avatarId) return <PicturedMark {...props} />
  return (
    <CallSign
      sign={NETWORKS[channel.network].sign}
      hue={channel.hue}
      size={large ? 'lg' : 'sm'}
      dashed={isPracticeChannel(channel)}
      title={title}
    />
  )
}
