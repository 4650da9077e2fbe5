import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { GripVertical, X } from 'lucide-react'
import { useRef } from 'react'
import type { Campaign } from '../../../shared/domain/campaign.ts'
import { editCampaign } from '../../data/commands/campaigns.ts'
import { useDeps } from '../../ports/deps.tsx'
import { announce, IconButton, SectionHead } from '../../ui/index.ts'
import { AddLine } from './AddLine.tsx'
import styles from './Campaign.module.css'
import { InlineText } from './InlineText.tsx'

/** What every post of the campaign should leave behind, in order of weight. */
export function KeyMessages({ campaign }: { campaign: Campaign }) {
  const { store } = useDeps()
  const list = useRef<HTMLOListElement>(null)
  const messages = campaign.keyMessages
  const save = (change: (messages: readonly string[]) => readonly string[], gesture?: string) =>
    editCampaign(store, campaign.id, (now) => ({ keyMessages: change(now.keyMessages) }), 'Key messages', gesture)
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const move = (from: number, to: number) => {
    if (to < 0 || to >= messages.length || from === to) return
    void save((list) => arrayMove([...list], from, to))
    announce(`Message moved to place ${to + 1} of ${messages.length}.`)
    list.current?.querySelectorAll('textarea')[to]?.focus()
  }
  const ids = messages.map((_, index) => `message-${index}`)
  return (
    <section aria-label="Key messages" className={styles.section}>
      <SectionHead title="Key messages" level={2} />
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={({ active, over }) => over && move(ids.indexOf(String(active.id)), ids.indexOf(String(over.id)))}
      >
        <SortableContext items={ids} strategy={verticalListSortingStrategy}>
          <ol ref={list} className={styles.messages}>
            {messages.map((message, index) => (
              <Message
                key={ids[index]}
                id={ids[index] ?? ''}
                text={message}
                place={index + 1}
                onSave={(text, gesture) => save((list) => list.with(index, text), gesture)}
                onMove={(by) => move(index, index + by)}
                onRemove={() => void save((list) => list.toSpliced(index, 1))}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      <AddLine
        label="New key message"
        placeholder="Add a message"
        onAdd={(text) => void save((list) => [...list, text])}
      />
    </section>
  )
}

interface MessageProps {
  id: string
  text: string
  place: number
  onSave: (text: string, gesture: string) => Promise<unknown>
  onMove: (by: number) => void
  onRemove: () => void
}

function Message({ id, text, place, onSave, onMove, onRemove }: MessageProps) {
  const { setNodeRef, attributes, listeners, transform, transition } = useSortable({ id })
  return (
    <li
      ref={setNodeRef}
      className={styles.message}
      style={{ transform: CSS.Transform.toString(transform), transition }}
    >
      <IconButton
        icon={GripVertical}
        size="sm"
        label={`Move message ${place}`}
        tooltip={false}
        className={styles.grip}
        {...attributes}
        {...listeners}
      />
      <InlineText
        label={`Key message ${place}`}
        value={text}
        onSave={onSave}
        onKeyDown={(event) => {
          if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
          event.preventDefault()
          onMove(event.key === 'ArrowUp' ? -1 : 1)
        }}
      />
      <IconButton
        icon={X}
        size="sm"
        label={`Remove message ${place}`}
        tooltip={false}
        className={styles.quiet}
        onClick={onRemove}
      />
    </li>
  )
}
