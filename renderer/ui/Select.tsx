import { Check, ChevronsUpDown } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { cx } from './cx.ts'
import { useField } from './Field.tsx'
import { usePopupLayer } from './layer.ts'
import popup from './popup.module.css'
import styles from './Select.module.css'

export interface SelectOption<T extends string> {
  value: T
  label: string
  icon?: ReactNode
  hint?: string
  disabled?: boolean
}

export interface SelectProps<T extends string> {
  value: T
  onChange: (value: T) => void
  options: readonly (SelectOption<T> | { separator: true } | { heading: string })[]
  /** The name, where no `Field` gives one. */
  label?: string
  placeholder?: string
  size?: 'sm' | 'md' | 'lg'
  disabled?: boolean
  className?: string
}

/**
 * One of a list. A combobox with a listbox (ARIA's "select-only" pattern), made on the popover because the
 * library's own select writes a style element, which the content policy refuses.
 */
export function Select<T extends string>(props: SelectProps<T>) {
  const { value, onChange, options, label, placeholder = 'Choose', size = 'lg', disabled, className } = props
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState<T | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const id = useId()
  const field = useField()
  const zIndex = usePopupLayer()

  const choices = options.filter((option): option is SelectOption<T> => 'value' in option && !option.disabled)
  const chosen = options.find((option): option is SelectOption<T> => 'value' in option && option.value === value)

  const show = (next: boolean) => {
    setOpen(next)
    if (next) setActive(chosen?.value ?? choices[0]?.value ?? null)
  }
  const pick = (next: T) => {
    setOpen(false)
    if (next !== value) onChange(next)
  }
  const moveTo = (next: SelectOption<T> | undefined) => {
    if (!next) return
    setActive(next.value)
    document.getElementById(`${id}-${next.value}`)?.scrollIntoView({ block: 'nearest' })
  }
  /** The option whose label starts with what was typed within the last second. */
  const spelled = (event: KeyboardEvent): SelectOption<T> | undefined => {
    const now = event.timeStamp
    typed.current = {
      text: (now - typed.current.at < 1000 ? typed.current.text : '') + event.key.toLowerCase(),
      at: now,
    }
    return choices.find((choice) => choice.label.toLowerCase().startsWith(typed.current.text))
  }
  const isLetter = (event: KeyboardEvent) =>
    event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey

  const onListKey = (event: KeyboardEvent) => {
    const at = choices.findIndex((choice) => choice.value === active)
    const key = event.key
    if (key === 'ArrowDown') moveTo(choices[Math.min(at + 1, choices.length - 1)])
    else if (key === 'ArrowUp') moveTo(choices[Math.max(at - 1, 0)])
    else if (key === 'Home' || key === 'PageUp') moveTo(choices[0])
    else if (key === 'End' || key === 'PageDown') moveTo(choices.at(-1))
    else if (key === 'Enter' || key === ' ' || key === 'Tab') {
      if (active !== null) pick(active)
    } else if (isLetter(event)) moveTo(spelled(event))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <Popover.Root open={open} onOpenChange={show}>
      <Popover.Trigger asChild>
        <button
          type="button"
          {...field}
          role="combobox"
          aria-label={label}
          aria-expanded={open}
          aria-haspopup="listbox"
          aria-controls={`${id}-list`}
          disabled={disabled}
          className={cx(styles.trigger, styles[size], className)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault()
              show(true)
            } else if (isLetter(event)) {
              const found = spelled(event)
              if (found) pick(found.value)
            }
          }}
        >
          {chosen?.icon}
          <span className={cx(popup.label, !chosen && styles.placeholder)}>{chosen?.label ?? placeholder}</span>
          <ChevronsUpDown aria-hidden size={14} />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          ref={list}
          id={`${id}-list`}
          role="listbox"
          tabIndex={-1}
          aria-label={label}
          aria-activedescendant={active === null ? undefined : `${id}-${active}`}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className={cx(popup.surface, popup.list, styles.list)}
          style={{ zIndex }}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            list.current?.focus()
          }}
          onKeyDown={onListKey}
        >
          {options.map((option, index) => {
            if ('separator' in option) return <div key={index} className={popup.separator} />
            if ('heading' in option) {
              return (
                <div key={index} className={popup.heading}>
                  {option.heading}
                </div>
              )
            }
            const selected = option.value === value
            return (
              // Keys are handled by the list, which has the focus and names its active option.
              // biome-ignore lint/a11y/useKeyWithClickEvents: see above
              <div
                key={option.value}
                id={`${id}-${option.value}`}
                role="option"
                tabIndex={-1}
                aria-selected={selected}
                aria-disabled={option.disabled || undefined}
                data-disabled={option.disabled || undefined}
                data-active={option.value === active}
                className={popup.item}
                onPointerMove={() => !option.disabled && setActive(option.value)}
                onClick={() => !option.disabled && pick(option.value)}
              >
                {option.icon}
                <span className={popup.label}>{option.label}</span>
                {option.hint && <span className={popup.hint}>{option.hint}</span>}
                {selected && <Check aria-hidden size={14} />}
              </div>
            )
          })}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
