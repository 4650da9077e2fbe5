import { activityOf, activityOfCampaign } from '../data/queries.ts'
import { useDeps } from '../ports/deps.tsx'
import { useQuery } from '../ports/live.ts'
import { useSettings } from '../ports/reference.tsx'
import styles from './ActivityFeed.module.css'
import { formatAgo } from './format.ts'
import { ActorAvatar } from './looks.tsx'

const SHOWN = 100

/** What happened to a post, or to a campaign with its posts and tasks, newest first; one stretch of typing is one line. */
export function ActivityFeed({ of, id }: { of: 'post' | 'campaign'; id: string }) {
  const { clock } = useDeps()
  const settings = useSettings()
  const read = of === 'post' ? activityOf : activityOfCampaign
  const changes = useQuery((db) => read(db, id, SHOWN * 3), [read, id])
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
