import { Trash2, UserRound } from 'lucide-react'
import type { Campaign, Task } from '../../../shared/domain/campaign.ts'
import { dateAt } from '../../../shared/domain/time.ts'
import { createTask, editTask } from '../../data/commands/campaigns.ts'
import { tasksOfCampaign } from '../../data/queries.ts'
import { DayPicker, OwnerPicker, PersonAvatar, useUndo } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useReference } from '../../ports/reference.tsx'
import { Checkbox, cx, IconButton, Rows, SectionHead, toast } from '../../ui/index.ts'
import { AddLine } from './AddLine.tsx'
import styles from './Campaign.module.css'
import { InlineText } from './InlineText.tsx'

/** What has to be done, by whom, until when. */
export function Tasks({ campaign, level = 2 }: { campaign: Campaign; level?: 2 | 3 }) {
  const { store } = useDeps()
  const tasks = useQuery((db) => tasksOfCampaign(db, campaign.id), [campaign.id])
  const open = tasks?.filter(({ done }) => !done).length ?? 0
  const sorted = tasks?.toSorted((a, b) => Number(a.done) - Number(b.done)) ?? []
  return (
    <section aria-label="Tasks" className={styles.section}>
      <SectionHead
        title="Tasks"
        note={tasks && tasks.length > 0 ? `${open} open of ${tasks.length}` : undefined}
        level={level}
      />
      <Rows className={styles.tasks}>
        {sorted.map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
      </Rows>
      <AddLine
        label="New task"
        placeholder="Add a task"
        onAdd={(title) => void createTask(store, { title, campaignId: campaign.id, ownerId: campaign.ownerId })}
      />
    </section>
  )
}

function TaskRow({ task }: { task: Task }) {
  const { store, clock } = useDeps()
  const { people, settings } = useReference()
  const { undo } = useUndo()
  const late = !task.done && task.dueOn !== null && task.dueOn < dateAt(clock.now(), settings.zone)
  const owner = people.get(task.ownerId)?.name
  return (
    <li className={styles.task} data-done={task.done || undefined}>
      <Checkbox
        label={`Done: ${task.title}`}
        checked={task.done}
        onChange={(done) =>
          void editTask(store, task.id, { done: done === true }, `${done ? 'Done' : 'Open again'}: “${task.title}”`)
        }
      />
      <InlineText
        label="Task"
        value={task.title}
        onSave={(title) => editTask(store, task.id, { title }, `Task “${title}”`)}
      />
      {late && <span className={styles.late}>late</span>}
      <DayPicker
        quiet
        label={`Due date of ${task.title}`}
        className={cx(styles.due, late && styles.lateDate)}
        value={task.dueOn}
        onChange={(dueOn) => void editTask(store, task.id, { dueOn }, `Due date of “${task.title}”`)}
        onClear={() => void editTask(store, task.id, { dueOn: null }, `Due date of “${task.title}”`)}
        placeholder="Due"
      />
      <OwnerPicker
        value={task.ownerId}
        onChange={(ownerId) => void editTask(store, task.id, { ownerId }, `Owner of “${task.title}”`)}
        trigger={
          <button type="button" className={styles.face} aria-label={`Owner of ${task.title}: ${owner ?? 'nobody'}`}>
            {owner ? <PersonAvatar id={task.ownerId} /> : <UserRound aria-hidden size={14} />}
          </button>
        }
      />
      <IconButton
        icon={Trash2}
        size="sm"
        label={`Delete task ${task.title}`}
        tooltip={false}
        className={styles.quiet}
        onClick={async () => {
          await editTask(store, task.id, { trashedAt: clock.now() }, `Deleted task “${task.title}”`)
          toast({ text: `Deleted the task “${task.title}”`, undo })
        }}
      />
    </li>
  )
}
