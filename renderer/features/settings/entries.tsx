/** Lists of things one makes, names and sets: a line each that opens to everything it has. */
import { ChevronDown, ChevronRight, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { editRow } from '../../data/commands/workspace.ts'
import { useDeps } from '../../ports/deps.tsx'
import { EmptyState, IconButton, type Illustration } from '../../ui/index.ts'
import { useSay } from './parts.tsx'
import styles from './Settings.module.css'

interface EntryHead {
  /** Before the name: a mark, an icon. */
  mark?: ReactNode
  /** A few words after it. */
  note?: ReactNode
  /** At the end of the line. */
  end?: ReactNode
}

interface EntryProps extends EntryHead {
  name: string
  open: boolean
  onOpen: (open: boolean) => void
  onDelete: () => void
  /** What is set, shown while it is open. */
  children: ReactNode
}

/** A thing of a list: a line that opens to everything it has. */
function Entry({ name, mark, note, end, open, onOpen, onDelete, children }: EntryProps) {
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

interface EntryListProps<T> {
  rows: readonly T[]
  /** Which of them is open. */
  entries: ReturnType<typeof useOpenEntry>
  /** Said while there are none. */
  sentence: string
  illustration?: Illustration
  head: (row: T) => EntryHead
  onDelete: (row: T) => void
  /** What adds to the list. */
  buttons: ReactNode
  /** What is set of one. `isNew`: it was just made. */
  children: (row: T, isNew: boolean) => ReactNode
}

/** Things one makes, names and sets: a line each that opens, and the way to make another. */
export function EntryList<T extends { readonly id: string; readonly name: string }>(props: EntryListProps<T>) {
  const { rows, entries, sentence, illustration = 'page', head, onDelete, buttons, children } = props
  const foot = <span className={styles.buttons}>{buttons}</span>
  if (rows.length === 0) return <EmptyState illustration={illustration} sentence={sentence} action={foot} />
  return (
    <>
      <ul className={styles.list}>
        {rows.map((row) => (
          <Entry
            key={row.id}
            name={row.name}
            {...head(row)}
            open={entries.isOpen(row.id)}
            onOpen={entries.toggle(row.id)}
            onDelete={() => onDelete(row)}
          >
            {children(row, entries.isNew(row.id))}
          </Entry>
        ))}
      </ul>
      {foot}
    </>
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

/** Puts a row into the trash and says so. `name`: what it is called; `then`: what becomes of what used it. */
export function useDelete(table: 'snippets' | 'mentions' | 'brandWords' | 'personas' | 'templates') {
  const { store, clock } = useDeps()
  const say = useSay()
  return async (id: string, name: string, then: string) => {
    await editRow(store, table, id, { trashedAt: clock.now() }, `Deleted “${name}”`)
    say(`Deleted “${name}”. ${then}`)
  }
}

/** Where the next of a list stands. */
export const nextOrder = (rows: readonly { readonly order: number }[]) =>
  Math.max(-1, ...rows.map(({ order }) => order)) + 1
