import type { ReactNode } from 'react'
import type { Channel } from '../../../../../shared/domain/channel.ts'
import styles from './Preview.module.css'

/** Who posts: a plain mark with the first letter, and the name. */
export function Author({ channel, end }: { channel: Channel; end?: ReactNode }) {
  const name = channel.name.replace(/^@/, '')
  return (
    <div className={styles.author}>
      <span aria-hidden className={styles.avatar}>
        {(Array.from(name)[0] ?? '?').toLocaleUpperCase()}
      </span>
      <b className={styles.authorName}>{name}</b>
      {end && <span className={styles.authorEnd}>{end}</span>}
    </div>
  )
}
