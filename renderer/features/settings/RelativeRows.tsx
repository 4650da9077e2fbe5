import { Plus, X } from 'lucide-react'
import { useRef } from 'react'
import type { RelativeDay } from '../../../shared/domain/template.ts'
import type { ClockTime } from '../../../shared/domain/time.ts'
import { Button, IconButton, SectionHead, TimeField } from '../../ui/index.ts'
import { CommitField } from './parts.tsx'
import styles from './Settings.module.css'

export interface RelativeRow {
  readonly id: string
  readonly name: string
  readonly day: RelativeDay
  /** Last day, for what lasts. */
  readonly until?: number
  readonly time?: ClockTime
}

interface RelativeRowsProps {
  title: string
  /** One of them, in words. */
  one: string
  /** A row may have no day. */
  undated?: boolean
  rows: readonly RelativeRow[]
  /** Given as a change of the rows, since the screen may be a moment behind. */
  onChange: (change: (rows: readonly RelativeRow[]) => readonly RelativeRow[]) => void
  fresh: () => RelativeRow
}

const shown = (day: RelativeDay | undefined) => (day === null || day === undefined ? '' : String(day).replace('-', '−'))

/** `-7`, `−7`, `7`; null for nothing, undefined for what is no number of days. */
function dayIn(typed: string): RelativeDay | undefined {
  if (typed.trim() === '') return null
  const day = Number(typed.replace('−', '-').trim())
  return Number.isInteger(day) && Math.abs(day) <= 10_000 ? day : undefined
}

/** Things of a campaign, each so many days from its launch. */
export function RelativeRows({ title, one, undated = false, rows, onChange, fresh }: RelativeRowsProps) {
  const added = useRef('')
  const sorted = rows.toSorted((a, b) => (a.day ?? Infinity) - (b.day ?? Infinity))
  const set = (id: string, fields: Partial<RelativeRow>) =>
    onChange((now) => now.map((row) => (row.id === id ? { ...row, ...fields } : row)))
  const setDay = (id: string, field: 'day' | 'until', typed: string) => {
    const day = dayIn(typed)
    if (day !== undefined && (day !== null || (undated && field === 'day'))) set(id, { [field]: day })
  }
  const add = () => {
    const row = fresh()
    added.current = row.id
    onChange((now) => [...now, row])
  }
  return (
    <section aria-label={title} className={styles.wide}>
      <SectionHead title={title} />
      <ul>
        {sorted.map((row) => (
          <li key={row.id} className={styles.relative}>
            <CommitField
              aria-label={`${title}: day of ${row.name}`}
              className={styles.day}
              inputMode="numeric"
              placeholder="none"
              value={shown(row.day)}
              onCommit={(typed) => setDay(row.id, 'day', typed)}
            />
            {row.until !== undefined && (
              <CommitField
                aria-label={`${title}: last day of ${row.name}`}
                className={styles.day}
                inputMode="numeric"
                value={shown(row.until)}
                onCommit={(typed) => setDay(row.id, 'until', typed)}
              />
            )}
            {row.time !== undefined && (
              <TimeField
                size="md"
                aria-label={`${title}: time of ${row.name}`}
                value={row.time}
                onChange={(time) => time && set(row.id, { time })}
              />
            )}
            <CommitField
              aria-label={`${title}: name`}
              className={styles.relativeName}
              value={row.name}
              required
              autoFocus={added.current === row.id}
              onFocus={(event) => added.current === row.id && event.currentTarget.select()}
              onCommit={(name) => set(row.id, { name })}
            />
            <IconButton
              icon={X}
              size="sm"
              label={`Remove “${row.name}”`}
              onClick={() => onChange((now) => now.filter(({ id }) => id !== row.id))}
            />
          </li>
        ))}
      </ul>
      <Button size="sm" variant="ghost" icon={Plus} onClick={add}>
        Add a {one}
      </Button>
    </section>
  )
}
