import { CalendarDays } from 'lucide-react'
import { useState } from 'react'
import { cx } from './cx.ts'
import { DatePicker } from './DatePicker.tsx'
import { useField } from './Field.tsx'
import { addDays, readDay, writeDay } from './isoDay.ts'
import styles from './TextField.module.css'
import type { PlainValueProps } from './TextField.tsx'

export interface DateFieldProps extends Omit<PlainValueProps, 'min' | 'max'> {
  /** As `YYYY-MM-DD`: the first and the last day that are taken. */
  min?: string
  max?: string
  today: string
  /** 0 is Sunday. */
  weekStart: number
}

const COMPLETE = /^\d{4}-\d\d-\d\d$/

/**
 * A day as `YYYY-MM-DD`, or `''` for none, written and read as the app writes days: `Thu 15 Oct`. Not the browser's own
 * field: that one takes the order of day and month from the system. What cannot be read goes back to what was there.
 */
export function DateField(props: DateFieldProps) {
  const { value, onChange, min, max, today, weekStart, size = 'lg', className, onBlur, onKeyDown, ...rest } = props
  const [typed, setTyped] = useState<string | null>(null)
  const take = (iso: string) => {
    const allowed = iso === '' || ((min === undefined || iso >= min) && (max === undefined || iso <= max))
    if (allowed && iso !== value) onChange(iso)
  }
  const settle = () => {
    if (typed === null) return
    setTyped(null)
    const next = typed.trim() === '' ? '' : readDay(typed, today)
    if (next !== null) take(next)
  }
  return (
    <span className={cx(styles.box, styles[size], className)}>
      <input
        placeholder="No date"
        {...useField()}
        {...rest}
        type="text"
        autoComplete="off"
        spellCheck={false}
        className={cx(styles.input, styles.figures)}
        value={typed ?? (value && writeDay(value, today))}
        onChange={(event) => {
          const text = event.target.value
          setTyped(text)
          // Typed to the end it counts at once; shorter forms wait until the field is left.
          const whole = COMPLETE.test(text) ? readDay(text, today) : null
          if (whole !== null) take(whole)
        }}
        onBlur={(event) => {
          settle()
          onBlur?.(event)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle()
          else if (event.key === 'Escape' && typed !== null) {
            setTyped(null)
            event.stopPropagation()
          } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault()
            const from = (typed === null ? value : readDay(typed, today)) || today
            setTyped(null)
            take(addDays(from, event.key === 'ArrowUp' ? 1 : -1))
          }
          onKeyDown?.(event)
        }}
      />
      <DatePicker
        value={value || null}
        onChange={take}
        min={min}
        max={max}
        today={today}
        weekStart={weekStart}
        trigger={
          <button type="button" aria-label="Choose in the calendar" disabled={rest.disabled} className={styles.inside}>
            <CalendarDays aria-hidden size={14} />
          </button>
        }
      />
    </span>
  )
}
