import { CalendarOff, ChevronDown, CircleCheck, Copy, Flag, ListChecks, UserRound, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { openDialog } from '../../ports/dialogs.ts'
import { Keys, Menu, type MenuEntry, useToastLift } from '../../ui/index.ts'
import { usePostActions } from '../usePostActions.tsx'
import styles from './BulkBar.module.css'

interface BulkBarProps {
  ids: readonly string[]
  /** Keys of Duplicate on this screen. */
  duplicateKeys: string[]
  onClear: () => void
  /** What only this screen can do, first. */
  children?: ReactNode
}

/** What can be done to several posts at once. Counts first, Escape last. */
export function BulkBar({ ids, duplicateKeys, onClear, children }: BulkBarProps) {
  const { menu, duplicate, takeDateOff } = usePostActions(ids)
  const sub = (label: string): readonly MenuEntry[] => {
    const entry = menu.find((item) => 'label' in item && item.label === label)
    return entry && 'items' in entry ? (entry.items ?? []) : []
  }
  // What is said meanwhile stands above the bar, not on it.
  useToastLift(56)
  return (
    <div className={styles.bar} role="toolbar" aria-label={`For ${ids.length} selected posts`}>
      <b dir="auto">{ids.length} selected</b>
      <i />
      {children}
      <More label="Status" letter="S" icon={<CircleCheck aria-hidden size={14} />} items={sub('Status')} />
      <More label="Campaign" letter="P" icon={<Flag aria-hidden size={14} />} items={sub('Campaign')} />
      <More label="Owner" letter="O" icon={<UserRound aria-hidden size={14} />} items={sub('Owner')} />
      <button
        type="button"
        title="Labels, channels, time, words, with a preview"
        onClick={() => openDialog({ kind: 'bulk', ids })}
      >
        <ListChecks aria-hidden size={14} /> Change… <Keys keys={['Shift', 'E']} plain />
      </button>
      <button type="button" onClick={() => void duplicate()}>
        <Copy aria-hidden size={14} /> Duplicate <Keys keys={duplicateKeys} plain />
      </button>
      <button
        type="button"
        aria-label="Take the date off"
        title="Take the date off, Backspace"
        onClick={() => void takeDateOff()}
      >
        <CalendarOff aria-hidden size={14} />
      </button>
      <i />
      <button type="button" aria-label="Clear the selection" title="Clear the selection, Esc" onClick={onClear}>
        <X aria-hidden size={14} />
      </button>
    </div>
  )
}

interface MoreProps {
  label: string
  letter: string
  icon: ReactNode
  items: readonly MenuEntry[]
}

function More({ label, letter, icon, items }: MoreProps) {
  return (
    <Menu
      items={items}
      trigger={
        <button type="button">
          {icon} {label} <Keys keys={[letter]} plain /> <ChevronDown aria-hidden size={12} />
        </button>
      }
    />
  )
}
