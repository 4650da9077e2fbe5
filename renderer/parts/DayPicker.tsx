import { X } from 'lucide-react'
import { dateAt, type IsoDate } from '../../shared/domain/time.ts'
import { useDeps } from '../ports/deps.tsx'
import { useSettings } from '../ports/reference.tsx'
import { cx, DatePicker, IconButton } from '../ui/index.ts'
import styles from './DayPicker.module.css'
import { formatDay } from './format.ts'

interface DayPickerProps {
  value: IsoDate | null
  onChange: (value: IsoDate) => void
  /** Absent: a day once given can only be changed. */
  onClear?: () => void
  /** What day it is: `Launch`. */
  label: string
  placeholder?: string
  /** Without a frame until one points at it, for rows of a list. */
  quiet?: boolean
  className?: string
}

/** One day of the calendar, written as everywhere: `Thu 15 Oct`. */
export function DayPicker({
  value,
  onChange,
  onClear,
  label,
  placeholder = 'No date',
  quiet,
  className,
}: DayPickerProps) {
  const { clock } = useDeps()
  const { weekStart, zone } = useSettings()
  const words = value ? formatDay(value) : placeholder
  return (
    <span className={cx(styles.box, quiet && styles.quiet, className)}>
      <DatePicker
        label={label}
        value={value}
        onChange={onChange}
        weekStart={weekStart % 7}
        today={dateAt(clock.now(), zone)}
        trigger={
          <button
            type="button"
            className={styles.button}
            aria-label={`${label}: ${words}`}
            data-empty={!value || undefined}
          >
            {words}
          </button>
        }
      />
      {value && onClear && (
        <IconButton
          icon={X}
          size="sm"
          label={`Take the date off: ${label}`}
          tooltip={false}
          className={styles.clear}
          onClick={onClear}
        />
      )}
    </span>
  )
}
