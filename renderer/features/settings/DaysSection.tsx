import { Plus, Trash2 } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { dateAt, type IsoDate } from '../../../shared/domain/time.ts'
import type { DayNote } from '../../../shared/domain/workspace.ts'
import { addRow, editRow } from '../../data/commands/workspace.ts'
import { DayField } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useSettings } from '../../ports/reference.tsx'
import { Button, EmptyState, Field, IconButton, Later, Rows, Select, TextField } from '../../ui/index.ts'
import { CommitField, useSay } from './parts.tsx'
import styles from './Settings.module.css'

const KINDS: { value: DayNote['kind']; label: string }[] = [
  { value: 'note', label: 'Note' },
  { value: 'holiday', label: 'Holiday' },
  { value: 'blackout', label: 'Blackout' },
]
const PAST_SHOWN = 20
const later = (a: IsoDate, b: IsoDate) => (a.localeCompare(b) > 0 ? a : b)

/** Days that carry a word: notes, holidays of one's own, and blackouts, on which nothing should go out. */
export function DaysSection() {
  const { store, clock } = useDeps()
  const { zone } = useSettings()
  const say = useSay()
  const today = dateAt(clock.now(), zone)
  const notes = useQuery(
    async (db) => {
      const alive = (note: DayNote) => note.trashedAt === 0
      const next = await db.dayNotes.where('until').aboveOrEqual(today).filter(alive).toArray()
      const past = await db.dayNotes.where('until').below(today).reverse().filter(alive).limit(PAST_SHOWN).toArray()
      return { next: next.toSorted((a, b) => a.on.localeCompare(b.on)), past }
    },
    [today],
  )
  const set = (note: DayNote, fields: Partial<DayNote>, what: string) =>
    void editRow(store, 'dayNotes', note.id, fields, `${what} of “${note.text}”`)
  const remove = async (note: DayNote) => {
    await editRow(store, 'dayNotes', note.id, { trashedAt: clock.now() }, `Deleted “${note.text}”`)
    say(`Deleted “${note.text}”.`)
  }
  if (!notes) return <Later>{null}</Later>
  const rows = (list: readonly DayNote[]) => (
    <Rows className={styles.list}>
      {list.map((note) => (
        <li key={note.id} className={styles.dayNote}>
          <Select
            label={`Kind of “${note.text}”`}
            size="md"
            value={note.kind}
            onChange={(kind) => set(note, { kind }, 'Kind')}
            options={KINDS}
          />
          <DayField
            size="md"
            aria-label={`First day of “${note.text}”`}
            value={note.on}
            onChange={(on) => on && set(note, { on, until: later(on, note.until) }, 'Day')}
          />
          <DayField
            size="md"
            aria-label={`Last day of “${note.text}”`}
            value={note.until}
            min={note.on}
            onChange={(until) => until && set(note, { until }, 'Last day')}
          />
          <CommitField
            aria-label="Words"
            value={note.text}
            required
            maxLength={120}
            onCommit={(text) => set(note, { text }, 'Words')}
          />
          <IconButton icon={Trash2} size="sm" label={`Delete “${note.text}”`} onClick={() => void remove(note)} />
        </li>
      ))}
    </Rows>
  )
  return (
    <>
      <NewDay today={today} onAdd={(fields) => void addRow(store, 'dayNotes', fields, `Added “${fields.text}”`)} />
      {notes.next.length === 0 && notes.past.length === 0 && (
        <EmptyState
          compact
          illustration="calendar"
          sentence="No day carries a word yet. On a blackout day nothing should go out."
        />
      )}
      {rows(notes.next)}
      {notes.past.length > 0 && <h2 className={styles.subhead}>Past</h2>}
      {rows(notes.past)}
    </>
  )
}

function NewDay({ today, onAdd }: { today: string; onAdd: (fields: Omit<DayNote, 'id' | 'trashedAt'>) => void }) {
  const [kind, setKind] = useState<DayNote['kind']>('blackout')
  const [on, setOn] = useState(today)
  const [until, setUntil] = useState(today)
  const [text, setText] = useState('')
  const day = useRef<HTMLInputElement>(null)
  const words = useRef<HTMLInputElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!text.trim() || !on) return
    onAdd({ kind, on, until: later(on, until), text: text.trim() })
    setText('')
  }
  return (
    <form className={styles.newDay} onSubmit={submit}>
      <Field label="Kind">
        <Select size="md" value={kind} onChange={setKind} options={KINDS} />
      </Field>
      <Field label="First day">
        <DayField ref={day} size="md" value={on} onChange={setOn} />
      </Field>
      <Field label="Last day">
        <DayField size="md" value={later(on, until)} min={on} onChange={setUntil} />
      </Field>
      <Field label="Words">
        <TextField ref={words} size="md" value={text} onChange={setText} placeholder="Stock count" maxLength={120} />
      </Field>
      <Button
        type="submit"
        icon={Plus}
        unmet={[
          ...(on ? [] : [{ text: 'A day', focus: () => day.current?.focus() }]),
          ...(text.trim() ? [] : [{ text: 'A few words', focus: () => words.current?.focus() }]),
        ]}
      >
        Add
      </Button>
    </form>
  )
}
