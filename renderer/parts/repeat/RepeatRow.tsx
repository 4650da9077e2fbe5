import { Repeat } from 'lucide-react'
import { useState } from 'react'
import type { Post } from '../../../shared/domain/post.ts'
import { type RecurrenceRule, ruleWords } from '../../../shared/domain/recurrence.ts'
import { named } from '../../data/commands/posts.ts'
import { endSeries, leaveSeries, repeatPost } from '../../data/commands/series.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { Button, Menu, Popover, PropertyRow, toast } from '../../ui/index.ts'
import { formatDay, plural } from '../format.ts'
import { useUndo } from '../useUndo.ts'
import { explainSeries } from './explain.ts'
import styles from './Repeat.module.css'
import { RepeatForm } from './RepeatForm.tsx'
import { spread } from './spread.ts'
import { occurrenceWords } from './words.ts'

/** Whether a post repeats, and which one of a series it is. */
export function RepeatRow({ post }: { post: Post }) {
  return (
    <PropertyRow label="Repeats">
      {post.seriesId ? (
        <Occurrence post={post} />
      ) : post.planned ? (
        <RepeatPicker post={post} day={post.planned.date} />
      ) : (
        <span className={styles.quiet}>Needs a date first</span>
      )}
    </PropertyRow>
  )
}

function RepeatPicker({ post, day }: { post: Post; day: string }) {
  const { store } = useDeps()
  const { undo } = useUndo()
  const [open, setOpen] = useState(false)
  const repeat = async (rule: RecurrenceRule) => {
    const words = ruleWords(rule, day, formatDay)
    const made = await repeatPost(store, post.id, rule, words)
    if (!made.ok) return void toast({ text: explainSeries(made.error), tone: 'refused' })
    setOpen(false)
    toast({ text: `${named([post])} repeats: ${words}. Planned ${plural(made.value.length, 'more post')}`, undo })
  }
  return (
    <Popover
      label="Repeat this post"
      width={304}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="ghost" size="sm" icon={Repeat} aria-label="Repeats: never">
          Never
        </Button>
      }
    >
      <RepeatForm day={day} onSave={(rule) => void repeat(rule)} />
    </Popover>
  )
}

function Occurrence({ post }: { post: Post }) {
  const deps = useDeps()
  const { store, db } = deps
  const { undo } = useUndo()
  const series = useQuery((live) => live.series.get(post.seriesId), [post.seriesId])
  if (!series || post.occursOn === '') return null
  const words = occurrenceWords(series, post.occursOn)
  const give = (scope: 'following' | 'all', what: 'content' | 'time') => () =>
    void spread(deps, post, scope, { content: what === 'content', time: what === 'time' }, undo)
  const leave = async () => {
    const left = await leaveSeries(store, post.id)
    if (left.ok) toast({ text: `${named([post])} is on its own now`, undo })
    else toast({ text: explainSeries(left.error), tone: 'refused' })
  }
  const end = async () => {
    const ended = await endSeries(store, db, post.id)
    if (ended.ok)
      toast({ text: `Ended the series after this one: ${plural(ended.value.length, 'post')} to the trash`, undo })
    else toast({ text: explainSeries(ended.error), tone: 'refused' })
  }
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="sm" icon={Repeat} className={styles.button} aria-label={`Repeats: ${words}`}>
          <span className="ell">{words}</span>
        </Button>
      }
      items={[
        { heading: words },
        { label: 'Give its content to those after it', onSelect: give('following', 'content') },
        { label: 'Give its content to all', onSelect: give('all', 'content') },
        { label: 'Give its time to those after it', onSelect: give('following', 'time') },
        { label: 'Give its time to all', onSelect: give('all', 'time') },
        { separator: true },
        { label: 'On its own', onSelect: () => void leave() },
        { label: 'End after this one', danger: true, onSelect: () => void end() },
      ]}
    />
  )
}
