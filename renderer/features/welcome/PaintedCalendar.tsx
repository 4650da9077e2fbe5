import type { Hue } from '../../../shared/domain/channel.ts'
import type { PostStatus } from '../../../shared/domain/status.ts'
import { statusIcon } from '../../parts/index.ts'
import { hueVar } from '../../ui/index.ts'
import styles from './PaintedCalendar.module.css'

interface Painted {
  readonly time: string
  readonly signs: string
  readonly hues: readonly Hue[]
  readonly title: string
  readonly status: PostStatus
  readonly picture?: 'ridge' | 'thread' | 'snow'
}

const post = (
  time: string,
  signs: string,
  hues: Hue[],
  title: string,
  status: PostStatus,
  picture?: Painted['picture'],
): Painted => ({
  time,
  signs,
  hues,
  title,
  status,
  picture,
})

const DAYS: readonly { readonly day: number; readonly today?: boolean; readonly posts: readonly Painted[] }[] = [
  {
    day: 12,
    posts: [
      post('09:00', 'Li', ['sky'], 'The strap that failed eleven times', 'scheduled'),
      post('12:30', 'Ig Th', ['plum', 'rose'], 'Guess the weight', 'scheduled'),
    ],
  },
  { day: 13, posts: [post('12:30', 'Ig Pi', ['plum', 'clay'], 'Zip pull, close up', 'approved', 'thread')] },
  {
    day: 14,
    today: true,
    posts: [
      post('09:00', 'Tk Ig', ['teal', 'plum'], 'Behind the seam', 'draft'),
      post('12:30', 'Ig Fb Li', ['plum', 'cobalt', 'sky'], 'Waitlist opens at noon', 'review'),
    ],
  },
  {
    day: 19,
    posts: [
      post('12:30', 'Ig Fb X', ['plum', 'cobalt', 'slate'], 'Tomorrow, nine o’clock', 'scheduled'),
      post('18:00', 'Nl', ['olive'], 'The Mend Letter: doors open', 'review'),
    ],
  },
  {
    day: 20,
    posts: [
      post('09:00', 'Ig Fb Li', ['plum', 'cobalt', 'sky'], 'The Tarn 28 is here', 'approved'),
      post('10:00', 'Yt', ['ember'], 'Field film: four winters', 'scheduled'),
      post('17:30', 'Tk', ['teal'], 'Packed in 28 seconds', 'changes'),
    ],
  },
  { day: 21, posts: [post('10:00', 'Ig', ['plum'], 'Weekend list: three huts', 'scheduled', 'snow')] },
  {
    day: 26,
    posts: [
      post('09:00', 'Li Nl', ['sky', 'olive'], 'Mend Week: buy nothing, fix one', 'changes'),
      post('18:00', 'Ig Tk', ['plum', 'teal'], 'Bring us your worst zip', 'draft'),
    ],
  },
  { day: 27, posts: [post('12:30', 'Ig', ['plum'], 'Mend bar, table by table', 'draft', 'ridge')] },
  { day: 28, posts: [post('12:30', 'Ig Pi', ['plum', 'clay'], 'Before and after', 'idea')] },
]

/** What it will look like: a calendar drawn with the shapes of the real one. Decoration, so it is silent. */
export function PaintedCalendar() {
  return (
    <div className={styles.side} aria-hidden="true">
      <div className={styles.calendar}>
        <span className={styles.bar}>
          Sample launch <i>Tease</i>
        </span>
        {DAYS.map(({ day, today, posts }) => (
          <div key={day} className={styles.day} data-today={today}>
            <b>{day}</b>
            {posts.map((painted) => (
              <PaintedPost key={painted.title} {...painted} small={posts.length > 2} />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

function PaintedPost({ time, signs, hues, title, status, picture, small }: Painted & { small: boolean }) {
  const Icon = statusIcon(status)
  return (
    <div className={styles.post} data-status={status} data-small={small || undefined}>
      <span className={styles.edge}>
        {hues.map((hue) => (
          <i key={hue} style={{ background: hueVar(hue) }} />
        ))}
      </span>
      <span className={styles.meta}>
        {time} {!small && <small>{signs}</small>}
      </span>
      <span className={styles.title}>{title}</span>
      <Icon className={styles.icon} size={14} />
      {picture && <span className={styles.picture} data-picture={picture} />}
    </div>
  )
}
