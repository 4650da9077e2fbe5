import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { IconButton } from './Button.tsx'
import { cx } from './cx.ts'
import styles from './DatePicker.module.css'
import { addDays, addMonths, formatDay, monthWeeks, startOfWeek } from './isoDay.ts'
import { Popover } from './Popover.tsx'

export interface CalendarGridProps {
  /** The chosen day as `YYYY-MM-DD`. */
  value: string | null
  onChange: (iso: string) => void
  /** 0 is Sunday. */
  weekStart: number
  today: string
  min?: string
  max?: string
  /** Days with a dot under them. */
  marked?: ReadonlySet<string>
  locale?: string
  className?: string
}

/** The day a key leads to; `forward` is 1 where time runs to the right, else -1. */
function dayAfterKey(key: string, shift: boolean, day: string, weekStart: number, forward: number): string | undefined {
  if (key === 'ArrowRight') return addDays(day, forward)
  if (key === 'ArrowLeft') return addDays(day, -forward)
  if (key === 'ArrowDown') return addDays(day, 7)
  if (key === 'ArrowUp') return addDays(day, -7)
  if (key === 'Home') return startOfWeek(day, weekStart)
  if (key === 'End') return addDays(startOfWeek(day, weekStart), 6)
  if (key === 'PageDown') return addMonths(day, shift ? 12 : 1)
  if (key === 'PageUp') return addMonths(day, shift ? -12 : -1)
  return undefined
}

/** One month. Arrows go by day and week, Home and End to the ends of the week, Page by month, with Shift by year. */
export function CalendarGrid(props: CalendarGridProps) {
  const { value, onChange, weekStart, today, min, max, marked, locale = 'en-GB', className } = props
  const [active, setActive] = useState(value ?? today)
  const grid = useRef<HTMLTableElement>(null)
  const byKey = useRef(false)
  const month = active.slice(0, 7)
  const weeks = monthWeeks(active, weekStart)
  const allowed = (iso: string) => (min === undefined || iso >= min) && (max === undefined || iso <= max)

  useEffect(() => {
    if (!byKey.current) return
    byKey.current = false
    grid.current?.querySelector<HTMLElement>(`[data-day="${active}"]`)?.focus()
  }, [active])

  const onKeyDown = (event: KeyboardEvent) => {
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1
    const next = dayAfterKey(event.key, event.shiftKey, active, weekStart, forward)
    if (next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    byKey.current = true
    setActive(next)
  }

  return (
    <div className={cx(styles.calendar, className)}>
      <div className={styles.head}>
        <IconButton
          icon={ChevronLeft}
          label="Month before"
          size="sm"
          tooltip={false}
          className={styles.turn}
          onClick={() => setActive(addMonths(active, -1))}
        />
        <span className={styles.month} aria-live="polite">
          {formatDay(active, locale, { month: 'long', year: 'numeric' })}
        </span>
        <IconButton
          icon={ChevronRight}
          label="Month after"
          size="sm"
          tooltip={false}
          className={styles.turn}
          onClick={() => setActive(addMonths(active, 1))}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are chosen is a grid */}
      <table ref={grid} role="grid" className={styles.grid} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weeks[0]?.map((iso) => (
              <th key={iso} scope="col" abbr={formatDay(iso, locale, { weekday: 'long' })}>
                {formatDay(iso, locale, { weekday: 'short' }).slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((iso) => (
                // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole lint/a11y/useFocusableInteractive: the button inside has the focus
                <td key={iso} role="gridcell" aria-selected={iso === value}>
                  <button
                    type="button"
                    data-day={iso}
                    data-autofocus={iso === active || undefined}
                    tabIndex={iso === active ? 0 : -1}
                    disabled={!allowed(iso)}
                    aria-current={iso === today ? 'date' : undefined}
                    aria-label={formatDay(iso, locale, {
                      weekday: 'long',
                      day: 'numeric',
                      month: 'long',
                      year: 'numeric',
                    })}
                    className={cx(
                      styles.day,
                      iso.slice(0, 7) !== month && styles.outside,
                      iso === value && styles.chosen,
                      marked?.has(iso) && styles.marked,
                    )}
                    onClick={() => onChange(iso)}
                  >
                    {Number(iso.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export interface DatePickerProps extends CalendarGridProps {
  trigger: ReactElement
  /** The accessible name of what opens. */
  label?: string
}

/** The month behind a button; choosing a day closes it. */
export function DatePicker({ trigger, label = 'Choose a day', onChange, ...grid }: DatePickerProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover trigger={trigger} label={label} open={open} onOpenChange={setOpen} className={styles.popover}>
      <CalendarGrid
        {...grid}
        onChange={(iso) => {
          setOpen(false)
          onChange(iso)
        }}
      />
    </Popover>
  )
}
