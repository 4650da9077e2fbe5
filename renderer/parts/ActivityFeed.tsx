import { activityOf } from '../data/queries.ts'
import { useDeps } from '../ports/deps.tsx'
import { useQuery } from '../ports/live.ts'
import { useSettings } from '../ports/reference.tsx'
import styles from './ActivityFeed.module.css'
import { formatAgo } from './format.ts'
import { ActorAvatar } from './looks.tsx'

const SHOWN = 100

/** What happened to a post or a campaign, newest first; one stretch of typing is one line. */
export function ActivityFeed({ entityId }: { entityId: string }) {
  const { clock } = useDeps()
  const settings = useSettings()
  const changes = useQuery((db) => activityOf(db, entityId, SHOWN * 3), [entityId])
  if (!changes) return null
  const shown = changes.filter((change, index) => change.group !== changes[index + 1]?.group).slice(0, SHOWN)
  if (shown.length === 0) return <p className={styles.empty}>Nothing has happened here yet.</p>
  return (
    <ol className={styles.feed}>
      {shown.map((change) => (
        <li key={change.id} className={styles.entry}>
          <ActorAvatar id={change.actor} />
          <span className={styles.label}>{change.label}</span>
          <time className={styles.time} dateTime={new Date(change.at).toISOString()}>
            {formatAgo(change.at, clock.now(), settings.zone)}
          </time>
        </li>
      ))}
    </ol>
  )
}
