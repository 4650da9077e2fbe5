import { Check, Minus } from 'lucide-react'
import { Checkbox as RadixCheckbox, RadioGroup as RadixRadio, Switch as RadixSwitch } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import styles from './Choice.module.css'
import { cx } from './cx.ts'
import { useField, useFieldLabel } from './Field.tsx'

interface ChoiceProps {
  /** The visible words beside it. */
  children?: ReactNode
  /** The name where no words are visible. */
  label?: string
  disabled?: boolean
  className?: string
}

export interface CheckboxProps extends ChoiceProps {
  checked: boolean | 'mixed'
  onChange: (checked: boolean) => void
}

export function Checkbox({ checked, onChange, children, label, disabled, className }: CheckboxProps) {
  const own = useId()
  const field = useField()
  const id = field.id ?? own
  const box = (
    <RadixCheckbox.Root
      {...field}
      id={id}
      aria-label={label}
      disabled={disabled}
      checked={checked === 'mixed' ? 'indeterminate' : checked}
      onCheckedChange={(next) => onChange(next === true)}
      className={cx(styles.check, !children && className)}
    >
      <RadixCheckbox.Indicator className={styles.tick}>
        {checked === 'mixed' ? <Minus aria-hidden size={12} /> : <Check aria-hidden size={12} strokeWidth={2.5} />}
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  )
  return children ? (
    <span className={cx(styles.row, className)}>
      {box}
      <label htmlFor={id}>{children}</label>
    </span>
  ) : (
    box
  )
}

export interface SwitchProps extends ChoiceProps {
  checked: boolean
  onChange: (checked: boolean) => void
}

export function Switch({ checked, onChange, children, label, disabled, className }: SwitchProps) {
  const own = useId()
  const field = useField()
  const id = field.id ?? own
  const control = (
    <RadixSwitch.Root
      {...field}
      id={id}
      aria-label={label}
      disabled={disabled}
      checked={checked}
      onCheckedChange={onChange}
      className={cx(styles.switch, !children && className)}
    >
      <RadixSwitch.Thumb className={styles.thumb} />
    </RadixSwitch.Root>
  )
  return children ? (
    <span className={cx(styles.row, className)}>
      {control}
      <label htmlFor={id}>{children}</label>
    </span>
  ) : (
    control
  )
}

export interface RadioGroupProps<T extends string> {
  label: string
  value: T
  onChange: (value: T) => void
  options: readonly { value: T; label: ReactNode; hint?: ReactNode; disabled?: boolean }[]
  inline?: boolean
  className?: string
}

export function RadioGroup<T extends string>(props: RadioGroupProps<T>) {
  const { label, value, onChange, options, inline, className } = props
  const id = useId()
  const labelled = useFieldLabel()
  const { 'aria-describedby': describedBy } = useField()
  return (
    <RadixRadio.Root
      aria-label={labelled ? undefined : label}
      aria-labelledby={labelled}
      aria-describedby={describedBy}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next)
        if (chosen) onChange(chosen.value)
      }}
      className={cx(styles.radios, inline && styles.inline, className)}
    >
      {options.map((option) => (
        <span key={option.value} className={styles.row}>
          <RadixRadio.Item
            id={`${id}-${option.value}`}
            value={option.value}
            disabled={option.disabled}
            className={styles.radio}
          />
          <label htmlFor={`${id}-${option.value}`}>
            {option.label}
            {option.hint && <span className={styles.hint}>{option.hint}</span>}
          </label>
        </span>
      ))}
    </RadixRadio.Root>
  )
}
