import type { ReactNode } from 'react'
import type { Channel } from '../../../../../shared/domain/channel.ts'
import { ChannelPicture } from '../../../../parts/media/index.ts'
import styles from './Preview.module.css'

/** Who posts: the picture of the channel, and its name. */
export function Author({ channel, end }: { channel: Channel; end?: ReactNode }) {
  return (
    <div className={styles.author}>
      <ChannelPicture channel={channel} size={24} />
      <b className={styles.authorName}>{channel.name.replace(/^@/, '')}</b>
      {end && <span className={styles.authorEnd}>{end}</span>}
    </div>
  )
}
