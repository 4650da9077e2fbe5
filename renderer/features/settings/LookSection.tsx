import type { Settings } from '../../../shared/domain/workspace.ts'
import { changeSettings } from '../../data/commands/workspace.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useSettings } from '../../ports/reference.tsx'
import { SegmentedControl } from '../../ui/index.ts'
import { SettingRow } from './parts.tsx'
import styles from './Settings.module.css'

const THEMES: { value: Settings['theme']; label: string; sides: readonly ('light' | 'dark')[] }[] = [
  { value: 'system', label: 'As the system', sides: ['light', 'dark'] },
  { value: 'light', label: 'Day', sides: ['light'] },
  { value: 'dark', label: 'Night', sides: ['dark'] },
]

export function LookSection() {
  const { store } = useDeps()
  const { theme, density } = useSettings()
  return (
    <>
      <fieldset className={styles.themes}>
        <legend className="vh">Look</legend>
        {THEMES.map(({ value, label, sides }) => (
          <label key={value} className={styles.theme} data-on={theme === value || undefined}>
            <span className={styles.picture} aria-hidden="true">
              {sides.map((side) => (
                <i key={side} data-theme={side}>
                  <b />
                </i>
              ))}
            </span>
            <span className={styles.themeName}>
              <input
                type="radio"
                name="theme"
                checked={theme === value}
                onChange={() => void changeSettings(store, { theme: value }, 'Look')}
              />
              {label}
            </span>
          </label>
        ))}
      </fieldset>
      <SettingRow label="Density" note="compact shows more rows and smaller chips">
        <SegmentedControl
          label="Density"
          value={density}
          onChange={(value) => void changeSettings(store, { density: value }, 'Density')}
          options={[
            { value: 'cosy', label: 'Cosy' },
            { value: 'compact', label: 'Compact' },
          ]}
        />
      </SettingRow>
      <SettingRow label="Motion and contrast" note="less motion, more contrast and forced colours">
        as the system says
      </SettingRow>
    </>
  )
}
