import type { Channel } from '../../../../../shared/domain/channel.ts'
import type { Content } from '../../../../../shared/platforms/index.ts'
import { type Device, foldOf } from '../../../../../shared/platforms/shows.ts'
import { Author } from './Author.tsx'
import { Picture } from './Picture.tsx'
import styles from './Preview.module.css'
import { Shown } from './Shown.tsx'

/** A film lying on its side: its thumbnail, its title, the beginning of its description. */
export function VideoPreview({ channel, content, device }: { channel: Channel; content: Content; device: Device }) {
  const { cover, title } = content.fields
  const shown = cover ?? content.media.find(({ kind }) => kind === 'video')
  return (
    <article>
      {shown ? <Picture medium={shown} ratio={16 / 9} /> : <p className={styles.missing}>Its video stands here.</p>}
      {title && (
        <p className={styles.title} dir="auto">
          {title}
        </p>
      )}
      <Author channel={channel} />
      {content.text !== '' && (
        <Shown network={content.network} text={content.text} fold={foldOf(content.network, device)} />
      )}
    </article>
  )
}
