import { activityOf } from '../data/queries.ts'
import { useDeps } from '../ports/deps.tsx'
import { useQuery } from '../ports/live.ts'
import { useReference } from '../ports/reference.tsx'
import { Avatar } from '../ui/index.ts'
import styles from './ActivityFeed.module.css'
import { formatAgo, initialsOf } from './format.ts'

const SHOWN = 100

/** What happened to a post or a campaign, newest first; one stretch of typing is one line. */
export function ActivityFeed({ entityId }: { entityId: string }) {
  const { clock } = useDeps()
  const { people, settings } = useReference()
  const changes = useQuery((db) => activityOf(db, entityId, SHOWN * 3), [entityId])
  if (!changes) return null
  const shown = changes.filter((change, index) => change.group !== changes[index + 1]?.group).slice(0, SHOWN)
  if (shown.length === 0) return <p className={styles.empty}>Nothing has happened here yet.</p>
  return (
    <ol className={styles.feed}>
      {shown.map((change) => {
        const name = people.get(change.actor)?.name ?? 'You'
        return (
          <li key={change.id} className={styles.entry}>
            <Avatar initials={initialsOf(name)} name={name} size={20} />
            <span className={styles.label}>{change.label}</span>
            <time className={styles.time} dateTime={new Date(change.at).toISOString()}>
              {formatAgo(change.at, clock.now(), settings.zone)}
            </time>
          </li>
        )
      })}
    </ol>
  )
}
