import { dateAt } from '../../shared/domain/time.ts'
import { useDeps } from '../ports/deps.tsx'
import { useSettings } from '../ports/reference.tsx'
import { DateField, type DateFieldProps } from '../ui/index.ts'

/** A day one types or picks, with the weeks of this workspace. */
export function DayField(props: Omit<DateFieldProps, 'today' | 'weekStart'>) {
  const { clock } = useDeps()
  const { weekStart, zone } = useSettings()
  return <DateField {...props} today={dateAt(clock.now(), zone)} weekStart={weekStart % 7} />
}
