import type { Post } from '../../../shared/domain/post.ts'
import { addDays, dateAt, type IsoDate } from '../../../shared/domain/time.ts'
import { plural, weekdayShort } from '../../parts/index.ts'
import { go, showDate, showView } from '../../ports/navigation.ts'
import { useSettings } from '../../ports/reference.tsx'
import { cx } from '../../ui/index.ts'
import styles from './TodayScreen.module.css'

const READY = new Set<Post['status']>(['approved', 'scheduled', 'published'])
const BLOCKS = 8

/** A strip of days: a filled block is ready, an outlined one still waits for somebody. */
export function NextDays({ posts, today }: { posts: readonly Post[]; today: IsoDate }) {
  const { zone } = useSettings()
  const byDay = Map.groupBy(
    posts.filter(({ status }) => status !== 'cancelled'),
    (post) => dateAt(post.plannedAt, zone),
  )
  const open = (date: IsoDate) => {
    showDate(date)
    showView('day')
    go({ screen: 'calendar' })
  }
  return (
    <section aria-labelledby="today-week">
      <h2 id="today-week" className={styles.sideHead}>
        Next seven days
      </h2>
      <ul>
        {Array.from({ length: 7 }, (_, index) => addDays(today, index)).map((date) => {
          const day = byDay.get(date) ?? []
          const ready = day.filter(({ status }) => READY.has(status)).length
          const words =
            day.length === 0 ? 'nothing planned' : ready === day.length ? 'ready' : `${day.length - ready} not ready`
          return (
            <li key={date}>
              <button type="button" className={styles.dayRow} onClick={() => open(date)}>
                <span className={cx(styles.dayName, date === today && styles.dayNow)}>
                  {weekdayShort(date)} <b>{Number(date.slice(8))}</b>
                </span>
                <span className="vh">{plural(day.length, 'post')},</span>
                <span className={styles.blocks} aria-hidden="true">
                  {day
                    .toSorted((a, b) => Number(READY.has(b.status)) - Number(READY.has(a.status)))
                    .slice(0, BLOCKS)
                    .map((post) => (
                      <i key={post.id} data-open={!READY.has(post.status) || undefined} />
                    ))}
                  {day.length > BLOCKS && <small>+{day.length - BLOCKS}</small>}
                </span>
                <span className={styles.dayWords} data-warn={(day.length > 0 && ready < day.length) || undefined}>
                  {words}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
