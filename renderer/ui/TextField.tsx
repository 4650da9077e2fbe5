import { Clock, type LucideIcon, Search, X } from 'lucide-react'
import { type ComponentProps, type ReactNode, type Ref, useRef, useState } from 'react'
import { cx } from './cx.ts'
import { useField } from './Field.tsx'
import { Keys } from './Kbd.tsx'
import styles from './TextField.module.css'

type InputProps = Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'size'>

export interface TextFieldProps extends InputProps {
  value: string
  onChange: (value: string) => void
  icon?: LucideIcon
  end?: ReactNode
  size?: 'md' | 'lg'
}

/** A line of text. */
export function TextField({ value, onChange, icon: Icon, end, size = 'lg', className, ...rest }: TextFieldProps) {
  return (
    <span className={cx(styles.box, styles[size], className)}>
      {Icon && <Icon aria-hidden size={16} />}
      <input
        type="text"
        {...useField()}
        {...rest}
        className={styles.input}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {end}
    </span>
  )
}

export interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange'> {
  value: string
  onChange: (value: string) => void
  /** Grows with its text instead of scrolling. */
  grow?: boolean
}

export function TextArea({ value, onChange, grow, className, rows = 3, ...rest }: TextAreaProps) {
  return (
    <textarea
      {...useField()}
      rows={rows}
      {...rest}
      className={cx(styles.area, grow && styles.grow, className)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

export interface NumberFieldProps extends InputProps {
  value: number | null
  onChange: (value: number | null) => void
  unit?: string
  size?: 'md' | 'lg'
}

/** A number or nothing. Half-typed text ("1,", "-") stays while typing and is put right on leaving. */
export function NumberField({ value, onChange, unit, size = 'lg', className, onBlur, ...rest }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <span className={cx(styles.box, styles[size], className)}>
      <input
        inputMode="decimal"
        {...useField()}
        {...rest}
        type="number"
        className={cx(styles.input, styles.figures)}
        value={typed ?? value ?? ''}
        onChange={(event) => {
          setTyped(event.target.value)
          const next = event.target.valueAsNumber
          onChange(Number.isNaN(next) ? null : next)
        }}
        onBlur={(event) => {
          setTyped(null)
          onBlur?.(event)
        }}
      />
      {unit && <span className={styles.unit}>{unit}</span>}
    </span>
  )
}

export interface PlainValueProps extends InputProps {
  value: string
  onChange: (value: string) => void
  size?: 'md' | 'lg'
}

/** Reads `9`, `930`, `9:30`, `21.15` as a wall time; null for what is none. */
export function readTime(text: string): string | null {
  const found = /^\s*(\d{1,2})(?:[:.h ]?(\d{2}))?\s*$/.exec(text)
  if (!found) return null
  const hour = Number(found[1])
  const minute = Number(found[2] ?? 0)
  if (hour > 23 || minute > 59) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

export interface TimeFieldProps extends Omit<PlainValueProps, 'step'> {
  /** Minutes between two steps of the arrow keys. */
  step?: number
}

/**
 * A wall time as `HH:MM`, or `''` for none. Not the browser's own field: that one writes AM and PM where the system
 * does, and times here are of 24 hours. What cannot be read goes back to what was there.
 */
export function TimeField({ value, onChange, size = 'lg', step = 5, className, ...rest }: TimeFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const settle = () => {
    if (typed === null) return
    setTyped(null)
    const next = typed.trim() === '' ? '' : readTime(typed)
    if (next !== null && next !== value) onChange(next)
  }
  const stepBy = (minutes: number) => {
    const [hour = 0, minute = 0] = (readTime(typed ?? value) ?? '09:00').split(':').map(Number)
    const next = (((hour * 60 + minute + minutes) % 1440) + 1440) % 1440
    setTyped(null)
    onChange(`${String(Math.floor(next / 60)).padStart(2, '0')}:${String(next % 60).padStart(2, '0')}`)
  }
  return (
    <span className={cx(styles.box, styles[size], className)}>
      <Clock aria-hidden size={14} />
      <input
        placeholder="--:--"
        {...useField()}
        {...rest}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        className={cx(styles.input, styles.figures, styles.time)}
        value={typed ?? value}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={(event) => {
          settle()
          rest.onBlur?.(event)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle()
          else if (event.key === 'Escape' && typed !== null) {
            setTyped(null)
            event.stopPropagation()
          } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault()
            stepBy(event.key === 'ArrowUp' ? step : -step)
          }
          rest.onKeyDown?.(event)
        }}
      />
    </span>
  )
}

export interface SearchFieldProps extends InputProps {
  value: string
  onChange: (value: string) => void
  label: string
  keys?: string[]
  size?: 'sm' | 'md'
  /** Pixels; without it the field takes the room there is. */
  width?: number
  ref?: Ref<HTMLInputElement>
}

/** Search as one types. Esc empties it; a second Esc is left to whoever stands around. */
export function SearchField(props: SearchFieldProps) {
  const { value, onChange, label, keys, size = 'md', width, className, onKeyDown, ref, ...rest } = props
  const input = useRef<HTMLInputElement>(null)
  return (
    <span className={cx(styles.box, styles.search, styles[size], className)} style={{ inlineSize: width }}>
      <Search aria-hidden size={14} />
      <input
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        {...rest}
        ref={(element) => {
          input.current = element
          if (typeof ref === 'function') return ref(element)
          if (ref) ref.current = element
        }}
        type="search"
        className={styles.input}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.preventDefault()
            event.stopPropagation()
            onChange('')
          }
          onKeyDown?.(event)
        }}
      />
      {value === '' ? (
        keys && <Keys keys={keys} />
      ) : (
        <button
          type="button"
          aria-label="Clear the search"
          className={styles.clear}
          onClick={() => {
            onChange('')
            input.current?.focus()
          }}
        >
          <X aria-hidden size={14} />
        </button>
      )}
    </span>
  )
}
