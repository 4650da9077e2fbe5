import type { IsoDate } from '../../../shared/domain/time.ts'
import { ChannelSigns, formatDay, plural } from '../../parts/index.ts'
import { evergreenWords } from '../../parts/repeat/words.ts'
import { go } from '../../ports/navigation.ts'
import { EmptyState, Later, Link } from '../../ui/index.ts'
import styles from './Evergreen.module.css'
import type { PoolRow } from './queries.ts'

interface PoolListProps {
  readonly rows: readonly PoolRow[] | undefined
  readonly today: IsoDate
  /** A post was opened. */
  readonly onLeave: () => void
}

/** The pool: how often each was used, and when it may go out again. */
export function PoolList({ rows, today, onLeave }: PoolListProps) {
  if (!rows) return <Later>{null}</Later>
  if (rows.length === 0)
    return (
      <EmptyState
        compact
        illustration="inbox"
        sentence="No evergreens yet. A post becomes one by “Evergreen” among its properties."
      />
    )
  return (
    <ul className={styles.list} aria-label="Evergreens">
      {rows.map(({ post, evergreen, next }) => (
        <li key={post.id} className={styles.pool}>
          <ChannelSigns ids={post.channelIds} />
          <Link
            strong
            onClick={() => {
              go({ screen: 'write', postId: post.id })
              onLeave()
            }}
          >
            {post.title || 'Untitled'}
          </Link>
          <span className={styles.quiet}>
            {evergreenWords(evergreen.rule)} · {plural(evergreen.uses.length, 'use')}
          </span>
          <span className={styles.when}>
            {next === null ? 'Not again' : next === today ? 'Free now' : `From ${formatDay(next)}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
