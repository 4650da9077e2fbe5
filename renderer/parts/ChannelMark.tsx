import { type Channel, NETWORKS } from '../../shared/domain/channel.ts'
import { late } from '../ports/late.tsx'
import { CallSign } from '../ui/index.ts'

// Pictures are no part of the first screen.
const ChannelPicture = late(async () => (await import('./media/ChannelPicture.tsx')).ChannelPicture)

interface ChannelMarkProps {
  channel: Channel
  /** Pixels of the picture; the letters are as large as they always are. */
  size?: 20 | 24 | 32
  large?: boolean
  /** The letters of the network stand beside the picture, too. */
  signed?: boolean
  title?: string
}

/** A channel in a list: its picture, else the letters of its network. */
export function ChannelMark({ channel, size = 20, large = false, signed = false, title }: ChannelMarkProps) {
  const { sign } = NETWORKS[channel.network]
  const letters = <CallSign sign={sign} hue={channel.hue} size={large ? 'lg' : 'sm'} title={title} />
  if (!channel.avatarId) return letters
  return (
    <>
      <ChannelPicture channel={channel} size={size} />
      {signed && <CallSign sign={sign} hue={channel.hue} title={title} />}
      {!signed && title && <span className="vh">{title}</span>}
    </>
  )
}
