import type { Post } from '../../../shared/domain/post.ts'
import { addDays, type IsoDate } from '../../../shared/domain/time.ts'
import { editTask } from '../../data/commands/campaigns.ts'
import { editPosts } from '../../data/commands/posts.ts'
import { formatDay } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { go } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { Badge, Checkbox, Rows, Tag, toast } from '../../ui/index.ts'
import type { TodayFacts } from './queries.ts'
import styles from './TodayScreen.module.css'

interface Row {
  readonly id: string
  readonly due: IsoDate
  readonly text: string
  /** Where it belongs, in words, and the way there. */
  readonly place: string
  readonly open: () => void
  /** Absent: done by writing, not by a tick. */
  readonly tick?: () => Promise<unknown>
}

const SHOWN = 14

/** Tasks, texts and open points that are due this week, late ones first. */
export function ToDo({ facts, today, undo }: { facts: TodayFacts; today: IsoDate; undo: () => void }) {
  const { store } = useDeps()
  const { campaigns } = useReference()
  const write = (post: Post) => () => go({ screen: 'write', postId: post.id })
  const rows: Row[] = [
    ...facts.tasks.map((task) => ({
      id: task.id,
      due: task.dueOn ?? today,
      text: task.title,
      place: campaigns.get(task.campaignId)?.name ?? '',
      open: () => task.campaignId && go({ screen: 'campaign', campaignId: task.campaignId }),
      tick: () => editTask(store, task.id, { done: true }, `Done: “${task.title}”`),
    })),
    ...facts.due.map((post) => ({
      id: `due ${post.id}`,
      due: post.dueOn ?? today,
      text: `Text of “${post.title || 'Untitled'}”`,
      place: campaigns.get(post.campaignId)?.name ?? '',
      open: write(post),
    })),
    ...facts.open.flatMap((post) =>
      post.checklist
        .filter((item) => !item.done)
        .map((item) => ({
          id: `${post.id} ${item.id}`,
          due: post.dueOn && post.dueOn > today ? post.dueOn : (post.planned?.date ?? today),
          text: item.text,
          place: post.title || 'Untitled',
          open: write(post),
          tick: () =>
            editPosts(
              store,
              [post.id],
              { checklist: post.checklist.map((other) => (other.id === item.id ? { ...other, done: true } : other)) },
              'Checklist',
            ),
        })),
    ),
  ].toSorted((a, b) => a.due.localeCompare(b.due))
  if (rows.length === 0) return null

  return (
    <section aria-labelledby="today-todo">
      <div className={styles.head}>
        <h2 id="today-todo">To do</h2>
        <Badge>{rows.length}</Badge>
      </div>
      <Rows className={styles.box}>
        {rows.slice(0, SHOWN).map((row) => (
          <li key={row.id} className={styles.todo}>
            {row.tick ? (
              <Checkbox
                checked={false}
                label={`Done: ${row.text}`}
                onChange={() => void row.tick?.().then(() => toast({ text: `Done: ${row.text}`, undo }))}
              />
            ) : (
              <span className={styles.noTick} aria-hidden="true" />
            )}
            <button type="button" data-row className={styles.todoText} onClick={row.open}>
              {row.text}
            </button>
            {row.place && <Tag>{row.place}</Tag>}
            <span className={styles.due} data-late={row.due < today || undefined}>
              {dueWord(row.due, today)}
            </span>
          </li>
        ))}
      </Rows>
      {rows.length > SHOWN && <p className={styles.more}>and {rows.length - SHOWN} more this week</p>}
    </section>
  )
}

function dueWord(due: IsoDate, today: IsoDate): string {
  if (due === today) return 'today'
  if (due === addDays(today, 1)) return 'tomorrow'
  return due < today ? `since ${formatDay(due)}` : formatDay(due)
}
