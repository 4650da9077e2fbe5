import { RadioGroup } from 'radix-ui'
import { cx, vars } from './cx.ts'
import styles from './HuePicker.module.css'
import { type Hue, hues, hueVar } from './types.ts'

export function ColorSwatch({ hue, selected, className }: { hue: Hue; selected?: boolean; className?: string }) {
  return (
    <span
      aria-hidden
      className={cx(styles.swatch, selected && styles.chosen, className)}
      style={vars({ '--ch': hueVar(hue) })}
    />
  )
}

export interface HuePickerProps {
  value: Hue
  onChange: (hue: Hue) => void
  label: string
  /** Hues that others have; they stay possible and are marked. */
  taken?: readonly Hue[]
  className?: string
}

export function HuePicker({ value, onChange, label, taken = [], className }: HuePickerProps) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const hue = hues.find((name) => name === next)
        if (hue) onChange(hue)
      }}
      className={cx(styles.picker, className)}
    >
      {hues.map((hue) => {
        const used = taken.includes(hue) && hue !== value
        return (
          <RadioGroup.Item
            key={hue}
            value={hue}
            aria-label={used ? `${hue}, in use` : hue}
            title={used ? `${hue}, in use` : hue}
            className={cx(styles.item, used && styles.used)}
          >
            <ColorSwatch hue={hue} selected={hue === value} />
          </RadioGroup.Item>
        )
      })}
    </RadioGroup.Root>
  )
}
