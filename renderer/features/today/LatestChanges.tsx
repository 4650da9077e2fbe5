import type { ChangeHead } from '../../data/log.ts'
import { ActorAvatar, formatAgo } from '../../parts/index.ts'
import { useSettings } from '../../ports/reference.tsx'
import styles from './TodayScreen.module.css'

const SHOWN = 8

/** The end of the log, in words. */
export function LatestChanges({ changes, now }: { changes: readonly ChangeHead[]; now: number }) {
  const settings = useSettings()
  if (changes.length === 0) return null
  return (
    <section aria-labelledby="today-changes">
      <h2 id="today-changes" className={styles.sideHead}>
        Latest changes
      </h2>
      <ol className={styles.feed}>
        {changes.slice(0, SHOWN).map((change) => (
          <li key={change.id}>
            <ActorAvatar id={change.actor} />
            <span className="grow">{change.label}</span>
            <time className={styles.fedAt} dateTime={new Date(change.at).toISOString()}>
              {formatAgo(change.at, now, settings.zone)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  )
}
