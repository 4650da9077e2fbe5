import type { ChangeHead } from '../../data/log.ts'
import { formatAgo, initialsOf } from '../../parts/index.ts'
import { useReference } from '../../ports/reference.tsx'
import { Avatar } from '../../ui/index.ts'
import styles from './TodayScreen.module.css'

const SHOWN = 8

/** The end of the log, in words. */
export function LatestChanges({ changes, now }: { changes: readonly ChangeHead[]; now: number }) {
  const { people, settings } = useReference()
  if (changes.length === 0) return null
  return (
    <section aria-labelledby="today-changes">
      <h2 id="today-changes" className={styles.sideHead}>
        Latest changes
      </h2>
      <ol className={styles.feed}>
        {changes.slice(0, SHOWN).map((change) => {
          const name = people.get(change.actor || settings.me)?.name ?? 'You'
          return (
            <li key={change.id}>
              <Avatar initials={initialsOf(name)} name={name} size={20} />
              <span className="grow">{change.label}</span>
              <time className={styles.fedAt} dateTime={new Date(change.at).toISOString()}>
                {formatAgo(change.at, now, settings.zone)}
              </time>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
