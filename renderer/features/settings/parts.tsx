/** Small parts of the settings pages. */
import { ChevronDown, ChevronRight, Trash2 } from 'lucide-react'
import { type ComponentProps, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useUndo } from '../../parts/index.ts'
import { IconButton, TextArea, TextField, toast } from '../../ui/index.ts'
import styles from './Settings.module.css'

/** A line: what it is, what it means, the control. */
export function SettingRow({ label, note, children }: { label: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <div>
        <span>{label}</span>
        {note && <span className={styles.note}>{note}</span>}
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  )
}

interface CommitFieldProps extends Omit<ComponentProps<typeof TextField>, 'value' | 'onChange'> {
  value: string
  /** Called when the field is left or Enter is pressed, if the text differs. */
  onCommit: (value: string) => void
  /** An empty text is not taken: the old one comes back. */
  required?: boolean
}

/** A text field that is one change, however many keys it took. Escape brings the old text back. */
export function CommitField({ value, onCommit, required, ...rest }: CommitFieldProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const commit = () => {
    const next = (draft ?? value).trim()
    setDraft(null)
    if (next !== value && (next !== '' || !required)) onCommit(next)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') event.currentTarget.blur()
    if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation()
      setDraft(null)
    }
  }
  return (
    <TextField size="md" {...rest} value={draft ?? value} onChange={setDraft} onBlur={commit} onKeyDown={onKeyDown} />
  )
}

interface CommitAreaProps extends Omit<ComponentProps<typeof TextArea>, 'value' | 'onChange'> {
  value: string
  /** Called when the field is left, if the text differs. */
  onCommit: (value: string) => void
}

/** Several lines of text that are one change. Escape brings the old ones back. */
export function CommitArea({ value, onCommit, ...rest }: CommitAreaProps) {
  const [draft, setDraft] = useState<string | null>(null)
  return (
    <TextArea
      grow
      rows={2}
      {...rest}
      value={draft ?? value}
      onChange={setDraft}
      onBlur={() => {
        if (draft !== null && draft.trimEnd() !== value) onCommit(draft.trimEnd())
        setDraft(null)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || draft === null || event.nativeEvent.isComposing) return
        event.stopPropagation()
        setDraft(null)
      }}
    />
  )
}

interface EntryProps {
  name: string
  /** Before the name: a mark, an icon. */
  mark?: ReactNode
  /** A few words after it. */
  note?: ReactNode
  /** At the end of the line. */
  end?: ReactNode
  open: boolean
  onOpen: (open: boolean) => void
  onDelete: () => void
  /** What is set, shown while it is open. */
  children: ReactNode
}

/** A thing of a list: a line that opens to everything it has. */
export function Entry({ name, mark, note, end, open, onOpen, onDelete, children }: EntryProps) {
  return (
    <li className={styles.entry}>
      <div className={styles.entryHead}>
        <button type="button" className={styles.entryName} aria-expanded={open} onClick={() => onOpen(!open)}>
          {open ? <ChevronDown aria-hidden size={14} /> : <ChevronRight aria-hidden size={14} />}
          {mark}
          <span className={styles.entryTitle}>{name || 'Untitled'}</span>
          {note && <span className={styles.entryNote}>{note}</span>}
        </button>
        {end}
        <IconButton icon={Trash2} label={`Delete “${name}”`} size="sm" onClick={onDelete} />
      </div>
      {open && children}
    </li>
  )
}

/** Which of a list is open, with the focus on the name of one that was just made. */
export function useOpenEntry() {
  const [open, setOpen] = useState({ id: '', made: false })
  return {
    isOpen: (id: string) => open.id === id,
    /** Its first field takes the keys. */
    isNew: (id: string) => open.made && open.id === id,
    toggle: (id: string) => (wanted: boolean) => setOpen({ id: wanted ? id : '', made: false }),
    show: (id: string) => setOpen({ id, made: true }),
  }
}

/** For a field that takes the keys, and selects what it holds, as soon as `wanted` is true: the name of what was just made. */
export function useTakesKeys(wanted: boolean) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!wanted) return
    field.current?.focus()
    field.current?.select()
  }, [wanted])
  return field
}

/** Says what happened, with the way back. */
export function useSay() {
  const { undo } = useUndo()
  return (text: string) => toast({ id: 'settings', text, undo })
}
