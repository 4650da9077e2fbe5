import { useMemo } from 'react'
import type { Channel } from '../../../../../shared/domain/channel.ts'
import { EMPTY_DOC } from '../../../../../shared/domain/document.ts'
import type { Content } from '../../../../../shared/platforms/index.ts'
import { DocumentView, plural } from '../../../../parts/index.ts'
import { useNetworks } from '../NetworksProvider.tsx'
import { Author } from './Author.tsx'
import { Picture } from './Picture.tsx'
import styles from './Preview.module.css'

/** Blocks of a long text that are drawn; the rest is no other. */
const BLOCKS = 6

/** An article or a letter: what stands in lists, then its beginning, as rich as it was written. */
export function ArticlePreview({ channel, content }: { channel: Channel; content: Content }) {
  const { placings } = useNetworks()
  const { title, subject, excerpt, preheader, cover } = content.fields
  // Read with the content that was made of it: the text that is there now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const doc = useMemo(() => {
    const now = placings()
    return now?.own.get(channel.id) ?? now?.base ?? EMPTY_DOC
  }, [content, channel.id])
  const rest = doc.content.length - BLOCKS
  return (
    <article>
      <Author channel={channel} />
      {cover && <Picture medium={cover} ratio={1.91} />}
      <div className={styles.article}>
        <p className={styles.headline} dir="auto">
          {title || subject || 'Without a title'}
        </p>
        {(excerpt || preheader) && (
          <p className={styles.excerpt} dir="auto">
            {excerpt || preheader}
          </p>
        )}
        <DocumentView doc={doc} most={BLOCKS} className={styles.body} />
        {rest > 0 && <p className={styles.goesOn}>and {plural(rest, 'more paragraph')}</p>}
      </div>
    </article>
  )
}
