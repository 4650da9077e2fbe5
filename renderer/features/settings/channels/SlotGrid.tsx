import { Check, Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import type { PostingSlot } from '../../../../shared/domain/channel.ts'
import { Button, TimeField } from '../../../ui/index.ts'
import styles from './Channels.module.css'

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** The posting times of a week: a row a time, a column a day; a press makes a slot or takes it away. */
export function SlotGrid({
  slots,
  onChange,
}: {
  slots: readonly PostingSlot[]
  onChange: (slots: readonly PostingSlot[]) => void
}) {
  /** Rows that were added and have no slot yet. */
  const [added, setAdded] = useState<readonly string[]>([])
  const [time, setTime] = useState('09:00')
  const timeField = useRef<HTMLInputElement>(null)
  const grid = useRef<HTMLTableElement>(null)
  const times = [...new Set([...slots.map((slot) => slot.time), ...added])].sort()
  const known = times.includes(time)
  const toggle = (slot: PostingSlot) => {
    const without = slots.filter((other) => other.weekday !== slot.weekday || other.time !== slot.time)
    // The row stays while one works in it, also when its last slot goes.
    setAdded((rows) => [...new Set([...rows, slot.time])])
    onChange(
      without.length < slots.length
        ? without
        : [...slots, slot].sort((a, b) => a.weekday - b.weekday || a.time.localeCompare(b.time)),
    )
  }
  const addRow = () => {
    if (!time || known) return
    setAdded([...added, time])
    requestAnimationFrame(() => grid.current?.querySelector<HTMLButtonElement>(`[data-time="${time}"]`)?.focus())
  }
  return (
    <>
      {times.length > 0 && (
        <table ref={grid} className={styles.grid}>
          <thead>
            <tr>
              <td />
              {WEEKDAYS.map((day) => (
                <th key={day} scope="col" abbr={day}>
                  {day[0]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {times.map((row) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                {WEEKDAYS.map((day, index) => {
                  const on = slots.some((slot) => slot.weekday === index + 1 && slot.time === row)
                  return (
                    <td key={day}>
                      <button
                        type="button"
                        aria-pressed={on}
                        aria-label={`${day} ${row}`}
                        data-time={row}
                        className={styles.slot}
                        onClick={() => toggle({ weekday: index + 1, time: row })}
                      >
                        {on && <Check aria-hidden size={12} />}
                      </button>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <form
        className={styles.addTime}
        onSubmit={(event) => {
          event.preventDefault()
          addRow()
        }}
      >
        <TimeField ref={timeField} aria-label="Time of the slot" value={time} onChange={setTime} step={15} />
        <Button
          type="submit"
          size="sm"
          icon={Plus}
          unmet={[
            ...(time ? [] : [{ text: 'A time', focus: () => timeField.current?.focus() }]),
            ...(known ? [{ text: 'A time that is not there yet', focus: () => timeField.current?.focus() }] : []),
          ]}
        >
          Add a time
        </Button>
        {times.length === 0 && <span className={styles.faint}>None: posts may go out at any time.</span>}
      </form>
    </>
  )
}
