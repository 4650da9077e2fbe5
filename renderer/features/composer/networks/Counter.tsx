import type { Counter as Count } from '../../../../shared/platforms/index.ts'
import { NOUNS } from '../../../../shared/platforms/words.ts'
import { formatCount, plural } from '../../../parts/index.ts'
import { cx } from '../../../ui/index.ts'
import styles from './Networks.module.css'

/** How much of a limit is used: amber from 90 %, red above it. Nothing where there is none. */
export function Counter({ count, bare }: { count: Count | undefined; bare?: boolean }) {
  if (!count) return null
  const { used, limit, unit, state } = count
  const share = Math.min(100, (used / limit) * 100)
  return (
    <span className={cx(styles.counter, styles[state])}>
      {!bare && (
        <span aria-hidden className={styles.track}>
          <i style={{ inlineSize: `${share}%` }} />
        </span>
      )}
      <span aria-hidden>
        {formatCount(used)}
        <span className={styles.limit}> / {formatCount(limit)}</span>
      </span>
      <span className="vh">
        {formatCount(used)} of {plural(limit, NOUNS[unit])}
        {state === 'over' && ', too many'}
      </span>
    </span>
  )
}

/** The counter that is fullest: what one has to look at. */
export const fullest = (counts: readonly Count[]): Count | undefined =>
  counts.toSorted((a, b) => b.used / b.limit - a.used / a.limit)[0]
