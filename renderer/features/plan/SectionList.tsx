import {
  type Announcements,
  closestCenter,
  DndContext,
  KeyboardSensor,
  type Over,
  PointerSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { GripVertical, Lock } from 'lucide-react'
import type { SectionId } from '../../print/options.ts'
import { WORDS } from '../../print/words.ts'
import { Checkbox, cx } from '../../ui/index.ts'
import styles from './PlanDialog.module.css'

const NAMES: Readonly<Record<SectionId, string>> = { ...WORDS.en.sections, cover: 'Cover', months: 'Month pages' }

export interface SectionRow {
  readonly id: SectionId
  readonly on: boolean
  /** What stands at its end: pages, or why there are none. */
  readonly note: string
  /** Never for clients: needs the internal preset. */
  readonly internal: boolean
}

interface SectionListProps {
  readonly rows: readonly SectionRow[]
  readonly onChange: (rows: readonly SectionRow[]) => void
}

/** The parts of the plan in their order: on or off, moved by pointer or keyboard. */
export function SectionList({ rows, onChange }: SectionListProps) {
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const at = (id: unknown) => rows.findIndex((row) => row.id === id)
  const nameOf = (id: UniqueIdentifier) => NAMES[id as SectionId]
  const placed = (id: UniqueIdentifier, over: Over | null) =>
    `${nameOf(id)}, place ${at(over?.id ?? id) + 1} of ${rows.length}.`
  const announcements: Announcements = {
    onDragStart: ({ active }) => `Picked up ${placed(active.id, null)}`,
    onDragOver: ({ active, over }) => placed(active.id, over),
    onDragEnd: ({ active, over }) => `Put down ${placed(active.id, over)}`,
    onDragCancel: ({ active }) => `${nameOf(active.id)} stays where it was.`,
  }
  return (
    <DndContext
      sensors={sensors}
      accessibility={{ announcements }}
      collisionDetection={closestCenter}
      onDragEnd={({ active, over }) =>
        over && active.id !== over.id && onChange(arrayMove([...rows], at(active.id), at(over.id)))
      }
    >
      <SortableContext items={rows.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
        <ul className={styles.sections} aria-label="Sections">
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              onToggle={(on) => onChange(rows.map((other) => (other.id === row.id ? { ...row, on } : other)))}
            />
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  )
}

function Row({ row, onToggle }: { row: SectionRow; onToggle: (on: boolean) => void }) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: row.id,
  })
  return (
    <li
      ref={setNodeRef}
      className={cx(styles.section, isDragging && styles.dragged)}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <Checkbox checked={row.on && !row.internal} disabled={row.internal} onChange={onToggle}>
        {NAMES[row.id]}
      </Checkbox>
      {row.internal && <Lock aria-hidden size={12} className={styles.lock} />}
      <span className={styles.note}>{row.note}</span>
      <button
        type="button"
        ref={setActivatorNodeRef}
        className={styles.grip}
        aria-label={`Move ${NAMES[row.id]}`}
        {...attributes}
        {...listeners}
      >
        <GripVertical aria-hidden size={14} />
      </button>
    </li>
  )
}
