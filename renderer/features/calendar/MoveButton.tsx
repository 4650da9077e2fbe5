import { Move } from 'lucide-react'
import type { IsoDate } from '../../../shared/domain/time.ts'
import { useReference } from '../../ports/reference.tsx'
import { DatePicker, Keys } from '../../ui/index.ts'
import { useCalendar } from './context.ts'

/** The day several posts are moved to; the others follow by the same difference. */
export function MoveButton({ day, onMove }: { day: IsoDate | null; onMove: (day: IsoDate) => void }) {
  const { page } = useCalendar()
  const { settings } = useReference()
  return (
    <DatePicker
      value={day}
      onChange={onMove}
      weekStart={(settings.weekStart % 7) as 0 | 1 | 6}
      today={page.today}
      trigger={
        <button type="button">
          <Move aria-hidden size={14} /> Move… <Keys keys={['M']} plain />
        </button>
      }
    />
  )
}
