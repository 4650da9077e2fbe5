import { useMemo } from 'react'
import type { Channel } from '../../../../../shared/domain/channel.ts'
import type { Content } from '../../../../../shared/platforms/index.ts'
import { DiffView, linesToRead } from '../../../../parts/index.ts'
import { useNetworks } from '../NetworksProvider.tsx'
import { Author } from './Author.tsx'
import { Picture } from './Picture.tsx'
import styles from './Preview.module.css'

/** Lines of a long text that are drawn; the rest is no other. */
const LINES = 8

/** An article or a letter: what stands in lists, then its beginning, as rich as it was written. */
export function ArticlePreview({ channel, content }: { channel: Channel; content: Content }) {
  const { placings } = useNetworks()
  const { title, subject, excerpt, preheader, cover } = content.fields
  // Drawn anew with the content: the text it was made of is the one that is there now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const lines = useMemo(() => {
    const now = placings()
    return now ? linesToRead(now.own.get(channel.id) ?? now.base) : []
  }, [content, channel.id])
  return (
    <article>
      <Author channel={channel} />
      {cover && <Picture medium={cover} ratio={1.91} />}
      <div className={styles.article}>
        <p className={styles.headline}>{title || subject || 'Without a title'}</p>
        {(excerpt || preheader) && <p className={styles.excerpt}>{excerpt || preheader}</p>}
        <div className={styles.body}>
          <DiffView lines={lines.slice(0, LINES)} />
        </div>
        {lines.length > LINES && <p className={styles.goesOn}>and {lines.length - LINES} more paragraphs</p>}
      </div>
    </article>
  )
}
