import { Popover as Radix } from 'radix-ui'
import { type KeyboardEvent, type MouseEvent, type ReactElement, useId, useRef, useState } from 'react'
import { cx } from './cx.ts'
import { usePopupLayer } from './layer.ts'
import tooltip from './Tooltip.module.css'
import styles from './Unmet.module.css'

/** One thing that is still missing, in words; with `focus` they are a link that goes to where it is mended. */
export type Condition = string | { readonly text: string; readonly focus: () => void }

export interface UnmetProps {
  conditions: readonly Condition[]
  title: string
  /**
   * Takes what a waiting button carries: it stays where it is and answers by saying what it waits for. Nothing while no
   * condition is left, and the button is the same one then, so that it keeps the focus.
   */
  children: (waiting?: Waiting) => ReactElement
}

export interface Waiting {
  readonly 'aria-disabled': true
  readonly 'aria-describedby': string
  readonly onClick: (event: MouseEvent<HTMLElement>) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  readonly onPointerEnter: () => void
  readonly onPointerLeave: () => void
  readonly onFocus: () => void
  readonly onBlur: () => void
}

/** A list that one points at must not vanish on the way to it, nor open for a pointer that only passes. */
const OPEN_MS = 250
const CLOSE_MS = 200

const textOf = (condition: Condition) => (typeof condition === 'string' ? condition : condition.text)

/**
 * Lists what a waiting button still needs while it is pointed at or focused. A press moves the focus into the list, where
 * each condition that has a field is a link to it; Escape brings the focus back to the button.
 */
export function Unmet({ conditions, title, children }: UnmetProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const zIndex = usePopupLayer()
  const list = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const waits = conditions.length > 0
  if (open && !waits) setOpen(false)
  const inList = () => list.current?.contains(document.activeElement) ?? false
  const show = (next: boolean, after: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      if (next || !inList()) setOpen(next)
    }, after)
  }
  const enter = () => {
    clearTimeout(timer.current)
    setOpen(true)
    // The list is there after this render.
    requestAnimationFrame(() => list.current?.querySelector('button')?.focus())
  }
  const waiting: Waiting = {
    'aria-disabled': true,
    'aria-describedby': id,
    onClick: (event) => {
      event.preventDefault()
      event.stopPropagation()
      // Enter in a field of the form presses this button too; then the focus stays in the field.
      if (event.detail > 0 || document.activeElement === event.currentTarget) enter()
      else setOpen(true)
    },
    onKeyDown: (event) => {
      if (event.key !== 'ArrowDown') return
      event.preventDefault()
      enter()
    },
    onPointerEnter: () => show(true, OPEN_MS),
    onPointerLeave: () => show(false, CLOSE_MS),
    onFocus: () => show(true, 0),
    onBlur: () => show(false, 0),
  }
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Anchor
        asChild
        ref={(element) => {
          button.current = element
        }}
      >
        {children(waits ? waiting : undefined)}
      </Radix.Anchor>
      {waits && (
        <span id={id} hidden>
          {title}: {conditions.map(textOf).join('. ')}
        </span>
      )}
      <Radix.Portal>
        <Radix.Content
          ref={list}
          aria-label={title}
          sideOffset={6}
          collisionPadding={8}
          className={cx(tooltip.tip, styles.list)}
          style={{ zIndex }}
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={() => show(false, CLOSE_MS)}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onEscapeKeyDown={() => {
            if (inList()) button.current?.focus()
          }}
          onInteractOutside={(event) => {
            if (event.target instanceof Node && button.current?.contains(event.target)) event.preventDefault()
          }}
        >
          <b>{title}</b>
          <ol>
            {conditions.map((condition) => (
              <li key={textOf(condition)}>
                {typeof condition === 'string' ? (
                  condition
                ) : (
                  <button
                    type="button"
                    className={styles.link}
                    onClick={() => {
                      clearTimeout(timer.current)
                      setOpen(false)
                      condition.focus()
                    }}
                  >
                    {condition.text}
                  </button>
                )}
              </li>
            ))}
          </ol>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
