import type { LucideIcon } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { cx } from './cx.ts'
import styles from './SegmentedControl.module.css'
import { Tooltip } from './Tooltip.tsx'

export interface SegmentedControlProps<T extends string> {
  label: string
  value: T
  onChange: (value: T) => void
  options: readonly { value: T; label: string; icon?: LucideIcon; keys?: string[] }[]
  iconsOnly?: boolean
  className?: string
}

/** One of a few, all in sight. Arrow keys move, as in a radio group. */
export function SegmentedControl<T extends string>(props: SegmentedControlProps<T>) {
  const { label, value, onChange, options, iconsOnly, className } = props
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        // Pressing the chosen one again gives '', which is no choice.
        const chosen = options.find((option) => option.value === next)
        if (chosen) onChange(chosen.value)
      }}
      className={cx(styles.group, className)}
    >
      {options.map(({ value: own, label: words, icon: Icon, keys }) => {
        const item = (
          <ToggleGroup.Item key={own} value={own} aria-label={words} className={styles.item}>
            {Icon && <Icon aria-hidden size={14} />}
            {!iconsOnly && words}
          </ToggleGroup.Item>
        )
        return iconsOnly || keys ? (
          <Tooltip key={own} label={words} keys={keys}>
            {/* A span, because the tooltip and the toggle both mark their element with data-state. */}
            <span className={styles.wrap}>{item}</span>
          </Tooltip>
        ) : (
          item
        )
      })}
    </ToggleGroup.Root>
  )
}
