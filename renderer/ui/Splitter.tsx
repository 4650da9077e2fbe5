import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { cx } from './cx.ts'
import styles from './Splitter.module.css'

export interface SplitterProps {
  label: string
  /** Width of the panel it sizes, in pixels. */
  value: number
  onChange: (value: number) => void
  min: number
  max: number
  /** On which side of that panel it stands: a dock at the end has it at its start. */
  edge?: 'start' | 'end'
  /** The hand let go, or a key was pressed: the moment to remember the width. */
  onCommit?: (value: number) => void
  className?: string
}

/** The line between two panels; drag it, or use the arrow keys (Shift for bigger steps). */
export function Splitter({ label, value, onChange, min, max, edge = 'start', onCommit, className }: SplitterProps) {
  const drag = useRef<{ x: number; value: number } | null>(null)
  const clamp = (next: number) => Math.round(Math.min(max, Math.max(min, next)))
  /** +1 when moving to the right makes the panel wider. */
  const direction = (element: Element) => {
    const rtl = getComputedStyle(element).direction === 'rtl'
    return (edge === 'end') === rtl ? -1 : 1
  }
  const wanted = (event: PointerEvent) =>
    drag.current === null
      ? value
      : clamp(drag.current.value + (event.clientX - drag.current.x) * direction(event.currentTarget))

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 40 : 8
    const sign = direction(event.currentTarget)
    const next =
      event.key === 'ArrowRight'
        ? value + step * sign
        : event.key === 'ArrowLeft'
          ? value - step * sign
          : event.key === 'Home'
            ? min
            : event.key === 'End'
              ? max
              : null
    if (next === null) return
    event.preventDefault()
    onChange(clamp(next))
    onCommit?.(clamp(next))
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved has no element of its own
    <div
      role="separator"
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={cx(styles.splitter, edge === 'start' ? styles.start : styles.end, className)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { x: event.clientX, value }
      }}
      onPointerMove={(event) => {
        if (drag.current) onChange(wanted(event))
      }}
      onPointerUp={(event) => {
        if (!drag.current) return
        onCommit?.(wanted(event))
        drag.current = null
      }}
      onPointerCancel={() => {
        drag.current = null
      }}
    />
  )
}
