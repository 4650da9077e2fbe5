import { useMemo } from 'react'
import { HOLIDAY_COUNTRIES } from '../../../shared/domain/holidays.ts'
import { toWall, type Zone } from '../../../shared/domain/time.ts'
import type { Settings, WeekStart } from '../../../shared/domain/workspace.ts'
import { changeSettings } from '../../data/commands/workspace.ts'
import { formatWhen, zoneCity, zoneItems } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useSettings } from '../../ports/reference.tsx'
import { Combobox, Finding, Select } from '../../ui/index.ts'
import { SettingRow, useSay } from './parts.tsx'
import styles from './Settings.module.css'

const WEEK_STARTS: { value: `${WeekStart}`; label: string }[] = [
  { value: '1', label: 'Monday' },
  { value: '7', label: 'Sunday' },
  { value: '6', label: 'Saturday' },
]

export function TimeSection() {
  const { store, clock, shell } = useDeps()
  const settings = useSettings()
  const say = useSay()
  const now = clock.now()
  // biome-ignore lint/correctness/useExhaustiveDependencies: offsets as they are when the page opens
  const zones = useMemo(() => zoneItems(now), [])
  const set = async (fields: Partial<Settings>, what: string) => {
    await changeSettings(store, fields, what, true)
    say(what)
  }
  const setZone = (zone: Zone | null) => zone && void set({ zone }, `Zone of the plan: ${zoneCity(zone)}`)
  return (
    <>
      <SettingRow label="Zone of the plan" note="posts planned already keep their own wall time and zone">
        <Combobox label="Zone of the plan" size="md" items={zones} value={settings.zone} onChange={setZone} />
      </SettingRow>
      <SettingRow label="Second zone" note="shown beside the first in week and day">
        <Combobox
          label="Second zone"
          size="md"
          items={zones}
          clearable
          placeholder="None"
          value={settings.secondZone || null}
          onChange={(zone) =>
            void set({ secondZone: zone ?? '' }, zone ? `Second zone: ${zoneCity(zone)}` : 'No second zone')
          }
        />
      </SettingRow>
      <SettingRow label="Week starts on" note="the language does not change it">
        <Select
          label="Week starts on"
          size="md"
          value={`${settings.weekStart}` as const}
          onChange={(value) => void set({ weekStart: Number(value) as WeekStart }, 'Start of the week')}
          options={WEEK_STARTS}
        />
      </SettingRow>
      <SettingRow label="Public holidays" note="those that hold in the whole country; your own are under Calendar days">
        <Select
          label="Public holidays"
          size="md"
          value={settings.holidays || 'none'}
          onChange={(country) => void set({ holidays: country === 'none' ? '' : country }, 'Public holidays')}
          options={[
            { value: 'none', label: 'None' },
            ...Object.entries(HOLIDAY_COUNTRIES).map(([value, label]) => ({ value, label })),
          ]}
        />
      </SettingRow>
      <Finding
        className={styles.afterRows}
        tone="note"
        text={
          shell.info.zone === settings.zone
            ? `This computer is in ${zoneCity(settings.zone)} too. It is ${formatWhen(toWall(now, settings.zone))}.`
            : `This computer is in ${zoneCity(shell.info.zone)}. In ${zoneCity(settings.zone)} it is ${formatWhen(toWall(now, settings.zone))}.`
        }
      />
    </>
  )
}
