import { useDroppable } from '@dnd-kit/core'
import { OctagonAlert, Plus } from 'lucide-react'
import { useState } from 'react'
import { Field, IconButton, NumberField, Popover } from '../../ui/index.ts'
import styles from './Board.module.css'
import { type BoardColumn, countWords } from './model.ts'

interface ColumnHeadProps {
  column: BoardColumn
  noun: string
  target: boolean
  onLimit: (limit: number) => void
  onAdd: () => void
}

/** Name, count, limit and the way to add. Over its limit it says so by shape and words; nothing is refused. */
export function ColumnHead({ column, noun, target, onLimit, onAdd }: ColumnHeadProps) {
  const [open, setOpen] = useState(false)
  const over = column.limit > 0 && column.count > column.limit
  const { setNodeRef } = useDroppable({ id: `head:${column.key}` })
  return (
    <div ref={setNodeRef} className={styles.head} data-over={over || undefined} data-target={target || undefined}>
      {over && <OctagonAlert aria-hidden size={14} />}
      <h2 className={styles.headTitle} title={column.title}>
        {column.title}
      </h2>
      <Popover
        label={`Limit of ${column.title}`}
        width={208}
        open={open}
        onOpenChange={setOpen}
        trigger={
          <button
            type="button"
            className={styles.count}
            aria-label={`${column.title}: ${countWords(column)}. Set a limit`}
          >
            <bdi>{countWords(column)}</bdi>
          </button>
        }
      >
        <Field label="Most cards at once" help="Empty: no limit. A full column still takes cards and says so.">
          <NumberField
            value={column.limit || null}
            min={1}
            max={9999}
            onChange={(limit) => onLimit(limit ?? 0)}
            onKeyDown={(event) => event.key === 'Enter' && setOpen(false)}
          />
        </Field>
      </Popover>
      <span className="grow" />
      <IconButton icon={Plus} size="sm" label={`New ${noun} in ${column.title}`} onClick={onAdd} />
    </div>
  )
}
