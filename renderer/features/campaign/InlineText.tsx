import { type ComponentProps, useRef } from 'react'
import { useTyped } from '../../ports/typed.ts'
import { cx } from '../../ui/index.ts'
import styles from './Campaign.module.css'

interface InlineTextProps extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange'> {
  value: string
  /** The accessible name. */
  label: string
  onSave: (value: string, gesture: string) => Promise<unknown>
  /** Enter makes a new line; without it Enter leaves the field. */
  lines?: boolean
}

/** Text that is a field as soon as one clicks into it; it grows with what is typed. */
export function InlineText({ value, label, onSave, lines, className, onKeyDown, ...rest }: InlineTextProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const text = useTyped(value, onSave)
  return (
    <textarea
      {...rest}
      ref={field}
      rows={1}
      aria-label={label}
      className={cx(styles.inline, className)}
      value={text.value}
      onChange={(event) => text.change(lines ? event.target.value : event.target.value.replace(/\s*\n\s*/g, ' '))}
      onBlur={text.leave}
      onKeyDown={(event) => {
        onKeyDown?.(event)
        if (event.defaultPrevented || event.nativeEvent.isComposing) return
        if (event.key === 'Escape' || (event.key === 'Enter' && !lines)) {
          event.preventDefault()
          field.current?.blur()
        }
      }}
    />
  )
}
