import { CalendarDays } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import { checkWall, dateAt, type WallTime } from '../../shared/domain/time.ts'
import { useDeps } from '../ports/deps.tsx'
import { useSettings } from '../ports/reference.tsx'
import { Button, CalendarGrid, Combobox, Finding, Popover, TimeField } from '../ui/index.ts'
import { formatWhen, zoneCity } from './format.ts'
import styles from './WhenPicker.module.css'

interface WhenPickerProps {
  value: WallTime | null
  onChange: (value: WallTime | null) => void
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Further things to do with the time, below it. */
  children?: ReactNode
  /** What taking the date off is called. */
  offWords?: string
}

const ZONES = Intl.supportedValuesOf('timeZone').map((zone) => ({
  id: zone,
  label: zoneCity(zone),
  hint: zone.split('/')[0] ?? '',
  keywords: [zone],
}))

/** Date, time and zone of a plan. A time that does not exist, or exists twice, is said and settled here, never picked in silence. */
export function WhenPicker({ value, onChange, trigger, open, onOpenChange, ...rest }: WhenPickerProps) {
  const button = (
    <Button variant="ghost" icon={CalendarDays}>
      {value ? formatWhen(value) : 'No date'}
    </Button>
  )
  return (
    <Popover trigger={trigger ?? button} label="Planned for" width={272} open={open} onOpenChange={onOpenChange}>
      <WhenFields value={value} onChange={onChange} {...rest} />
    </Popover>
  )
}

/** The same without a popover of its own. */
export function WhenFields({
  value,
  onChange,
  offWords = 'Take the date off',
  children,
}: Pick<WhenPickerProps, 'value' | 'onChange' | 'offWords' | 'children'>) {
  const { clock } = useDeps()
  const settings = useSettings()
  const [time, setTime] = useState(value?.time ?? settings.lastTime)
  const [zone, setZone] = useState(value?.zone ?? settings.zone)
  const today = dateAt(clock.now(), settings.zone)
  const set = (next: Partial<WallTime>) => {
    const date = next.date ?? value?.date
    if (date)
      onChange({ date, time: next.time ?? time, zone: next.zone ?? zone, ...(next.fold ? { fold: next.fold } : {}) })
  }
  return (
    <div className={styles.when}>
      <CalendarGrid
        value={value?.date ?? null}
        today={today}
        weekStart={settings.weekStart % 7}
        onChange={(date) => set({ date })}
      />
      <div className={styles.row}>
        <TimeField
          aria-label="Time"
          value={time}
          onChange={(next) => {
            setTime(next)
            if (/^\d\d:\d\d$/.test(next)) set({ time: next })
          }}
        />
        <Combobox
          label="Time zone"
          items={ZONES}
          value={zone}
          onChange={(next) => {
            if (!next) return
            setZone(next)
            set({ zone: next })
          }}
        />
      </div>
      {value && <ClockChange value={value} onChange={onChange} />}
      {value && (
        <Button variant="ghost" size="sm" onClick={() => onChange(null)}>
          {offWords}
        </Button>
      )}
      {children}
    </div>
  )
}

/** Says what a clock change does to a time, with the honest choices. */
export function ClockChange({ value, onChange }: { value: WallTime; onChange: (value: WallTime) => void }) {
  const check = checkWall(value)
  if (check.kind === 'plain') return null
  if (check.kind === 'gap') {
    return (
      <Finding
        tone="warning"
        text={`${value.time} does not exist on this day in ${zoneCity(value.zone)}: the clocks go forward.`}
        actions={[check.before, check.after].map((time) => ({
          label: `Use ${time}`,
          onSelect: () => onChange({ ...value, time }),
        }))}
      />
    )
  }
  return (
    <Finding
      tone={value.fold ? 'note' : 'warning'}
      text={`${value.time} exists twice on this day in ${zoneCity(value.zone)}. ${value.fold === 'later' ? 'The second one counts.' : value.fold ? 'The first one counts.' : 'Which one?'}`}
      actions={[
        { label: 'The first', onSelect: () => onChange({ ...value, fold: 'earlier' }) },
        { label: 'The second', onSelect: () => onChange({ ...value, fold: 'later' }) },
      ]}
    />
  )
}
