/** Small parts of the settings pages. */
import { type ComponentProps, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useUndo } from '../../parts/index.ts'
import { TextArea, TextField, toast } from '../../ui/index.ts'
import styles from './Settings.module.css'

/** A line: what it is, what it means, the control. */
export function SettingRow({ label, note, children }: { label: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.row} data-setting={label}>
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
