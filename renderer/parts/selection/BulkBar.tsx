import { CalendarOff, ChevronDown, CircleCheck, Copy, Flag, Move, UserRound, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { usePostActions } from '../../parts/index.ts'
import { clearSelection } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { DatePicker, Keys, Menu, type MenuEntry } from '../../ui/index.ts'
import styles from './BulkBar.module.css'
import { useCalendar } from './context.ts'

/** What can be done to several posts at once. Counts first, Escape last. */
export function BulkBar({ ids, onMove }: { ids: readonly string[]; onMove: (day: string) => void }) {
  const { page } = useCalendar()
  const { settings } = useReference()
  const { menu, duplicate, takeDateOff } = usePostActions(ids)
  const sub = (label: string): readonly MenuEntry[] => {
    const entry = menu.find((item) => 'label' in item && item.label === label)
    return entry && 'items' in entry ? (entry.items ?? []) : []
  }
  const days = ids.flatMap((id) => page.known.get(id)?.planned?.date ?? []).sort()
  return (
    <div className={styles.bar} role="toolbar" aria-label={`For ${ids.length} selected posts`}>
      <b>{ids.length} selected</b>
      <i />
      <DatePicker
        value={days[0] ?? null}
        onChange={onMove}
        weekStart={(settings.weekStart % 7) as 0 | 1 | 6}
        today={page.today}
        trigger={
          <button type="button">
            <Move aria-hidden size={14} /> Move… <Keys keys={['M']} plain />
          </button>
        }
      />
      <More label="Status" icon={<CircleCheck aria-hidden size={14} />} items={sub('Status')} />
      <More label="Campaign" icon={<Flag aria-hidden size={14} />} items={sub('Campaign')} />
      <More label="Owner" icon={<UserRound aria-hidden size={14} />} items={sub('Owner')} />
      <button type="button" onClick={() => void duplicate()}>
        <Copy aria-hidden size={14} /> Duplicate <Keys keys={['D']} plain />
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
      <button type="button" aria-label="Clear the selection" title="Clear the selection, Esc" onClick={clearSelection}>
        <X aria-hidden size={14} />
      </button>
    </div>
  )
}

function More({ label, icon, items }: { label: string; icon: ReactNode; items: readonly MenuEntry[] }) {
  return (
    <Menu
      items={items}
      trigger={
        <button type="button">
          {icon} {label} <ChevronDown aria-hidden size={12} />
        </button>
      }
    />
  )
}
