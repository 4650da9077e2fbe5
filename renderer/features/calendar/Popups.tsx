import { Copy, PencilLine, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { STATUS_LOOK } from '../../../shared/domain/status.ts'
import type { DayNote } from '../../../shared/domain/workspace.ts'
import { addRow, editRow } from '../../data/commands/workspace.ts'
import { markIn, useCardMark, useMarks } from '../../parts/atNetwork/cardMarks.ts'
import {
  ChannelSigns,
  DayField,
  formatDay,
  formatDayLong,
  plural,
  SignalEdge,
  StandingIcon,
  useUndo,
} from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useNavigation } from '../../ports/navigation.ts'
import { usePostFilter } from '../../ports/views.ts'
import { Button, Field, IconButton, PopoverAnchored, SegmentedControl, TextField, toast } from '../../ui/index.ts'
import { useCalendar } from './context.ts'
import type { PostEvent } from './events.ts'
import { foldOf } from './messages.ts'
import { byNeed } from './monthLayout.ts'
import styles from './Popups.module.css'
import { QuickAddForm } from './QuickAdd.tsx'
import { setUi, useUi } from './uiState.ts'

/** A slot more channels than these have in common proposes none of them. */
const MOST_AT_ONCE = 4
const close = () => setUi({ popup: null })

interface PopupsProps {
  /** What a post that is out should do at the place it was dropped on. */
  onCorrect: (postId: string) => void
  onCopy: (postId: string) => void
}

/** Whatever is open beside a day or a post. */
export function Popups({ onCorrect, onCopy }: PopupsProps) {
  const popup = useUi((state) => state.popup)
  const carrying = useUi((state) => state.hand !== null)
  const [filter] = usePostFilter('calendar')
  if (!popup) return null
  const { kind, anchor, day, time, channelIds, postId } = popup
  const common = { anchor, open: true, onOpenChange: (open: boolean) => !open && !carrying && close() }
  switch (kind) {
    case 'quickAdd':
      return (
        <PopoverAnchored {...common} label={`New post on ${formatDay(day)}`} width={380}>
          <QuickAddForm
            date={day}
            time={time}
            channelIds={channelIds && channelIds.length <= MOST_AT_ONCE ? channelIds : undefined}
            filter={filter}
            onClose={close}
          />
        </PopoverAnchored>
      )
    case 'more':
      return (
        <PopoverAnchored {...common} label={`Posts of ${formatDay(day)}`} width={436} padded={false}>
          <DayList day={day} />
        </PopoverAnchored>
      )
    case 'published':
      return (
        <PopoverAnchored {...common} label="This post is out" width={280}>
          <div className={styles.ask}>
            <p>This post is already out. Nothing will be sent.</p>
            <Button icon={PencilLine} data-autofocus onClick={() => postId && onCorrect(postId)}>
              Correct the date shown
            </Button>
            <Button icon={Copy} onClick={() => postId && onCopy(postId)}>
              Duplicate to here
            </Button>
          </div>
        </PopoverAnchored>
      )
    case 'note':
      return (
        <PopoverAnchored {...common} label={`Note on ${formatDay(day)}`} width={300}>
          <NoteForm day={day} />
        </PopoverAnchored>
      )
  }
}

/** All posts of a day, what needs somebody first; each can be dragged to another day. */
function DayList({ day }: { day: string }) {
  const { page } = useCalendar()
  const marks = useMarks((state) => state.marks)
  const events = [...(page.byDay.get(day) ?? [])].sort(byNeed((post) => markIn(marks, post)))
  const list = useRef<HTMLDivElement>(null)
  const step = (by: number) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-post]') ?? [])]
    const at = rows.indexOf(document.activeElement as HTMLElement)
    rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys of the list inside
    <div
      className={styles.day}
      data-popup
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
        event.preventDefault()
        event.stopPropagation()
        step(event.key === 'ArrowDown' ? 1 : -1)
      }}
    >
      <div className={styles.head}>
        <b>{formatDayLong(day)}</b>
        <span className={styles.faint}>{plural(events.length, 'post')}</span>
        <span className="grow" />
        <IconButton icon={X} size="sm" label="Close" keys={['Escape']} onClick={close} />
      </div>
      <div className={styles.rows} ref={list}>
        {events.map((event, index) => (
          <Row key={event.id} event={event} first={index === 0} />
        ))}
      </div>
      <p className={styles.foot}>What needs action stands first. Arrow keys choose, drag to another day.</p>
    </div>
  )
}

function Row({ event, first }: { event: PostEvent; first: boolean }) {
  const { post, postId, wall } = event
  const selected = useNavigation((state) => state.selected.includes(postId))
  const mark = useCardMark(post)
  const look = mark ?? STATUS_LOOK[post.status]
  return (
    <button
      type="button"
      data-post={post.id}
      data-autofocus={first || undefined}
      className={styles.row}
      data-status={post.status}
      data-tone={look.tone}
      data-selected={selected || undefined}
    >
      <SignalEdge ids={post.channelIds} />
      <time>
        {wall.time} {foldOf(event)}
      </time>
      <span className={styles.title}>{post.title || 'Untitled'}</span>
      <ChannelSigns ids={post.channelIds} />
      <span className={styles.word}>{look.word}</span>
      <StandingIcon status={post.status} mark={mark} />
    </button>
  )
}

/** A note about a day or some days, or days nothing should go out on. */
function NoteForm({ day }: { day: string }) {
  const { store } = useDeps()
  const { undo } = useUndo()
  const { page } = useCalendar()
  const own: DayNote | undefined = page.notes.find((note) => note.on <= day && note.until >= day)
  const [text, setText] = useState(own?.text ?? '')
  const words = useRef<HTMLInputElement>(null)
  const [kind, setKind] = useState<DayNote['kind']>(own?.kind ?? 'note')
  const [until, setUntil] = useState(own?.until ?? day)
  const save = async () => {
    const fields = {
      on: own?.on ?? day,
      until: until < (own?.on ?? day) ? (own?.on ?? day) : until,
      kind,
      text: text.trim(),
    }
    if (own) await editRow(store, 'dayNotes', own.id, fields, `Note on ${formatDay(fields.on)}`)
    else await addRow(store, 'dayNotes', fields, `Note on ${formatDay(fields.on)}`)
    close()
    toast({ id: 'undo', text: `Noted on ${formatDay(fields.on)}`, undo })
  }
  const remove = async () => {
    if (own)
      await editRow(store, 'dayNotes', own.id, { trashedAt: page.now }, `Removed the note of ${formatDay(own.on)}`)
    close()
    toast({ id: 'undo', text: 'Removed the note', undo })
  }
  return (
    <form
      className={styles.note}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field label={`Note on ${formatDay(own?.on ?? day)}`}>
        <TextField ref={words} value={text} onChange={setText} placeholder="Studio closed" data-autofocus />
      </Field>
      <SegmentedControl
        label="Kind"
        value={kind}
        onChange={setKind}
        options={[
          { value: 'note', label: 'Note' },
          { value: 'holiday', label: 'Holiday' },
          { value: 'blackout', label: 'Blackout' },
        ]}
      />
      <Field label="Last day">
        <DayField value={until} min={own?.on ?? day} onChange={setUntil} />
      </Field>
      <div className={styles.acts}>
        {own && (
          <Button variant="ghost" size="sm" onClick={() => void remove()}>
            Remove
          </Button>
        )}
        <Button
          variant="primary"
          size="sm"
          type="submit"
          keys={['Enter']}
          unmet={
            text.trim() || kind === 'blackout' ? [] : [{ text: 'A few words', focus: () => words.current?.focus() }]
          }
        >
          Save
        </Button>
      </div>
    </form>
  )
}
